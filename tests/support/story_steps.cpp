#include "ledger/event/kinds.h"
#include "tests/support/changes.h"
#include "tests/support/story.h"

namespace wsoa::test {
namespace {

using schema::WordField;

capnp::Data::Reader data_from(ByteView bytes) { return {bytes.data(), bytes.size()}; }

std::string at(const std::string& person) { return "@" + person; }

// The struct of any kind that brings a key and its proof.
template <typename Fields>
void put_key(Fields fields, const KeyId& key, const Signature& proof) {
    fields.setKey(data_from(key.view()));
    fields.setProof(data_from(proof.view()));
}

void put_founders(schema::LedgerOpened::Builder opened, const Founding& founding) {
    const auto origin = must(
        Origin::parse(founding.origin_proved.empty() ? founding.origin : founding.origin_proved));
    auto founders = opened.initFounders(static_cast<unsigned>(founding.founders.size()));
    for (unsigned i = 0; i < founders.size(); ++i) {
        const auto& [person, key_name] = founding.founders[i];
        const auto key = key_named(key_name);
        const auto proof =
            signed_by(key_name, founder_proof_message(origin, must(PersonId::parse(person)), key));
        founders[i].setPerson(person);
        founders[i].setKey(data_from(key.view()));
        founders[i].setProof(data_from(proof.view()));
    }
}

Step meeting(const std::string& ref, const std::string& body) {
    constexpr std::size_t length_of_day = 10;
    const auto day = ref.substr(ref.size() - length_of_day);
    return Step(Kind::MEETING_HELD, ref)
        .on(day)
        .with("body", body)
        .with("date", day)
        .with("quorate", "true")
        .with("attended", "board-chair,director-of-education");
}

Step rating(Kind kind, const std::string& subject, std::string_view axis, const std::string& to,
            const std::string& from) {
    return Step(kind, subject)
        .with("axis", std::string(axis))
        .with("scale", "1")
        .with("from", from)
        .with("to", to)
        .because(fmt::format("{}: from {} to {}", name_of(kind), from, to));
}

}  // namespace

Step ledger_opened(const Founding& founding) {
    return Step(Kind::LEDGER_OPENED, "ledger")
        .by(founding.founders.front().person)
        .with_key(founding.founders.front().key)
        .as(schema::Role::FOUNDER)
        .with("origin", founding.origin)
        .with("ledgerKey", key_named(founding.ledger_key).hex())
        .with("zone", "Europe/London")
        .with("rulebook", founding.rulebook)
        .with("rehearsal", founding.rehearsal)
        .fill([founding](const Scene&, schema::Change::Builder change) {
            put_founders(change.getLedgerOpened(), founding);
        });
}

Step ledger_key_rotated(const std::string& new_key, const std::string& old_key) {
    return Step(Kind::LEDGER_KEY_ROTATED, "ledger")
        .by("programme-manager")
        .because("the old machine is given up")
        .fill([new_key, old_key](const Scene& scene, schema::Change::Builder change) {
            const auto& ledger = scene.keyring().facts().ledger;
            const auto key = key_named(new_key);
            const auto proof = signed_by(new_key, ledger_key_proof_message(ledger, key));
            const auto handover = signed_by(old_key, ledger_key_handover_message(ledger, key));
            auto fields = change.getLedgerKeyRotated();
            fields.setNewKey(data_from(key.view()));
            fields.setProof(data_from(proof.view()));
            fields.setHandover(data_from(handover.view()));
        });
}

Step ledger_key_confirmed() {
    return Step(Kind::LEDGER_KEY_CONFIRMED, "ledger")
        .by("corporate-director")
        .answers_last(Kind::LEDGER_KEY_ROTATED, "ledger");
}

Step rulebook_adopted(std::uint16_t rulebook) {
    return Step(Kind::RULEBOOK_ADOPTED, "ledger")
        .by("programme-manager")
        .with("rulebook", std::to_string(rulebook))
        .because("the board agreed on new rules");
}

Step::Fill proved_key(std::string key, std::string person) {
    return [key = std::move(key), person = std::move(person)](const Scene& scene,
                                                              schema::Change::Builder change) {
        const auto id = key_named(key);
        const auto proof = signed_by(key, key_proof_message(scene.keyring().facts().ledger,
                                                            must(PersonId::parse(person)), id));
        if (change.isPersonEnrolled()) {
            put_key(change.getPersonEnrolled(), id, proof);
        } else if (change.isKeyEnrolled()) {
            put_key(change.getKeyEnrolled(), id, proof);
        } else {
            put_key(change.getKeyRotated(), id, proof);
        }
    };
}

Step person_enrolled(const std::string& person) {
    return Step(Kind::PERSON_ENROLLED, at(person))
        .by("programme-officer")
        .with("organisation", "council")
        .fill(proved_key(person, person));
}

Step person_confirmed(const std::string& person) {
    return Step(Kind::PERSON_CONFIRMED, at(person))
        .by("programme-deputy")
        .answers_last(Kind::PERSON_ENROLLED, at(person));
}

Step role_granted(const std::string& person, schema::Role role, const std::string& scope) {
    auto step = Step(Kind::ROLE_GRANTED, at(person))
                    .by("programme-officer")
                    .with("role", std::string(name_of(role)));
    return scope.empty() ? step : step.with("scope", scope);
}

Step role_confirmed(const std::string& person) {
    return Step(Kind::ROLE_CONFIRMED, at(person))
        .by("programme-deputy")
        .answers_last(Kind::ROLE_GRANTED, at(person));
}

Step role_revoked(const std::string& person) {
    return Step(Kind::ROLE_REVOKED, at(person))
        .by("programme-officer")
        .because("the person has left the post")
        .answers_last(Kind::ROLE_GRANTED, at(person));
}

Step key_enrolled(const std::string& person, const std::string& key) {
    return Step(Kind::KEY_ENROLLED, at(person))
        .by("programme-officer")
        .fill(proved_key(key, person));
}

Step key_confirmed(const std::string& person) {
    return Step(Kind::KEY_CONFIRMED, at(person))
        .by("programme-deputy")
        .answers_last(Kind::KEY_ENROLLED, at(person));
}

Step compromise_confirmed(const std::string& person) {
    return Step(Kind::KEY_CONFIRMED, at(person))
        .by("programme-deputy")
        .answers_last(Kind::KEY_COMPROMISED, at(person));
}

Step key_rotated(const std::string& person, const std::string& new_key) {
    return Step(Kind::KEY_ROTATED, at(person)).by(person).fill(proved_key(new_key, person));
}

Step key_revoked(const std::string& person, const std::string& key) {
    return Step(Kind::KEY_REVOKED, at(person))
        .by(person)
        .with("key", key_named(key).hex())
        .because("the laptop is given back");
}

Step key_compromised(const std::string& person, const std::string& key, std::uint64_t since) {
    return Step(Kind::KEY_COMPROMISED, at(person))
        .by("data-protection-officer")
        .with("key", key_named(key).hex())
        .with("since", std::to_string(since))
        .because("the laptop was stolen");
}

std::vector<Step> enrolled(const std::string& person) {
    return {person_enrolled(person), person_confirmed(person)};
}

std::vector<Step> granted(const std::string& person, schema::Role role, const std::string& scope) {
    std::vector<Step> steps{role_granted(person, role, scope)};
    if (decides(role)) {
        steps.push_back(role_confirmed(person));
    }
    return steps;
}

Step plan_drafted(const std::string& plan) {
    return Step(Kind::PLAN_DRAFTED, plan)
        .with("kind", "wsoa")
        .with("inspectedFrom", "2021-06-28")
        .with("inspectedTo", "2021-07-02")
        .with("reportDate", "2021-09-24")
        .with("partners", "council,nhs")
        .says(WordField::TITLE, "Written Statement of Action");
}

Step area_added(const std::string& area, const std::string& lead) {
    return Step(Kind::AREA_ADDED, area)
        .with("lead", lead)
        .says(WordField::TITLE, "Education, health and care plans");
}

Step outcome_added(const std::string& outcome, const std::string& area) {
    return Step(Kind::OUTCOME_ADDED, outcome)
        .with("parent", area)
        .says(WordField::TITLE, "Plans are written in time");
}

Step action_added(const std::string& action, const std::string& outcome) {
    return Step(Kind::ACTION_ADDED, action)
        .with("parent", outcome)
        .with("owner", "head-of-send")
        .with("accountable", "director-of-education")
        .with("organisation", "council")
        .with("start", "2022-02-01")
        .with("deadline", "2023-03-31")
        .with("measures", "TH-M1")
        .with("evidenceRequired", "1")
        .says(WordField::TITLE, "Clear the backlog of overdue assessments");
}

Step action_started(const std::string& action) {
    return Step(Kind::ACTION_STARTED, action).by("programme-officer");
}

Step progress_recorded(const std::string& action, int percent) {
    return Step(Kind::PROGRESS_RECORDED, action)
        .by("head-of-send")
        .with("percent", std::to_string(percent))
        .says(WordField::TEXT, "14 of 22 staff trained");
}

Step rating_proposed(const std::string& action, const std::string& to, const std::string& from) {
    return rating(Kind::RATING_PROPOSED, action, "delivery", to, from).by("head-of-send");
}

Step rating_confirmed(const std::string& action, const std::string& to, const std::string& from) {
    return rating(Kind::RATING_CONFIRMED, action, "delivery", to, from)
        .by("director-of-education")
        .answers_last(Kind::RATING_PROPOSED, action);
}

Step impact_proposed(const std::string& area, const std::string& to, const std::string& from) {
    return rating(Kind::RATING_PROPOSED, area, "impact", to, from).by("director-of-education");
}

Step impact_confirmed(const std::string& area, const std::string& to, const std::string& from) {
    return rating(Kind::RATING_CONFIRMED, area, "impact", to, from)
        .by("board-chair")
        .answers_last(Kind::RATING_PROPOSED, area);
}

Step board_met(const std::string& ref) { return meeting(ref, "board"); }
Step leads_met(const std::string& ref) { return meeting(ref, "leadsGroup"); }

Step evidence_registered(const std::string& evidence) {
    return Step(Kind::EVIDENCE_REGISTERED, evidence)
        .by("head-of-send")
        .with("type", "report")
        .with("version", "1")
        .with("dateOfDocument", "2022-01-20")
        .with("sourceOrganisation", "council")
        .with("personalData", "none")
        .says(WordField::TITLE, "Monthly report of assessments");
}

}  // namespace wsoa::test
