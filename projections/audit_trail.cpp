#include "projections/audit_trail.h"

#include "ledger/plan/fold.h"
#include "ledger/state/records.h"
#include "projections/people.h"

namespace wsoa {
namespace record {

template <>
struct Codec<Kind> {
    static void put(Bytes& to, Kind kind) { append_u16(to, static_cast<std::uint16_t>(kind)); }
    static std::optional<Kind> get(Source& from) {
        static const auto count = capnp::Schema::from<schema::Change>().getUnionFields().size();
        const auto number = from.number<std::uint16_t>();
        if (number && (*number == 0 || *number >= count)) {
            return from.fail("a record holds a kind that the schema does not have");
        }
        return number ? std::optional(static_cast<Kind>(*number)) : std::nullopt;
    }
};

template <>
struct Members<TrailEntry> {
    static constexpr auto list =
        std::tuple(&TrailEntry::index, &TrailEntry::recorded_at, &TrailEntry::effective,
                   &TrailEntry::kind, &TrailEntry::author, &TrailEntry::as_role,
                   &TrailEntry::answers, &TrailEntry::on_behalf_of, &TrailEntry::words);
};

}  // namespace record

namespace {

TrailEntry entry_of(const Event& event, const Keyring& keyring) {
    const auto& envelope = event.envelope();
    TrailEntry entry{.index = event.index(),
                     .recorded_at = event.recorded_at(),
                     .effective = envelope.effective,
                     .kind = event.kind(),
                     .author = keyring.holder_of(envelope.author_key),
                     .as_role = envelope.as_role,
                     .answers = envelope.answers,
                     .on_behalf_of = envelope.on_behalf_of,
                     .words = {}};
    for (const auto& word : envelope.words) {
        entry.words.push_back(word.field);
    }
    return entry;
}

Bytes count_key(const SubjectRef& subject) {
    Bytes key{'n'};
    append(key, subject.str());
    return key;
}

Bytes entries_prefix(const SubjectRef& subject) {
    Bytes key{'t'};
    append(key, subject.str());
    key.push_back(0);
    return key;
}

Bytes entry_key(const SubjectRef& subject, std::uint32_t number) {
    auto key = entries_prefix(subject);
    append_u32(key, number);
    return key;
}

// The entries that the view holds of a subject, each compared with the history's trail.
Result<std::vector<TrailEntry>> entries_in(const ViewReader& view, const SubjectRef& subject,
                                           const std::vector<EventIndex>& indexes) {
    std::vector<TrailEntry> entries;
    TRY(view.scan(
        entries_prefix(subject), [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
            auto entry = TRY(decode_trail_entry(value));
            const auto number = entries.size();
            const auto expected = entry_key(subject, static_cast<std::uint32_t>(number));
            if (!equal(key, expected) || number >= indexes.size() ||
                indexes[number] != entry.index) {
                return error(Fault::corrupt, "the view {} is not the history's from entry {} of {}",
                             AuditTrail::view.name, number, subject.str())
                    .advise("delete the folder of views; they are made anew");
            }
            entries.push_back(std::move(entry));
            return Snapshot::Step::next;
        }));
    return entries;
}

}  // namespace

std::int32_t late_days(const TrailEntry& entry, const Zone& zone) {
    return zone.day_of(entry.recorded_at).days - entry.effective.days;
}

Bytes encode_trail_entry(const TrailEntry& entry) {
    Bytes bytes;
    record::put(bytes, entry);
    return bytes;
}

Result<TrailEntry> decode_trail_entry(ByteView bytes) {
    auto entry = TRY(record::whole<TrailEntry>(bytes));
    for (std::size_t i = 1; i < entry.words.size(); ++i) {
        if (entry.words[i] <= entry.words[i - 1]) {
            return Error{Fault::corrupt, "a record's words do not stand in order, each once"};
        }
    }
    return entry;
}

Result<AuditTrail::Counts::iterator> AuditTrail::count_of(const SubjectRef& subject,
                                                          const ViewWriter& writer) {
    const auto found = counts_.find(subject);
    if (found != counts_.end()) {
        return found;
    }
    Count count;
    if (const auto row = TRY(writer.get(count_key(subject)))) {
        count.entries = TRY(record::whole<std::uint32_t>(*row));
    }
    return counts_.emplace(subject, count).first;
}

Result<void> AuditTrail::apply(const Applied& applied, ViewWriter& writer) {
    const auto& subject = applied.event.envelope().subject;
    const auto known = TRY(count_of(subject, writer));
    auto& count = known->second;
    writer.put(entry_key(subject, count.entries),
               encode_trail_entry(entry_of(applied.event, applied.keyring)));
    ++count.entries;
    if (!count.is_changed) {
        count.is_changed = true;
        changed_.push_back(known);
    }
    return done();
}

Result<void> AuditTrail::settle(ViewWriter& writer) {
    for (const auto changed : changed_) {
        auto& [subject, count] = *changed;
        Bytes entries;
        append_u32(entries, count.entries);
        writer.put(count_key(subject), std::move(entries));
        count.is_changed = false;
    }
    changed_.clear();
    if (counts_.size() > known_subjects_max_) {
        counts_.clear();
    }
    return done();
}

Result<std::vector<TrailEntry>> trail_of(const Snapshot* views, const History& history,
                                         const SubjectRef& subject) {
    const auto indexes = TRY(history.trail_of(subject));
    std::vector<TrailEntry> entries;
    if (views != nullptr) {
        const ViewReader view(*views, AuditTrail::view);
        const auto covered = TRY(view.size_within(history));
        if (covered.value > 0) {
            entries = TRY(entries_in(view, subject, indexes));
        }
    }
    if (entries.size() == indexes.size()) {
        return entries;
    }
    PeopleFold people(history);
    for (auto i = entries.size(); i < indexes.size(); ++i) {
        const auto event = TRY(history.event(indexes[i]));
        TRY(people.fold_through(event.index()));
        entries.push_back(entry_of(event, people.state().keyring));
    }
    return entries;
}

}  // namespace wsoa
