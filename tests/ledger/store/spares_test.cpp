#include "ledger/store/spares.h"

#include "ledger/base/sha256.h"
#include "ledger/keys/key_file.h"
#include "tests/support/changes.h"
#include "tests/support/environment.h"
#include "tests/support/golden_text.h"
#include "tests/support/mutants.h"
#include "tests/support/spares.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::must;
using test::SpareStage;

KnownSpare sample(std::uint64_t generation, std::string path) {
    return {.generation = generation,
            .made = Instant{1'646'730'000'250},
            .ledger_key = {sha256(bytes_of("key"))},
            .digest = sha256(bytes_of(path)),
            .path = path};
}
SpareList list() {
    return {.spares = {sample(1, "/media/safe/send.spare"), sample(4, "/mnt/with space/b")}};
}

TEST(SpareList, keeps_its_format) {
    test::expect_golden_text("store/spares.txt", list().str());
    EXPECT_EQ(must(SpareList::parse(list().str())).spares, list().spares);
    EXPECT_TRUE(must(SpareList::parse("wsoa-spares/v1\n")).spares.empty());
}

TEST(SpareList, tells_which_are_older_than_a_generation) {
    EXPECT_TRUE(list().older_than(1).empty());
    EXPECT_EQ(list().older_than(4), std::vector{list().spares.front()});
    EXPECT_EQ(list().older_than(5), list().spares);
}

TEST(SpareList, refuses_what_it_did_not_write) {
    const auto line = list().str().substr(15);
    for (const auto& wrong :
         {std::string(), std::string("wsoa-spares/v2\n"), list().str() + "\n",
          "wsoa-spares/v1\n0" + line, "wsoa-spares/v1\n0" + line.substr(1),
          "wsoa-spares/v1\n " + line, list().str().substr(0, list().str().size() - 1),
          "wsoa-spares/v1\n" + std::string(line).replace(line.find(" /"), 2, " ")}) {
        const auto read = SpareList::parse(wrong);
        ASSERT_FALSE(read.ok()) << wrong;
        EXPECT_EQ(read.error().fault, Fault::corrupt) << wrong;
    }
}

TEST(SpareList, has_one_spelling_among_all_mutants) {
    Mutants mutants(list().str(), 44);
    std::size_t taken = 0;
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto text = mutants.next();
        const auto read = SpareList::parse(text);
        if (!read.ok()) {
            ASSERT_EQ(read.error().fault, Fault::corrupt) << text;
            continue;
        }
        ++taken;
        ASSERT_EQ(read.value().str(), text);
    }
    EXPECT_GT(taken, 1'000U);
    EXPECT_LT(taken, mutants_of_a_parser);
}

class SpareFiles : public testing::Test {
protected:
    SpareFiles() {
        must(folder_.create());
        must(stage_.found(folder_, environment_.random()));
    }
    std::filesystem::path at(const std::string& name) const { return temp_ / name; }
    Result<KnownSpare> write(const std::string& name) {
        const auto vault = must(stage_.open(folder_, "first", environment_.random()));
        return stage_.write(folder_, *vault, at(name), environment_.environment());
    }
    Result<Recovered> recover(const std::string& name, const KeyId& signing_key) {
        return stage_.recover(folder_, at(name), signing_key, environment_.random());
    }
    std::vector<std::string> keys() const { return must(list_folder(folder_.keys())); }

    TempFolder temp_;
    LedgerFolder folder_{temp_ / "ledger"};
    TestEnvironment environment_;
    SpareStage stage_;
};

