// Tokens of SoftHSM, through the module that programs use.

#include "ledger/store/token.h"

#include "ledger/base/sha256.h"
#include "ledger/store/files.h"
#include "ledger/store/vault.h"
#include "tests/support/changes.h"
#include "tests/support/environment.h"
#include "tests/support/faulty_module.h"
#include "tests/support/soft_token.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <set>

namespace wsoa {
namespace {

using test::FaultyModule;
using test::must;
using test::SoftTokens;
using testing::HasSubstr;

constexpr LeafIndex leaf{812 * 64 + 3};
const Forgetting the_leaf{{{40, leaf.value}}, {}};

Result<Secret> right_pin(const TokenName& /*asked*/) { return Secret(bytes_of(SoftTokens::pin)); }
Result<Secret> wrong_pin(const TokenName& /*asked*/) { return Secret(bytes_of("0000-shut")); }

TokenName named(std::string label, std::string serial = {}) {
    return {.label = std::move(label), .serial = std::move(serial)};
}

class TokenTest : public testing::Test {
protected:
    static Secret file_key() { return Secret(Bytes(32, 9)); }

    SoftTokens soft_;
    Hash ledger_ = sha256(bytes_of("ledger"));
    TokenKeyId id_ = TokenKeyId::of(ledger_, 1, {1, 2});
};

TEST_F(TokenTest, is_found_by_its_label_and_says_its_serial) {
    const auto in = soft_.log_in();
    EXPECT_EQ(in->token->name().label, SoftTokens::label);
    EXPECT_EQ(in->token->name().serial.size(), 16U);
}

TEST_F(TokenTest, decrypts_what_it_encrypted_also_for_whoever_logs_in_next) {
    WrappedKey wrapped{};
    {
        const auto in = soft_.log_in();
        wrapped = must(in->token->wrap_under_new_key(id_, file_key()));
        EXPECT_FALSE(equal(wrapped, file_key().view()));
    }
    const auto again = soft_.log_in();
    const auto opened = must(again->token->unwrap(id_, wrapped));
    EXPECT_TRUE(equal(opened.view(), file_key().view()));
}

TEST_F(TokenTest, encrypts_the_same_under_no_two_keys) {
    const auto in = soft_.log_in();
    const auto other = TokenKeyId::of(ledger_, 1, {3});
    const auto first = must(in->token->wrap_under_new_key(id_, file_key()));
    const auto second = must(in->token->wrap_under_new_key(other, file_key()));
    EXPECT_NE(first, second);
    const auto crossed = must(in->token->unwrap(other, first));
    EXPECT_FALSE(equal(crossed.view(), file_key().view()));
}

TEST_F(TokenTest, lists_and_destroys_keys_of_this_ledger_alone) {
    const auto in = soft_.log_in();
    const auto other_ledger = sha256(bytes_of("another"));
    const auto others = TokenKeyId::of(other_ledger, 1, {});
    const auto newer = TokenKeyId::of(ledger_, 2, {});
    for (const auto& id : {id_, newer, others}) {
        must(in->token->wrap_under_new_key(id, file_key()));
    }
    EXPECT_THAT(must(in->token->keys_of(ledger_)), testing::UnorderedElementsAre(id_, newer));
    must(in->token->destroy(id_));
    must(in->token->destroy(id_));  // gone already
    EXPECT_THAT(must(in->token->keys_of(ledger_)), testing::ElementsAre(newer));
    EXPECT_THAT(must(in->token->keys_of(other_ledger)), testing::ElementsAre(others));
    EXPECT_EQ(in->token->unwrap(id_, {}).error().fault, Fault::missing);
}

TEST_F(TokenTest, lists_more_keys_than_it_asks_for_at_once) {
    const auto in = soft_.log_in();
    for (std::uint64_t generation = 1; generation <= 130; ++generation) {
        must(in->token->wrap_under_new_key(TokenKeyId::of(ledger_, generation, {}), file_key()));
    }
    EXPECT_EQ(must(in->token->keys_of(ledger_)).size(), 130U);
}

TEST_F(TokenTest, refuses_a_wrong_pin_in_one_sentence) {
    const auto module = must(TokenModule::load(SoftTokens::module));
    const auto failed = Token::open(*module, named(SoftTokens::label), wrong_pin);
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().fault, Fault::distrusted);
    EXPECT_THAT(failed.error().message, HasSubstr("logging in to the token \"council\""));
    EXPECT_THAT(failed.error().message, HasSubstr("the token refuses the PIN"));
    EXPECT_THAT(failed.error().advice, HasSubstr("too many wrong ones lock it"));
    // Who then gives the right one gets in.
    EXPECT_TRUE(Token::open(*module, named(SoftTokens::label), right_pin).ok());
}

TEST_F(TokenTest, asks_for_no_pin_where_there_is_no_such_token_and_lists_which_there_are) {
    soft_.add("second");
    const auto module = must(TokenModule::load(SoftTokens::module));
    bool was_asked = false;
    const auto failed = Token::open(*module, named("third"), [&](const TokenName& name) {
        was_asked = true;
        return right_pin(name);
    });
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().fault, Fault::missing);
    EXPECT_FALSE(was_asked);
    EXPECT_THAT(failed.error().message, HasSubstr("no token \"third\""));
    EXPECT_THAT(failed.error().advice, HasSubstr("\"council\" (serial "));
    EXPECT_THAT(failed.error().advice, HasSubstr("\"second\" (serial "));
}

