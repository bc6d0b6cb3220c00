#include "ledger/inspection/pack_check.h"

#include "ledger/base/counted.h"
#include "ledger/event/kinds.h"
#include "ledger/event/named_document.h"
#include "ledger/evidence/manifest.h"
#include "ledger/inspection/completeness.h"
#include "ledger/inspection/pack_beside.h"
#include "ledger/inspection/pack_members.h"
#include "ledger/inspection/pack_source.h"
#include "ledger/inspection/paper_check.h"
#include "ledger/inspection/shown_check.h"
#include "ledger/keys/timestamp.h"
#include "ledger/state/plan_bytes.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace wsoa {
namespace {

using Of = Item::Of;

constexpr std::size_t tile_bytes_max = tile_width_max * sizeof(Hash::bytes);

// What a pack has beside the events.
class PackCheck {
public:
    PackCheck(const PackFile& pack, const PackQuestion& question)
        : pack_(pack),
          question_(question),
          reading_(pack, [this](const auto& tree, const auto& state) { look(tree, state); }),
          beside_(pack) {}

    // To be asked of the verification of the events, before run().
    VerifyWatcher* watcher() { return &reading_; }
    std::vector<Workers::Task> tasks() { return beside_.tasks(); }

    // With the verdict of the events, which the rest is added to.
    void run(Verdict& verdict);

private:
    template <typename... Args>
    void breach(const Item& item, fmt::format_string<Args...> format, Args&&... args) {
        findings_.breach(item, format, std::forward<Args>(args)...);
    }
    void look(const HashTree& tree, const State& state);
    void check_members(Verdict& verdict);
    void check_tiles(const HashTree& tree);
    void check_about(Verdict& verdict);
    void check_policy(Verdict& verdict);
    std::optional<std::size_t> judge_by(const Policy& policy, const Item& item,
                                        std::string_view whose);
    void check_documents(Verdict& verdict);
    bool is_committed(const PackDocument& document);
    bool is_here(const PackDocument& document);
    void check_state();
    void check_digest(const PackState& state, const Plan& plan);
    void check_page(Verdict& verdict);

