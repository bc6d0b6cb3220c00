#include "tests/support/erasure_stage.h"

#include "tests/support/submissions.h"

#include <fmt/format.h>

namespace wsoa::test {
namespace {

using schema::Role;
using schema::WordField;

NewEvent area_added(const std::string& area) {
    return {.kind = Kind::AREA_ADDED,
            .subject = area,
            .fields = {{"lead", "director-of-education"}},
            .words = {{WordField::TITLE, "Timeliness of plans, " + area},
                      {WordField::TEXT, "Too many plans are late"}}};
}

}  // namespace

ErasureStage::ErasureStage() {
    people_.appoint_office();
    for (const auto& [person, role] : {std::pair("records-manager", "recordsManager"),
                                       std::pair("data-protection-officer", "dpo")}) {
        people_.enrol(person);
        const auto granted = people_.grant(person, role);
        people_.append({.kind = Kind::ROLE_CONFIRMED,
                        .subject = fmt::format("@{}", person),
                        .by = "director-of-education",
                        .role = Role::FOUNDER,
                        .answers = granted});
    }
    people_.commit();
}

Result<Submission> ErasureStage::made(Ledger& ledger, const NewEvent& event) {
    const auto& head = ledger.checkpoint().checkpoint;
    const auto& signer = people_.signer_of(event.by);
    auto envelope = founders_envelope(people_.ledger(), {.size = head.size, .root = head.root},
                                      event.subject, ++ids_);
    const auto history = TRY(ledger.history());
    envelope.subject_version = TRY(history->version_of(envelope.subject));
    envelope.author_key = signer.key();
    envelope.as_role = event.role;
    envelope.answers = event.answers;
    Draft draft(event.kind);
    for (const auto& [name, typed] : event.fields) {
        TRY(draft.set(name, typed));
    }
    SeededRandom random(ids_);
    return signed_submission(draft, envelope, signer, event.words, random);
}

Result<void> ErasureStage::record(Ledger& ledger, const NewEvent& event) {
    const auto submission = TRY(made(ledger, event));
    TRY(ledger.commit(submission));
    return done();
}

Result<void> ErasureStage::draft(Ledger& ledger) {
    TRY(record(ledger, {.kind = Kind::PLAN_DRAFTED,
                        .subject = "TH",
                        .fields = {{"kind", "app"}, {"partners", "council,nhs"}},
                        .words = {{WordField::TITLE, "Accelerated progress plan"}}}));
    TRY(record(ledger, area_added("TH-1")));
    return record(ledger, area_added("TH-2"));
}

Result<EventIndex> ErasureStage::added(Ledger& ledger, const std::string& area) const {
    const auto history = TRY(ledger.history());
    const auto trail = TRY(history->trail_of(must(SubjectRef::parse(area))));
    return trail.front();
}

Result<Erasure> ErasureStage::erasure_named(Ledger& ledger, const std::string& request) const {
    const auto ref = must(SubjectRef::parse(request));
    const auto* state = TRY(ledger.state_with(ref.plan()));
    return state->plan(*ref.plan())->erasures.at(ref);
}

Result<Submission> ErasureStage::request(Ledger& ledger, const std::string& subject,
                                         const std::string& request, EventIndex meant) {
    return made(ledger, {.kind = Kind::ERASURE_REQUESTED,
                         .subject = subject,
                         .fields = {{"request", request},
                                    {"scope", "words"},
                                    {"event", fmt::format("{}", meant.value)}},
                         .words = {{WordField::REASON, "it names a child"}},
                         .by = "records-manager",
                         .role = Role::RECORDS_MANAGER});
}

Result<void> ErasureStage::ask(Ledger& ledger, const std::string& area,
                               const std::string& request) {
    const auto meant = TRY(added(ledger, area));
    const auto asked = TRY(this->request(ledger, area, request, meant));
    TRY(ledger.commit(asked));
    return done();
}

Result<void> ErasureStage::grant(Ledger& ledger, const std::string& area,
                                 const std::string& request) {
    TRY(ask(ledger, area, request));
    const auto asked = TRY(erasure_named(ledger, request));
    return record(ledger, {.kind = Kind::ERASURE_DECIDED,
                           .subject = area,
                           .fields = {{"request", request},
                                      {"decision", "granted"},
                                      {"ground", "noLongerNecessary"},
                                      {"scope", "words"},
                                      {"kept", "hash"}},
                           .words = {{WordField::REASON, "the child can be told from it"}},
                           .by = "data-protection-officer",
                           .role = Role::DPO,
                           .answers = asked.requested.index});
}

Result<Submission> ErasureStage::erasure(Ledger& ledger, const std::string& request,
                                         const Forgotten& vault) {
    const auto erasure = TRY(erasure_named(ledger, request));
    return made(ledger, {.kind = Kind::CONTENT_ERASED,
                         .subject = erasure.subject.str(),
                         .fields = {{"request", request},
                                    {"scope", "words"},
                                    {"keyDestroyed", "true"},
                                    {"vaultGeneration", fmt::format("{}", vault.generation)},
                                    {"event", fmt::format("{}", erasure.event->value)},
                                    {"vaultDigest", to_hex(vault.digest.view())}},
                         .words = {{WordField::TOMBSTONE, "Erased under " + request}},
                         .by = "records-manager",
                         .role = Role::RECORDS_MANAGER,
                         .answers = erasure.decided ? std::optional(erasure.decided->entry.index)
                                                    : std::nullopt});
}

Result<Committed> ErasureStage::carry_out(Ledger& ledger, Vault& vault,
                                          const std::string& request) {
    const auto erasure_asked = TRY(erasure_named(ledger, request));
    const auto next = TRY(next_vault(vault));
    const auto trial = TRY(erasure(ledger, request, next));
    const auto forgotten = TRY(forget_words(ledger, vault, *erasure_asked.event, trial));
    const auto record = TRY(erasure(ledger, request, forgotten));
    return ledger.commit(record);
}

}  // namespace wsoa::test
