#include "ledger/evidence/manifest.h"

#include "ledger/base/sha256.h"
#include "ledger/base/text.h"

#include <algorithm>

namespace wsoa {
namespace {

constexpr std::string_view commitment_label = "wsoa-ledger/document/v1\n";
constexpr std::string_view piece_label = "wsoa-ledger/sealed-piece/v1\n";
constexpr std::string_view manifest_label = "wsoa-ledger/sealed-manifest/v1\n";
constexpr std::uint8_t format_version = 1;
constexpr std::size_t name_bytes = 32;
constexpr std::size_t media_name_bytes_max = 127;  // RFC 6838, 4.2, of each of the two
static_assert(2 * media_name_bytes_max + 1 == media_type_bytes_max);
constexpr std::size_t bytes_without_pieces = 1 + 8 + 32 + 32 + 4 + 1 + 4;
constexpr std::size_t manifest_bytes_min = bytes_without_pieces + 3 + name_bytes;
constexpr std::size_t manifest_bytes_max =
    bytes_without_pieces + media_type_bytes_max + document_pieces_max * name_bytes;
static_assert(document_piece_bytes + seal_tag_bytes <= sealed_piece_bytes_max);
static_assert(manifest_bytes_max + seal_tag_bytes <= sealed_piece_bytes_max);

bool is_small_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// RFC 6838, 4.2: restricted-name.
bool is_media_name(std::string_view name) {
    constexpr std::string_view signs = "!#$&-^_.+";
    return !name.empty() && name.size() <= media_name_bytes_max &&
           is_small_or_digit(name.front()) && std::ranges::all_of(name, [&](char c) {
               return is_small_or_digit(c) || signs.find(c) != std::string_view::npos;
           });
}

Bytes where(std::string_view label, const DocumentPlace& place) {
    Bytes bytes = copy_of(bytes_of(label));
    append(bytes, place.ledger.view());
    append_u64(bytes, place.number.value);
    append(bytes, place.upload.view());
    return bytes;
}

Bytes where(const DocumentPlace& place, PieceNumber piece) {
    auto bytes = where(piece_label, place);
    append_u64(bytes, piece.index);
    bytes.push_back(piece.is_last() ? 1 : 0);
    return bytes;
}

Secret manifest_key(const DocumentPlace& place, const Secret& leaf) {
    return data_key(leaf, purpose::manifest, place.ledger, place.upload);
}

Result<void> check_shape(const Manifest& manifest) {
    if (manifest.size == 0 || manifest.size > document_bytes_max) {
        return error(Fault::corrupt, "a manifest speaks of a document of {} bytes", manifest.size);
    }
    if (manifest.piece_bytes == 0 || manifest.piece_bytes > document_piece_bytes ||
        manifest.count() > document_pieces_max) {
        return error(Fault::corrupt, "a manifest cuts a document into pieces of {} bytes",
                     manifest.piece_bytes);
    }
    return done();
}

}  // namespace

Result<LeafIndex> document_leaf(DocumentNumber number) {
    if (number.value >= std::uint64_t{1} << key_tree_levels) {
        return error(Fault::invalid, "document {} lies past the end of the key tree", number.value);
    }
    return LeafIndex{number.value};
}

Result<KeyNode> document_node(DocumentNumber number) {
    const auto leaf = TRY(document_leaf(number));
    return KeyNode{key_tree_levels, leaf.value};
}

Result<void> check_media_type(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos || !is_media_name(text.substr(0, slash)) ||
        !is_media_name(text.substr(slash + 1))) {
        return error(Fault::invalid, "\"{}\" is no media type", excerpt_of(text))
            .advise("write it in small letters, such as application/pdf");
    }
    return done();
}

std::uint32_t Manifest::size_of_piece(std::uint64_t piece) const {
    CHECK(piece < count());
    const auto rest = size - piece * piece_bytes;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(rest, piece_bytes));
}

Secret Manifest::encode() const {
    CHECK(check_shape(*this).ok() && pieces.size() == count() && check_media_type(media_type).ok());
    Bytes bytes;
    // Growing would leave the digest behind.
    bytes.reserve(bytes_without_pieces + media_type.size() + pieces.size() * name_bytes);
    bytes.push_back(format_version);
    append_u64(bytes, size);
    append(bytes, digest.view());
    append(bytes, salt.view());
    append_u32(bytes, piece_bytes);
    bytes.push_back(static_cast<std::uint8_t>(media_type.size()));
    append(bytes, media_type);
    append_u32(bytes, static_cast<std::uint32_t>(pieces.size()));
    for (const auto& name : pieces) {
        append(bytes, name.view());
    }
    return Secret(std::move(bytes));
}

