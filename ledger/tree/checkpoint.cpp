#include "ledger/tree/checkpoint.h"

#include "ledger/tree/hasher.h"
#include "ledger/tree/lines.h"

namespace wsoa {
namespace {

Result<std::string_view> full_line(LineReader& lines, std::string_view what) {
    const auto line = TRY(lines.line(what));
    if (line.empty()) {
        return error(Fault::invalid, "{} of the checkpoint is empty", what);
    }
    return line;
}

bool is_empty_under_another_root(const Checkpoint& checkpoint) {
    return checkpoint.size.value == 0 && checkpoint.root != empty_root();
}

}  // namespace

Result<Checkpoint> Checkpoint::parse(std::string_view text) {
    LineReader lines(text);
    Checkpoint checkpoint;
    checkpoint.origin = TRY(full_line(lines, "the origin"));
    const auto size = TRY(full_line(lines, "the size"));
    checkpoint.size.value = TRY(parse_decimal(size));
    const auto root = TRY(full_line(lines, "the root"));
    const auto root_bytes = TRY(from_base64(root));
    checkpoint.root = TRY(Hash::of(root_bytes));
    while (!lines.at_end()) {
        const auto extension = TRY(full_line(lines, "an extension line"));
        checkpoint.extensions.emplace_back(extension);
    }
    return checkpoint;
}

std::string Checkpoint::text() const {
    auto lines = fmt::format("{}\n{}\n{}\n", origin, size.value, to_base64(root.view()));
    for (const auto& extension : extensions) {
        lines += extension;
        lines += '\n';
    }
    return lines;
}

Result<SignedCheckpoint> sign_checkpoint(const Checkpoint& checkpoint, const Signer& signer) {
    const auto text = checkpoint.text();
    const auto read_back = TRY(Checkpoint::parse(text));
    if (read_back != checkpoint) {
        return Error{Fault::invalid, "a line of the checkpoint holds a line feed"};
    }
    if (is_empty_under_another_root(checkpoint)) {
        return Error{Fault::invalid, "this is not the root of an empty tree"};
    }
    const auto note = TRY(sign_note(text, checkpoint.origin, signer));
    return SignedCheckpoint{checkpoint, note.str()};
}

Result<SignedCheckpoint> open_checkpoint(std::string_view note, const NoteKey& key,
                                         std::string_view origin) {
    const auto parsed = TRY(Note::parse(note));
    TRY(check_note(parsed, std::span(&key, 1)));
    auto checkpoint = TRY(Checkpoint::parse(parsed.text));
    if (checkpoint.origin != origin) {
        return error(Fault::distrusted, "the checkpoint is of another log than {}", origin);
    }
    if (is_empty_under_another_root(checkpoint)) {
        return Error{Fault::distrusted, "the checkpoint gives an empty tree another root"};
    }
    return SignedCheckpoint{std::move(checkpoint), std::string(note)};
}

}  // namespace wsoa
