#pragma once

#include "ledger/base/workers.h"
#include "ledger/evidence/key_tree.h"
#include "ledger/inspection/findings.h"
#include "ledger/inspection/outside.h"
#include "ledger/inspection/source.h"
#include "ledger/inspection/time_bounds.h"
#include "ledger/plan/fold.h"
#include "ledger/tree/checkpoint.h"
#include "ledger/tree/hash_tree.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// How deep verification goes. Each depth includes the ones before it.
enum class Depth : std::uint8_t {
    log,      // every leaf, the tree, checkpoints, what authors had seen, the source's indexes
    authors,  // each signature, and the key's and the role's validity at that index
    meaning,  // every change judged again by the rules, and folded
};

// What is not checked where nothing from outside the operator's reach is at hand.
inline constexpr std::string_view nothing_earlier =
    "whether this is the ledger that others saw: no earlier checkpoint, kept outside the "
    "operator's "
    "reach, is at hand";

// The answer: everything found, what was checked, and what was not and why.
struct Verdict {
    TreeSize size;  // events that were looked at
    Hash root;      // rebuilt from the leaves
    std::vector<Finding> findings;
    std::vector<std::string> checked;
    std::vector<std::string> not_checked;
    // Events that a newer program wrote; nothing is known to be wrong with them.
    std::uint64_t unknown = 0;
    // Rows and tables that the machine failed to read: whether they are whole nobody can say.
    std::uint64_t unread = 0;
    // Events of other plans that are not here: of them only the hashes in the tree are.
    std::uint64_t left_out = 0;
    // Whether it continues what was seen of it outside the operator's reach. Without that it can at
    // most be consistent with itself.
    bool continues_earlier = false;
    // When each event was recorded, by what outsiders said; empty where nobody vouched for that.
    std::vector<TimeBound> bounds = {};

    bool has_breach() const { return wsoa::has_breach(findings); }
};

// Shown what is verified, on the verifier's own thread, so that nobody need read it a second time.
class VerifyWatcher {
public:
    virtual ~VerifyWatcher() = default;
    // An event that is as it was recorded, with the state before it.
    virtual void event(const Event& event, const State& before) = 0;
    // In the place of one that is not: what follows need not add up.
    virtual void gap() = 0;
    // Every event was read, while the last signatures are still checked. Both hold for the call.
    virtual void end(const HashTree& tree, const State& state) = 0;
};

// What verification is asked, beside its source.
struct VerifyQuestion {
    Depth depth = Depth::meaning;
    // A head of the ledger that is known beside its source.
    struct Known {
        std::string from;  // "your last visit", for the sentence about it
        TreeSize size;
        Hash root;
        // Whether the ledger's operator could have changed it: the guard proves nothing to others.
        enum class Held : std::uint8_t { elsewhere, by_the_operator } held = Held::elsewhere;
        // The signed checkpoint that says so, if it is one: its signature is checked too.
        std::optional<std::string> note = {};
    };
    std::vector<Known> known = {};
    const KeyTree* word_keys = nullptr;                // the vault's; null where it is not open
    const KeyTree* document_keys = nullptr;            // the same
    const Outside* outside = nullptr;                  // what outsiders said; null: not asked
    Workers* workers = nullptr;                        // null: the caller's own thread
    std::vector<Workers::Task> beside = {};            // the caller's own, done meanwhile by them
    VerifyWatcher* watcher = nullptr;                  // null: nobody
    std::function<void(std::uint64_t)> progress = {};  // so many events are done
};

// Every check, answered as a list of findings; it never stops at the first. Where nothing follows
// for 2,048 events, it ends there and says so: what a source claims to hold does not make it run
// on. The error is for a source that could not be looked at at all.
Result<Verdict> verify_ledger(const VerifySource& source, const VerifyQuestion& question);

}  // namespace wsoa
