#include "cli/commands/evidence_file.h"

#include "cli/commands/recording.h"
#include "cli/media_type.h"
#include "cli/progress.h"
#include "ledger/base/text.h"

#include <algorithm>

namespace wsoa {
namespace {

constexpr std::size_t file_name_bytes_max = 255;

Result<std::string> file_name_of(const Invocation& given) {
    const auto name = given.find("file-name")
                          .value_or(std::filesystem::path(given.value("FILE")).filename().string());
    auto checked = check_text(name, file_name_bytes_max);
    if (!checked.ok()) {
        return std::move(checked)
            .error()
            .explain("the file's name")
            .advise("give it another one with --file-name");
    }
    return name;
}

Result<FileToKeep> file_named(const std::filesystem::path& path, std::string name,
                              std::string media_type) {
    auto source = TRY(FileSource::open(path));
    const auto state = TRY(source->state());
    if (state.size == 0) {
        return error(Fault::invalid, "{} is empty: there is nothing in it to keep", name)
            .advise("look whether it is the right file");
    }
    if (media_type.empty()) {
        const auto head = TRY(source->read_at(0, media_type_head_bytes));
        media_type = TRY(media_type_of(name, head));
    }
    return FileToKeep{.source = std::move(source),
                      .size = state.size,
                      .name = std::move(name),
                      .media_type = std::move(media_type)};
}

Result<PendingDocument> bring_in(Desk& desk, const FolderDocuments& held, const FileToKeep& file,
                                 DocumentNumber number) {
    Progress progress(desk.output(), "Sealing " + file.name, file.size);
    auto pending = TRY(held.documents.add(
        *file.source, {.number = number, .media_type = file.media_type}, desk.environment().random,
        [&](std::uint64_t bytes) { progress.reached(bytes); }));
    if (pending.manifest.size != file.size) {
        TRY(held.documents.remove(pending.manifest.pieces));
        return changed_while_read(file);
    }
    return pending;
}

}  // namespace

Result<void> expect_new(Desk& desk, const PlanRef& plan_ref, const FileToKeep& file,
                        std::optional<DocumentNumber> same) {
    if (!same) {
        return done();
    }
    auto* const writing = TRY(desk.writing());
    const auto* const state = TRY(writing->state_with(plan_ref));
    const auto* const plan = state->plan(plan_ref);
    CHECK(plan != nullptr);  // the rules have been asked about the line
    const auto item = std::ranges::find_if(plan->evidence, [&](const auto& each) {
        return each.second.document && each.second.document->number == *same;
    });
    const auto as = item == plan->evidence.end()
                        ? fmt::format("as document {}, in another plan", same->value)
                        : "as " + item->first.str();
    return error(Fault::conflict, "{} is already held {}", file.name, as)
        .advise("link that item to what it shows too: `wsoa evidence link`; or say --again");
}

Error changed_while_read(const FileToKeep& file) {
    return error(Fault::conflict, "{} changed while it was read", file.name)
        .advise("close it where it is open, then add it again");
}

std::vector<OptionSpec> file_options() {
    return {{.name = "title", .value = "WORDS", .help = "what it is called; the file's name"},
            {.name = "source", .value = "WORDS", .help = "where it comes from"},
            {.name = "note", .value = "WORDS", .help = "what a reader should know besides"},
            {.name = "file-name", .value = "NAME", .help = "the name to remember; the file's own"},
            {.name = "media-type",
             .value = "TYPE",
             .help = "what sort of file it is, where its bytes tell otherwise"},
            {.name = "again", .help = "add it although a document of the same content is held"}};
}

Result<FileToKeep> file_to_keep(const Invocation& given) {
    auto name = TRY(file_name_of(given));
    auto file = TRY(
        file_named(given.value("FILE"), std::move(name), given.find("media-type").value_or("")));
    file.may_be_held_already = given.has("again");
    return file;
}

Result<FileToKeep> file_to_keep(const std::filesystem::path& path) {
    return file_named(path, path.filename().string(), "");
}

void say_own_document(ChangeLine& line, const NamedDocument& named) {
    auto change = line.draft.builder();
    put_document(line.draft.kind() == Kind::EVIDENCE_VERSION_ADDED
                     ? change.getEvidenceVersionAdded().initDocument()
                     : change.getEvidenceRegistered().initDocument(),
                 named);
}

Result<void> say_file(ChangeLine& line, const Invocation& given, const FileToKeep& file) {
    const auto title =
        given.find("title").value_or(std::filesystem::path(file.name).stem().string());
    TRY(say(line, schema::WordField::TITLE, title));
    TRY(say(line, schema::WordField::FILE_NAME, file.name));
    TRY(say(line, schema::WordField::SOURCE, given.find("source")));
    TRY(say(line, schema::WordField::MEDIA_TYPE, file.media_type));
    TRY(say(line, schema::WordField::SIZE, fmt::format("{}", file.size)));
    return say(line, schema::WordField::NOTE, given.find("note"));
}

Result<Committed> keep_and_record(Desk& desk, FolderDocuments& held, ChangeLine& line,
                                  const FileToKeep& file, const Signer& signer) {
    const auto snapshot = TRY(desk.store().snapshot());
    const auto number = TRY(held.documents.next_number(*snapshot));
    say_own_document(line, {.number = number, .commitment = {}});
    TRY(desk.try_out(line, signer));
    if (!file.may_be_held_already) {
        const auto same = TRY(held.documents.find_same(*snapshot, *file.source));
        TRY(expect_new(desk, *line.subject.plan(), file, same));
    }
    const auto pending = TRY(bring_in(desk, held, file, number));
    say_own_document(line, {.number = pending.number, .commitment = pending.commitment});
    auto committed = desk.record(
        line, signer, HandedDocument{.number = pending.number, .record = pending.record});
    if (!committed.ok() && committed.error().fault != Fault::unavailable) {
        // After a write that failed nobody knows whether the event stands, and the next command
        // that opens the ledger sees to it.
        TRY(held.documents.remove(pending.manifest.pieces));
    }
    return committed;
}

Result<Committed> record_with_file(Desk& desk, FolderDocuments* held, ChangeLine& line,
                                   const FileToKeep& file) {
    const auto* const signer = TRY(desk.signer());
    auto committed = held != nullptr ? keep_and_record(desk, *held, line, file, *signer)
                                     : hand_over_and_record(desk, line, file, *signer);
    if (committed.ok()) {
        desk.show(committed.value(), line);
    }
    return committed;
}

}  // namespace wsoa
