#include "ledger/keys/signature.h"

#include "ledger/base/sha256.h"
#include "tests/ledger/keys/rfc8032_vectors.h"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace wsoa {
namespace {

std::unique_ptr<MemorySigner> signer_of(ByteView seed) {
    return MemorySigner::from_seed(Secret(seed)).value();
}

Bytes counted(std::uint8_t first) {
    Bytes bytes;
    for (std::uint8_t i = 0; i < 32; ++i) {
        bytes.push_back(static_cast<std::uint8_t>(first + i));
    }
    return bytes;
}

const Hash ledger = Hash::of(counted(0x40)).value();
const KeyId some_key = KeyId::of(counted(0x80)).value();
const PersonId person = PersonId::parse("head-of-send").value();
const Origin origin = Origin::parse("example.gov.uk/wsoa/2026").value();

TEST(Signature, is_the_one_that_rfc_8032_gives) {
    for (const auto& vector : rfc8032_vectors) {
        const auto signer = signer_of(from_hex(vector.seed).value());
        const auto message = from_hex(vector.message).value();
        const auto signature = signer->sign(message);
        EXPECT_EQ(signer->key().hex(), vector.key) << vector.name;
        EXPECT_EQ(to_hex(signature.view()), vector.signature) << vector.name;
        EXPECT_TRUE(verify(signer->key(), message, signature)) << vector.name;
    }
}

TEST(Signature, does_not_hold_once_any_byte_of_it_is_another) {
    const auto signer = signer_of(counted(0));
    const auto message = copy_of(bytes_of("14 of 22 staff trained"));
    const auto signature = signer->sign(message);
    for (std::size_t i = 0; i < signature.bytes.size(); ++i) {
        auto changed = signature;
        changed.bytes[i] ^= 1;
        EXPECT_FALSE(verify(signer->key(), message, changed)) << "byte " << i;
    }
}

TEST(Signature, does_not_hold_for_another_message) {
    const auto signer = signer_of(counted(0));
    const auto message = copy_of(bytes_of("14 of 22 staff trained"));
    const auto signature = signer->sign(message);
    for (std::size_t i = 0; i < message.size(); ++i) {
        auto changed = message;
        changed[i] ^= 1;
        EXPECT_FALSE(verify(signer->key(), changed, signature)) << "byte " << i;
    }
    EXPECT_FALSE(verify(signer->key(), {}, signature));
}

TEST(Signature, does_not_hold_under_another_key) {
    const auto message = bytes_of("14 of 22 staff trained");
    const auto signature = signer_of(counted(0))->sign(message);
    EXPECT_FALSE(verify(signer_of(counted(1))->key(), message, signature));
}

TEST(Signature, does_not_hold_where_its_number_has_the_group_order_added) {
    // RFC 8032, 5.1.7: S lies below L, or a second spelling of each signature would hold.
    const auto order =
        from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").value();
    const auto signer = signer_of(counted(0));
    const auto message = bytes_of("14 of 22 staff trained");
    auto signature = signer->sign(message);
    unsigned carry = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        carry += static_cast<unsigned>(signature.bytes[32 + i]) + order[i];
        signature.bytes[32 + i] = static_cast<std::uint8_t>(carry);
        carry >>= 8;
    }
    EXPECT_FALSE(verify(signer->key(), message, signature));
}

// Why such keys are not enrolled, rather than why verify should refuse them.
TEST(Signature, of_nobody_may_hold_under_a_key_of_small_order) {
    const KeyId neutral{
        hash_from_hex("0100000000000000000000000000000000000000000000000000000000000000").value()};
    Signature signature;
    signature.bytes[0] = 1;
    EXPECT_TRUE(verify(neutral, bytes_of("whatever"), signature));
    EXPECT_TRUE(verify(neutral, bytes_of("and its contrary"), signature));
    EXPECT_FALSE(check_public_key(neutral).ok());
}

TEST(Signature, leaves_no_failure_behind_in_openssl) {
    const auto signer = signer_of(counted(0));
    Signature signature;
    signature.bytes.fill(0xff);
    EXPECT_FALSE(verify(signer->key(), {}, signature));
    for (std::size_t y = 0; y < 16; ++y) {
        KeyId key;
        key.bytes.bytes[0] = static_cast<std::uint8_t>(y);
        EXPECT_FALSE(verify(key, bytes_of("x"), signature)) << y;
    }
    EXPECT_EQ(ERR_peek_error(), 0U);
}

TEST(Signature, is_given_and_checked_by_several_threads_at_once) {
    const auto signer = signer_of(counted(0));
    std::atomic<int> held = 0;
    {
        std::vector<std::jthread> threads;
        for (std::uint8_t thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&signer, &held, thread] {
                for (std::uint8_t i = 0; i < 25; ++i) {
                    const Bytes message{thread, i};
                    held += verify(signer->key(), message, signer->sign(message)) ? 1 : 0;
                }
            });
        }
    }
    EXPECT_EQ(held, 100);
}

