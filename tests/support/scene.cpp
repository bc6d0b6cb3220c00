#include "tests/support/scene.h"

#include "ledger/base/sha256.h"
#include "ledger/event/kinds.h"
#include "ledger/tree/hasher.h"
#include "tests/support/changes.h"

namespace wsoa::test {
namespace {

Hash hash_of_text(std::string_view text) { return sha256(bytes_of(text)); }

// Unlike for every attempt, since a change that was refused may be made again.
ChangeId id_for(const Step& step, EventIndex index) {
    ChangeId id;
    const auto hash = hash_of_text(fmt::format("{} at {}", step.str(), index.value));
    std::copy_n(hash.bytes.begin(), id.bytes.size(), id.bytes.begin());
    id.bytes[6] = static_cast<std::uint8_t>(0x70 | (id.bytes[6] & 0x0f));
    id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3f));
    return id;
}

std::vector<Word> words_for(const Step& step, EventIndex index) {
    std::vector<Word> words;
    for (const auto& [field, text] : step.words()) {
        const auto salt = hash_of_text(
            fmt::format("salt of {} in {}", static_cast<std::uint16_t>(field), index.value));
        words.push_back({field, salt, text});
    }
    return words;
}

// Noon, and a second for each event, so that instants of one day go on.
Instant instant_for(Date day, EventIndex index) {
    return Instant{(std::int64_t{day.days} * 86'400 + 12 * 3'600) * 1'000 +
                   static_cast<std::int64_t>(index.value) * 1'000};
}

}  // namespace

Step& Step::answers(std::string label) {
    answers_ = [label = std::move(label)](const Scene& scene) {
        return std::optional(scene.index_of(label));
    };
    return *this;
}

Step& Step::answers_event(std::uint64_t index) {
    answers_ = [index](const Scene&) { return std::optional(EventIndex{index}); };
    return *this;
}

Step& Step::answers_last(Kind kind, std::string subject) {
    answers_ = [kind, subject = std::move(subject)](const Scene& scene) {
        const auto found = scene.last(kind, subject);
        CHECK(found.has_value());  // a story about what is not there says answers_nothing
        return found;
    };
    return *this;
}

std::string Step::str() const {
    return fmt::format("{} about {} by {}", name_of(kind_), subject_, author_);
}

std::unique_ptr<MemorySigner> signer_named(std::string_view name) {
    const auto seed = hash_of_text(fmt::format("the key of {}", name));
    return must(MemorySigner::from_seed(Secret(seed.view())));
}

KeyId key_named(std::string_view name) { return signer_named(name)->key(); }

Signature signed_by(std::string_view name, ByteView message) {
    return signer_named(name)->sign(message);
}

schema::Role Scene::role_for(const Step& step) const {
    if (step.role()) {
        return *step.role();
    }
    for (const auto& grant : state_.keyring.grants()) {
        if (grant.person.str() == step.author()) {
            return grant.role;
        }
    }
    const auto& roles = kind_rule(step.kind()).roles;
    return roles.empty() ? schema::Role::BOARD_MEMBER : roles.front();
}

Envelope Scene::envelope_for(const Step& step, Date today) const {
    const bool opens = entries_.empty();
    Envelope envelope;
    envelope.ledger = state_.keyring.facts().ledger;
    envelope.seen = opens ? Seen{} : Seen{TreeSize{entries_.size()}, frontier_.root()};
    envelope.id = id_for(step, next_index());
    envelope.subject = must(SubjectRef::parse(step.subject()));
    envelope.plan = envelope.subject.plan();
    const auto version = versions_.find(step.subject());
    envelope.subject_version = version == versions_.end() ? 0 : version->second;
    envelope.effective =
        step.effective_day().empty() ? today : must(parse_date(step.effective_day()));
    envelope.author_key = key_named(step.key());
    envelope.as_role = role_for(step);
    if (step.other()) {
        envelope.on_behalf_of = must(PersonId::parse(*step.other()));
    }
    if (step.finding()) {
        envelope.answers = step.finding()(*this);
    }
    envelope.classification = step.classification();
    return envelope;
}

