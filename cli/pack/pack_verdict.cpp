#include "cli/pack/pack_verdict.h"

#include "cli/pack/file_bytes.h"
#include "cli/pages/page.h"
#include "ledger/base/limits.h"

namespace wsoa {
namespace {

Result<VerifyQuestion::Known> known_of(const std::filesystem::path& path) {
    const auto file = TRY(FileBytes::open(path));
    if (file->size() > limits::note_bytes_max) {
        return error(Fault::invalid, "{} is no checkpoint: no checkpoint is that large",
                     path.string());
    }
    const auto bytes = TRY(file->read(0, file->size()));
    std::string text(text_of(bytes));
    const auto note = Note::parse(text);
    const auto checkpoint =
        note.ok() ? Checkpoint::parse(note.value().text) : Result<Checkpoint>(note.error());
    if (!checkpoint.ok()) {
        return error(Fault::invalid, "{} is no checkpoint: {}", path.string(),
                     checkpoint.error().message)
            .advise("give a file that `wsoa checkpoint` wrote");
    }
    return VerifyQuestion::Known{.from = path.filename().string(),
                                 .size = checkpoint.value().size,
                                 .root = checkpoint.value().root,
                                 .held = VerifyQuestion::Known::Held::elsewhere,
                                 .note = std::move(text)};
}

}  // namespace

Result<Verdict> check_pack(const PackToCheck& given, Workers* workers) {
    PackQuestion question{.depth = given.depth,
                          .known = {},
                          .workers = workers,
                          .progress = {},
                          .released_pages = {std::string(released_page_sha256())}};
    for (const auto& path : given.seen) {
        question.known.push_back(TRY(known_of(path)));
    }
    const auto file = TRY(FileBytes::open(given.pack));
    const auto pack = TRY(PackFile::open(*file));
    return verify_pack(pack, question);
}

std::string_view pack_sentence(const Verdict& verdict) {
    if (verdict.has_breach()) {
        return "This pack does not hold: something in it was altered, is missing, or was never as "
               "it claims";
    }
    if (verdict.unknown + verdict.unread > 0) {
        return "This pack holds, but not all of it could be checked";
    }
    return verdict.continues_earlier
               ? "This pack holds, and it continues the checkpoint that you gave"
               : "This pack is consistent with itself; that it is what others saw rests on the "
                 "word of its maker, until a checkpoint or a policy of your own says so";
}

}  // namespace wsoa
