// Clients that harm themselves, and nobody else.

#include "tests/cli/keeper/keeper_fixture.h"

#include <capnp/rpc-twoparty.h>
#include <fcntl.h>
#include <poll.h>

namespace wsoa {
namespace {

class HostileClient : public KeeperFixture {
protected:
    void expect_that_others_are_served() {
        const auto outcome = client()->submit(office_.draft(++number_));
        EXPECT_TRUE(outcome.ok()) << outcome.error().message;
    }
    unsigned number_ = 0;
};

TEST_F(HostileClient, loses_its_connection_for_bytes_that_are_no_message) {
    serve();
    SeededRandom random(3);
    for (int i = 0; i < 200; ++i) {
        RawClient raw(socket());
        Bytes garbage(1 + random.below(300));
        random.fill(garbage);
        // A frame of few segments and words, so that it is not only the size that is refused.
        if (i % 2 == 0 && garbage.size() > 8) {
            garbage[0] = static_cast<std::uint8_t>(i % 3);
            garbage[1] = garbage[2] = garbage[3] = 0;
            garbage[4] = static_cast<std::uint8_t>(i % 7);
            garbage[5] = garbage[6] = garbage[7] = 0;
        }
        raw.send(garbage);
    }
    expect_that_others_are_served();
}

TEST_F(HostileClient, loses_its_connection_for_a_message_that_is_too_large) {
    serve();
    RawClient raw(socket());
    Bytes header;
    // No segment but the first, and its words, in little-endian.
    const auto words = static_cast<std::uint32_t>(wire::message_bytes_max / 8 + 1);
    header.resize(8);
    for (std::size_t i = 0; i < 4; ++i) {
        header[4 + i] = static_cast<std::uint8_t>(words >> (8 * i));
    }
    raw.send(header);
    EXPECT_TRUE(raw.is_closed());
    expect_that_others_are_served();
}

TEST_F(HostileClient, loses_its_connection_where_it_stalls_in_the_middle_of_a_message) {
    serve({.idle_ms_max = 50});
    RawClient raw(socket());
    raw.send(Bytes{0, 0, 0, 0, 9, 0, 0, 0, 1, 2, 3});
    EXPECT_TRUE(raw.is_closed());
    expect_that_others_are_served();
}

TEST_F(HostileClient, is_turned_away_where_there_are_too_many) {
    serve({.connections_max = 2});
    const RawClient silent(socket());
    const auto served = client();
    std::jthread([&] { EXPECT_FALSE(KeeperClient::connect(socket()).ok()); }).join();
    EXPECT_TRUE(served->moment().ok());
}

TEST_F(HostileClient, is_refused_more_rows_at_once_than_a_message_asks_for) {
    serve();
    {
        auto io = kj::setupAsyncIo();
        auto stream = io.provider->getNetwork()
                          .parseAddress(("unix:" + socket().string()).c_str())
                          .wait(io.waitScope)
                          ->connect()
                          .wait(io.waitScope);
        capnp::TwoPartyClient hostile(*stream);
        auto rows = hostile.bootstrap()
                        .castAs<schema::Keeper>()
                        .momentRequest()
                        .send()
                        .wait(io.waitScope)
                        .getTruth();
        const auto ask = [&](std::size_t keys) {
            auto request = rows.getManyRequest();
            request.initKeys(static_cast<unsigned>(keys));
            return request.send().wait(io.waitScope);
        };
        const auto refused = ask(wire::keys_max + 1);
        EXPECT_EQ(wire::get_failure(refused.getFailure())->fault, Fault::invalid);
        EXPECT_EQ(refused.getValues().size(), 0U);
        EXPECT_EQ(ask(wire::keys_max).getValues().size(), wire::keys_max);
    }
    expect_that_others_are_served();
}

// Carries bytes between a client and the keeper until it is cut.
class Relay {
public:
    Relay(const std::filesystem::path& listens_on, const std::filesystem::path& keeper)
        : front_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const auto address = address_of(listens_on);
        EXPECT_EQ(::bind(front_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
        EXPECT_EQ(::listen(front_, 1), 0);
        EXPECT_EQ(::pipe2(cut_, O_CLOEXEC), 0);
        thread_ = std::thread([this, keeper] { carry(keeper); });
    }
    ~Relay() {
        cut();
        thread_.join();
        for (const int file : {front_, cut_[0], cut_[1]}) {
            ::close(file);
        }
    }
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    void cut() { EXPECT_EQ(::write(cut_[1], "x", 1), 1); }

private:
    static sockaddr_un address_of(const std::filesystem::path& path) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const auto text = path.string();
        std::copy(text.begin(), text.end(), address.sun_path);
        return address;
    }
    void carry(const std::filesystem::path& keeper) const {
        const int client = ::accept4(front_, nullptr, nullptr, SOCK_CLOEXEC);
        const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const auto address = address_of(keeper);
        EXPECT_EQ(::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof(address)),
                  0);
        pollfd watched[] = {{client, POLLIN, 0}, {server, POLLIN, 0}, {cut_[0], POLLIN, 0}};
        while (::poll(watched, 3, -1) > 0 && watched[2].revents == 0) {
            if (!pass(watched[0], server) || !pass(watched[1], client)) {
                break;
            }
        }
        ::close(client);
        ::close(server);
    }
    static bool pass(const pollfd& from, int to) {
        if (from.revents == 0) {
            return true;
        }
        char buffer[4'096];
        const auto count = ::read(from.fd, buffer, sizeof(buffer));
        return count > 0 && ::send(to, buffer, static_cast<std::size_t>(count), MSG_NOSIGNAL) > 0;
    }

    int front_;
    int cut_[2] = {-1, -1};
    std::thread thread_;
};

TEST_F(HostileClient, may_vanish_while_its_change_is_written_and_the_change_stands) {
    serve();
    gated_.close_gate();
    const auto submission = office_.draft(50);
    std::optional<Result<wire::Recorded>> outcome;
    {
        Relay relay(folder_ / "relay.sock", socket());
        std::thread caller([&] {
            outcome = KeeperClient::connect(folder_ / "relay.sock").value()->submit(submission);
        });
        gated_.wait_for_writes(1);
        relay.cut();
        caller.join();
    }
    EXPECT_EQ(outcome->error().fault, Fault::unavailable);
    gated_.open_gate();
    expect_that_others_are_served();
    EXPECT_EQ(client()->submit(submission).value().committed.was, Committed::Was::there_already);
}

}  // namespace
}  // namespace wsoa
