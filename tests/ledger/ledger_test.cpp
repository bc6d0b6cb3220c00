#include "ledger/ledger.h"

#include "tests/support/environment.h"
#include "tests/support/ledger_builder.h"
#include "tests/support/submissions.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

// A store that fails its next write.
class FailingStore final : public Store {
public:
    explicit FailingStore(Store& inner) : inner_(inner) {}
    Result<std::unique_ptr<Snapshot>> snapshot() const override { return inner_.snapshot(); }
    Result<void> write(const Batch&) override {
        return Error{Fault::unavailable, "the disk is full"};
    }

private:
    Store& inner_;
};

class Door : public testing::Test {
protected:
    Door() : vault_(Secret(Bytes(32, 7))) {
        builder_.enrol("head-of-send");
        builder_.commit();
        environment_.clock().set(Instant{1'700'000'000'000});
    }

    std::unique_ptr<Guard> make_guard(const std::string& name, TreeSize size) {
        const auto root = builder_.history()->root_at(size).value();
        auto guard = Guard::create(folder_ / name, builder_.ledger(), {.size = size, .root = root});
        EXPECT_TRUE(guard.ok());
        return std::move(guard).value();
    }
    Result<std::unique_ptr<Ledger>> open(Store& store, Guard& guard) {
        return Ledger::open({.store = store,
                             .guard = guard,
                             .signer = builder_.ledger_signer(),
                             .next_signer = nullptr,
                             .word_keys = vault_,
                             .environment = environment_.environment()});
    }

    // A grant of a role to head-of-send by the first founder, as it should be.
    Envelope envelope(const Ledger& ledger) {
        const auto& seen = ledger.checkpoint().checkpoint;
        auto envelope = test::founders_envelope(
            builder_.ledger(), {.size = seen.size, .root = seen.root}, "@head-of-send", ++ids_);
        envelope.subject_version = ledger.history().value()->version_of(envelope.subject).value();
        envelope.author_key = signer().key();
        return envelope;
    }
    Submission submission(const Envelope& envelope, const std::string& reason = "") {
        Draft draft(Kind::ROLE_GRANTED);
        EXPECT_TRUE(draft.set("role", "actionOwner").ok());
        return signed_with(draft, envelope, schema::WordField::REASON, reason);
    }
    // A plan that is drafted as the successor of another.
    Submission successor(Envelope envelope, const std::string& predecessor) {
        envelope.plan = PlanRef::parse("APP").value();
        envelope.subject = SubjectRef::of(*envelope.plan);
        envelope.subject_version = 0;
        envelope.as_role = schema::Role::PROGRAMME_OFFICE;
        Draft draft(Kind::PLAN_DRAFTED);
        EXPECT_TRUE(draft.set("kind", "app").ok());
        EXPECT_TRUE(draft.set("partners", "council,nhs").ok());
        EXPECT_TRUE(draft.set("predecessor", predecessor).ok());
        return signed_with(draft, envelope, schema::WordField::TITLE, "What remains");
    }
    // With one word; with none where the text is empty.
    Submission signed_with(Draft& draft, const Envelope& envelope, schema::WordField field,
                           const std::string& text) {
        std::vector<std::pair<schema::WordField, std::string>> words;
        if (!text.empty()) {
            words.emplace_back(field, text);
        }
        return test::signed_submission(draft, envelope, signer(), words, environment_.random());
    }
    const Signer& signer() { return builder_.signer_of("programme-manager"); }

    TempFolder folder_;
    test::LedgerBuilder builder_;
    TestEnvironment environment_;
    KeyTree vault_;
    std::uint16_t ids_ = 0;
};

TEST_F(Door, records_a_change_and_gives_a_receipt_that_proves) {
    const auto guard = make_guard("guard", builder_.size());
    auto ledger = open(builder_.store(), *guard);
    ASSERT_TRUE(ledger.ok()) << ledger.error().message;
    const auto made = submission(envelope(*ledger.value()), "she leads the casework");
    const auto committed = ledger.value()->commit(made);
    ASSERT_TRUE(committed.ok()) << committed.error().message;
    EXPECT_EQ(committed.value().index.value, builder_.size().value);
    const auto history = ledger.value()->history().value();
    const auto entry = history->entry(committed.value().index).value();
    const auto key =
        NoteKey::ed25519(ledger.value()->facts().origin, builder_.ledger_signer().key()).value();
    EXPECT_TRUE(
        check_receipt(committed.value().receipt, entry, key, ledger.value()->facts().origin).ok());
    EXPECT_EQ(guard->last().size, history->size());
}