Result<Manifest> Manifest::decode(ByteView bytes) {
    ByteReader reader(bytes);
    const auto version = TRY(reader.u8());
    if (version != format_version) {
        return error(Fault::corrupt, "a manifest has version {}, not {}", format_version, version);
    }
    Manifest manifest;
    manifest.size = TRY(reader.u64());
    manifest.digest = TRY(reader.hash());
    manifest.salt = TRY(reader.hash());
    manifest.piece_bytes = TRY(reader.u32());
    TRY(check_shape(manifest));
    const auto length = TRY(reader.u8());
    const auto media_type = TRY(reader.take(length));
    manifest.media_type = text_of(media_type);
    if (!check_media_type(manifest.media_type).ok()) {
        return Error{Fault::corrupt, "a manifest names no media type"};
    }
    const auto count = TRY(reader.u32());
    if (count != manifest.count()) {
        return error(Fault::corrupt, "a manifest names {} pieces of a document that is in {}",
                     count, manifest.count());
    }
    manifest.pieces.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto name = TRY(reader.hash());
        manifest.pieces.push_back(name);
    }
    TRY(reader.finish());
    return manifest;
}

Hash commit_to_document(const Hash& ledger, DocumentNumber number, const Manifest& manifest) {
    Bytes bytes = copy_of(bytes_of(commitment_label));
    append(bytes, ledger.view());
    append_u64(bytes, number.value);
    append(bytes, manifest.salt.view());
    append_u64(bytes, manifest.size);
    append(bytes, manifest.digest.view());
    return sha256(bytes);
}

Secret piece_key(const DocumentPlace& place, const Secret& leaf) {
    return data_key(leaf, purpose::document, place.ledger, place.upload);
}

Bytes seal_document_piece(const DocumentPlace& place, PieceNumber piece, const Secret& key,
                          ByteView plaintext) {
    return seal_piece(key, Nonce::of_piece(piece.index), where(place, piece), plaintext);
}

Result<Secret> open_document_piece(const DocumentPlace& place, PieceNumber piece, const Secret& key,
                                   ByteView sealed) {
    return open_piece(key, Nonce::of_piece(piece.index), where(place, piece), sealed);
}

Bytes SealedManifest::encode() const {
    Bytes bytes{format_version};
    append(bytes, upload.view());
    append(bytes, ByteView(sealed));
    return bytes;
}

Result<SealedManifest> SealedManifest::decode(ByteView bytes) {
    constexpr std::size_t head_bytes = 1 + 32;
    if (bytes.size() < head_bytes + manifest_bytes_min + seal_tag_bytes ||
        bytes.size() > head_bytes + manifest_bytes_max + seal_tag_bytes) {
        return error(Fault::corrupt, "a sealed manifest has {} bytes", bytes.size());
    }
    if (bytes[0] != format_version) {
        return error(Fault::corrupt, "a sealed manifest has version {}, not {}", format_version,
                     bytes[0]);
    }
    const auto upload = TRY(Hash::of(bytes.subspan(1, head_bytes - 1)));
    return SealedManifest{.upload = upload, .sealed = copy_of(bytes.subspan(head_bytes))};
}

SealedManifest seal_manifest(const DocumentPlace& place, const Secret& leaf,
                             const Manifest& manifest) {
    const auto key = manifest_key(place, leaf);
    const auto plaintext = manifest.encode();
    return {.upload = place.upload,
            .sealed = seal_piece(key, Nonce::of_piece(0), where(manifest_label, place),
                                 plaintext.view())};
}

Result<Manifest> open_manifest(const Hash& ledger, DocumentNumber number, const Secret& leaf,
                               const SealedManifest& stored) {
    const DocumentPlace place{.ledger = ledger, .number = number, .upload = stored.upload};
    const auto key = manifest_key(place, leaf);
    const auto opened =
        TRY(open_piece(key, Nonce::of_piece(0), where(manifest_label, place), stored.sealed));
    return Manifest::decode(opened.view());
}

}  // namespace wsoa
