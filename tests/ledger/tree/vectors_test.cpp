// Other projects' vectors for proofs, notes and tiles, read where they lie.
#include "ledger/tree/checkpoint.h"
#include "ledger/tree/cosignature.h"
#include "ledger/tree/hasher.h"
#include "ledger/tree/proof.h"
#include "ledger/tree/tile.h"
#include "tests/support/files.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace wsoa {
namespace {

using Json = nlohmann::json;

std::vector<std::string> files_below(const std::string& folder) {
    std::vector<std::string> files;
    const std::filesystem::path root(WSOA_VECTORS);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
        if (entry.path().extension() == ".json") {
            files.push_back(std::filesystem::relative(entry.path(), root).string());
        }
    }
    return files;
}

Json json_at(const std::string& path) { return Json::parse(vector_file(path), nullptr, false); }

Result<Hash> hash_at(const Json& text) {
    const auto bytes = TRY(from_base64(text.get<std::string>()));
    return Hash::of(bytes);
}

Result<std::vector<Hash>> path_at(const Json& proof) {
    std::vector<Hash> path;
    for (const auto& text : proof) {
        const auto hash = TRY(hash_at(text));
        path.push_back(hash);
    }
    return path;
}

Result<void> inclusion_verdict(const Json& vector) {
    const auto leaf = TRY(hash_at(vector.at("leafHash")));
    const auto root = TRY(hash_at(vector.at("root")));
    const auto path = TRY(path_at(vector.at("proof")));
    return check_inclusion({EventIndex{vector.at("leafIdx").get<std::uint64_t>()},
                            TreeSize{vector.at("treeSize").get<std::uint64_t>()}, path},
                           leaf, root);
}

Result<void> consistency_verdict(const Json& vector) {
    const auto old_root = TRY(hash_at(vector.at("root1")));
    const auto new_root = TRY(hash_at(vector.at("root2")));
    const auto path = TRY(path_at(vector.at("proof")));
    return check_consistency({TreeSize{vector.at("size1").get<std::uint64_t>()},
                              TreeSize{vector.at("size2").get<std::uint64_t>()}, path},
                             old_root, new_root);
}

TEST(MerkleVectors, of_inclusion_get_the_verdict_that_they_name) {
    const auto files = files_below("merkle/inclusion");
    EXPECT_EQ(files.size(), 49U);
    for (const auto& file : files) {
        const auto vector = json_at(file);
        EXPECT_EQ(inclusion_verdict(vector).ok(), !vector.at("wantErr").get<bool>()) << file;
    }
}

TEST(MerkleVectors, of_consistency_get_the_verdict_that_they_name) {
    const auto files = files_below("merkle/consistency");
    EXPECT_EQ(files.size(), 49U);
    for (const auto& file : files) {
        const auto vector = json_at(file);
        EXPECT_EQ(consistency_verdict(vector).ok(), !vector.at("wantErr").get<bool>()) << file;
    }
}

Result<Note> open_note(const Json& vector) {
    std::vector<NoteKey> keys;
    for (const auto& vkey : vector.at("vkeys")) {
        auto key = TRY(NoteKey::parse(vkey.get<std::string>()));
        keys.push_back(std::move(key));
    }
    auto note = TRY(Note::parse(vector.at("note").get<std::string>()));
    TRY(check_note(note, keys));
    return note;
}

// Whether the case is about cosignatures (type 0x04): their keys verify no note by themselves.
bool is_of_a_witness(const Json& vector) {
    const auto key = NoteKey::parse(vector.at("vkeys").at(0).get<std::string>());
    return key.ok() && key.value().type() == 0x04;
}

TEST(NoteVectors, get_the_verdict_that_they_name) {
    std::size_t judged = 0;
    for (const auto& vector : json_at("notes/notes.json")) {
        if (is_of_a_witness(vector)) {
            continue;
        }
        ++judged;
        EXPECT_EQ(open_note(vector).ok(), vector.at("verifies").get<bool>()) << vector.at("name");
    }
    EXPECT_EQ(judged, 13U);
}

TEST(NoteVectors, of_cosignatures_are_signed_by_no_log) {
    std::size_t judged = 0;
    for (const auto& vector : json_at("notes/notes.json")) {
        if (is_of_a_witness(vector)) {
            ++judged;
            const auto opened = open_note(vector);
            ASSERT_FALSE(opened.ok()) << vector.at("name");
            EXPECT_EQ(opened.error().message, "no known key has signed the note");
        }
    }
    EXPECT_EQ(judged, 3U);
}

TEST(NoteVectors, of_cosignatures_get_the_verdict_that_they_name) {
    std::size_t held = 0;
    for (const auto& vector : json_at("notes/notes.json")) {
        if (!is_of_a_witness(vector)) {
            continue;
        }
        const auto key = NoteKey::parse(vector.at("vkeys").at(0).get<std::string>()).value();
        const auto note = Note::parse(vector.at("note").get<std::string>()).value();
        bool holds = false;
        for (const auto& signature : note.signatures) {
            holds = holds || check_cosignature(note.text, signature, key).ok();
        }
        EXPECT_EQ(holds, vector.at("verifies").get<bool>()) << vector.at("name");
        held += holds ? 1U : 0U;
    }
    EXPECT_EQ(held, 1U);
}

