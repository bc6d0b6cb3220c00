#include "tests/support/ledger_builder.h"

#include "ledger/base/sha256.h"
#include "ledger/evidence/sealed_words.h"
#include "ledger/plan/fold.h"
#include "ledger/store/layout.h"
#include "ledger/tree/checkpoint.h"
#include "ledger/tree/hasher.h"
#include "tests/support/changes.h"

#include <fmt/format.h>

namespace wsoa::test {
namespace {

constexpr std::string_view origin = "ledger.example.gov.uk/test";
constexpr std::string_view founders[] = {"programme-manager", "director-of-education"};
constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::size_t format_at = 8;  // the first field after the root's pointer

std::unique_ptr<MemorySigner> signer_named(std::string_view name) {
    return must(MemorySigner::from_seed(Secret(sha256(bytes_of(name)).view())));
}

// A UUIDv7 that tells which event it is of.
ChangeId id_of(EventIndex index) {
    auto hash = sha256(bytes_of(fmt::format("id {}", index.value)));
    ChangeId id;
    std::copy_n(hash.bytes.begin(), id.bytes.size(), id.bytes.begin());
    id.bytes[6] = static_cast<std::uint8_t>(0x70 | (id.bytes[6] & 0x0f));
    id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3f));
    return id;
}

std::string proof_of(const Signer& signer, ByteView message) {
    return to_hex(signer.sign(message).view());
}

PersonId person_named(std::string_view name) { return must(PersonId::parse(name)); }

void put_data(capnp::Data::Builder to, ByteView bytes) {
    CHECK(to.size() == bytes.size());
    std::copy(bytes.begin(), bytes.end(), to.begin());
}

// The rows that lead to an erasure, where the event is one.
void put_erasure(Batch& batch, const Event& event) {
    const auto number = layout::number_value(event.index().value);
    if (const auto erased = erased_event_in(event)) {
        batch.put(layout::erasure_key(*erased), number);
    }
    if (vault_mark_in(event)) {
        batch.put(layout::vault_mark_key(), number);
    }
}

}  // namespace

LedgerBuilder::LedgerBuilder()
    : now_(must(parse_instant("2022-01-10T08:00:00Z"))),
      ledger_signer_(signer_named("ledger")),
      word_keys_(Secret(sha256(bytes_of("words")).view())) {
    Draft draft(Kind::LEDGER_OPENED);
    must(draft.set("origin", origin));
    must(draft.set("ledgerKey", ledger_signer_->key().hex()));
    must(draft.set("zone", "Europe/London"));
    must(draft.set("rulebook", "1"));
    must(draft.set("rehearsal", "false"));
    auto list = draft.builder().getLedgerOpened().initFounders(2);
    for (unsigned i = 0; i < 2; ++i) {
        const auto& signer = signer_of(founders[i]);
        const auto message = founder_proof_message(must(Origin::parse(origin)),
                                                   person_named(founders[i]), signer.key());
        list[i].setPerson(std::string(founders[i]));
        put_data(list[i].initKey(32), signer.key().view());
        put_data(list[i].initProof(64), signer.sign(message).view());
    }
    append({.kind = Kind::LEDGER_OPENED, .subject = "ledger", .role = schema::Role::FOUNDER},
           std::move(draft));
    commit();
}

const Signer& LedgerBuilder::signer_of(std::string_view person) {
    auto found = signers_.find(person);
    if (found == signers_.end()) {
        found = signers_.emplace(person, std::vector<std::unique_ptr<MemorySigner>>{}).first;
        found->second.push_back(signer_named(fmt::format("{} 0", person)));
    }
    return *found->second.back();
}

EventIndex LedgerBuilder::append(const NewEvent& event) {
    Draft draft(event.kind);
    for (const auto& [name, typed] : event.fields) {
        must(draft.set(name, typed));
    }
    return append(event, std::move(draft));
}

