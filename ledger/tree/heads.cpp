#include "ledger/tree/heads.h"

#include "ledger/base/sha256.h"
#include "ledger/tree/hasher.h"
#include "ledger/tree/tree.h"

namespace wsoa {

void Heads::add(const SubjectRef& subject, const Hash& leaf) {
    auto& head = heads_[subject];
    ++head.events;
    head.last = leaf;
}

void Heads::join(const Heads& others) {
    for (const auto& [subject, head] : others.heads_) {
        heads_.insert_or_assign(subject, head);
    }
}

Hash Heads::root() const {
    Frontier tree;
    for (const auto& [subject, head] : heads_) {
        Bytes entry;
        append(entry, "wsoa-ledger/head/v1\n");
        append_u16(entry, static_cast<std::uint16_t>(subject.str().size()));
        append(entry, subject.str());
        append_u64(entry, head.events);
        append(entry, head.last.view());
        tree.append(hash_leaf(entry));
    }
    return tree.root();
}

}  // namespace wsoa
