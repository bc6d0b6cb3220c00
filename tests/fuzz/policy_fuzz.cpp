// Policies and the notes that they judge: what is read gives one verdict, and never a good one for
// a note that no log of the policy has signed. The policy and the note are parted by a zero byte,
// which neither can hold.

#include "ledger/tree/policy.h"
#include "tests/fuzz/target.h"

using namespace wsoa;

namespace {

bool is_log_of(const Policy& policy, const NoteKey& key) {
    return std::ranges::any_of(policy.logs, [&](const auto& log) { return log.key == key; });
}

void judge(const Policy& policy, const Note& note) {
    const auto verdict = evaluate(policy, note);
    const auto again = evaluate(policy, note);
    CHECK(verdict.ok() == again.ok());
    if (!verdict.ok()) {
        CHECK(verdict.error() == again.error());
        return;
    }
    CHECK(is_log_of(policy, verdict.value().log));
    CHECK(verdict.value().checkpoint.origin == verdict.value().log.name());
    CHECK(verdict.value().cosigned.size() <= policy.witnesses.size());
    CHECK(!policy.quorum || !verdict.value().is_quorum_met || !verdict.value().cosigned.empty());
    CHECK(policy.quorum || verdict.value().is_quorum_met);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = text_of(ByteView(data, size));
    const auto zero = std::min(input.find('\0'), input.size());
    const auto policy = Policy::parse(input.substr(0, zero));
    const auto commented = Policy::parse("# a comment\n" + std::string(input.substr(0, zero)));
    CHECK(policy.ok() == commented.ok() || zero + 12 > Policy::bytes_max);
    if (!policy.ok()) {
        return 0;
    }
    for (const auto& group : policy.value().groups) {
        CHECK(group.threshold >= 1 && group.threshold <= group.members.size());
    }
    const auto note = Note::parse(input.substr(std::min(zero + 1, input.size())));
    if (note.ok()) {
        judge(policy.value(), note.value());
    }
    return 0;
}
