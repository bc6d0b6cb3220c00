#include "tests/faults/support/script.h"

#include "ledger/base/check.h"
#include "tests/support/changes.h"

#include <fmt/format.h>

namespace wsoa::test {
namespace {

using schema::Role;
using schema::WordField;

NewEvent enrolled(LedgerBuilder& people, const std::string& person) {
    const auto& signer = people.signer_of(person);
    const auto message =
        key_proof_message(people.ledger(), must(PersonId::parse(person)), signer.key());
    return {.kind = Kind::PERSON_ENROLLED,
            .subject = "@" + person,
            .fields = {{"organisation", "council"},
                       {"key", signer.key().hex()},
                       {"proof", to_hex(signer.sign(message).view())}},
            .role = Role::FOUNDER};
}

NewEvent confirmed(Kind kind, const std::string& person, std::uint64_t answers) {
    return {.kind = kind,
            .subject = "@" + person,
            .by = "director-of-education",
            .role = Role::FOUNDER,
            .answers = EventIndex{answers}};
}

NewEvent granted(const std::string& person, const std::string& role) {
    return {.kind = Kind::ROLE_GRANTED,
            .subject = "@" + person,
            .fields = {{"role", role}},
            .words = {{WordField::REASON, "agreed by the board for " + person}},
            .role = Role::FOUNDER};
}

NewEvent plan_drafted() {
    return {.kind = Kind::PLAN_DRAFTED,
            .subject = "TH",
            .fields = {{"kind", "wsoa"},
                       {"inspectedFrom", "2021-06-28"},
                       {"inspectedTo", "2021-07-02"},
                       {"reportDate", "2021-09-24"},
                       {"due", "2022-01-05"},
                       {"partners", "council,nhs,forum"}},
            .words = {{WordField::TITLE, "Written Statement of Action"}}};
}

NewEvent outcome_added(const std::string& outcome, const std::string& area) {
    return {.kind = Kind::OUTCOME_ADDED,
            .subject = outcome,
            .fields = {{"parent", area}},
            .words = {{WordField::TITLE, "Families wait less"}}};
}

// A UUIDv7 that tells which change it is of.
ChangeId id_of(std::size_t group, std::size_t place) {
    Bytes id(16, 0x11);
    id[6] = 0x71;
    id[8] = 0x81;
    CHECK(group < 256 && place < 256);
    id[14] = static_cast<std::uint8_t>(group);
    id[15] = static_cast<std::uint8_t>(place);
    return must(ChangeId::of(id));
}

Envelope envelope_for(Ledger& ledger, LedgerBuilder& people, const NewEvent& event) {
    const auto& head = ledger.checkpoint().checkpoint;
    Envelope envelope;
    envelope.ledger = people.ledger();
    envelope.seen = {.size = head.size, .root = head.root};
    envelope.subject = must(SubjectRef::parse(event.subject));
    envelope.plan = envelope.subject.plan();
    envelope.subject_version = must(must(ledger.history())->version_of(envelope.subject));
    envelope.effective = must(parse_date("2023-11-14"));
    envelope.author_key = people.signer_of(event.by).key();
    envelope.as_role = event.role;
    envelope.answers = event.answers;
    envelope.classification = schema::Classification::PARTNERSHIP;
    return envelope;
}

}  // namespace

NewEvent area_added(const std::string& area) {
    return {.kind = Kind::AREA_ADDED,
            .subject = area,
            .fields = {{"lead", "director-of-education"}},
            .words = {{WordField::TITLE, "Timeliness of plans, " + area},
                      {WordField::TEXT, "Too many plans are late"}}};
}

std::vector<std::vector<NewEvent>> script_of_life(LedgerBuilder& people) {
    auto office = granted("programme-manager", "programmeOffice");
    office.by = "director-of-education";
    auto office_confirmed = confirmed(Kind::ROLE_CONFIRMED, "programme-manager", 7);
    office_confirmed.by = "head-of-send";
    return {
        {enrolled(people, "head-of-send"), enrolled(people, "case-work-lead")},  // 1, 2
        {confirmed(Kind::PERSON_CONFIRMED, "head-of-send", 1),
         confirmed(Kind::PERSON_CONFIRMED, "case-work-lead", 2)},                  // 3, 4
        {granted("head-of-send", "founder")},                                      // 5
        {confirmed(Kind::ROLE_CONFIRMED, "head-of-send", 5)},                      // 6
        {office, granted("case-work-lead", "actionOwner")},                        // 7, 8
        {office_confirmed},                                                        // 9
        {plan_drafted()},                                                          // 10
        {area_added("TH-1"), area_added("TH-2")},                                  // 11, 12
        {outcome_added("TH-O1", "TH-1")},                                          // 13
        {area_added("TH-3"), area_added("TH-4"), outcome_added("TH-O2", "TH-2")},  // 14 to 16
        {area_added("TH-5")},                                                      // 17
        {area_added("TH-6"), outcome_added("TH-O3", "TH-3")},                      // 18, 19
        {area_added("TH-7")},                                                      // 20
        {area_added("TH-8")},                                                      // 21
    };
}

std::vector<Submission> submissions_for(Ledger& ledger, LedgerBuilder& people, std::size_t number,
                                        const std::vector<NewEvent>& group) {
    std::vector<Submission> made;
    for (const auto& event : group) {
        auto envelope = envelope_for(ledger, people, event);
        envelope.id = id_of(number, made.size());
        Submission submission;
        for (const auto& [field, text] : event.words) {
            Word word{.field = field, .salt = {}, .text = text};
            word.salt.bytes.fill(static_cast<std::uint8_t>(16 * number + made.size()));
            word.salt.bytes[0] = static_cast<std::uint8_t>(field);
            envelope.words.push_back({field, commit_to(people.ledger(), word)});
            submission.words.push_back(word);
        }
        Draft draft(event.kind);
        for (const auto& [name, typed] : event.fields) {
            must(draft.set(name, typed));
        }
        auto& change = submission.signed_change;
        change.change = must(draft.finish(envelope));
        change.signature = people.signer_of(event.by).sign(labelled(label::change, change.change));
        made.push_back(std::move(submission));
    }
    return made;
}

}  // namespace wsoa::test
