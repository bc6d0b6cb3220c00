#include "ledger/keys/keyring.h"

#include "tests/support/changes.h"
#include "tests/support/story.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::Role;
using testing::HasSubstr;
using testing::SizeIs;

const Date today = must(parse_date("2022-02-01"));

PersonId person(std::string_view text) { return must(PersonId::parse(text)); }

const KeyRecord& key_of(const Scene& scene, std::string_view name) {
    const auto* key = scene.keyring().key(key_named(name));
    CHECK(key != nullptr);
    return *key;
}

TEST(Keyring, learns_from_event_0_what_the_ledger_is) {
    const auto scene = ledger_opened_by_two();
    const auto& facts = scene.keyring().facts();
    EXPECT_EQ(facts.ledger, scene.event(0).leaf());
    EXPECT_EQ(facts.origin, "ledger.example.gov.uk/send");
    EXPECT_EQ(facts.zone, "Europe/London");
    EXPECT_EQ(facts.rulebook, 1);
    EXPECT_FALSE(facts.is_rehearsal);
    ASSERT_THAT(facts.signing_keys, SizeIs(1));
    EXPECT_EQ(facts.signing_keys.front().key, key_named("the ledger"));
}

TEST(Keyring, lets_the_founders_sign_and_enrol_from_event_0_on) {
    const auto scene = ledger_opened_by_two();
    for (const auto* const founder : {"programme-manager", "corporate-director"}) {
        EXPECT_TRUE(key_of(scene, founder).in_force());
        EXPECT_TRUE(scene.keyring().person(person(founder))->confirmed_at);
        const auto grants = scene.keyring().grants_of(person(founder));
        ASSERT_THAT(grants, SizeIs(1));
        EXPECT_EQ(grants.front()->role, Role::FOUNDER);
        EXPECT_TRUE(grants.front()->in_force_on(today));
    }
}

TEST(Keyring, brings_a_first_key_into_force_when_its_person_is_confirmed) {
    auto scene =
        given(ledger_opened_by_two(), person_enrolled("data-lead").by("programme-manager")).scene();
    EXPECT_FALSE(key_of(scene, "data-lead").in_force());
    EXPECT_FALSE(scene.keyring().person(person("data-lead"))->confirmed_at);
    must(scene.record(person_confirmed("data-lead").by("corporate-director")));
    EXPECT_EQ(key_of(scene, "data-lead").in_force_from, EventIndex{2});
    EXPECT_EQ(key_of(scene, "data-lead").enrolled_at, EventIndex{1});
    EXPECT_EQ(key_of(scene, "data-lead").enrolled_by, person("programme-manager"));
    EXPECT_EQ(scene.keyring().person(person("data-lead"))->confirmed_at, EventIndex{2});
}

TEST(Keyring, confirms_whoever_is_answered_whatever_the_order_of_enrolment) {
    const auto scene =
        given(ledger_opened_by_two(), person_enrolled("data-lead").by("programme-manager"),
              person_enrolled("board-chair").by("programme-manager"),
              person_confirmed("board-chair").by("corporate-director"))
            .scene();
    EXPECT_FALSE(key_of(scene, "data-lead").in_force());
    EXPECT_TRUE(key_of(scene, "board-chair").in_force());
}

TEST(Keyring, finds_the_holder_of_a_key_whether_or_not_it_may_sign) {
    const auto scene = given(office_at_work(), person_enrolled("data-lead"),
                             key_revoked("head-of-send", "head-of-send"))
                           .scene();
    EXPECT_EQ(scene.keyring().holder_of(key_named("data-lead")), person("data-lead"));
    EXPECT_EQ(scene.keyring().holder_of(key_named("head-of-send")), person("head-of-send"));
    EXPECT_EQ(scene.keyring().holder_of(key_named("a stranger's key")), std::nullopt);
}

TEST(Keyring, brings_a_further_key_into_force_when_it_is_confirmed) {
    auto scene = given(office_at_work(), key_enrolled("head-of-send", "second key")).scene();
    EXPECT_FALSE(key_of(scene, "second key").in_force());
    must(scene.record(key_confirmed("head-of-send")));
    EXPECT_TRUE(key_of(scene, "second key").in_force());
    EXPECT_TRUE(key_of(scene, "head-of-send").in_force());
    EXPECT_EQ(key_of(scene, "second key").person, person("head-of-send"));
}

