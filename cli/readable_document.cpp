#include "cli/readable_document.h"

#include "ledger/base/sha256.h"

namespace wsoa {
namespace {

class InFolder final : public ReadableDocument {
public:
    InFolder(std::unique_ptr<FolderDocuments> held, HeldDocument document)
        : held_(std::move(held)), document_(std::move(document)) {}

    const Manifest& manifest() const override { return document_.manifest; }
    Result<void> read(const Documents::Sink& sink,
                      const Documents::Progress& progress) const override {
        return held_->documents.read(document_, sink, progress);
    }

private:
    std::unique_ptr<FolderDocuments> held_;
    HeldDocument document_;
};

class OfKeeper final : public ReadableDocument {
public:
    explicit OfKeeper(std::unique_ptr<RemoteDocument> remote) : remote_(std::move(remote)) {}

    const Manifest& manifest() const override { return remote_->about().manifest; }
    Result<void> read(const Documents::Sink& sink,
                      const Documents::Progress& progress) const override;

private:
    std::unique_ptr<RemoteDocument> remote_;
};

Result<void> OfKeeper::read(const Documents::Sink& sink,
                            const Documents::Progress& progress) const {
    Sha256 hash;
    std::uint64_t bytes = 0;
    for (std::uint64_t i = 0; i < remote_->about().pieces; ++i) {
        const auto piece = TRY(remote_->piece(i));
        hash.add(piece);
        bytes += piece.size();
        TRY(sink(piece));
        if (progress) {
            progress(bytes);
        }
    }
    if (bytes != manifest().size || hash.finish() != manifest().digest) {
        return Error{Fault::distrusted,
                     "what the keeper gave is not the document that the event commits to",
                     "keep nothing of it, and tell whoever keeps the ledger"};
    }
    return done();
}

}  // namespace

Result<std::unique_ptr<ReadableDocument>> document_in_folder(std::unique_ptr<FolderDocuments> held,
                                                             const Snapshot& snapshot,
                                                             const Evidence& item) {
    auto document = TRY(document_of(*held, snapshot, item));
    return std::unique_ptr<ReadableDocument>(
        std::make_unique<InFolder>(std::move(held), std::move(document)));
}

Result<std::unique_ptr<ReadableDocument>> document_of_keeper(KeeperClient& client,
                                                             const Evidence& item,
                                                             std::optional<EventIndex> read) {
    TRY(expect_document(item));
    auto remote = TRY(client.document(item.added_at, read));
    const auto& about = remote->about();
    if (about.number != item.document->number ||
        commit_to_document(client.about().ledger, about.number, about.manifest) !=
            item.document->commitment) {
        return error(Fault::distrusted, "the keeper lends another document than {} has",
                     item.ref.str())
            .advise("tell whoever keeps the ledger");
    }
    return std::unique_ptr<ReadableDocument>(std::make_unique<OfKeeper>(std::move(remote)));
}

}  // namespace wsoa
