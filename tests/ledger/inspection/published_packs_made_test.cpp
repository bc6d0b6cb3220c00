// The published test vectors of changes, signatures and packs, made again from their seeds.

#include "ledger/event/event.h"
#include "ledger/inspection/pack.h"
#include "tests/support/changes.h"
#include "tests/support/forge.h"
#include "tests/support/note_keys.h"
#include "tests/support/published.h"
#include "tests/support/small_pack.h"

#include <gtest/gtest.h>

#include <array>

namespace wsoa {
namespace {

using test::Cases;
using test::hex_of;
using test::must;
using test::with_bit;

Bytes flipped(const Bytes& bytes, std::size_t at) { return with_bit(bytes, at); }

TEST(PublishedVectors, of_changes_are_as_their_seeds_give) {
    Cases cases;
    const auto add = [&](const std::string& name, std::string_view expect, const std::string& why,
                         const Bytes& change) {
        cases.add(name, expect, why).set("change", to_hex(change));
    };
    const auto good = test::sample_change(Kind::PROGRESS_RECORDED);
    add("progress", "holds", "canonical bytes, and every field within its bounds", good);
    add("ledger opened", "holds", "event 0 names no ledger and saw nothing",
        test::sample_change(Kind::LEDGER_OPENED));
    add("without words", "holds", "an empty list stands where there are no words",
        test::forged(Kind::PROGRESS_RECORDED,
                     [](schema::Change::Builder change) { change.initWords(0); }));
    add("empty", "wrong", "a change has bytes", {});
    add("seven bytes less", "wrong", "its length is no multiple of 8",
        Bytes(good.begin(), good.end() - 7));
    add("a word less", "wrong", "a pointer leads out of it", Bytes(good.begin(), good.end() - 8));
    auto longer = good;
    longer.resize(longer.size() + 8);
    add("a word more", "wrong", "no object owns the last word", longer);
    auto far = good;
    far[0] = 2;
    add("far root", "wrong", "the root is no struct", far);
    add("format 0", "wrong", "no format has that number",
        test::forged(Kind::PROGRESS_RECORDED,
                     [](schema::Change::Builder change) { change.setFormat(0); }));
    add("format 2", "unknown", "a newer program may know it",
        test::forged(Kind::PROGRESS_RECORDED,
                     [](schema::Change::Builder change) { change.setFormat(2); }));
    add("a field more", "unknown", "a newer schema may own it",
        test::grown(Kind::PROGRESS_RECORDED, [](capnp::AnyStruct::Builder change) {
            auto data = change.getDataSection();
            data[data.size() - 1] = 1;
        }));
    add("another plan", "wrong", "the subject belongs to TH",
        test::forged(Kind::PROGRESS_RECORDED,
                     [](schema::Change::Builder change) { change.setPlan("TX"); }));
    add("small letters", "wrong", "a reference begins with the plan's capital letters",
        test::forged(Kind::PROGRESS_RECORDED,
                     [](schema::Change::Builder change) { change.setSubject("th-1.2"); }));
    add("answers the future", "wrong", "what it answers was not seen",
        test::forged(Kind::PROGRESS_RECORDED, [](schema::Change::Builder change) {
            change.initAnswers().setValue(change.getSeen().getSize());
        }));
    add("101 percent", "wrong", "the schema says at most 100",
        test::forged(Kind::PROGRESS_RECORDED, [](schema::Change::Builder change) {
            change.getProgressRecorded().initPercent().setValue(101);
        }));
    test::expect_published("changes.json", cases);
}

TEST(PublishedVectors, of_signatures_are_as_their_seeds_give) {
    Cases cases;
    const auto author = fixed_signer(3);
    const auto change = test::sample_change(Kind::PROGRESS_RECORDED);
    const auto add = [&](const std::string& name, std::string_view expect, const std::string& why,
                         const Bytes& bytes, const KeyId& key, const Bytes& signature) {
        cases.add(name, expect, why)
            .set("change", to_hex(bytes))
            .set("key", key.hex())
            .set("signature", to_hex(signature));
    };
    const auto sign = [](const Signer& signer, ByteView message) {
        return copy_of(signer.sign(message).view());
    };
    auto message = copy_of(bytes_of("wsoa-ledger/change/v1\n"));
    append(message, change);
    const auto good = sign(*author, message);
    add("plain", "holds", "over the label, a line feed and the change", change, author->key(),
        good);
    add("without the label", "refused", "a signature over the change alone is none", change,
        author->key(), sign(*author, change));
    add("another change", "refused", "one bit of it differs", flipped(change, change.size() - 20),
        author->key(), good);
    add("another key", "refused", "somebody else signed", change, fixed_signer(4)->key(), good);
    add("R changed", "refused", "one bit of the first half differs", change, author->key(),
        flipped(good, 0));
    add("S changed", "refused", "one bit of the second half differs", change, author->key(),
        flipped(good, 32));
    // RFC 8032, 5.1.7: S is below the order of the group; the same S and the order is the same
    // number to a careless verifier.
    constexpr std::array<std::uint8_t, 32> order{0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58,
                                                 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
                                                 0,    0,    0,    0,    0,    0,    0,    0,
                                                 0,    0,    0,    0,    0,    0,    0,    0x10};
    auto large = good;
    unsigned carry = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        carry += static_cast<unsigned>(large[32 + i]) + order[i];
        large[32 + i] = static_cast<std::uint8_t>(carry);
        carry >>= 8;
    }
    add("S beyond the order", "refused", "S stands in its one right form", change, author->key(),
        large);
    test::expect_published("signatures.json", cases);
}

// Packs of one small ledger, each wrong in one way. `in` is a member or an event that a verifier
// names.
class PublishedPacks : public testing::Test {
protected:
    PublishedPacks() {
        builder_.appoint_office();
        builder_.draft_plan("TH");
        builder_.add_area("TH-1");
        builder_.commit();
        members_ = whole_pack(builder_);
    }
    // With what the page shows of the plan, and the ledger's own policy.
    static test::PackMembers whole_pack(test::LedgerBuilder& builder) {
        constexpr std::string_view shown =
            R"({"type":"area","ref":"TH-1","rating":"NM","because":"unrated","impact":"NM",)"
            R"("lead":"director-of-education","stage":"open","title":""})"
            "\n"
            R"({"type":"plan","asAt":"2199-01-01","asKnown":"2199-01-01","ref":"TH",)"
            R"("stage":"drafting","ratings":{},"impact":{"TH-1":"NM"},"counts":{"GY":0,"UN":0,)"
            R"("R":0,"A":0,"G":0,"B":0},"title":"Written Statement of Action"})"
            "\n";
        auto members = test::small_pack(builder, "TH");
        const auto note = must(Note::parse(text_of(members.at("checkpoint"))));
        const auto key = note_key(note.signatures[0].name, builder.ledger_signer());
        members["shown.jsonl"] = copy_of(bytes_of(shown));
        members["policy"] = copy_of(bytes_of(fmt::format("log {}\nquorum none\n", key.str())));
        return members;
    }

