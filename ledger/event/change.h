#pragma once

#include "ledger/base/names.h"
#include "ledger/base/numbers.h"
#include "ledger/base/time.h"
#include "ledger/event/words.h"
#include "schemas/change.capnp.h"

#include <capnp/message.h>

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace wsoa {

using Kind = schema::Change::Which;

// The author's word for the history that the change was made in view of.
struct Seen {
    TreeSize size;
    Hash root;

    bool operator==(const Seen&) const = default;
};

// Everything of a change but its kind's own fields, parsed once.
struct Envelope {
    std::uint16_t format = 1;
    Hash ledger;
    Seen seen;
    ChangeId id;
    std::optional<PlanRef> plan;
    SubjectRef subject = SubjectRef::ledger();
    std::uint32_t subject_version = 0;
    Date effective;
    KeyId author_key;
    schema::Role as_role = schema::Role::UNSET;
    std::optional<PersonId> on_behalf_of;
    std::optional<EventIndex> answers;
    schema::Classification classification = schema::Classification::UNSET;
    std::vector<WordCommitment> words;

    bool operator==(const Envelope&) const = default;
};

// A change as its author signed it: the very bytes, and readers over them. It never alters, and
// copies share it.
//
// `read` takes bytes from anywhere. It accepts only a single-segment message that equals its own
// canonical form (schemas/README.md, "Canonical bytes") and walks every field once by reflection:
// pointer kinds, text, bounds, known tags and enumerants. So no accessor of a reader lent
// afterwards can throw, read past the bytes, or meet an enumerant that this program does not know.
class Change {
public:
    // `invalid` with what is wrong. Format or kind that a newer program may know: `unavailable`.
    static Result<Change> read(ByteView bytes);
    ByteView bytes() const;
    const Envelope& envelope() const;
    // Valid as long as this object or a copy of it. For one thread at a time, copies included.
    schema::Change::Reader reader() const;
    Kind kind() const;
    // The reference in the kind's field of that name; null where the kind has no such field or the
    // field is absent. For questions that are alike for many kinds and asked seldom.
    std::optional<SubjectRef> subject_in(std::string_view field) const;

private:
    struct Held;
    explicit Change(std::shared_ptr<const Held> held);
    std::shared_ptr<const Held> held_;
};

// A change that is being filled in, before it is signed.
//
// Fields of the kind are set by name, from text as it is typed (schemas types say how it is read),
// or through the builder. `finish` fills in the envelope and gives the canonical bytes.
class Draft {
public:
    explicit Draft(Kind kind);
    Draft(Draft&&) noexcept;
    Draft& operator=(Draft&&) noexcept;
    ~Draft();

    Kind kind() const;
    // `invalid` names the field, and the nearest field's name if there is none of this one. Lists
    // are given as elements with commas between. Setting a field twice is `invalid`.
    Result<void> set(std::string_view field, std::string_view typed);
    schema::Change::Builder builder();

    // The canonical bytes with this envelope; `invalid` if a required field is not set or what was
    // set through the builder would be refused by Change::read.
    Result<Bytes> finish(const Envelope& envelope);

private:
    struct Held;
    std::unique_ptr<Held> held_;
};

// Whether two changes under one id say the same: equal but for salts (that is, commitments), seen
// and subject_version. Their words are compared apart, by text.
bool same_but_for_retry(const Change& one, const Change& other);

// The size and root of this ledger that the fields of a change state, for those who judge whether
// it ever had them; null for most kinds.
std::optional<Seen> stated_root(const Change& change);

}  // namespace wsoa
