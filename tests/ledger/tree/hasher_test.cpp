#include "ledger/tree/hasher.h"

#include "ledger/base/sha256.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

TEST(Hasher, puts_a_zero_byte_before_an_entry) {
    // Well-known values of RFC 6962's leaf hash: no byte, and one zero byte.
    EXPECT_EQ(to_hex(hash_leaf({}).view()),
              "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    const Bytes zero{0};
    EXPECT_EQ(to_hex(hash_leaf(zero).view()),
              "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7");
}

TEST(Hasher, hashes_entries_of_every_size_alike) {
    for (const std::size_t size : {1U, 510U, 511U, 512U, 513U, 65'535U}) {
        const Bytes entry(size, 7);
        Bytes prefixed{0};
        append(prefixed, ByteView(entry));
        EXPECT_EQ(hash_leaf(entry), sha256(prefixed)) << size;
    }
}

TEST(Hasher, puts_a_one_byte_before_two_nodes) {
    const Hash left = sha256(bytes_of("left"));
    const Hash right = sha256(bytes_of("right"));
    Bytes joined{1};
    append(joined, left.view());
    append(joined, right.view());
    EXPECT_EQ(hash_node(left, right), sha256(joined));
    EXPECT_NE(hash_node(left, right), hash_node(right, left));
}

TEST(Hasher, gives_the_hash_of_nothing_as_the_root_of_an_empty_tree) {
    EXPECT_EQ(to_hex(empty_root().view()),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace wsoa