    Cases::Case add(const std::string& name, std::string_view expect, const std::string& why,
                    const Bytes& file, const nlohmann::ordered_json& in = nullptr) {
        auto added = cases_.add(name, expect, why);
        added.set("file", "packs/" + name + ".zip");
        if (!in.is_null()) {
            added.set("in", in);
        }
        test::expect_golden_text("vectors/packs/" + name + ".zip", text_of(file));
        return added;
    }
    // The pack with a member replaced, its page made anew.
    Bytes with(const std::string& name, const std::string& content) const {
        auto members = members_;
        members[name] = copy_of(bytes_of(content));
        return test::pack_file(std::move(members));
    }
    std::string text(const std::string& name) const {
        return std::string(text_of(members_.at(name)));
    }
    Bytes replaced(const std::string& name, const std::string& part, const std::string& by) const {
        auto content = text(name);
        const auto at = content.find(part);
        CHECK(at != std::string::npos);
        return with(name, content.replace(at, part.size(), by));
    }
    Bytes with_flipped(const std::string& name, std::size_t from_end) const {
        auto members = members_;
        auto& content = members.at(name);
        content[content.size() - from_end] ^= 1;
        return test::pack_file(std::move(members));
    }
    // A pack of the same ledger with one more event, hashed and signed as any other.
    static Bytes with_event(const test::NewEvent& event) {
        test::LedgerBuilder builder;
        builder.appoint_office();
        builder.draft_plan("TH");
        builder.add_area("TH-1");
        builder.append(event);
        builder.commit();
        return test::pack_file(whole_pack(builder));
    }

    void add_altered_members();
    void add_of_one_plan();
    void add_other_forms(const Bytes& good);

