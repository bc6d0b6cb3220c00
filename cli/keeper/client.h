#pragma once

#include "cli/keeper/wire.h"
#include "ledger/evidence/manifest.h"
#include "ledger/keys/signature.h"
#include "ledger/store/store.h"

#include <filesystem>
#include <memory>

namespace wsoa {

// What a keeper says of itself.
struct KeeperAbout {
    Hash ledger;
    std::string origin;   // as its newest checkpoint has it
    std::string program;  // its version
    std::int64_t process = 0;
};

// One moment of the ledger that a keeper holds. Goes before its client.
struct KeeperMoment {
    TreeSize size;
    std::unique_ptr<Snapshot> truth;  // the rows, but for the sealed words
    std::unique_ptr<Snapshot> views;  // null if the keeper keeps none
};

// A document that is handed over to a keeper. Goes before its client; what was not recorded by then
// is removed there.
class RemoteUpload {
public:
    virtual ~RemoteUpload() = default;
    virtual DocumentNumber number() const = 0;
    // The next piece, of document_piece_bytes but for the last; durable on return.
    virtual Result<void> add(ByteView bytes) = 0;
    // What the keeper says that the event is to commit to, and under which salt.
    struct Sealed {
        Hash commitment;
        Hash salt;
    };
    virtual Result<Sealed> finish() = 0;
};

// A document that a keeper lends. Goes before its client.
class RemoteDocument {
public:
    virtual ~RemoteDocument() = default;
    struct About {
        DocumentNumber number;
        Manifest manifest;  // but for the names of its pieces
        std::uint64_t pieces = 0;
    };
    virtual const About& about() const = 0;
    virtual Result<Bytes> piece(std::uint64_t index) const = 0;
};

// A connection to a keeper that waits for each answer. For one thread, which has one at a time.
// What comes back is checked as if a stranger had sent it: nothing the keeper says is proof.
//
// Errors: those of the keeper, and `unavailable` where it went away before it answered: whether a
// change was recorded is then known only once the same change is handed in again.
class KeeperClient {
public:
    // `missing` if nobody listens there, `busy` if it takes nobody in, `unavailable` for a keeper
    // of another release.
    static Result<std::unique_ptr<KeeperClient>> connect(const std::filesystem::path& socket);
    ~KeeperClient();
    KeeperClient(const KeeperClient&) = delete;
    KeeperClient& operator=(const KeeperClient&) = delete;

    const KeeperAbout& about() const { return about_; }
    // Whether the keeper went away, so that only another connection can go on.
    bool is_lost() const;
    Result<wire::Recorded> submit(const Submission& submission);
    Result<KeeperMoment> moment();
    // Signs in: words are then read by this person's right.
    Result<void> sign_in(const Signer& signer);
    Result<std::vector<ReadableWord>> words_of(EventIndex index);
    Result<std::vector<Hash>> consistency(TreeSize old_size, TreeSize new_size);
    // For whoever has signed in.
    Result<std::unique_ptr<RemoteUpload>> begin_document(std::uint64_t size,
                                                         const std::string& media_type);
    Result<std::optional<DocumentNumber>> same_document(std::uint64_t size, const Hash& digest);
    // The document that the event brought in; `read` is the event that records this reading, where
    // the plan asks for one. Compare its commitment with the event's.
    Result<std::unique_ptr<RemoteDocument>> document(EventIndex registered,
                                                     std::optional<EventIndex> read);

    // The event loop and the connection.
    struct Line;

private:
    explicit KeeperClient(std::unique_ptr<Line> line);
    static Result<std::unique_ptr<KeeperClient>> connect_once(const std::filesystem::path& socket);
    Result<void> greet();
    // Nobody's session, where nobody has signed in.
    Result<void> open_words();

    std::unique_ptr<Line> line_;
    KeeperAbout about_;
};

}  // namespace wsoa
