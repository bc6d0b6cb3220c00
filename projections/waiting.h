#pragma once

#include "ledger/plan/fold.h"

#include <optional>
#include <string_view>
#include <vector>

namespace wsoa {

// Something that one person entered and that another must answer.
struct Waiting {
    enum class What : std::uint8_t {
        rating,       // proposed, to be confirmed
        claim,        // that an action is complete
        change,       // of plan, to be decided
        application,  // of a change that was approved
        submission,   // of evidence, to be reviewed
        handover,     // to be accepted
        challenge,    // to be answered
        exception,    // to be answered
        request,      // for information, to be met
        erasure,      // to be decided
        publication,  // drafted, to be checked
        approval,     // of a publication that was checked
        enrolment,    // or a role, or a key: to be confirmed
    };
    What what = What::rating;
    SubjectRef subject;  // of the change that answers it
    SubjectRef ref;      // of the matter itself: an exception's, where its subject is an action
    EventIndex index;    // what is answered
    Date since;
    Kind answer = Kind::UNSET;                 // the kind that answers it with yes
    PersonId by;                               // who entered it, and so cannot answer it
    std::optional<PersonId> also_not = {};     // nor can they: for whom it was entered, or an owner
    std::optional<PersonId> only = {};         // nobody else can
    std::optional<schema::Role> only_as = {};  // of the roles that may, this one alone
    std::optional<Date> due = {};

    bool operator==(const Waiting&) const = default;
};

// Everything of the plan that waits as far as anything is recorded: by what it is, then by age.
std::vector<Waiting> waiting_in(const Plan& plan);
// The same for people, roles and keys.
std::vector<Waiting> waiting_people(const State& state);

// Whether the person may give the answer on that day, as far as roles and second persons decide it.
// The state has the plan.
bool may_answer(const State& state, const PersonId& person, const Waiting& waiting, Date day);

// "rating", "claim": for programs.
std::string_view name_of(Waiting::What what);

}  // namespace wsoa
