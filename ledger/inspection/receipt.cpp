#include "ledger/inspection/receipt.h"

#include "ledger/base/limits.h"
#include "ledger/tree/hasher.h"
#include "ledger/tree/lines.h"

namespace wsoa {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_mark = "extra ";
constexpr std::string_view index_mark = "index ";

Result<Bytes> parse_extra(LineReader& lines) {
    const auto line = TRY(lines.line_after(extra_mark));
    auto extra = TRY(from_base64(line));
    if (extra.empty()) {
        return Error{Fault::invalid, "the line for extra data of the receipt holds none"};
    }
    return extra;
}

// Up to the blank line, which is taken too.
Result<std::vector<Hash>> parse_path(LineReader& lines) {
    std::vector<Hash> path;
    for (;;) {
        const auto line = TRY(lines.line("the blank line before the checkpoint"));
        if (line.empty()) {
            return path;
        }
        if (path.size() == limits::proof_hashes_max) {
            return error(Fault::invalid, "the receipt has more than {} hashes",
                         limits::proof_hashes_max);
        }
        const auto bytes = TRY(from_base64(line));
        const auto hash = TRY(Hash::of(bytes));
        path.push_back(hash);
    }
}

Result<void> check_holds_checkpoint(std::string_view note) {
    const auto parsed = TRY(Note::parse(note));
    TRY(Checkpoint::parse(parsed.text));
    return done();
}

}  // namespace

Result<Receipt> Receipt::parse(std::string_view text) {
    if (text.size() > limits::receipt_bytes_max) {
        return error(Fault::invalid, "the receipt has {} bytes; at most {} are taken", text.size(),
                     limits::receipt_bytes_max);
    }
    LineReader lines(text);
    const auto first = TRY(lines.line("the end of its first line"));
    if (first != first_line) {
        return error(Fault::invalid, "a receipt begins with the line \"{}\"", first_line);
    }
    Receipt receipt;
    if (lines.begins_with(extra_mark)) {
        receipt.extra = TRY(parse_extra(lines));
    }
    const auto index = TRY(lines.line_after(index_mark));
    receipt.index.value = TRY(parse_decimal(index));
    receipt.path = TRY(parse_path(lines));
    TRY(check_holds_checkpoint(lines.rest()));
    receipt.checkpoint_note = lines.rest();
    return receipt;
}

std::string Receipt::str() const {
    auto text = fmt::format("{}\n", first_line);
    if (extra.has_value() && !extra->empty()) {
        text += fmt::format("{}{}\n", extra_mark, to_base64(*extra));
    }
    text += fmt::format("{}{}\n", index_mark, index.value);
    for (const auto& hash : path) {
        text += to_base64(hash.view()) + "\n";
    }
    return text + "\n" + checkpoint_note;
}

Receipt make_receipt(const InclusionProof& proof, const SignedCheckpoint& checkpoint) {
    CHECK(proof.size == checkpoint.checkpoint.size);
    return Receipt{std::nullopt, proof.index, proof.path, checkpoint.note};
}

Result<SignedCheckpoint> check_receipt(const Receipt& receipt, ByteView entry, const NoteKey& key,
                                       std::string_view origin) {
    auto opened = TRY(open_checkpoint(receipt.checkpoint_note, key, origin));
    const InclusionProof proof{receipt.index, opened.checkpoint.size, receipt.path};
    TRY(check_inclusion(proof, hash_leaf(entry), opened.checkpoint.root));
    return opened;
}

}  // namespace wsoa