TEST_F(Door, gives_the_first_receipt_for_the_same_id_though_salts_and_version_differ) {
    const auto guard = make_guard("guard", builder_.size());
    const auto ledger = open(builder_.store(), *guard).value();
    auto first = envelope(*ledger);
    const auto committed = ledger->commit(submission(first, "she leads the casework")).value();
    first.subject_version = ledger->history().value()->version_of(first.subject).value();
    first.seen = {.size = ledger->checkpoint().checkpoint.size,
                  .root = ledger->checkpoint().checkpoint.root};
    const auto again = ledger->commit(submission(first, "she leads the casework"));
    ASSERT_TRUE(again.ok()) << again.error().message;
    EXPECT_EQ(again.value().index, committed.index);
    EXPECT_EQ(again.value().was, Committed::Was::there_already);
    const auto other = ledger->commit(submission(first, "another reason"));
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.error().fault, Fault::conflict);
}

TEST_F(Door, names_the_newer_events_to_an_author_who_has_not_seen_them) {
    const auto guard = make_guard("guard", builder_.size());
    const auto ledger = open(builder_.store(), *guard).value();
    auto stale = envelope(*ledger);
    stale.subject_version -= 1;
    const auto refused = ledger->commit(submission(stale));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::conflict);
    EXPECT_NE(refused.error().message.find(std::to_string(builder_.size().value - 1)),
              std::string::npos);
}

TEST_F(Door, refuses_an_author_who_saw_another_history) {
    const auto guard = make_guard("guard", builder_.size());
    const auto ledger = open(builder_.store(), *guard).value();
    auto other = envelope(*ledger);
    other.seen.root.bytes[0] ^= 1;
    const auto refused = ledger->commit(submission(other));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::refused);
    EXPECT_EQ(ledger->history().value()->size(), builder_.size());
}

TEST_F(Door, refuses_a_change_for_another_ledger) {
    const auto guard = make_guard("guard", builder_.size());
    const auto ledger = open(builder_.store(), *guard).value();
    auto other = envelope(*ledger);
    other.ledger.bytes[0] ^= 1;
    EXPECT_EQ(ledger->commit(submission(other)).error().fault, Fault::invalid);
}

TEST_F(Door, refuses_a_signature_that_does_not_hold) {
    const auto guard = make_guard("guard", builder_.size());
    const auto ledger = open(builder_.store(), *guard).value();
    auto forged = submission(envelope(*ledger));
    forged.signed_change.signature.bytes[3] ^= 1;
    EXPECT_EQ(ledger->commit(forged).error().fault, Fault::refused);
}

TEST_F(Door, refuses_words_that_the_change_does_not_commit_to) {
    const auto guard = make_guard("guard", builder_.size());
    const auto ledger = open(builder_.store(), *guard).value();
    auto swapped = submission(envelope(*ledger), "she leads the casework");
    swapped.words[0].text = "something else";
    EXPECT_EQ(ledger->commit(swapped).error().fault, Fault::distrusted);
}

TEST_F(Door, refuses_a_key_that_nobody_enrolled) {
    const auto guard = make_guard("guard", builder_.size());
    const auto ledger = open(builder_.store(), *guard).value();
    const auto stranger = MemorySigner::from_seed(Secret(Bytes(32, 99))).value();
    auto unknown = envelope(*ledger);
    unknown.author_key = stranger->key();
    auto made = submission(unknown);
    made.signed_change.signature =
        stranger->sign(labelled(label::change, made.signed_change.change));
    const auto refused = ledger->commit(made);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().rule, "R01");
}

TEST_F(Door, refuses_a_role_that_the_author_does_not_hold) {
    const auto guard = make_guard("guard", builder_.size());
    const auto ledger = open(builder_.store(), *guard).value();
    auto other = envelope(*ledger);
    other.as_role = schema::Role::AUDITOR;
    EXPECT_EQ(ledger->commit(submission(other)).error().rule, "R03");
}

TEST_F(Door, refuses_to_record_before_the_last_event) {
    const auto guard = make_guard("guard", builder_.size());
    const auto ledger = open(builder_.store(), *guard).value();
    environment_.clock().set(Instant{1'000'000'000'000});
    EXPECT_EQ(ledger->commit(submission(envelope(*ledger))).error().fault, Fault::unavailable);
}

TEST_F(Door, takes_no_clock_from_the_author_of_a_real_ledger) {
    const auto guard = make_guard("guard", builder_.size());
    const auto ledger = open(builder_.store(), *guard).value();
    auto dated = submission(envelope(*ledger));
    dated.recorded_at = Instant{1'690'000'000'000};
    const auto outcome = ledger->commit(dated);
    EXPECT_EQ(outcome.ok(), ledger->facts().is_rehearsal);
}