TEST(Keyring, hands_over_from_an_old_key_to_a_new_one_at_once) {
    const auto scene = given(office_at_work(), key_rotated("head-of-send", "new key")).scene();
    const auto rotated_at = scene.last(Kind::KEY_ROTATED, "@head-of-send");
    EXPECT_EQ(key_of(scene, "head-of-send").ended_at, rotated_at);
    EXPECT_EQ(key_of(scene, "new key").in_force_from, rotated_at);
    EXPECT_EQ(key_of(scene, "new key").handed_over_by, key_named("head-of-send"));
}

TEST(Keyring, gives_a_role_that_decides_only_once_it_is_confirmed) {
    auto scene = given(office_at_work(), role_granted("head-of-send", Role::AREA_LEAD)).scene();
    const auto index = *scene.last(Kind::ROLE_GRANTED, "@head-of-send");
    EXPECT_FALSE(scene.keyring().grant(index)->in_force_on(today));
    must(scene.record(role_confirmed("head-of-send")));
    EXPECT_TRUE(scene.keyring().grant(index)->in_force_on(today));
}

TEST(Keyring, gives_a_role_that_decides_nothing_at_once) {
    const auto scene =
        given(office_at_work(), role_granted("head-of-send", Role::DATA_LEAD)).scene();
    EXPECT_TRUE(scene.keyring()
                    .grant(*scene.last(Kind::ROLE_GRANTED, "@head-of-send"))
                    ->in_force_on(today));
}

TEST(Keyring, ends_one_founder_and_not_the_other_of_the_same_event) {
    const auto scene =
        given(office_at_work(), role_granted("board-chair", Role::FOUNDER).by("programme-manager"),
              role_confirmed("board-chair").by("corporate-director"),
              Step(Kind::ROLE_REVOKED, "@corporate-director")
                  .by("programme-manager")
                  .because("the founder has left")
                  .answers_event(0))
            .scene();
    EXPECT_FALSE(
        scene.keyring().grants_of(person("corporate-director")).front()->in_force_on(today));
    EXPECT_TRUE(scene.keyring().grants_of(person("programme-manager")).front()->in_force_on(today));
}

// head-of-send's key was stolen after the first of these events and reported after the last.
struct Theft {
    Scene scene;
    std::uint64_t since = 0;
    std::uint64_t claimed_at = 0;
};

Theft reported_theft() {
    auto story = given(plan_in_delivery("TH"), action_started("TH-1.2").by("head-of-send"));
    const auto since = story.scene().next_index().value;
    story.add(progress_recorded("TH-1.2", 10));
    story.add(progress_recorded("TH-1.2", 90));
    const auto claimed_at = story.scene().next_index().value;
    story.add(key_compromised("head-of-send", "head-of-send", since));
    return {story.scene(), since, claimed_at};
}

TEST(CompromisedKey, stops_at_once) {
    const auto theft = reported_theft();
    EXPECT_EQ(key_of(theft.scene, "head-of-send").ended_at, EventIndex{theft.claimed_at});
}

TEST(CompromisedKey, puts_nothing_in_doubt_until_a_second_officer_confirms) {
    const auto theft = reported_theft();
    for (std::uint64_t index = 0; index <= theft.claimed_at; ++index) {
        EXPECT_FALSE(key_of(theft.scene, "head-of-send").in_doubt(EventIndex{index})) << index;
    }
}

TEST(CompromisedKey, puts_in_doubt_what_it_signed_from_the_theft_to_the_report) {
    const auto theft = reported_theft();
    const auto scene = given(theft.scene, compromise_confirmed("head-of-send")).scene();
    const auto& key = key_of(scene, "head-of-send");
    EXPECT_FALSE(key.in_doubt(EventIndex{theft.since - 1}));
    EXPECT_TRUE(key.in_doubt(EventIndex{theft.since}));
    EXPECT_TRUE(key.in_doubt(EventIndex{theft.claimed_at}));
    EXPECT_FALSE(key.in_doubt(EventIndex{theft.claimed_at + 1}));
}

