#pragma once

#include "cli/commands/moment.h"
#include "cli/render/rating.h"
#include "ledger/plan/calendar.h"

#include <map>

namespace wsoa {

// A plan and its parts as `wsoa show` and `wsoa replay` give them, as at a moment: nothing that was
// recorded or true later. `missing` for a part that was not there by then.
Result<Exit> show_plan(Desk& desk, const Reading& reading, const Moment& moment);
Result<Exit> show_action(Desk& desk, const Reading& reading, const Moment& moment,
                         const Action& action);
Result<Exit> show_area(Desk& desk, const Reading& reading, const Moment& moment, const Area& area);
Result<Exit> show_evidence(Desk& desk, const Reading& reading, const Moment& moment,
                           const Evidence& evidence);

// What they share.

// What was added only later.
Error not_there_on(const SubjectRef& ref, Date day);

// "▲ Off track (overdue)".
Cell delivery_cell(const ShownRating& rating, const Style& style);
bool is_overdue(const ShownRating& rating);
// "past its deadline of 31 October 2022", "confirmed on 9 June 2022": why an action's rating is
// shown.
std::string why_shown(const Plan& plan, const Action& action, Date day);
// A rating's code, word, shape, colour and reason as members of an object.
void set_rating(Json& object, const ShownRating& rating, std::span<const RatingLook> looks);

// The event that confirmed a proposal, as far as that was true by the day; null while it waited.
std::optional<EventIndex> confirmed_by_then(const Ratings& ratings, const Proposal& proposal,
                                            Date day);
// What an area was called at the end of the day.
Result<std::string> title_on(Desk& desk, const Reading& reading, const Area& area, Date day);

// How many of the codes there are, zero for those of the scale that none has.
Json counts_json(const std::map<std::string, int>& counts);
std::string counts_text(const std::map<std::string, int>& counts);

// An item's row in a list of evidence, and its object.
std::optional<Date> review_due(const Evidence& evidence, Date day);
std::string source_in_words(const Evidence& evidence);
// "held as document 7": whether its document is here.
std::string document_in_words(const Evidence& evidence);
Result<Json> evidence_json(Desk& desk, const Reading& reading, const Evidence& evidence, Date day);

}  // namespace wsoa
