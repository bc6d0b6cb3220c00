#pragma once

#include "ledger/plan/entry.h"
#include "ledger/plan/register.h"
#include "schemas/types.capnp.h"

#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// A version of a rating scale. The version in force when a rating was made stays with the rating.
struct RatingScale {
    Entry defined;
    schema::Axis axis = schema::Axis::UNSET;
    std::uint16_t version = 0;
    std::vector<std::string> codes;  // in their order

    bool operator==(const RatingScale&) const = default;
};

// A rating that somebody proposed and that may still wait for its confirmation.
struct Proposal {
    EventIndex index;
    Date effective;
    PersonId by;
    std::uint16_t scale = 0;
    std::string from;
    std::string to;
    std::optional<EventIndex> confirmed_by;     // or overridden, or struck
    std::optional<PersonId> on_behalf_of = {};  // whose judgement it is, if not the author's

    bool operator==(const Proposal&) const = default;
};

// A rating that a second person confirmed, or set in another one's place.
struct Rating {
    std::string code;
    std::uint16_t scale = 0;
    EventIndex proposal;  // of the event itself where it only set the rating back
    PersonId confirmed_by;
    std::optional<SubjectRef> meeting;
    std::optional<std::string> instead_of = {};  // what had been proposed, where it was overridden

    bool operator==(const Rating&) const = default;
};

// What was proposed and confirmed on one axis of one subject.
struct Ratings {
    std::vector<Proposal> proposals;  // in the order of the log
    Register<Rating> confirmed;

    bool operator==(const Ratings&) const = default;
};

}  // namespace wsoa
