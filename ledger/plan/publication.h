#pragma once

#include "ledger/base/bytes.h"
#include "ledger/plan/entry.h"
#include "schemas/types.capnp.h"

#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// A rating that a page showed, and one that it was put right to.
struct ShownCode {
    SubjectRef subject;
    std::string code;

    bool operator==(const ShownCode&) const = default;
};
struct CorrectedCode {
    SubjectRef subject;
    std::string from;
    std::string to;

    bool operator==(const CorrectedCode&) const = default;
};

// What was published of the plan, from its draft on.
struct Publication {
    SubjectRef ref;
    Entry drafted;
    Date as_at;
    schema::Channel channel = schema::Channel::UNSET;
    struct Check {
        Entry entry;
        schema::CheckResult privacy = schema::CheckResult::UNSET;
        schema::CheckResult accessibility = schema::CheckResult::UNSET;
        bool operator==(const Check&) const = default;
    };
    std::vector<Check> checks;
    std::optional<Entry> approved;
    struct Out {
        Entry entry;
        std::vector<ShownCode> shown;
        std::optional<Hash> digest;
        bool operator==(const Out&) const = default;
    };
    std::optional<Out> published;
    struct Correction {
        Entry entry;
        PersonId approved_by;
        std::vector<CorrectedCode> changes;
        std::vector<ShownCode> shown;
        bool operator==(const Correction&) const = default;
    };
    std::vector<Correction> corrections;
    std::optional<Entry> withdrawn;

    bool operator==(const Publication&) const = default;
};

}  // namespace wsoa
