// Packs put together by hand: what a verifier finds in each that is not what it says.

#include "ledger/inspection/pack.h"

#include "ledger/base/sha256.h"
#include "ledger/inspection/pack_check.h"
#include "tests/support/changes.h"
#include "tests/support/small_pack.h"

#include <gmock/gmock.h>

#include <set>

namespace wsoa {
namespace {

using test::must;
using test::Page;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::UnorderedElementsAre;

class Pack : public testing::Test {
protected:
    Pack() {
        builder_.appoint_office();
        builder_.draft_plan("TH");
        builder_.add_area("TH-1");
        builder_.commit();
        members_ = test::small_pack(builder_, "TH");
    }

    // Everything that is found, a line each; the error where it cannot be opened.
    static std::string found_in(const Bytes& file, const PackQuestion& question = {}) {
        const MemorySource source(file);
        const auto pack = PackFile::open(source);
        if (!pack.ok()) {
            return "no pack: " + pack.error().message;
        }
        const auto verdict = must(verify_pack(pack.value(), question));
        std::string found;
        for (const auto& finding : verdict.findings) {
            found += finding.what + "\n";
        }
        return found;
    }
    std::set<std::string> items() const { return test::items_found(members_); }
    std::string found() const { return found_in(test::pack_file(members_)); }
    std::string text(const std::string& name) const {
        return std::string(text_of(members_.at(name)));
    }
    void set(const std::string& name, const std::string& to) {
        members_[name] = copy_of(bytes_of(to));
    }
    // The first of these in the member becomes that.
    void replace(const std::string& name, const std::string& from, const std::string& to) {
        auto whole = text(name);
        const auto at = whole.find(from);
        ASSERT_NE(at, std::string::npos) << name;
        set(name, whole.replace(at, from.size(), to));
    }

