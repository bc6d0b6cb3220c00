#include "ledger/base/sha256.h"

#include <gtest/gtest.h>

#include <string>

namespace wsoa {
namespace {

std::string hash_of(std::string_view text) { return to_hex(sha256(bytes_of(text)).view()); }

std::string mac_of(ByteView key, ByteView message) {
    return to_hex(hmac_sha256(key, message).view());
}

// The examples of FIPS 180-4 (NIST, "SHA256.pdf"), and the empty message.
TEST(Sha256, hashes_the_published_examples) {
    EXPECT_EQ(hash_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hash_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hash_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(hash_of(std::string(1'000'000, 'a')),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, hashes_no_bytes_at_all) {
    EXPECT_EQ(to_hex(sha256(ByteView{}).view()), hash_of(""));
    EXPECT_EQ(to_hex(Sha256{}.finish().view()), hash_of(""));
}

TEST(Sha256, gives_the_same_for_pieces_as_for_the_whole) {
    Bytes message;
    for (std::size_t i = 0; i < 300; ++i) {
        message.push_back(static_cast<std::uint8_t>(i * 7));
    }
    const ByteView all = message;
    for (std::size_t piece = 1; piece <= message.size(); ++piece) {
        Sha256 hasher;
        for (std::size_t at = 0; at < message.size(); at += piece) {
            hasher.add(all.subspan(at, std::min(piece, message.size() - at)));
        }
        ASSERT_EQ(hasher.finish(), sha256(message)) << "pieces of " << piece;
    }
}

TEST(Sha256, takes_empty_pieces_for_nothing) {
    EXPECT_EQ(Sha256{}.add("").add("a").add(ByteView{}).add("bc").finish(),
              sha256(bytes_of("abc")));
}

TEST(Sha256, starts_afresh_after_finishing) {
    Sha256 hasher;
    hasher.add("something else").finish();
    EXPECT_EQ(hasher.add("abc").finish(), sha256(bytes_of("abc")));
    EXPECT_EQ(to_hex(hasher.finish().view()), hash_of(""));
}

// RFC 4231, section 4.
TEST(Hmac, gives_what_rfc_4231_prints) {
    EXPECT_EQ(mac_of(Bytes(20, 0x0b), bytes_of("Hi There")),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(mac_of(bytes_of("Jefe"), bytes_of("what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(mac_of(Bytes(20, 0xaa), Bytes(50, 0xdd)),
              "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    EXPECT_EQ(mac_of(from_hex("0102030405060708090a0b0c0d0e0f10111213141516171819").value(),
                     Bytes(50, 0xcd)),
              "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
    EXPECT_EQ(mac_of(Bytes(20, 0x0c), bytes_of("Test With Truncation")).substr(0, 32),
              "a3b6167473100ee06e0c796c2955552b");
    EXPECT_EQ(mac_of(Bytes(131, 0xaa),
                     bytes_of("Test Using Larger Than Block-Size Key - Hash Key First")),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    EXPECT_EQ(mac_of(Bytes(131, 0xaa),
                     bytes_of("This is a test using a larger than block-size key and a larger "
                              "than block-size data. The key needs to be hashed before being "
                              "used by the HMAC algorithm.")),
              "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

TEST(Hmac, takes_an_empty_key_and_an_empty_message) {
    EXPECT_EQ(mac_of(ByteView{}, ByteView{}),
              "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Hmac, tells_a_key_of_a_whole_block_from_one_that_is_longer) {
    EXPECT_NE(mac_of(Bytes(64, 1), bytes_of("m")), mac_of(Bytes(65, 1), bytes_of("m")));
    EXPECT_EQ(mac_of(Bytes(65, 1), bytes_of("m")),
              mac_of(sha256(Bytes(65, 1)).view(), bytes_of("m")));
}

}  // namespace
}  // namespace wsoa
