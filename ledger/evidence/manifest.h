#pragma once

#include "ledger/base/numbers.h"
#include "ledger/evidence/key_tree.h"
#include "ledger/evidence/seal.h"

#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// How a document is cut up: into pieces of so many bytes, the last of which may be shorter.
inline constexpr std::uint32_t document_piece_bytes = 1'048'576;
inline constexpr std::uint64_t document_bytes_max = std::uint64_t{2} << 30;
inline constexpr std::uint64_t document_pieces_max = document_bytes_max / document_piece_bytes;
inline constexpr std::size_t media_type_bytes_max = 255;

// One upload of a document. The id is 32 random bytes, chosen when the upload begins: what is given
// up and begun again under the same number is under other keys.
struct DocumentPlace {
    Hash ledger;
    DocumentNumber number;
    Hash upload;

    bool operator==(const DocumentPlace&) const = default;
};

// `invalid` for a number that has no place in the tree.
Result<LeafIndex> document_leaf(DocumentNumber number);
// The same place as a node, to be forgotten.
Result<KeyNode> document_node(DocumentNumber number);

// What a document is, and which pieces it is in. It is only ever kept sealed: the hash of a
// document would tell whoever has a copy of it that it is here.
struct Manifest {
    std::uint64_t size = 0;  // of the document, in bytes
    Hash digest;             // SHA-256 of the document
    std::string media_type;
    Hash salt;  // random, of the commitment
    std::uint32_t piece_bytes = document_piece_bytes;
    // In order: the SHA-256 of each sealed piece, which is the name that it is kept under.
    std::vector<Hash> pieces;

    // How many pieces there are of so many bytes.
    std::uint64_t count() const { return (size + piece_bytes - 1) / piece_bytes; }
    // How many bytes of the document are in a piece.
    std::uint32_t size_of_piece(std::uint64_t piece) const;

    // u8 version 1 | u64 size | digest 32 | salt 32 | u32 piece_bytes | u8 length | media type |
    // u32 count | count * name 32.
    Secret encode() const;
    // Takes only what encode gives: 1 byte to document_bytes_max, pieces of 1 byte to
    // document_piece_bytes, just as many as it takes and no more than document_pieces_max.
    // `corrupt` otherwise.
    static Result<Manifest> decode(ByteView bytes);

    bool operator==(const Manifest&) const = default;
};

// A type and a subtype as RFC 6838, section 4.2 names them, in lower case and without parameters:
// "application/pdf". `invalid` otherwise.
Result<void> check_media_type(std::string_view text);

// What an event says of its document, and all that it says:
// SHA-256("wsoa-ledger/document/v1\n" || ledger || u64 number || salt || u64 size || digest).
Hash commit_to_document(const Hash& ledger, DocumentNumber number, const Manifest& manifest);

// Which of a document's pieces.
struct PieceNumber {
    std::uint64_t index = 0;
    std::uint64_t count = 0;

    bool is_last() const { return index + 1 == count; }
};

// The key of all pieces of an upload; `leaf` is the document's in the vault's tree.
Secret piece_key(const DocumentPlace& place, const Secret& leaf);
// A piece under that key, with its number as nonce and associated data
// "wsoa-ledger/sealed-piece/v1" || 0x0a || ledger || u64 number || upload || u64 index || u8 last,
// so that none opens in another's place and none can be left out at the end.
Bytes seal_document_piece(const DocumentPlace& place, PieceNumber piece, const Secret& key,
                          ByteView plaintext);
// `distrusted` if it is not what was sealed there.
Result<Secret> open_document_piece(const DocumentPlace& place, PieceNumber piece, const Secret& key,
                                   ByteView sealed);

// A manifest as it is stored: u8 version 1 | upload 32 | ciphertext | tag 16.
struct SealedManifest {
    Hash upload;
    Bytes sealed;

    Bytes encode() const;
    // Takes only what encode gives, of a length that a manifest can have. `corrupt` otherwise.
    static Result<SealedManifest> decode(ByteView bytes);

    bool operator==(const SealedManifest&) const = default;
};

// A manifest under a key of its own from the same leaf, with nonce 0 and associated data
// "wsoa-ledger/sealed-manifest/v1" || 0x0a || ledger || u64 number || upload.
SealedManifest seal_manifest(const DocumentPlace& place, const Secret& leaf,
                             const Manifest& manifest);
// `distrusted` if it is not what was sealed there; `corrupt` if what was sealed is no manifest.
Result<Manifest> open_manifest(const Hash& ledger, DocumentNumber number, const Secret& leaf,
                               const SealedManifest& stored);

}  // namespace wsoa
