#pragma once

#include "ledger/tree/cosignature.h"
#include "ledger/tree/policy.h"
#include "tests/support/note_keys.h"

#include <string>

namespace wsoa {

// The witness whose seed is 32 times this byte, and its verifier key.
inline std::string witness_name(std::uint8_t byte) {
    return fmt::format("witness.example.org/w{}", byte);
}
inline NoteKey witness_key(std::uint8_t byte) {
    return NoteKey::cosigner(witness_name(byte), fixed_signer(byte)->key()).value();
}

// A line of a policy that names this witness "w9", and one for a log whose seed is that byte.
inline std::string witness_line(std::uint8_t byte) {
    return fmt::format("witness w{} {}\n", byte, witness_key(byte).str());
}
inline std::string log_line(std::string_view origin, std::uint8_t byte) {
    return fmt::format("log {}\n", note_key(origin, *fixed_signer(byte)).str());
}

// The note with the witness's cosignature at its end.
inline std::string cosigned_by(std::uint8_t byte, const std::string& note, std::uint64_t seconds) {
    const auto text = Note::parse(note).value().text;
    return note + cosign(text, witness_name(byte), *fixed_signer(byte), seconds).value().str();
}

}  // namespace wsoa
