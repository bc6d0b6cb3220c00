#pragma once

#include "schemas/types.capnp.h"

#include <cstdint>
#include <optional>
#include <string>

namespace wsoa::test {

// What somebody asks of the ledger, in plain values: the model judges it as it is, and the ledger
// what a pen makes of it.
struct Ask {
    enum class Is : std::uint8_t {
        start,
        progress,
        propose,
        confirm,
        evidence,
        new_key
    } is = Is::progress;
    // What is wrong with it beside what it says.
    enum class Flaw : std::uint8_t {
        none,
        forged,         // the signature is not the author's
        other_words,    // not those that the change commits to
        without_words,  // those that it needs
        other_history,  // the author saw another root
        seen_ahead,     // or more events than there are
    };

    std::uint64_t id = 0;
    std::string person;
    std::size_t key = 0;  // which of the person's keys signs
    schema::Role role = schema::Role::UNSET;
    std::string for_other;  // empty: for themselves
    std::string subject;
    std::int32_t day = 0;  // on which it was true
    std::optional<std::uint64_t> answers;
    // What it says; of each kind some.
    bool is_impact = false;
    std::string from;
    std::string to;
    std::optional<unsigned> percent;
    std::string text;    // text, title or reason: what the kind needs
    std::string reason;  // of a fall in progress; empty for none
    std::string meeting;
    std::int32_t document_day = 0;
    std::size_t new_key = 0;
    Flaw flaw = Flaw::none;
    // What another try under the same id may have otherwise.
    std::uint64_t salt = 0;
    std::uint64_t seen = 0;  // how many events the author's tool knew
    std::uint32_t version = 0;

    bool operator==(const Ask&) const = default;
    // Whether both say the same, so that the second is the first one again.
    bool says_the_same(Ask other) const {
        other.salt = salt;
        other.seen = seen;
        other.version = version;
        return *this == other;
    }
    // "progress about TH-1.1 by action-owner-one"
    std::string str() const;
};

}  // namespace wsoa::test