EventIndex LedgerBuilder::append(const NewEvent& event, Draft draft) {
    static const auto zone = must(Zone::find("Europe/London"));
    const EventIndex index{size().value};
    now_.ms += hour_ms;
    const auto& signer = signer_of(event.by);
    Envelope envelope;
    envelope.ledger = ledger_;
    if (index.value > 0) {
        envelope.seen = {.size = size(), .root = frontier_.root()};
    }
    envelope.id = id_of(index);
    envelope.subject = must(SubjectRef::parse(event.subject));
    envelope.plan = envelope.subject.plan();
    auto& version = versions_[envelope.subject];
    version += event.skips_versions;
    envelope.subject_version = version;
    envelope.effective =
        event.effective.empty() ? zone.day_of(now_) : must(parse_date(event.effective));
    envelope.author_key = signer.key();
    envelope.as_role = event.role;
    if (!event.on_behalf_of.empty()) {
        envelope.on_behalf_of = person_named(event.on_behalf_of);
    }
    envelope.answers = event.answers;
    envelope.classification = schema::Classification::PARTNERSHIP;
    std::vector<Word> words;
    for (const auto& [field, text] : event.words) {
        const auto salt =
            sha256(bytes_of(fmt::format("salt {} {}", index.value, static_cast<unsigned>(field))));
        const Word word{.field = field, .salt = salt, .text = text};
        envelope.words.push_back({field, commit_to(ledger_, word)});
        words.push_back(word);
    }
    if (!words.empty()) {
        batch_.put(layout::words_key(index), must(seal_words({.ledger = ledger_, .index = index},
                                                             words, envelope.words, word_keys_)));
    }
    auto change = must(draft.finish(envelope));
    change[format_at] = event.format;
    const auto entry =
        must(event_bytes(now_, SignedChange{change, signer.sign(labelled(label::change, change))}));
    if (index.value == 0) {
        ledger_ = hash_leaf(entry);
    }
    const auto number = layout::number_value(index.value);
    const auto plan_name = envelope.plan ? envelope.plan->str() : std::string();
    batch_.put(layout::event_key(index), entry);
    batch_.put(layout::plan_event_key(envelope.plan, index), entry);
    batch_.put(layout::plan_count_key(envelope.plan), layout::number_value(++counts_[plan_name]));
    batch_.put(layout::subject_key(envelope.subject, version++), number);
    batch_.put(layout::change_id_key(envelope.author_key, envelope.id), number);
    for (const auto& node : frontier_.append(hash_leaf(entry))) {
        batch_.put(layout::node_key(node.ref), node.hash.view());
    }
    if (event.kind == Kind::CONTENT_ERASED) {
        put_erasure(batch_, must(Event::read(index, entry)));
    }
    appended_.emplace(index.value, event);
    return index;
}

EventIndex LedgerBuilder::enrol(std::string_view person) {
    const auto& signer = signer_of(person);
    const auto message = key_proof_message(ledger_, person_named(person), signer.key());
    const auto subject = fmt::format("@{}", person);
    const auto enrolled = append({.kind = Kind::PERSON_ENROLLED,
                                  .subject = subject,
                                  .fields = {{"organisation", "council"},
                                             {"key", signer.key().hex()},
                                             {"proof", proof_of(signer, message)}},
                                  .role = schema::Role::FOUNDER});
    return append({.kind = Kind::PERSON_CONFIRMED,
                   .subject = subject,
                   .by = std::string(founders[1]),
                   .role = schema::Role::FOUNDER,
                   .answers = enrolled});
}

EventIndex LedgerBuilder::grant(std::string_view person, std::string_view role) {
    return append({.kind = Kind::ROLE_GRANTED,
                   .subject = fmt::format("@{}", person),
                   .fields = {{"role", std::string(role)}},
                   .role = schema::Role::FOUNDER});
}

void LedgerBuilder::appoint_office() {
    const auto confirm_grant = [&](EventIndex granted, const std::string& subject,
                                   const std::string& by) {
        append({.kind = Kind::ROLE_CONFIRMED,
                .subject = subject,
                .by = by,
                .role = schema::Role::FOUNDER,
                .answers = granted});
    };
    enrol("head-of-send");
    confirm_grant(grant("head-of-send", "founder"), "@head-of-send", "director-of-education");
    const auto office = append({.kind = Kind::ROLE_GRANTED,
                                .subject = "@programme-manager",
                                .fields = {{"role", "programmeOffice"}},
                                .by = "director-of-education",
                                .role = schema::Role::FOUNDER});
    confirm_grant(office, "@programme-manager", "head-of-send");
}

EventIndex LedgerBuilder::rotate_key(std::string_view person) {
    signer_of(person);
    auto& signers = signers_.find(person)->second;
    auto next = signer_named(fmt::format("{} {}", person, signers.size()));
    const auto message = key_proof_message(ledger_, person_named(person), next->key());
    const auto index =
        append({.kind = Kind::KEY_ROTATED,
                .subject = fmt::format("@{}", person),
                .fields = {{"key", next->key().hex()}, {"proof", proof_of(*next, message)}},
                .by = std::string(person)});
    signers.push_back(std::move(next));
    return index;
}

