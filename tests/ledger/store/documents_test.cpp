#include "ledger/store/documents.h"

#include "ledger/base/sha256.h"
#include "ledger/store/file_blobs.h"
#include "ledger/store/layout.h"
#include "ledger/store/memory_store.h"
#include "tests/support/changes.h"
#include "tests/support/environment.h"
#include "tests/support/memory_blobs.h"
#include "tests/support/temp_folder.h"
#include "tests/support/text_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>

namespace wsoa {
namespace {

using test::MemoryBlobs;
using test::must;
using test::TextSource;
using testing::HasSubstr;

constexpr std::uint32_t small_piece = 16;

// "a0000 a0001 a0002 ...", of so many bytes.
std::string text_of_size(std::size_t size, char first = 'a') {
    std::string text;
    for (int i = 0; text.size() < size; ++i) {
        text += fmt::format("{}{:04} ", first, i);
    }
    text.resize(size);
    return text;
}

class DocumentsTest : public testing::Test {
protected:
    Documents documents() const {
        return Documents({.blobs = blobs_, .keys = keys_, .ledger = ledger_});
    }
    std::unique_ptr<Snapshot> moment() const { return must(store_.snapshot()); }
    // Not yet the store's.
    Result<PendingDocument> upload(const DocumentSource& source,
                                   const Documents::Progress& progress = {}) {
        const auto number = must(documents().next_number(*moment()));
        return documents().add(
            source, {.number = number, .media_type = "text/plain", .piece_bytes = small_piece},
            random_, progress);
    }
    void record(const PendingDocument& pending) {
        Batch batch;
        batch.put(layout::manifest_key(pending.number), pending.record);
        must(store_.write(batch));
    }
    PendingDocument add(const std::string& text) {
        auto pending = must(upload(TextSource(text)));
        record(pending);
        return pending;
    }
    HeldDocument held(DocumentNumber number) const {
        return must(documents().open(*moment(), number));
    }
    Result<std::string> read(DocumentNumber number) const {
        std::string text;
        TRY(documents().read(held(number),
                             [&](ByteView bytes) {
                                 text += text_of(bytes);
                                 return done();
                             },
                             {}));
        return text;
    }
    // The pieces that fail, and why.
    std::map<std::uint64_t, Fault> bad(DocumentNumber number) const {
        std::map<std::uint64_t, Fault> faults;
        for (const auto& piece : must(documents().check(held(number), {}))) {
            faults.emplace(piece.index, piece.error.fault);
        }
        return faults;
    }