TEST_F(TokenTest, is_told_from_one_of_the_same_label_by_its_serial) {
    std::string serial;
    {
        const auto in = soft_.log_in();
        serial = in->token->name().serial;
    }
    soft_.add(SoftTokens::label);
    const auto module = must(TokenModule::load(SoftTokens::module));
    EXPECT_EQ(module->find(named(SoftTokens::label)).error().fault, Fault::conflict);
    EXPECT_EQ(must(module->find(named(SoftTokens::label, serial))).name.serial, serial);
    EXPECT_EQ(module->find(named(SoftTokens::label, "another")).error().fault, Fault::conflict);
}

TEST_F(TokenTest, may_have_another_serial_where_only_one_has_the_label) {
    const auto module = must(TokenModule::load(SoftTokens::module));
    EXPECT_TRUE(module->find(named(SoftTokens::label, "another")).ok());
}

TEST_F(TokenTest, needs_a_module_that_is_there_and_is_one) {
    const auto nowhere = TokenModule::load("/nowhere/module.so");
    EXPECT_EQ(nowhere.error().fault, Fault::missing);
    EXPECT_THAT(nowhere.error().message, HasSubstr("/nowhere/module.so"));
    EXPECT_THAT(nowhere.error().advice, HasSubstr("--token-module"));
    const auto no_library = TokenModule::load(soft_.configuration());
    EXPECT_EQ(no_library.error().fault, Fault::invalid);
    EXPECT_THAT(no_library.error().message, HasSubstr("is no PKCS#11 module"));
    const auto other_library = TokenModule::load("/lib/x86_64-linux-gnu/libm.so.6");
    EXPECT_EQ(other_library.error().fault, Fault::invalid);
    EXPECT_THAT(other_library.error().message, HasSubstr("C_GetFunctionList"));
}

TEST_F(TokenTest, seals_a_vault_of_which_no_older_copy_opens) {
    const TempFolder folder;
    SeededRandom random(1);
    Bytes older;
    {
        const auto in = soft_.log_in();
        const auto vault =
            must(Vault::create(folder.path(), ledger_, SealedByToken{*in->token}, random));
        older = must(read_file(folder / "vault-1.wsoa", vault_file_bytes_max));
        must(vault->forget(the_leaf));
        EXPECT_EQ(must(in->token->keys_of(ledger_)).size(), 1U);
    }
    const auto in = soft_.log_in();
    const auto opened = must(Vault::open(folder.path(), ledger_, *in->token, random));
    EXPECT_EQ(opened->generation(), 2U);
    EXPECT_FALSE(opened->words().covers(leaf));
    const auto key = VaultKey::of(must(VaultFile::read(older)), *in->token);
    ASSERT_FALSE(key.ok());
    EXPECT_EQ(key.error().fault, Fault::missing);
    EXPECT_THAT(key.error().message, HasSubstr("holds no key of generation 1 of this vault"));
}

