#pragma once

#include "ledger/inspection/pack.h"
#include "ledger/inspection/verify.h"
#include "ledger/tree/policy.h"

#include <optional>
#include <string>

namespace wsoa {

// What a pack is checked against, beside itself.
struct PackQuestion {
    Depth depth = Depth::meaning;
    // Heads of the ledger that are known from elsewhere: an earlier checkpoint, say.
    std::vector<VerifyQuestion::Known> known = {};
    Workers* workers = nullptr;                        // null: the caller's own thread
    std::function<void(std::uint64_t)> progress = {};  // so many events are done
    const Policy* policy = nullptr;  // the reader's own: whom to believe of the checkpoint
    // Root certificates (PEM) of the timestamp authorities that the reader believes.
    std::optional<std::string> authority = {};
    // The SHA-256 in hex of the pages that were released; a pack's own page is one or not.
    std::vector<std::string> released_pages = {};
    // That of this program's own page, which may be unreleased yet; empty where it has none.
    std::string own_page = {};
    // "wsoa 0.1.0": what its own papers are compared with, if it made the pack.
    std::string program = {};
};

// Checks a pack as verify_ledger checks a ledger, and what a pack has besides: the checkpoint and
// tiles against the events, the words and documents that were disclosed against their commitments,
// the digest of the plan's state, what the pack says of itself, and the page within it. Nothing but
// the pack is read, so that anybody can do it anywhere. It never stops at the first finding.
//
// Without a head that is known from elsewhere the verdict is at most that the pack is consistent
// with itself, and says so.
Result<Verdict> verify_pack(const PackFile& pack, const PackQuestion& question);

}  // namespace wsoa
