// The test vectors that we publish (schemas/README.md, "Test vectors"), made again from their
// seeds: notes, proofs and commitments. Nothing here says whether the verifiers judge them so; that
// is published_judged_test.cpp's affair.

#include "ledger/event/kinds.h"
#include "ledger/evidence/manifest.h"
#include "ledger/inspection/receipt.h"
#include "tests/support/changes.h"
#include "tests/support/forge.h"
#include "tests/support/policies.h"
#include "tests/support/published.h"
#include "tests/support/reference_tree.h"

#include <gtest/gtest.h>

#include <set>

namespace wsoa {
namespace {

using test::Cases;
using test::hex_of;
using test::must;
using test::with_bit;

constexpr std::string_view origin = "ledger.example.gov.uk/send";
constexpr std::uint8_t log_seed = 1;
constexpr std::uint8_t stranger_seed = 9;

std::string log_key() { return note_key(origin, *fixed_signer(log_seed)).str(); }

std::string text_over(std::uint64_t size, const Hash& root) {
    return fmt::format("{}\n{}\n{}\n", origin, size, to_base64(root.view()));
}
std::string signed_by(std::uint8_t seed, const std::string& text, std::string_view name = origin) {
    return must(sign_note(text, name, *fixed_signer(seed))).str();
}
Hash root_of_812() { return test::hash_of_byte(0x5a); }
std::string good_note() { return signed_by(log_seed, text_over(812, root_of_812())); }

std::string replaced(std::string text, std::string_view part, std::string_view by) {
    const auto at = text.find(part);
    CHECK(at != std::string::npos);
    return text.replace(at, part.size(), by);
}

TEST(PublishedVectors, of_checkpoints_are_as_their_seeds_give) {
    Cases cases;
    const auto add = [&](const std::string& name, std::string_view expect, const std::string& why,
                         const std::string& note) {
        cases.add(name, expect, why).set("vkey", log_key()).set("note", note);
    };
    const auto empty = sha256({});
    const auto text = text_over(812, root_of_812());
    const auto extended = text + "an extension line\n";
    const auto strange = signed_by(stranger_seed, text, "stranger.example.org");
    const auto strange_line = strange.substr(strange.find("\n\n") + 2);
    add("plain", "holds", "origin, size and root, signed by the log's key", good_note());
    add("empty", "holds", "a log without entries has the empty root",
        signed_by(log_seed, text_over(0, empty)));
    add("extended", "holds", "extension lines are signed with the rest",
        signed_by(log_seed, extended));
    add("another line beside", "holds", "lines of unknown keys are passed over",
        good_note() + strange_line);
    add("by another key", "refused", "no line is by the log's key", strange);
    add("by another key under the name", "refused", "the name is right, the key's id is not",
        signed_by(stranger_seed, text));
    add("another size", "refused", "the signature is over size 812",
        replaced(good_note(), "\n812\n", "\n813\n"));
    add("another root", "refused", "the signature is over another root",
        replaced(good_note(), to_base64(root_of_812().view()),
                 to_base64(test::hash_of_byte(0x5b).view())));
    add("leading zero", "refused", "a size has no leading zeros",
        signed_by(log_seed, replaced(text, "812", "0812")));
    add("another origin", "refused", "the origin is not the name of the log's key",
        signed_by(log_seed, replaced(text, "send", "sent")));
    add("empty with a root", "refused", "size 0 has the empty root and no other",
        signed_by(log_seed, text_over(0, root_of_812())));
    add("short root", "refused", "a root has 32 bytes",
        signed_by(log_seed, fmt::format("{}\n812\nWlpa\n", origin)));
    add("unpadded root", "refused", "base64 stands with its padding",
        signed_by(log_seed, replaced(text, "=\n", "\n")));
    add("no root", "refused", "a checkpoint has three lines",
        signed_by(log_seed, fmt::format("{}\n812\n", origin)));
    add("empty extension", "refused", "an extension line is not empty",
        signed_by(log_seed, text + "\nmore\n"));
    add("no signature", "refused", "a note has a signature", text + "\n");
    add("no blank line", "refused", "a blank line stands before the signatures",
        replaced(good_note(), "\n\n", "\n"));
    add("no last line feed", "refused", "a note ends in a line feed",
        good_note().substr(0, good_note().size() - 1));
    add("tab", "refused", "a note has no control character but line feed",
        replaced(good_note(), "812", "812\t"));
    add("twice, once wrong", "refused", "a known key's line that does not hold condemns the note",
        good_note() + replaced(signed_by(log_seed, extended), extended + "\n", ""));
    test::expect_published("checkpoints.json", cases);
}

TEST(PublishedVectors, of_cosignatures_are_as_their_seeds_give) {
    Cases cases;
    const auto add = [&](const std::string& name, std::string_view expect, const std::string& why,
                         const std::string& policy, const std::string& note) {
        cases.add(name, expect, why)
            .set("policy", log_line(origin, log_seed) + policy)
            .set("note", note);
    };
    const auto three = witness_line(2) + witness_line(3) + witness_line(4);
    const auto two_of_three = three + "group two 2 w2 w3 w4\nquorum two\n";
    const auto by_two = cosigned_by(2, good_note(), 1'700'000'000);
    const auto by_both = cosigned_by(3, by_two, 1'700'000'001);
    const auto only = witness_line(2) + "quorum w2\n";
    add("no quorum", "holds", "the log's signature is enough", "quorum none\n", good_note());
    add("one witness", "holds", "it has cosigned", only, by_two);
    add("two of three", "holds", "two members of the group have cosigned", two_of_three, by_both);
    add("a group in a group", "holds", "a group counts as a member once its threshold is reached",
        three + "group one any w2 w3\ngroup all all one w4\nquorum all\n",
        cosigned_by(4, by_two, 1'700'000'002));
    add("unknown witness beside", "holds", "lines of unknown keys are passed over", only,
        cosigned_by(5, by_two, 1'700'000'003));
    add("at second 0", "holds", "any time below 2^63 may stand there", only,
        cosigned_by(2, good_note(), 0));
    add("no witness", "refused", "nobody has cosigned", only, good_note());
    add("one of three", "refused", "two are asked for", two_of_three, by_two);
    add("twice by one", "refused", "a witness counts once", two_of_three,
        cosigned_by(2, by_two, 1'700'000'009));
    add("of another checkpoint", "refused", "the cosignature is over other bytes", only,
        good_note() +
            replaced(cosigned_by(2, signed_by(log_seed, text_over(813, root_of_812())), 7),
                     signed_by(log_seed, text_over(813, root_of_812())), ""));
    const auto plain_line = signed_by(2, text_over(812, root_of_812()), witness_name(2));
    add("not as a cosigner", "refused", "a witness's key signs as type 0x04, not as 0x01", only,
        good_note() + plain_line.substr(plain_line.find("\n\n") + 2));
    add("no log", "refused", "the log itself has not signed", only,
        cosigned_by(2, signed_by(stranger_seed, text_over(812, root_of_812())), 7));
    add("unknown quorum", "refused", "what a quorum names stands above it",
        witness_line(2) + "quorum w3\n", by_two);
    add("no quorum line", "refused", "a policy says what it asks for", witness_line(2), by_two);
    add("one key twice", "refused", "a witness under two names would count twice",
        witness_line(2) + replaced(witness_line(2), "witness w2", "witness w8") + "quorum w2\n",
        by_two);
    test::expect_published("cosignatures.json", cases);
}

void add_inclusion(Cases& cases, const std::string& name, const std::string& why,
                   const InclusionProof& proof, const Hash& leaf, const Hash& root,
                   std::string_view expect) {
    cases.add(name, expect, why)
        .set("index", proof.index.value)
        .set("size", proof.size.value)
        .set("leaf", hex_of(leaf))
        .set("path", test::hexes_of(proof.path))
        .set("root", hex_of(root));
}

TEST(PublishedVectors, of_inclusion_are_as_their_seeds_give) {
    Cases cases;
    for (const std::uint64_t size : {1U, 2U, 3U, 7U, 8U, 13U, 256U, 300U}) {
        const ReferenceTree tree(size);
        for (const auto index : std::set<std::uint64_t>{0, size / 2, size - 1}) {
            add_inclusion(cases, fmt::format("{} of {}", index, size), "it leads to the root",
                          tree.inclusion({index}), tree.leaf(index), tree.root(), "holds");
        }
    }
    const ReferenceTree tree(13);
    const auto good = tree.inclusion({5});
    const auto wrong = [&](const std::string& name, const std::string& why,
                           const InclusionProof& proof) {
        add_inclusion(cases, name, why, proof, tree.leaf(5), tree.root(), "refused");
    };
    auto other = good;
    other.path[1] = test::hash_of_byte(7);
    wrong("another sibling", "it leads to another root", other);
    other = good;
    other.index = {4};
    wrong("another index", "siblings stand on the other side there", other);
    other = good;
    other.size = {8};
    wrong("another size", "a tree of 8 has a shorter path", other);
    other = good;
    other.size = {12};
    add_inclusion(cases, "a size of the same shape",
                  "a path shows no size: whoever checks takes that of the checkpoint", other,
                  tree.leaf(5), tree.root(), "holds");
    other = good;
    other.index = {13};
    wrong("outside", "a tree of 13 has no leaf 13", other);
    other = good;
    other.path.pop_back();
    wrong("too short", "it ends below the root", other);
    other = good;
    other.path.push_back(tree.root());
    wrong("too long", "it goes on above the root", other);
    add_inclusion(cases, "another leaf", "the path is that of leaf 5", good, tree.leaf(6),
                  tree.root(), "refused");
    test::expect_published("inclusion.json", cases);
}

TEST(PublishedVectors, of_consistency_are_as_their_seeds_give) {
    Cases cases;
    const ReferenceTree tree(300);
    const auto add = [&](const std::string& name, const std::string& why,
                         const ConsistencyProof& proof, const Hash& old_root, const Hash& root,
                         std::string_view expect) {
        cases.add(name, expect, why)
            .set("old_size", proof.old_size.value)
            .set("old_root", hex_of(old_root))
            .set("new_size", proof.new_size.value)
            .set("new_root", hex_of(root))
            .set("path", test::hexes_of(proof.path));
    };
    const std::vector<std::pair<std::uint64_t, std::uint64_t>> sizes{
        {1, 1}, {1, 8}, {4, 8}, {6, 8}, {7, 13}, {8, 13}, {255, 256}, {256, 300}, {299, 300}};
    for (const auto& [from, to] : sizes) {
        add(fmt::format("{} to {}", from, to), "the newer tree begins with the older",
            tree.consistency(from, to), tree.root_at(from), tree.root_at(to), "holds");
    }
    const auto good = tree.consistency(6, 13);
    const auto wrong = [&](const std::string& name, const std::string& why,
                           const ConsistencyProof& proof) {
        add(name, why, proof, tree.root_at(6), tree.root_at(13), "refused");
    };
    auto other = good;
    other.path[0] = test::hash_of_byte(7);
    wrong("another hash", "it leads to other roots", other);
    other = good;
    other.path.pop_back();
    wrong("too short", "it ends below the root", other);
    other = good;
    other.path.push_back(test::hash_of_byte(7));
    wrong("too long", "it goes on above the root", other);
    other = good;
    other.old_size = {0};
    wrong("from nothing", "everything continues an empty tree, so that a proof of it says nothing",
          other);
    other = good;
    other.old_size = {14};
    wrong("backwards", "a tree does not shrink", other);
    other.old_size = {13};
    other.path.clear();
    add("two roots at one size", "equal sizes have equal roots", other, tree.root_at(6),
        tree.root_at(13), "refused");
    add("another old root", "the proof is of another older tree", good, tree.root_at(7),
        tree.root_at(13), "refused");
    test::expect_published("consistency.json", cases);
}

TEST(PublishedVectors, of_tlog_proofs_are_as_their_seeds_give) {
    Cases cases;
    const ReferenceTree tree(13);
    const auto checkpoint = must(sign_checkpoint(
        {std::string(origin), tree.size() == 13 ? TreeSize{13} : TreeSize{}, tree.root(), {}},
        *fixed_signer(log_seed)));
    const auto receipt = make_receipt(tree.inclusion({5}), checkpoint);
    const auto good = receipt.str();
    const auto add = [&](const std::string& name, std::string_view expect, const std::string& why,
                         const std::string& proof, const Bytes& entry) {
        cases.add(name, expect, why)
            .set("policy", log_line(origin, log_seed) + "quorum none\n")
            .set("entry", to_hex(entry))
            .set("proof", proof);
    };
    const auto& entry = tree.entry(5);
    auto extra = receipt;
    extra.extra = copy_of(bytes_of("beside it"));
    add("plain", "holds", "the entry is leaf 5 of the 13 under a signed root", good, entry);
    add("with extra data", "holds", "nobody vouches for them, and they change nothing", extra.str(),
        entry);
    add("another entry", "refused", "its hash is another leaf", good, tree.entry(6));
    add("another index", "refused", "the path is that of leaf 5",
        replaced(good, "index 5", "index 4"), entry);
    add("another version", "refused", "the first line names the format",
        replaced(good, "@v1", "@v2"), entry);
    add("hash missing", "refused", "the path ends below the root",
        good.substr(0, good.find('\n', good.find("index 5")) + 1) +
            good.substr(good.find('\n', good.find('\n', good.find("index 5")) + 1) + 1),
        entry);
    add("checkpoint of another size", "refused", "the signature is over 13",
        replaced(good, "\n13\n", "\n12\n"), entry);
    add("no checkpoint", "refused", "a proof ends in one", good.substr(0, good.find("\n\n") + 2),
        entry);
    test::expect_published("tlog_proofs.json", cases);
}

TEST(PublishedVectors, of_words_are_as_their_seeds_give) {
    Cases cases;
    const auto ledger = test::hash_of_byte(0x11);
    const Word good{.field = schema::WordField::TITLE,
                    .salt = test::hash_of_byte(0x22),
                    .text = "Audit of plans every term: caf\u00e9"};
    const auto add = [&](const std::string& name, std::string_view expect, const std::string& why,
                         const Word& word, const Hash& commitment) {
        cases.add(name, expect, why)
            .set("ledger", hex_of(ledger))
            .set("field", name_of(word.field))
            .set("number", static_cast<unsigned>(word.field))
            .set("salt", hex_of(word.salt))
            .set("text", word.text)
            .set("commitment", hex_of(commitment));
    };
    const auto commitment = commit_to(ledger, good);
    add("plain", "holds", "the label, the ledger, the field, the salt and the text", good,
        commitment);
    auto other = good;
    other.text = std::string(limits::word_bytes_max, 'x');
    add("longest", "holds", "32,768 bytes may stand in it", other, commit_to(ledger, other));
    other.text += 'x';
    add("too long", "refused", "32,769 bytes may not", other, commit_to(ledger, other));
    other.text = "";
    add("empty", "refused", "a text has a byte at least", other, commit_to(ledger, other));
    other.text = "Audit\nof plans";
    add("line feed", "refused", "a text has no control characters", other,
        commit_to(ledger, other));
    other.text = "Audit: cafe\u0301";
    add("not composed", "refused", "a text stands in NFC", other, commit_to(ledger, other));
    other.text = "Audit \u202eof plans";
    add("turned round", "refused", "a text does not turn the direction of what is read", other,
        commit_to(ledger, other));
    other = good;
    other.text += " ";
    add("another text", "refused", "one space more is another text", other, commitment);
    other = good;
    other.salt = test::hash_of_byte(0x23);
    add("another salt", "refused", "the commitment was made with another", other, commitment);
    other = good;
    other.field = schema::WordField::TEXT;
    add("another field", "refused", "the commitment is to a title", other, commitment);
    add("another commitment", "refused", "one bit of it differs", good,
        must(Hash::of(with_bit(copy_of(commitment.view()), 0))));
    test::expect_published("words.json", cases);
}

TEST(PublishedVectors, of_documents_are_as_their_seeds_give) {
    Cases cases;
    const auto ledger = test::hash_of_byte(0x11);
    const std::string content = "The audit of May\n";
    const Manifest good{.size = content.size(),
                        .digest = sha256(bytes_of(content)),
                        .media_type = "text/plain",
                        .salt = test::hash_of_byte(0x33),
                        .pieces = {}};
    const auto commitment = commit_to_document(ledger, {7}, good);
    const auto add = [&](const std::string& name, std::string_view expect, const std::string& why,
                         const Manifest& manifest, std::uint64_t number) {
        cases.add(name, expect, why)
            .set("ledger", hex_of(ledger))
            .set("number", number)
            .set("salt", hex_of(manifest.salt))
            .set("size", manifest.size)
            .set("sha256", hex_of(manifest.digest))
            .set("commitment", hex_of(commitment));
    };
    add("plain", "holds", "the label, the ledger, the number, the salt, the size and the hash",
        good, 7);
    add("another number", "refused", "the document has number 7", good, 8);
    auto other = good;
    other.size += 1;
    add("another size", "refused", "the document has 17 bytes", other, 7);
    other = good;
    other.digest = sha256({});
    add("another content", "refused", "the hash is that of the content", other, 7);
    other = good;
    other.salt = test::hash_of_byte(0x34);
    add("another salt", "refused", "the commitment was made with another", other, 7);
    test::expect_published("documents.json", cases);
}

}  // namespace
}  // namespace wsoa
