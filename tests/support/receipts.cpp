#include "tests/support/receipts.h"

#include "ledger/store/store_source.h"
#include "tests/support/changes.h"

namespace wsoa::test {

ReceiptCheck::ReceiptCheck(const KeyId& ledger_key, const Origin& origin)
    : key_(must(NoteKey::ed25519(origin.str(), ledger_key))), origin_(origin.str()) {}

Result<void> ReceiptCheck::check(const History& history, ByteView entry, const Receipt& receipt) {
    const auto there = TRY(history.entry(receipt.index));
    if (!equal(there, entry)) {
        return error(Fault::corrupt, "event {} is not what was acknowledged", receipt.index.value);
    }
    auto found = proved_.find({receipt.str(), there});
    if (found == proved_.end()) {
        const auto proved = TRY(check_receipt(receipt, entry, key_, origin_));
        const GuardedHead head{.size = proved.checkpoint.size, .root = proved.checkpoint.root};
        found = proved_.emplace(std::pair(receipt.str(), there), head).first;
    }
    const auto& head = found->second;
    const auto proof = TRY(history.consistency(head.size, history.size()));
    return check_consistency(proof, head.root, history.root());
}

Result<void> verify_whole(const Store& store, const History& history, const GuardedHead& guard,
                          Depth depth) {
    const auto snapshot = TRY(store.snapshot());
    const auto newest = TRY(History::newest_size(*snapshot));
    const StoreSource source(*snapshot, history.size(), newest);
    const auto verdict = TRY(verify_ledger(
        source, VerifyQuestion{.depth = depth,
                               .known = {{.from = "the guard",
                                          .size = guard.size,
                                          .root = guard.root,
                                          .held = VerifyQuestion::Known::Held::by_the_operator}}}));
    if (newest != history.size() || verdict.size != history.size() || verdict.unread != 0) {
        return Error{Fault::corrupt, "verification did not look at everything"};
    }
    for (const auto& finding : verdict.findings) {
        if (finding.is == Finding::Class::breach) {
            return error(Fault::corrupt, "verification found: {}", finding.what);
        }
    }
    return done();
}

}  // namespace wsoa::test