TEST(CompromisedKey, leaves_other_keys_of_the_person_alone) {
    const auto scene =
        given(plan_in_delivery("TH"), key_enrolled("head-of-send", "second key"),
              key_confirmed("head-of-send"), key_compromised("head-of-send", "head-of-send", 10),
              compromise_confirmed("head-of-send"))
            .scene();
    EXPECT_TRUE(key_of(scene, "second key").in_force());
    EXPECT_FALSE(key_of(scene, "second key").in_doubt(EventIndex{20}));
}

TEST(CompromisedKey, takes_every_key_along_that_it_was_rotated_into_since) {
    auto story = given(plan_in_delivery("TH"));
    const auto since = story.scene().next_index().value;
    story.add(key_rotated("head-of-send", "thief's key"));
    story.add(key_rotated("head-of-send", "thief's next key").with_key("thief's key"));
    const auto last = story.scene().next_index();
    story.add(key_compromised("head-of-send", "head-of-send", since));
    story.add(compromise_confirmed("head-of-send"));
    for (const auto* const name : {"head-of-send", "thief's key", "thief's next key"}) {
        EXPECT_FALSE(key_of(story.scene(), name).in_force()) << name;
        EXPECT_TRUE(key_of(story.scene(), name).in_doubt(last)) << name;
    }
}

TEST(CompromisedKey, leaves_a_key_alone_that_took_over_before_the_theft) {
    auto story = given(plan_in_delivery("TH"), key_rotated("head-of-send", "new key"));
    const auto since = story.scene().next_index().value;
    story.add(key_compromised("head-of-send", "head-of-send", since));
    EXPECT_TRUE(key_of(story.scene(), "new key").in_force());
}

TEST(CompromisedKey, reaches_as_far_back_as_the_earliest_confirmed_claim) {
    const auto theft = reported_theft();
    auto story = given(theft.scene, compromise_confirmed("head-of-send"),
                       key_compromised("head-of-send", "head-of-send", 20));
    EXPECT_FALSE(key_of(story.scene(), "head-of-send").in_doubt(EventIndex{20}));
    EXPECT_TRUE(key_of(story.scene(), "head-of-send").in_doubt(EventIndex{theft.since}));
    story.add(compromise_confirmed("head-of-send"));
    EXPECT_TRUE(key_of(story.scene(), "head-of-send").in_doubt(EventIndex{20}));
    EXPECT_FALSE(key_of(story.scene(), "head-of-send").in_doubt(EventIndex{19}));
}

