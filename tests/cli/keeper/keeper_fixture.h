#pragma once

#include "cli/keeper/address.h"
#include "cli/keeper/client.h"
#include "cli/keeper/document_shelf.h"
#include "cli/keeper/listener.h"
#include "tests/support/gated_store.h"
#include "tests/support/memory_blobs.h"
#include "tests/support/office.h"

#include <gtest/gtest.h>
#include <kj/async-io.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <optional>
#include <string>
#include <thread>

namespace wsoa {

// A keeper of a ledger in memory that serves on a socket of its own.
class KeeperFixture : public testing::Test {
protected:
    KeeperFixture() : gated_(office_.builder().store()) {
        // The library makes its constants at their first use, behind guards that the thread
        // sanitizer cannot see: so before there are two threads.
        [[maybe_unused]] static const bool is_set_up = [] {
            kj::setupAsyncIo();
            return true;
        }();
        office_.open(gated_);
    }
    ~KeeperFixture() override { stop(); }

    void serve(const KeeperLimits& limits = {}) {
        recorder_ = std::make_unique<Recorder>(office_.ledger(), gated_);
        pool_ = std::make_unique<TaskPool>(2, 1'000);
        shelf_ = std::make_unique<DocumentShelf>(
            DocumentShelf::Parts{.documents = documents_,
                                 .truth = gated_,
                                 .environment = office_.environment().environment()});
        auto listener = KeeperListener::open(socket(), limits);
        ASSERT_TRUE(listener.ok()) << listener.error().message;
        listener_ = std::move(listener).value();
        thread_ = std::thread([this] {
            outcome_ =
                listener_->serve(KeeperParts{.recorder = *recorder_,
                                             .truth = gated_,
                                             .views = nullptr,
                                             .word_keys = office_.builder().word_keys(),
                                             .checkers = *pool_,
                                             .shelf = shelf_.get(),
                                             .environment = office_.environment().environment(),
                                             .process = 7,
                                             .owner = owner_},
                                 KeeperListener::EndsOn::stop);
        });
    }
    // Ends the service, in the order in which a keeper does.
    void stop() {
        if (listener_) {
            gated_.open_gate();
            listener_->stop();
            thread_.join();
            pool_.reset();
            recorder_.reset();
            listener_.reset();
            shelf_.reset();
        }
    }
    std::filesystem::path socket() const { return folder_ / "keeper.sock"; }
    std::unique_ptr<KeeperClient> client() {
        auto client = KeeperClient::connect(socket());
        EXPECT_TRUE(client.ok()) << client.error().message;
        return std::move(client).value();
    }

    std::uint32_t owner_ = ::getuid() + 1;  // somebody else
    TempFolder folder_;
    test::Office office_;
    test::GatedStore gated_;
    test::MemoryBlobs blobs_;  // touched by the shelf's worker; to be looked at once it has ended
    Documents documents_{
        {.blobs = blobs_, .keys = office_.document_keys(), .ledger = office_.builder().ledger()}};
    std::unique_ptr<DocumentShelf> shelf_;
    std::unique_ptr<Recorder> recorder_;
    std::unique_ptr<TaskPool> pool_;
    std::unique_ptr<KeeperListener> listener_;
    std::thread thread_;
    std::optional<Result<void>> outcome_;
};

// A client that speaks no protocol.
class RawClient {
public:
    explicit RawClient(const std::filesystem::path& path)
        : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const auto address = test::must(socket_address(path));
        EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)),
                  0);
    }
    ~RawClient() { ::close(socket_); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    void send(ByteView bytes) {
        // The keeper may have closed the connection meanwhile, which is what it should do.
        static_cast<void>(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
    }
    // Waits until the keeper closes the connection.
    bool is_closed() {
        char buffer[4'096];
        ssize_t count = 1;
        while (count > 0) {
            count = ::read(socket_, buffer, sizeof(buffer));
        }
        return true;
    }

private:
    int socket_;
};

}  // namespace wsoa
