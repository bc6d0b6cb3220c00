#include "ledger/tree/note.h"

#include "ledger/base/limits.h"
#include "tests/support/files.h"
#include "tests/support/mutants.h"
#include "tests/support/note_keys.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

// The example of the specification.
constexpr std::string_view spec_note =
    "This is an example message.\n\n\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    "\n";
constexpr std::string_view spec_vkey =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

std::vector<NoteKey> spec_keys() { return {NoteKey::parse(spec_vkey).value()}; }

std::string with(std::string_view text, std::string_view part, std::string_view other) {
    std::string changed(text);
    const auto at = changed.find(part);
    CHECK(at != std::string::npos);
    return changed.replace(at, part.size(), other);
}

Note signed_by(std::string_view text, std::string_view name, std::uint8_t byte) {
    return sign_note(text, name, *fixed_signer(byte)).value();
}

Note join(Note note, const Note& other) {
    note.signatures.insert(note.signatures.end(), other.signatures.begin(), other.signatures.end());
    return note;
}

TEST(NoteKey, is_read_back_as_it_was_written) {
    const auto key = NoteKey::parse(spec_vkey);
    ASSERT_TRUE(key.ok()) << key.error().message;
    EXPECT_EQ(key.value().name(), "example.com/foo");
    EXPECT_EQ(key.value().id(), 0x530d903aU);
    EXPECT_EQ(key.value().type(), 1);
    EXPECT_EQ(key.value().str(), spec_vkey);
    EXPECT_EQ(NoteKey::ed25519("example.com/foo", *key.value().ed25519_key()).value(), key.value());
}

TEST(NoteKey, is_split_at_its_first_two_plus_signs) {
    // Of so many keys some have a plus in their base64.
    std::size_t with_plus = 0;
    for (int byte = 0; byte < 40; ++byte) {
        const auto key =
            note_key("example.org/wsoa", *fixed_signer(static_cast<std::uint8_t>(byte)));
        const auto vkey = key.str();
        with_plus += std::count(vkey.begin(), vkey.end(), '+') > 2 ? 1U : 0U;
        EXPECT_EQ(NoteKey::parse(vkey).value(), key);
    }
    EXPECT_GT(with_plus, 0U);
}

