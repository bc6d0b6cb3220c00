#include "ledger/event/kinds.h"
#include "ledger/plan/rules.h"

#include <fmt/ranges.h>

#include <algorithm>

namespace wsoa::rules {

std::string_view name_of_subject(SubjectKind about) {
    switch (about) {
        case SubjectKind::ledger: return "the ledger";
        case SubjectKind::person: return "a person";
        case SubjectKind::plan: return "a plan";
        case SubjectKind::area: return "an area";
        case SubjectKind::outcome: return "an outcome";
        case SubjectKind::action: return "an action";
        case SubjectKind::milestone: return "a milestone";
        case SubjectKind::measure: return "a measure";
        case SubjectKind::evidence: return "an item of evidence";
        case SubjectKind::meeting: return "a meeting";
        case SubjectKind::decision: return "a decision";
        case SubjectKind::challenge: return "a challenge";
        case SubjectKind::exception: return "an exception";
        case SubjectKind::risk: return "a risk";
        case SubjectKind::review: return "a check from outside";
        case SubjectKind::request: return "a request for information";
        case SubjectKind::pack: return "a pack";
        case SubjectKind::publication: return "a publication";
        case SubjectKind::hold: return "a hold";
        case SubjectKind::erasure: return "a request for erasure";
    }
    CHECK(false);
    return {};
}

std::string advice_for_reference(const Plan* plan, const SubjectRef& subject) {
    if (plan != nullptr) {
        std::vector<std::string> known;
        for (const auto& reference : plan->references()) {
            known.push_back(reference.str());
        }
        if (const auto near = nearest(subject.str(), known)) {
            return fmt::format("did you mean {}? `wsoa show {}` lists what there is", *near,
                               plan->ref.str());
        }
    }
    return "see `wsoa show` for the references of the plan";
}

Result<void> enrolled(const Case& at_hand, const PersonId& person) {
    if (at_hand.state.keyring.person(person) == nullptr) {
        return refusal("enrol the person first, or see `wsoa show people` for the ids",
                       "nobody is enrolled as {}", person.str());
    }
    return done();
}

Result<void> in_order(std::optional<Date> first, std::optional<Date> last, std::string_view what) {
    if (first && last && *last < *first) {
        return refusal("give the two days in order", "{} ends before it begins", what);
    }
    return done();
}

Result<void> not_ahead(const Case& at_hand, std::optional<Date> day, std::string_view what) {
    if (day && *day > at_hand.today) {
        return refusal("give the day that stands on it", "{} is dated {}, which lies ahead", what,
                       in_words(*day));
    }
    return done();
}

Result<void> refers_to_any(const Case& at_hand, const SubjectRef& reference,
                           const std::vector<SubjectKind>& wanted) {
    const auto* plan = at_hand.plan();
    const auto kind = plan == nullptr ? std::nullopt : plan->kind_of(reference);
    if (kind && std::ranges::find(wanted, *kind) != wanted.end()) {
        return done();
    }
    std::vector<std::string_view> names;
    for (const auto each : wanted) {
        names.push_back(name_of_subject(each));
    }
    return refusal(advice_for_reference(plan, reference), "{} is not {} of the plan",
                   reference.str(), fmt::join(names, " or "));
}

Result<void> refers_to(const Case& at_hand, const SubjectRef& reference, SubjectKind wanted) {
    return refers_to_any(at_hand, reference, {wanted});
}

Result<void> by_another(const Case& at_hand, const PersonId& person, std::string_view did) {
    if (at_hand.author() == person || at_hand.envelope().on_behalf_of == person) {
        return refusal("ask another person who may do it", "{} {} and cannot also decide it",
                       person.str(), did);
    }
    return done();
}

Result<void> all_there(const Case& at_hand, const std::vector<SubjectRef>& references) {
    const auto* plan = at_hand.plan();
    for (const auto& reference : references) {
        if (plan == nullptr || !plan->has(reference)) {
            return refusal(advice_for_reference(plan, reference),
                           "{} stands for nothing in the plan", reference.str());
        }
    }
    return done();
}

Result<void> true_on(const Case& at_hand, Date day, std::string_view what) {
    if (at_hand.envelope().effective != day) {
        return refusal(fmt::format("use --effective {}", to_string(day)),
                       "{} was on {}, and the entry would be of {}", what, in_words(day),
                       in_words(at_hand.envelope().effective));
    }
    return done();
}

Result<void> not_before(const Case& at_hand, const Entry& earlier, std::string_view what) {
    if (at_hand.envelope().effective < earlier.effective) {
        return refusal("give that day or a later one", "{} is of {}, and this would be of {}", what,
                       in_words(earlier.effective), in_words(at_hand.envelope().effective));
    }
    return done();
}

Result<void> by_another(const Case& at_hand, const Entry& entry, std::string_view did) {
    TRY(by_another(at_hand, entry.by, did));
    return entry.on_behalf_of ? by_another(at_hand, *entry.on_behalf_of, did) : done();
}

}  // namespace wsoa::rules
