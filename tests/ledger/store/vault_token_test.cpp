// A vault under the keys of a token: which keys there are, and when.

#include "ledger/base/sha256.h"
#include "ledger/store/files.h"
#include "ledger/store/vault.h"
#include "tests/support/changes.h"
#include "tests/support/environment.h"
#include "tests/support/memory_token.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::MemoryToken;
using test::must;

constexpr ScryptCost quick{4, 8, 1};
constexpr LeafIndex leaf{812 * 64 + 3};
const Forgetting the_leaf{{{40, leaf.value}}, {}};

class VaultTokenTest : public testing::Test {
protected:
    std::unique_ptr<Vault> create() {
        return must(Vault::create(folder_.path(), ledger_, SealedByToken{token_}, random_));
    }
    Result<std::unique_ptr<Vault>> open() {
        return Vault::open(folder_.path(), ledger_, token_, random_);
    }
    Bytes content(std::uint64_t generation) const {
        return must(
            read_file(folder_ / fmt::format("vault-{}.wsoa", generation), vault_file_bytes_max));
    }
    void put(std::uint64_t generation, ByteView bytes) const {
        must(write_durably(folder_ / fmt::format("vault-{}.wsoa", generation), bytes,
                           Access::owner));
    }
    std::vector<std::string> names() const { return must(list_folder(folder_.path())); }
    // Of which generations the token holds keys.
    static std::vector<std::uint64_t> kept_in(const test::TokenStorage& storage) {
        std::vector<std::uint64_t> generations;
        for (const auto& [id, worth] : storage.keys) {
            generations.push_back(id.generation());
        }
        return generations;
    }
    static Bytes derived(const KeyTree& tree) {
        const auto secret = must(tree.derive(leaf));
        return copy_of(secret.view());
    }

    TempFolder folder_;
    SeededRandom random_{1};
    Hash ledger_ = sha256(bytes_of("ledger"));
    test::TokenStorage storage_;
    MemoryToken token_{storage_};
};

using Names = std::vector<std::string>;
using Generations = std::vector<std::uint64_t>;

TEST_F(VaultTokenTest, opens_to_what_was_created) {
    const auto created = create();
    EXPECT_TRUE(created->is_sealed());
    EXPECT_EQ(kept_in(storage_), Generations{1});
    const auto opened = must(open());
    EXPECT_EQ(derived(opened->words()), derived(created->words()));
    const auto read = must(Vault::read(folder_.path(), ledger_, token_));
    EXPECT_EQ(derived(read.contents.words), derived(created->words()));
}

TEST_F(VaultTokenTest, says_which_token_it_needs) {
    create();
    EXPECT_FALSE(must(Vault::needs_passphrase(folder_.path())));
    const auto needs = must(Vault::needs_token(folder_.path()));
    ASSERT_TRUE(needs.has_value());
    EXPECT_EQ(needs->token, storage_.name);
    EXPECT_EQ(Vault::open(folder_.path(), ledger_, std::nullopt, random_).error().fault,
              Fault::invalid);
}

TEST_F(VaultTokenTest, has_a_new_key_with_each_generation_and_no_older_one) {
    const auto vault = create();
    must(vault->forget(the_leaf));
    EXPECT_EQ(kept_in(storage_), Generations{2});
    must(vault->renew());
    EXPECT_EQ(kept_in(storage_), Generations{3});
    EXPECT_EQ(names(), Names{"vault-3.wsoa"});
    EXPECT_EQ(vault->token()->since, 1U);
    const auto opened = must(open());
    EXPECT_FALSE(opened->words().covers(leaf));
}

TEST_F(VaultTokenTest, opens_no_older_file_that_somebody_kept) {
    const auto vault = create();
    const auto older = content(1);
    must(vault->forget(the_leaf));
    put(1, older);
    must(remove_durably(folder_ / "vault-2.wsoa"));
    EXPECT_EQ(open().error().fault, Fault::missing);
    EXPECT_EQ(Vault::read(folder_.path(), ledger_, token_).error().fault, Fault::missing);
}