TEST(NoteKey, is_refused_when_anything_is_wrong_with_it) {
    struct Mutation {
        std::string name;
        std::string vkey;
    };
    const std::vector<Mutation> mutations{
        {"empty", ""},
        {"name only", "example.com/foo"},
        {"no key", "example.com/foo+530d903a"},
        {"empty key", "example.com/foo+530d903a+"},
        {"type without key", "example.com/foo+530d903a+AQ=="},
        {"empty name", with(spec_vkey, "example.com/foo", "")},
        {"another name", with(spec_vkey, "foo", "fop")},
        {"a space in the name", with(spec_vkey, "foo", "f o")},
        {"a no-break space in the name", with(spec_vkey, "foo", "f\u00a0o")},
        {"a line feed in the name", with(spec_vkey, "foo", "f\no")},
        {"a plus in the name", with(spec_vkey, "foo", "f+o")},
        {"no UTF-8 in the name", with(spec_vkey, "foo", "f\xff")},
        {"upper-case id", with(spec_vkey, "530d903a", "530D903A")},
        {"id of another key", with(spec_vkey, "530d903a", "530d903b")},
        {"id back to front", with(spec_vkey, "530d903a", "3a900d53")},
        {"short id", with(spec_vkey, "530d903a", "530d90")},
        {"long id", with(spec_vkey, "530d903a", "00530d903a")},
        {"another key", with(spec_vkey, "3U2k", "3U2l")},
        {"key one byte short", with(spec_vkey, "3U2k", "3U0=")},
        {"key one byte long", std::string(spec_vkey) + "AA=="},
        {"no padding", with(spec_vkey, "3U2k", "3U0")},
        {"base64 of URLs", with(spec_vkey, "3U2k", "3U2_")},
        {"a line feed at the end", std::string(spec_vkey) + "\n"},
        {"too long", std::string(spec_vkey) + std::string(5'000, 'A')},
    };
    for (const auto& mutation : mutations) {
        const auto key = NoteKey::parse(mutation.vkey);
        ASSERT_FALSE(key.ok()) << mutation.name;
        EXPECT_EQ(key.error().fault, Fault::invalid) << mutation.name;
    }
}

TEST(NoteKey, keeps_other_types_without_a_key_that_verifies) {
    for (const auto* vkey :
         {"witness.example.org+b8a2cf20+BFLN3yikSfFkVAJtrnh/CiY3Zozkoy7clp+P7XB28qUN",
          "log.example.org+00000007+AgECAw==", "log.example.org+00000007+/wE="}) {
        const auto key = NoteKey::parse(vkey);
        ASSERT_TRUE(key.ok()) << key.error().message;
        EXPECT_FALSE(key.value().ed25519_key().has_value());
        EXPECT_EQ(key.value().str(), vkey);
    }
}

TEST(NoteKey, of_a_cosigner_has_the_id_that_name_and_key_give) {
    EXPECT_FALSE(
        NoteKey::parse("witness.example.org+b8a2cf21+BFLN3yikSfFkVAJtrnh/CiY3Zozkoy7clp+P7XB28qUN")
            .ok());
}

TEST(NoteKey, has_one_spelling_among_all_mutants) {
    // An id that is not checked, so that mutants of the key are taken too.
    for (const auto& valid :
         {std::string(spec_vkey), std::string("example.org/k+0a1b2c3d+AgECAwQFBg==")}) {
        Mutants mutants(valid, 3);
        std::size_t refused = 0;
        for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
            const auto vkey = mutants.next();
            const auto key = NoteKey::parse(vkey);
            ASSERT_TRUE(!key.ok() || key.value().str() == vkey) << vkey;
            refused += key.ok() ? 0U : 1U;
        }
        EXPECT_GT(refused, 1'000U);
        EXPECT_LT(refused, mutants_of_a_parser);
    }
}

TEST(Note, of_the_specification_verifies) {
    const auto note = Note::parse(spec_note);
    ASSERT_TRUE(note.ok()) << note.error().message;
    EXPECT_EQ(note.value().text, "This is an example message.\n");
    const auto signers = check_note(note.value(), spec_keys());
    ASSERT_TRUE(signers.ok()) << signers.error().message;
    EXPECT_EQ(signers.value(), spec_keys());
    EXPECT_EQ(note.value().str(), spec_note);
}

TEST(Note, runs_to_the_last_blank_line) {
    const auto note = signed_by("first\n\n\u2014 looks.like a+signature\n\n\n", "example.org/a", 1);
    const auto parsed = Note::parse(note.str());
    ASSERT_TRUE(parsed.ok()) << parsed.error().message;
    EXPECT_EQ(parsed.value(), note);
}

TEST(Note, is_refused_when_anything_is_wrong_with_it) {
    constexpr std::string_view blob =
        "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQ"
        "M=";
    struct Mutation {
        std::string name;
        std::string note;
    };
    const std::vector<Mutation> mutations{
        {"empty", ""},
        {"one line feed", "\n"},
        {"two line feeds", "\n\n"},
        {"text only", "This is an example message.\n"},
        {"no signature", "This is an example message.\n\n"},
        {"no text", std::string(spec_note.substr(28))},
        {"no blank line", with(spec_note, "\n\n", "\n")},
        {"no last line feed", std::string(spec_note.substr(0, spec_note.size() - 1))},
        {"a blank line at the end", std::string(spec_note) + "\n"},
        {"a line that is no signature", std::string(spec_note) + "more\n"},
        {"carriage returns", with(spec_note, "\n", "\r\n")},
        {"a tab in the text", with(spec_note, "an example", "an\texample")},
        {"a zero byte in the text",
         with(spec_note, "an example", std::string_view("an\0example", 10))},
        {"no UTF-8 in the text", with(spec_note, "an example", "an \xc0\x80 example")},
        {"half a surrogate pair in the text", with(spec_note, "an", "\xed\xa0\x80")},
        {"en dash", with(spec_note, "\u2014", "\u2013")},
        {"hyphen", with(spec_note, "\u2014", "-")},
        {"no space after the dash", with(spec_note, "\u2014 ", "\u2014")},
        {"two spaces after the dash", with(spec_note, "\u2014 ", "\u2014  ")},
        {"two spaces after the name", with(spec_note, "foo ", "foo  ")},
        {"no name", with(spec_note, "example.com/foo ", "")},
        {"a plus in the name", with(spec_note, "com/foo", "com/f+o")},
        {"an em space in the name", with(spec_note, "com/foo", "com/f\u2003o")},
        {"an ideographic space in the name", with(spec_note, "com/foo", "com/f\u3000o")},
        {"a next-line character in the name", with(spec_note, "com/foo", "com/f\u0085o")},
        {"no padding", with(spec_note, "yaQM=", "yaQM")},
        {"too much padding", with(spec_note, "yaQM=", "yaQM====")},
        {"stray low bits", with(spec_note, "yaQM=", "yaQN=")},
        {"base64 of URLs", with(spec_note, "kn8srV", "kn8_rV")},
        {"a space at the end", with(spec_note, "yaQM=\n", "yaQM= \n")},
        {"an id without signature", with(spec_note, blob, "Uw2QOg==")},
        {"half an id", with(spec_note, blob, "Uw2Q")},
        {"an empty signature", with(spec_note, blob, "")},
    };
    for (const auto& mutation : mutations) {
        const auto note = Note::parse(mutation.note);
        ASSERT_FALSE(note.ok()) << mutation.name;
        EXPECT_EQ(note.error().fault, Fault::invalid) << mutation.name;
    }
}

TEST(Note, takes_64_signatures_of_8192_bytes_and_no_more) {
    Note note = signed_by("text\n", "example.org/a", 1);
    const NoteSignature unknown{"example.org/b", 7, Bytes(1'000, 1)};
    note.signatures.resize(limits::note_signatures_max, unknown);
    EXPECT_TRUE(Note::parse(note.str()).ok());
    note.signatures.push_back(unknown);
    EXPECT_FALSE(Note::parse(note.str()).ok());

    note.signatures.resize(2);
    note.signatures[1].bytes.resize(limits::note_signature_bytes_max);
    EXPECT_TRUE(Note::parse(note.str()).ok());
    note.signatures[1].bytes.push_back(1);
    EXPECT_FALSE(Note::parse(note.str()).ok());
}

TEST(Note, takes_so_many_bytes_and_no_more) {
    const std::string text(limits::note_bytes_max - 200, 'a');
    EXPECT_TRUE(sign_note(text + "\n", "example.org/a", *fixed_signer(1)).ok());
    EXPECT_FALSE(
        sign_note(text + std::string(200, 'a') + "\n", "example.org/a", *fixed_signer(1)).ok());
    EXPECT_FALSE(Note::parse(std::string(limits::note_bytes_max + 1, '\n')).ok());
}

TEST(Note, passes_over_lines_of_unknown_keys) {
    const auto signer = fixed_signer(1);
    const std::vector<NoteKey> keys{note_key("example.org/a", *signer)};
    auto note = signed_by("text\n", "example.org/a", 1);
    const auto own = note.signatures[0];
    // The name with another id, the id with another name, a truncated name, and nonsense.
    note.signatures.push_back({"example.org/a", own.key_id ^ 1, own.bytes});
    note.signatures.push_back({"example.org/b", own.key_id, Bytes(64)});
    note.signatures.push_back({"example.org/", own.key_id, Bytes(64)});
    note.signatures.push_back({"grease", 7, Bytes(1)});
    EXPECT_EQ(check_note(note, keys).value(), keys);
}

TEST(Note, is_distrusted_when_a_known_key_fails_beside_one_that_holds) {
    const auto text = "text\n";
    const std::vector<NoteKey> keys{note_key("example.org/a", *fixed_signer(1)),
                                    note_key("example.org/b", *fixed_signer(2))};
    auto note = join(signed_by(text, "example.org/a", 1), signed_by(text, "example.org/b", 2));
    EXPECT_EQ(check_note(note, keys).value(), keys);
    note.signatures[1].bytes[0] ^= 1;
    EXPECT_EQ(check_note(note, keys).error().fault, Fault::distrusted);
    // To whoever does not know the second key, its line says nothing.
    EXPECT_TRUE(check_note(note, std::span(keys).first(1)).ok());
}

TEST(Note, is_distrusted_when_one_of_two_lines_by_a_key_fails) {
    const std::vector<NoteKey> keys{note_key("example.org/a", *fixed_signer(1))};
    auto note = signed_by("text\n", "example.org/a", 1);
    note.signatures.push_back(note.signatures[0]);
    EXPECT_EQ(check_note(note, keys).value(), keys);
    note.signatures[1].bytes[63] ^= 1;
    EXPECT_FALSE(check_note(note, keys).ok());
}

TEST(Note, is_distrusted_when_a_known_keys_signature_is_not_64_bytes) {
    const std::vector<NoteKey> keys{note_key("example.org/a", *fixed_signer(1))};
    for (const std::size_t size : {1U, 63U, 65U, 72U}) {
        auto note = signed_by("text\n", "example.org/a", 1);
        note.signatures[0].bytes.resize(size);
        EXPECT_EQ(check_note(note, keys).error().fault, Fault::distrusted) << size;
    }
}

TEST(Note, is_distrusted_when_no_known_key_signed_it) {
    const auto note = signed_by("text\n", "example.org/a", 1);
    EXPECT_EQ(check_note(note, {}).error().fault, Fault::distrusted);
    const std::vector<NoteKey> others{note_key("example.org/b", *fixed_signer(1)),
                                      note_key("example.org/a", *fixed_signer(2))};
    EXPECT_EQ(check_note(note, others).error().fault, Fault::distrusted);
}

TEST(Note, signature_does_not_hold_for_another_text) {
    const std::vector<NoteKey> keys{note_key("example.org/a", *fixed_signer(1))};
    auto note = signed_by("text\n", "example.org/a", 1);
    note.text = "text\n\n";
    EXPECT_FALSE(check_note(note, keys).ok());
}

TEST(Note, counts_keys_of_other_types_as_unknown) {
    const auto signer = fixed_signer(1);
    auto note = signed_by("text\n", "example.org/a", 1);
    const auto other = NoteKey::parse("example.org/a+0000002a+AgECAw==").value();
    note.signatures.push_back({"example.org/a", 42, Bytes(64)});
    EXPECT_FALSE(check_note(note, std::vector<NoteKey>{other}).ok());
    EXPECT_TRUE(
        check_note(note, std::vector<NoteKey>{note_key("example.org/a", *signer), other}).ok());
}

TEST(Note, is_not_judged_by_two_keys_of_one_name_and_id) {
    const auto note = signed_by("text\n", "example.org/a", 1);
    const std::vector<NoteKey> keys{NoteKey::parse("example.org/a+0000002a+AgECAw==").value(),
                                    NoteKey::parse("example.org/a+0000002a+AgECBA==").value()};
    EXPECT_EQ(check_note(note, keys).error().fault, Fault::invalid);
    const auto one = note_key("example.org/a", *fixed_signer(1));
    EXPECT_TRUE(check_note(note, std::vector<NoteKey>{one, one}).ok());
}

TEST(Note, is_not_signed_when_it_could_not_be_read_back) {
    const auto signer = fixed_signer(1);
    for (const auto* text : {"", "no line feed", "a\ttab\n", "no UTF-8 \xff\n"}) {
        EXPECT_FALSE(sign_note(text, "example.org/a", *signer).ok()) << text;
    }
    for (const auto* name : {"", "a b", "a+b", "a\u00a0b", "a\nb"}) {
        EXPECT_FALSE(sign_note("text\n", name, *signer).ok()) << name;
    }
}

TEST(Note, has_the_bytes_of_the_golden_file) {
    auto note =
        join(signed_by("A note in two parts.\n\nThe second one.\n", "example.org/wsoa", 7),
             signed_by("A note in two parts.\n\nThe second one.\n", "example.org/second", 8));
    EXPECT_EQ(note.str(), golden("tree/two_signatures.note"));
    EXPECT_EQ(note_key("example.org/wsoa", *fixed_signer(7)).str() + "\n",
              golden("tree/wsoa.vkey"));
    EXPECT_EQ(Note::parse(golden("tree/two_signatures.note")).value(), note);
}

TEST(Note, has_one_spelling_among_all_mutants) {
    Mutants mutants(spec_note, 4);
    std::size_t taken = 0;
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto mutant = mutants.next();
        const auto note = Note::parse(mutant);
        ASSERT_TRUE(!note.ok() || note.value().str() == mutant) << mutant;
        taken += note.ok() ? 1U : 0U;
    }
    EXPECT_GT(taken, 1'000U);
}

TEST(Note, verifies_among_all_mutants_only_with_its_own_text) {
    const auto keys = spec_keys();
    const auto valid = std::string(spec_note) + "\u2014 other.example/bar AAAAAAE=\n";
    Mutants mutants(valid, 5);
    std::size_t verified = 0;
    for (std::size_t i = 0; i < 5'000; ++i) {
        const auto note = Note::parse(mutants.next());
        if (note.ok() && check_note(note.value(), keys).ok()) {
            ASSERT_EQ(note.value().text, "This is an example message.\n");
            ++verified;
        }
    }
    EXPECT_GT(verified, 100U);
}

}  // namespace
}  // namespace wsoa
