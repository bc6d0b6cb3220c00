#pragma once

#include "cli/keeper/wire.h"
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

// A connection to a keeper that waits for each answer. For one thread, which has one at a time.
// What comes back is checked as if a stranger had sent it: nothing the keeper says is proof.
//
// Errors: those of the keeper, and `unavailable` where it went away before it answered: whether a
// change was recorded is then known only once the same change is handed in again.
class KeeperClient {
public:
    // `missing` if nobody listens there; `unavailable` for a keeper of another release.
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

    // The event loop and the connection.
    struct Line;

private:
    explicit KeeperClient(std::unique_ptr<Line> line);
    Result<void> greet();

    std::unique_ptr<Line> line_;
    KeeperAbout about_;
};

}  // namespace wsoa
