// How a line becomes a signed change and an event.

#include "cli/desk.h"
#include "ledger/plan/rights.h"
#include "ledger/plan/rulebook.h"
#include "ledger/plan/rules.h"

#include <algorithm>

namespace wsoa {
namespace {

// A UUIDv7 (RFC 9562, 5.7): 48 bits of milliseconds, the rest random.
ChangeId new_id(Instant now, Random& random) {
    std::array<std::uint8_t, 16> bytes{};
    random.fill(bytes);
    for (std::size_t i = 0; i < 6; ++i) {
        bytes[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(now.ms) >> (40 - 8 * i));
    }
    bytes[6] = static_cast<std::uint8_t>(0x70 | (bytes[6] & 0x0f));
    bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3f));
    auto id = ChangeId::of(bytes);
    CHECK(id.ok());
    return id.value();
}

bool reaches_for(const State& state, const PersonId& person, schema::Role role,
                 const ChangeLine& line, Date today) {
    const auto& rule = kind_rule(line.draft.kind());
    const auto plan = line.subject.plan();
    if (rule.reach == Reach::plan && plan) {
        return grant_within(state, person, role, *plan, today) != nullptr;
    }
    return grant_for(state, person, role, line.subject, today) != nullptr;
}

// Whoever mistypes a reference is told so, and not that they hold no role for what is not there.
// The rules refuse it all the same (R08).
Result<void> expect_subject(const State& state, const ChangeLine& line) {
    const auto plan_ref = line.subject.plan();
    if (!plan_ref || kind_rule(line.draft.kind()).adds != KindRule::Adds::nothing) {
        return done();
    }
    const auto* plan = state.plan(*plan_ref);
    if (plan != nullptr && plan->has(line.subject)) {
        return done();
    }
    auto refusal = error(Fault::refused, "there is no {}", line.subject.str())
                       .advise(plan == nullptr ? std::string("`wsoa show` lists the plans")
                                               : rules::advice_for_reference(plan, line.subject));
    refusal.rule = "R08";
    return refusal;
}

// A line that was recorded before keeps what it was given then, so that the same line is the same
// change on another day too.
Result<void> take_from_first(ChangeLine& line, const Signer& signer, const History& history) {
    const auto first = TRY(history.index_of(signer.key(), *line.id));
    if (!first) {
        return done();
    }
    const auto event = TRY(history.event(*first));
    const auto& envelope = event.envelope();
    line.effective = line.effective.value_or(envelope.effective);
    line.role = line.role.value_or(envelope.as_role);
    line.classification = line.classification.value_or(envelope.classification);
    return done();
}

}  // namespace

Result<schema::Role> Desk::role_for(const ChangeLine& line, const PersonId& author, Date today) {
    if (line.role) {
        return *line.role;
    }
    const auto* state = TRY(writing_->state_with(line.subject.plan()));
    const auto& rule = kind_rule(line.draft.kind());
    const auto held = roles_held(*state, author, today);
    for (const auto role : rule.roles.empty() ? held : rule.roles) {
        if (rule.reach == Reach::self || reaches_for(*state, author, role, line, today)) {
            return role;
        }
    }
    // None fits: the rules say so better than a guess, for the role that comes nearest.
    if (!held.empty()) {
        return held.front();
    }
    return rule.roles.empty() ? schema::Role::ACTION_OWNER : rule.roles.front();
}

ChangeId Desk::fresh_id() { return new_id(clock_.now(), random_); }

// A keeper that goes away while it is asked has been given nothing yet.
Result<Submission> Desk::compose(ChangeLine& line, const Signer& signer) {
    auto* const ledger = TRY(writing());
    auto composed = compose_for(*ledger, line, signer);
    if (!composed.ok() && ledger->goes_on()) {
        return compose_for(*ledger, line, signer);
    }
    return composed;
}

