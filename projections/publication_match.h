#pragma once

#include "projections/as_at.h"

#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// What a published page showed, against what the ledger said of the same day.
struct PublicationMatch {
    Date as_at;     // the day that the page tells of
    Date known_on;  // the day on which it was published: what was recorded by its end was known
    TreeSize size;  // so many events
    struct Unlike {
        SubjectRef ref;
        std::string page;
        std::string ledger;  // empty where the ledger has nothing of that reference
        bool operator==(const Unlike&) const = default;
    };
    std::vector<Unlike> differences;    // by reference
    std::optional<Date> corrected;      // the last correction by the day that was asked about
    std::vector<Unlike> still_differs;  // after it, where it shows the ratings anew

    bool matches() const { return differences.empty(); }
};

// Compares a page that was published; null for one that was not, by the day. What was known then is
// read from the history.
Result<std::optional<PublicationMatch>> match_of(const History& history, const Zone& zone,
                                                 const AsAt& moment,
                                                 const Publication& publication);

}  // namespace wsoa