TEST_F(Door, lets_a_refused_change_take_no_other_with_it) {
    const auto guard = make_guard("guard", builder_.size());
    const auto ledger = open(builder_.store(), *guard).value();
    auto bad = envelope(*ledger);
    bad.as_role = schema::Role::AUDITOR;
    auto forged = submission(envelope(*ledger));
    forged.signed_change.signature.bytes[0] ^= 1;
    const std::vector<Submission> both{submission(bad), submission(envelope(*ledger)), forged};
    const auto outcomes = ledger->commit_all(both);
    ASSERT_TRUE(outcomes.ok());
    EXPECT_FALSE(outcomes.value()[0].ok());
    EXPECT_TRUE(outcomes.value()[1].ok());
    EXPECT_FALSE(outcomes.value()[2].ok());
}

TEST_F(Door, knows_the_next_version_of_a_subject_by_two_rows_as_by_its_last) {
    const auto guard = make_guard("guard", builder_.size());
    const auto ledger = open(builder_.store(), *guard).value();
    ASSERT_TRUE(ledger->commit(submission(envelope(*ledger))).ok());
    const auto history = ledger->history().value();
    const auto nobody = SubjectRef::parse("@nobody-at-all").value();
    for (const auto& subject : {envelope(*ledger).subject, nobody}) {
        const auto next = history->version_of(subject).value();
        for (std::uint32_t version = 0; version <= next + 2; ++version) {
            EXPECT_EQ(history->is_next(subject, version).value(), version == next)
                << subject.str() << " " << version;
        }
    }
}

TEST_F(Door, refuses_a_version_that_is_ahead_whether_or_not_it_has_written_to_the_subject) {
    const auto guard = make_guard("guard", builder_.size());
    const auto ledger = open(builder_.store(), *guard).value();
    for (int round = 0; round < 2; ++round) {
        auto ahead = envelope(*ledger);
        ahead.subject_version += 1;
        const auto refused = ledger->commit(submission(ahead));
        ASSERT_FALSE(refused.ok());
        EXPECT_EQ(refused.error().fault, Fault::conflict);
        EXPECT_TRUE(ledger->commit(submission(envelope(*ledger))).ok());
    }
}

TEST_F(Door, proves_what_stood_before_and_what_is_new_in_one_group) {
    const auto guard = make_guard("guard", builder_.size());
    const auto ledger = open(builder_.store(), *guard).value();
    const auto first = submission(envelope(*ledger));
    std::vector<Submission> group{first};
    ASSERT_TRUE(ledger->commit(first).ok());
    for (std::uint32_t i = 0; i < 5; ++i) {
        auto next = envelope(*ledger);
        next.subject_version += i;
        group.push_back(submission(next));
    }
    const auto outcomes = ledger->commit_all(group).value();
    const auto history = ledger->history().value();
    const auto& origin = ledger->facts().origin;
    const auto key = NoteKey::ed25519(origin, builder_.ledger_signer().key()).value();
    ASSERT_EQ(outcomes.size(), group.size());
    for (const auto& outcome : outcomes) {
        ASSERT_TRUE(outcome.ok()) << outcome.error().message;
        const auto entry = history->entry(outcome.value().index).value();
        EXPECT_TRUE(check_receipt(outcome.value().receipt, entry, key, origin).ok());
        EXPECT_EQ(outcome.value().recorded_at, read_entry(entry).value().recorded_at);
    }
}

TEST_F(Door, finds_the_predecessor_of_a_plan_that_nobody_has_asked_for_yet) {
    builder_.draft_plan("TH");
    const auto granted = builder_.grant("programme-manager", "programmeOffice");
    builder_.append({.kind = Kind::ROLE_CONFIRMED,
                     .subject = "@programme-manager",
                     .by = "director-of-education",
                     .role = schema::Role::FOUNDER,
                     .answers = granted});
    builder_.commit();
    const auto guard = make_guard("guard", builder_.size());
    const auto ledger = open(builder_.store(), *guard).value();
    const auto outcome = ledger->commit(successor(envelope(*ledger), "TH"));
    EXPECT_TRUE(outcome.ok()) << outcome.error().message;
    const auto unknown = ledger->commit(successor(envelope(*ledger), "NO"));
    ASSERT_FALSE(unknown.ok());
}

