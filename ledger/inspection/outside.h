#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/numbers.h"
#include "ledger/tree/policy.h"

#include <functional>
#include <optional>
#include <string>

namespace wsoa {

// A checkpoint with what witnesses added to it, as it is kept beside the events.
struct KeptNote {
    TreeSize size;  // as where it is kept says
    std::string note;
    // Of the member of a pack that it is, where that is not the pack's own checkpoint.
    std::string member = {};
};

// A timestamp authority's reply as it is kept, over the checkpoint of that size as the ledger
// signed it.
struct KeptToken {
    std::string name;  // "timestamp 0 over 812 events"
    TreeSize size;
    Bytes reply;
    std::string stamped;               // those bytes
    std::optional<std::string> roots;  // PEM; what was kept with it, where anything was
};

// What outsiders said of a ledger, and by whose word it counts. Nothing of it is believed. What is
// kept is shown one at a time, so that a folder of any number of files takes no memory; an error
// means that not all of it could be shown.
struct Outside {
    std::function<Result<void>(const std::function<void(const KeptNote&)>&)> notes;
    std::function<Result<void>(const std::function<void(const KeptToken&)>&)> tokens;
    // Whether that is all that the ledger keeps, or what came along with a pack: there the note and
    // who signed it are judged with the pack.
    enum class From : std::uint8_t { ledger, pack } from = From::ledger;
    const Policy* policy = nullptr;  // the reader's own: which witnesses to believe
    // Root certificates (PEM) of the authorities that the reader believes.
    std::optional<std::string> authority = {};
};

}  // namespace wsoa
