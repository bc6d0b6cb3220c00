#include "ledger/inspection/completeness.h"

#include <algorithm>

namespace wsoa {
namespace {

bool is_doubted(EventIndex index, const Verdict& verdict) {
    return std::ranges::any_of(verdict.findings, [&](const Finding& finding) {
        return finding.event == index && finding.is != Finding::Class::noted;
    });
}

// The furthest one; null if there is none, or none that holds.
const PackReading::Closed* last_closed(const PackReading& reading, const Verdict& verdict) {
    const PackReading::Closed* last = nullptr;
    for (const auto& closed : reading.closed()) {
        if ((last == nullptr || closed.size > last->size) && !is_doubted(closed.by, verdict)) {
            last = &closed;
        }
    }
    return last;
}

void check_count(const PackAbout& about, const PackReading& reading, Verdict& verdict) {
    const auto breach = [&](std::string what) {
        verdict.findings.push_back({.is = Finding::Class::breach,
                                    .event = {},
                                    .what = "pack.json: " + std::move(what),
                                    .item = Item(Item::Of::about).str()});
    };
    if (reading.leaves() != about.leaves) {
        breach(fmt::format("it says that {} leaves are here, but {} are", about.leaves,
                           reading.leaves()));
    }
    if (const auto strange = reading.strange()) {
        breach(fmt::format("event {} is here and of another plan than {}", strange->value,
                           about.plan.str()));
    }
}

std::string whose_word(const PackAbout& about, const PackReading::Closed* closed) {
    const auto left_out = fmt::format(
        "the {} of {} events that are not here, but their hashes: that none of them is of {} or of "
        "the ledger itself ",
        about.size.value - about.leaves, about.size.value, about.plan.str());
    if (closed == nullptr || !closed->person) {
        return left_out + "rests on the word of whoever made the pack alone";
    }
    return left_out + fmt::format(
                          "follows up to {} events from event {}, in which {} closed a period; "
                          "from there on it rests on the word of whoever made the pack",
                          closed->size.value, closed->by.value, closed->person->str());
}

}  // namespace

void check_completeness(const PackFile& pack, const PackReading& reading, Depth depth,
                        Verdict& verdict) {
    const auto& about = pack.about();
    if (!about.leaves_some_out()) {
        return;
    }
    check_count(about, reading, verdict);
    // Without the check of periods nothing follows from what they say.
    const bool can_follow = depth >= Depth::meaning && reading.is_whole();
    verdict.not_checked.push_back(
        whose_word(about, can_follow ? last_closed(reading, verdict) : nullptr));
}

}  // namespace wsoa
