#include "cli/mirror.h"

#include "cli/lines.h"
#include "ledger/base/limits.h"
#include "ledger/event/json_reader.h"
#include "ledger/store/layout.h"

#include <fstream>

namespace wsoa {
Result<RawEvent> parse_raw_line(std::string_view line) {
    const auto json = TRY(read_json(line));
    TRY(check_type(json, JsonValue::Type::object));
    const auto* type = json.find("type");
    const auto* event = json.find("event");
    const auto* entry = json.find("entry");
    if (type == nullptr || event == nullptr || entry == nullptr || type->text != "raw") {
        return Error{Fault::invalid, "it is no line of `wsoa log --raw EVENT --json`"};
    }
    RawEvent raw;
    raw.index.value = TRY(number_in(*event, limits::events_max));
    const auto hex = TRY(text_in(*entry));
    if (hex.size() > 2 * limits::event_bytes_max) {
        return Error{Fault::invalid, "its entry is longer than any event's"};
    }
    raw.entry = TRY(from_hex(hex));
    return raw;
}

Result<std::unique_ptr<MirrorCopy>> MirrorCopy::open(const std::filesystem::path& path,
                                                     const Hash& ledger,
                                                     const std::filesystem::path& scratch) {
    return std::filesystem::is_directory(path) ? of_folder(LedgerFolder(path), ledger, scratch)
                                               : of_lines(path);
}

Result<std::unique_ptr<MirrorCopy>> MirrorCopy::of_folder(const LedgerFolder& folder,
                                                          const Hash& ledger,
                                                          const std::filesystem::path& scratch) {
    const auto about = TRY(FolderFacts::read(folder));
    if (about.ledger != ledger) {
        return error(Fault::distrusted, "the folder {} is another ledger's, {}",
                     folder.root().string(), about.origin.str())
            .advise("give a copy of this ledger's folder");
    }
    std::unique_ptr<MirrorCopy> copy(new MirrorCopy());
    copy->store_ = TRY(RocksReader::open(folder.truth(), scratch));
    copy->snapshot_ = TRY(copy->store_->snapshot());
    return copy;
}

Result<std::unique_ptr<MirrorCopy>> MirrorCopy::of_lines(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return error(Fault::missing, "{} cannot be read", path.string())
            .advise("give the folder of a copy, or a file of lines of `wsoa log --raw --json`");
    }
    std::unique_ptr<MirrorCopy> copy(new MirrorCopy());
    TRY(each_line(file, [&](std::size_t number, const std::string& line) -> Result<void> {
        auto raw = parse_raw_line(line);
        if (!raw.ok()) {
            return std::move(raw).error().explain("{}, line {}", path.string(), number);
        }
        copy->entries_[raw.value().index] = std::move(raw.value().entry);
        return done();
    }));
    return copy;
}

Mirror MirrorCopy::mirror() const {
    return {.event = [this](EventIndex index) { return event(index); },
            .checkpoint = [this](TreeSize size) { return checkpoint(size); }};
}

Result<std::optional<MirroredEvent>> MirrorCopy::event(EventIndex index) const {
    if (snapshot_) {
        auto entry = TRY(snapshot_->get(layout::event_key(index)));
        if (!entry) {
            return std::optional<MirroredEvent>{};
        }
        auto words = TRY(snapshot_->get(layout::words_key(index)));
        return std::optional(
            MirroredEvent{.entry = std::move(*entry), .sealed_words = std::move(words)});
    }
    const auto found = entries_.find(index);
    return found == entries_.end()
               ? std::optional<MirroredEvent>{}
               : std::optional(MirroredEvent{.entry = found->second, .sealed_words = {}});
}

Result<std::optional<std::string>> MirrorCopy::checkpoint(TreeSize size) const {
    if (!snapshot_) {
        return std::optional<std::string>{};
    }
    const auto note = TRY(snapshot_->get(layout::checkpoint_key(size)));
    return note ? std::optional(std::string(text_of(*note))) : std::nullopt;
}

}  // namespace wsoa
