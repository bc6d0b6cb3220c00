#pragma once

#include "ledger/base/names.h"
#include "ledger/event/words.h"
#include "ledger/tree/tree.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace wsoa {

// How many rows a table of indexes holds, by the event that each leads to.
struct RowCount {
    std::uint64_t within = 0;  // to the events that are verified
    std::uint64_t beyond = 0;  // to events that nobody was promised yet
    std::uint64_t astray = 0;  // to none, or not rows of this table at all

    bool operator==(const RowCount&) const = default;
};

// What was found by going through a whole source, row by row, whatever the rows say.
struct RowCounts {
    RowCount entries;
    RowCount nodes;
    RowCount words;
    RowCount checkpoints;
    RowCount subjects;
    RowCount change_ids;
    RowCount erasures;
    struct OfPlan {
        RowCount copies;
        std::optional<std::uint64_t> stated;  // how many the source says there are
    };
    std::map<std::string, OfPlan> plans;  // by reference; "" for the ledger and its people
    // Whether every row of the plans' events and of their numbers was met. They cannot be compared
    // otherwise.
    bool holds_all_of_plans = true;
    std::uint64_t manifests = 0;  // of documents
    std::uint64_t strangers = 0;  // rows of no table that we know
    // Tables, by what they hold, that could not be gone through to their end, and why.
    std::vector<std::string> unread;
};

// Shown every row of the indexes and every copy of an event, whatever they say, while the rows are
// counted. What it is shown holds for the call only.
class RowVisitor {
public:
    virtual ~RowVisitor() = default;
    // That a subject's event of this version is this one.
    virtual void subject_row(const SubjectRef& subject, std::uint32_t version,
                             EventIndex index) = 0;
    // That the change with this id of this author is this event.
    virtual void change_id_row(const KeyId& author, const ChangeId& id, EventIndex index) = 0;
    // The plan by its reference; "" for the ledger and its people.
    virtual void plan_copy_row(std::string_view plan, EventIndex index, ByteView copy) = 0;
};

// Where verification reads what it checks: a ledger's store, or what a stranger was handed. Nothing
// it gives is believed. A row that lacks is null, and is for the verifier to judge; an error means
// that bytes could not be read back (`corrupt`) or that the machine failed (any other fault), and
// whoever asked for many rows asks again for each.
class VerifySource {
public:
    template <typename T>
    using Rows = std::vector<std::optional<T>>;

    virtual ~VerifySource() = default;

    // What lies beside the events: every row of a ledger's store, sealed words among them, or the
    // words that somebody chose to disclose, and no row.
    enum class Holds : std::uint8_t { all_rows, chosen_words };
    virtual Holds holds() const { return Holds::all_rows; }
    // Those of an event, where words were chosen. What they commit to is for the verifier to judge.
    virtual const std::vector<Word>& chosen_words(EventIndex /*event*/) const { return no_words; }

    // Whether an event is of another plan than the one that was asked for, and not here: only its
    // hash in the tree is.
    virtual bool leaves_out(EventIndex /*event*/) const { return false; }

    // How many events there are said to be.
    virtual TreeSize size() const = 0;
    // One place for each index of the range.
    virtual Result<Rows<Bytes>> entries(LeafRange range) const = 0;
    virtual Result<Rows<Bytes>> sealed_words(LeafRange range) const = 0;
    // The sealed manifest of a document.
    virtual Result<std::optional<Bytes>> manifest(DocumentNumber number) const = 0;
    // The nodes of one level whose index lies in the range. Of chosen words only those of leaves
    // that are left out are stored.
    virtual Result<Rows<Hash>> nodes(std::uint32_t level, LeafRange range) const = 0;
    // The signed checkpoints over more events than `begin` and no more than `end`, by size.
    using Checkpoints = std::vector<std::pair<TreeSize, std::string>>;
    virtual Result<Checkpoints> checkpoints(LeafRange sizes) const = 0;
    // The copy of an entry that lies with its plan's.
    virtual Result<std::optional<Bytes>> plan_copy(const std::optional<PlanRef>& plan,
                                                   EventIndex index) const = 0;
    virtual Result<std::optional<EventIndex>> subject_event(const SubjectRef& subject,
                                                            std::uint32_t version) const = 0;
    virtual Result<std::optional<EventIndex>> change_event(const KeyId& author,
                                                           const ChangeId& id) const = 0;
    // The event that is said to record the erasure of the words of this one, and the last that is
    // said to name a vault which forgot something.
    virtual Result<std::optional<EventIndex>> erasure_of(EventIndex event) const = 0;
    virtual Result<std::optional<EventIndex>> vault_mark() const = 0;
    virtual Result<RowCounts> count_rows(RowVisitor& visitor) const = 0;

protected:
    static inline const std::vector<Word> no_words = {};
};

}  // namespace wsoa
