#include "ledger/store/vault.h"

#include "ledger/base/sha256.h"
#include "ledger/store/files.h"
#include "tests/support/environment.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

constexpr ScryptCost quick{4, 8, 1};
constexpr LeafIndex reason{812 * 64 + 3};
const Forgetting the_reason{{{40, reason.value}}, {}};
const Forgetting the_next_word{{{40, reason.value + 1}}, {}};
const Forgetting the_fifth_document{{}, {{40, 5}}};

Hash ledger_hash() { return sha256(bytes_of("ledger")); }
Secret secret_of(std::string_view text) { return Secret(bytes_of(text)); }
std::optional<Secret> phrase(std::string_view text) { return secret_of(text); }

// A folder with the vault of one ledger.
class VaultTest : public testing::Test {
protected:
    std::unique_ptr<Vault> create(const VaultSealing& sealing = Unsealed{}) {
        auto vault = Vault::create(folder_.path(), ledger_hash(), sealing, random_);
        EXPECT_TRUE(vault.ok()) << vault.error().message;
        return std::move(vault).value();
    }
    Result<std::unique_ptr<Vault>> open(const std::optional<Secret>& passphrase = std::nullopt) {
        return Vault::open(folder_.path(), ledger_hash(), passphrase, random_);
    }
    fs::path file(std::uint64_t generation) const {
        return folder_ / fmt::format("vault-{}.wsoa", generation);
    }
    Bytes content(std::uint64_t generation) const {
        return read_file(file(generation), vault_file_bytes_max).value();
    }
    void put(const std::string& name, ByteView bytes) const {
        EXPECT_TRUE(write_durably(folder_ / name, bytes, Access::owner).ok());
    }
    void put(std::uint64_t generation, ByteView bytes) const {
        put(file(generation).filename().string(), bytes);
    }
    std::vector<std::string> names() const { return list_folder(folder_.path()).value(); }

    TempFolder folder_;
    SeededRandom random_{1};
};

using Names = std::vector<std::string>;

Bytes derived(const KeyTree& tree, LeafIndex leaf) {
    const auto secret = tree.derive(leaf);
    return secret.ok() ? copy_of(secret.value().view()) : Bytes{};
}

TEST_F(VaultTest, begins_with_two_whole_trees_of_their_own) {
    const auto vault = create();
    EXPECT_EQ(vault->generation(), 1U);
    EXPECT_EQ(vault->words().count(), 1U);
    EXPECT_EQ(vault->documents().count(), 1U);
    EXPECT_NE(derived(vault->words(), {0}), derived(vault->documents(), {0}));
    EXPECT_EQ(names(), Names{"vault-1.wsoa"});
}

TEST_F(VaultTest, opens_to_what_was_created) {
    const auto created = create();
    const auto opened = open();
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    EXPECT_EQ(derived(opened.value()->words(), reason), derived(created->words(), reason));
    EXPECT_EQ(derived(opened.value()->documents(), {5}), derived(created->documents(), {5}));
    EXPECT_EQ(opened.value()->digest(), created->digest());
}

