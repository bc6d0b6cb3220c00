#pragma once

#include "cli/keeper/document_shelf.h"
#include "cli/keeper/words_service.h"

namespace wsoa {

// Who asks for a document, and which event they say records that they read it.
struct DocumentAsked {
    WordsReader reader;
    EventIndex registered;
    std::optional<EventIndex> read;
    TreeSize since;  // what the ledger held when the reader's session began
    Instant now;
};

// The document that the event brought in, if the reader may have it. `missing` if there is none or
// it is gone; `refused` for whoever may not read it, and where the plan's policy wants a record of
// the reading that is not there.
Result<NamedDocument> document_for(Ledger& ledger, const DocumentAsked& asked);

// `refused` unless the reader holds a role that may register evidence.
Result<void> may_bring_documents(Ledger& ledger, const WordsReader& reader, Instant now);

// A document on its way in, for one client. The shelf is borrowed; what is not recorded by the time
// that the client lets go is removed.
class UploadService final : public schema::Upload::Server {
public:
    UploadService(DocumentShelf& shelf, DocumentShelf::Begun begun)
        : shelf_(shelf), begun_(std::move(begun)) {}
    ~UploadService() noexcept(false) { shelf_.drop(begun_.number); }

protected:
    kj::Promise<void> add(AddContext context) override;
    kj::Promise<void> finish(FinishContext context) override;

private:
    DocumentShelf& shelf_;
    DocumentShelf::Begun begun_;
};

// A document that is read, piece by piece, each checked before it goes out.
class DocumentService final : public schema::Document::Server {
public:
    DocumentService(DocumentShelf& shelf, std::shared_ptr<const HeldDocument> held)
        : shelf_(shelf), held_(std::move(held)) {}

protected:
    kj::Promise<void> piece(PieceContext context) override;

private:
    DocumentShelf& shelf_;
    std::shared_ptr<const HeldDocument> held_;
};

}  // namespace wsoa