Scene::Made Scene::make(const Step& step) const {
    const auto today = must(parse_date(step.recorded().empty() ? today_ : step.recorded()));
    CHECK(must(parse_date(today_)) <= today);  // days of a story go on
    auto envelope = envelope_for(step, today);
    auto words = words_for(step, next_index());
    for (const auto& word : words) {
        envelope.words.push_back({word.field, commit_to(envelope.ledger, word)});
    }
    Draft draft(step.kind());
    if (step.filling()) {
        step.filling()(*this, draft.builder());
    }
    for (const auto& [field, typed] : step.fields()) {
        must(draft.set(field, typed));
    }
    return Made{must(draft.finish(envelope)), std::move(words), today};
}

template <typename Judge>
auto Scene::with_case(const Made& made, Judge judge) const {
    const auto change = must(Change::read(made.change));
    const EarlierWords earlier = [this](EventIndex index,
                                        schema::WordField field) -> std::optional<std::string> {
        const auto found = words_.find(index);
        if (found != words_.end()) {
            for (const auto& word : found->second) {
                if (word.field == field) {
                    return word.text;
                }
            }
        }
        return std::nullopt;
    };
    return judge(Case{.change = change,
                      .state = state_,
                      .index = next_index(),
                      .today = made.today,
                      .words = &made.words,
                      .earlier = earlier});
}

Result<void> Scene::judge(const Step& step) const {
    return with_case(make(step), [](const Case& at_hand) { return wsoa::judge(at_hand); });
}

std::vector<Error> Scene::judge_all(const Step& step) const {
    return with_case(make(step), [](const Case& at_hand) { return wsoa::judge_all(at_hand); });
}

Result<void> Scene::judge_by(const Rule& rule, const Step& step) const {
    return with_case(make(step), [&](const Case& at_hand) { return rule.judge(at_hand); });
}

Result<void> Scene::record(const Step& step) {
    auto made = make(step);
    auto judged = with_case(made, [](const Case& at_hand) { return wsoa::judge(at_hand); });
    if (judged.ok()) {
        add(step, std::move(made));
    }
    return judged;
}

void Scene::force(const Step& step) { add(step, make(step)); }

Bytes Scene::entry_of(const Step& step) const { return entry_for(step, make(step)); }

Bytes Scene::entry_for(const Step& step, const Made& made) const {
    const SignedChange change{made.change,
                              signed_by(step.key(), labelled(label::change, made.change))};
    return must(event_bytes(instant_for(made.today, next_index()), change));
}

void Scene::add(const Step& step, Made made) {
    auto entry = entry_for(step, made);
    const auto index = next_index();
    fold(state_, must(Event::read(index, entry)));
    frontier_.append(hash_leaf(entry));
    entries_.push_back(std::move(entry));
    words_.emplace(index, std::move(made.words));
    ++versions_[step.subject()];
    last_.insert_or_assign(std::pair(step.kind(), step.subject()), index);
    if (!step.label().empty()) {
        labels_.insert_or_assign(step.label(), index);
    }
    today_ = to_string(made.today);
}

const Plan& Scene::plan(std::string_view ref) const {
    const auto* plan = state_.plan(must(PlanRef::parse(ref)));
    CHECK(plan != nullptr);
    return *plan;
}

const Action& Scene::action(std::string_view ref) const {
    const auto subject = must(SubjectRef::parse(ref));
    return plan(subject.plan()->str()).actions.at(subject);
}

Event Scene::event(std::uint64_t index) const {
    return must(Event::read(EventIndex{index}, entries_.at(index)));
}

std::optional<EventIndex> Scene::last(Kind kind, const std::string& subject) const {
    const auto found = last_.find({kind, subject});
    return found == last_.end() ? std::nullopt : std::optional(found->second);
}

EventIndex Scene::index_of(const std::string& label) const {
    const auto found = labels_.find(label);
    CHECK(found != labels_.end());
    return found->second;
}

}  // namespace wsoa::test
