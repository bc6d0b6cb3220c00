// The guard's file, against a reader that takes it apart by hand. A slot's hash is no obstacle: the
// target writes it where the input asks for it.

#include "ledger/base/sha256.h"
#include "ledger/store/guard.h"
#include "tests/fuzz/target.h"
#include "tests/support/temp_folder.h"

#include <fstream>
#include <optional>

using namespace wsoa;

namespace {

constexpr std::size_t slot_bytes = 4'096;
constexpr std::string_view magic = "wsoa-guard/v1\n";

// 94 bytes, and after them their hash or what the input has there.
Bytes slot_from(test::Cutter& cutter) {
    const bool has_its_hash = cutter.byte() % 2 == 0;
    // The first word costs a mutation too much to find.
    Bytes slot = cutter.byte() % 8 == 0 ? copy_of(cutter.take(magic.size())) : Bytes();
    if (slot.empty()) {
        append(slot, magic);
    }
    append(slot, cutter.take(94 - slot.size()));
    slot.resize(94);
    append(slot, has_its_hash ? sha256(slot).view() : cutter.take(32));
    slot.resize(slot_bytes);
    return slot;
}

struct Read {
    Hash ledger;
    std::uint64_t sequence = 0;
    GuardedHead head;
};

// What a slot says, if its hash is its own; null otherwise.
std::optional<Read> by_hand(ByteView slot) {
    if (slot.size() < 126 || !equal(sha256(slot.first(94)).view(), slot.subspan(94, 32)) ||
        text_of(slot.first(magic.size())) != magic) {
        return std::nullopt;
    }
    test::Cutter cutter(slot.subspan(magic.size()));
    Read read;
    read.ledger = Hash::of(cutter.take(32)).value();
    read.sequence = cutter.number(8);
    read.head.size.value = cutter.number(8);
    read.head.root = Hash::of(cutter.take(32)).value();
    return read;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    test::Cutter cutter(ByteView(data, size));
    const auto ledger = Hash::of(Bytes(32, 'l')).value();
    Bytes file = slot_from(cutter);
    append(file, slot_from(cutter));
    // Cut short, or longer than it should be.
    const auto cut = cutter.number(2);
    file.resize(cut == 0 ? file.size() : cut % (3 * slot_bytes));

    static const TempFolder folder;
    std::ofstream(folder / "guard", std::ios::binary | std::ios::trunc)
        .write(text_of(file).data(), static_cast<std::streamsize>(file.size()));
    const auto head = Guard::read(folder / "guard", ledger);

    // The slot of the higher number, unless any is another ledger's.
    std::optional<Read> newest;
    bool is_anothers = false;
    for (std::size_t i = 0; i < 2; ++i) {
        const auto begin = std::min(i * slot_bytes, file.size());
        const auto slot =
            by_hand(ByteView(file).subspan(begin, std::min(slot_bytes, file.size() - begin)));
        is_anothers = is_anothers || (slot && slot->ledger != ledger);
        if (slot && (!newest || slot->sequence > newest->sequence)) {
            newest = slot;
        }
    }
    if (is_anothers) {
        CHECK(!head.ok() && head.error().fault == Fault::distrusted);
    } else if (!newest || file.size() > 2 * slot_bytes) {
        CHECK(!head.ok() && head.error().fault == Fault::corrupt);
    } else {
        CHECK(head.ok() && head.value() == newest->head);
    }
    return 0;
}
