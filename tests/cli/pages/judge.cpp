// Reads cases from a file and prints the program's verdict on each, a line of JSON: what the page's
// verdict is held against (agree_test.mjs). It links what `wsoa-verify` links, and decides nothing.
//
// A case is a byte for its sort, a u16 for the number of its parts, and each part behind its length
// as a u32.

#include "ledger/base/sha256.h"
#include "ledger/event/event.h"
#include "ledger/event/json.h"
#include "ledger/event/kinds.h"
#include "ledger/inspection/pack_check.h"
#include "ledger/inspection/proof_check.h"
#include "ledger/inspection/receipt.h"
#include "ledger/plan/fold.h"
#include "ledger/plan/rulebook.h"
#include "ledger/state/plan_bytes.h"
#include "ledger/tree/policy.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <set>

namespace wsoa {
namespace {

using Verdicts = std::set<std::string>;

std::string told(std::string_view outcome, const std::string& item) {
    return fmt::format("{} {}", outcome, item);
}

Verdicts of_findings(const std::vector<Finding>& findings) {
    Verdicts verdicts;
    for (const auto& finding : findings) {
        verdicts.insert(told(name_of(finding.is), item_of(finding)));
    }
    return verdicts;
}

bool is_of_authority(const std::string& id) {
    const auto& rules = all_rules();
    const auto found = std::ranges::find(rules, id, &Rule::id);
    return found != rules.end() && found->needs == Rule::Needs::authors;
}

ByteView part_of(const std::vector<Bytes>& parts, std::size_t number) {
    return number < parts.size() ? ByteView(parts[number]) : ByteView{};
}

// What is said of a pack, but for what the page says that it does not check: under the policy and
// the root certificates that follow it, empty where the reader has none.
Verdicts of_pack(const std::vector<Bytes>& parts) {
    const MemorySource source(parts[0]);
    std::optional<Item> refused;
    const auto pack = PackFile::open(source, &refused);
    if (!pack.ok()) {
        return {told("breach", refused->str())};
    }
    PackQuestion question;
    std::optional<Policy> policy;
    if (const auto text = text_of(part_of(parts, 1)); !text.empty()) {
        policy = Policy::parse(text).value();
        question.policy = &*policy;
    }
    if (const auto roots = text_of(part_of(parts, 2)); !roots.empty()) {
        question.authority = std::string(roots);
    }
    auto verdict = verify_pack(pack.value(), question);
    if (!verdict.ok()) {
        return {told("breach", "nothing could be looked at")};
    }
    std::erase_if(verdict.value().findings, [](const Finding& finding) {
        return !finding.rule.empty() && !is_of_authority(finding.rule);
    });
    return of_findings(verdict.value().findings);
}

Verdicts of_judged(const PolicyVerdict& judged) {
    Verdicts verdicts{judged.is_quorum_met ? "quorum met" : "quorum not met"};
    for (const auto& one : judged.cosigned) {
        verdicts.insert(fmt::format("cosigned {} {}", to_hex(bytes_of(one.witness)), one.seconds));
    }
    return verdicts;
}

// A policy, and a note that holds a checkpoint.
Verdicts of_note(const std::vector<Bytes>& parts) {
    const auto policy = Policy::parse(text_of(parts[0]));
    if (!policy.ok()) {
        return {"refused policy"};
    }
    const auto note = Note::parse(text_of(parts[1]));
    if (!note.ok() || !Checkpoint::parse(note.value().text).ok()) {
        return {"refused checkpoint"};
    }
    const auto judged = evaluate(policy.value(), note.value());
    return judged.ok() ? of_judged(judged.value()) : Verdicts{"breach policy"};
}

// A policy, a .tlog-proof and the entry that it is of.
Verdicts of_proof(const std::vector<Bytes>& parts) {
    const auto policy = Policy::parse(text_of(parts[0]));
    if (!policy.ok()) {
        return {"refused policy"};
    }
    const auto receipt = Receipt::parse(text_of(parts[1]));
    if (!receipt.ok()) {
        return {"refused proof"};
    }
    const auto verdict = check_proof(receipt.value(), parts[2], {.policy = &policy.value()});
    auto verdicts = of_findings(verdict.findings);
    verdicts.erase("noted policy");  // a clock that is ahead, of which the page has no word
    return verdicts;
}

template <typename Read>
Verdicts of_read(const Read& read) {
    if (!read.ok()) {
        return {read.error().fault == Fault::unavailable ? "unknown" : "refused"};
    }
    return {};
}

// What was read of a change, so that it is seen whether two readers read the same.
std::string read_of(const Change& change) {
    const auto& envelope = change.envelope();
    const auto& answers = envelope.answers;
    return fmt::format("{} {} {} {} {} {} {} {} {}", name_of(change.kind()), envelope.subject.str(),
                       envelope.seen.size.value, envelope.subject_version, envelope.effective.days,
                       name_of(envelope.as_role),
                       envelope.on_behalf_of ? envelope.on_behalf_of->str() : "-",
                       answers ? fmt::format("{}", answers->value) : "-", envelope.words.size());
}

Verdicts of_change(const std::vector<Bytes>& parts) {
    const auto change = Change::read(parts[0]);
    return change.ok() ? Verdicts{told("taken", read_of(change.value()))} : of_read(change);
}

Verdicts of_event(const std::vector<Bytes>& parts) {
    const auto event = Event::read(EventIndex{1}, parts[0]);
    return event.ok() ? Verdicts{fmt::format("taken {} {}", read_of(event.value().change()),
                                             event.value().recorded_at().ms)}
                      : of_read(event);
}

// The first part is a plan's reference, the others are the entries of a ledger, of which those are
// passed over that cannot be read. Calls `tell(size, plan)` after each, while the plan is there.
template <typename Tell>
void each_state(const std::vector<Bytes>& parts, const Tell& tell) {
    const auto ref = PlanRef::parse(text_of(parts[0]));
    CHECK(ref.ok());
    State state;
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const auto event = Event::read(EventIndex{i - 1}, parts[i]);
        if (event.ok()) {
            fold(state, event.value());
        }
        if (const auto* plan = state.plan(ref.value())) {
            tell(i, *plan);
        }
    }
}

constexpr std::size_t sizes_between = 16;

// The digests of a plan's state at some sizes of the ledger, and at the last.
Verdicts of_states(const std::vector<Bytes>& parts) {
    Verdicts verdicts;
    each_state(parts, [&](std::size_t size, const Plan& plan) {
        if (size % sizes_between == 0 || size + 1 == parts.size()) {
            verdicts.insert(fmt::format("{} {}", size, to_hex(digest_of(plan).view())));
        }
    });
    return verdicts;
}

// The plan's canonical bytes at the last size.
Verdicts of_state(const std::vector<Bytes>& parts) {
    Verdicts verdicts;
    each_state(parts, [&](std::size_t size, const Plan& plan) {
        if (size + 1 == parts.size()) {
            verdicts.insert(to_hex(encode_plan(plan)));
        }
    });
    return verdicts;
}

Verdicts judged(char sort, const std::vector<Bytes>& parts) {
    switch (sort) {
        case 'k':
        case 't': return of_pack(parts);
        case 'n': return of_note(parts);
        case 'p': return of_proof(parts);
        case 'c': return of_change(parts);
        case 'e': return of_event(parts);
        case 's': return of_states(parts);
        case 'b': return of_state(parts);
        default: CHECK(false);
    }
    return {};
}

Result<std::vector<Bytes>> read_parts(ByteReader& from) {
    const auto count = TRY(from.u16());
    std::vector<Bytes> parts;
    for (std::size_t i = 0; i < count; ++i) {
        const auto size = TRY(from.u32());
        const auto bytes = TRY(from.take(size));
        parts.push_back(copy_of(bytes));
    }
    return parts;
}

Result<void> judge_all_cases(ByteView cases) {
    ByteReader reader(cases);
    while (!reader.at_end()) {
        const auto sort = TRY(reader.u8());
        const auto parts = TRY(read_parts(reader));
        std::string list;
        for (const auto& verdict : judged(static_cast<char>(sort), parts)) {
            list += (list.empty() ? "" : ",") + json_quoted(verdict);
        }
        fmt::print("[{}]\n", list);
    }
    return done();
}

}  // namespace
}  // namespace wsoa

int main(int count, char** values) {
    if (count != 2) {
        return 2;
    }
    std::ifstream file(values[1], std::ios::binary);
    const std::string cases{std::istreambuf_iterator<char>(file), {}};
    const auto judged = wsoa::judge_all_cases(wsoa::bytes_of(cases));
    if (!judged.ok()) {
        fmt::print(stderr, "judge: {}\n", judged.error().message);
    }
    return judged.ok() ? 0 : 1;
}
