#include "cli/pack/pack_verdict.h"

#include "cli/pack/file_bytes.h"
#include "cli/pages/page.h"
#include "ledger/base/limits.h"
#include "ledger/keys/timestamp.h"

namespace wsoa {
namespace {

// `invalid` for more than `bytes_max`, with what the file is to be.
Result<std::string> text_in(const std::filesystem::path& path, std::size_t bytes_max,
                            std::string_view what) {
    const auto file = TRY(FileBytes::open(path));
    if (file->size() > bytes_max) {
        return error(Fault::invalid, "{} is no {}: none is that large", path.string(), what);
    }
    const auto bytes = TRY(file->read(0, file->size()));
    return std::string(text_of(bytes));
}

Result<Policy> policy_in(const std::filesystem::path& path) {
    const auto text = TRY(text_in(path, Policy::bytes_max, "policy"));
    auto policy = Policy::parse(text);
    if (!policy.ok()) {
        return std::move(policy).error().explain("reading {}", path.string());
    }
    return policy;
}

Result<VerifyQuestion::Known> known_of(const std::filesystem::path& path) {
    auto text = TRY(text_in(path, limits::note_bytes_max, "checkpoint"));
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

Result<Verdict> check_pack(const PackToCheck& given, Workers* workers,
                           std::optional<Item>* refused) {
    PackQuestion question{.depth = given.depth,
                          .known = {},
                          .workers = workers,
                          .progress = {},
                          .policy = nullptr,
                          .released_pages = released_pages(),
                          .own_page = std::string(released_page_sha256()),
                          .program = std::string("wsoa ") + WSOA_VERSION};
    for (const auto& path : given.seen) {
        question.known.push_back(TRY(known_of(path)));
    }
    std::optional<Policy> policy;
    if (given.policy) {
        policy = TRY(policy_in(*given.policy));
        question.policy = &*policy;
    }
    if (given.authority) {
        question.authority =
            TRY(text_in(*given.authority, authority_pem_bytes_max, "file of root certificates"));
    }
    const auto file = TRY(FileBytes::open(given.pack));
    const auto pack = TRY(PackFile::open(*file, refused, workers));
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
               ? "This pack holds, and what you brought from elsewhere vouches for it"
               : "This pack is consistent with itself; that it is what others saw rests on the "
                 "word of its maker, until a checkpoint or a policy of your own says so";
}

}  // namespace wsoa
