#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/names.h"

#include <cstdint>
#include <map>

namespace wsoa {

// How many events each subject has, and the last of them: what a closed period commits, so that a
// later reader knows not only that each event shown is true but that none was left out.
//
// The root is that of RFC 9162, 2.1.1 over one entry for each subject, in the order of the
// references' bytes: "wsoa-ledger/head/v1" || 0x0a || u16 length || reference || u64 count || leaf
// hash of the last event. With no subject it is empty_root().
class Heads {
public:
    // Events come in the order of the log.
    void add(const SubjectRef& subject, const Hash& leaf);
    // Takes over what others hold; of a subject that both have, theirs.
    void join(const Heads& others);

    Hash root() const;
    std::size_t count() const { return heads_.size(); }

private:
    struct Head {
        std::uint64_t events = 0;
        Hash last;
    };
    std::map<SubjectRef, Head> heads_;
};

}  // namespace wsoa
