// What a timestamp says by itself, of an authority that `openssl ts` makes for the test. Which
// roots vouch for it timestamp_test.cpp tries.
#include "ledger/keys/timestamp.h"

#include "tests/support/temp_folder.h"
#include "tests/support/timestamp_authority.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iterator>

namespace wsoa {
namespace {

using testing::HasSubstr;

class TimestampAlone : public testing::Test {
protected:
    TimestampAlone() : authority_(folder_.path()) {
        authority_.run(
            "printf stamped > data; openssl ts -query -data data -sha256 -cert"
            " -no_nonce -out query.tsq");
        authority_.answer();
        std::ifstream file(folder_ / "reply.tsr", std::ios::binary);
        reply_.assign(std::istreambuf_iterator<char>(file), {});
    }

    Result<void> check(const Bytes& reply, std::string_view stamped = "stamped") const {
        return check_timestamp_alone(reply, bytes_of(stamped));
    }
    // With the one place changed in which these bytes stand last.
    Bytes with(const Bytes& from, const Bytes& to) const {
        auto changed = reply_;
        const auto found = std::ranges::find_end(changed, from);
        CHECK(!found.empty() && from.size() == to.size());
        std::ranges::copy(to, found.begin());
        return changed;
    }

    TempFolder folder_;
    test::TimestampAuthority authority_;
    Bytes reply_;
};

TEST_F(TimestampAlone, holds_as_it_came) { EXPECT_TRUE(check(reply_).ok()); }

TEST_F(TimestampAlone, is_over_just_these_bytes) {
    const auto other = check(reply_, "other");
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.error().fault, Fault::distrusted);
}

TEST_F(TimestampAlone, is_nothing_cut_off_or_longer) {
    auto longer = reply_;
    longer.push_back(0);
    auto shorter = reply_;
    shorter.pop_back();
    for (const auto& wrong : {longer, shorter, Bytes{}, Bytes(timestamp_reply_bytes_max + 1)}) {
        ASSERT_FALSE(check(wrong).ok());
        EXPECT_EQ(check(wrong).error().fault, Fault::invalid);
    }
}

TEST_F(TimestampAlone, is_signed_by_the_certificate_that_it_names) {
    auto changed = reply_;
    changed.back() ^= 1U;
    EXPECT_FALSE(check(changed).ok());
    // The certificate's subject: its key still signed, and the token names another certificate.
    const auto renamed =
        check(with(copy_of(bytes_of("Test timestamps")), copy_of(bytes_of("Best timestamps"))));
    ASSERT_FALSE(renamed.ok());
    EXPECT_THAT(renamed.error().message, HasSubstr("another certificate than it names"));
}

TEST_F(TimestampAlone, is_no_list_that_holds_no_elements) {
    // The sequence of the certificate's extensions, as a plain value: OpenSSL passes over it.
    const Bytes id{0x55, 0x1D, 0x25};
    auto changed = reply_;
    const auto found = std::ranges::search(changed, id);
    ASSERT_FALSE(found.empty());
    const auto list = found.begin() - 6;
    ASSERT_EQ(*list, 0x30);
    *list = 0x10;
    const auto plain = check(changed);
    ASSERT_FALSE(plain.ok());
    EXPECT_EQ(plain.error().fault, Fault::invalid);
}

TEST_F(TimestampAlone, holds_with_no_byte_changed_but_versions_and_what_is_ignored) {
    std::size_t held = 0;
    for (std::size_t i = 0; i < reply_.size(); ++i) {
        auto changed = reply_;
        changed[i] ^= 1U;
        held += check(changed).ok() ? 1U : 0U;
    }
    EXPECT_LE(held, 32U);
    EXPECT_GT(reply_.size(), 1'000U);
}

}  // namespace
}  // namespace wsoa