Result<Submission> Desk::compose_for(Writing& ledger, ChangeLine& line, const Signer& signer) {
    const auto* state = TRY(ledger.state_with(line.subject.plan()));
    const auto& checkpoint = ledger.checkpoint().checkpoint;
    const auto& history = ledger.history();
    const auto zone = TRY(Zone::find(ledger.facts().zone));
    const auto today = zone.day_of(line.recorded.value_or(clock_.now()));
    const auto author = state->keyring.holder_of(signer.key());
    if (!line.id) {
        line.id = fresh_id();
    }
    TRY(take_from_first(line, signer, history));
    TRY(expect_subject(*state, line));
    Envelope envelope;
    envelope.ledger = ledger.facts().ledger;
    envelope.seen = {.size = checkpoint.size, .root = checkpoint.root};
    envelope.id = *line.id;
    envelope.plan = line.subject.plan();
    envelope.subject = line.subject;
    envelope.subject_version = TRY(history.version_of(line.subject));
    envelope.effective = line.effective.value_or(today);
    envelope.author_key = signer.key();
    envelope.on_behalf_of = line.on_behalf_of;
    envelope.classification = line.classification.value_or(schema::Classification::PARTNERSHIP);
    if (line.answers) {
        const auto* index = std::get_if<EventIndex>(&*line.answers);
        CHECK(index != nullptr);
        envelope.answers = *index;
    }
    // Somebody unknown acts in no role; the rules refuse the key before they look at it.
    envelope.as_role = author ? TRY(role_for(line, *author, today))
                              : line.role.value_or(schema::Role::ACTION_OWNER);
    Submission submission;
    submission.recorded_at = line.recorded;
    for (const auto& [field, text] : line.words) {
        Word word{.field = field, .salt = {}, .text = text};
        random_.fill(word.salt.bytes);
        envelope.words.push_back({.field = field, .commitment = commit_to(envelope.ledger, word)});
        submission.words.push_back(std::move(word));
    }
    submission.signed_change.change = TRY(line.draft.finish(envelope));
    submission.signed_change.signature =
        signer.sign(labelled(label::change, submission.signed_change.change));
    return submission;
}

Result<void> Desk::try_out(ChangeLine& line, const Signer& signer) {
    const auto submission = TRY(compose(line, signer));
    const auto change = TRY(Change::read(submission.signed_change.change));
    const auto* const state = TRY(writing_->state_with(line.subject.plan()));
    const auto zone = TRY(Zone::find(writing_->facts().zone));
    const EarlierWords none = [](EventIndex, schema::WordField) { return std::nullopt; };
    return judge(Case{.change = change,
                      .state = *state,
                      .index = EventIndex{writing_->history().size().value},
                      .today = zone.day_of(line.recorded.value_or(clock_.now())),
                      .words = &submission.words,
                      .earlier = none});
}

Result<Committed> Desk::record(ChangeLine& line, const Signer& signer,
                               std::optional<HandedDocument> document) {
    auto submission = TRY(compose(line, signer));
    submission.document = std::move(document);
    auto committed = TRY(writing_->commit(submission));
    has_recorded_ = has_recorded_ || committed.was == Committed::Was::recorded;
    const auto own = TRY(memory());
    TRY(own.remember(writing_->facts().ledger, writing_->checkpoint()));
    TRY(own.keep_receipt(writing_->facts().ledger, committed.receipt));
    if (writing_->facts().is_rehearsal) {
        TRY(own.note_rehearsal_key(signer.key()));
    }
    // The event stands whatever becomes of the files: the next command that records goes on.
    const auto handed_over = ledger_ ? finish_handover() : done();
    if (!handed_over.ok()) {
        output().warn(fmt::format(
            "Event {} stands, but the ledger's key files are still to be put in order by the next "
            "command that records: {}",
            committed.index.value, handed_over.error().message));
    }
    return committed;
}

Result<void> Desk::refuse_rehearsal_key(const KeyId& key) const {
    const auto own = TRY(memory());
    const auto is_known = TRY(own.is_rehearsal_key(key));
    if (is_known) {
        return Error{Fault::refused, "the key was used in a rehearsal",
                     "make a new one with `wsoa keys new`"};
    }
    return done();
}

void Desk::show(const Committed& committed, const ChangeLine& line) {
    const bool is_new = committed.was == Committed::Was::recorded;
    const auto kind = std::string(name_of(line.draft.kind()));
    output().text(fmt::format("{} event {}: {} for {}, at {}{}",
                              is_new ? "Recorded as" : "Recorded before as", committed.index.value,
                              kind, line.subject.str(), to_string(committed.recorded_at),
                              writing_->facts().is_rehearsal ? ", in a rehearsal" : ""));
    output().json(Json::object()
                      .set("type", "receipt")
                      .set("event", committed.index.value)
                      .set("recorded", to_string(committed.recorded_at))
                      .set("kind", kind)
                      .set("subject", line.subject.str())
                      .set("id", line.id->str())
                      .set("was", is_new ? "recorded" : "thereAlready")
                      .set("receipt", committed.receipt.str()));
}

}  // namespace wsoa
