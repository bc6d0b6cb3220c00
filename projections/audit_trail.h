#pragma once

#include "ledger/history.h"
#include "projections/projection.h"

#include <map>
#include <optional>
#include <vector>

namespace wsoa {

// One event in the trail of its subject: who recorded what, when, in view of what. What it says is
// in the words of the event at that index.
struct TrailEntry {
    EventIndex index;
    Instant recorded_at;
    Date effective;
    Kind kind = Kind::UNSET;
    std::optional<PersonId> author;  // null if nobody held the key
    schema::Role as_role = schema::Role::UNSET;
    std::optional<EventIndex> answers;
    std::optional<PersonId> on_behalf_of;
    std::vector<schema::WordField> words;  // which fields it committed to, ascending

    bool operator==(const TrailEntry&) const = default;
};

// How many days after it was true it was recorded, by the ledger's days; negative if before.
std::int32_t late_days(const TrailEntry& entry, const Zone& zone);

// Canonical bytes (ledger/state/records.h), members in the order in which they are declared.
Bytes encode_trail_entry(const TrailEntry& entry);
// `corrupt` for anything else.
Result<TrailEntry> decode_trail_entry(ByteView bytes);

// The audit trail of every subject, ledger and people among them.
//
// Rows: 't' || subject || 0x00 || u32 number -> entry, numbers dense from 0; 'n' || subject ->
// u32: how many there are.
class AuditTrail final : public Projection {
public:
    static constexpr ViewId view{.name = "audit-trail", .version = 1};

    AuditTrail() : AuditTrail(known_subjects_usual) {}
    // Of how many subjects it remembers, from one batch to the next, how many events there are: it
    // decides nothing but the memory, and another number than the usual is for tests.
    explicit AuditTrail(std::size_t known_subjects_max) : known_subjects_max_(known_subjects_max) {}

    ViewId id() const override { return view; }
    Result<void> apply(const Applied& applied, ViewWriter& writer) override;
    Result<void> settle(ViewWriter& writer) override;

private:
    static constexpr std::size_t known_subjects_usual = 100'000;
    struct Count {
        std::uint32_t entries = 0;
        bool is_changed = false;
    };
    using Counts = std::map<SubjectRef, Count>;
    Result<Counts::iterator> count_of(const SubjectRef& subject, const ViewWriter& writer);

    std::size_t known_subjects_max_;
    Counts counts_;
    std::vector<Counts::iterator> changed_;  // since the last batch
};

// The trail of a subject as far as the history goes, in the order of the log. Takes from the view
// what it holds and from the history what it lacks; null for no view at all. `corrupt` if they
// disagree.
Result<std::vector<TrailEntry>> trail_of(const Snapshot* views, const History& history,
                                         const SubjectRef& subject);

}  // namespace wsoa
