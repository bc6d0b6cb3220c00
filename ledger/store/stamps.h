#pragma once

#include "ledger/base/numbers.h"
#include "ledger/store/folder.h"
#include "ledger/store/lock.h"

#include <functional>
#include <string>
#include <vector>

namespace wsoa {

// What timestamp authorities have said of a ledger's checkpoints (RFC 3161): in the ledger's
// folder, timestamps/SIZE-NUMBER.tsr is a reply as it came, over the bytes of the checkpoint of
// that size as the ledger signed it, and SIZE-NUMBER.pem the root certificates that it was checked
// against when it was added.
struct KeptTimestamp {
    TreeSize size;
    std::uint64_t number = 0;  // among those of its size, from 0
    Bytes reply;
    std::string roots;
};

// Each in turn, by size and number, so that any number of them takes no memory. Nothing of it is
// verified.
Result<void> each_timestamp(const LedgerFolder& folder,
                            const std::function<void(KeptTimestamp)>& visit);
// All of them.
Result<std::vector<KeptTimestamp>> kept_timestamps(const LedgerFolder& folder);

// Keeps one more; gives its number. `conflict` if the same reply is kept already. One process at a
// time: another waits so long (`busy`).
Result<std::uint64_t> keep_timestamp(const LedgerFolder& folder, TreeSize size, ByteView reply,
                                     std::string_view roots,
                                     std::chrono::milliseconds wait = WriterLock::patience);

}  // namespace wsoa
