#include "projections/waiting.h"

#include "ledger/base/check.h"
#include "ledger/plan/rights.h"
#include "ledger/plan/rulebook.h"

#include <algorithm>
#include <tuple>

namespace wsoa {
namespace {

using What = Waiting::What;

Waiting waits(What what, const SubjectRef& subject, const Entry& entry, Kind answer) {
    return {.what = what,
            .subject = subject,
            .ref = subject,
            .index = entry.index,
            .since = entry.effective,
            .answer = answer,
            .by = entry.by};
}

void add_ratings(const SubjectRef& ref, const Ratings& ratings, std::optional<schema::Role> only_as,
                 std::vector<Waiting>& all) {
    for (const auto& proposal : ratings.proposals) {
        if (!proposal.confirmed_by) {
            const Entry entry{
                .index = proposal.index, .effective = proposal.effective, .by = proposal.by};
            auto found = waits(What::rating, ref, entry, Kind::RATING_CONFIRMED);
            found.also_not = proposal.on_behalf_of;
            found.only_as = only_as;
            all.push_back(std::move(found));
        }
    }
}

void add_work(const Plan& plan, std::vector<Waiting>& all) {
    for (const auto& [ref, area] : plan.areas) {
        // The impact of an area is the board's to confirm, the delivery of an action its lead's.
        add_ratings(ref, area.impact, schema::Role::BOARD_CHAIR, all);
    }
    for (const auto& [ref, action] : plan.actions) {
        add_ratings(ref, action.delivery, {}, all);
        for (const auto& claim : action.claims) {
            if (claim.is_open()) {
                all.push_back(waits(What::claim, ref, claim.claimed, Kind::ACTION_COMPLETED));
            }
        }
    }
    for (const auto& change : plan.changes) {
        if (change.stage == schema::ChangeStage::REQUESTED) {
            auto found =
                waits(What::change, change.subject, change.requested, Kind::CHANGE_APPROVED);
            if (change.level == schema::ChangeLevel::BOARD) {
                found.only_as = schema::Role::BOARD_CHAIR;
            }
            all.push_back(std::move(found));
        } else if (change.stage == schema::ChangeStage::APPROVED && change.approved) {
            all.push_back(waits(What::application, change.subject, change.approved->entry,
                                Kind::CHANGE_APPLIED));
        }
    }
    for (const auto& handover : plan.handovers) {
        if (!handover.accepted) {
            auto found =
                waits(What::handover, handover.subject, handover.offered, Kind::OWNER_ACCEPTED);
            found.only = handover.to;
            found.due = handover.from_date;
            all.push_back(std::move(found));
        }
    }
}

void add_submissions(const Plan& plan, std::vector<Waiting>& all) {
    for (const auto& [ref, item] : plan.evidence) {
        const auto* stage = item.stage.latest();
        if (stage == nullptr || item.submissions.empty() ||
            stage->value != schema::EvidenceStage::SUBMITTED) {
            continue;
        }
        const auto& submission = item.submissions.back();
        auto found = waits(What::submission, ref, submission.submitted, Kind::EVIDENCE_ACCEPTED);
        if (const auto action = plan.actions.find(submission.target);
            action != plan.actions.end() && action->second.owner.latest() != nullptr) {
            found.also_not = action->second.owner.latest()->value;
        }
        all.push_back(std::move(found));
    }
}

void add_matters(const Plan& plan, std::vector<Waiting>& all) {
    for (const auto& [ref, challenge] : plan.challenges) {
        if (!challenge.answered) {
            auto found = waits(What::challenge, ref, challenge.recorded, Kind::CHALLENGE_ANSWERED);
            found.due = challenge.due;
            all.push_back(std::move(found));
        }
    }
    for (const auto& [ref, exception] : plan.exceptions) {
        if (!exception.answered && !exception.closed) {
            auto found = waits(What::exception, exception.action, exception.opened,
                               Kind::EXCEPTION_ANSWERED);
            found.ref = ref;
            all.push_back(std::move(found));
        }
    }
    for (const auto& [ref, request] : plan.requests) {
        if (!request.fulfilled && !request.refused) {
            auto found = waits(What::request, ref, request.requested, Kind::INFORMATION_FULFILLED);
            found.due = request.due;
            all.push_back(std::move(found));
        }
    }
    for (const auto& [ref, erasure] : plan.erasures) {
        if (!erasure.decided) {
            auto found =
                waits(What::erasure, erasure.subject, erasure.requested, Kind::ERASURE_DECIDED);
            found.ref = ref;
            all.push_back(std::move(found));
        }
    }
    for (const auto& [ref, publication] : plan.publications) {
        if (publication.published || publication.approved || publication.withdrawn) {
            continue;
        }
        all.push_back(
            publication.checks.empty()
                ? waits(What::publication, ref, publication.drafted, Kind::PUBLICATION_CHECKED)
                : waits(What::approval, ref, publication.drafted, Kind::PUBLICATION_APPROVED));
    }
}

void in_their_order(std::vector<Waiting>& all) {
    std::ranges::sort(all, [](const Waiting& one, const Waiting& other) {
        return std::tie(one.what, one.index) < std::tie(other.what, other.index);
    });
}

}  // namespace

std::vector<Waiting> waiting_in(const Plan& plan) {
    std::vector<Waiting> all;
    add_work(plan, all);
    add_submissions(plan, all);
    add_matters(plan, all);
    in_their_order(all);
    return all;
}

std::vector<Waiting> waiting_people(const State& state) {
    std::vector<Waiting> all;
    const auto add = [&](const PersonId& person, EventIndex index, const PersonId& by,
                         Kind answer) {
        auto found = waits(What::enrolment, SubjectRef::of(person),
                           {.index = index, .effective = {}, .by = by}, answer);
        found.also_not = person;
        all.push_back(std::move(found));
    };
    for (const auto& [id, person] : state.keyring.people()) {
        if (!person.confirmed_at) {
            add(id, person.enrolled_at, person.enrolled_by, Kind::PERSON_CONFIRMED);
        }
    }
    for (const auto& grant : state.keyring.grants()) {
        if (!grant.in_force_from && !grant.revoked_at) {
            add(grant.person, grant.index, grant.granted_by, Kind::ROLE_CONFIRMED);
        }
    }
    for (const auto& [id, key] : state.keyring.keys()) {
        const auto* person = state.keyring.person(key.person);
        const bool is_first_key = person != nullptr && person->enrolled_at == key.enrolled_at;
        if (!is_first_key && !key.in_force_from && !key.ended_at) {
            add(key.person, key.enrolled_at, key.enrolled_by, Kind::KEY_CONFIRMED);
        }
    }
    in_their_order(all);
    return all;
}

bool may_answer(const State& state, const PersonId& person, const Waiting& waiting, Date day) {
    if (waiting.only) {
        return *waiting.only == person;
    }
    if (person == waiting.by || waiting.also_not == person) {
        return false;
    }
    const auto& rule = kind_rule(waiting.answer);
    const auto plan = waiting.subject.plan();
    return std::ranges::any_of(rule.roles, [&](schema::Role role) {
        if (waiting.only_as && *waiting.only_as != role) {
            return false;
        }
        return rule.reach == Reach::plan && plan
                   ? grant_within(state, person, role, *plan, day) != nullptr
                   : grant_for(state, person, role, waiting.subject, day) != nullptr;
    });
}

std::string_view name_of(What what) {
    switch (what) {
        case What::rating: return "rating";
        case What::claim: return "claim";
        case What::change: return "change";
        case What::application: return "application";
        case What::submission: return "submission";
        case What::handover: return "handover";
        case What::challenge: return "challenge";
        case What::exception: return "exception";
        case What::request: return "request";
        case What::erasure: return "erasure";
        case What::publication: return "publication";
        case What::approval: return "approval";
        case What::enrolment: return "enrolment";
    }
    CHECK(false);
    return {};
}

}  // namespace wsoa