// Every call that the program makes to the module goes wrong once, before it was made and after.
class FaultyToken : public testing::TestWithParam<FaultyModule::When> {
protected:
    // Opens the vault and forgets, as an erasure does.
    Result<void> erase(FaultyModule& faulty) {
        const auto module = TRY(TokenModule::start(faulty.functions(), "faulty"));
        const auto token = TRY(Token::open(*module, named(SoftTokens::label), right_pin));
        const auto vault = TRY(Vault::open(folder_->path(), ledger_, *token, random_));
        return vault->forget(the_leaf);
    }
    void begin() {
        folder_ = std::make_unique<TempFolder>();
        const auto in = soft_.log_in();
        const auto ids = must(in->token->keys_of(ledger_));
        for (const auto& id : ids) {
            must(in->token->destroy(id));
        }
        must(Vault::create(folder_->path(), ledger_, SealedByToken{*in->token}, random_));
    }

    // With one file and one key, whatever was left.
    void expect_opens(const std::string& after) {
        const auto in = soft_.log_in();
        const auto opened = Vault::open(folder_->path(), ledger_, *in->token, random_);
        ASSERT_TRUE(opened.ok()) << after << ": " << opened.error().message;
        EXPECT_EQ(must(in->token->keys_of(ledger_)).size(), 1U) << after;
        EXPECT_EQ(must(list_folder(folder_->path())).size(), 1U) << after;
        must(opened.value()->forget(the_leaf));
        EXPECT_FALSE(opened.value()->words().covers(leaf)) << after;
    }

    static constexpr unsigned long device_error = 0x30;  // CKR_DEVICE_ERROR
    SoftTokens soft_;
    Hash ledger_ = sha256(bytes_of("ledger"));
    SeededRandom random_{1};
    std::unique_ptr<TempFolder> folder_;
};

TEST_P(FaultyToken, leaves_a_vault_that_opens_whichever_call_fails) {
    std::set<std::string> hits;
    for (std::uint64_t at = 0;; ++at) {
        begin();
        std::string hit;
        {
            FaultyModule faulty(SoftTokens::module);
            faulty.fail_at(at, GetParam(), device_error);
            const auto erased = erase(faulty);
            hit = faulty.hit();
            ASSERT_EQ(erased.ok(), hit.empty()) << hit;
            if (!erased.ok()) {
                EXPECT_THAT(erased.error().message, HasSubstr("the token does not work")) << hit;
                EXPECT_FALSE(erased.error().advice.empty()) << hit;
            }
        }
        expect_opens(fmt::format("call {}, {}", at, hit));
        if (hit.empty()) {
            EXPECT_GT(at, 30U);
            break;
        }
        hits.insert(hit);
    }
    EXPECT_EQ(hits.size(), 15U);  // every function that we call, but for those that end it
}

TEST_P(FaultyToken, leaves_a_vault_that_opens_whichever_call_it_is_killed_at) {
    for (std::uint64_t at = 0;; ++at) {
        begin();
        const auto child = ::fork();
        if (child == 0) {
            FaultyModule faulty(SoftTokens::module);
            faulty.kill_at(at, GetParam());
            ::_exit(erase(faulty).ok() ? 0 : 1);
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        expect_opens(fmt::format("killed at call {}", at));
        if (!WIFSIGNALED(status)) {
            EXPECT_EQ(status, 0);
            EXPECT_GT(at, 30U);
            break;
        }
        EXPECT_EQ(WTERMSIG(status), SIGKILL);
    }
}

INSTANTIATE_TEST_SUITE_P(BeforeAndAfter, FaultyToken,
                         testing::Values(FaultyModule::When::before, FaultyModule::When::after));

TEST(TokenAnswers, say_what_to_do_whatever_the_answer) {
    for (unsigned long answer = 1; answer < 0x210; ++answer) {
        const auto failed = token_error("making a key", answer);
        EXPECT_THAT(failed.message, testing::StartsWith("making a key: "));
        EXPECT_FALSE(failed.advice.empty()) << answer;
    }
    EXPECT_EQ(token_error("logging in", 0xa4).message,
              "logging in: the PIN is locked after too many wrong ones");
    EXPECT_THAT(token_error("x", 0x80000001).message, HasSubstr("0x80000001"));
}

}  // namespace
}  // namespace wsoa
