// Other projects' vectors for Ed25519, read where they lie.
#include "ledger/base/sha256.h"
#include "ledger/keys/group.h"
#include "ledger/keys/signature.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <map>
#include <set>

namespace wsoa {
namespace {

using Json = nlohmann::json;

Json vectors(const std::string& path) {
    std::ifstream file(std::string(WSOA_VECTORS) + "/" + path);
    return Json::parse(file, nullptr, false);
}

std::string text_at(const Json& object, const char* name) {
    return object.at(name).get<std::string>();
}

KeyId key_at(const Json& object, const char* name) {
    return KeyId{hash_from_hex(text_at(object, name)).value()};
}

struct CctvCase {
    std::uint32_t number;
    KeyId key;
    bool holds;
    std::set<std::string> flags;

    std::string flag_line() const {
        std::string line;
        for (const auto& flag : flags) {
            line += (line.empty() ? "" : " ") + flag;
        }
        return line;
    }
};

std::vector<CctvCase> cctv_cases() {
    std::vector<CctvCase> cases;
    for (const auto& vector : vectors("cctv-ed25519/ed25519vectors.json")) {
        const auto key = key_at(vector, "key");
        const auto signature = Signature::of(from_hex(text_at(vector, "sig")).value()).value();
        const bool holds = verify(key, bytes_of(text_at(vector, "msg")), signature);
        cases.push_back({vector.at("number").get<std::uint32_t>(), key, holds,
                         vector.at("flags").get<std::set<std::string>>()});
    }
    return cases;
}

TEST(WycheproofVectors, get_the_verdict_that_they_name) {
    const auto all = vectors("wycheproof/ed25519_test.json");
    ASSERT_FALSE(all.is_discarded()) << "no vectors in " << WSOA_VECTORS;
    std::size_t judged = 0;
    for (const auto& group : all.at("testGroups")) {
        const auto key = key_at(group.at("publicKey"), "pk");
        EXPECT_TRUE(check_public_key(key).ok()) << key.hex();
        for (const auto& vector : group.at("tests")) {
            const auto message = from_hex(text_at(vector, "msg")).value();
            // Some have too few bytes or too many: no signature at all.
            const auto signature = Signature::of(from_hex(text_at(vector, "sig")).value());
            const bool holds = signature.ok() && verify(key, message, signature.value());
            EXPECT_EQ(holds, text_at(vector, "result") == "valid") << vector.at("tcId");
            ++judged;
        }
    }
    EXPECT_EQ(judged, all.at("numberOfTests").get<std::size_t>());
}

// There is no right answer for these; what counts is that it never changes, since OpenSSL, Go and
// WebCrypto give the same one. A cofactorless check in Python's integers accepted these same cases.
TEST(CctvVectors, are_accepted_where_they_always_were) {
    const std::map<std::string, int> expected = {
        {"low_order_A low_order_R", 1},
        {"low_order_A low_order_R low_order_component_A", 7},
        {"low_order_A low_order_R low_order_component_A non_canonical_A", 3},
        {"low_order_A low_order_R non_canonical_A", 2},
        {"low_order_A low_order_component_A", 7},
        {"low_order_A low_order_component_A low_order_component_R non_canonical_A reencoded_k", 2},
        {"low_order_A low_order_component_A non_canonical_A", 3},
        {"low_order_A low_order_component_A non_canonical_A reencoded_k", 2},
        {"low_order_A non_canonical_A", 1},
        {"low_order_A non_canonical_A reencoded_k", 2},
        {"low_order_R", 1},
        {"low_order_R low_order_component_A", 7},
        {"low_order_component_A", 7},
    };
    std::map<std::string, int> accepted;
    Bytes numbers;
    for (const auto& vector : cctv_cases()) {
        if (vector.holds) {
            ++accepted[vector.flag_line()];
            append_u32(numbers, vector.number);
        }
    }
    EXPECT_EQ(accepted, expected);
    EXPECT_EQ(numbers.size() / 4, 45U);
    EXPECT_EQ(to_hex(sha256(numbers).view()),
              "6c29ef3f963b604f98dece86907269676369eb2712fc5ad94bb6196653afa15e");
}

TEST(CctvVectors, are_never_accepted_where_only_a_check_times_the_cofactor_would) {
    int seen = 0;
    for (const auto& vector : cctv_cases()) {
        if (vector.flags.contains("low_order_residue")) {
            EXPECT_FALSE(vector.holds) << vector.number;
            ++seen;
        }
    }
    EXPECT_EQ(seen, 348);
}

TEST(CctvVectors, have_keys_that_are_refused_but_for_the_one_without_a_flag) {
    std::map<KeyId, std::set<std::string>> keys;
    for (const auto& vector : cctv_cases()) {
        keys[vector.key].insert(vector.flags.begin(), vector.flags.end());
    }
    EXPECT_EQ(keys.size(), 22U);
    std::size_t taken = 0;
    for (const auto& key : keys) {
        const auto& flags = key.second;
        const bool is_odd = flags.contains("low_order_A") || flags.contains("non_canonical_A") ||
                            flags.contains("low_order_component_A");
        const auto order = order_of_point(key.first.bytes);
        EXPECT_EQ(check_public_key(key.first).ok(), !is_odd) << key.first.hex();
        EXPECT_EQ(order == PointOrder::not_canonical, flags.contains("non_canonical_A"))
            << key.first.hex();
        EXPECT_EQ(order == PointOrder::small || order == PointOrder::not_canonical,
                  flags.contains("low_order_A"))
            << key.first.hex();
        taken += is_odd ? 0U : 1U;
    }
    EXPECT_EQ(taken, 1U);
}

}  // namespace
}  // namespace wsoa