TEST_F(SpareFiles, are_listed_with_where_they_were_written) {
    const auto first = must(write("a"));
    const auto second = must(write("b"));
    EXPECT_EQ(must(SpareList::read(folder_)).spares, (std::vector{first, second}));
    EXPECT_EQ(first.digest, sha256(must(read_file(at("a"), spare_bytes_max))));
    EXPECT_EQ(first.generation, 1U);
    EXPECT_EQ(std::filesystem::status(at("a")).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(SpareFiles, lie_outside_the_ledgers_folder_and_replace_nothing) {
    must(write_durably(at("taken"), bytes_of("other"), Access::owner));
    EXPECT_EQ(write("taken").error().fault, Fault::conflict);
    EXPECT_EQ(text_of(must(read_file(at("taken"), 10))), "other");
    EXPECT_EQ(write("ledger/keys/a").error().fault, Fault::invalid);
    EXPECT_EQ(write("a\nb").error().fault, Fault::invalid);
    EXPECT_TRUE(must(SpareList::read(folder_)).spares.empty());
}

TEST_F(SpareFiles, are_not_written_where_no_list_can_tell_of_them) {
    SpareList full;
    for (std::size_t i = 0; i < SpareList::spares_max; ++i) {
        full.spares.push_back(sample(1, fmt::format("/s/{}", i)));
    }
    must(full.write(folder_));
    EXPECT_EQ(write("a").error().fault, Fault::refused);
    must(write_durably(folder_.spares(), bytes_of("nonsense"), Access::owner));
    EXPECT_EQ(write("a").error().fault, Fault::corrupt);
    EXPECT_FALSE(must(is_there(at("a"))));
}

TEST_F(SpareFiles, bring_back_vault_and_key_under_another_passphrase) {
    const auto before = stage_.a_word(*must(stage_.open(folder_, "first", environment_.random())));
    must(write("a"));
    const auto recovered = must(recover("a", stage_.key()));
    EXPECT_EQ(recovered.generation, 2U);
    EXPECT_EQ(recovered.key, Recovered::Key::brought_back);
    EXPECT_EQ(keys(), (std::vector<std::string>{"ledger.pem", "vault-2.wsoa"}));
    const auto vault = must(stage_.open(folder_, "second", environment_.random()));
    EXPECT_EQ(stage_.a_word(*vault), before);
    EXPECT_EQ(vault->digest(), recovered.digest);
    EXPECT_EQ(must(stage_.key_file(folder_, "second")), stage_.key());
    EXPECT_EQ(stage_.open(folder_, "first", environment_.random()).error().fault,
              Fault::distrusted);
}

// A newer generation lies there that nobody can open: the spare takes a number above it.
TEST_F(SpareFiles, take_a_number_above_all_that_they_replace) {
    must(write("a"));
    must(must(stage_.open(folder_, "first", environment_.random()))->renew());
    EXPECT_EQ(must(recover("a", stage_.key())).generation, 3U);
    must(write_durably(folder_.keys() / "vault-9.wsoa", bytes_of("cut short"), Access::owner));
    EXPECT_EQ(must(recover("a", stage_.key())).generation, 10U);
    EXPECT_EQ(keys(), (std::vector<std::string>{"ledger.pem", "vault-10.wsoa"}));
}

TEST_F(SpareFiles, bring_a_vault_back_that_is_lost_or_damaged) {
    must(write("a"));
    must(write_durably(folder_.keys() / "vault-1.wsoa", bytes_of("rot"), Access::owner));
    EXPECT_EQ(must(recover("a", stage_.key())).generation, 2U);
    std::filesystem::remove(folder_.keys() / "vault-2.wsoa");
    std::filesystem::remove(folder_.ledger_key());
    EXPECT_EQ(must(recover("a", stage_.key())).generation, 2U);
    EXPECT_EQ(must(stage_.key_file(folder_, "second")), stage_.key());
}

TEST_F(SpareFiles, leave_a_key_alone_that_has_come_after_theirs) {
    must(write("a"));
    const auto before = must(read_file(folder_.ledger_key(), 10'000));
    const auto recovered = must(recover("a", KeyId{sha256(bytes_of("a later key"))}));
    EXPECT_EQ(recovered.key, Recovered::Key::changed_since);
    EXPECT_EQ(must(read_file(folder_.ledger_key(), 10'000)), before);
    EXPECT_TRUE(stage_.open(folder_, "second", environment_.random()).ok());
}

TEST_F(SpareFiles, destroy_a_key_that_waited_under_the_forgotten_passphrase) {
    must(write("a"));
    must(write_durably(folder_.next_ledger_key(), bytes_of("sealed"), Access::owner));
    EXPECT_EQ(must(recover("a", KeyId{sha256(bytes_of("a later key"))})).waiting,
              Recovered::Waiting::none);
    EXPECT_TRUE(must(is_there(folder_.next_ledger_key())));
    EXPECT_EQ(must(recover("a", stage_.key())).waiting, Recovered::Waiting::destroyed);
    EXPECT_FALSE(must(is_there(folder_.next_ledger_key())));
}

TEST_F(SpareFiles, touch_no_vault_of_another_ledger_or_a_later_version) {
    must(write("a"));
    TestEnvironment other;
    for (const auto* wrong : {"ledger", "version"}) {
        auto bytes = must(read_file(folder_.keys() / "vault-1.wsoa", vault_file_bytes_max));
        bytes.at(wrong == std::string_view("ledger") ? 14 : 12) ^= 3U;
        bytes.resize(bytes.size() - 32);
        const auto checksum = sha256(bytes);
        append(bytes, checksum.view());
        must(write_durably(folder_.keys() / "vault-5.wsoa", bytes, Access::owner));
        EXPECT_FALSE(recover("a", stage_.key()).ok()) << wrong;
        EXPECT_EQ(keys(), (std::vector<std::string>{"ledger.pem", "vault-1.wsoa", "vault-5.wsoa"}));
    }
}

}  // namespace
}  // namespace wsoa
