#include "projections/lateness.h"

#include "ledger/event/kinds.h"
#include "projections/people.h"

#include <algorithm>
#include <tuple>

namespace wsoa {
namespace {

template <typename Key>
std::map<std::string, LateCount> count_by(const std::vector<LateEntry>& entries, const Key& key) {
    std::map<std::string, LateCount> counts;
    for (const auto& entry : entries) {
        auto& count = counts[std::string(key(entry))];
        ++count.entries;
        count.days += entry.days();
        count.most = std::max(count.most, entry.days());
    }
    return counts;
}

}  // namespace

Result<std::vector<LateEntry>> late_entries(const History& history, const Zone& zone,
                                            const LateAsked& asked) {
    std::vector<LateEntry> late;
    PeopleFold people(history);
    const auto look = [&](const Event& event) -> Result<Snapshot::Step> {
        if (!asked.size.holds(event.index())) {
            return Snapshot::Step::stop;
        }
        const auto& envelope = event.envelope();
        LateEntry entry{.index = event.index(),
                        .kind = event.kind(),
                        .subject = envelope.subject,
                        .author = {},
                        .as_role = envelope.as_role,
                        .effective = envelope.effective,
                        .recorded = zone.day_of(event.recorded_at())};
        if (entry.days() > asked.more_than && entry.effective <= asked.day) {
            TRY(people.fold_through(event.index()));
            entry.author = people.state().keyring.holder_of(envelope.author_key);
            late.push_back(std::move(entry));
        }
        return Snapshot::Step::next;
    };
    TRY(asked.plan ? history.each_event_of(asked.plan, look)
                   : history.each_event(EventIndex{0}, look));
    std::ranges::sort(late, [](const LateEntry& one, const LateEntry& other) {
        return std::make_tuple(-one.days(), one.effective, one.index) <
               std::make_tuple(-other.days(), other.effective, other.index);
    });
    return late;
}

std::map<std::string, LateCount> late_by_person(const std::vector<LateEntry>& entries) {
    return count_by(entries, [](const LateEntry& entry) {
        return entry.author ? entry.author->str() : std::string("nobody enrolled");
    });
}

std::map<std::string, LateCount> late_by_kind(const std::vector<LateEntry>& entries) {
    return count_by(entries, [](const LateEntry& entry) { return name_of(entry.kind); });
}

}  // namespace wsoa