TEST_F(VaultTest, is_readable_by_its_owner_alone) {
    create();
    EXPECT_EQ(fs::status(file(1)).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(VaultTest, has_the_digest_of_its_files_bytes) {
    const auto vault = create();
    EXPECT_EQ(vault->digest(), sha256(content(1)));
    ASSERT_TRUE(vault->forget(the_reason).ok());
    EXPECT_EQ(vault->digest(), sha256(content(2)));
}

TEST_F(VaultTest, is_the_same_to_the_byte_from_the_same_chance) {
    create();
    const TempFolder other;
    SeededRandom random(1);
    ASSERT_TRUE(Vault::create(other.path(), ledger_hash(), Unsealed{}, random).ok());
    EXPECT_EQ(read_file(other / "vault-1.wsoa", vault_file_bytes_max).value(), content(1));
}

TEST_F(VaultTest, is_not_created_over_another) {
    const auto vault = create();
    const auto before = content(1);
    EXPECT_EQ(Vault::create(folder_.path(), ledger_hash(), Unsealed{}, random_).error().fault,
              Fault::conflict);
    EXPECT_EQ(content(1), before);
}

TEST_F(VaultTest, is_missing_where_there_is_none) {
    EXPECT_EQ(open().error().fault, Fault::missing);
    EXPECT_EQ(Vault::needs_passphrase(folder_.path()).error().fault, Fault::missing);
    EXPECT_EQ(Vault::needs_passphrase(folder_ / "nowhere").error().fault, Fault::missing);
}

TEST_F(VaultTest, opens_with_its_passphrase_and_no_other) {
    create(SealedByPassphrase{secret_of("open sesame"), quick});
    EXPECT_TRUE(open(phrase("open sesame")).ok());
    EXPECT_EQ(open(phrase("open barley")).error().message,
              "the passphrase does not open the vault");
    EXPECT_EQ(open(phrase("open barley")).error().fault, Fault::distrusted);
    EXPECT_EQ(open().error().fault, Fault::invalid);
}

TEST_F(VaultTest, says_whether_it_needs_a_passphrase) {
    create(SealedByPassphrase{secret_of("open sesame"), quick});
    EXPECT_TRUE(Vault::needs_passphrase(folder_.path()).value());
    const auto vault = open(phrase("open sesame"));
    EXPECT_TRUE(vault.value()->is_sealed());
    ASSERT_TRUE(vault.value()->reseal(Unsealed{}).ok());
    EXPECT_FALSE(Vault::needs_passphrase(folder_.path()).value());
    EXPECT_FALSE(vault.value()->is_sealed());
}

TEST_F(VaultTest, is_not_created_under_an_empty_passphrase) {
    const VaultSealing nothing = SealedByPassphrase{Secret{}, quick};
    EXPECT_EQ(Vault::create(folder_.path(), ledger_hash(), nothing, random_).error().fault,
              Fault::invalid);
    EXPECT_TRUE(names().empty());
}

TEST_F(VaultTest, does_not_open_for_another_ledger) {
    create();
    EXPECT_EQ(Vault::open(folder_.path(), sha256({}), std::nullopt, random_).error().fault,
              Fault::distrusted);
}

TEST_F(VaultTest, forgets_one_word_and_keeps_the_rest) {
    const auto vault = create(SealedByPassphrase{secret_of("open sesame"), quick});
    const auto neighbour = derived(vault->words(), {reason.value + 1});
    const auto document = derived(vault->documents(), reason);
    ASSERT_TRUE(vault->forget(the_reason).ok());
    EXPECT_EQ(vault->generation(), 2U);
    const auto opened = open(phrase("open sesame"));
    for (const auto& each : {std::cref(*vault), std::cref(*opened.value())}) {
        EXPECT_EQ(each.get().words().derive(reason).error().fault, Fault::missing);
        EXPECT_EQ(derived(each.get().words(), {reason.value + 1}), neighbour);
        EXPECT_EQ(derived(each.get().documents(), reason), document);
    }
}

TEST_F(VaultTest, forgets_documents_and_whole_events_at_once) {
    const auto vault = create();
    ASSERT_TRUE(vault->forget({{word_node({812}).value()}, {{40, 5}, {40, 9}}}).ok());
    EXPECT_EQ(vault->generation(), 2U);
    EXPECT_FALSE(vault->words().covers_any(word_node({812}).value()));
    EXPECT_FALSE(vault->documents().covers({5}));
    EXPECT_FALSE(vault->documents().covers({9}));
    EXPECT_TRUE(vault->documents().covers({6}));
}

TEST_F(VaultTest, leaves_only_its_newest_file) {
    const auto vault = create();
    ASSERT_TRUE(vault->forget(the_reason).ok());
    ASSERT_TRUE(vault->forget(the_fifth_document).ok());
    EXPECT_EQ(names(), Names{"vault-3.wsoa"});
}

TEST_F(VaultTest, overwrites_the_older_file_before_it_goes) {
    const auto vault = create();
    const auto size = content(1).size();
    fs::create_hard_link(file(1), folder_ / "the-same-blocks");
    ASSERT_TRUE(vault->forget(the_reason).ok());
    EXPECT_EQ(read_file(folder_ / "the-same-blocks", size).value(), Bytes(size, 0));
}

TEST_F(VaultTest, writes_nothing_when_all_was_forgotten_before) {
    const auto vault = create();
    ASSERT_TRUE(vault->forget(the_reason).ok());
    const auto before = content(2);
    ASSERT_TRUE(vault->forget(the_reason).ok());
    ASSERT_TRUE(vault->forget({}).ok());
    EXPECT_EQ(vault->generation(), 2U);
    EXPECT_EQ(content(2), before);
}

TEST_F(VaultTest, forgets_all_or_nothing_of_a_wrong_request) {
    const auto vault = create();
    EXPECT_EQ(vault->forget({{{40, reason.value}, {41, 0}}, {}}).error().fault, Fault::invalid);
    EXPECT_TRUE(vault->words().covers(reason));
    EXPECT_EQ(names(), Names{"vault-1.wsoa"});
}

TEST_F(VaultTest, seals_no_two_generations_alike) {
    const auto vault = create(SealedByPassphrase{secret_of("open sesame"), quick});
    const auto nonce_before = VaultFile::read(content(1)).value().nonce.bytes;
    ASSERT_TRUE(vault->forget(the_reason).ok());
    EXPECT_NE(VaultFile::read(content(2)).value().nonce.bytes, nonce_before);
}

TEST_F(VaultTest, opens_with_the_new_passphrase_alone_once_resealed) {
    const auto vault = create(SealedByPassphrase{secret_of("open sesame"), quick});
    const auto before = derived(vault->words(), reason);
    ASSERT_TRUE(vault->forget(the_fifth_document).ok());
    ASSERT_TRUE(vault->reseal(SealedByPassphrase{secret_of("open barley"), quick}).ok());
    EXPECT_EQ(names(), Names{"vault-3.wsoa"});
    EXPECT_EQ(open(phrase("open sesame")).error().fault, Fault::distrusted);
    const auto opened = open(phrase("open barley"));
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    EXPECT_EQ(derived(opened.value()->words(), reason), before);
    EXPECT_FALSE(opened.value()->documents().covers({5}));
}

TEST_F(VaultTest, is_renewed_with_the_same_seeds_and_passphrase) {
    const auto vault = create(SealedByPassphrase{secret_of("open sesame"), quick});
    const auto before = derived(vault->words(), reason);
    ASSERT_TRUE(vault->forget(the_fifth_document).ok());
    const auto digest = vault->digest();
    ASSERT_TRUE(vault->renew().ok());
    EXPECT_EQ(vault->generation(), 3U);
    EXPECT_NE(vault->digest(), digest);
    EXPECT_EQ(names(), Names{"vault-3.wsoa"});
    const auto opened = open(phrase("open sesame"));
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    EXPECT_EQ(derived(opened.value()->words(), reason), before);
    EXPECT_FALSE(opened.value()->documents().covers({5}));
}

TEST_F(VaultTest, takes_the_newer_of_two_generations_and_destroys_the_older) {
    const auto vault = create();
    const auto older = content(1);
    ASSERT_TRUE(vault->forget(the_reason).ok());
    put(1, older);  // as after a crash between the two steps
    const auto opened = open();
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    EXPECT_EQ(opened.value()->generation(), 2U);
    EXPECT_FALSE(opened.value()->words().covers(reason));
    EXPECT_EQ(names(), Names{"vault-2.wsoa"});
}

TEST_F(VaultTest, orders_generations_as_numbers) {
    const auto vault = create();
    for (std::uint64_t document = 0; document < 8; ++document) {
        ASSERT_TRUE(vault->forget({{}, {{40, document}}}).ok());
    }
    const auto ninth = content(9);
    ASSERT_TRUE(vault->forget(the_reason).ok());
    put(9, ninth);
    EXPECT_EQ(open().value()->generation(), 10U);
}

TEST_F(VaultTest, falls_back_on_the_older_file_wherever_the_newer_one_was_cut) {
    const auto vault = create();
    const auto older = content(1);
    ASSERT_TRUE(vault->forget(the_reason).ok());
    const auto newer = content(2);
    for (std::size_t length = 0; length < newer.size(); length += 97) {
        put(1, older);
        put(2, ByteView(newer).first(length));
        const auto opened = open();
        ASSERT_TRUE(opened.ok()) << length << ": " << opened.error().message;
        EXPECT_EQ(opened.value()->generation(), 1U);
        EXPECT_EQ(names(), Names{"vault-1.wsoa"});
    }
}

TEST_F(VaultTest, never_falls_back_from_a_whole_file_that_does_not_open) {
    const auto vault = create(SealedByPassphrase{secret_of("open sesame"), quick});
    const auto older = content(1);
    ASSERT_TRUE(vault->reseal(SealedByPassphrase{secret_of("open barley"), quick}).ok());
    put(1, older);
    EXPECT_EQ(open(phrase("open sesame")).error().fault, Fault::distrusted);
    EXPECT_EQ(names(), (Names{"vault-1.wsoa", "vault-2.wsoa"}));
}

TEST_F(VaultTest, never_falls_back_from_a_file_of_a_later_version) {
    create();
    auto later = content(1);
    later[12] = '2';
    put(2, later);
    EXPECT_EQ(open().error().fault, Fault::unavailable);
    EXPECT_EQ(names(), (Names{"vault-1.wsoa", "vault-2.wsoa"}));
}

TEST_F(VaultTest, believes_no_older_file_under_a_newer_name) {
    const auto vault = create();
    const auto older = content(1);
    ASSERT_TRUE(vault->forget(the_reason).ok());
    put(3, older);
    EXPECT_EQ(open().error().fault, Fault::distrusted);
    EXPECT_EQ(names(), (Names{"vault-2.wsoa", "vault-3.wsoa"}));
}

TEST_F(VaultTest, is_corrupt_when_no_file_of_it_is_whole) {
    create();
    put(1, ByteView(content(1)).first(100));
    const auto opened = open();
    EXPECT_EQ(opened.error().fault, Fault::corrupt);
    EXPECT_NE(opened.error().message.find("vault-1.wsoa"), std::string::npos);
    EXPECT_EQ(names(), Names{"vault-1.wsoa"});
}

TEST_F(VaultTest, destroys_what_an_unfinished_write_left) {
    create();
    put(".vault-2.wsoa.a1b2c3.tmp", bytes_of("seeds"));
    ASSERT_TRUE(open().ok());
    EXPECT_EQ(names(), Names{"vault-1.wsoa"});
}

TEST_F(VaultTest, leaves_files_alone_that_are_not_its_own) {
    create();
    const Names others{".ledger.key.a1b2c3.tmp", "ledger.key",    "vault-.wsoa", "vault-01.wsoa",
                       "vault-1.wsoa",           "vault-1.wsoa~", "vault-2"};
    for (const auto& name : others) {
        if (name != "vault-1.wsoa") {
            put(name, bytes_of("not the vault's"));
        }
    }
    const auto vault = open();
    ASSERT_TRUE(vault.ok()) << vault.error().message;
    EXPECT_EQ(names(), others);
}

TEST_F(VaultTest, forgets_nothing_when_the_new_file_cannot_be_put_in_place) {
    const auto vault = create();
    fs::create_directories(file(2) / "in the way");
    EXPECT_FALSE(vault->forget(the_reason).ok());
    EXPECT_EQ(vault->generation(), 1U);
    EXPECT_TRUE(vault->words().covers(reason));
    EXPECT_EQ(vault->digest(), sha256(content(1)));
}

TEST_F(VaultTest, writes_no_more_after_a_failed_write_until_it_is_opened_again) {
    const auto vault = create();
    fs::create_directories(file(2) / "in the way");
    ASSERT_FALSE(vault->forget(the_reason).ok());
    fs::remove_all(file(2));
    EXPECT_EQ(vault->forget(the_reason).error().fault, Fault::unavailable);
    EXPECT_EQ(vault->reseal(Unsealed{}).error().fault, Fault::unavailable);
    EXPECT_TRUE(open().value()->forget(the_reason).ok());
}

TEST_F(VaultTest, says_that_it_forgot_though_the_older_file_is_still_there) {
    const auto vault = create();
    const auto elsewhere = folder_ / "elsewhere";
    fs::rename(file(1), elsewhere);
    fs::create_symlink(elsewhere, file(1));
    const auto forgotten = vault->forget(the_reason);
    ASSERT_FALSE(forgotten.ok());
    EXPECT_NE(forgotten.error().message.find("now generation 2"), std::string::npos);
    EXPECT_EQ(vault->generation(), 2U);
    EXPECT_FALSE(vault->words().covers(reason));
    fs::remove(file(1));
    fs::rename(elsewhere, file(1));
    EXPECT_TRUE(vault->forget(the_reason).ok());  // nothing to forget, but a file to destroy
    EXPECT_EQ(names(), Names{"vault-2.wsoa"});
    EXPECT_TRUE(vault->forget(the_next_word).ok());
}

// The file as it is, opened by its public key, and every key that follows from it.
TEST_F(VaultTest, keeps_nothing_on_the_disk_from_which_a_forgotten_key_follows) {
    const auto vault = create();
    const auto before = vault->words().clone();
    ASSERT_TRUE(vault->forget(the_reason).ok());
    const auto file_read = VaultFile::read(content(2)).value();
    const auto contents = open_vault(file_read, VaultKey::of(file_read, std::nullopt).value());
    EXPECT_EQ(contents.value().words.derive(reason).error().fault, Fault::missing);
    const auto plain = contents.value().words.encode();
    for (unsigned level = 0; level <= key_tree_levels; ++level) {
        auto at_level = before.derive_subtree(
            {static_cast<std::uint8_t>(level), reason.value >> (key_tree_levels - level)});
        const auto seed = at_level.value().encode();
        const auto secret = text_of(seed.view()).substr(15);
        EXPECT_EQ(secret.size(), 32U);
        EXPECT_EQ(text_of(plain.view()).find(secret), std::string_view::npos) << level;
    }
}

}  // namespace
}  // namespace wsoa