EventIndex LedgerBuilder::draft_plan(std::string_view plan) {
    return append({.kind = Kind::PLAN_DRAFTED,
                   .subject = std::string(plan),
                   .fields = {{"kind", "wsoa"},
                              {"inspectedFrom", "2021-06-28"},
                              {"inspectedTo", "2021-07-02"},
                              {"reportDate", "2021-09-24"},
                              {"due", "2022-01-05"},
                              {"partners", "council,nhs,forum"}},
                   .words = {{schema::WordField::TITLE, "Written Statement of Action"}}});
}

EventIndex LedgerBuilder::add_area(std::string_view area) {
    return append({.kind = Kind::AREA_ADDED,
                   .subject = std::string(area),
                   .fields = {{"lead", "director-of-education"}},
                   .words = {{schema::WordField::TITLE, "Timeliness of plans"},
                             {schema::WordField::TEXT, "Too many plans are late"}}});
}

EventIndex LedgerBuilder::add_outcome(std::string_view outcome, std::string_view area) {
    return append({.kind = Kind::OUTCOME_ADDED,
                   .subject = std::string(outcome),
                   .fields = {{"parent", std::string(area)}},
                   .words = {{schema::WordField::TITLE, "Families wait less"}}});
}

EventIndex LedgerBuilder::add_action(std::string_view action, std::string_view outcome) {
    const auto plan = std::string(action.substr(0, action.find('-')));
    return append({.kind = Kind::ACTION_ADDED,
                   .subject = std::string(action),
                   .fields = {{"parent", std::string(outcome)},
                              {"owner", "head-of-send"},
                              {"accountable", "director-of-education"},
                              {"organisation", "council"},
                              {"start", "2022-02-01"},
                              {"deadline", "2023-03-31"},
                              {"measures", plan + "-M1," + plan + "-M2"},
                              {"evidenceRequired", "1"}},
                   .words = {{schema::WordField::TITLE, "Clear the backlog"}}});
}

EventIndex LedgerBuilder::start(std::string_view action) {
    return append({.kind = Kind::ACTION_STARTED, .subject = std::string(action)});
}

EventIndex LedgerBuilder::progress(std::string_view action, int percent,
                                   std::string_view effective) {
    return append({.kind = Kind::PROGRESS_RECORDED,
                   .subject = std::string(action),
                   .fields = {{"percent", fmt::format("{}", percent)}},
                   .words = {{schema::WordField::TEXT, "14 of 22 staff trained"}},
                   .effective = std::string(effective)});
}

EventIndex LedgerBuilder::propose(std::string_view subject, std::string_view from,
                                  std::string_view to) {
    // The plan's areas are those whose reference has no dot.
    const bool is_action = subject.find('.') != std::string_view::npos;
    return append({.kind = Kind::RATING_PROPOSED,
                   .subject = std::string(subject),
                   .fields = {{"axis", is_action ? "delivery" : "impact"},
                              {"scale", "1"},
                              {"from", std::string(from)},
                              {"to", std::string(to)}},
                   .words = {{schema::WordField::REASON, "two posts are vacant"}}});
}

EventIndex LedgerBuilder::confirm(EventIndex proposal, std::string_view effective) {
    const auto& proposed = appended_.at(proposal.value);
    return append({.kind = Kind::RATING_CONFIRMED,
                   .subject = proposed.subject,
                   .fields = proposed.fields,
                   .by = std::string(founders[1]),
                   .role = schema::Role::AREA_LEAD,
                   .effective = std::string(effective),
                   .answers = proposal});
}

EventIndex LedgerBuilder::add_evidence(std::string_view evidence) {
    return append({.kind = Kind::EVIDENCE_REGISTERED,
                   .subject = std::string(evidence),
                   .fields = {{"type", "report"},
                              {"version", "1"},
                              {"dateOfDocument", "2022-05-05"},
                              {"sourceOrganisation", "nhs"},
                              {"personalData", "none"}},
                   .words = {{schema::WordField::TITLE, "Board report"}}});
}

void LedgerBuilder::commit() {
    if (batch_.empty()) {
        return;
    }
    const auto checkpoint = must(sign_checkpoint(Checkpoint{.origin = std::string(origin),
                                                            .size = size(),
                                                            .root = frontier_.root(),
                                                            .extensions = {}},
                                                 *ledger_signer_));
    batch_.put(layout::checkpoint_key(size()), bytes_of(checkpoint.note));
    must(store_.write(batch_));
    batch_ = Batch{};
}

MemoryStore& LedgerBuilder::store() {
    commit();
    return store_;
}

std::unique_ptr<History> LedgerBuilder::history(TreeSize size) {
    commit();
    return must(History::open(must(store_.snapshot()), size));
}

}  // namespace wsoa::test
