#include "tests/kills/support/roles.h"

#include "cli/keeper/client.h"
#include "cli/keeper/listener.h"
#include "tests/kills/support/reader.h"
#include "tests/kills/support/workshop.h"
#include "tests/support/changes.h"

#include <unistd.h>

#include <cstdio>
#include <mutex>
#include <thread>

namespace wsoa::test {
namespace {

// More than anybody waits for: what nobody kills ends by itself.
constexpr std::uint64_t pieces_max = 20'000;

void say(const std::string& line) {
    CHECK(::write(STDOUT_FILENO, line.data(), line.size()) == static_cast<ssize_t>(line.size()));
}

void acknowledge(std::uint64_t number, const Committed& committed) {
    say(Acknowledgement{.number = number,
                        .recorded_at = committed.recorded_at,
                        .was_there = committed.was == Committed::Was::there_already,
                        .receipt = committed.receipt}
            .str());
}

// Several threads, each with its own pieces of work. The builder is for one at a time.
class Crowd {
public:
    Crowd(Workshop& shop, std::vector<std::uint64_t> firsts)
        : shop_(shop), firsts_(std::move(firsts)) {}

    // Each thread makes a way to record of its own, and works until that gives false.
    template <typename MakeRecord>
    void work(MakeRecord make_record) {
        std::vector<std::jthread> threads;
        for (const auto first : firsts_) {
            threads.emplace_back([this, first, &make_record] {
                auto record = make_record();
                for (auto number = first; number < first + pieces_max; number += firsts_.size()) {
                    if (!record(number, piece(number))) {
                        return;
                    }
                }
            });
        }
    }

private:
    Submission piece(std::uint64_t number) {
        const std::lock_guard lock(mutex_);
        return shop_.work(number);
    }

    Workshop& shop_;
    std::vector<std::uint64_t> firsts_;
    std::mutex mutex_;
};

Result<void> work_directly(Workshop& shop, std::uint64_t first) {
    const auto open = TRY(shop.open());
    for (auto number = first; number < first + pieces_max; ++number) {
        const auto committed = TRY(open->ledger().commit(shop.work(number)));
        acknowledge(number, committed);
    }
    return done();
}

Result<void> work_in_groups(Workshop& shop, std::uint64_t first) {
    const auto open = TRY(shop.open());
    for (auto next = first; next < first + pieces_max; next += group_size(next)) {
        std::vector<Submission> group;
        for (auto number = next; number < next + group_size(next); ++number) {
            group.push_back(shop.work(number));
        }
        const auto outcomes = TRY(open->ledger().commit_all(group));
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            if (!outcomes[i].ok()) {
                return outcomes[i].error();
            }
            acknowledge(next + i, outcomes[i].value());
        }
    }
    return done();
}

Result<void> work_by_recorder(Workshop& shop, const std::vector<std::uint64_t>& firsts) {
    const auto open = TRY(shop.open());
    Recorder recorder(open->ledger(), open->store());
    Crowd(shop, firsts).work([&] {
        return [&](std::uint64_t number, Submission piece) {
            acknowledge(number, must(recorder.record(std::move(piece))));
            return true;
        };
    });
    return done();
}

Result<void> keep(Workshop& shop) {
    const auto open = TRY(shop.open());
    Recorder recorder(open->ledger(), open->store());
    TaskPool pool(2, 1'000);
    const auto listener = TRY(KeeperListener::open(shop.socket()));
    say("serving\n");
    return listener->serve(KeeperParts{.recorder = recorder,
                                       .truth = open->store(),
                                       .views = nullptr,
                                       .word_keys = open->vault().words(),
                                       .checkers = pool,
                                       .environment = shop.place().environment},
                           KeeperListener::EndsOn::stop);
}

Result<void> call(Workshop& shop, const std::vector<std::uint64_t>& firsts) {
    Crowd(shop, firsts).work([&] {
        auto connected = KeeperClient::connect(shop.socket());
        auto client =
            connected.ok() ? std::move(connected).value() : std::unique_ptr<KeeperClient>();
        return [client = std::move(client)](std::uint64_t number, const Submission& piece) {
            if (client == nullptr) {
                return false;
            }
            const auto recorded = client->submit(piece);
            if (recorded.ok()) {
                acknowledge(number, recorded.value().committed);
            } else {
                // It went away: nothing else is to be met here.
                CHECK(client->is_lost());
            }
            return recorded.ok();
        };
    });
    return done();
}

Result<void> play(const std::string& role, Workshop& shop,
                  const std::vector<std::uint64_t>& firsts) {
    if (role == "direct") {
        return work_directly(shop, firsts.at(0));
    }
    if (role == "groups") {
        return work_in_groups(shop, firsts.at(0));
    }
    if (role == "recorder") {
        return work_by_recorder(shop, firsts);
    }
    if (role == "keep") {
        return keep(shop);
    }
    return role == "call" ? call(shop, firsts) : read_when_told(shop);
}

}  // namespace

int play_role(const std::vector<std::string>& arguments) {
    Workshop shop(arguments.at(1));
    std::vector<std::uint64_t> firsts;
    for (std::size_t i = 2; i < arguments.size(); ++i) {
        firsts.push_back(std::stoull(arguments[i]));
    }
    const auto played = play(arguments.front(), shop, firsts);
    if (!played.ok()) {
        std::fprintf(stderr, "%s: %s\n", arguments.front().c_str(), played.error().message.c_str());
    }
    return played.ok() ? 0 : 1;
}

}  // namespace wsoa::test
