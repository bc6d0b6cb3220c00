#pragma once

#include "cli/documents.h"
#include "ledger/event/named_document.h"

namespace wsoa {

// A document that is about to be read out, from the ledger's folder or by way of the keeper.
class ReadableDocument {
public:
    virtual ~ReadableDocument() = default;

    // What it is; the names of its pieces only where the folder itself was opened.
    virtual const Manifest& manifest() const = 0;
    // As Documents::read: each piece is shown once it was checked, or, where a keeper lends it, as
    // it came; the error is `distrusted` where the whole is not what its event commits to, so that
    // nothing is to be kept of what was shown.
    virtual Result<void> read(const Documents::Sink& sink,
                              const Documents::Progress& progress) const = 0;
};

// From the folder. The errors are those of document_of.
Result<std::unique_ptr<ReadableDocument>> document_in_folder(std::unique_ptr<FolderDocuments> held,
                                                             const Snapshot& snapshot,
                                                             const Evidence& item);

// From the keeper, which must outlive it. `read` is the event that records this reading; null where
// none is asked for. `distrusted` where it is not what the item's event commits to.
Result<std::unique_ptr<ReadableDocument>> document_of_keeper(KeeperClient& client,
                                                             const Evidence& item,
                                                             std::optional<EventIndex> read);

}  // namespace wsoa