TEST(SignatureReader, tells_right_from_wrong_however_often_it_is_asked) {
    const auto signer = signer_of(counted(1));
    const auto message = counted(9);
    const auto signature = signer->sign(message);
    auto forged = signature;
    forged.bytes[5] ^= 1;
    SignatureReader reader(signer->key());
    SignatureReader other(some_key);
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(reader.holds(message, signature));
        EXPECT_FALSE(reader.holds(message, forged));
        EXPECT_FALSE(reader.holds(counted(10), signature));
        EXPECT_FALSE(other.holds(message, signature));
    }
    EXPECT_EQ(ERR_peek_error(), 0U);
}

TEST(MemorySigner, takes_only_a_seed_of_32_bytes) {
    for (const std::size_t size : {0U, 1U, 31U, 33U, 64U}) {
        const auto signer = MemorySigner::from_seed(Secret(Bytes(size)));
        ASSERT_FALSE(signer.ok()) << size;
        EXPECT_EQ(signer.error().fault, Fault::invalid);
    }
}

TEST(MemorySigner, gives_back_its_seed) {
    EXPECT_TRUE(equal(signer_of(counted(7))->seed().view(), counted(7)));
}

TEST(PublicKey, of_every_generated_pair_may_be_enrolled) {
    for (std::uint32_t i = 0; i < 300; ++i) {
        Bytes number;
        append_u32(number, i);
        const auto key = signer_of(sha256(number).view())->key();
        EXPECT_TRUE(check_public_key(key).ok()) << key.hex();
    }
}

TEST(PublicKey, is_refused_in_words_that_say_what_is_wrong_with_it) {
    const auto refusal = [](std::string_view key_hex) {
        const auto checked = check_public_key(KeyId{hash_from_hex(key_hex).value()});
        return checked.ok() ? Error{} : checked.error();
    };
    const std::string rest(58, '0');
    const auto small = refusal("010000" + rest);
    const auto none = refusal("020000" + rest);
    const auto mixed = refusal("030000" + rest);
    const auto spelling =
        refusal("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    EXPECT_EQ(small.fault, Fault::invalid);
    EXPECT_NE(small.message.find("small order"), std::string::npos);
    EXPECT_EQ(none.fault, Fault::invalid);
    EXPECT_NE(none.message.find("no point"), std::string::npos);
    EXPECT_EQ(mixed.fault, Fault::invalid);
    EXPECT_NE(mixed.message.find("outside the prime-order group"), std::string::npos);
    EXPECT_EQ(spelling.fault, Fault::invalid);
    EXPECT_NE(spelling.message.find("canonical"), std::string::npos);
}

TEST(LabelledMessage, begins_with_its_label_and_a_line_feed) {
    EXPECT_EQ(text_of(labelled(label::change, bytes_of("bytes"))), "wsoa-ledger/change/v1\nbytes");
    EXPECT_EQ(text_of(labelled(label::session, {})), "wsoa-ledger/session/v1\n");
}

TEST(LabelledMessage, has_a_label_that_begins_no_other_one) {
    const std::vector<std::string_view> labels = {
        label::change,           label::founder_proof,       label::key_proof,
        label::ledger_key_proof, label::ledger_key_handover, label::session};
    for (const auto one : labels) {
        EXPECT_EQ(
            std::ranges::count_if(labels, [one](auto other) { return other.starts_with(one); }), 1)
            << one;
        EXPECT_EQ(one.find('\n'), std::string_view::npos);
    }
}

TEST(FounderProof, covers_origin_person_and_key) {
    // The label, "example.gov.uk/wsoa/2026", "head-of-send" and the key, a line feed between them.
    EXPECT_EQ(to_hex(founder_proof_message(origin, person, some_key)),
              "77736f612d6c65646765722f666f756e6465722d70726f6f662f76310a"
              "6578616d706c652e676f762e756b2f77736f612f323032360a"
              "686561642d6f662d73656e640a"
              "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
}

TEST(KeyProof, covers_ledger_key_and_person) {
    EXPECT_EQ(to_hex(key_proof_message(ledger, person, some_key)),
              "77736f612d6c65646765722f6b65792d70726f6f662f76310a"
              "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f"
              "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
              "686561642d6f662d73656e64");
}

TEST(LedgerKeyProof, covers_ledger_and_new_key) {
    EXPECT_EQ(to_hex(ledger_key_proof_message(ledger, some_key)),
              "77736f612d6c65646765722f6c65646765722d6b65792d70726f6f662f76310a"
              "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f"
              "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
}

TEST(LedgerKeyHandover, covers_the_same_under_another_label) {
    EXPECT_EQ(to_hex(ledger_key_handover_message(ledger, some_key)),
              "77736f612d6c65646765722f6c65646765722d6b65792d68616e646f7665722f76310a"
              "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f"
              "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
}

}  // namespace
}  // namespace wsoa