TEST_F(VaultTokenTest, makes_no_key_when_all_was_forgotten_before) {
    const auto vault = create();
    must(vault->forget(the_leaf));
    const auto before = storage_.keys;
    must(vault->forget(the_leaf));
    EXPECT_EQ(storage_.keys, before);
}

TEST_F(VaultTokenTest, destroys_what_a_crash_left_of_it_in_the_token_and_nothing_else) {
    create();
    const auto other = TokenKeyId::of(sha256(bytes_of("another ledger")), 1, {});
    storage_.keys[other] = 7;
    storage_.keys[TokenKeyId::of(ledger_, 2, {1})] = 8;  // made for a file that was never written
    storage_.keys[TokenKeyId::of(ledger_, 1, {1})] = 9;
    must(Vault::read(folder_.path(), ledger_, token_));
    EXPECT_EQ(storage_.keys.size(), 4U);  // a reader changes nothing
    const auto opened = must(open());
    EXPECT_EQ(storage_.keys.size(), 2U);
    EXPECT_TRUE(storage_.keys.contains(other));
    EXPECT_TRUE(storage_.keys.contains(opened->token()->id));
}

TEST_F(VaultTokenTest, falls_back_on_the_older_file_of_a_newer_one_that_was_cut) {
    create();
    put(2, ByteView(content(1)).first(50));
    storage_.keys[TokenKeyId::of(ledger_, 2, {1})] = 8;
    EXPECT_EQ(must(open())->generation(), 1U);
    EXPECT_EQ(names(), Names{"vault-1.wsoa"});
    EXPECT_EQ(kept_in(storage_), Generations{1});
}

TEST_F(VaultTokenTest, moves_in_from_a_passphrase_and_back) {
    const auto phrase = [] { return std::optional(Secret(bytes_of("open sesame"))); };
    const auto vault =
        must(Vault::create(folder_.path(), ledger_,
                           SealedByPassphrase{Secret(bytes_of("open sesame")), quick}, random_));
    const auto before = derived(vault->words());
    must(vault->reseal(SealedByToken{token_}));
    EXPECT_EQ(vault->token()->since, 2U);
    EXPECT_EQ(Vault::open(folder_.path(), ledger_, phrase(), random_).error().fault,
              Fault::invalid);
    const auto opened = must(open());
    EXPECT_EQ(derived(opened->words()), before);
    must(opened->reseal(SealedByPassphrase{Secret(bytes_of("open sesame")), quick}));
    EXPECT_TRUE(storage_.keys.empty());
    EXPECT_EQ(names(), Names{"vault-3.wsoa"});
    const auto back = must(Vault::open(folder_.path(), ledger_, phrase(), random_));
    EXPECT_EQ(derived(back->words()), before);
    EXPECT_FALSE(back->token().has_value());
}

TEST_F(VaultTokenTest, moves_from_one_token_to_another_and_leaves_nothing_in_the_first) {
    const auto vault = create();
    test::TokenStorage second{.name = {.label = "second", .serial = "2"}, .keys = {}};
    MemoryToken other(second);
    must(vault->reseal(SealedByToken{other}));
    EXPECT_TRUE(storage_.keys.empty());
    EXPECT_EQ(kept_in(second), Generations{2});
    EXPECT_EQ(vault->token()->since, 2U);
    must(vault->forget(the_leaf));
    EXPECT_EQ(kept_in(second), Generations{3});
    EXPECT_EQ(vault->token()->since, 2U);
}

TEST_F(VaultTokenTest, clears_a_token_of_what_a_move_that_was_cut_short_left) {
    const auto vault = create();
    test::TokenStorage second{.name = {.label = "second", .serial = "2"}, .keys = {}};
    second.keys[TokenKeyId::of(ledger_, 1, {1})] = 1;
    const auto foreign = TokenKeyId::of(sha256({}), 1, {1});
    second.keys[foreign] = 2;
    MemoryToken other(second);
    EXPECT_EQ(must(vault->clear(other)), 1U);
    EXPECT_EQ(second.keys.size(), 1U);
    EXPECT_TRUE(second.keys.contains(foreign));
    EXPECT_EQ(must(vault->clear(token_)), 0U);  // the key in use stays
    EXPECT_TRUE(open().ok());
}

