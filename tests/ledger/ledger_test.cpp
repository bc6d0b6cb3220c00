#include "ledger/ledger.h"

#include "ledger/inspection/verify.h"
#include "ledger/store/store_source.h"
#include "tests/support/environment.h"
#include "tests/support/ledger_builder.h"
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
        Envelope envelope;
        envelope.ledger = builder_.ledger();
        envelope.seen = {.size = ledger.checkpoint().checkpoint.size,
                         .root = ledger.checkpoint().checkpoint.root};
        Bytes id(16, 1);
        id[6] = 0x71;
        id[8] = 0x81;
        id[15] = ++ids_;
        envelope.id = ChangeId::of(id).value();
        envelope.subject = SubjectRef::parse("@head-of-send").value();
        envelope.subject_version = ledger.history().value()->version_of(envelope.subject).value();
        envelope.effective = parse_date("2023-11-14").value();
        envelope.author_key = signer().key();
        envelope.as_role = schema::Role::FOUNDER;
        envelope.classification = schema::Classification::PARTNERSHIP;
        return envelope;
    }
    Submission submission(Envelope envelope, const std::string& reason = "") {
        Submission made;
        if (!reason.empty()) {
            Word word{.field = schema::WordField::REASON, .salt = {}, .text = reason};
            environment_.random().fill(word.salt.bytes);
            envelope.words = {
                {.field = word.field, .commitment = commit_to(builder_.ledger(), word)}};
            made.words = {word};
        }
        Draft draft(Kind::ROLE_GRANTED);
        EXPECT_TRUE(draft.set("role", "actionOwner").ok());
        made.signed_change.change = draft.finish(envelope).value();
        made.signed_change.signature =
            signer().sign(labelled(label::change, made.signed_change.change));
        return made;
    }
    const Signer& signer() { return builder_.signer_of("programme-manager"); }

    TempFolder folder_;
    test::LedgerBuilder builder_;
    TestEnvironment environment_;
    KeyTree vault_;
    std::uint8_t ids_ = 0;
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
    const std::vector<Submission> both{submission(bad), submission(envelope(*ledger))};
    const auto outcomes = ledger->commit_all(both);
    ASSERT_TRUE(outcomes.ok());
    EXPECT_FALSE(outcomes.value()[0].ok());
    EXPECT_TRUE(outcomes.value()[1].ok());
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

TEST_F(Door, records_nothing_more_after_a_write_that_failed) {
    const auto guard = make_guard("guard", builder_.size());
    FailingStore failing(builder_.store());
    const auto ledger = open(failing, *guard).value();
    EXPECT_EQ(ledger->commit(submission(envelope(*ledger))).error().fault, Fault::unavailable);
    EXPECT_EQ(ledger->commit(submission(envelope(*ledger))).error().fault, Fault::unavailable);
    EXPECT_EQ(guard->last().size, builder_.size());
    EXPECT_TRUE(open(builder_.store(), *guard).ok());
}

// Verification over the same kind of ledger, row by row.
class Verification : public testing::Test {
protected:
    Verification() {
        builder_.enrol("head-of-send");
        builder_.enrol("programme-officer");
        builder_.commit();
    }
    Verdict verdict(Depth depth = Depth::authors) {
        const auto snapshot = builder_.store().snapshot().value();
        const StoreSource source(*snapshot, builder_.size());
        return verify_ledger(source, {.depth = depth, .workers = 2}).value();
    }
    void change_row(const Bytes& key, std::optional<Bytes> value) {
        Batch batch;
        if (value) {
            batch.put(key, *value);
        } else {
            batch.erase(key);
        }
        ASSERT_TRUE(builder_.store().write(batch).ok());
    }
    Bytes row(const Bytes& key) { return *builder_.store().snapshot().value()->get(key).value(); }
    static bool names(const Verdict& verdict, EventIndex index) {
        return std::ranges::any_of(verdict.findings, [&](const Finding& finding) {
            return finding.event == index && finding.is == Finding::Class::breach;
        });
    }
    test::LedgerBuilder builder_;
};

TEST_F(Verification, finds_nothing_in_a_ledger_that_was_kept_well) {
    const auto clean = verdict();
    for (const auto& finding : clean.findings) {
        ADD_FAILURE() << finding.what;
    }
    EXPECT_EQ(clean.root, builder_.history()->root());
}

TEST_F(Verification, names_each_event_of_which_one_byte_was_flipped) {
    for (std::uint64_t i = 0; i < builder_.size().value; ++i) {
        const auto key = layout::event_key(EventIndex{i});
        const auto stored = row(key);
        auto flipped = stored;
        flipped[(i * 37) % flipped.size()] ^= 4;
        change_row(key, flipped);
        EXPECT_TRUE(names(verdict(Depth::log), EventIndex{i})) << i;
        change_row(key, stored);
    }
}

TEST_F(Verification, names_each_event_that_is_missing) {
    for (std::uint64_t i = 0; i < builder_.size().value; ++i) {
        const auto key = layout::event_key(EventIndex{i});
        const auto stored = row(key);
        change_row(key, std::nullopt);
        EXPECT_TRUE(names(verdict(Depth::log), EventIndex{i})) << i;
        change_row(key, stored);
    }
}

TEST_F(Verification, finds_a_hash_of_the_tree_that_was_changed) {
    const auto key = layout::node_key({.level = 1, .index = 0});
    auto hash = row(key);
    hash[0] ^= 1;
    change_row(key, hash);
    EXPECT_TRUE(verdict(Depth::log).has_breach());
}

TEST_F(Verification, finds_a_plan_copy_that_was_changed) {
    const auto key = layout::plan_event_key(std::nullopt, EventIndex{2});
    auto copy = row(key);
    copy[10] ^= 1;
    change_row(key, copy);
    EXPECT_TRUE(names(verdict(Depth::log), EventIndex{2}));
}

TEST_F(Verification, finds_a_checkpoint_that_was_changed) {
    const auto key = layout::checkpoint_key(builder_.size());
    auto note = row(key);
    note[note.size() - 8] ^= 1;
    change_row(key, note);
    EXPECT_TRUE(verdict(Depth::log).has_breach());
}

TEST_F(Verification, says_that_a_ledger_was_shortened_or_rewritten) {
    const auto snapshot = builder_.store().snapshot().value();
    const StoreSource source(*snapshot, builder_.size());
    Hash other;
    other.bytes.fill(3);
    const VerifyQuestion longer{
        .known = {{.from = "a visit", .size = TreeSize{99}, .root = other}}};
    EXPECT_TRUE(verify_ledger(source, longer).value().has_breach());
    const VerifyQuestion rewritten{
        .known = {{.from = "a visit", .size = TreeSize{2}, .root = other}}};
    EXPECT_TRUE(verify_ledger(source, rewritten).value().has_breach());
}

TEST_F(Verification, finds_what_was_recorded_against_a_rule_of_authority) {
    const auto index = builder_.append({.kind = Kind::ROLE_GRANTED,
                                        .subject = "@head-of-send",
                                        .fields = {{"role", "auditor"}},
                                        .by = "programme-officer",
                                        .role = schema::Role::FOUNDER});
    builder_.commit();
    const auto found = verdict();
    EXPECT_TRUE(names(found, index));
    EXPECT_TRUE(
        std::ranges::any_of(found.findings, [](const Finding& f) { return f.rule == "R03"; }));
}

}  // namespace
}  // namespace wsoa
