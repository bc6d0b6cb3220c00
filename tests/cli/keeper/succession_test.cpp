// How one keeper follows another on the same socket, as clients meet it.

#include "tests/cli/keeper/keeper_fixture.h"

#include "cli/keeper/address.h"
#include "tests/support/files.h"

#include <sys/inotify.h>

#include <array>
#include <fstream>
#include <vector>

namespace wsoa {
namespace {

using Succession = KeeperFixture;

// What becomes of a name in a folder from here on.
class Watched {
public:
    Watched(const std::filesystem::path& folder, std::string name)
        : watch_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)), name_(std::move(name)) {
        CHECK(::inotify_add_watch(watch_, folder.c_str(),
                                  IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO) >= 0);
    }
    ~Watched() { ::close(watch_); }
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;

    std::vector<std::uint32_t> seen() const {
        alignas(inotify_event) std::array<char, 4'096> buffer{};
        std::vector<std::uint32_t> seen;
        const auto count = ::read(watch_, buffer.data(), buffer.size());
        for (std::ptrdiff_t at = 0; at < count;) {
            const auto* const event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
            if (name_ == event->name) {
                seen.push_back(event->mask);
            }
            at += static_cast<std::ptrdiff_t>(sizeof(inotify_event) + event->len);
        }
        return seen;
    }

private:
    int watch_;
    std::string name_;
};

// A keeper that takes clients in and says nothing.
class MuteKeeper {
public:
    explicit MuteKeeper(const std::filesystem::path& path)
        : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const auto address = test::must(socket_address(path));
        CHECK(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0);
        CHECK(::listen(socket_, 8) == 0);
    }
    ~MuteKeeper() { ::close(socket_); }
    MuteKeeper(const MuteKeeper&) = delete;
    MuteKeeper& operator=(const MuteKeeper&) = delete;

    // Below 0 once it is shut.
    int accept() const { return ::accept(socket_, nullptr, nullptr); }
    void shut() const { ::shutdown(socket_, SHUT_RDWR); }

private:
    int socket_;
};

// A client that waits for the next keeper takes a place without a socket for the end of it all.
TEST_F(Succession, leaves_the_place_of_a_dead_ones_socket_at_no_time_empty) {
    const MuteKeeper dead(socket());
    const Watched place(folder_.path(), socket().filename().string());
    serve();
    EXPECT_EQ(place.seen(), std::vector<std::uint32_t>{IN_MOVED_TO});
}

TEST_F(Succession, takes_in_who_was_greeting_the_one_before_when_it_died) {
    std::optional<MuteKeeper> before(std::in_place, socket());
    std::thread caller([&] { EXPECT_EQ(client()->about().process, 7); });
    const int taken_in = before->accept();
    ASSERT_GE(taken_in, 0);
    serve();
    ::close(taken_in);
    before.reset();
    caller.join();
}

TEST_F(Succession, is_told_by_a_client_to_whom_nobody_says_who_they_are) {
    const MuteKeeper mute(socket());
    std::optional<Error> told;
    std::thread caller([&] { told = KeeperClient::connect(socket()).error(); });
    std::thread closer([&] {
        for (int taken_in = mute.accept(); taken_in >= 0; taken_in = mute.accept()) {
            ::close(taken_in);
        }
    });
    caller.join();
    mute.shut();
    closer.join();
    ASSERT_TRUE(told.has_value());
    EXPECT_EQ(told->fault, Fault::busy);
    EXPECT_NE(told->message.find("before it said who it is"), std::string::npos);
}

TEST_F(Succession, takes_the_place_of_no_file_that_is_another) {
    // Nor the place beside it, where its socket is made: an editor keeps its copies there.
    for (const auto& other : {socket().string(), socket().string() + "~"}) {
        std::ofstream(other) << "minutes of the board";
        const auto refused = KeeperListener::open(socket());
        ASSERT_FALSE(refused.ok()) << other;
        EXPECT_EQ(refused.error().fault, Fault::invalid);
        EXPECT_NE(refused.error().message.find(other + " is there already"), std::string::npos);
        EXPECT_EQ(read_whole(other), "minutes of the board");
        std::filesystem::remove(other);
    }
}

}  // namespace
}  // namespace wsoa
