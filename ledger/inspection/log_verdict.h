#pragma once

#include "ledger/base/time.h"
#include "ledger/inspection/findings.h"
#include "ledger/tree/policy.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// What somebody brings along who checks without the ledger.
struct LogQuestion {
    const Policy* policy = nullptr;  // null: nobody's signature is believed
    Instant now = {};                // by the clock of whoever checks
    // So many entries are done, of so many that the checkpoint gives.
    std::function<void(std::uint64_t, std::uint64_t)> progress = {};
};

// What was found of a log, or of one entry of it: everything that was checked, and what was not.
struct LogVerdict {
    std::optional<Checkpoint> checkpoint;  // null where none could be read
    std::vector<Finding> findings;
    std::vector<std::string> checked;
    std::vector<std::string> not_checked;
    // Whether the policy is met. Without that a log is at most consistent with itself.
    bool is_vouched_for = false;
    // Files that the machine failed to read: whether they are whole nobody can say.
    std::uint64_t unread = 0;

    bool has_breach() const { return wsoa::has_breach(findings); }
};

// Reads the checkpoint in a note, and adds to the verdict what the question's policy says of it.
// What is wrong is a finding, so that the checks that follow can be made all the same.
void judge_checkpoint(std::string_view note, const LogQuestion& question, LogVerdict& verdict,
                      Findings& findings);

}  // namespace wsoa
