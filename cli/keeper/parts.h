#pragma once

#include "ledger/base/environment.h"
#include "ledger/evidence/key_tree.h"
#include "ledger/recorder.h"
#include "ledger/store/task_pool.h"

#include <cstdint>
#include <functional>

namespace wsoa {

class DocumentShelf;

// What the keeper serves from, all of it borrowed and outliving the service.
struct KeeperParts {
    Recorder& recorder;
    const Store& truth;
    const Store* views;              // null for none
    const KeyTree& word_keys;        // the vault's
    TaskPool& checkers;              // check signatures
    DocumentShelf* shelf = nullptr;  // null where no documents are taken in or lent
    Environment environment;
    std::int64_t process = 0;
    // The user who could read all words in the ledger's folder just as well.
    std::uint32_t owner = 0;
    // Asked before each change is taken, on the loop's thread: whether anything may be signed
    // still.
    std::function<Result<void>()> may_record = {};
    std::function<void()> committed = {};  // after each answer to a change, on the loop's thread
    std::function<void()> failed = {};     // once a write has failed: nothing more is recorded
};

}  // namespace wsoa