// As where an old copy under a passphrase is put back while the vault has moved into the token.
TEST_F(VaultTokenTest, takes_no_key_away_from_a_vault_that_is_newer) {
    const auto older = must(Vault::create(folder_.path(), ledger_, Unsealed{}, random_));
    const auto newer = TokenKeyId::of(ledger_, 3, {});
    storage_.keys[newer] = 5;
    EXPECT_EQ(older->clear(token_).error().fault, Fault::distrusted);
    const auto failed = older->reseal(SealedByToken{token_});
    ASSERT_FALSE(failed.ok());
    EXPECT_NE(failed.error().message.find("a key of generation 3 of the vault"), std::string::npos);
    EXPECT_EQ(kept_in(storage_), Generations{3});
    EXPECT_EQ(names(), Names{"vault-1.wsoa"});
}

TEST_F(VaultTokenTest, leaves_no_key_where_it_could_not_be_created) {
    const auto failed = Vault::create(folder_ / "nowhere", ledger_, SealedByToken{token_}, random_);
    EXPECT_FALSE(failed.ok());
    EXPECT_TRUE(storage_.keys.empty());
}

TEST_F(VaultTokenTest, makes_no_more_keys_once_a_write_has_failed) {
    const auto vault = create();
    // The file cannot take the place of a folder.
    must(create_folder(folder_ / "vault-2.wsoa", Access::owner));
    EXPECT_FALSE(vault->forget(the_leaf).ok());
    const auto after = storage_.keys.size();
    const auto again = vault->forget(the_leaf);
    EXPECT_EQ(again.error().advice, "open the ledger again.");
    EXPECT_EQ(storage_.keys.size(), after);
}

// Every operation of the token goes wrong once, in every way, in every change of a vault.
TEST_F(VaultTokenTest, opens_wherever_its_token_failed_and_keeps_one_key) {
    const auto foreign = TokenKeyId::of(sha256({}), 1, {});
    for (const auto kind : MemoryToken::fault_kinds) {
        std::size_t failed = 0;
        for (std::uint64_t at = 0;; ++at) {
            const TempFolder folder;
            test::TokenStorage storage;
            storage.keys[foreign] = 99;
            MemoryToken token(storage);
            auto vault = must(Vault::create(folder.path(), ledger_, SealedByToken{token}, random_));
            token.fail_at(at, kind);
            const auto forgot = vault->forget(the_leaf);
            const auto hit = token.hit();
            const bool has_forgotten = vault->generation() == 2;
            vault.reset();
            MemoryToken again(storage);
            const auto opened = Vault::open(folder.path(), ledger_, again, random_);
            ASSERT_TRUE(opened.ok()) << at << ", " << hit << ": " << opened.error().message;
            // What was reported as forgotten is; what was not may be.
            EXPECT_TRUE(!has_forgotten || !opened.value()->words().covers(leaf)) << at;
            EXPECT_TRUE(!forgot.ok() || !opened.value()->words().covers(leaf)) << at;
            EXPECT_EQ(storage.keys.size(), 2U) << at << ", " << hit;
            EXPECT_TRUE(storage.keys.contains(foreign)) << at;
            EXPECT_EQ(must(list_folder(folder.path())).size(), 1U) << at;
            must(opened.value()->forget(the_leaf));
            EXPECT_FALSE(opened.value()->words().covers(leaf)) << at;
            if (hit.empty()) {
                EXPECT_EQ(at, 5U);  // list keys, make one, decrypt, list, destroy the older
                EXPECT_EQ(failed, at);
                break;
            }
            failed += forgot.ok() ? 0U : 1U;
        }
    }
}

}  // namespace
}  // namespace wsoa
