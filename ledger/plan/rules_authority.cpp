#include "ledger/event/fields.h"
#include "ledger/event/kinds.h"
#include "ledger/plan/rights.h"
#include "ledger/plan/rules.h"

#include <fmt/ranges.h>

#include <algorithm>

namespace wsoa::rules {
namespace {

template <typename Named>
std::string list_of(const std::vector<Named>& named) {
    std::vector<std::string_view> names;
    for (const auto each : named) {
        names.push_back(name_of(each));
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

const GrantRecord* grant_of(const Case& at_hand, const PersonId& author, schema::Role role) {
    const auto& rule = kind_rule(at_hand.change.kind());
    const auto& subject = at_hand.envelope().subject;
    const auto plan = subject.plan();
    if (rule.reach == Reach::self) {
        for (const auto* grant : at_hand.state.keyring.grants_of(author)) {
            if (grant->role == role && grant->in_force_on(at_hand.today)) {
                return grant;
            }
        }
        return nullptr;
    }
    return rule.reach == Reach::plan && plan
               ? grant_within(at_hand.state, author, role, *plan, at_hand.today)
               : grant_for(at_hand.state, author, role, subject, at_hand.today);
}

bool holds_subject(const Plan* plan, SubjectKind about, const SubjectRef& subject) {
    if (plan == nullptr) {
        return false;
    }
    switch (about) {
        case SubjectKind::plan: return subject == SubjectRef::of(plan->ref);
        case SubjectKind::area: return plan->areas.contains(subject);
        case SubjectKind::outcome: return plan->outcomes.contains(subject);
        case SubjectKind::action: return plan->actions.contains(subject);
        case SubjectKind::rated:
            return plan->actions.contains(subject) || plan->areas.contains(subject);
        case SubjectKind::evidence: return plan->evidence.contains(subject);
        case SubjectKind::ledger:
        case SubjectKind::person: return false;
    }
    CHECK(false);
    return false;
}

std::string_view name_of_subject(SubjectKind about) {
    switch (about) {
        case SubjectKind::ledger: return "the ledger";
        case SubjectKind::person: return "a person";
        case SubjectKind::plan: return "a plan";
        case SubjectKind::area: return "an area";
        case SubjectKind::outcome: return "an outcome";
        case SubjectKind::action: return "an action";
        case SubjectKind::rated: return "an action or an area";
        case SubjectKind::evidence: return "an item of evidence";
    }
    CHECK(false);
    return {};
}

Result<void> person_fits(const Case& at_hand, KindRule::Adds adds, const PersonId& person) {
    const bool is_there = at_hand.state.keyring.person(person) != nullptr;
    if (adds == KindRule::Adds::subject && is_there) {
        return refusal("choose another id, or give the person one more key with keyEnrolled",
                       "{} is enrolled already", person.str());
    }
    if (adds == KindRule::Adds::nothing && !is_there) {
        return refusal("enrol the person first, or see `wsoa show people` for the ids",
                       "nobody is enrolled as {}", person.str());
    }
    return done();
}

Result<void> part_fits(const Case& at_hand, const KindRule& rule, const SubjectRef& subject) {
    const auto* plan = at_hand.plan();
    const bool is_plan = subject.plan() && subject == SubjectRef::of(*subject.plan());
    if (rule.adds == KindRule::Adds::nothing) {
        if (!holds_subject(plan, rule.about, subject)) {
            return refusal("see `wsoa show` for the references of the plan",
                           "{} is not {} of the plan", subject.str(), name_of_subject(rule.about));
        }
        return done();
    }
    if (is_plan != (rule.about == SubjectKind::plan)) {
        return refusal("use a reference such as TH for a plan and TH-1.2 for a part of it",
                       "{} is not the reference of {}", subject.str(), name_of_subject(rule.about));
    }
    if (plan == nullptr && !is_plan) {
        return refusal("record planDrafted first", "there is no plan {}", subject.plan()->str());
    }
    if (plan != nullptr && plan->holds(subject)) {
        return refusal("choose a reference that is free", "{} stands for something else already",
                       subject.str());
    }
    return done();
}

}  // namespace

Result<void> key_may_sign(const Case& at_hand) {
    if (at_hand.change.kind() == Kind::LEDGER_OPENED) {
        return done();  // R20 judges the founders' keys
    }
    const auto& id = at_hand.envelope().author_key;
    const auto* key = at_hand.state.keyring.key(id);
    const auto short_id = id.hex().substr(0, 16);
    if (key == nullptr) {
        return refusal("have the programme office enrol it: `wsoa keys request`, then `wsoa enrol`",
                       "the key {} is not enrolled in this ledger", short_id);
    }
    if (key->compromise) {
        return refusal("sign with a key that was never in other hands",
                       "the key {} of {} was reported as compromised at event {}", short_id,
                       key->person.str(), key->compromise->claimed_at.value);
    }
    if (key->ended_at) {
        return refusal("sign with the key that took its place",
                       "the key {} of {} ended at event {}", short_id, key->person.str(),
                       key->ended_at->value);
    }
    if (!key->in_force_from) {
        return refusal(fmt::format("ask another entitled person for `wsoa confirm {}`",
                                   key->enrolled_at.value),
                       "the key {} of {} waits to be confirmed by a second person", short_id,
                       key->person.str());
    }
    return done();
}

Result<void> role_allows(const Case& at_hand) {
    const auto& rule = kind_rule(at_hand.change.kind());
    const auto author = at_hand.author();
    if (at_hand.change.kind() == Kind::LEDGER_OPENED || !author) {
        return done();  // R20 and R01 judge these
    }
    const auto role = at_hand.envelope().as_role;
    if (!rule.roles.empty() && std::ranges::find(rule.roles, role) == rule.roles.end()) {
        return refusal(fmt::format("it takes one of: {}", list_of(rule.roles)),
                       "the role {} may not record {}", name_of(role), name_of(rule.kind));
    }
    if (grant_of(at_hand, *author, role) == nullptr) {
        const auto held = roles_held(at_hand.state, *author, at_hand.today);
        return refusal(
            held.empty()
                ? fmt::format(
                      "{} holds no role that is in force; have one granted and, if it decides, "
                      "confirmed",
                      author->str())
                : fmt::format("{} holds: {}; act in one of these where it reaches, or have the "
                              "role granted",
                              author->str(), list_of(held)),
            "{} does not hold the role {} for {}", author->str(), name_of(role),
            at_hand.envelope().subject.str());
    }
    return done();
}

Result<void> words_fit(const Case& at_hand) {
    const auto& rule = kind_rule(at_hand.change.kind());
    for (const auto field : rule.required) {
        if (!at_hand.has_word(field)) {
            return refusal(fmt::format("say it with --{} \"...\"", name_of(field)),
                           "{} needs words for {}", name_of(rule.kind), name_of(field));
        }
    }
    for (const auto& committed : at_hand.envelope().words) {
        if (std::ranges::find(rule.required, committed.field) == rule.required.end() &&
            std::ranges::find(rule.optional, committed.field) == rule.optional.end()) {
            return refusal(fmt::format("leave out --{}", name_of(committed.field)),
                           "{} has no words for {}", name_of(rule.kind), name_of(committed.field));
        }
    }
    return done();
}

Result<void> effective_not_ahead(const Case& at_hand) {
    const auto effective = at_hand.envelope().effective;
    if (effective > at_hand.today) {
        return refusal("record it on or after that day", "{} lies ahead: today is {}",
                       in_words(effective), in_words(at_hand.today));
    }
    return done();
}

Result<void> decisions_not_backdated(const Case& at_hand) {
    if (kind_rule(at_hand.change.kind()).decides == KindRule::Decides::no ||
        at_hand.envelope().effective == at_hand.today) {
        return done();
    }
    const auto change = at_hand.change.reader();
    if (change.isRatingConfirmed() && change.getRatingConfirmed().hasMeeting()) {
        const auto meeting = read::subject(change.getRatingConfirmed().getMeeting());
        const auto* plan = at_hand.plan();
        if (meeting.plan() == at_hand.envelope().plan && plan != nullptr && !plan->holds(meeting)) {
            return done();
        }
        return refusal("name a meeting of the plan, such as TH-G-2022-03-10",
                       "{} is no meeting of the plan", meeting.str());
    }
    return refusal("leave out --effective, or name the meeting that decided it with --meeting",
                   "a decision is not dated back to {}", in_words(at_hand.envelope().effective));
}

Result<void> acting_for_another(const Case& at_hand) {
    const auto& other = at_hand.envelope().on_behalf_of;
    if (!other) {
        return done();
    }
    const auto about = kind_rule(at_hand.change.kind()).about;
    if (about == SubjectKind::ledger || about == SubjectKind::person) {
        return refusal("have the other person record it, signed by a key of their own",
                       "nobody acts for another in what concerns the ledger, people and keys");
    }
    if (at_hand.envelope().as_role != schema::Role::PROGRAMME_OFFICE) {
        return refusal("have the programme office record it, or the person themselves",
                       "only the programme office acts for another person");
    }
    if (at_hand.state.keyring.person(*other) == nullptr) {
        return refusal("enrol the person first", "nobody is enrolled as {}", other->str());
    }
    return done();
}

Result<void> subject_fits(const Case& at_hand) {
    const auto& rule = kind_rule(at_hand.change.kind());
    const auto& subject = at_hand.envelope().subject;
    if ((rule.about == SubjectKind::ledger) != subject.is_ledger()) {
        return refusal("see `wsoa record KIND --help` for what the kind is about",
                       "{} is about {}, not about {}", name_of(rule.kind),
                       name_of_subject(rule.about), subject.str());
    }
    if (rule.about == SubjectKind::ledger) {
        return done();
    }
    const auto person = subject.person();
    if ((rule.about == SubjectKind::person) != person.has_value()) {
        return refusal("a person is written like @head-of-send", "{} is about {}, not about {}",
                       name_of(rule.kind), name_of_subject(rule.about), subject.str());
    }
    return person ? person_fits(at_hand, rule.adds, *person) : part_fits(at_hand, rule, subject);
}

}  // namespace wsoa::rules