    const Hash ledger_ = sha256(bytes_of("ledger"));
    mutable MemoryBlobs blobs_;
    KeyTree keys_{Secret(Bytes(32, 5))};
    MemoryStore store_;
    SeededRandom random_{1};
};

TEST_F(DocumentsTest, come_out_as_they_went_in_whatever_their_size) {
    for (const std::size_t size : {1U, 15U, 16U, 17U, 32U, 1'000U}) {
        const auto text = text_of_size(size);
        const auto pending = add(text);
        EXPECT_EQ(read(pending.number).value(), text) << size;
        EXPECT_EQ(pending.manifest.pieces.size(), (size + 15) / 16);
        EXPECT_TRUE(bad(pending.number).empty());
    }
}

TEST_F(DocumentsTest, say_of_themselves_what_is_so) {
    const auto text = text_of_size(100);
    const auto pending = add(text);
    EXPECT_EQ(pending.manifest.size, 100U);
    EXPECT_EQ(pending.manifest.digest, sha256(bytes_of(text)));
    EXPECT_EQ(pending.manifest.media_type, "text/plain");
    const auto document = held(pending.number);
    EXPECT_EQ(document.manifest, pending.manifest);
    EXPECT_EQ(document.commitment(), pending.commitment);
}

TEST_F(DocumentsTest, of_one_content_share_no_piece_salt_or_commitment) {
    const auto text = text_of_size(100);
    const auto first = add(text);
    const auto second = add(text);
    EXPECT_NE(first.commitment, second.commitment);
    EXPECT_NE(first.manifest.salt, second.manifest.salt);
    EXPECT_EQ(blobs_.held.size(), 14U);
}

TEST_F(DocumentsTest, lie_nowhere_open_nor_do_their_hashes) {
    const auto text = text_of_size(100);
    const auto pending = add(text);
    const auto digest = sha256(bytes_of(text));
    auto stored = blobs_.held;
    stored.emplace(Hash{}, pending.record);
    for (const auto& [name, bytes] : stored) {
        EXPECT_NE(name, digest);
        EXPECT_EQ(text_of(bytes).find("a000"), std::string_view::npos);
        EXPECT_EQ(text_of(bytes).find(text_of(digest.view())), std::string_view::npos);
    }
}

TEST_F(DocumentsTest, are_numbered_one_after_the_other) {
    EXPECT_EQ(add("one").number.value, 0U);
    EXPECT_EQ(add("two").number.value, 1U);
    must(upload(TextSource("given up")));
    EXPECT_EQ(add("three").number.value, 2U);
}

TEST_F(DocumentsTest, never_get_a_number_that_the_vault_has_forgotten) {
    add("one");
    must(keys_.forget(LeafIndex{1}));
    must(keys_.forget(LeafIndex{2}));
    EXPECT_EQ(must(documents().next_number(*moment())), DocumentNumber{3});
}

TEST_F(DocumentsTest, show_how_far_they_are) {
    std::vector<std::uint64_t> seen;
    const auto note = [&](std::uint64_t bytes) { seen.push_back(bytes); };
    const auto pending = must(upload(TextSource(text_of_size(40)), note));
    EXPECT_EQ(seen, (std::vector<std::uint64_t>{16, 32, 40}));
    record(pending);
    seen.clear();
    must(documents().read(
        held(pending.number), [](ByteView) { return done(); }, note));
    EXPECT_EQ(seen, (std::vector<std::uint64_t>{16, 32, 40}));
    seen.clear();
    must(documents().check(held(pending.number), note));
    EXPECT_EQ(seen, (std::vector<std::uint64_t>{16, 32, 40}));
}

TEST_F(DocumentsTest, that_are_empty_or_too_large_are_refused) {
    const auto empty = upload(TextSource(""));
    EXPECT_EQ(empty.error().fault, Fault::invalid);
    EXPECT_EQ(empty.error().message, "survey.txt is empty: there is nothing in it to keep");
    TextSource large("large");
    large.stated_size = document_bytes_max + 1;
    EXPECT_EQ(upload(large).error().fault, Fault::invalid);
    EXPECT_THAT(upload(large).error().message, HasSubstr("2147483649 bytes"));
    EXPECT_TRUE(blobs_.held.empty());
}

TEST_F(DocumentsTest, that_change_while_they_are_read_are_refused_and_leave_nothing) {
    const auto text = text_of_size(40);
    const std::vector<std::function<void(TextSource&)>> changes{
        [&](TextSource& source) { source.set(text_of_size(20)); },
        [&](TextSource& source) { source.set(text_of_size(41)); },
        [](TextSource& source) { source.touch(); },
        [&](TextSource& source) {
            source.stated_size = 40;  // as a file that grows after it was looked at
            source.set(text_of_size(60));
        },
    };
    for (const auto& change : changes) {
        TextSource source(text);
        source.before_read = [&](std::uint64_t offset) {
            if (offset == 32) {
                change(source);
            }
        };
        const auto refused = upload(source);
        ASSERT_FALSE(refused.ok());
        EXPECT_EQ(refused.error().fault, Fault::conflict);
        EXPECT_EQ(refused.error().message, "survey.txt changed while it was read");
        EXPECT_TRUE(blobs_.held.empty());
    }
}

TEST_F(DocumentsTest, are_taken_away_again_where_a_piece_could_not_be_put) {
    for (std::size_t at = 0; at < 3; ++at) {
        blobs_.fails_at = at;
        blobs_.puts = 0;
        const auto failed = upload(TextSource(text_of_size(40)));
        EXPECT_EQ(failed.error().fault, Fault::unavailable);
        EXPECT_EQ(failed.error().message, "the disk is full");
        EXPECT_TRUE(blobs_.held.empty());
    }
}

TEST_F(DocumentsTest, are_taken_away_again_where_their_pieces_did_not_reach_the_disk) {
    blobs_.fails_to_settle = true;
    const auto failed = upload(TextSource(text_of_size(40)));
    EXPECT_EQ(failed.error().fault, Fault::unavailable);
    EXPECT_TRUE(blobs_.held.empty());
}

TEST_F(DocumentsTest, name_the_piece_that_rotted_and_give_the_others) {
    const auto pending = add(text_of_size(80));
    const auto& names = pending.manifest.pieces;
    blobs_.held[names[1]][7] ^= 1;     // flipped
    blobs_.held.erase(names[2]);       // missing
    blobs_.held[names[3]].pop_back();  // cut short
    blobs_.unreadable.insert(names[4]);
    EXPECT_EQ(bad(pending.number), (std::map<std::uint64_t, Fault>{{1, Fault::corrupt},
                                                                   {2, Fault::missing},
                                                                   {3, Fault::corrupt},
                                                                   {4, Fault::unavailable}}));
    const auto document = held(pending.number);
    EXPECT_EQ(text_of(must(documents().piece(document, 0)).view()), text_of_size(16));
    EXPECT_EQ(documents().piece(document, 1).error().message,
              "piece 2 of 5 is damaged: " + to_hex(names[1].view()));
    EXPECT_EQ(documents().piece(document, 2).error().message,
              "piece 3 of 5 is missing: " + to_hex(names[2].view()));
    EXPECT_EQ(documents().piece(document, 4).error().message, "piece 5 of 5: input/output error");
    EXPECT_EQ(read(pending.number).error().fault, Fault::corrupt);
}

TEST_F(DocumentsTest, name_a_piece_that_grew) {
    const auto pending = add(text_of_size(40));
    blobs_.held[pending.manifest.pieces[2]].push_back(0);
    EXPECT_EQ(bad(pending.number), (std::map<std::uint64_t, Fault>{{2, Fault::corrupt}}));
}

// A piece that is whole, under its own hash, and yet not the one that belongs there: only the seal
// tells.
TEST_F(DocumentsTest, take_no_whole_piece_from_another_place_or_upload) {
    const auto first = add(text_of_size(48));
    const auto second = add(text_of_size(48));
    const auto with = [&](std::size_t index, const Hash& name) {
        auto document = held(first.number);
        document.manifest.pieces[index] = name;
        return must(documents().check(document, {}));
    };
    EXPECT_TRUE(with(1, first.manifest.pieces[1]).empty());
    for (const auto& name : {first.manifest.pieces[0], second.manifest.pieces[1]}) {
        const auto found = with(1, name);
        ASSERT_EQ(found.size(), 1U);
        EXPECT_EQ(found[0].index, 1U);
        EXPECT_EQ(found[0].error.fault, Fault::distrusted);
    }
    auto cut_short = held(first.number);
    cut_short.manifest.size = 32;
    cut_short.manifest.pieces.pop_back();
    const auto found = must(documents().check(cut_short, {}));
    ASSERT_EQ(found.size(), 1U) << "its new last piece was not sealed as the last";
    EXPECT_EQ(found[0].index, 1U);
}

TEST_F(DocumentsTest, are_not_taken_for_another_content_than_their_manifest_says) {
    const auto pending = add(text_of_size(48));
    auto document = held(pending.number);
    document.manifest.digest = sha256(bytes_of("another"));
    EXPECT_EQ(documents().check(document, {}).error().fault, Fault::distrusted);
    EXPECT_EQ(documents().read(document, [](ByteView) { return done(); }, {}).error().fault,
              Fault::distrusted);
}

TEST_F(DocumentsTest, end_where_whoever_takes_them_cannot_go_on) {
    const auto pending = add(text_of_size(48));
    std::size_t pieces = 0;
    const auto read = documents().read(held(pending.number),
                                       [&](ByteView) -> Result<void> {
                                           ++pieces;
                                           return Error{Fault::unavailable, "the disk is full"};
                                       },
                                       {});
    EXPECT_EQ(read.error().message, "the disk is full");
    EXPECT_EQ(pieces, 1U);
}

TEST_F(DocumentsTest, are_missing_where_there_are_none_or_their_key_is_forgotten) {
    EXPECT_EQ(documents().open(*moment(), {3}).error().fault, Fault::missing);
    const auto pending = add("gone");
    must(keys_.forget(LeafIndex{pending.number.value}));
    EXPECT_EQ(documents().open(*moment(), pending.number).error().fault, Fault::missing);
}

TEST_F(DocumentsTest, whose_manifest_is_anothers_do_not_open) {
    const auto first = add("one");
    const auto second = add("two");
    Batch batch;
    batch.put(layout::manifest_key(first.number), second.record);
    must(store_.write(batch));
    EXPECT_EQ(documents().open(*moment(), first.number).error().fault, Fault::distrusted);
    EXPECT_EQ(documents().orphans(*moment()).error().fault, Fault::distrusted)
        << "what it named is unknown, and must not be swept";
}

TEST_F(DocumentsTest, of_the_same_content_are_found_among_those_that_are_held) {
    add("survey of May");
    const auto second = add("survey of July");
    add("survey of July, with notes");
    const auto same = [&](const std::string& text) {
        return must(documents().find_same(*moment(), TextSource(text)));
    };
    EXPECT_EQ(same("survey of July"), second.number);
    EXPECT_EQ(same("survey of Juli"), std::nullopt) << "as large, and another";
    EXPECT_EQ(same("survey"), std::nullopt);
    must(keys_.forget(LeafIndex{second.number.value}));
    EXPECT_EQ(same("survey of July"), std::nullopt) << "what was erased is known no more";
}

TEST_F(DocumentsTest, leave_orphans_only_where_no_manifest_names_them) {
    const auto first = add(text_of_size(48));
    const auto given_up = must(upload(TextSource(text_of_size(40))));
    const auto erased = add(text_of_size(20));
    auto orphans = must(documents().orphans(*moment()));
    EXPECT_THAT(orphans, testing::UnorderedElementsAreArray(given_up.manifest.pieces));
    must(keys_.forget(LeafIndex{erased.number.value}));
    orphans = must(documents().orphans(*moment()));
    EXPECT_EQ(orphans.size(), 5U) << "and those of the document that was erased";
    must(documents().remove(orphans));
    must(documents().remove(orphans));
    EXPECT_TRUE(must(documents().orphans(*moment())).empty());
    EXPECT_EQ(blobs_.held.size(), 3U);
    EXPECT_TRUE(bad(first.number).empty());
}

// Pieces of the size that is used, in files, of a file.
TEST_F(DocumentsTest, are_kept_from_a_file_in_files) {
    const TempFolder folder;
    const auto text = text_of_size(2 * std::size_t{document_piece_bytes} + 12'345);
    must(write_durably(folder / "report.txt", bytes_of(text), Access::owner));
    must(create_folder(folder / "documents", Access::owner));
    FileBlobs blobs(folder / "documents");
    const Documents documents({.blobs = blobs, .keys = keys_, .ledger = ledger_});
    const auto source = must(FileSource::open(folder / "report.txt"));
    const auto pending =
        must(documents.add(*source, {.number = {0}, .media_type = "text/plain"}, random_, {}));
    EXPECT_EQ(pending.manifest.pieces.size(), 3U);
    record(pending);
    Sha256 hash;
    must(documents.read(must(documents.open(*moment(), pending.number)),
                        [&](ByteView bytes) {
                            hash.add(bytes);
                            return done();
                        },
                        {}));
    EXPECT_EQ(hash.finish(), sha256(bytes_of(text)));
}

TEST(FileSource, is_a_file_and_nothing_else) {
    const TempFolder folder;
    EXPECT_EQ(FileSource::open(folder / "none").error().fault, Fault::missing);
    const auto opened = FileSource::open(folder.path());
    EXPECT_EQ(opened.error().fault, Fault::invalid);
    EXPECT_EQ(opened.error().message, folder.path().string() + " is not a file");
}

TEST(FileSource, tells_when_its_file_was_written_to_or_replaced) {
    const TempFolder folder;
    const auto path = folder / "report.txt";
    must(write_durably(path, bytes_of("draft"), Access::owner));
    const auto source = must(FileSource::open(path));
    const auto before = must(source->state());
    EXPECT_EQ(must(source->state()), before);
    std::filesystem::last_write_time(
        path, std::filesystem::last_write_time(path) + std::chrono::nanoseconds{1'000'000});
    const auto touched = must(source->state());
    EXPECT_NE(touched, before);
    must(write_durably(path, bytes_of("another"), Access::owner));
    EXPECT_NE(must(source->state()), touched);
    must(remove_file(path));
    EXPECT_EQ(source->state().error().fault, Fault::missing);
}

}  // namespace
}  // namespace wsoa
