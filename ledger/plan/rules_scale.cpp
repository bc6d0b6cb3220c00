#include "ledger/plan/rules_scale.h"

#include "ledger/event/fields.h"
#include "ledger/plan/calendar.h"

#include <fmt/ranges.h>

#include <set>

namespace wsoa::rules {
namespace {

bool is_proposed_by_nobody(std::string_view code) {
    return code == code_not_started || code == code_unrated || code == code_complete ||
           code == code_embedded || code == code_ended;
}

// The plan's version of the axis with the highest number; null where it has defined none.
const RatingScale* last_scale(const Plan& plan, schema::Axis axis) {
    const RatingScale* last = nullptr;
    for (const auto& scale : plan.scales) {
        if (scale.axis == axis && (last == nullptr || scale.version > last->version)) {
            last = &scale;
        }
    }
    return last;
}

bool was_rated(const Plan& plan, schema::Axis axis) {
    const auto has_ratings = [](const Ratings& ratings) { return !ratings.proposals.empty(); };
    return axis == schema::Axis::DELIVERY
               ? std::ranges::any_of(
                     plan.actions,
                     [&](const auto& part) { return has_ratings(part.second.delivery); })
               : std::ranges::any_of(
                     plan.areas, [&](const auto& part) { return has_ratings(part.second.impact); });
}

}  // namespace

std::uint16_t scale_on(const Plan& plan, schema::Axis axis, Date day) {
    std::uint16_t version = rating_scale_first;
    for (const auto& scale : plan.scales) {
        if (scale.axis == axis && scale.defined.effective <= day) {
            version = std::max(version, scale.version);
        }
    }
    return version;
}

std::vector<std::string> codes_to_propose(const Plan& plan, schema::Axis axis,
                                          std::uint16_t version) {
    std::vector<std::string> codes;
    for (const auto& scale : plan.scales) {
        if (scale.axis == axis && scale.version == version) {
            codes = scale.codes;
        }
    }
    if (codes.empty() && version == rating_scale_first) {
        const auto& first = rating_codes(axis);
        codes.assign(first.begin(), first.end());
    }
    std::erase_if(codes, is_proposed_by_nobody);
    return codes;
}

Result<void> scale_follows(const Case& at_hand, schema::RatingScaleDefined::Reader fields) {
    const auto* plan = at_hand.plan();
    if (plan == nullptr) {
        return done();
    }
    const auto* last = last_scale(*plan, fields.getAxis());
    // The first version may be spelled out by the plan itself, until somebody has rated by it.
    const bool may_state_first = last == nullptr && !was_rated(*plan, fields.getAxis());
    const int next = (last == nullptr ? rating_scale_first : last->version) + 1;
    const bool states_first = may_state_first && fields.getVersion() == rating_scale_first;
    if (fields.getVersion() != next && !states_first) {
        return refusal(fmt::format("use --version {}", next),
                       "version {} of the scale does not follow: what is in use is never edited",
                       fields.getVersion());
    }
    if (last != nullptr && at_hand.envelope().effective < last->defined.effective) {
        return refusal("leave out --effective", "version {} is in force since {}", last->version,
                       in_words(last->defined.effective));
    }
    const auto codes = read::texts(fields.getCodes());
    if (std::set(codes.begin(), codes.end()).size() != codes.size()) {
        return refusal("give each code once with --codes", "a code stands twice among {}",
                       fmt::join(codes, ", "));
    }
    if (std::ranges::find(codes, code_overdue) == codes.end()) {
        return refusal("give R among the codes: what is overdue shows it",
                       "the scale {} has no code R", fmt::join(codes, ", "));
    }
    return done();
}

}  // namespace wsoa::rules
