#include "ledger/tree/tile.h"

#include "ledger/tree/hasher.h"
#include "tests/support/files.h"
#include "tests/support/mutants.h"
#include "tests/support/reference_tree.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace wsoa {
namespace {

TEST(TilePath, groups_its_number_by_three_digits) {
    EXPECT_EQ(path_of(TileRef{0, 0, 256}), "tile/0/000");
    EXPECT_EQ(path_of(TileRef{1, 999, 256}), "tile/1/999");
    EXPECT_EQ(path_of(TileRef{2, 1'000, 256}), "tile/2/x001/000");
    EXPECT_EQ(path_of(TileRef{63, 1'234'067, 256}), "tile/63/x001/x234/067");
    EXPECT_EQ(path_of(TileRef{0, (std::uint64_t{1} << 56) - 1, 256}),
              "tile/0/x072/x057/x594/x037/x927/935");
}

TEST(TilePath, names_the_width_of_a_partial_tile) {
    EXPECT_EQ(path_of(TileRef{0, 273, 112}), "tile/0/273.p/112");
    EXPECT_EQ(path_of(TileRef{1, 1'000, 1}), "tile/1/x001/000.p/1");
    EXPECT_EQ(path_of(BundleRef{273, 112}), "tile/entries/273.p/112");
    EXPECT_EQ(path_of(BundleRef{1'234'067, 256}), "tile/entries/x001/x234/067");
}

TEST(TilePath, is_read_back_as_it_was_written) {
    for (const std::uint64_t index :
         {std::uint64_t{0}, std::uint64_t{7}, std::uint64_t{999}, std::uint64_t{1'000},
          std::uint64_t{999'999}, std::uint64_t{1'000'000}, (std::uint64_t{1} << 56) - 1}) {
        for (const std::uint32_t width : {1U, 9U, 10U, 255U, 256U}) {
            for (const std::uint32_t level : {0U, 1U, 9U, 10U, 63U}) {
                const TileRef tile{level, index, width};
                EXPECT_EQ(parse_tile_path(path_of(tile)).value(), tile);
            }
            const BundleRef bundle{index, width};
            EXPECT_EQ(parse_bundle_path(path_of(bundle)).value(), bundle);
        }
    }
}

TEST(TilePath, is_refused_in_every_other_spelling) {
    const std::vector<std::string> wrong{"",
                                         "tile",
                                         "tile/",
                                         "tile/0",
                                         "tile/0/",
                                         "/tile/0/000",
                                         "tile//000",
                                         "tile/0/000/",
                                         "tile/0//000",
                                         "Tile/0/000",
                                         "tile/00/000",
                                         "tile/+0/000",
                                         "tile/-1/000",
                                         "tile/64/000",
                                         "tile/18446744073709551616/000",
                                         "tile/0/0",
                                         "tile/0/00",
                                         "tile/0/0000",
                                         "tile/0/x000",
                                         "tile/0/x000/000",
                                         "tile/0/001/000",
                                         "tile/0/x001/x000",
                                         "tile/0/x01/000",
                                         "tile/0/x001/0",
                                         "tile/0/x001000",
                                         "tile/0/X001/000",
                                         "tile/0/x001/000x",
                                         "tile/0/000.p",
                                         "tile/0/000.p/",
                                         "tile/0/000.p/0",
                                         "tile/0/000.p/256",
                                         "tile/0/000.p/257",
                                         "tile/0/000.p/01",
                                         "tile/0/000.p/1/",
                                         "tile/0/000.p/1.p/1",
                                         "tile/0/000.P/1",
                                         "tile/0/000.p/-1",
                                         "tile/0/000.p/4294967297",
                                         "tile/0/x072/x057/x594/x037/x927/936",
                                         "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
                                         "tile/entries/000",
                                         "tile/data/000",
                                         "tile/0/000 ",
                                         " tile/0/000",
                                         "tile/0/../000",
                                         "tile/0/0 0",
                                         std::string("tile/0/000\0", 11)};
    for (const auto& path : wrong) {
        EXPECT_FALSE(parse_tile_path(path).ok()) << path;
    }
    for (const auto* path :
         {"tile/0/000", "tile/entries/", "tile/entries/0", "tile/entries/000.p/0",
          "tile/entries/x000/000", "tile/entries/000.p/256", "entries/000"}) {
        EXPECT_FALSE(parse_bundle_path(path).ok()) << path;
    }
}

TEST(TilePath, has_one_spelling_among_all_mutants) {
    std::size_t taken = 0;
    for (const auto* valid : {"tile/2/x001/x234/067.p/12", "tile/entries/x001/x234/067.p/12"}) {
        Mutants mutants(valid, 1);
        for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
            const auto path = mutants.next();
            const auto tile = parse_tile_path(path);
            const auto bundle = parse_bundle_path(path);
            ASSERT_TRUE(!tile.ok() || path_of(tile.value()) == path) << path;
            ASSERT_TRUE(!bundle.ok() || path_of(bundle.value()) == path) << path;
            taken += tile.ok() || bundle.ok() ? 1U : 0U;
        }
    }
    EXPECT_GT(taken, 1'000U);
}

TEST(TileLevels, are_those_of_the_specification_at_70000_events) {
    EXPECT_EQ(tile_levels(TreeSize{70'000}), (std::vector<TileLevel>{{273, 112}, {1, 17}, {0, 1}}));
}

TEST(TileLevels, begin_a_level_with_the_first_full_tile_below) {
    EXPECT_TRUE(tile_levels(TreeSize{0}).empty());
    EXPECT_EQ(tile_levels(TreeSize{1}), (std::vector<TileLevel>{{0, 1}}));
    EXPECT_EQ(tile_levels(TreeSize{255}), (std::vector<TileLevel>{{0, 255}}));
    EXPECT_EQ(tile_levels(TreeSize{256}), (std::vector<TileLevel>{{1, 0}, {0, 1}}));
    EXPECT_EQ(tile_levels(TreeSize{~std::uint64_t{0}}).size(), 8U);
}

TEST(Tiles, of_a_size_are_the_full_ones_and_the_partial_one_of_each_level) {
    const auto tiles = tiles_between(TreeSize{0}, TreeSize{70'000});
    ASSERT_EQ(tiles.size(), 273U + 1 + 1 + 1 + 1);
    EXPECT_EQ(tiles.front(), (TileRef{0, 0, 256}));
    EXPECT_EQ(tiles[273], (TileRef{0, 273, 112}));
    EXPECT_EQ(tiles[274], (TileRef{1, 0, 256}));
    EXPECT_EQ(tiles[275], (TileRef{1, 1, 17}));
    EXPECT_EQ(tiles[276], (TileRef{2, 0, 1}));
    EXPECT_EQ(bundles_between(TreeSize{0}, TreeSize{70'000}).size(), 274U);
}

TEST(Tiles, of_256_events_are_one_full_and_one_partial_of_a_single_hash) {
    EXPECT_EQ(tiles_between(TreeSize{0}, TreeSize{256}),
              (std::vector<TileRef>{{0, 0, 256}, {1, 0, 1}}));
    EXPECT_EQ(bundles_between(TreeSize{0}, TreeSize{256}), (std::vector<BundleRef>{{0, 256}}));
}

TEST(Tiles, are_none_of_an_empty_tree) {
    EXPECT_TRUE(tiles_between(TreeSize{0}, TreeSize{0}).empty());
    EXPECT_TRUE(bundles_between(TreeSize{0}, TreeSize{0}).empty());
}

TEST(Tiles, between_two_sizes_are_those_that_the_smaller_did_not_have) {
    for (const std::uint64_t from : {0U, 1U, 255U, 256U, 257U, 511U, 600U, 65'535U, 65'536U}) {
        for (const std::uint64_t more : {0U, 1U, 2U, 255U, 256U, 257U, 1'000U}) {
            const auto before = tiles_between(TreeSize{0}, TreeSize{from});
            std::vector<TileRef> wanted;
            for (const auto& tile : tiles_between(TreeSize{0}, TreeSize{from + more})) {
                if (std::ranges::find(before, tile) == before.end()) {
                    wanted.push_back(tile);
                }
            }
            EXPECT_EQ(tiles_between(TreeSize{from}, TreeSize{from + more}), wanted)
                << from << " and " << more << " more";
        }
    }
}

TEST(Tiles, have_the_paths_of_the_golden_list) {
    std::string list;
    const TreeSize from{255'990};
    const TreeSize to{256'700};
    for (const auto& tile : tiles_between(from, to)) {
        list += path_of(tile) + "\n";
    }
    for (const auto& bundle : bundles_between(from, to)) {
        list += path_of(bundle) + "\n";
    }
    EXPECT_EQ(list, golden("tree/tile_paths.txt"));
}

TEST(Tile, holds_the_hashes_of_256_leaves) {
    const ReferenceTree tree(600);
    const TileRef second{0, 1, 256};
    const auto file = make_tile(second, tree.nodes());
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file.value().size(), 8'192U);
    const auto hashes = read_tile(second, file.value());
    ASSERT_TRUE(hashes.ok());
    for (std::uint64_t i = 0; i < 256; ++i) {
        EXPECT_EQ(hashes.value()[i], tree.leaf(256 + i));
    }
}

TEST(Tile, of_a_level_holds_the_roots_of_the_full_tiles_below) {
    const ReferenceTree tree(600);
    const TileRef above{1, 0, 2};
    const auto hashes = read_tile(above, make_tile(above, tree.nodes()).value()).value();
    ASSERT_EQ(hashes.size(), 2U);
    for (std::uint64_t i = 0; i < 2; ++i) {
        const TileRef below{0, i, 256};
        const auto full = read_tile(below, make_tile(below, tree.nodes()).value()).value();
        EXPECT_EQ(root_of_full_tile(full).value(), hashes[i]);
    }
}

TEST(Tile, is_hashed_into_the_level_above_only_when_full) {
    EXPECT_TRUE(root_of_full_tile(std::vector<Hash>(256)).ok());
    EXPECT_FALSE(root_of_full_tile(std::vector<Hash>(255)).ok());
    EXPECT_FALSE(root_of_full_tile(std::vector<Hash>(257)).ok());
    EXPECT_FALSE(root_of_full_tile({}).ok());
}

TEST(Tile, is_corrupt_with_a_byte_too_few_or_too_many) {
    const TileRef tile{0, 0, 3};
    for (const std::size_t size : {0U, 32U, 95U, 97U, 128U, 8'192U}) {
        const auto hashes = read_tile(tile, Bytes(size));
        ASSERT_FALSE(hashes.ok()) << size;
        EXPECT_EQ(hashes.error().fault, Fault::corrupt);
    }
    EXPECT_TRUE(read_tile(tile, Bytes(96)).ok());
}

TEST(Tile, is_not_made_when_a_node_is_missing) {
    const ReferenceTree tree(5);
    const auto file = make_tile(TileRef{0, 0, 6}, tree.nodes());
    ASSERT_FALSE(file.ok());
    EXPECT_EQ(file.error().message, "making tile/0/000.p/6: no such node");
}

TEST(Tile, names_only_nodes_that_are_complete_at_its_size) {
    for (const std::uint64_t size : {1U, 255U, 256U, 257U, 65'536U, 66'000U}) {
        for (const auto& tile : tiles_between(TreeSize{size / 2}, TreeSize{size})) {
            for (const auto& node : nodes_of(tile)) {
                EXPECT_TRUE(node.is_complete_in(TreeSize{size})) << path_of(tile);
            }
        }
    }
}

TEST(Bundle, puts_each_entry_after_its_length) {
    const std::vector<Bytes> entries{{}, {0xaa}, Bytes(300, 7)};
    const auto file = make_bundle(entries).value();
    EXPECT_EQ(to_hex(ByteView(file).first(8)), "00000001aa012c07");
    const auto read = read_bundle(BundleRef{0, 3}, file);
    ASSERT_TRUE(read.ok());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        EXPECT_TRUE(equal(read.value()[i], entries[i])) << i;
    }
}

TEST(Bundle, takes_entries_up_to_65535_bytes) {
    const std::vector<Bytes> largest{Bytes(65'535, 1)};
    const auto file = make_bundle(largest).value();
    EXPECT_EQ(read_bundle(BundleRef{0, 1}, file).value()[0].size(), 65'535U);
    EXPECT_FALSE(make_bundle(std::vector<Bytes>{Bytes(65'536, 1)}).ok());
}

TEST(Bundle, takes_1_to_256_entries) {
    EXPECT_FALSE(make_bundle({}).ok());
    EXPECT_TRUE(make_bundle(std::vector<Bytes>(256)).ok());
    EXPECT_FALSE(make_bundle(std::vector<Bytes>(257)).ok());
}

TEST(Bundle, is_corrupt_unless_it_has_exactly_its_entries) {
    const auto file = make_bundle(std::vector<Bytes>{{1}, {2, 3}}).value();
    EXPECT_TRUE(read_bundle(BundleRef{0, 2}, file).ok());
    EXPECT_EQ(read_bundle(BundleRef{0, 1}, file).error().fault, Fault::corrupt);
    EXPECT_EQ(read_bundle(BundleRef{0, 3}, file).error().fault, Fault::corrupt);
    for (std::size_t size = 0; size < file.size(); ++size) {
        EXPECT_FALSE(read_bundle(BundleRef{0, 2}, ByteView(file).first(size)).ok()) << size;
    }
}

TEST(Bundle, has_one_spelling_among_all_mutants) {
    const auto valid = make_bundle(std::vector<Bytes>{{}, {1, 2, 3}, Bytes(20, 9), {0}}).value();
    Mutants mutants(text_of(valid), 2);
    std::size_t taken = 0;
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto bytes = mutants.next();
        const auto entries = read_bundle(BundleRef{0, 4}, bytes_of(bytes));
        if (!entries.ok()) {
            continue;
        }
        ++taken;
        std::vector<Bytes> copies;
        for (const auto entry : entries.value()) {
            copies.push_back(copy_of(entry));
        }
        ASSERT_TRUE(equal(make_bundle(copies).value(), bytes_of(bytes)));
    }
    EXPECT_GT(taken, 1'000U);
}

}  // namespace
}  // namespace wsoa
