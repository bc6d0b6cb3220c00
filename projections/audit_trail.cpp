#include "projections/audit_trail.h"

#include "ledger/plan/fold.h"
#include "ledger/state/records.h"
#include "projections/people.h"

namespace wsoa {

using record::get;
using record::put;

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

Result<Kind> get_kind(ByteReader& from) {
    const auto number = TRY(from.u16());
    if (number == 0 || number >= capnp::Schema::from<schema::Change>().getUnionFields().size()) {
        return Error{Fault::corrupt, "a record holds a kind that the schema does not have"};
    }
    return static_cast<Kind>(number);
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
    put(bytes, entry.index);
    put(bytes, entry.recorded_at);
    put(bytes, entry.effective);
    put(bytes, static_cast<std::uint16_t>(entry.kind));
    put(bytes, entry.author);
    put(bytes, entry.as_role);
    put(bytes, entry.answers);
    put(bytes, entry.on_behalf_of);
    put(bytes, entry.words);
    return bytes;
}

Result<TrailEntry> decode_trail_entry(ByteView bytes) {
    ByteReader reader(bytes);
    TrailEntry entry;
    entry.index = TRY(get<EventIndex>(reader));
    entry.recorded_at = TRY(get<Instant>(reader));
    entry.effective = TRY(get<Date>(reader));
    entry.kind = TRY(get_kind(reader));
    entry.author = TRY(get<std::optional<PersonId>>(reader));
    entry.as_role = TRY(get<schema::Role>(reader));
    entry.answers = TRY(get<std::optional<EventIndex>>(reader));
    entry.on_behalf_of = TRY(get<std::optional<PersonId>>(reader));
    entry.words = TRY(get<std::vector<schema::WordField>>(reader));
    TRY(reader.finish());
    for (std::size_t i = 1; i < entry.words.size(); ++i) {
        if (entry.words[i] <= entry.words[i - 1]) {
            return Error{Fault::corrupt, "a record's words do not stand in order, each once"};
        }
    }
    return entry;
}

Result<void> AuditTrail::apply(const Applied& applied, ViewWriter& writer) {
    const auto& subject = applied.event.envelope().subject;
    const auto stored = TRY(writer.get(count_key(subject)));
    const auto number = stored ? TRY(record::whole<std::uint32_t>(*stored)) : std::uint32_t{0};
    writer.put(entry_key(subject, number),
               encode_trail_entry(entry_of(applied.event, applied.keyring)));
    Bytes count;
    append_u32(count, number + 1);
    writer.put(count_key(subject), count);
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
