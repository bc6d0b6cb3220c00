#include "tests/simulation/support/books.h"

#include "ledger/evidence/sealed_words.h"
#include "tests/simulation/support/town.h"
#include "tests/support/changes.h"
#include "tests/support/reference_tree.h"

#include <algorithm>

namespace wsoa::test {
namespace {

template <typename... Args>
Error wrong(fmt::format_string<Args...> format, Args&&... args) {
    return Error{Fault::corrupt, fmt::format(format, std::forward<Args>(args)...)};
}

// As a register keeps them.
template <typename T>
std::vector<T> by_day(std::vector<T> entries) {
    std::ranges::stable_sort(entries, {}, [](const T& each) { return each.day; });
    return entries;
}

bool is_same(const Register<ProgressReport>& shown, const std::vector<Model::Report>& reports) {
    return std::ranges::equal(
        shown.settings(), by_day(reports), [](const auto& setting, const Model::Report& report) {
            return setting.effective.days == report.day && setting.index.value == report.index &&
                   setting.value.index == setting.index && !setting.struck_at &&
                   setting.value.by.str() == report.by && setting.value.percent == report.percent;
        });
}

bool is_same(const Proposal& shown, const Model::Proposal& proposal) {
    const auto other = shown.on_behalf_of ? shown.on_behalf_of->str() : "";
    return shown.index.value == proposal.index && shown.effective.days == proposal.day &&
           shown.by.str() == proposal.by && other == proposal.for_other &&
           shown.from == proposal.from && shown.to == proposal.to &&
           shown.confirmed_by.has_value() == proposal.confirmed_at.has_value() &&
           (!shown.confirmed_by || shown.confirmed_by->value == *proposal.confirmed_at);
}

bool is_same(const Ratings& shown, const Model::Rated& rated) {
    const auto are_proposals_same = std::ranges::equal(
        shown.proposals, rated.proposals,
        [](const Proposal& one, const Model::Proposal& other) { return is_same(one, other); });
    return are_proposals_same &&
           std::ranges::equal(shown.confirmed.settings(), by_day(rated.confirmed),
                              [](const auto& setting, const Model::Confirmation& confirmed) {
                                  return setting.effective.days == confirmed.day &&
                                         setting.index.value == confirmed.index &&
                                         !setting.struck_at &&
                                         setting.value.code == confirmed.code &&
                                         setting.value.proposal.value == confirmed.proposal &&
                                         setting.value.confirmed_by.str() == confirmed.by;
                              });
}

bool is_same(const Action& shown, const Model::Action& action) {
    const auto& started = action.started;
    return shown.started.has_value() == started.has_value() &&
           (!started || (shown.started->index.value == started->first &&
                         shown.started->effective.days == started->second)) &&
           is_same(shown.progress, action.reports) && is_same(shown.delivery, action.delivery);
}

// Looks through one plan, and counts what it holds.
Result<std::size_t> compare_plan(const Plan& plan, const Model& model) {
    for (const auto& [ref, action] : plan.actions) {
        if (!is_same(action, model.actions().at(ref.str()))) {
            return wrong("{} is not what was recorded of it", ref.str());
        }
    }
    for (const auto& [ref, area] : plan.areas) {
        if (!is_same(area.impact, model.impact().at(ref.str()))) {
            return wrong("the impact of {} is not what was recorded of it", ref.str());
        }
    }
    for (const auto& [ref, evidence] : plan.evidence) {
        const auto found = model.evidence().find(ref.str());
        if (found == model.evidence().end() || found->second != evidence.added_at.value) {
            return wrong("{} is not what was registered", ref.str());
        }
    }
    return plan.actions.size() + plan.areas.size() + plan.evidence.size();
}

}  // namespace

Result<void> Comparison::all() {
    const auto history = TRY(open_.ledger().history());
    if (history->size().value != model_.size() || model_.size() != held_.size()) {
        return wrong("{} events are there, and the model has {}", history->size().value,
                     model_.size());
    }
    const auto& checkpoint = open_.ledger().checkpoint().checkpoint;
    const GuardedHead head{.size = history->size(), .root = history->root()};
    if (open_.guard().last() != head || checkpoint.size != head.size ||
        checkpoint.root != head.root) {
        return wrong("store, guard and checkpoint do not say the same");
    }
    TRY(entries(*history));
    TRY(subjects(*history));
    return state();
}

Result<void> Comparison::entries(const History& history) {
    std::vector<Bytes> there;
    TRY(history.each_entry(
        EventIndex{0}, [&](EventIndex index, ByteView entry) -> Result<Snapshot::Step> {
            if (index.value != there.size()) {
                return wrong("event {} comes after {}", index.value, there.size());
            }
            there.push_back(copy_of(entry));
            return Snapshot::Step::next;
        }));
    for (std::size_t i = 0; i < held_.size(); ++i) {
        if (i >= there.size() || there[i] != held_[i].entry) {
            return wrong("event {} is not what was acknowledged", i);
        }
    }
    // The slow tree is asked now and then.
    if (held_.size() % 8 == 0 && ReferenceTree(std::move(there)).root() != history.root()) {
        return wrong("the root is not that of the events");
    }
    return done();
}

Result<void> Comparison::subjects(const History& history) {
    for (const auto& subject : model_.subjects()) {
        const auto ref = must(SubjectRef::parse(subject));
        const auto trail = TRY(history.trail_of(ref));
        const auto version = TRY(history.version_of(ref));
        const auto expected = model_.trail_of(subject);
        if (version != expected.size() ||
            !std::ranges::equal(trail, expected, {}, &EventIndex::value)) {
            return wrong("{} has {} events, and should have {}", subject, version, expected.size());
        }
    }
    return done();
}

Result<void> Comparison::state() {
    std::size_t parts = 0;
    const State* state = nullptr;
    for (const auto& name : town::plans()) {
        const auto ref = must(PlanRef::parse(name));
        state = TRY(open_.ledger().state_with(ref));
        const auto* plan = state->plan(ref);
        if (plan == nullptr) {
            return wrong("the plan {} is not there", name);
        }
        parts += TRY(compare_plan(*plan, model_));
    }
    if (parts != model_.actions().size() + model_.impact().size() + model_.evidence().size()) {
        return wrong("{} parts of plans are there", parts);
    }
    if (!state->anomalies.empty()) {
        return wrong("the fold met an anomaly: {}", state->anomalies.front().what);
    }
    return keys(*state);
}

Result<void> Comparison::keys(const State& state) {
    std::size_t count = 0;
    for (const auto& person : town::people()) {
        const auto current = model_.key_of(person);
        count += current + 1;
        for (std::size_t number = 0; number <= current; ++number) {
            const auto* key = state.keyring.key(town::signer_of(person, number).key());
            if (key == nullptr || key->person.str() != person ||
                key->ended_at.has_value() != (number < current)) {
                return wrong("key {} of {} is not what it should be", number, person);
            }
        }
    }
    return state.keyring.keys().size() == count ? done() : wrong("there is a key too many");
}

Result<void> Comparison::receipts(ReceiptCheck& check, std::size_t from, std::size_t count) {
    const auto history = TRY(open_.ledger().history());
    for (std::size_t i = from; i < held_.size() && i - from < count; ++i) {
        if (held_[i].receipt) {
            TRY(check.check(*history, held_[i].entry, *held_[i].receipt));
        }
        TRY(words(*history, i));
    }
    return done();
}

Result<void> Comparison::words(const History& history, std::size_t index) {
    const auto& held = held_[index];
    if (held.words.empty()) {
        return done();
    }
    const auto event = TRY(history.event(EventIndex{index}));
    const auto sealed = TRY(history.sealed_words(EventIndex{index}));
    if (!sealed) {
        return wrong("the words of event {} are gone", index);
    }
    const auto opened =
        TRY(open_words({.ledger = event.envelope().ledger, .index = EventIndex{index}}, *sealed,
                       event.envelope().words, open_.vault().words()));
    const bool is_same =
        std::ranges::equal(opened, held.words, [](const OpenedWord& one, const Word& other) {
            const auto* word = std::get_if<Word>(&one.outcome);
            return word != nullptr && *word == other;
        });
    return is_same ? done() : wrong("the words of event {} are not what was said", index);
}

}  // namespace wsoa::test