    test::LedgerBuilder builder_;
    test::PackMembers members_;
};

TEST_F(Pack, that_is_what_it_says_holds) { EXPECT_EQ(found(), ""); }

TEST_F(Pack, says_what_was_and_was_not_checked) {
    const auto file = test::pack_file(members_);
    const MemorySource source(file);
    const auto pack = must(PackFile::open(source));
    const auto verdict = must(verify_pack(pack, {}));
    const auto lines = [](const std::vector<std::string>& each) {
        return fmt::format("{}", fmt::join(each, "\n"));
    };
    EXPECT_THAT(lines(verdict.checked),
                AllOf(HasSubstr("1 word against their commitments"),
                      HasSubstr("1 tile of the tree"), HasSubstr("the digest of the state of TH"),
                      HasSubstr("that the page within the pack shows this pack's data")));
    EXPECT_THAT(lines(verdict.not_checked),
                AllOf(HasSubstr("that events commit to and the pack leaves out"),
                      HasSubstr("whether the page within the pack can be believed"),
                      HasSubstr("whether this is the ledger that others saw")));
    EXPECT_FALSE(verdict.continues_earlier);
}

TEST_F(Pack, knows_a_released_page_by_its_hash) {
    const auto page = std::string("<p>page</p>\n") + std::string(page_mark_line);
    const auto file = test::pack_file(members_);
    const MemorySource source(file);
    const auto pack = must(PackFile::open(source));
    const auto hash = to_hex(sha256(bytes_of(page)).view());
    const auto verdict = must(verify_pack(pack, {.released_pages = {hash}}));
    EXPECT_THAT(fmt::format("{}", fmt::join(verdict.checked, "\n")),
                HasSubstr("is a released one: " + hash));
    const auto early = must(verify_pack(pack, {.own_page = hash}));
    EXPECT_THAT(fmt::format("{}", fmt::join(early.not_checked, "\n")),
                HasSubstr("that of this program, which is not released yet: " + hash));
}

TEST_F(Pack, of_a_form_that_nobody_writes_is_refused_in_a_sentence) {
    replace("pack.json", "wsoa-pack/v1", "wsoa-pack/v2");
    EXPECT_THAT(found(), HasSubstr("no pack: pack.json: it is a pack of the form"));
    replace("pack.json", "wsoa-pack/v2", "wsoa-pack/v1");
    replace("pack.json", "\"restricted\"", "\"unknown\":1,\"restricted\"");
    EXPECT_THAT(found(), HasSubstr("no pack: pack.json"));
    members_.erase("pack.json");
    EXPECT_THAT(found(), HasSubstr("no pack: the pack has no pack.json"));
}

TEST_F(Pack, of_more_leaves_than_it_holds_is_refused) {
    replace("pack.json", "\"size\":9", "\"size\":10");
    EXPECT_THAT(found(), HasSubstr("no pack: the pack has no tile/entries/000.p/10"));
    replace("pack.json", "\"size\":10", "\"size\":99999999999");
    EXPECT_THAT(found(), HasSubstr("1 to 3000000 are taken"));
}

TEST_F(Pack, that_claims_another_root_origin_or_ledger_is_found_out) {
    for (const auto* const name : {"origin", "root", "ledger"}) {
        auto other = members_;
        auto json = text("pack.json");
        const auto key = fmt::format("\"{}\":\"", name);
        auto& byte = json[json.find(key) + key.size() + 3];
        byte = byte == 'a' ? 'b' : 'a';
        other["pack.json"] = copy_of(bytes_of(json));
        EXPECT_THAT(found_in(test::pack_file(other)), HasSubstr("pack.json")) << name;
    }
}

TEST_F(Pack, whose_words_are_not_what_was_committed_to_is_found_out) {
    replace("words.jsonl", "\"text\":\"", "\"text\":\"No ");
    EXPECT_THAT(found(), HasSubstr("\"title\" is not what was committed to"));
}

TEST_F(Pack, with_words_that_it_does_not_say_or_that_nobody_wrote_is_found_out) {
    replace("pack.json", "[\"title\"]", "[\"text\"]");
    EXPECT_THAT(found(), HasSubstr("its words in \"title\" are here, which the pack does not say"));
    replace("words.jsonl", "\"field\":\"title\"", "\"field\":\"text\"");
    EXPECT_THAT(found(), HasSubstr("\"text\" is not committed to"));
    replace("words.jsonl", "\"event\":7", "\"event\":70");
    EXPECT_THAT(found(), HasSubstr("there is no such event"));
}

TEST_F(Pack, with_a_line_that_cannot_be_read_names_it) {
    set("words.jsonl", text("words.jsonl") + "{\"event\":8}\n");
    EXPECT_THAT(found(), HasSubstr("words.jsonl: line 2: \"field\" is missing"));
    set("documents.jsonl", "no JSON");
    EXPECT_THAT(found(), HasSubstr("documents.jsonl: line 1: it does not end in a line feed"));
}

TEST_F(Pack, with_a_document_that_no_event_names_is_found_out) {
    set("documents.jsonl",
        fmt::format(R"({{"event":8,"member":"documents/8","number":0,"salt":"{}","size":1,)"
                    R"("media":"text/plain","sha256":"{}"}})"
                    "\n",
                    std::string(64, '0'), std::string(64, '0')));
    set("documents/8", "x");
    EXPECT_THAT(found(), HasSubstr("it names no document of number 0"));
    set("documents/7", "x");
    EXPECT_THAT(found(), HasSubstr("documents/7 belongs to no line of documents.jsonl"));
}

TEST_F(Pack, whose_tiles_are_not_those_of_its_leaves_is_found_out) {
    auto& tile = members_.at("tile/0/000.p/9");
    tile[100] ^= 1;
    EXPECT_THAT(found(), HasSubstr("tile/0/000.p/9: hash 3 of it is not what the events give"));
    tile.pop_back();
    EXPECT_THAT(found(), HasSubstr("tile/0/000.p/9"));
}

TEST_F(Pack, with_an_altered_leaf_is_found_out) {
    auto& bundle = members_.at("tile/entries/000.p/9");
    bundle[bundle.size() - 1] ^= 1;
    EXPECT_THAT(found(), HasSubstr("its author's signature does not hold"));
}

TEST_F(Pack, with_another_checkpoint_is_found_out) {
    replace("checkpoint", "\n9\n", "\n8\n");
    EXPECT_THAT(found(), HasSubstr("checkpoint"));
}

TEST_F(Pack, with_another_state_or_of_other_days_is_found_out) {
    replace("state.json", "\"digest\":\"", "\"digest\":\"0");
    EXPECT_THAT(found(), HasSubstr("state.json"));
    members_ = test::small_pack(builder_, "TH");
    replace("state.json", "2199-01-01", "2198-01-01");
    EXPECT_THAT(found(), HasSubstr("tells of another plan or other days"));
}

TEST_F(Pack, that_shows_the_plan_as_it_was_not_is_found_out) {
    const auto shown = text("shown.jsonl");
    using Case = std::pair<std::string, std::string>;
    for (const auto& [from, to] :
         {Case{"\"lead\":\"director", "\"lead\":\"head"},
          Case{"\"rating\":\"NM\"", "\"rating\":\"G\""},
          Case{"\"type\":\"area\"", "\"type\":\"action\""},
          Case{"\"impact\":{", "\"impact\":{\"TH-9\":\"NM\","},
          Case{"Written Statement", "Another Statement"}, Case{"{\"type\":\"plan\"", "{\"type\":7"},
          Case{"{\"type\":\"plan\"", "[\"type\":\"plan\""},
          Case{"\"stage\":\"drafting\"", "\"stage\":null"}}) {
        set("shown.jsonl", shown);
        replace("shown.jsonl", from, to);
        EXPECT_THAT(items(), ElementsAre("breach shown")) << to;
    }
    set("shown.jsonl", shown + shown);
    EXPECT_THAT(items(), ElementsAre("breach shown"));
    set("shown.jsonl", shown.substr(shown.find('\n') + 1));
    EXPECT_THAT(found(), HasSubstr("area TH-1 is left out"));
    replace("shown.jsonl", "{", "{\"more\":[1,{}],");
    set("shown.jsonl", shown.substr(0, shown.find('\n') + 1) + text("shown.jsonl"));
    EXPECT_THAT(items(), ElementsAre("breach shown"));
    EXPECT_THAT(found(), HasSubstr("is nothing that a pack shows"));
}

TEST_F(Pack, that_lacks_a_member_is_found_out) {
    members_.erase("README.txt");
    EXPECT_THAT(found(), HasSubstr("README.txt: the pack has none"));
}

TEST_F(Pack, that_does_not_meet_its_own_policy_is_found_out) {
    set("policy", "quorum none\n");
    EXPECT_THAT(found(), HasSubstr("by the pack's own policy: no log of the policy has signed"));
    set("policy", "what\n");
    EXPECT_THAT(found(), HasSubstr("policy: line 1 of the policy"));
}

TEST_F(Pack, names_the_item_of_each_finding) {
    EXPECT_THAT(items(), IsEmpty());
    members_.erase("evidence.csv");
    replace("words.jsonl", "\"text\":\"", "\"text\":\"No ");
    members_.at("tile/0/000.p/9")[100] ^= 1;
    EXPECT_THAT(items(), UnorderedElementsAre("breach member:evidence.csv", "breach shown",
                                              "breach word:7/title", "breach tile:tile/0/000.p/9"));
    replace("checkpoint", "\n9\n", "\n8\n");
    EXPECT_THAT(items(), IsSupersetOf({"breach checkpoint", "breach about", "breach policy"}));
}

TEST_F(Pack, names_the_item_that_ends_the_check) {
    members_.erase("tile/entries/000.p/9");
    EXPECT_THAT(items(), ElementsAre("refused member:tile/entries/000.p/9"));
    members_.erase("checkpoint");
    EXPECT_THAT(items(), ElementsAre("refused checkpoint"));
    members_.erase("pack.json");
    EXPECT_THAT(items(), ElementsAre("refused about"));
    const auto nothing = Bytes(30);
    const MemorySource source(nothing);
    std::optional<Item> refused;
    EXPECT_FALSE(PackFile::open(source, &refused).ok());
    EXPECT_EQ(refused.value_or(Item(Item::Of::stored)).str(), "archive");
}

// A sum that is wrong does not hide what the member says.
TEST_F(Pack, with_a_damaged_member_is_still_looked_at) {
    auto file = test::pack_file(members_);
    const auto bundle = text("tile/entries/000.p/9");
    const auto at = text_of(file).find(bundle) + bundle.size() - 1;
    ASSERT_LT(at, file.size());
    file[at] ^= 1;
    EXPECT_THAT(found_in(file), AllOf(HasSubstr("tile/entries/000.p/9 is damaged"),
                                      HasSubstr("its author's signature does not hold")));
}

TEST_F(Pack, with_a_damaged_or_missing_paper_is_told_of_it_once) {
    for (const auto* const name : {"README.txt", "certificate.txt", "evidence.csv"}) {
        set(name, "as somebody wrote it");
        auto file = test::pack_file(members_);
        const MemorySource source(file);
        const auto pack = must(PackFile::open(source));
        PackQuestion question;
        question.program = pack.about().made_with;
        file[pack.archive().find(name)->offset] ^= 1;
        const auto found = found_in(file, question);
        const auto damaged = std::string(name) + " is damaged";
        EXPECT_THAT(found, HasSubstr(damaged));
        EXPECT_EQ(found.find(damaged), found.rfind(damaged)) << found;
        members_.erase(name);
        const auto missing = found_in(test::pack_file(members_), question);
        EXPECT_THAT(missing, HasSubstr(std::string(name) + ": the pack has none"));
        EXPECT_EQ(missing.find(name), missing.rfind(name)) << missing;
    }
}

TEST_F(Pack, whose_page_shows_something_else_is_found_out) {
    const auto file = test::pack_file(members_);
    const MemorySource source(file);
    const auto pack = must(PackFile::open(source));
    members_["index.html"] =
        must(pack.archive().read(*pack.archive().find("index.html"), 1'000'000));
    set("certificate.txt", "something else");
    EXPECT_THAT(found_in(test::pack_file(members_, Page::as_it_is)),
                HasSubstr("index.html: it shows another certificate.txt than the pack holds"));
    set("index.html", "<p>no mark</p>");
    EXPECT_THAT(found_in(test::pack_file(members_, Page::as_it_is)),
                HasSubstr("it does not say where the released page ends"));
}

// The data is decoded where it is asked for, so that each of its parts must be asked for.
TEST_F(Pack, whose_page_holds_data_of_another_form_is_found_out) {
    const auto file = test::pack_file(members_);
    const MemorySource source(file);
    const auto pack = must(PackFile::open(source));
    const auto page = std::string(
        text_of(must(pack.archive().read(*pack.archive().find("index.html"), 1'000'000))));
    const auto begin = page.find(page_data_begin) + page_data_begin.size();
    const auto end = page.size() - page_data_end.size();
    const auto with = [&](std::size_t from, std::size_t count, std::string_view text) {
        auto other = page;
        set("index.html", other.replace(from, count, text));
        return found_in(test::pack_file(members_, Page::as_it_is));
    };
    EXPECT_THAT(with(0, 0, ""), Not(HasSubstr("index.html: ")));
    for (const auto at : {begin, begin + (end - begin) / 2, end - 5}) {
        EXPECT_THAT(with(at, 1, "!"), HasSubstr("index.html: this is not base64")) << at;
        const auto other = page[at] == 'A' ? "B" : "A";
        EXPECT_THAT(with(at, 1, other), HasSubstr("index.html: ")) << at;
    }
    EXPECT_THAT(with(end, 0, "A"), HasSubstr("index.html: its data is not base64"));
    EXPECT_THAT(with(end, 0, "AAAA"), HasSubstr("index.html: "));
    EXPECT_THAT(with(end - 4, 4, ""), HasSubstr("index.html: "));
    EXPECT_THAT(with(begin, end - begin, ""), HasSubstr("index.html: this is no pack"));
    for (const auto cut : {begin - 1, end}) {
        EXPECT_THAT(with(cut, page.size() - cut, ""),
                    HasSubstr("it does not hold the pack's data behind the released page"));
    }
}

TEST_F(Pack, whose_words_stand_in_another_order_still_has_them) {
    const auto words = text("words.jsonl");
    ASSERT_TRUE(words.starts_with("{\"event\":7,"));
    auto earlier = words;
    earlier.replace(words.find('7'), 1, "3");
    set("words.jsonl", words + earlier);
    EXPECT_THAT(items(), UnorderedElementsAre("breach member:words.jsonl", "breach word:3/title"));
}

TEST_F(Pack, with_a_member_that_no_pack_has_is_found_out) {
    set("other.txt", "x");
    EXPECT_THAT(found(), HasSubstr("other.txt: no pack has such a member"));
    members_.erase("other.txt");
    set("tile/0/001", std::string(8'192, 'x'));
    EXPECT_THAT(found(), HasSubstr("tile/0/001: no pack has such a member"));
}

}  // namespace
}  // namespace wsoa
