// The README's tour, run as typed by a real shell with the real program, and what must hold
// afterwards.

#include "ledger/store/files.h"
#include "ledger/store/layout.h"
#include "ledger/store/rocks_store.h"
#include "tests/support/shell.h"
#include "tests/support/temp_folder.h"
#include "tests/walks/documented.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::run_script;

const std::string at_ledger = "export WSOA_STATE=$PWD/state WSOA_LEDGER=$PWD/ledger\n";

class Tour : public testing::Test {
protected:
    void SetUp() override {
        const auto ran = run_script(folder_.path(), test::documented("README.md", "tour"));
        ASSERT_EQ(ran.exit, 0) << ran.said;
        said_ = ran.said;
    }
    TempFolder folder_;
    std::string said_;
};

TEST_F(Tour, ends_with_a_clean_verdict) {
    EXPECT_NE(said_.find("Nothing was altered"), std::string::npos) << said_;
    EXPECT_NE(said_.find("First audit"), std::string::npos);
    EXPECT_NE(said_.find("REHEARSAL"), std::string::npos);
}

TEST_F(Tour, leaves_nothing_that_was_typed_in_clear_in_the_ledger) {
    const auto found =
        run_script(folder_.path(), "grep -ra 'First audit booked' ledger && exit 9 || true\n");
    EXPECT_EQ(found.exit, 0) << found.said;
}

TEST_F(Tour, refuses_a_confirmation_by_the_owner_in_words_a_person_would_use) {
    const auto refused = run_script(
        folder_.path(),
        at_ledger +
            "wsoa --key head-of-send.pem rate TH-1.1 amber --reason 'two posts are vacant'\n"
            "wsoa --key head-of-send.pem confirm TH-1.1 --reason 'so it is'\n");
    EXPECT_EQ(refused.exit, 4) << refused.said;
    EXPECT_NE(
        refused.said.find("head-of-send proposed the rating and cannot also confirm it (rule R02)"),
        std::string::npos)
        << refused.said;
}

TEST_F(Tour, gives_openssl_a_key_and_a_signature_that_it_accepts) {
    const auto checked =
        run_script(folder_.path(), at_ledger +
                                       "wsoa log --raw 17 --out raw\n"
                                       "openssl pkey -in head-of-send.pem -noout -text\n"
                                       "cd raw\n"
                                       "openssl pkeyutl -verify -pubin -inkey author.pem "
                                       "-rawin -in message.bin -sigfile signature.bin\n");
    EXPECT_EQ(checked.exit, 0) << checked.said;
    EXPECT_NE(checked.said.find("Signature Verified Successfully"), std::string::npos)
        << checked.said;
}

TEST_F(Tour, names_the_event_of_which_one_byte_was_flipped) {
    {
        auto store = RocksStore::open_writer(folder_ / "ledger/truth");
        ASSERT_TRUE(store.ok()) << store.error().message;
        const auto key = layout::event_key(EventIndex{12});
        auto snapshot = store.value()->snapshot();
        auto value = snapshot.value()->get(key).value();
        ASSERT_TRUE(value.has_value());
        (*value)[value->size() / 2] ^= 1;
        Batch batch;
        batch.put(key, *value);
        snapshot.value().reset();
        ASSERT_TRUE(store.value()->write(batch).ok());
    }
    const auto verified = run_script(folder_.path(), at_ledger + "wsoa --json verify\n");
    EXPECT_EQ(verified.exit, 3) << verified.said;
    EXPECT_NE(verified.said.find("\"event\":12,\"item\":\"entry:12\",\"class\":\"breach\""),
              std::string::npos)
        << verified.said;
}

