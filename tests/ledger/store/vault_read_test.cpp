// Vault::read: what those get who only read, and that it leaves the folder as it is.

#include "ledger/base/sha256.h"
#include "ledger/store/files.h"
#include "ledger/store/vault.h"
#include "tests/support/changes.h"
#include "tests/support/environment.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::must;

constexpr ScryptCost quick{4, 8, 1};
constexpr LeafIndex leaf{812 * 64 + 3};

class VaultReadTest : public testing::Test {
protected:
    std::unique_ptr<Vault> create(const VaultSealing& sealing) {
        return must(Vault::create(folder_.path(), ledger_, sealing, random_));
    }
    static VaultSealing under(std::string_view phrase) {
        return SealedByPassphrase{Secret(bytes_of(phrase)), quick};
    }
    Result<VaultContents> read(std::string_view phrase = {}) const {
        auto seen = TRY(
            Vault::read(folder_.path(), ledger_,
                        phrase.empty() ? std::nullopt : std::optional(Secret(bytes_of(phrase)))));
        return std::move(seen.contents);
    }
    std::vector<std::string> names() const { return must(list_folder(folder_.path())); }
    void put(const std::string& name, ByteView bytes) const {
        must(write_durably(folder_ / name, bytes, Access::owner));
    }
    Bytes content(const std::string& name) const {
        return must(read_file(folder_ / name, vault_file_bytes_max));
    }
    static Bytes derived(const KeyTree& tree) {
        const auto secret = must(tree.derive(leaf));
        return copy_of(secret.view());
    }

    TempFolder folder_;
    SeededRandom random_{1};
    Hash ledger_ = sha256(bytes_of("ledger"));
};

using Names = std::vector<std::string>;

TEST_F(VaultReadTest, gives_the_trees_of_an_unsealed_vault) {
    const auto vault = create(Unsealed{});
    const auto contents = must(read());
    EXPECT_EQ(contents.ledger, ledger_);
    EXPECT_EQ(contents.generation, 1U);
    EXPECT_EQ(derived(contents.words), derived(vault->words()));
    EXPECT_EQ(derived(contents.documents), derived(vault->documents()));
}

TEST_F(VaultReadTest, ignores_a_passphrase_for_an_unsealed_vault) {
    create(Unsealed{});
    EXPECT_TRUE(read("open sesame").ok());
}

TEST_F(VaultReadTest, gives_the_trees_of_a_sealed_vault_for_its_passphrase) {
    const auto vault = create(under("open sesame"));
    EXPECT_EQ(derived(must(read("open sesame")).words), derived(vault->words()));
}

TEST_F(VaultReadTest, distrusts_another_passphrase_and_asks_for_one_that_lacks) {
    create(under("open sesame"));
    EXPECT_EQ(read("open barley").error().fault, Fault::distrusted);
    EXPECT_EQ(read().error().fault, Fault::invalid);
}

TEST_F(VaultReadTest, distrusts_another_ledgers_vault) {
    create(Unsealed{});
    EXPECT_EQ(Vault::read(folder_.path(), sha256({}), std::nullopt).error().fault,
              Fault::distrusted);
}

TEST_F(VaultReadTest, finds_none_where_there_is_none) {
    EXPECT_EQ(read().error().fault, Fault::missing);
    EXPECT_EQ(Vault::read(folder_ / "nowhere", ledger_, std::nullopt).error().fault,
              Fault::missing);
}

TEST_F(VaultReadTest, says_which_file_is_damaged) {
    create(Unsealed{});
    auto bytes = content("vault-1.wsoa");
    bytes[bytes.size() / 2] ^= 1;
    put("vault-1.wsoa", bytes);
    const auto failed = read();
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().fault, Fault::corrupt);
    EXPECT_NE(failed.error().message.find("vault-1.wsoa"), std::string::npos);
    EXPECT_FALSE(failed.error().advice.empty());
}

TEST_F(VaultReadTest, gives_the_newest_generation_and_destroys_nothing) {
    const auto vault = create(Unsealed{});
    const auto older = content("vault-1.wsoa");
    must(vault->forget({{{40, leaf.value}}, {}}));
    put("vault-1.wsoa", older);
    put(".vault-3.wsoa.a1b2c3.tmp", bytes_of("seeds"));
    const auto contents = must(read());
    EXPECT_EQ(contents.generation, 2U);
    EXPECT_EQ(contents.words.derive(leaf).error().fault, Fault::missing);
    EXPECT_EQ(names(), (Names{".vault-3.wsoa.a1b2c3.tmp", "vault-1.wsoa", "vault-2.wsoa"}));
}

TEST_F(VaultReadTest, falls_back_on_the_older_file_of_a_newer_one_that_was_cut) {
    const auto vault = create(Unsealed{});
    put("vault-2.wsoa", ByteView(content("vault-1.wsoa")).first(50));
    EXPECT_EQ(must(read()).generation, 1U);
    EXPECT_EQ(names(), (Names{"vault-1.wsoa", "vault-2.wsoa"}));
}

TEST_F(VaultReadTest, reads_beside_a_writer) {
    const auto vault = create(under("open sesame"));
    EXPECT_EQ(must(read("open sesame")).generation, 1U);
    must(vault->reseal(under("open barley")));
    EXPECT_EQ(must(read("open barley")).generation, 2U);
    EXPECT_EQ(read("open sesame").error().fault, Fault::distrusted);
}

}  // namespace
}  // namespace wsoa