TEST(NoteVectors, that_are_checkpoints_have_valid_texts) {
    std::size_t checkpoints = 0;
    for (const auto& vector : json_at("notes/notes.json")) {
        if (vector.at("kind") == "checkpoint") {
            ++checkpoints;
            const auto note = Note::parse(vector.at("note").get<std::string>()).value();
            const auto checkpoint = Checkpoint::parse(note.text);
            ASSERT_TRUE(checkpoint.ok()) << checkpoint.error().message;
            EXPECT_EQ(checkpoint.value().text(), note.text);
        }
    }
    EXPECT_EQ(checkpoints, 4U);
}

// A log that Tessera's POSIX driver wrote, with its checkpoint at each size from 0 to 7.
constexpr std::uint64_t tessera_sizes = 8;
constexpr std::string_view tessera_vkey =
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

Checkpoint tessera_checkpoint(std::uint64_t size) {
    const auto note = vector_file("tessera-log/checkpoint." + std::to_string(size));
    const auto key = NoteKey::parse(tessera_vkey).value();
    return open_checkpoint(note, key, "example.com/log/testdata").value().checkpoint;
}

Bytes tessera_file(const std::string& path) {
    return copy_of(bytes_of(vector_file("tessera-log/" + path)));
}

// Every complete node, from the hashes of a single partial tile.
NodeReader nodes_over(std::vector<Hash> leaves) {
    return [leaves](NodeRef ref) -> Result<Hash> {
        std::vector<Hash> row(leaves);
        for (std::uint32_t level = 0; level < ref.level; ++level) {
            std::vector<Hash> above;
            for (std::size_t i = 0; i + 1 < row.size(); i += 2) {
                above.push_back(hash_node(row[i], row[i + 1]));
            }
            row = above;
        }
        return row.at(ref.index);
    };
}

TEST(TesseraLog, has_the_root_that_each_checkpoint_signs) {
    for (std::uint64_t size = 0; size < tessera_sizes; ++size) {
        const auto checkpoint = tessera_checkpoint(size);
        EXPECT_EQ(checkpoint.size, TreeSize{size});
        Frontier frontier;
        for (const auto& bundle : bundles_between(TreeSize{0}, TreeSize{size})) {
            const auto file = tessera_file(path_of(bundle));
            const auto entries = read_bundle(bundle, file);
            ASSERT_TRUE(entries.ok()) << entries.error().message;
            for (const auto entry : entries.value()) {
                frontier.append(hash_leaf(entry));
            }
        }
        EXPECT_EQ(frontier.size(), TreeSize{size});
        EXPECT_EQ(frontier.root(), checkpoint.root) << size;
    }
}

TEST(TesseraLog, has_the_tiles_that_its_entries_make) {
    for (std::uint64_t size = 1; size < tessera_sizes; ++size) {
        const BundleRef bundle{0, static_cast<std::uint32_t>(size)};
        const auto file = tessera_file(path_of(bundle));
        std::vector<Hash> leaves;
        std::vector<Bytes> copies;
        const auto entries = read_bundle(bundle, file).value();
        for (const auto entry : entries) {
            leaves.push_back(hash_leaf(entry));
            copies.push_back(copy_of(entry));
        }
        const auto tiles = tiles_between(TreeSize{0}, TreeSize{size});
        ASSERT_EQ(tiles.size(), 1U);
        const auto tile = tessera_file(path_of(tiles[0]));
        EXPECT_EQ(read_tile(tiles[0], tile).value(), leaves);
        EXPECT_EQ(make_tile(tiles[0], nodes_over(leaves)).value(), tile);
        EXPECT_EQ(make_bundle(copies).value(), file);
    }
}

TEST(TesseraLog, has_only_checkpoints_that_grew_out_of_each_other) {
    const TileRef widest{0, 0, 7};
    const auto nodes = nodes_over(read_tile(widest, tessera_file(path_of(widest))).value());
    for (std::uint64_t size = 1; size < tessera_sizes; ++size) {
        const auto newer = tessera_checkpoint(size);
        EXPECT_EQ(root_at(newer.size, nodes).value(), newer.root);
        for (std::uint64_t old_size = 1; old_size <= size; ++old_size) {
            const auto older = tessera_checkpoint(old_size);
            const auto proof = make_consistency(older.size, newer.size, nodes).value();
            EXPECT_TRUE(check_consistency(proof, older.root, newer.root).ok())
                << old_size << " to " << size;
            EXPECT_EQ(check_consistency(proof, newer.root, older.root).ok(), old_size == size);
        }
    }
}

TEST(TesseraLog, opens_under_no_other_key) {
    const auto note = vector_file("tessera-log/checkpoint");
    const auto key = NoteKey::ed25519("example.com/log/testdata", KeyId{}).value();
    EXPECT_EQ(open_checkpoint(note, key, "example.com/log/testdata").error().fault,
              Fault::distrusted);
}

}  // namespace
}  // namespace wsoa
