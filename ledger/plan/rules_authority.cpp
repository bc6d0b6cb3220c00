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

// "an action or an area"; where there are many, only that it is a part of the plan.
std::string names_of_subjects(const KindRule& rule) {
    constexpr std::size_t few = 3;
    if (rule.about.size() > few) {
        return "a part of a plan";
    }
    std::vector<std::string_view> names;
    for (const auto about : rule.about) {
        names.push_back(name_of_subject(about));
    }
    return fmt::format("{}", fmt::join(names, " or "));
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

Result<void> part_is_there(const Case& at_hand, const KindRule& rule, const SubjectRef& subject) {
    const auto* plan = at_hand.plan();
    const auto kind = plan == nullptr ? std::nullopt : plan->kind_of(subject);
    if (kind && rule.is_about(*kind)) {
        return done();
    }
    return refusal(advice_for_reference(plan, subject), "{} is not {} of the plan", subject.str(),
                   names_of_subjects(rule));
}

Result<void> part_is_new(const Case& at_hand, const KindRule& rule, const SubjectRef& subject) {
    const auto* plan = at_hand.plan();
    const bool is_plan = subject.plan() && subject == SubjectRef::of(*subject.plan());
    if (is_plan != rule.is_about(SubjectKind::plan)) {
        return refusal("use a reference such as TH for a plan and TH-1.2 for a part of it",
                       "{} is not the reference of {}", subject.str(), names_of_subjects(rule));
    }
    if (plan == nullptr && !is_plan) {
        return refusal("record planDrafted first", "there is no plan {}", subject.plan()->str());
    }
    if (plan != nullptr && plan->has(subject)) {
        return refusal("choose a reference that is free", "{} stands for something else already",
                       subject.str());
    }
    return done();
}

Result<void> part_fits(const Case& at_hand, const KindRule& rule, const SubjectRef& subject) {
    if (rule.adds == KindRule::Adds::nothing) {
        return part_is_there(at_hand, rule, subject);
    }
    const auto* plan = at_hand.plan();
    const auto kind = plan == nullptr ? std::nullopt : plan->kind_of(subject);
    const bool may_be_there = rule.adds == KindRule::Adds::unless_there;
    return may_be_there && kind && rule.is_about(*kind) ? done()
                                                        : part_is_new(at_hand, rule, subject);
}

// The day that a backdated decision may bear: that of the meeting or letter that it names. Null
// where it names none.
std::optional<SubjectRef> authority_named(const Case& at_hand) {
    for (const auto* field : {"meeting", "letter", "review"}) {
        if (auto named = at_hand.change.subject_in(field)) {
            return named;
        }
    }
    return std::nullopt;
}
std::optional<Date> day_of_authority(const Plan& plan, const SubjectRef& named) {
    if (const auto meeting = plan.meetings.find(named); meeting != plan.meetings.end()) {
        return meeting->second.date;
    }
    if (const auto letter = plan.evidence.find(named); letter != plan.evidence.end()) {
        return letter->second.date_of_document;
    }
    const auto review = plan.reviews.find(named);
    return review != plan.reviews.end() && review->second.held
               ? std::optional(review->second.held->date)
               : std::nullopt;
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

namespace {

std::string name_of_reach(const std::optional<SubjectRef>& scope) {
    return scope ? scope->str() : "the whole ledger";
}

// No grant of the role reaches so far. Who holds it elsewhere is told where: that they do not hold
// it would contradict what they read of themselves.
Result<void> refused_without_grant(const Case& at_hand, const PersonId& author) {
    const auto role = at_hand.envelope().as_role;
    std::vector<std::string> held;
    std::vector<std::string> reached;
    for (const auto* grant : at_hand.state.keyring.grants_of(author)) {
        if (grant->in_force_on(at_hand.today)) {
            held.push_back(
                fmt::format("{} for {}", name_of(grant->role), name_of_reach(grant->scope)));
            if (grant->role == role) {
                reached.push_back(name_of_reach(grant->scope));
            }
        }
    }
    const auto advice =
        held.empty()
            ? fmt::format(
                  "{} holds no role that is in force; have one granted and, if it decides, "
                  "confirmed",
                  author.str())
            : fmt::format(
                  "{} holds: {}; act in one of these where it reaches, have the role "
                  "granted, or ask somebody who holds it so far",
                  author.str(), fmt::join(held, ", "));
    const auto& subject = at_hand.envelope().subject;
    if (reached.empty()) {
        return refusal(advice, "{} does not hold the role {} for {}", author.str(), name_of(role),
                       subject.str());
    }
    return refusal(advice, "{} holds the role {} for {}; recording this wants it for {}",
                   author.str(), name_of(role), fmt::join(reached, ", "),
                   name_of_reach(subject.plan() ? std::optional(subject) : std::nullopt));
}

}  // namespace

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
    return grant_of(at_hand, *author, role) == nullptr ? refused_without_grant(at_hand, *author)
                                                       : done();
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
    const auto effective = at_hand.envelope().effective;
    const auto named = authority_named(at_hand);
    const auto* plan = at_hand.plan();
    if (!named || plan == nullptr) {
        return refusal("leave out --effective, or name the meeting that decided it with --meeting",
                       "a decision is not dated back to {}", in_words(effective));
    }
    const auto day = day_of_authority(*plan, *named);
    if (!day) {
        return refusal(
            fmt::format("record meetingHeld for {} first, or leave out --effective", named->str()),
            "{} is no recorded meeting or dated letter of the plan", named->str());
    }
    if (*day != effective) {
        return refusal(fmt::format("use --effective {}, or leave it out", to_string(*day)),
                       "{} is of {}, and the decision would be dated {}", named->str(),
                       in_words(*day), in_words(effective));
    }
    return done();
}

Result<void> acting_for_another(const Case& at_hand) {
    const auto& other = at_hand.envelope().on_behalf_of;
    if (!other) {
        return done();
    }
    const auto& rule = kind_rule(at_hand.change.kind());
    if (rule.is_about(SubjectKind::ledger) || rule.is_about(SubjectKind::person)) {
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
    const bool is_about_ledger = rule.is_about(SubjectKind::ledger);
    if (is_about_ledger != subject.is_ledger()) {
        return refusal("see `wsoa record KIND --help` for what the kind is about",
                       "{} is about {}, not about {}", name_of(rule.kind), names_of_subjects(rule),
                       subject.str());
    }
    if (is_about_ledger) {
        return done();
    }
    const auto person = subject.person();
    if (rule.is_about(SubjectKind::person) != person.has_value()) {
        return refusal("a person is written like @head-of-send", "{} is about {}, not about {}",
                       name_of(rule.kind), names_of_subjects(rule), subject.str());
    }
    return person ? person_fits(at_hand, rule.adds, *person) : part_fits(at_hand, rule, subject);
}

}  // namespace wsoa::rules
