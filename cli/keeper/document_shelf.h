#pragma once

#include "ledger/base/environment.h"
#include "ledger/ledger.h"
#include "ledger/store/documents.h"
#include "ledger/store/task_pool.h"
#include "ledger/submission.h"

#include <map>
#include <memory>

namespace wsoa {

// The documents that clients hand over, from the first piece to the event that names them, and the
// one thread on which pieces are sealed, written and read: the event loop never waits for a disk.
//
// For the event loop's thread, but for what `worker` runs. Whatever was begun and not recorded is
// removed when its client lets go of it; what a killed keeper leaves is swept before the next one
// serves.
class DocumentShelf {
public:
    // Uploads of all clients that may be under way at once; more are answered `busy`.
    static constexpr std::size_t uploads_max = 16;

    struct Parts {
        const Documents& documents;
        const Store& truth;
        Environment environment;
    };
    explicit DocumentShelf(const Parts& parts) : parts_(parts), worker_(1, tasks_max) {}

    struct Begun {
        DocumentNumber number;
        std::shared_ptr<DocumentUpload> upload;
    };
    Result<Begun> begin(std::uint64_t size, const std::string& media_type);
    // What was finished waits for its event.
    void finished(const PendingDocument& pending);
    // Its record, for the change that names it: from then on it is in the recorder's hands.
    // `conflict` if no such document waits.
    Result<HandedDocument> hand(DocumentNumber number);
    // What became of that change.
    void settle(DocumentNumber number, const Result<Committed>& outcome);
    // Its client has let go of it.
    void drop(DocumentNumber number);

    const Documents& documents() const { return parts_.documents; }
    const Store& truth() const { return parts_.truth; }
    TaskPool& worker() { return worker_; }

private:
    static constexpr std::size_t tasks_max = 1'024;
    struct Entry {
        std::shared_ptr<DocumentUpload> upload;
        Bytes record = {};  // once it was finished
        bool is_handed = false;
        bool is_dropped = false;
    };
    void remove_pieces(const Entry& entry);

    Parts parts_;
    std::map<DocumentNumber, Entry> entries_;
    DocumentNumber next_;
    TaskPool worker_;  // last, since its tasks use all of the above
};

}  // namespace wsoa
