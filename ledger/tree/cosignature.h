#pragma once

#include "ledger/tree/note.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace wsoa {

// What a witness says of a checkpoint: "as of this second, this is the largest tree of this log
// that I have seen, and it grew out of all that I saw before" (c2sp.org/tlog-cosignature, of
// Ed25519 keys: type 0x04).
//
// On a signature line it stands as u64 seconds (POSIX time, big-endian) || signature. The message
// does not name the witness, so that whoever runs two of them needs two keys.
struct Cosignature {
    std::uint64_t seconds = 0;
    Signature signature;

    // POSIX time in 63 bits: the latest that a cosignature may bear.
    static constexpr std::uint64_t seconds_max = (std::uint64_t{1} << 63U) - 1;

    // `invalid` unless they are 72 bytes with a time of at most seconds_max.
    static Result<Cosignature> of(ByteView bytes);
    Bytes bytes() const;
    bool operator==(const Cosignature&) const = default;
};

// "cosignature/v1", "time SECONDS" and the whole text of the checkpoint, extension lines too: what
// is signed.
std::string cosigned_message(std::uint64_t seconds, std::string_view checkpoint_text);

// The line by which this key, under this name, cosigns the checkpoint's text. `invalid` if a line
// cannot hold the name, the text is no checkpoint, or the time lies past seconds_max. Whether the
// checkpoint deserves it is for the caller: a witness has its own rules (ledger/tree/witness.h).
Result<NoteSignature> cosign(std::string_view checkpoint_text, std::string_view name,
                             const Signer& signer, std::uint64_t seconds);

// The cosignature that a line by this key holds over the text. `distrusted` if it does not hold, or
// the line is not by this key; `invalid` if the key is no cosigner's.
Result<Cosignature> check_cosignature(std::string_view checkpoint_text,
                                      const NoteSignature& signature, const NoteKey& key);

}  // namespace wsoa