TEST_F(Door, opens_no_store_that_is_older_than_its_guard) {
    Hash root;
    root.bytes.fill(5);
    const auto guard = Guard::create(folder_ / "guard", builder_.ledger(),
                                     {.size = TreeSize{builder_.size().value + 1}, .root = root})
                           .value();
    EXPECT_EQ(open(builder_.store(), *guard).error().fault, Fault::corrupt);
}

TEST_F(Door, opens_no_store_whose_root_is_not_the_guards) {
    Hash root;
    root.bytes.fill(5);
    const auto guard =
        Guard::create(folder_ / "guard", builder_.ledger(), {.size = builder_.size(), .root = root})
            .value();
    EXPECT_EQ(open(builder_.store(), *guard).error().fault, Fault::distrusted);
}

TEST_F(Door, brings_a_guard_up_that_the_machine_left_behind) {
    const auto guard = make_guard("guard", TreeSize{1});
    ASSERT_TRUE(open(builder_.store(), *guard).ok());
    EXPECT_EQ(guard->last().size, builder_.size());
}

TEST_F(Door, opens_no_ledger_without_the_key_that_signs_its_checkpoints) {
    const auto guard = make_guard("guard", builder_.size());
    const LedgerParts parts{.store = builder_.store(),
                            .guard = *guard,
                            .signer = signer(),
                            .next_signer = nullptr,
                            .word_keys = vault_,
                            .environment = environment_.environment()};
    const auto opened = Ledger::open(parts);
    EXPECT_EQ(opened.error().fault, Fault::missing);
    EXPECT_NE(opened.error().advice.find("keys/ledger.pem"), std::string::npos);
    auto beside = parts;
    beside.next_signer = &builder_.ledger_signer();
    EXPECT_TRUE(Ledger::open(beside).ok());
}

// Gives a plan as it stood at one place of the log, and nothing of any other.
class BeginsAt final : public PlanBegins {
public:
    explicit BeginsAt(PlanAt place) : place_(std::move(place)) {}
    PlanAt nearest(const History& /*history*/, const PlanRef& plan) override {
        return place_.plan && place_.plan->ref == plan ? place_ : PlanAt{};
    }

private:
    PlanAt place_;
};

TEST_F(Door, begins_a_plan_where_it_is_told_and_comes_to_the_same) {
    const auto th = PlanRef::parse("TH").value();
    builder_.draft_plan("TH");
    builder_.add_area("TH-1");
    builder_.commit();
    const auto half = builder_.size();
    State at_half;
    ASSERT_TRUE(builder_.history(half)->fold_into(at_half, std::nullopt).ok());
    ASSERT_TRUE(builder_.history(half)->fold_into(at_half, th).ok());
    builder_.add_outcome("TH-O1", "TH-1");
    builder_.add_area("TH-2");
    builder_.commit();
    const auto guard = make_guard("guard", builder_.size());
    const auto from_nothing = open(builder_.store(), *guard).value();
    const auto whole = *from_nothing->state_with(th).value()->plan(th);
    BeginsAt begins({.size = half, .events = 2, .plan = at_half.plans.at(th)});
    // Those before it are not read: one of them cannot be any more.
    Batch batch;
    batch.put(layout::plan_event_key(th, EventIndex{half.value - 1}), Bytes{1, 2, 3});
    ASSERT_TRUE(builder_.store().write(batch).ok());
    const auto from_there = open(builder_.store(), *guard).value();
    from_there->begin_plans_at(begins);
    EXPECT_EQ(*from_there->state_with(th).value()->plan(th), whole);
    // A place that counts other events than the ledger has is found out, and leaves nothing behind.
    BeginsAt astray({.size = half, .events = 1, .plan = at_half.plans.at(th)});
    const auto refused = open(builder_.store(), *guard).value();
    refused->begin_plans_at(astray);
    const auto state = refused->state_with(th);
    ASSERT_FALSE(state.ok());
    EXPECT_EQ(state.error().fault, Fault::corrupt);
    EXPECT_EQ(refused->state_with(std::nullopt).value()->plan(th), nullptr);
}

TEST_F(Door, records_nothing_more_after_a_write_that_failed) {
    const auto guard = make_guard("guard", builder_.size());
    FailingStore failing(builder_.store());
    const auto ledger = open(failing, *guard).value();
    EXPECT_EQ(ledger->commit(submission(envelope(*ledger))).error().fault, Fault::unavailable);
    EXPECT_EQ(ledger->commit(submission(envelope(*ledger))).error().fault, Fault::unavailable);
    EXPECT_EQ(guard->last().size, builder_.size());
    EXPECT_TRUE(open(builder_.store(), *guard).ok());
}

}  // namespace
}  // namespace wsoa
