#include "ledger/tree/witness.h"

#include "ledger/base/text.h"
#include "ledger/tree/hasher.h"
#include "ledger/tree/lines.h"

#include <algorithm>

namespace wsoa {
namespace {

constexpr std::string_view old_mark = "old ";

WitnessJudgement refuse(WitnessJudgement judged, WitnessStatus status, std::string say) {
    judged.status = status;
    judged.say = std::move(say);
    return judged;
}

// What cannot be read of the signature lines is signed by nobody: to a witness that is what a
// signature is that does not hold, and no fault of the request's form.
bool is_well_formed_but_for_signatures(std::string_view request) {
    constexpr std::string_view unknown = "\u2014 nobody AAAAAAA=\n";
    const auto blank = request.rfind("\n\n");
    return blank != std::string_view::npos && blank + 2 < request.size() &&
           WitnessRequest::parse(std::string(request.substr(0, blank + 2)) + std::string(unknown))
               .ok();
}

Result<void> check_signatures(const Note& note, std::span<const NoteKey> keys,
                              WitnessJudgement& judged) {
    TRY(check_note(note, keys));
    for (const auto& signature : note.signatures) {
        if (std::ranges::any_of(keys, [&](const auto& key) { return signature.is_by(key); })) {
            judged.log_signature += signature.str();
        }
    }
    return done();
}

WitnessJudgement compare(const WitnessRequest& request, const WitnessedHead& seen,
                         WitnessJudgement judged) {
    const auto& checkpoint = judged.checkpoint;
    if (request.old_size != seen.size) {
        judged.seen = seen.size;
        return refuse(std::move(judged), WitnessStatus::other_size,
                      fmt::format("the witness last cosigned {} entries of this log, not {}",
                                  seen.size.value, request.old_size.value));
    }
    const ConsistencyProof proof{seen.size, checkpoint.size, request.path};
    const auto grown = check_consistency_for_witness(proof, seen.root, checkpoint.root);
    const bool is_false_empty = checkpoint.size.value == 0 && checkpoint.root != empty_root();
    if (!grown.ok() || is_false_empty) {
        return refuse(
            std::move(judged), WitnessStatus::inconsistent,
            fmt::format("the checkpoint does not continue the {} entries that the witness saw: {}",
                        seen.size.value,
                        grown.ok() ? "an empty tree has one root only" : grown.error().message));
    }
    return refuse(std::move(judged), WitnessStatus::cosigned, "the checkpoint may be cosigned");
}

}  // namespace

Result<WitnessRequest> WitnessRequest::parse(std::string_view text) {
    if (text.size() > bytes_max) {
        return error(Fault::invalid, "the request has {} bytes; at most {} are taken", text.size(),
                     bytes_max);
    }
    LineReader lines(text);
    WitnessRequest request;
    const auto old_size = TRY(lines.line_after(old_mark));
    request.old_size.value = TRY(parse_decimal(old_size));
    while (true) {
        const auto line = TRY(lines.line("the blank line before the checkpoint"));
        if (line.empty()) {
            break;
        }
        if (request.path.size() == path_max) {
            return error(Fault::invalid, "the request has more than {} hashes", path_max);
        }
        const auto bytes = TRY(from_base64(line));
        const auto hash = TRY(Hash::of(bytes));
        request.path.push_back(hash);
    }
    request.checkpoint_note = lines.rest();
    const auto note = TRY(Note::parse(request.checkpoint_note));
    TRY(Checkpoint::parse(note.text));
    return request;
}

std::string WitnessRequest::str() const {
    auto text = fmt::format("{}{}\n", old_mark, old_size.value);
    for (const auto& hash : path) {
        text += to_base64(hash.view()) + "\n";
    }
    return text + "\n" + checkpoint_note;
}

Result<WitnessJudgement> judge_request(std::string_view request, const Policy& policy,
                                       const WitnessMemory& memory) {
    WitnessJudgement judged;
    const auto parsed = WitnessRequest::parse(request);
    if (!parsed.ok()) {
        return refuse(std::move(judged),
                      is_well_formed_but_for_signatures(request) ? WitnessStatus::untrusted
                                                                 : WitnessStatus::malformed,
                      parsed.error().message);
    }
    // Parsing the request has shown that both are there.
    const auto note = TRY(Note::parse(parsed.value().checkpoint_note));
    judged.text = note.text;
    judged.checkpoint = TRY(Checkpoint::parse(note.text));
    const auto& checkpoint = judged.checkpoint;
    std::vector<NoteKey> keys;
    for (const auto& log : policy.logs) {
        if (log.key.name() == checkpoint.origin) {
            keys.push_back(log.key);
        }
    }
    if (keys.empty()) {
        return refuse(std::move(judged), WitnessStatus::unknown_log,
                      fmt::format("the witness knows no log {}", excerpt_of(checkpoint.origin)));
    }
    const auto checked = check_signatures(note, keys, judged);
    if (!checked.ok()) {
        return refuse(std::move(judged), WitnessStatus::untrusted, checked.error().message);
    }
    if (parsed.value().old_size > checkpoint.size) {
        return refuse(std::move(judged), WitnessStatus::malformed,
                      "the old size is beyond that of the checkpoint");
    }
    const auto seen = TRY(memory(checkpoint.origin));
    return compare(parsed.value(), seen, std::move(judged));
}

}  // namespace wsoa
