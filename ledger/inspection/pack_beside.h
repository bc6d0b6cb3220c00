#pragma once

#include "ledger/base/workers.h"
#include "ledger/inspection/pack.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// What there is to find out about a pack that hangs on no signature: so that it is done on other
// cores while those are checked.
class PackBeside {
public:
    explicit PackBeside(const PackFile& pack) : pack_(pack) {}
    PackBeside(const PackBeside&) = delete;
    PackBeside& operator=(const PackBeside&) = delete;

    // They may run at once, borrow this, and each must have run before what follows is asked for.
    std::vector<Workers::Task> tasks();

    // A member whose content has not the check sum that is stated for it, or cannot be read.
    struct Damaged {
        std::string member;
        std::string what;
    };
    const std::vector<Damaged>& damaged() const { return damaged_; }
    // SHA-256 of a document's member, whatever its check sum; null where it could not be read.
    std::optional<Hash> digest_of(const std::string& document) const;
    // The hash of the page within, as page_of gives it.
    const Result<Hash>& page() const { return page_.value(); }

private:
    void read_members();

    const PackFile& pack_;
    std::vector<Damaged> damaged_;
    std::map<std::string, Hash, std::less<>> digests_;
    std::optional<Result<Hash>> page_;
};

}  // namespace wsoa
