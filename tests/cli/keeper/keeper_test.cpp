// The keeper as its clients meet it, over a real socket.

#include "tests/cli/keeper/keeper_fixture.h"

#include "cli/keeper/activity.h"
#include "ledger/store/layout.h"

#include <latch>
#include <mutex>
#include <vector>

namespace wsoa {
namespace {

class Keeper : public KeeperFixture {
protected:
    // The first founder's session reads partnership words.
    const Signer& founder() { return office_.builder().signer_of("programme-manager"); }
    // By somebody else meanwhile.
    EventIndex recorded(unsigned number) {
        const auto outcome = recorder_->record(office_.draft(number));
        EXPECT_TRUE(outcome.ok()) << outcome.error().message;
        return outcome.value().index;
    }
};

TEST_F(Keeper, says_which_ledger_it_holds) {
    serve();
    const auto about = client()->about();
    EXPECT_EQ(about.ledger, office_.builder().ledger());
    EXPECT_EQ(about.process, 7);
}

TEST_F(Keeper, records_a_change_and_answers_with_a_receipt_that_proves) {
    serve();
    const auto outcome = client()->submit(office_.draft(1));
    ASSERT_TRUE(outcome.ok()) << outcome.error().message;
    const auto history = recorder_->history().value();
    EXPECT_TRUE(office_.prove(outcome.value().committed, *history).ok());
    EXPECT_EQ(outcome.value().checkpoint.checkpoint.root, history->root());
    const auto again = client()->submit(office_.draft(1));
    EXPECT_EQ(again.value().committed.was, Committed::Was::there_already);
    EXPECT_EQ(again.value().committed.index, outcome.value().committed.index);
}

TEST_F(Keeper, answers_a_refusal_in_the_words_of_the_rules) {
    serve();
    const auto submission = office_.draft(1, schema::Role::AUDITOR);
    const auto remote = client()->submit(submission);
    stop();
    const auto direct = office_.ledger().commit(submission);
    ASSERT_FALSE(remote.ok());
    EXPECT_EQ(remote.error(), direct.error());
    EXPECT_EQ(remote.error().rule, "R03");
}

TEST_F(Keeper, refuses_a_forged_signature_and_words_that_are_not_committed_to) {
    serve();
    auto forged = office_.draft(1);
    forged.signed_change.signature.bytes[0] ^= 1;
    EXPECT_EQ(client()->submit(forged).error().fault, Fault::refused);
    auto other = office_.draft(2);
    other.words[0].text = "Another title";
    EXPECT_FALSE(client()->submit(other).ok());
    EXPECT_EQ(gated_.writes(), 0);
}

TEST_F(Keeper, writes_what_many_clients_send_at_once_as_one_group) {
    constexpr unsigned clients = 12;
    serve();
    gated_.close_gate();
    std::vector<Submission> work;
    for (unsigned i = 0; i <= clients; ++i) {
        work.push_back(office_.draft(i));
    }
    std::vector<std::jthread> threads;
    std::mutex mutex;
    std::vector<Result<wire::Recorded>> outcomes;
    const auto send = [&](unsigned number) {
        auto outcome = client()->submit(work[number]);
        const std::lock_guard lock(mutex);
        outcomes.push_back(std::move(outcome));
    };
    threads.emplace_back(send, 0);
    gated_.wait_for_writes(1);
    std::latch sent(clients);
    for (unsigned i = 1; i <= clients; ++i) {
        threads.emplace_back([&, i] {
            sent.count_down();
            send(i);
        });
    }
    sent.wait();
    // All of them lie in the queue behind the write that is held.
    while (recorder_->counts().waiting < clients) {
        std::this_thread::yield();
    }
    gated_.open_gate();
    threads.clear();
    EXPECT_EQ(outcomes.size(), clients + 1);
    for (const auto& outcome : outcomes) {
        EXPECT_TRUE(outcome.ok()) << outcome.error().message;
    }
    EXPECT_LE(gated_.writes(), static_cast<int>(clients));
}

TEST_F(Keeper, lends_a_moment_that_reads_like_the_store_itself) {
    serve();
    recorded(1);
    const auto client_before = client();
    auto moment = client_before->moment().value();
    recorded(2);
    const auto size = moment.size;
    const auto remote = History::open(std::move(moment.truth), size).value();
    const auto local = History::open(gated_.snapshot().value(), size).value();
    EXPECT_EQ(remote->root(), local->root());
    for (std::uint64_t i = 0; i < size.value; ++i) {
        EXPECT_EQ(remote->entry(EventIndex{i}).value(), local->entry(EventIndex{i}).value());
    }
    std::uint64_t count = 0;
    EXPECT_TRUE(remote
                    ->each_event(EventIndex{0},
                                 [&](const Event&) -> Result<Snapshot::Step> {
                                     ++count;
                                     return Snapshot::Step::next;
                                 })
                    .ok());
    EXPECT_EQ(count, size.value);
    EXPECT_EQ(remote->checkpoint_note().value(), local->checkpoint_note().value());
    EXPECT_FALSE(remote->entry(EventIndex{size.value}).ok());
}

TEST_F(Keeper, lends_one_client_so_many_moments_and_more_once_it_let_go_of_them) {
    serve();
    const auto caller = client();
    std::vector<KeeperMoment> held;
    for (unsigned i = 0; i < Activity::rows_held_max; ++i) {
        held.push_back(caller->moment().value());
    }
    const auto one_too_many = caller->moment();
    ASSERT_FALSE(one_too_many.ok());
    EXPECT_EQ(one_too_many.error().fault, Fault::busy);
    std::thread([&] { EXPECT_TRUE(client()->moment().ok()); }).join();
    held.pop_back();
    EXPECT_TRUE(caller->moment().ok());
}

TEST_F(Keeper, lends_no_sealed_words) {
    serve();
    const auto index = recorded(1);
    const auto reader = client();
    const auto moment = reader->moment().value();
    EXPECT_TRUE(gated_.snapshot().value()->get(layout::words_key(index)).value().has_value());
    EXPECT_FALSE(moment.truth->get(layout::words_key(index)).value().has_value());
    std::size_t rows = 0;
    ASSERT_TRUE(moment.truth
                    ->scan(Bytes{'w'}, Bytes{'x'},
                           [&](ByteView, ByteView) -> Result<Snapshot::Step> {
                               ++rows;
                               return Snapshot::Step::next;
                           })
                    .ok());
    EXPECT_EQ(rows, 0U);
    EXPECT_FALSE(moment.truth->last(Bytes{'w'}, Bytes{'x'}).value().has_value());
    // What lies around them shows, wherever a range begins and ends.
    const auto before = gated_.snapshot().value()->last(Bytes{'a'}, Bytes{'w'}).value();
    EXPECT_EQ(moment.truth->last(Bytes{'a'}, Bytes{'x'}).value(), before);
    std::vector<Bytes> shown;
    ASSERT_TRUE(moment.truth
                    ->scan(Bytes{'s'}, Bytes{'z'},
                           [&](ByteView key, ByteView) -> Result<Snapshot::Step> {
                               shown.push_back(copy_of(key));
                               return Snapshot::Step::next;
                           })
                    .ok());
    ASSERT_FALSE(shown.empty());
    EXPECT_EQ(shown.back(), before->first);
}

TEST_F(Keeper, gives_a_scan_of_many_pages_every_row_once) {
    serve();
    Batch batch;
    constexpr unsigned rows = 3'000;
    for (unsigned i = 0; i < rows; ++i) {
        Bytes key{'z'};
        append_u32(key, i);
        batch.put(key, Bytes(1'000, static_cast<std::uint8_t>(i)));
    }
    ASSERT_TRUE(office_.builder().store().write(batch).ok());
    const auto reader = client();
    const auto moment = reader->moment().value();
    unsigned seen = 0;
    ASSERT_TRUE(moment.truth
                    ->scan(Bytes{'z'}, Bytes{'{'},
                           [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
                               ByteReader number(key.last(4));
                               EXPECT_EQ(number.u32().value(), seen++);
                               EXPECT_EQ(value.size(), 1'000U);
                               return Snapshot::Step::next;
                           })
                    .ok());
    EXPECT_EQ(seen, rows);
}

// More than one message asks for, and larger than one answer holds.
TEST_F(Keeper, gives_many_rows_at_once_in_the_order_of_their_keys) {
    serve();
    const auto hidden = layout::words_key(recorded(1));
    Batch batch;
    std::vector<Bytes> keys{Bytes{'y'}, hidden};
    for (unsigned i = 0; i < 2 * wire::keys_max; ++i) {
        Bytes key{'z'};
        append_u32(key, 7'919 * i % 1'000);
        batch.put(key, Bytes(5'000, static_cast<std::uint8_t>(i)));
        keys.push_back(key);
    }
    ASSERT_TRUE(office_.builder().store().write(batch).ok());
    const auto reader = client();
    const auto moment = reader->moment().value();
    const auto values = moment.truth->get_many(keys);
    ASSERT_TRUE(values.ok()) << values.error().message;
    ASSERT_EQ(values.value().size(), keys.size());
    EXPECT_FALSE(values.value()[0].has_value());
    EXPECT_FALSE(values.value()[1].has_value());
    for (std::size_t i = 2; i < keys.size(); ++i) {
        EXPECT_EQ(values.value()[i], Bytes(5'000, static_cast<std::uint8_t>(i - 2))) << i;
    }
    EXPECT_TRUE(moment.truth->get_many({}).value().empty());
}

TEST_F(Keeper, reads_words_to_those_who_may_and_shows_the_others_that_there_are_some) {
    serve();
    const auto index = recorded(1);
    const auto withheld = client()->words_of(index);
    ASSERT_TRUE(withheld.ok()) << withheld.error().message;
    ASSERT_EQ(withheld.value().size(), 1U);
    EXPECT_EQ(withheld.value()[0].is, ReadableWord::Is::withheld);
    const auto signed_in = client();
    ASSERT_TRUE(signed_in->sign_in(founder()).ok());
    EXPECT_EQ(signed_in->words_of(index).value()[0],
              (ReadableWord{.field = schema::WordField::TITLE,
                            .is = ReadableWord::Is::text,
                            .text = "Plan number 1"}));
}

TEST_F(Keeper, reads_all_words_to_the_user_who_could_open_the_folder) {
    owner_ = ::getuid();
    serve();
    const auto index = recorded(1);
    EXPECT_EQ(client()->words_of(index).value()[0].text, "Plan number 1");
}

TEST_F(Keeper, opens_no_session_for_a_key_that_is_not_in_force) {
    serve();
    const auto stranger = client();
    EXPECT_EQ(stranger->sign_in(office_.builder().signer_of("somebody-else")).error().fault,
              Fault::refused);
    EXPECT_EQ(stranger->words_of(EventIndex{0}).value().size(), 0U);
}

TEST_F(Keeper, proves_that_the_ledger_grew) {
    serve();
    const auto before = recorder_->checkpoint().checkpoint;
    recorded(1);
    const auto after = recorder_->checkpoint().checkpoint;
    const auto path = client()->consistency(before.size, after.size);
    ASSERT_TRUE(path.ok());
    EXPECT_TRUE(
        check_consistency({.old_size = before.size, .new_size = after.size, .path = path.value()},
                          before.root, after.root)
            .ok());
    EXPECT_FALSE(client()->consistency(after.size, TreeSize{999}).ok());
}

TEST_F(Keeper, tells_a_waiting_client_clearly_when_it_ends_and_records_the_same_change_once) {
    serve();
    gated_.close_gate();
    const auto submission = office_.draft(1);
    std::optional<Result<wire::Recorded>> outcome;
    bool was_lost = false;
    std::thread caller([&] {
        const auto mine = client();
        outcome = mine->submit(submission);
        was_lost = mine->is_lost();
    });
    gated_.wait_for_writes(1);
    listener_->stop();
    thread_.join();
    caller.join();
    ASSERT_FALSE(outcome->ok());
    EXPECT_EQ(outcome->error().fault, Fault::unavailable);
    EXPECT_NE(outcome->error().message.find("went away"), std::string::npos);
    EXPECT_TRUE(was_lost);
    gated_.open_gate();
    pool_.reset();
    recorder_.reset();
    listener_.reset();
    serve();
    const auto again = client()->submit(submission);
    ASSERT_TRUE(again.ok()) << again.error().message;
    EXPECT_EQ(again.value().committed.was, Committed::Was::there_already);
}

TEST_F(Keeper, ends_when_a_write_fails_rather_than_go_on_without_knowing) {
    serve();
    gated_.fail();
    EXPECT_EQ(client()->submit(office_.draft(1)).error().fault, Fault::unavailable);
    thread_.join();
    ASSERT_TRUE(outcome_.has_value());
    EXPECT_EQ(outcome_->error().fault, Fault::unavailable);
    thread_ = std::thread([] {});
}

TEST_F(Keeper, takes_the_place_of_a_socket_that_a_dead_one_has_left) {
    serve();
    const auto left = folder_ / "left.sock";
    std::filesystem::create_hard_link(socket(), left);
    stop();
    std::filesystem::rename(left, socket());
    EXPECT_EQ(KeeperClient::connect(socket()).error().fault, Fault::missing);
    serve();
    EXPECT_EQ(client()->about().process, 7);
}

TEST_F(Keeper, refuses_a_path_that_is_too_long_for_a_socket) {
    const auto refused = KeeperListener::open(folder_ / std::string(120, 'k'));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::invalid);
}

}  // namespace
}  // namespace wsoa
