#pragma once

#include "ledger/keys/signature.h"
#include "ledger/tree/note.h"

#include <memory>
#include <string_view>

namespace wsoa {

// A signer whose seed is 32 times this byte: the same in every run.
inline std::unique_ptr<MemorySigner> fixed_signer(std::uint8_t byte) {
    return MemorySigner::from_seed(Secret(Bytes(32, byte))).value();
}

inline NoteKey note_key(std::string_view name, const Signer& signer) {
    return NoteKey::ed25519(name, signer.key()).value();
}

}  // namespace wsoa
