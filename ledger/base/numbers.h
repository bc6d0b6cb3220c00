#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace wsoa {

// The place of an event in the log, from 0.
struct EventIndex {
    std::uint64_t value = 0;

    auto operator<=>(const EventIndex&) const = default;
};

// How many events a tree covers. A tree of size n holds the indexes 0 to n - 1.
struct TreeSize {
    std::uint64_t value = 0;

    bool holds(EventIndex index) const { return index.value < value; }
    auto operator<=>(const TreeSize&) const = default;
};

// The number of a document in its ledger, from 0: its leaf in the vault's tree of documents.
struct DocumentNumber {
    std::uint64_t value = 0;

    auto operator<=>(const DocumentNumber&) const = default;
};

}  // namespace wsoa

template <>
struct std::hash<wsoa::EventIndex> {
    std::size_t operator()(wsoa::EventIndex index) const noexcept {
        return std::hash<std::uint64_t>{}(index.value);
    }
};
