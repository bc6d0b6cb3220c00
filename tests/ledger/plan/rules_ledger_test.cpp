#include "tests/support/changes.h"
#include "tests/support/story.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::Role;

// R18: a new key for the ledger.

TEST(LedgerKeyRules, accept_a_handover_by_the_old_key_to_one_that_proves_itself) {
    given(ledger_opened_by_two()).when(ledger_key_rotated("new ledger key")).is_accepted_by("R18");
}

TEST(LedgerKeyRules, refuse_a_handover_by_another_key_than_the_present_one) {
    given(ledger_opened_by_two())
        .when(ledger_key_rotated("new ledger key", "programme-manager"))
        .is_refused_by("R18");
    given(ledger_opened_by_two(), ledger_key_rotated("new ledger key"), ledger_key_confirmed())
        .when(ledger_key_rotated("newest ledger key", "the ledger"))
        .is_refused_by("R18");
}

TEST(LedgerKeyRules, accept_a_second_handover_by_the_key_that_took_over) {
    given(ledger_opened_by_two(), ledger_key_rotated("new ledger key"), ledger_key_confirmed())
        .when(ledger_key_rotated("newest ledger key", "new ledger key"))
        .is_accepted_by("R18");
}

TEST(LedgerKeyRules, refuse_a_new_key_that_proves_itself_for_another_ledger) {
    Hash other;
    other.bytes.fill(7);
    const auto proof = signed_by("new key", ledger_key_proof_message(other, key_named("new key")));
    given(ledger_opened_by_two())
        .when(ledger_key_rotated("new key").with("proof", to_hex(proof.view())))
        .is_refused_by("R18");
}

TEST(LedgerKeyRules, refuse_a_key_that_the_ledger_had_before) {
    given(ledger_opened_by_two()).when(ledger_key_rotated("the ledger")).is_refused_by("R18");
    given(ledger_opened_by_two(), ledger_key_rotated("new ledger key"), ledger_key_confirmed())
        .when(ledger_key_rotated("the ledger", "new ledger key"))
        .is_refused_by("R18");
}

TEST(LedgerKeyRules, refuse_a_persons_key_for_the_ledger) {
    given(office_at_work()).when(ledger_key_rotated("head-of-send")).is_refused_by("R18");
}

TEST(LedgerKeyRules, refuse_a_new_key_of_small_order) {
    given(ledger_opened_by_two())
        .when(ledger_key_rotated("new key").with("newKey", "01" + std::string(62, '0')))
        .is_refused_by("R18");
}

// R19: its confirmation.

TEST(LedgerKeyRules, accept_a_confirmation_by_another_founder) {
    given(ledger_opened_by_two(), ledger_key_rotated("new ledger key"))
        .when(ledger_key_confirmed())
        .is_accepted_by("R19");
}

TEST(LedgerKeyRules, refuse_a_confirmation_by_the_founder_who_handed_over) {
    given(ledger_opened_by_two(), ledger_key_rotated("new ledger key"))
        .when(ledger_key_confirmed().by("programme-manager"))
        .is_refused_by("R19");
}

TEST(LedgerKeyRules, refuse_a_confirmation_of_nothing) {
    given(ledger_opened_by_two())
        .when(ledger_key_confirmed().answers_nothing())
        .is_refused_by("R19");
}

TEST(LedgerKeyRules, refuse_a_second_confirmation) {
    given(ledger_opened_by_two(), ledger_key_rotated("new ledger key"), ledger_key_confirmed())
        .when(ledger_key_confirmed())
        .is_refused_by("R19");
}

// Another key must not slip in under a confirmation that meant the first.
TEST(LedgerKeyRules, refuse_a_confirmation_of_a_key_that_another_has_displaced) {
    given(ledger_opened_by_two(), ledger_key_rotated("new ledger key").labelled("first"),
          ledger_key_rotated("newer ledger key"))
        .when(ledger_key_confirmed().answers("first"))
        .is_refused_by("R19");
}

// R20: event 0.

TEST(OpeningRules, accept_two_founders_each_with_a_key_of_their_own) {
    given(empty_log()).when(ledger_opened()).is_accepted_by("R20");
}

TEST(OpeningRules, accept_a_third_founder) {
    Founding founding;
    founding.founders.push_back({"director-of-education", "director-of-education"});
    given(empty_log()).when(ledger_opened(founding)).is_accepted_by("R20");
}