TEST(LedgerKey, signs_from_the_checkpoint_that_covers_its_confirmation) {
    const auto scene =
        given(ledger_opened_by_two(), ledger_key_rotated("new ledger key"), ledger_key_confirmed())
            .scene();
    const auto& facts = scene.keyring().facts();
    EXPECT_EQ(facts.signing_key_at(TreeSize{1}), key_named("the ledger"));
    EXPECT_EQ(facts.signing_key_at(TreeSize{2}), key_named("the ledger"));
    EXPECT_EQ(facts.signing_key_at(TreeSize{3}), key_named("new ledger key"));
    EXPECT_EQ(facts.signing_key_at(TreeSize{1'000}), key_named("new ledger key"));
    EXPECT_FALSE(scene.keyring().pending_ledger_key());
}

TEST(LedgerKey, waits_for_its_confirmation) {
    const auto scene = given(ledger_opened_by_two(), ledger_key_rotated("new ledger key")).scene();
    ASSERT_TRUE(scene.keyring().pending_ledger_key());
    EXPECT_EQ(scene.keyring().pending_ledger_key()->by, person("programme-manager"));
    EXPECT_EQ(scene.keyring().facts().signing_key_at(TreeSize{2}), key_named("the ledger"));
}

// The keyring refuses nothing; what does not fit is told and left out.
void expect_anomaly(const Scene& before, const Step& step, const std::string& why) {
    auto after = before;
    after.force(step);
    ASSERT_THAT(after.state().anomalies, SizeIs(1)) << step.str();
    EXPECT_THAT(after.state().anomalies.front().what, HasSubstr(why)) << step.str();
    EXPECT_EQ(after.keyring().facts(), before.keyring().facts()) << step.str();
}

TEST(KeyringAnomaly, is_a_second_opening) {
    Founding founding;
    founding.founders = {{"data-lead", "data-lead"}, {"head-of-health", "head-of-health"}};
    expect_anomaly(office_at_work(), ledger_opened(founding), "opened before");
}

TEST(KeyringAnomaly, is_a_confirmation_of_nothing_that_waits) {
    const auto scene = office_at_work();
    expect_anomaly(scene, person_confirmed("head-of-send"), "no enrolment");
    expect_anomaly(scene, person_confirmed("head-of-send").answers_nothing(), "no enrolment");
    expect_anomaly(scene, role_confirmed("board-chair"), "no grant");
    expect_anomaly(scene, role_confirmed("board-chair").answers_event(0), "no grant");
    expect_anomaly(scene, key_confirmed("board-chair").answers_event(0), "no entry about a key");
    expect_anomaly(scene, key_confirmed("board-chair").answers_nothing(), "no entry about a key");
    expect_anomaly(scene, ledger_key_confirmed().answers_nothing(), "no ledger key");
}

TEST(KeyringAnomaly, is_a_person_or_key_that_was_enrolled_before) {
    const auto scene = office_at_work();
    expect_anomaly(scene, person_enrolled("head-of-send"), "enrolled before");
    expect_anomaly(scene, key_enrolled("head-of-send", "board-chair"), "enrolled before");
    expect_anomaly(scene, key_rotated("head-of-send", "board-chair"), "enrolled before");
}

TEST(KeyringAnomaly, is_a_role_or_key_for_nobody) {
    const auto scene = office_at_work();
    expect_anomaly(scene, role_granted("data-lead", Role::DATA_LEAD), "nobody who is enrolled");
    expect_anomaly(scene, key_enrolled("data-lead", "data-lead"), "nobody who is enrolled");
}

TEST(KeyringAnomaly, is_an_end_of_what_does_not_stand) {
    const auto scene = office_at_work();
    expect_anomaly(scene, role_revoked("head-of-send").answers_nothing(), "no grant");
    expect_anomaly(scene, key_revoked("head-of-send", "a stranger's key"), "unknown");
    expect_anomaly(scene, key_compromised("head-of-send", "a stranger's key", 1), "unknown");
    expect_anomaly(scene, key_rotated("head-of-send", "new key").with_key("a stranger's key"),
                   "unknown");
}

TEST(KeyringAnomaly, is_a_rulebook_that_is_not_newer) {
    expect_anomaly(office_at_work(), rulebook_adopted(1), "in force already");
}

// As it is read where event 0 is damaged: no later event makes up for the ledger's own key.
TEST(KeyringAnomaly, is_a_key_or_a_rulebook_of_a_ledger_that_nothing_opened) {
    const auto scene = given(ledger_opened_by_two(), ledger_key_rotated("new ledger key"),
                             ledger_key_confirmed().by("corporate-director"))
                           .scene();
    State state;
    fold(state, scene.event(1));
    fold(state, scene.event(2));
    EXPECT_TRUE(state.keyring.facts().signing_keys.empty());
    EXPECT_THAT(state.anomalies, SizeIs(1));
    auto adopted = scene;
    adopted.force(rulebook_adopted(2));
    fold(state, adopted.event(3));
    EXPECT_EQ(state.keyring.facts().rulebook, 0);
    EXPECT_THAT(state.anomalies, SizeIs(2));
}

// A key that two entries would both bring must stay with the first person.
TEST(KeyringAnomaly, leaves_a_key_with_whoever_had_it) {
    auto scene = office_at_work();
    scene.force(key_enrolled("head-of-send", "board-chair"));
    EXPECT_EQ(scene.keyring().holder_of(key_named("board-chair")), person("board-chair"));
}

TEST(Roles, decide_where_they_confirm_accept_approve_or_enrol) {
    for (const auto role :
         {Role::FOUNDER, Role::PROGRAMME_OFFICE, Role::AREA_LEAD, Role::ACCOUNTABLE_OFFICER,
          Role::BOARD_CHAIR, Role::RECORDS_MANAGER, Role::DPO, Role::LEAD_MEMBER}) {
        EXPECT_TRUE(decides(role));
    }
    for (const auto role : {Role::ACTION_OWNER, Role::BOARD_MEMBER, Role::DATA_LEAD, Role::ADVISER,
                            Role::INSPECTOR, Role::AUDITOR}) {
        EXPECT_FALSE(decides(role));
    }
}

}  // namespace
}  // namespace wsoa::test
