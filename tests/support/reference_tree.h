#pragma once

#include "ledger/base/sha256.h"
#include "ledger/tree/proof.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace wsoa {

// The tree, slowly: the recursions as RFC 6962, 2.1 writes them, and nothing shared with the
// program but SHA-256. Its entries are short texts, one a leaf.
class ReferenceTree {
public:
    explicit ReferenceTree(std::uint64_t size) : ReferenceTree(numbered(size)) {}
    explicit ReferenceTree(std::vector<Bytes> entries) : entries_(std::move(entries)) {
        for (const auto& entry : entries_) {
            Bytes prefixed{0};
            append(prefixed, ByteView(entry));
            leaves_.push_back(sha256(prefixed));
        }
    }

    std::uint64_t size() const { return leaves_.size(); }
    const Bytes& entry(std::uint64_t index) const { return entries_.at(index); }
    const Hash& leaf(std::uint64_t index) const { return leaves_.at(index); }
    Hash root() const { return root_at(size()); }
    Hash root_at(std::uint64_t n) const { return n == 0 ? sha256({}) : mth(0, n); }

    InclusionProof inclusion(EventIndex index) const { return inclusion(index, size()); }
    InclusionProof inclusion(EventIndex index, std::uint64_t n) const {
        return {index, TreeSize{n}, path(index.value, 0, n)};
    }
    ConsistencyProof consistency(std::uint64_t old_size) const {
        return consistency(old_size, size());
    }
    ConsistencyProof consistency(std::uint64_t old_size, std::uint64_t n) const {
        return {TreeSize{old_size}, TreeSize{n}, subproof(old_size, 0, n, true)};
    }
    // Reads complete nodes, and answers `missing` for every other.
    NodeReader nodes() const {
        return [this](NodeRef ref) -> Result<Hash> {
            if (ref.level > 40 || (ref.index + 1) << ref.level > size()) {
                return Error{Fault::missing, "no such node"};
            }
            return mth(ref.index << ref.level, (ref.index + 1) << ref.level);
        };
    }

private:
    static std::vector<Bytes> numbered(std::uint64_t size) {
        std::vector<Bytes> entries;
        for (std::uint64_t i = 0; i < size; ++i) {
            entries.push_back(copy_of(bytes_of(fmt::format("entry {}", i))));
        }
        return entries;
    }

    static std::uint64_t k_of(std::uint64_t n) {
        std::uint64_t k = 1;
        while (k * 2 < n) {
            k *= 2;
        }
        return k;
    }

    // MTH(D[begin:end]). Remembered, so that tests over all pairs take no hours.
    Hash mth(std::uint64_t begin, std::uint64_t end) const {
        const auto known = known_.find({begin, end});
        if (known != known_.end()) {
            return known->second;
        }
        const std::uint64_t n = end - begin;
        Hash hash = leaves_.at(begin);
        if (n > 1) {
            Bytes joined{1};
            append(joined, mth(begin, begin + k_of(n)).view());
            append(joined, mth(begin + k_of(n), end).view());
            hash = sha256(joined);
        }
        known_[{begin, end}] = hash;
        return hash;
    }

    // PATH(m, D[begin:end]), with m counted from begin.
    std::vector<Hash> path(std::uint64_t m, std::uint64_t begin, std::uint64_t end) const {
        const std::uint64_t n = end - begin;
        if (n == 1) {
            return {};
        }
        const std::uint64_t k = k_of(n);
        auto hashes = m < k ? path(m, begin, begin + k) : path(m - k, begin + k, end);
        hashes.push_back(m < k ? mth(begin + k, end) : mth(begin, begin + k));
        return hashes;
    }

    // SUBPROOF(m, D[begin:end], b), with m counted from begin.
    std::vector<Hash> subproof(std::uint64_t m, std::uint64_t begin, std::uint64_t end,
                               bool b) const {
        const std::uint64_t n = end - begin;
        if (m == n) {
            return b ? std::vector<Hash>{} : std::vector<Hash>{mth(begin, end)};
        }
        const std::uint64_t k = k_of(n);
        auto hashes =
            m <= k ? subproof(m, begin, begin + k, b) : subproof(m - k, begin + k, end, false);
        hashes.push_back(m <= k ? mth(begin + k, end) : mth(begin, begin + k));
        return hashes;
    }

    std::vector<Bytes> entries_;
    std::vector<Hash> leaves_;
    mutable std::map<std::pair<std::uint64_t, std::uint64_t>, Hash> known_;
};

}  // namespace wsoa