TEST_F(Tour, explains_an_event_up_to_the_root_by_sums_that_common_tools_repeat) {
    const auto explained = run_script(
        folder_.path(),
        at_ledger +
            "wsoa verify --explain 17 > sums.txt; cat sums.txt\n"
            "wsoa log --raw 17 --out raw > /dev/null\n"
            "leaf=$( (printf '\\0'; cat raw/entry.bin) | openssl dgst -sha256 -r | cut -c1-64)\n"
            "grep -q \"$leaf\" sums.txt && echo the leaf agrees\n"
            "left=$(awk '/^left/{print $2; exit}' sums.txt)\n"
            "right=$(awk '/^right/{print $2; exit}' sums.txt)\n"
            "sum=$(printf '01%s%s' $left $right | sed 's/../\\\\x&/g' | xargs -0 printf | openssl "
            "dgst -sha256 -r | cut -c1-64)\n"
            "grep -q \"gives  $sum\" sums.txt && echo the first sum agrees\n"
            "wsoa checkpoint | sed -n 3p | base64 -d | od -An -v -tx1 | tr -d ' \\n'\n");
    EXPECT_EQ(explained.exit, 0) << explained.said;
    EXPECT_NE(explained.said.find("the leaf agrees"), std::string::npos) << explained.said;
    EXPECT_NE(explained.said.find("the first sum agrees"), std::string::npos) << explained.said;
    const auto root = explained.said.substr(explained.said.size() - 64);
    EXPECT_NE(explained.said.find("the ledger signed:\n       " + root), std::string::npos)
        << explained.said;
}

TEST_F(Tour, shows_as_at_a_day_only_what_was_true_by_that_day) {
    const auto shown = run_script(
        folder_.path(),
        at_ledger +
            "export WSOA_KEY=programme-officer.pem\n"
            "exec 3>&1 >/dev/null\n"
            "wsoa record actionAdded --subject TH-1.2 --parent TH-O1 --owner head-of-send "
            "--accountable director-of-education --organisation council --start 2022-01-01 "
            "--deadline 2030-12-31 --measures TH-M1 --evidence-required 1 --title Backlog "
            "--effective 2022-01-01\n"
            "wsoa record actionStarted --subject TH-1.2 --effective 2022-01-05\n"
            "wsoa progress TH-1.2 --text Early --percent 10 --effective 2022-02-01\n"
            "wsoa progress TH-1.2 --text Afterwards --percent 20 --effective 2022-04-01\n"
            "wsoa rate TH-1.2 amber --reason Slow --effective 2022-04-02\n"
            "exec >&3\n"
            "wsoa show TH-1.2 --as-at 2022-03-01\n"
            "echo ---; wsoa show TH-1.2 --as-at 2021-12-31 || echo exit $?\n");
    EXPECT_EQ(shown.exit, 0) << shown.said;
    EXPECT_NE(shown.said.find("Early"), std::string::npos) << shown.said;
    EXPECT_EQ(shown.said.find("Afterwards"), std::string::npos) << shown.said;
    EXPECT_EQ(shown.said.find("At risk"), std::string::npos) << shown.said;
    EXPECT_EQ(shown.said.find("proposed"), std::string::npos) << shown.said;
    EXPECT_NE(shown.said.find("was not there on 31 December 2021"), std::string::npos)
        << shown.said;
    EXPECT_NE(shown.said.find("exit 1"), std::string::npos) << shown.said;
}

TEST_F(Tour, answers_the_same_id_with_the_first_receipt) {
    const std::string again =
        "wsoa --key head-of-send.pem progress TH-1.1 --text 'Second audit run' "
        "--id 0190163d-8694-739b-aea5-966c26f8ad91\n";
    const auto twice = run_script(folder_.path(), at_ledger + again + again);
    EXPECT_EQ(twice.exit, 0) << twice.said;
    EXPECT_NE(twice.said.find("Recorded before as event"), std::string::npos) << twice.said;
    const auto other = run_script(
        folder_.path(), at_ledger +
                            "wsoa --key head-of-send.pem progress TH-1.1 --text 'Something else' "
                            "--id 0190163d-8694-739b-aea5-966c26f8ad91\n");
    EXPECT_EQ(other.exit, 5) << other.said;
}

}  // namespace
}  // namespace wsoa
