#include "projections/publication_match.h"

#include "ledger/plan/calendar.h"

#include <algorithm>

namespace wsoa {
namespace {

std::string code_in(const Plan& plan, const SubjectRef& ref, Date day) {
    if (const auto action = plan.actions.find(ref); action != plan.actions.end()) {
        return delivery_on(plan, action->second, day).code;
    }
    const auto area = plan.areas.find(ref);
    return area == plan.areas.end() ? std::string() : impact_on(area->second, day).code;
}

std::vector<PublicationMatch::Unlike> unlike(const Plan& plan, Date day,
                                             const std::vector<ShownCode>& shown) {
    std::vector<PublicationMatch::Unlike> found;
    for (const auto& each : shown) {
        auto ledger = code_in(plan, each.subject, day);
        if (ledger != each.code) {
            found.push_back({.ref = each.subject, .page = each.code, .ledger = std::move(ledger)});
        }
    }
    return found;
}

}  // namespace

Result<std::optional<PublicationMatch>> match_of(const History& history, const Zone& zone,
                                                 const AsAt& moment,
                                                 const Publication& publication) {
    const auto& out = publication.published;
    if (!out || out->entry.effective > moment.day) {
        return std::optional<PublicationMatch>{};
    }
    const auto event = TRY(history.event(out->entry.index));
    PublicationMatch match;
    match.as_at = publication.as_at;
    match.known_on = zone.day_of(event.recorded_at());
    const auto known = TRY(size_known_on(history, zone, match.known_on));
    match.size = std::min(known, moment.size);
    const auto then = TRY(plan_as_at(nullptr, history, moment.ref, match.size, match.as_at));
    match.differences = unlike(then.plan(), match.as_at, out->shown);
    match.still_differs = match.differences;
    for (const auto& correction : publication.corrections) {
        if (correction.entry.effective <= moment.day) {
            match.corrected = correction.entry.effective;
            match.still_differs = unlike(then.plan(), match.as_at, correction.shown);
        }
    }
    return std::optional(std::move(match));
}

}  // namespace wsoa
