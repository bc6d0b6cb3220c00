#include "ledger/store/guard.h"

#include "ledger/base/sha256.h"

#include <algorithm>
#include <optional>

namespace wsoa {
namespace {

constexpr std::string_view magic = "wsoa-guard/v1\n";
constexpr std::size_t slot_bytes = 4'096;
constexpr std::size_t slots = 2;
constexpr std::size_t file_bytes = slots * slot_bytes;
constexpr std::size_t fields_bytes = magic.size() + 32 + 8 + 8 + 32;

constexpr std::string_view adopt_advice =
    "find out why before anything else is written; then `wsoa guard adopt --checkpoint FILE` sets "
    "up a new guard from a checkpoint that was kept elsewhere";

struct Fields {
    Hash ledger;
    std::uint64_t sequence = 0;
    GuardedHead head;
};

Result<Fields> fields_of(ByteView slot) {
    ByteReader reader(slot);
    const auto fields = TRY(reader.take(fields_bytes));
    const auto hash = TRY(reader.hash());
    if (sha256(fields) != hash) {
        return Error{Fault::corrupt, "a slot of the guard does not match its hash"};
    }
    ByteReader field(fields);
    const auto word = TRY(field.take(magic.size()));
    if (text_of(word) != magic) {
        return Error{Fault::corrupt, "a slot is not one of a guard that this program knows"};
    }
    Fields read;
    read.ledger = TRY(field.hash());
    read.sequence = TRY(field.u64());
    read.head.size.value = TRY(field.u64());
    read.head.root = TRY(field.hash());
    return read;
}

ByteView slot_of(ByteView file, std::size_t place) {
    const auto start = std::min(place * slot_bytes, file.size());
    return file.subspan(start, std::min(slot_bytes, file.size() - start));
}

Bytes bytes_of_slot(const Hash& ledger, std::uint64_t sequence, const GuardedHead& head) {
    Bytes slot;
    append(slot, magic);
    append(slot, ledger.view());
    append_u64(slot, sequence);
    append_u64(slot, head.size.value);
    append(slot, head.root.view());
    CHECK(slot.size() == fields_bytes);
    const auto hash = sha256(slot);
    append(slot, hash.view());
    slot.resize(slot_bytes);
    return slot;
}

Result<Guard::Slot> newest_of(ByteView file, const Hash& ledger) {
    std::optional<Guard::Slot> newest;
    for (std::size_t place = 0; place < slots; ++place) {
        const auto fields = fields_of(slot_of(file, place));
        if (!fields.ok()) {
            continue;
        }
        if (fields.value().ledger != ledger) {
            return error(Fault::distrusted, "the guard belongs to another ledger ({})",
                         to_hex(fields.value().ledger.view()))
                .advise(
                    "`wsoa guard adopt --checkpoint FILE --guard PATH` sets up this ledger's own "
                    "at "
                    "another place, from a checkpoint that was kept elsewhere");
        }
        if (!newest || fields.value().sequence > newest->sequence) {
            newest = Guard::Slot{fields.value().sequence, fields.value().head, place};
        }
    }
    if (!newest || file.size() > file_bytes) {
        return Error{Fault::corrupt, "the guard is damaged: neither of its slots can be believed",
                     std::string(adopt_advice)};
    }
    return *newest;
}

Result<Guard::Slot> read_newest(const OpenFile& file, const std::filesystem::path& path,
                                const Hash& ledger) {
    const auto bytes = TRY(file.read_at(0, file_bytes + 1));
    auto slot = newest_of(bytes, ledger);
    if (!slot.ok()) {
        return std::move(slot).error().explain("reading {}", path.string());
    }
    return slot;
}

// Open for writing, and by nobody else: two copies of one ledger would otherwise overwrite each
// other's heads without noticing.
Result<std::unique_ptr<OpenFile>> open_alone(const std::filesystem::path& path) {
    auto file = TRY(OpenFile::open(path, OpenFile::Use::write));
    const bool is_ours = TRY(file->try_lock());
    if (!is_ours) {
        return error(Fault::busy, "another process writes under the guard {}", path.string())
            .advise("wait for it to end; two copies of one ledger cannot share a guard");
    }
    return file;
}

Error explain_missing(Error failed, const std::filesystem::path& path) {
    if (failed.fault == Fault::missing) {
        failed.message = fmt::format("the ledger's guard is not at {}", path.string());
        failed.advice =
            "put it back there, or set up a new one from a checkpoint that was kept elsewhere: "
            "`wsoa guard adopt --checkpoint FILE`";
    }
    return failed;
}

}  // namespace

Result<std::unique_ptr<Guard>> Guard::create(const std::filesystem::path& path, const Hash& ledger,
                                             const GuardedHead& head) {
    // Both slots vouch for the head: one that is damaged later takes nothing away.
    auto bytes = bytes_of_slot(ledger, 0, head);
    append(bytes, bytes_of_slot(ledger, 1, head));
    TRY(create_durably(path, bytes, Access::everyone));
    return open(path, ledger);
}

Result<std::unique_ptr<Guard>> Guard::open(const std::filesystem::path& path, const Hash& ledger) {
    auto file = open_alone(path);
    if (!file.ok()) {
        return explain_missing(std::move(file).error(), path);
    }
    const auto slot = TRY(read_newest(*file.value(), path, ledger));
    // If an earlier writer's sync failed, the machine shows a head that no disk holds, and that no
    // later sync would save: written once more, it is as durable as whoever opens will take it for.
    TRY(file.value()->write_at(slot.place * slot_bytes,
                               bytes_of_slot(ledger, slot.sequence, slot.head)));
    TRY(file.value()->sync());
    const auto folder = path.parent_path();
    TRY(sync_folder(folder.empty() ? "." : folder));
    return std::unique_ptr<Guard>(new Guard(std::move(file).value(), ledger, slot));
}

Result<GuardedHead> Guard::read(const std::filesystem::path& path, const Hash& ledger) {
    const auto file = OpenFile::open(path, OpenFile::Use::read);
    if (!file.ok()) {
        return explain_missing(file.error(), path);
    }
    const auto slot = TRY(read_newest(*file.value(), path, ledger));
    return slot.head;
}

Result<void> Guard::record(const GuardedHead& head) {
    if (is_poisoned_) {
        return Error{Fault::unavailable, "an earlier write of the guard has failed",
                     "open the ledger again, so that it can see what was kept"};
    }
    const auto size = head.size.value;
    const auto size_before = last().size.value;
    if (size < size_before || (size == size_before && head.root != last().root)) {
        return error(Fault::conflict,
                     "the guard has vouched for {} events, and the {} to be recorded do not "
                     "continue them",
                     size_before, size);
    }
    if (head == last()) {
        return done();
    }
    const Slot next{newest_.sequence + 1, head, 1 - newest_.place};
    is_poisoned_ = true;
    TRY(file_->write_at(next.place * slot_bytes, bytes_of_slot(ledger_, next.sequence, head)));
    TRY(file_->sync());
    is_poisoned_ = false;
    newest_ = next;
    return done();
}

}  // namespace wsoa