    test::LedgerBuilder builder_;
    test::PackMembers members_;
    Cases cases_;
};

void PublishedPacks::add_altered_members() {
    add("altered-words", "refused", "the text is not what event 7 commits to",
        replaced("words.jsonl", "\"text\":\"", "\"text\":\"No "), 7);
    add("words-of-no-event", "refused", "there is no event 70",
        replaced("words.jsonl", "\"event\":7", "\"event\":70"), 70);
    add("words-not-owned-up-to", "refused", "pack.json says that only texts are disclosed",
        replaced("pack.json", "[\"title\"]", "[\"text\"]"), 7);
    add("altered-signature", "refused", "the signature of event 8 does not hold",
        with_flipped("tile/entries/000.p/9", 1), 8);
    add("altered-tile", "refused", "its last hash is not that of event 8",
        with_flipped("tile/0/000.p/9", 1), "tile/0/000.p/9");
    const auto root = to_base64(builder_.history()->root().view());
    add("altered-checkpoint", "refused", "the ledger's key signed another root",
        replaced("checkpoint", root, (root[0] == 'A' ? "B" : "A") + root.substr(1)), "checkpoint");
    auto foreign =
        must(sign_note(must(Note::parse(text("checkpoint"))).text,
                       must(Note::parse(text("checkpoint"))).signatures[0].name, *fixed_signer(9)));
    add("foreign-checkpoint", "refused", "another key than the ledger's signed it",
        with("checkpoint", foreign.str()), "checkpoint");
    add("another-root", "refused", "pack.json has another root than the events give",
        replaced(
            "pack.json",
            "\"root\":\"" + text("pack.json").substr(text("pack.json").find("\"root\":\"") + 8, 2),
            "\"root\":\"00"),
        "pack.json");
    add("another-digest", "refused", "it is not that of the plan which the events give",
        replaced("state.json", text("state.json").substr(text("state.json").find("digest"), 12),
                 "digest\":\"000"),
        "state.json")
        .set("needs", "digest");
    auto fewer = members_;
    fewer.erase("words.jsonl");
    add("missing-words", "refused", "every pack has a words.jsonl", test::pack_file(fewer),
        "words.jsonl");
    add("strange-member", "refused", "no pack has a member of that name", with("zzz.txt", "more"),
        "zzz.txt");
}

void PublishedPacks::add_other_forms(const Bytes& good) {
    auto other_page = members_;
    const MemorySource source(good);
    const auto pack = must(PackFile::open(source));
    other_page["index.html"] =
        must(pack.archive().read(*pack.archive().find("index.html"), good.size()));
    other_page["certificate.txt"] = copy_of(bytes_of("another"));
    add("another-in-the-page", "refused", "the page shows another certificate.txt",
        test::pack_file(other_page, test::Page::as_it_is), "certificate.txt");
    add("cut-short", "refused", "it ends before its directory",
        Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(good.size() / 2)));
    auto deflated = good;
    deflated[8] = 8;
    add("said-to-be-deflated", "refused", "members are stored as they are", deflated);
    auto behind = good;
    behind.push_back(0);
    add("byte-behind", "refused", "the directory ends the file", behind);
}

// Of a ledger in which HK has events 9 and 10.
void PublishedPacks::add_of_one_plan() {
    test::LedgerBuilder builder;
    builder.appoint_office();
    builder.draft_plan("TH");
    builder.add_area("TH-1");
    builder.draft_plan("HK");
    builder.add_area("HK-1");
    builder.commit();
    const auto all = whole_pack(builder);
    auto members = all;
    test::leave_out(members, {9, 10});
    add("one-plan", "holds", "of HK there are the hashes alone", test::pack_file(members));
    auto other = members;
    other.at("tile/0/000.p/11").back() ^= 1;
    add("one-plan-another-hash", "refused", "with it the tree has not the root that was signed",
        test::pack_file(other), "checkpoint");
    auto fewer = all;
    test::leave_out(fewer, {8, 9, 10});
    add("one-plan-too-few", "refused", "event 8 adds an area, which the plan's state then lacks",
        test::pack_file(fewer), "state.json")
        .set("needs", "digest");
    auto strange = all;
    test::leave_out(strange, {9});
    add("one-plan-and-another", "refused", "event 10 is of HK", test::pack_file(strange),
        "pack.json");
}

TEST_F(PublishedPacks, are_as_their_seeds_give) {
    const auto good = test::pack_file(members_);
    add("good", "holds", "consistent with itself", good);
    add_altered_members();
    add("foreign-author", "refused", "event 9 is signed by a key that nobody enrolled",
        with_event({.kind = Kind::AREA_ADDED,
                    .subject = "TH-2",
                    .fields = {{"lead", "head-of-send"}},
                    .words = {{schema::WordField::TITLE, "Waiting times"}},
                    .by = "stranger"}),
        9);
    add("left-out-version", "refused", "event 9 is not the next about its subject",
        with_event({.kind = Kind::ROLE_GRANTED,
                    .subject = "@head-of-send",
                    .fields = {{"role", "actionOwner"}, {"scope", "TH-1"}},
                    .skips_versions = 3}),
        9);
    add_other_forms(good);
    add_of_one_plan();
    test::expect_published("packs.json", cases_);
}

}  // namespace
}  // namespace wsoa
