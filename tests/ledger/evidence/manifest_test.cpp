#include "ledger/evidence/manifest.h"

#include "ledger/base/sha256.h"
#include "tests/ledger/evidence/samples.h"
#include "tests/support/golden_hex.h"
#include "tests/support/mutants.h"

#include <gtest/gtest.h>

#include <functional>

namespace wsoa {
namespace {

using test::expect_golden;
using test::hash_from;
using test::secret_from;

const DocumentPlace place{.ledger = hash_from(1), .number = {7}, .upload = hash_from(2)};
const Bytes plaintext = copy_of(bytes_of("14 of 22 parents answered"));

// Of a document in three pieces.
Manifest sample() {
    return {.size = 2'500,
            .digest = hash_from(30),
            .media_type = "application/pdf",
            .salt = hash_from(40),
            .piece_bytes = 1'024,
            .pieces = {hash_from(50), hash_from(60), hash_from(70)}};
}

Bytes encoded(const Manifest& manifest) { return copy_of(manifest.encode().view()); }

// What decoding says of the sample's bytes once a part of them was changed.
Fault fault_with(std::size_t at, const std::function<void(std::uint8_t&)>& change) {
    auto bytes = encoded(sample());
    change(bytes.at(at));
    const auto decoded = Manifest::decode(bytes);
    return decoded.ok() ? Fault::busy : decoded.error().fault;
}

SealedManifest sealed_sample() { return seal_manifest(place, secret_from(3), sample()); }

Fault fault_of_opening(const Hash& ledger, DocumentNumber number, const Secret& leaf,
                       const SealedManifest& stored) {
    const auto opened = open_manifest(ledger, number, leaf, stored);
    return opened.ok() ? Fault::busy : opened.error().fault;
}

TEST(Manifest, is_read_as_it_was_written) {
    EXPECT_EQ(Manifest::decode(encoded(sample())).value(), sample());
}

TEST(Manifest, has_the_golden_bytes) {
    expect_golden("evidence/manifest.hex", encoded(sample()));
    expect_golden("evidence/sealed_manifest.hex", sealed_sample().encode());
}

TEST(Manifest, knows_how_large_each_piece_is) {
    EXPECT_EQ(sample().count(), 3U);
    EXPECT_EQ(sample().size_of_piece(0), 1'024U);
    EXPECT_EQ(sample().size_of_piece(2), 452U);
    auto full = sample();
    full.size = 3 * 1'024;
    EXPECT_EQ(full.count(), 3U);
    EXPECT_EQ(full.size_of_piece(2), 1'024U);
}

TEST(Manifest, of_the_largest_document_is_read) {
    auto largest = sample();
    largest.size = document_bytes_max;
    largest.piece_bytes = document_piece_bytes;
    largest.pieces.assign(document_pieces_max, hash_from(9));
    EXPECT_EQ(Manifest::decode(encoded(largest)).value(), largest);
    const auto stored = seal_manifest(place, secret_from(3), largest);
    EXPECT_EQ(SealedManifest::decode(stored.encode()).value(), stored);
}

// Version, size (its last two bytes), piece size, length and letters of the media type, number of
// pieces.
TEST(Manifest, is_refused_for_what_no_document_is) {
    const auto zero = [](std::uint8_t& byte) { byte = 0; };
    const auto more = [](std::uint8_t& byte) { ++byte; };
    const auto huge = [](std::uint8_t& byte) { byte = 0xff; };
    EXPECT_EQ(fault_with(0, more), Fault::corrupt);
    EXPECT_EQ(fault_with(1, huge), Fault::corrupt);
    EXPECT_EQ(fault_with(5, huge), Fault::corrupt);   // 4 GiB
    EXPECT_EQ(fault_with(7, huge), Fault::corrupt);   // 64 pieces
    EXPECT_EQ(fault_with(73, more), Fault::corrupt);  // pieces of 16 MiB
    EXPECT_EQ(fault_with(75, zero), Fault::corrupt);  // of none
    EXPECT_EQ(fault_with(77, more), Fault::corrupt);
    EXPECT_EQ(fault_with(77, zero), Fault::corrupt);
    EXPECT_EQ(fault_with(78, [](std::uint8_t& byte) { byte = 'A'; }), Fault::corrupt);
    EXPECT_EQ(fault_with(96, more), Fault::corrupt);
    EXPECT_EQ(fault_with(9, more), Fault::busy) << "any digest is one";
}

TEST(Manifest, of_nothing_is_refused) {
    auto bytes = encoded(sample());
    std::fill_n(bytes.begin() + 1, 8, std::uint8_t{0});
    EXPECT_EQ(Manifest::decode(bytes).error().message,
              "a manifest speaks of a document of 0 bytes");
}

TEST(Manifest, that_is_accepted_is_what_encode_gives) {
    const auto valid = encoded(sample());
    Mutants mutants(text_of(valid), 11);
    std::size_t accepted = 0;
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto mutant = mutants.next();
        const auto decoded = Manifest::decode(bytes_of(mutant));
        if (decoded.ok()) {
            ++accepted;
            ASSERT_TRUE(equal(encoded(decoded.value()), bytes_of(mutant)));
        }
    }
    EXPECT_GT(accepted, 1'000U);
}

TEST(Manifest, is_sealed_and_shows_nothing_of_what_it_says) {
    const auto stored = sealed_sample().encode();
    for (const auto& hash : {sample().digest, sample().salt, sample().pieces[0]}) {
        EXPECT_EQ(text_of(stored).find(text_of(hash.view())), std::string_view::npos);
    }
    EXPECT_EQ(text_of(stored).find("application"), std::string_view::npos);
}

TEST(Manifest, opens_under_its_leaf_at_its_place_and_nowhere_else) {
    const auto stored = sealed_sample();
    const auto opened = open_manifest(place.ledger, place.number, secret_from(3), stored);
    EXPECT_EQ(opened.value(), sample());
    EXPECT_EQ(fault_of_opening(hash_from(9), {7}, secret_from(3), stored), Fault::distrusted);
    EXPECT_EQ(fault_of_opening(place.ledger, {8}, secret_from(3), stored), Fault::distrusted);
    EXPECT_EQ(fault_of_opening(place.ledger, {7}, secret_from(4), stored), Fault::distrusted);
    auto of_another_upload = stored;
    of_another_upload.upload = hash_from(9);
    EXPECT_EQ(fault_of_opening(place.ledger, {7}, secret_from(3), of_another_upload),
              Fault::distrusted);
}

TEST(Manifest, is_stored_in_one_spelling) {
    const auto bytes = sealed_sample().encode();
    EXPECT_EQ(SealedManifest::decode(bytes).value(), sealed_sample());
    Mutants mutants(text_of(bytes), 12);
    std::size_t accepted = 0;
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto mutant = mutants.next();
        const auto stored = SealedManifest::decode(bytes_of(mutant));
        if (!stored.ok()) {
            EXPECT_EQ(stored.error().fault, Fault::corrupt);
            continue;
        }
        ++accepted;
        ASSERT_TRUE(equal(stored.value().encode(), bytes_of(mutant)));
        if (mutant != text_of(bytes)) {
            ASSERT_EQ(fault_of_opening(place.ledger, place.number, secret_from(3), stored.value()),
                      Fault::distrusted);
        }
    }
    EXPECT_GT(accepted, 1'000U);
}

TEST(DocumentCommitment, has_the_golden_bytes) {
    const auto commitment = commit_to_document(place.ledger, place.number, sample());
    expect_golden("evidence/document_commitment.hex", commitment.view());
}

TEST(DocumentCommitment, depends_on_ledger_number_salt_size_and_content_alone) {
    const auto commitment = commit_to_document(place.ledger, place.number, sample());
    EXPECT_NE(commit_to_document(hash_from(9), place.number, sample()), commitment);
    EXPECT_NE(commit_to_document(place.ledger, {8}, sample()), commitment);
    auto other = sample();
    other.salt = hash_from(9);
    EXPECT_NE(commit_to_document(place.ledger, place.number, other), commitment);
    other = sample();
    other.size = 2'501;
    EXPECT_NE(commit_to_document(place.ledger, place.number, other), commitment);
    other = sample();
    other.digest = hash_from(9);
    EXPECT_NE(commit_to_document(place.ledger, place.number, other), commitment);
    other = sample();
    other.media_type = "text/plain";
    other.pieces = {};
    EXPECT_EQ(commit_to_document(place.ledger, place.number, other), commitment);
}

TEST(DocumentPiece, has_the_golden_bytes) {
    const auto key = piece_key(place, secret_from(3));
    expect_golden("evidence/document_piece.hex",
                  seal_document_piece(place, {.index = 2, .count = 3}, key, plaintext));
}

TEST(DocumentPiece, opens_in_its_place_and_nowhere_else) {
    const auto key = piece_key(place, secret_from(3));
    const auto sealed = seal_document_piece(place, {.index = 1, .count = 3}, key, plaintext);
    const auto opens = [&](const DocumentPlace& at, PieceNumber number) {
        const auto opened = open_document_piece(at, number, key, sealed);
        return opened.ok() && equal(opened.value().view(), plaintext);
    };
    EXPECT_TRUE(opens(place, {.index = 1, .count = 3}));
    EXPECT_TRUE(opens(place, {.index = 1, .count = 9})) << "the last one ends the document";
    EXPECT_FALSE(opens(place, {.index = 2, .count = 3}));
    EXPECT_FALSE(opens(place, {.index = 0, .count = 3}));
    EXPECT_FALSE(opens(place, {.index = 1, .count = 2})) << "a document cut short";
    EXPECT_FALSE(opens({hash_from(9), place.number, place.upload}, {.index = 1, .count = 3}));
    EXPECT_FALSE(opens({place.ledger, {8}, place.upload}, {.index = 1, .count = 3}));
    EXPECT_FALSE(opens({place.ledger, place.number, hash_from(9)}, {.index = 1, .count = 3}));
}

TEST(DocumentPiece, has_a_key_of_its_upload_alone) {
    const auto key = piece_key(place, secret_from(3));
    const auto other = piece_key({place.ledger, place.number, hash_from(9)}, secret_from(3));
    EXPECT_FALSE(equal(key.view(), other.view()));
    const auto manifests = data_key(secret_from(3), purpose::manifest, place.ledger, place.upload);
    EXPECT_FALSE(equal(key.view(), manifests.view()));
}

TEST(DocumentNumber, is_a_leaf_of_the_tree_of_documents) {
    EXPECT_EQ(document_leaf({812}).value(), LeafIndex{812});
    EXPECT_TRUE(document_leaf({(std::uint64_t{1} << 40) - 1}).ok());
    EXPECT_EQ(document_leaf({std::uint64_t{1} << 40}).error().fault, Fault::invalid);
}

TEST(MediaType, is_a_type_and_a_subtype_in_small_letters) {
    for (const auto* good :
         {"application/pdf", "text/plain", "image/svg+xml", "application/x-7z-compressed",
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}) {
        EXPECT_TRUE(check_media_type(good).ok()) << good;
    }
    const std::string long_name(128, 'a');
    for (const auto& bad :
         {std::string(""), std::string("pdf"), std::string("/pdf"), std::string("application/"),
          std::string("Application/pdf"), std::string("text/plain; charset=utf-8"),
          std::string("text/ plain"), std::string("a/b/c"), std::string("text/pl\nain"),
          "text/" + long_name, long_name + "/plain"}) {
        EXPECT_EQ(check_media_type(bad).ok(), false) << bad;
    }
    EXPECT_TRUE(check_media_type(long_name.substr(1) + "/" + long_name.substr(1)).ok());
}

}  // namespace
}  // namespace wsoa
