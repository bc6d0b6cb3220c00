#include "cli/documents.h"

#include "ledger/event/named_document.h"
#include "ledger/plan/evidence.h"
#include "ledger/store/layout.h"

namespace wsoa {
namespace {

// Whether every document that an event names has its manifest in the store.
Result<bool> has_all_manifests(const History& history) {
    bool has_all = true;
    TRY(history.each_event(EventIndex{0}, [&](const Event& event) -> Result<Snapshot::Step> {
        const auto named = document_named(event.change());
        if (named) {
            const auto record = TRY(history.snapshot().get(layout::manifest_key(named->number)));
            has_all = has_all && record.has_value();
        }
        return has_all ? Snapshot::Step::next : Snapshot::Step::stop;
    }));
    return has_all;
}

}  // namespace

Result<std::unique_ptr<FolderDocuments>> documents_to_read(Desk& desk) {
    const auto where = TRY(desk.folder());
    const auto about = TRY(desk.facts());
    TRY(desk.reading_directly());
    const auto* const keys = TRY(desk.document_keys());
    if (keys == nullptr) {
        return Error{
            Fault::invalid, "the vault is sealed, so that no document can be read",
            "give its passphrase with --passphrase-file, or its token's module and PIN with "
            "--token-module and --pin-file"};
    }
    return std::make_unique<FolderDocuments>(where, about.ledger, *keys);
}

Result<std::unique_ptr<FolderDocuments>> documents_to_write(Desk& desk) {
    auto* const client = TRY(desk.keeper());
    if (client != nullptr) {
        return Error{Fault::busy,
                     "a keeper holds this ledger, and documents go straight into its folder",
                     "end the keeper, add the document, then start it again with `wsoa keep`"};
    }
    const auto where = TRY(desk.folder());
    auto* const ledger = TRY(desk.writing_directly());
    return std::make_unique<FolderDocuments>(where, ledger->facts().ledger,
                                             desk.open_document_keys());
}

Result<std::unique_ptr<FolderDocuments>> documents_to_add(Desk& desk) {
    auto* const client = TRY(desk.keeper());
    if (client != nullptr) {
        return std::unique_ptr<FolderDocuments>();
    }
    auto held = TRY(documents_to_write(desk));
    TRY(sweep_documents(desk, *held));
    return held;
}

Result<void> sweep_documents(Desk& desk, FolderDocuments& held) {
    auto* const ledger = TRY(desk.writing_directly());
    const auto history = TRY(ledger->history());
    TRY(held.blobs.remove_unfinished());
    const auto orphans = TRY(held.documents.orphans(history->snapshot()));
    if (orphans.empty()) {
        return done();
    }
    const auto has_all = TRY(has_all_manifests(*history));
    if (!has_all) {
        desk.output().note(fmt::format(
            "{} pieces of documents belong to none that can be opened; they stay, since the "
            "manifest of a document lacks: see `wsoa evidence check`",
            orphans.size()));
        return done();
    }
    TRY(held.documents.remove(orphans));
    desk.output().note(
        fmt::format("{} removed, of documents that were not brought in or were erased",
                    orphans.size() == 1 ? std::string("1 piece was")
                                        : fmt::format("{} pieces were", orphans.size())));
    return done();
}

Result<void> expect_document(const Evidence& item) {
    if (!item.document) {
        return error(Fault::missing, "{} has no document here: only what it is was registered",
                     item.ref.str());
    }
    if (item.erased) {
        return error(Fault::missing, "the document of {} was erased by event {}", item.ref.str(),
                     item.erased->index.value)
            .advise(item.redacted_copies.empty()
                        ? std::string()
                        : fmt::format("see its redacted copy, {}",
                                      item.redacted_copies.back().derivative.str()));
    }
    return done();
}

Result<HeldDocument> document_of(const FolderDocuments& held, const Snapshot& snapshot,
                                 const Evidence& item) {
    TRY(expect_document(item));
    auto document = TRY(held.documents.open(snapshot, item.document->number));
    if (document.commitment() != item.document->commitment) {
        return error(Fault::distrusted, "document {} is not the one that event {} commits to",
                     item.document->number.value, item.added_at.value);
    }
    return document;
}

}  // namespace wsoa
