#include "ledger/store/witness.h"

#include "ledger/base/limits.h"
#include "ledger/base/sha256.h"
#include "ledger/base/text.h"
#include "ledger/tree/cosignature.h"
#include "ledger/tree/hasher.h"
#include "ledger/tree/lines.h"

#include <algorithm>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view first_line = "wsoa-witness/v1";
constexpr std::string_view key_mark = "key ";
constexpr std::size_t facts_bytes_max = 8'192;

Result<NoteKey> parse_facts(std::string_view text) {
    LineReader lines(text);
    const auto first = TRY(lines.line("its first line"));
    const auto vkey = TRY(lines.line_after(key_mark));
    auto key = TRY(NoteKey::parse(vkey));
    if (first != first_line || !lines.at_end() || !key.cosigner_key()) {
        return Error{Fault::invalid, "it should hold a first line and a witness's key"};
    }
    return key;
}

// The line that cosigns, among those of a kept note.
Result<WitnessedCheckpoint> read_head(std::string_view text, const NoteKey& cosigner,
                                      const std::string& origin) {
    const auto note = TRY(Note::parse(text));
    auto checkpoint = TRY(Checkpoint::parse(note.text));
    WitnessedCheckpoint head{std::move(checkpoint), 0, std::string(text)};
    const auto& own = note.signatures.back();
    const auto cosignature = TRY(check_cosignature(note.text, own, cosigner));
    if (head.checkpoint.origin != origin) {
        return Error{Fault::invalid, "it is of another log"};
    }
    head.seconds = cosignature.seconds;
    return head;
}

}  // namespace

fs::path WitnessFolder::head(std::string_view origin) const {
    return heads() / (to_hex(sha256(bytes_of(origin)).view()) + ".checkpoint");
}

Result<void> WitnessFolder::create(const NoteKey& key, std::string_view key_file,
                                   const std::vector<NoteKey>& logs) const {
    TRY(claim_folder(root_, Access::everyone));
    std::string policy = "# The logs that this witness knows: a line \"log VKEY\" each.\n";
    for (const auto& log : logs) {
        policy += fmt::format("log {}\n", log.str());
    }
    policy += "quorum none\n";
    TRY(Policy::parse(policy));
    TRY(create_folder(heads(), Access::everyone));
    TRY(create_durably(this->logs(), bytes_of(policy), Access::everyone));
    TRY(create_durably(this->key(), bytes_of(key_file), Access::owner));
    // Last: what it names is there.
    const auto text = fmt::format("{}\n{}{}\n", first_line, key_mark, key.str());
    return create_durably(facts(), bytes_of(text), Access::everyone);
}

Result<NoteKey> WitnessFolder::cosigner() const {
    const auto bytes = read_file(facts(), facts_bytes_max);
    if (!bytes.ok()) {
        if (bytes.error().fault == Fault::missing) {
            return error(Fault::missing, "{} is no witness's folder", root_.string())
                .advise("`wsoa witness init DIR --name NAME` makes one");
        }
        return bytes.error();
    }
    auto key = parse_facts(text_of(bytes.value()));
    if (!key.ok()) {
        return error(Fault::corrupt, "{} is damaged: {}", facts().string(), key.error().message);
    }
    return key;
}

Result<Policy> WitnessFolder::policy() const {
    const auto bytes = TRY(read_file(logs(), Policy::bytes_max));
    auto policy = Policy::parse(text_of(bytes));
    if (!policy.ok()) {
        return std::move(policy).error().explain("reading {}", logs().string());
    }
    return policy;
}

Result<std::optional<WitnessedCheckpoint>> witnessed(const WitnessFolder& folder,
                                                     const NoteKey& cosigner,
                                                     const std::string& origin) {
    using Head = std::optional<WitnessedCheckpoint>;
    const auto bytes = read_file(folder.head(origin), limits::note_bytes_max);
    if (!bytes.ok()) {
        return bytes.error().fault == Fault::missing ? Result<Head>(Head{})
                                                     : Result<Head>(bytes.error());
    }
    auto head = read_head(text_of(bytes.value()), cosigner, origin);
    if (!head.ok()) {
        return error(Fault::corrupt, "the witness's memory of {}, {}, is damaged: {}",
                     excerpt_of(origin), folder.head(origin).string(), head.error().message)
            .advise(
                "without it the witness might sign a second history: ask the log for the last "
                "checkpoint that this witness cosigned, put that there, and sign nothing until "
                "then");
    }
    return Head(std::move(head).value());
}

Result<WitnessAnswer> answer_request(const WitnessFolder& folder, const Signer& signer,
                                     std::string_view request, Instant now) {
    const auto cosigner = TRY(folder.cosigner());
    if (*cosigner.cosigner_key() != signer.key()) {
        return error(Fault::invalid, "the key is not the one that {} names",
                     folder.facts().string());
    }
    const auto lock = TRY(OpenFile::open(folder.lock(), OpenFile::Use::create_write));
    const auto is_ours = TRY(lock->try_lock());
    if (!is_ours) {
        return error(Fault::busy, "another process answers for the witness {}", cosigner.name());
    }
    const auto policy = TRY(folder.policy());
    std::uint64_t last_seconds = 0;
    const auto judged =
        TRY(judge_request(request, policy, [&](const std::string& origin) -> Result<WitnessedHead> {
            const auto head = TRY(witnessed(folder, cosigner, origin));
            last_seconds = head ? head->seconds : 0;
            return head ? WitnessedHead{head->checkpoint.size, head->checkpoint.root}
                        : WitnessedHead{TreeSize{0}, empty_root()};
        }));
    WitnessAnswer answer{judged.status, judged.say, {}, judged.seen};
    if (judged.status != WitnessStatus::cosigned) {
        return answer;
    }
    const auto seconds = static_cast<std::uint64_t>(std::max<std::int64_t>(0, now.ms / 1'000));
    if (seconds < last_seconds) {
        return error(Fault::unavailable,
                     "this machine's clock is behind the last cosignature of {}",
                     excerpt_of(judged.checkpoint.origin))
            .advise("set the clock, then ask again");
    }
    const auto line = TRY(cosign(judged.text, cosigner.name(), signer, seconds));
    answer.lines = line.str();
    const auto note = judged.text + "\n" + judged.log_signature + answer.lines;
    TRY(write_durably(folder.head(judged.checkpoint.origin), bytes_of(note), Access::everyone));
    return answer;
}

}  // namespace wsoa
