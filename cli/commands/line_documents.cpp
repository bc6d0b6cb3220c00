#include "cli/commands/line_documents.h"

#include "cli/commands/erasing.h"
#include "cli/commands/evidence_file.h"
#include "ledger/plan/fold.h"
#include "ledger/store/layout.h"

#include <algorithm>

namespace wsoa {
namespace {

bool brings_an_item_in(const ChangeLine& line) {
    return line.draft.kind() == Kind::EVIDENCE_REGISTERED ||
           line.draft.kind() == Kind::EVIDENCE_VERSION_ADDED;
}

// The file's name that the line gives; empty if it gives none.
std::string file_name_in(const ChangeLine& line) {
    const auto word = std::ranges::find_if(
        line.words, [](const auto& each) { return each.first == schema::WordField::FILE_NAME; });
    return word == line.words.end() ? std::string() : word->second;
}

}  // namespace

Result<std::unique_ptr<LineDocuments>> LineDocuments::open(Desk& desk,
                                                           std::filesystem::path folder) {
    std::error_code failure;
    if (!std::filesystem::is_directory(folder, failure)) {
        return error(Fault::missing, "there is no folder {}", folder.string())
            .advise("name the folder that holds the documents");
    }
    auto held = TRY(documents_to_write(desk));
    return std::unique_ptr<LineDocuments>(
        new LineDocuments(desk, std::move(folder), std::move(held)));
}

Result<Committed> LineDocuments::record(ChangeLine& line, const Signer& signer) {
    auto* const ledger = TRY(desk_.writing_directly());
    if (line.id) {
        const auto history = TRY(ledger->history());
        const auto index = TRY(history->index_of(signer.key(), *line.id));
        if (index) {
            const auto first = TRY(history->event(*index));
            return again(line, signer, first);
        }
    }
    const std::filesystem::path name(file_name_in(line));
    // Nothing outside of the folder, whatever the line says.
    if (brings_an_item_in(line) && !name.empty() && name == name.filename() &&
        std::filesystem::is_regular_file(folder_ / name)) {
        const auto file = TRY(file_to_keep(folder_ / name));
        return keep_and_record(desk_, *held_, line, file, signer);
    }
    const auto document = TRY(document_to_forget(line));
    return document ? forget(line, signer, *document) : desk_.record(line, signer);
}

// What the vault and the store add to a line is what they added the first time.
Result<Committed> LineDocuments::again(ChangeLine& line, const Signer& signer, const Event& first) {
    if (const auto named = document_named(first.change()); named && brings_an_item_in(line)) {
        const auto snapshot = TRY(desk_.store().snapshot());
        auto manifest = TRY(snapshot->get(layout::manifest_key(named->number)));
        if (!manifest) {
            return error(Fault::corrupt, "the manifest of document {} is missing",
                         named->number.value)
                .advise("see what `wsoa verify` says");
        }
        say_own_document(line, *named);
        return desk_.record(
            line, signer, HandedDocument{.number = named->number, .record = std::move(*manifest)});
    }
    const auto erased = document_erased(first.change());
    const auto mark = vault_mark_in(first);
    if (erased && mark) {
        say_vault(line, {.generation = mark->generation, .digest = mark->digest});
        say_document(line, *erased);
    }
    return desk_.record(line, signer);
}

Result<std::optional<NamedDocument>> LineDocuments::document_to_forget(const ChangeLine& line) {
    if (line.draft.kind() != Kind::CONTENT_ERASED && line.draft.kind() != Kind::DISPOSED) {
        return std::optional<NamedDocument>{};
    }
    auto* const ledger = TRY(desk_.writing_directly());
    const auto* const state = TRY(ledger->state_with(line.subject.plan()));
    const auto* const plan = line.subject.plan() ? state->plan(*line.subject.plan()) : nullptr;
    const auto* const item = plan == nullptr ? nullptr : part_in(plan->evidence, line.subject);
    std::optional<NamedDocument> document;
    if (item != nullptr && !item->erased) {
        document = item->document;
    }
    return document;
}

Result<Committed> LineDocuments::forget(ChangeLine& line, const Signer& signer,
                                        const NamedDocument& document) {
    auto* const ledger = TRY(desk_.writing_directly());
    say_document(line, document);
    const auto next = TRY(next_vault(desk_.vault()));
    say_vault(line, next);
    const auto record = TRY(desk_.compose(line, signer));
    const auto forgotten = TRY(forget_document(*ledger, desk_.vault(), document.number, record));
    say_vault(line, forgotten);
    has_erased_ = true;
    return desk_.record(line, signer);
}

void LineDocuments::finish() {
    if (has_erased_) {
        sweep_erased(desk_);
    }
}

}  // namespace wsoa