TEST(OpeningRules, refuse_one_founder) {
    Founding founding;
    founding.founders.pop_back();
    given(empty_log()).when(ledger_opened(founding)).is_refused_by("R20");
}

TEST(OpeningRules, refuse_a_ledger_without_founders) {
    given(empty_log())
        .when(ledger_opened().fill([](const Scene&, schema::Change::Builder change) {
            change.getLedgerOpened().initFounders(0);
        }))
        .is_refused_by("R20");
}

TEST(OpeningRules, refuse_the_same_founder_twice) {
    Founding founding;
    founding.founders[1].person = "programme-manager";
    given(empty_log()).when(ledger_opened(founding)).is_refused_by("R20");
}

TEST(OpeningRules, refuse_one_key_for_two_founders) {
    Founding founding;
    founding.founders[1].key = "programme-manager";
    given(empty_log()).when(ledger_opened(founding)).is_refused_by("R20");
}

TEST(OpeningRules, refuse_a_founders_key_as_the_ledgers) {
    Founding founding;
    founding.ledger_key = "corporate-director";
    given(empty_log()).when(ledger_opened(founding)).is_refused_by("R20");
}

TEST(OpeningRules, refuse_a_ledgers_key_of_small_order) {
    given(empty_log())
        .when(ledger_opened().with("ledgerKey", "01" + std::string(62, '0')))
        .is_refused_by("R20");
}

TEST(OpeningRules, refuse_founders_who_prove_themselves_for_another_ledger) {
    Founding founding;
    founding.origin_proved = "ledger.example.gov.uk/other";
    given(empty_log()).when(ledger_opened(founding)).is_refused_by("R20");
}

TEST(OpeningRules, refuse_a_signature_of_another_founder_than_the_first) {
    given(empty_log()).when(ledger_opened().with_key("corporate-director")).is_refused_by("R20");
}

TEST(OpeningRules, refuse_a_rehearsal_whose_name_does_not_say_so) {
    Founding founding;
    founding.rehearsal = "true";
    given(empty_log()).when(ledger_opened(founding)).is_refused_by("R20");
}

TEST(OpeningRules, refuse_a_ledger_in_earnest_that_is_named_a_rehearsal) {
    Founding founding;
    founding.origin = "ledger.example.gov.uk/send/rehearsal";
    given(empty_log()).when(ledger_opened(founding)).is_refused_by("R20");
}

TEST(OpeningRules, accept_a_rehearsal_that_is_named_one) {
    Founding founding;
    founding.origin = "ledger.example.gov.uk/send/rehearsal";
    founding.rehearsal = "true";
    given(empty_log()).when(ledger_opened(founding)).is_accepted_by("R20");
}

TEST(OpeningRules, refuse_to_open_a_ledger_twice) {
    Founding founding;
    founding.founders = {{"data-lead", "data-lead"}, {"dpo", "dpo"}};
    given(ledger_opened_by_two()).when(ledger_opened(founding)).is_refused_by("R20");
}

TEST(OpeningRules, refuse_to_begin_with_anything_else) {
    given(empty_log())
        .when(person_enrolled("head-of-send").by("programme-manager"))
        .is_refused_by("R20");
}

TEST(OpeningRules, refuse_a_ledger_without_a_rulebook) {
    Founding founding;
    founding.rulebook = "0";
    given(empty_log()).when(ledger_opened(founding)).is_refused_by("R20");
}

TEST(OpeningRules, cannot_tell_of_a_rulebook_that_this_program_does_not_know) {
    Founding founding;
    founding.rulebook = std::to_string(rulebook_newest + 1);
    given(empty_log()).when(ledger_opened(founding)).is_unavailable();
}

// R21: the rulebook.

TEST(RulebookRules, let_a_newer_rulebook_take_over) {
    given(ledger_opened_by_two()).when(rulebook_adopted(rulebook_newest + 1)).keeps("R21");
}

TEST(RulebookRules, refuse_the_rulebook_that_is_in_force) {
    given(ledger_opened_by_two()).when(rulebook_adopted(1)).is_refused_by("R21");
}

TEST(RulebookRules, refuse_an_older_rulebook) {
    given(ledger_opened_by_two()).when(rulebook_adopted(0)).is_refused_by("R21");
}

// One person could otherwise stop the ledger for good.
TEST(RulebookRules, do_not_let_a_rulebook_in_that_nobody_has) {
    given(office_at_work()).when(rulebook_adopted(60'000)).is_unavailable();
}

}  // namespace
}  // namespace wsoa::test
