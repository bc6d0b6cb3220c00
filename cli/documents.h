#pragma once

#include "cli/desk.h"
#include "ledger/store/documents.h"
#include "ledger/store/file_blobs.h"

#include <memory>
#include <vector>

namespace wsoa {

// The documents of a ledger whose folder a command has opened.
struct FolderDocuments {
    FileBlobs blobs;
    Documents documents;

    FolderDocuments(const LedgerFolder& folder, const Hash& ledger, const KeyTree& keys)
        : blobs(folder.documents()), documents({.blobs = blobs, .keys = keys, .ledger = ledger}) {}
};

// For reading, and a moment of the folder itself beside it: no keeper lends documents. `invalid` if
// the vault is sealed and no passphrase is at hand.
Result<std::unique_ptr<FolderDocuments>> documents_to_read(Desk& desk);
// For adding, under the writer's lock. `busy` beside a keeper, with what to do.
Result<std::unique_ptr<FolderDocuments>> documents_to_write(Desk& desk);
// The same where a keeper will do as well: null where one holds the ledger, and takes the document
// in itself. What earlier commands left is swept.
Result<std::unique_ptr<FolderDocuments>> documents_to_add(Desk& desk);

// Removes what earlier commands left of documents that they did not bring in. Where an event names
// a document whose manifest the store lacks, nobody knows which pieces are its own, and all stay.
Result<void> sweep_documents(Desk& desk, FolderDocuments& held);

// `missing` if the item has no document, or it was erased; with where to find its redacted copy.
Result<void> expect_document(const Evidence& item);

// An item's document, opened, and compared with what its event commits to. `missing` if it has
// none, or it was erased.
Result<HeldDocument> document_of(const FolderDocuments& held, const Snapshot& snapshot,
                                 const Evidence& item);

}  // namespace wsoa