    const PackFile& pack_;
    const PackQuestion& question_;
    PackReading reading_;
    PackBeside beside_;
    Findings findings_;
    std::vector<const PackDocument*> committed_;
    // What was said while the last signatures were checked.
    Verdict of_tiles_;
    Verdict of_plan_;
};

// All that hangs on the events alone and not on who signed them.
void PackCheck::look(const HashTree& tree, const State& state) {
    check_tiles(tree);
    for (const auto& document : pack_.documents()) {
        if (is_committed(document)) {
            committed_.push_back(&document);
        }
    }
    check_state();
    if (reading_.is_whole()) {
        check_papers({.pack = pack_, .reading = reading_, .tree = tree, .keyring = state.keyring},
                     question_.program, of_plan_);
    } else {
        of_plan_.not_checked.push_back(
            "the papers for people: they are made from entries that cannot be read");
    }
}

// What one part of the check said, after what the others have.
void append(Verdict part, Verdict& verdict) {
    std::ranges::move(part.findings, std::back_inserter(verdict.findings));
    std::ranges::move(part.checked, std::back_inserter(verdict.checked));
    std::ranges::move(part.not_checked, std::back_inserter(verdict.not_checked));
}

void PackCheck::run(Verdict& verdict) {
    check_members(verdict);
    append(std::move(of_tiles_), verdict);
    check_about(verdict);
    check_policy(verdict);
    check_documents(verdict);
    append(std::move(of_plan_), verdict);
    check_page(verdict);
    std::ranges::move(std::move(findings_).list(), std::back_inserter(verdict.findings));
    std::ranges::copy(reading_.more_disclosed(), std::back_inserter(verdict.findings));
}

void PackCheck::check_members(Verdict& verdict) {
    for (const auto& fault : pack_.faults()) {
        breach(Item(Of::member, fault.member), "{}: {}", fault.member, fault.what);
    }
    for (const auto& [member, what] : beside_.damaged()) {
        breach(Item(Of::member, member), "{}", what);
    }
    for (const auto& member : pack_.archive().members()) {
        const auto earlier = earlier_member(member.name);
        const bool is_timestamp =
            is_timestamp_member(member.name) || (earlier && earlier->timestamp);
        if (is_timestamp && member.size > timestamp_reply_bytes_max) {
            breach(Item(Of::member, member.name), "{}: no timestamp is that large", member.name);
        }
    }
    verdict.checked.push_back(
        fmt::format("the form of the file and the check sums of its {} members",
                    pack_.archive().members().size()));
}

void PackCheck::check_tiles(const HashTree& tree) {
    std::uint64_t count = 0;
    for (const auto& tile : tiles_between({}, pack_.about().size)) {
        const auto name = path_of(tile);
        const auto* const member = pack_.archive().find(name);
        if (member == nullptr) {
            breach(Item(Of::member, name), "the pack has no {}", name);
            continue;
        }
        ++count;
        const auto file = pack_.archive().look(*member, tile_bytes_max);
        const auto hashes =
            file.ok() ? read_tile(tile, file.value()) : Result<std::vector<Hash>>(file.error());
        if (!hashes.ok()) {
            breach(Item(Of::member, name), "{}: {}", name, hashes.error().message);
            continue;
        }
        const auto refs = nodes_of(tile);
        for (std::size_t i = 0; i < refs.size(); ++i) {
            const auto* const node = tree.node(refs[i]);
            if (node == nullptr || *node != hashes.value()[i]) {
                breach(Item(Of::tile, name), "{}: hash {} of it is not what the events give", name,
                       i);
                break;
            }
        }
    }
    of_tiles_.checked.push_back(counted(count, "tile") + " of the tree's hashes");
}

void PackCheck::check_about(Verdict& verdict) {
    const auto& about = pack_.about();
    const auto opening = pack_.event(EventIndex{0});
    const auto note = Note::parse(pack_.checkpoint());
    const auto checkpoint =
        note.ok() ? Checkpoint::parse(note.value().text) : Result<Checkpoint>(note.error());
    if (!checkpoint.ok()) {
        breach(Item(Of::checkpoint), "checkpoint: {}", checkpoint.error().message);
    } else if (checkpoint.value().size != about.size || checkpoint.value().root != about.root ||
               checkpoint.value().origin != about.origin.str()) {
        breach(Item(Of::about),
               "pack.json: its origin, size and root are not those of the checkpoint");
    }
    if (about.root != verdict.root) {
        breach(Item(Of::about), "pack.json: its \"root\" is not that of the events");
    }
    if (opening && opening->leaf() != about.ledger) {
        breach(Item(Of::about), "pack.json: its \"ledger\" is not that of the events");
    }
    check_completeness(pack_, reading_, question_.depth, verdict);
    verdict.checked.push_back("what the pack says of itself, against the events");
}

// The council's own policy vouches for nothing, but a pack whose checkpoint does not meet it is not
// as the council made it.
void PackCheck::check_policy(Verdict& verdict) {
    const auto* const member = pack_.archive().find("policy");
    if (member != nullptr) {
        const auto text = pack_.archive().look(*member, Policy::bytes_max);
        const auto own =
            text.ok() ? Policy::parse(text_of(text.value())) : Result<Policy>(text.error());
        if (own.ok()) {
            judge_by(own.value(), Item(Of::policy), "the pack's own policy");
        } else {
            breach(Item(Of::policy), "policy: {}", own.error().message);
        }
    }
    if (question_.policy == nullptr) {
        verdict.not_checked.push_back(
            "whether witnesses whom you trust have seen this ledger: no policy of yours is at "
            "hand");
        return;
    }
    const auto cosigned =
        judge_by(*question_.policy, Item(Of::brought), "the policy that you gave");
    if (cosigned) {
        verdict.continues_earlier = true;
        std::erase(verdict.not_checked, nothing_earlier);
        verdict.checked.push_back(
            fmt::format("the log's key and the cosignatures of {}, by the policy that you gave",
                        counted(*cosigned, "witness", "witnesses")));
    }
}

// How many witnesses have cosigned, where that is enough.
std::optional<std::size_t> PackCheck::judge_by(const Policy& policy, const Item& item,
                                               std::string_view whose) {
    const auto note = Note::parse(pack_.checkpoint());
    const auto judged =
        note.ok() ? evaluate(policy, note.value()) : Result<PolicyVerdict>(note.error());
    if (!judged.ok()) {
        breach(item, "by {}: {}", whose, judged.error().message);
        return std::nullopt;
    }
    if (!judged.value().is_quorum_met) {
        breach(item, "by {}: the witnesses that it asks for have not cosigned", whose);
        return std::nullopt;
    }
    return judged.value().cosigned.size();
}

// Whether its event committed to it, as documents.jsonl tells of it.
bool PackCheck::is_committed(const PackDocument& document) {
    const Item item(Of::document, document.event);
    const auto event = pack_.event(document.event);
    const auto named = event ? document_named(event->change()) : std::nullopt;
    if (!named || named->number != document.number) {
        breach(item, "it names no document of number {}", document.number.value);
        return false;
    }
    const Manifest manifest{.size = document.size,
                            .digest = document.digest,
                            .media_type = document.media_type,
                            .salt = document.salt,
                            .pieces = {}};
    if (commit_to_document(event->envelope().ledger, document.number, manifest) !=
        named->commitment) {
        breach(item, "document {} is not the one that was committed to", document.number.value);
        return false;
    }
    if (!pack_.about().restricted &&
        event->envelope().classification == schema::Classification::RESTRICTED) {
        breach(item, "its document is restricted, and the pack says that it holds none such");
    }
    return true;
}

// Whether its bytes are those that documents.jsonl tells of.
bool PackCheck::is_here(const PackDocument& document) {
    const Item item(Of::document, document.event);
    const auto* const member = pack_.archive().find(document.member());
    if (member == nullptr) {
        breach(item, "the pack has no {}", document.member());
        return false;
    }
    if (member->size != document.size || beside_.digest_of(member->name) != document.digest) {
        breach(item, "{} is not the document that was committed to", document.member());
        return false;
    }
    return true;
}

void PackCheck::check_documents(Verdict& verdict) {
    std::uint64_t whole = 0;
    std::set<std::string> told;
    for (const auto& document : pack_.documents()) {
        told.insert(document.member());
    }
    for (const auto* const document : committed_) {
        whole += is_here(*document) ? 1U : 0U;
    }
    for (const auto& member : pack_.archive().members()) {
        if (member.name.starts_with("documents/") && !told.contains(member.name)) {
            breach(Item(Of::member, member.name), "{} belongs to no line of documents.jsonl",
                   member.name);
        }
    }
    verdict.checked.push_back(fmt::format("{} of {}, every byte against their commitments", whole,
                                          counted(pack_.documents().size(), "document")));
}

void PackCheck::check_state() {
    const auto& state = pack_.state();
    const auto& about = pack_.about();
    if (!state) {
        return;  // it is among the faults
    }
    if (state->plan != about.plan || state->as_at != about.as_at ||
        state->as_known != about.as_known) {
        breach(Item(Of::state), "state.json tells of another plan or other days than pack.json");
        return;
    }
    const auto& plan = reading_.known();
    if (!plan.ok() && plan.error().fault == Fault::missing) {
        breach(Item(Of::state), "{}", plan.error().message);
        return;
    }
    if (!plan.ok()) {
        of_plan_.not_checked.push_back("the plan on the day that the pack tells of: " +
                                       plan.error().message);
        return;
    }
    check_digest(*state, plan.value());
    for (const auto& difference : differences_in_shown(pack_, plan.value())) {
        breach(Item(Of::shown), "shown.jsonl: {}", difference);
    }
    of_plan_.checked.push_back(fmt::format("what is shown of {} as at {}, against the events",
                                           about.plan.str(), to_string(about.as_at)));
}

void PackCheck::check_digest(const PackState& state, const Plan& plan) {
    if (state.format != plan_state_label) {
        of_plan_.not_checked.push_back(
            fmt::format("the digest of the plan's state: it is of the form {}, and this program "
                        "makes {}",
                        state.format, plan_state_label));
        return;
    }
    if (digest_of(plan) != state.digest) {
        breach(Item(Of::digest),
               "state.json: the digest of the plan's state is not what the events give");
        return;
    }
    of_plan_.checked.push_back(fmt::format("the digest of the state of {} as known on {}",
                                           plan.ref.str(), to_string(pack_.about().as_known)));
}

void PackCheck::check_page(Verdict& verdict) {
    const auto& page = beside_.page();
    if (!page.ok()) {
        breach(Item(Of::page), "index.html: {}", page.error().message);
        return;
    }
    if (page.value() != pack_.about().page) {
        breach(Item(Of::page), "index.html: it is not the page that pack.json names");
    }
    const auto name = to_hex(page.value().view());
    verdict.checked.push_back("that the page within the pack shows this pack's data");
    if (std::ranges::find(question_.released_pages, name) != question_.released_pages.end()) {
        verdict.checked.push_back(
            fmt::format("that the page within the pack is a released one: {}", name));
        return;
    }
    verdict.not_checked.push_back(
        name == question_.own_page
            ? fmt::format("whether the page within the pack is a released one: it is that of this "
                          "program, which is not released yet: {}",
                          name)
            : fmt::format("whether the page within the pack can be believed: its SHA-256 {} is not "
                          "that of a page that this program knows; open the pack with a page from "
                          "elsewhere",
                          name));
}

}  // namespace

Result<Verdict> verify_pack(const PackFile& pack, const PackQuestion& question) {
    const PackSource source(pack);
    auto outside = outside_of(pack);
    outside.policy = question.policy;
    outside.authority = question.authority;
    PackCheck check(pack, question);
    auto verdict = TRY(verify_ledger(source, VerifyQuestion{.depth = question.depth,
                                                            .known = question.known,
                                                            .outside = &outside,
                                                            .workers = question.workers,
                                                            .beside = check.tasks(),
                                                            .watcher = check.watcher(),
                                                            .progress = question.progress}));
    check.run(verdict);
    std::ranges::stable_sort(verdict.findings, {}, [](const Finding& finding) {
        return finding.event ? finding.event->value : ~std::uint64_t{0};
    });
    return verdict;
}

}  // namespace wsoa
