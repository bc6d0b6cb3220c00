#include "ledger/store/backup_facts.h"

#include "ledger/store/files.h"
#include "ledger/tree/checkpoint.h"
#include "ledger/tree/note.h"

#include <charconv>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view first_line = "wsoa-backup/v1\n";
constexpr std::size_t facts_bytes_max = 16'384;

// The value of the line "name value" at the front of the text, which is shortened by the line.
Result<std::string_view> value_of(std::string_view& text, std::string_view name) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos || !text.starts_with(name) || end <= name.size() ||
        text[name.size()] != ' ') {
        return error(Fault::corrupt, "backup.txt lacks its line \"{}\"", name);
    }
    const auto value = text.substr(name.size() + 1, end - name.size() - 1);
    text.remove_prefix(end + 1);
    return value;
}

Result<std::uint64_t> number_of(std::string_view& text, std::string_view name) {
    const auto value = TRY(value_of(text, name));
    std::uint64_t number = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
    if (read.ec != std::errc{} || fmt::format("{}", number) != value) {
        return error(Fault::corrupt, "backup.txt has no number in its line \"{}\"", name);
    }
    return number;
}

}  // namespace

std::string BackupFacts::folder() const {
    return fmt::format("{}{}", backup_copy_start, size.value);
}

Result<BackupFacts> BackupFacts::parse(std::string_view text) {
    if (!text.starts_with(first_line)) {
        return Error{Fault::corrupt, "backup.txt does not begin with wsoa-backup/v1"};
    }
    const auto whole = text;
    text.remove_prefix(first_line.size());
    const auto ledger_hex = TRY(value_of(text, "ledger"));
    const auto ledger = TRY(hash_from_hex(ledger_hex));
    const auto origin_typed = TRY(value_of(text, "origin"));
    auto origin = TRY(Origin::parse(origin_typed));
    const auto size = TRY(number_of(text, "size"));
    const auto root_hex = TRY(value_of(text, "root"));
    const auto root = TRY(hash_from_hex(root_hex));
    const auto files = TRY(number_of(text, "files"));
    const auto bytes = TRY(number_of(text, "bytes"));
    const auto made_typed = TRY(value_of(text, "made"));
    const auto made = TRY(parse_instant(made_typed));
    if (!text.starts_with('\n') || size == 0) {
        return Error{Fault::corrupt, "backup.txt does not go on as it should"};
    }
    const std::string note(text.substr(1));
    const auto parsed = TRY(Note::parse(note));
    const auto checkpoint = TRY(Checkpoint::parse(parsed.text));
    if (checkpoint.size.value != size || checkpoint.root != root) {
        return Error{Fault::corrupt, "backup.txt and the checkpoint in it are not about one size"};
    }
    BackupFacts facts{.ledger = ledger,
                      .origin = std::move(origin),
                      .size = TreeSize{size},
                      .root = root,
                      .files = files,
                      .bytes = bytes,
                      .made = made,
                      .note = note};
    if (facts.str() != whole) {
        return Error{Fault::corrupt, "backup.txt is not spelled as it was written"};
    }
    return facts;
}

std::string BackupFacts::str() const {
    return fmt::format(
        "{}ledger {}\norigin {}\nsize {}\nroot {}\nfiles {}\nbytes {}\nmade {}\n\n{}", first_line,
        to_hex(ledger.view()), origin.str(), size.value, to_hex(root.view()), files, bytes,
        to_string(made), note);
}

Result<BackupFacts> BackupFacts::read(const fs::path& backup) {
    const auto bytes = read_file(backup / backup_facts_name, facts_bytes_max);
    if (!bytes.ok()) {
        if (bytes.error().fault == Fault::missing) {
            return error(Fault::missing, "there is no backup in {}", backup.string())
                .advise("name the folder that `wsoa backup` was given");
        }
        return bytes.error();
    }
    auto facts = parse(text_of(bytes.value()));
    if (!facts.ok()) {
        auto wrong = std::move(facts).error();
        wrong.fault = Fault::corrupt;
        return std::move(wrong).explain("reading {}", (backup / backup_facts_name).string());
    }
    return facts;
}

}  // namespace wsoa
