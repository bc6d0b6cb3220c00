// Manifests of documents, and as they are stored: what is accepted is what its own encoder writes,
// and says of each piece how large it is.

#include "ledger/evidence/manifest.h"
#include "tests/fuzz/target.h"

using namespace wsoa;

namespace {

void read_a_manifest(ByteView input) {
    const auto manifest = Manifest::decode(input);
    if (!manifest.ok()) {
        CHECK(manifest.error().fault == Fault::corrupt);
        return;
    }
    CHECK(equal(manifest.value().encode().view(), input));
    std::uint64_t size = 0;
    for (std::uint64_t i = 0; i < manifest.value().count(); ++i) {
        const auto bytes = manifest.value().size_of_piece(i);
        CHECK(bytes > 0 && bytes <= document_piece_bytes);
        size += bytes;
    }
    CHECK(size == manifest.value().size);
    CHECK(manifest.value().pieces.size() == manifest.value().count());
    const Secret leaf(Bytes(32, 1));
    const DocumentPlace place;
    const auto stored = seal_manifest(place, leaf, manifest.value());
    const auto opened = open_manifest(place.ledger, place.number, leaf, stored);
    CHECK(opened.ok() && opened.value() == manifest.value());
    const auto decoded = SealedManifest::decode(stored.encode());
    CHECK(decoded.ok() && decoded.value() == stored);
}

void read_a_record(ByteView input) {
    const auto stored = SealedManifest::decode(input);
    if (!stored.ok()) {
        CHECK(stored.error().fault == Fault::corrupt);
        return;
    }
    CHECK(equal(stored.value().encode(), input));
    // Nobody sealed it under this leaf.
    CHECK(!open_manifest({}, {}, Secret(Bytes(32, 1)), stored.value()).ok());
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    read_a_manifest(input);
    read_a_record(input);
    return 0;
}
