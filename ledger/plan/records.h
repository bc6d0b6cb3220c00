#pragma once

#include "ledger/base/bytes.h"
#include "ledger/plan/entry.h"
#include "ledger/plan/register.h"
#include "schemas/types.capnp.h"

#include <optional>
#include <vector>

namespace wsoa {

// What forbids disposal and erasure within its scope until it is released.
struct Hold {
    SubjectRef ref;
    Entry placed;
    SubjectRef scope;
    std::optional<Entry> released;

    bool operator==(const Hold&) const = default;
};

// A request to erase a document's content or words, its decision, and its execution.
struct Erasure {
    SubjectRef ref;      // of the request
    SubjectRef subject;  // what is to be erased
    Entry requested;
    schema::ErasureScope scope = schema::ErasureScope::UNSET;
    std::optional<EventIndex> event;  // whose words are meant
    struct Verdict {
        Entry entry;
        schema::Decision decision = schema::Decision::UNSET;
        schema::ErasureGround ground = schema::ErasureGround::UNSET;
        std::vector<schema::ErasureKeeps> kept;
        bool operator==(const Verdict&) const = default;
    };
    std::optional<Verdict> decided;
    struct Done {
        Entry entry;
        bool key_destroyed = false;
        std::optional<std::uint32_t> vault_generation;
        bool operator==(const Done&) const = default;
    };
    std::optional<Done> erased;

    bool operator==(const Erasure&) const = default;
};

// The vault as the last erasure left it. An older one still opens what was erased.
struct VaultMark {
    EventIndex event;  // that says so
    std::uint32_t generation = 0;
    Hash digest;  // of the vault's file

    bool operator==(const VaultMark&) const = default;
};

// How long something is kept, and its disposal.
struct Retention {
    SubjectRef subject;
    struct Rule {
        schema::RetentionClass by = schema::RetentionClass::UNSET;
        Date due;
        Entry applied;
        bool operator==(const Rule&) const = default;
    };
    Register<Rule> rule;
    std::optional<Entry> approved;
    std::optional<Entry> disposed;

    bool operator==(const Retention&) const = default;
};

// An entry that was struck as mistyped, or marked as a mistake beside the correct fact.
struct Mark {
    enum class How : std::uint8_t { struck = 1, rectified };
    Entry entry;
    How how = How::struck;
    EventIndex target;

    bool operator==(const Mark&) const = default;
};

}  // namespace wsoa
