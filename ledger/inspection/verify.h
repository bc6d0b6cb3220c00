#pragma once

#include "ledger/evidence/key_tree.h"
#include "ledger/inspection/source.h"
#include "ledger/tree/checkpoint.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// How deep verification goes. Each depth includes the ones before it.
enum class Depth : std::uint8_t {
    log,      // every leaf, the tree, checkpoints, what authors had seen, the store's indexes
    authors,  // each signature, and the key's and the role's validity at that index
};

// Something that was found. Only a breach means that the ledger is not what it claims to be.
struct Finding {
    enum class Class : std::uint8_t {
        breach,  // altered, missing, forged, or recorded against a rule of authority
        doubt,   // hangs on a key that was in other hands
        noted,   // worth knowing: words lawfully erased, for instance
    };
    Class is = Class::breach;
    std::optional<EventIndex> event;
    std::string what;
    // The rule that was broken; "unknown" for an event that a newer program wrote.
    std::string rule = {};

    bool operator==(const Finding&) const = default;
};

// The answer: everything found, what was checked, and what was not and why.
struct Verdict {
    TreeSize size;
    Hash root;  // rebuilt from the leaves
    std::vector<Finding> findings;
    std::vector<std::string> checked;
    std::vector<std::string> not_checked;

    bool has_breach() const;
};

// What verification is asked, beside its source.
struct VerifyQuestion {
    Depth depth = Depth::authors;
    // What this machine knows from elsewhere: a checkpoint seen earlier, or the guard's head.
    struct Known {
        std::string from;  // "your last visit", for the sentence about it
        TreeSize size;
        Hash root;
    };
    std::vector<Known> known = {};
    const KeyTree* word_keys = nullptr;                // the vault's; null where it is not open
    unsigned workers = 1;                              // threads that check signatures
    std::function<void(std::uint64_t)> progress = {};  // so many events are done
};

// Every check, answered as a list of findings; it never stops at the first. The error is for a
// source that could not be looked at at all.
Result<Verdict> verify_ledger(const VerifySource& source, const VerifyQuestion& question);

}  // namespace wsoa
