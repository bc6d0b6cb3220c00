// How a ledger is reached through the keeper that holds it.

#include "cli/desk.h"

#include <thread>

namespace wsoa {
namespace {

// A keeper that is restarted is back within this time; a supervisor waits about a second.
constexpr int reconnect_tries_max = 50;
constexpr std::chrono::milliseconds reconnect_pause{200};

}  // namespace

Result<std::filesystem::path> Desk::keeper_socket() const {
    if (const auto named = around_.variables.find("WSOA_KEEPER")) {
        return std::filesystem::path(*named);
    }
    const auto where = TRY(folder());
    return where.socket();
}

Result<KeeperClient*> Desk::keeper() {
    if (was_keeper_tried_ || ledger_) {
        return keeper_.get();
    }
    const auto socket = TRY(keeper_socket());
    const auto is_one = TRY(is_there(socket));
    if (!is_one) {
        was_keeper_tried_ = true;
        return nullptr;
    }
    auto client = KeeperClient::connect(socket);
    // A keeper that was killed leaves its socket behind.
    if (!client.ok() && client.error().fault == Fault::missing) {
        was_keeper_tried_ = true;
        return nullptr;
    }
    auto connected = TRY(std::move(client));
    if (given_.find("ledger")) {
        const auto where = TRY(folder());
        const auto about = TRY(FolderFacts::read(where));
        if (connected->about().ledger != about.ledger) {
            return error(Fault::distrusted, "the keeper on {} holds another ledger",
                         socket.string())
                .advise("name the right socket in WSOA_KEEPER, or leave it out");
        }
    }
    was_keeper_tried_ = true;
    keeper_ = std::move(connected);
    return keeper_.get();
}

// For whoever may not open the ledger's folder, and needs not know where it is.
Result<FolderFacts> Desk::facts_of_keeper() {
    auto* const client = TRY(keeper());
    if (client == nullptr) {
        const auto socket = TRY(keeper_socket());
        return error(Fault::missing, "no keeper listens on {}", socket.string())
            .advise("ask whoever keeps the ledger to start it, or name its folder with --ledger");
    }
    const auto origin = TRY(Origin::parse(client->about().origin));
    return FolderFacts{.ledger = client->about().ledger, .origin = origin, .guard = {}};
}

Result<KeeperClient*> Desk::reconnect() {
    const auto socket = TRY(keeper_socket());
    // What was read through the old connection goes before it, and it before the next.
    reading_.reset();
    upload_.reset();
    keeper_.reset();
    for (int tries = 1;; ++tries) {
        auto client = KeeperClient::connect(socket);
        if (client.ok()) {
            keeper_ = std::move(client).value();
            is_signed_in_ = false;
            return keeper_.get();
        }
        // One that was killed has left its socket; one that ended has not, and nobody comes for it.
        const auto is_one = TRY(is_there(socket));
        if (tries == reconnect_tries_max || !is_one) {
            return std::move(client).error();
        }
        std::this_thread::sleep_for(reconnect_pause);
    }
}

// What is wrong with one is told by whoever asks again once the wait is over.
bool Desk::finds_keeper() {
    was_keeper_tried_ = false;
    const auto found = keeper();
    return found.ok() && found.value() != nullptr;
}

// After one went away. Where the folder can be opened as well, nobody waits for another.
Result<KeeperClient*> Desk::next_keeper() {
    if (!given_.find("ledger")) {
        return reconnect();
    }
    reading_.reset();
    upload_.reset();
    keeper_.reset();
    was_keeper_tried_ = false;
    is_signed_in_ = false;
    return keeper();
}

// One that goes away while it is asked was given nothing yet, so that another will do.
template <typename T>
Result<std::unique_ptr<T>> Desk::through_keeper(
    Result<std::unique_ptr<T>> (Desk::*open)(KeeperClient&, const FolderFacts&),
    const FolderFacts& about) {
    auto* client = TRY(keeper());
    if (client == nullptr) {
        return std::unique_ptr<T>{};
    }
    auto opened = (this->*open)(*client, about);
    if (opened.ok() || !client->is_lost()) {
        return opened;
    }
    client = TRY(next_keeper());
    return client != nullptr ? (this->*open)(*client, about)
                             : Result<std::unique_ptr<T>>(std::unique_ptr<T>{});
}
template Result<std::unique_ptr<Reading>> Desk::through_keeper(
    Result<std::unique_ptr<Reading>> (Desk::*)(KeeperClient&, const FolderFacts&),
    const FolderFacts&);

Result<std::unique_ptr<Reading>> Desk::read_through(KeeperClient& client,
                                                    const FolderFacts& about) {
    const auto recalled = TRY(recall(about));
    auto moment = TRY(client.moment());
    auto history = TRY(History::open(std::move(moment.truth), moment.size));
    auto reading = TRY(reading_of(std::move(history), about, recalled));
    reading->views = std::make_unique<ViewsReader>(std::move(moment.views), output());
    return reading;
}

Result<std::unique_ptr<Writing>> Desk::write_through(KeeperClient& client,
                                                     const FolderFacts& about) {
    const auto own = TRY(memory());
    const auto recalled = TRY(own.last_seen(about.ledger));
    std::unique_ptr<Writing> writing =
        TRY(KeeperWriting::open(client, output(), [this] { return reconnect(); }));
    TRY(expect_named(writing->facts(), about));
    TRY(own.see(about.ledger, recalled, writing->history()));
    return writing;
}

Result<Writing*> Desk::writing() {
    if (writing_) {
        return writing_.get();
    }
    const auto about = TRY(facts());
    writing_ = TRY(through_keeper(&Desk::write_through, about));
    if (writing_) {
        return writing_.get();
    }
    // One that was killed leaves its socket behind, and the next may hold the lock and serve at any
    // moment.
    const auto ledger = writing_directly([this] { return finds_keeper(); });
    if (ledger.ok()) {
        writing_ = TRY(DirectWriting::of(*ledger.value()));
        return writing_.get();
    }
    if (ledger.error().fault == Fault::busy && (keeper_ || reconnect().ok())) {
        writing_ = TRY(write_through(*keeper_, about));
        return writing_.get();
    }
    return ledger.error();
}

Result<void> Desk::sign_in(KeeperClient& client) {
    // Whoever may open the folder reads all; others by the right of their key.
    if (!is_signed_in_ && given_.find("key")) {
        const auto* own = TRY(signer());
        TRY(client.sign_in(*own));
    }
    is_signed_in_ = true;
    return done();
}

Result<KeeperClient*> Desk::signed_in_keeper() {
    auto* const client = TRY(keeper());
    if (client != nullptr) {
        TRY(sign_in(*client));
    }
    return client;
}

Result<std::vector<ReadableWord>> Desk::words_through(KeeperClient& client, EventIndex index) {
    TRY(sign_in(client));
    return client.words_of(index);
}

}  // namespace wsoa
