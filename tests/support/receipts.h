#pragma once

#include "ledger/history.h"
#include "ledger/inspection/receipt.h"
#include "ledger/inspection/verify.h"
#include "ledger/store/guard.h"
#include "ledger/store/store.h"

#include <map>
#include <string>
#include <utility>

namespace wsoa::test {

// What somebody else than the ledger knows of it, and holds its receipts against.
class ReceiptCheck {
public:
    ReceiptCheck(const KeyId& ledger_key, const Origin& origin);

    // The event is in the history to the byte; its receipt proves it under its own checkpoint, and
    // that one is a part of the history. The error says what is not so.
    Result<void> check(const History& history, ByteView entry, const Receipt& receipt);

private:
    NoteKey key_;
    std::string origin_;
    // The heads that receipts led to, by the receipt's text and its entry: the same bytes prove the
    // same each time, and signatures are what costs here.
    std::map<std::pair<std::string, Bytes>, GuardedHead> proved_;
};

// Everything that is in the store is in the history, and verification at that depth finds no breach
// and leaves nothing unread.
Result<void> verify_whole(const Store& store, const History& history, const GuardedHead& guard,
                          Depth depth);

}  // namespace wsoa::test
