// Tiles and bundles as other people's mirrors hand them back: paths and files that are accepted are
// those that we would write.

#include "ledger/tree/tile.h"
#include "tests/fuzz/target.h"

using namespace wsoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    const auto path = text_of(input);
    const auto tile = parse_tile_path(path);
    CHECK(!tile.ok() || path_of(tile.value()) == path);
    const auto bundle = parse_bundle_path(path);
    CHECK(!bundle.ok() || path_of(bundle.value()) == path);

    test::Cutter cutter(input);
    const auto width = static_cast<std::uint32_t>(1 + cutter.byte());
    const auto file = cutter.rest();
    const auto entries = read_bundle({.index = 0, .width = width}, file);
    if (entries.ok()) {
        std::vector<Bytes> copies;
        for (const auto entry : entries.value()) {
            copies.push_back(copy_of(entry));
        }
        CHECK(copies.size() == width);
        CHECK(equal(make_bundle(copies).value(), file));
    }
    const auto hashes = read_tile({.level = 0, .index = 0, .width = width}, file);
    CHECK(hashes.ok() == (file.size() == 32 * std::size_t{width}));
    return 0;
}
