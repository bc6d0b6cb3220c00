#include "ledger/inspection/anchor_check.h"

#include "ledger/base/counted.h"
#include "ledger/base/sha256.h"
#include "ledger/event/fields.h"
#include "ledger/keys/timestamp.h"
#include "ledger/tree/anchored.h"
#include "ledger/tree/cosignature.h"

#include <algorithm>

namespace wsoa {
namespace {

using Class = Finding::Class;
using Of = Item::Of;
using schema::AnchorMeans;

constexpr std::size_t tokens_told_max = 10;

std::string_view what_is(AnchorMeans means) {
    return means == AnchorMeans::TIMESTAMP ? "timestamp" : "cosignature";
}

}  // namespace

void AnchorCheck::add(const Event& event) {
    recorded_.push_back(std::max(event.recorded_at(), last_recorded()));
    if (event.kind() != Kind::CHECKPOINT_ANCHORED) {
        return;
    }
    const auto fields = event.change().reader().getCheckpointAnchored();
    anchors_.push_back({.by = event.index(),
                        .size = {fields.getSize()},
                        .means = fields.getMeans(),
                        .digest = read::hash(fields.getDigest()),
                        .seconds = fields.getTime()});
}

// Looks at each thing that is kept, once.
class AnchorCheck::Judge {
public:
    Judge(const Outside& outside, const LedgerFacts& facts, const TreeCheck& tree,
          Findings& findings, Answer& answer)
        : outside_(outside), facts_(facts), tree_(tree), findings_(findings), answer_(answer) {}

    std::map<Hash, Said> run() {
        check_policy();
        note_unread("cosignatures", outside_.notes([&](const KeptNote& kept) { add(kept); }));
        note_unread("timestamps", outside_.tokens([&](const KeptToken& kept) { add(kept); }));
        check_quorum();
        say();
        return std::move(said_);
    }

private:
    // Of a pack's checkpoint others judge it.
    bool has_quorum() const {
        return is_of_ledger() && outside_.policy != nullptr && outside_.policy->quorum;
    }
    bool is_of_ledger() const { return outside_.from == Outside::From::ledger; }
    template <typename... Args>
    void breach(const Item& item, fmt::format_string<Args...> format, Args&&... args) {
        findings_.breach(item, format, std::forward<Args>(args)...);
    }
    void note_unread(std::string_view what, const Result<void>& shown);
    void check_policy();
    void check_quorum();
    void add(const KeptNote& kept);
    Result<Note> opened(const KeptNote& kept);
    const Policy::Witness* witness_of(const NoteSignature& line) const;
    void check_lines(const Note& note, TreeSize size);
    void add_line(const Note& note, TreeSize size, const SaidByWitness& line);
    void add(const KeptToken& kept);
    std::optional<Timestamp> by_own_roots(const KeptToken& kept);
    void say();

    const Outside& outside_;
    const LedgerFacts& facts_;
    const TreeCheck& tree_;
    Findings& findings_;
    Answer& answer_;
    std::map<Hash, Said> said_;  // by digest
    std::uint64_t cosignatures_ = 0;
    std::uint64_t held_ = 0;  // of them by the policy
    std::uint64_t tokens_ = 0;
    std::uint64_t believed_ = 0;  // of them by the reader's own certificates
};

void AnchorCheck::Judge::note_unread(std::string_view what, const Result<void>& shown) {
    if (!shown.ok()) {
        ++answer_.unread;
        answer_.not_checked.push_back(fmt::format("{}: {}", what, shown.error().message));
    }
}

// A policy that does not know the ledger vouches for another one.
void AnchorCheck::Judge::check_policy() {
    if (outside_.policy == nullptr || !is_of_ledger()) {
        return;
    }
    const auto* const log = outside_.policy->log(facts_.origin);
    const bool is_ours = log != nullptr && log->key.ed25519_key() &&
                         std::ranges::any_of(facts_.signing_keys, [&](const auto& own) {
                             return own.key == *log->key.ed25519_key();
                         });
    if (is_ours) {
        answer_.checked.push_back("that the policy that you gave names this ledger's key");
    } else {
        breach(Item(Of::brought),
               "the policy that you gave names no key that this ledger ever signed with");
    }
}

// The kept note, if it is the ledger's own checkpoint of that size; what is wrong with it, if it is
// not.
Result<Note> AnchorCheck::Judge::opened(const KeptNote& kept) {
    const auto key = TRY(NoteKey::ed25519(facts_.origin, facts_.signing_key_at(kept.size)));
    const auto own = TRY(open_checkpoint(kept.note, key, facts_.origin));
    if (own.checkpoint.size != kept.size) {
        return error(Fault::distrusted, "it is over {} events", own.checkpoint.size.value);
    }
    if (kept.size > tree_.size()) {
        return error(Fault::distrusted, "there are {} events: the ledger was shortened",
                     tree_.size().value);
    }
    if (own.checkpoint.root != tree_.tree().root_at(kept.size)) {
        return Error{Fault::distrusted,
                     "the first events are not those that it covers: the ledger was rewritten"};
    }
    return Note::parse(kept.note);
}

void AnchorCheck::Judge::add(const KeptNote& kept) {
    const auto note = opened(kept);
    if (!note.ok()) {
        // Of a pack's own checkpoint others say so.
        if (is_of_ledger()) {
            breach(Item(Of::checkpoint),
                   "the checkpoint over {} events that witnesses have cosigned does not hold: {}",
                   kept.size.value, note.error().message);
        } else if (!kept.member.empty()) {
            breach(Item(Of::member, kept.member), "{}: {}", kept.member, note.error().message);
        }
        return;
    }
    const auto key = NoteKey::ed25519(facts_.origin, facts_.signing_key_at(kept.size));
    const auto lines = said_by_witnesses(note.value(), key.value());
    for (const auto& line : lines.value()) {
        add_line(note.value(), kept.size, line);
    }
    if (is_of_ledger() || !kept.member.empty()) {
        check_lines(note.value(), kept.size);
    }
    if (has_quorum()) {
        const auto judged = evaluate(*outside_.policy, note.value());
        if (judged.ok() && judged.value().is_quorum_met) {
            answer_.vouched_for = std::max(answer_.vouched_for.value_or(TreeSize{}), kept.size);
        }
    }
}

void AnchorCheck::Judge::check_quorum() {
    if (!has_quorum()) {
        return;
    }
    if (answer_.vouched_for) {
        answer_.checked.push_back(fmt::format(
            "that it continues what the witnesses of your policy cosigned, at {} events",
            answer_.vouched_for->value));
    } else {
        breach(
            Item(Of::brought),
            "the policy that you gave asks for the quorum \"{}\", and no checkpoint that is kept "
            "has it",
            *outside_.policy->quorum);
    }
}

// The policy's witness whose line it says it is; null for anybody else's.
const Policy::Witness* AnchorCheck::Judge::witness_of(const NoteSignature& line) const {
    if (outside_.policy == nullptr) {
        return nullptr;
    }
    const auto& witnesses = outside_.policy->witnesses;
    const auto found = std::ranges::find_if(witnesses, [&](const Policy::Witness& each) {
        return each.key.cosigner_key() && line.is_by(each.key);
    });
    return found == witnesses.end() ? nullptr : &*found;
}

// What a known witness says and did not sign, be it of another form, condemns what is kept.
void AnchorCheck::Judge::check_lines(const Note& note, TreeSize size) {
    for (const auto& line : note.signatures) {
        const auto* const witness = witness_of(line);
        if (witness != nullptr && !check_cosignature(note.text, line, witness->key).ok()) {
            breach(Item(Of::brought), "the cosignature of {} over {} events does not hold",
                   witness->name, size.value);
        }
    }
}

void AnchorCheck::Judge::add_line(const Note& note, TreeSize size, const SaidByWitness& line) {
    ++cosignatures_;
    Said said{.size = size,
              .means = AnchorMeans::COSIGNATURE,
              .seconds = line.seconds,
              .by = line.line.name};
    if (const auto* const witness = witness_of(line.line)) {
        said.is_verified = check_cosignature(note.text, line.line, witness->key).ok();
        said.by = witness->name;
    }
    held_ += said.is_verified ? 1 : 0;
    said_.emplace(line.digest, std::move(said));
}

// By the certificates that lie beside it: whether it is still what was added. Null where there are
// none.
std::optional<Timestamp> AnchorCheck::Judge::by_own_roots(const KeptToken& kept) {
    if (!kept.roots) {
        return std::nullopt;
    }
    auto stamp = check_timestamp(kept.reply, bytes_of(kept.stamped), *kept.roots);
    if (!stamp.ok()) {
        breach(Item(Of::token, kept.name), "{}: {}", kept.name, stamp.error().message);
        return std::nullopt;
    }
    if (tokens_ <= tokens_told_max) {
        answer_.checked.push_back(fmt::format(
            "{}: they were there by {}, says {}, by the certificates that were kept with it",
            kept.name, time_said(static_cast<std::uint64_t>(stamp.value().seconds)),
            stamp.value().authority));
    }
    return std::move(stamp).value();
}

void AnchorCheck::Judge::add(const KeptToken& kept) {
    ++tokens_;
    if (!is_of_ledger()) {  // no certificates lie beside it: all that it says by itself
        const auto alone = check_timestamp_alone(kept.reply, bytes_of(kept.stamped));
        if (!alone.ok()) {
            breach(Item(Of::token, kept.name), "{}: {}", kept.name, alone.error().message);
            return;
        }
    }
    Said said{.size = kept.size, .means = AnchorMeans::TIMESTAMP, .seconds = {}, .by = {}};
    auto stamp = by_own_roots(kept);
    if (kept.roots && !stamp) {
        return;
    }
    if (outside_.authority) {
        auto believed = check_timestamp(kept.reply, bytes_of(kept.stamped), *outside_.authority);
        said.is_verified = believed.ok() && kept.size <= tree_.size();
        if (believed.ok()) {
            stamp = std::move(believed).value();
        } else if (!kept.roots) {
            findings_.add("unbelieved token",
                          {.is = Class::doubt,
                           .event = {},
                           .what = fmt::format("{}: by the certificates that you gave, {}",
                                               kept.name, believed.error().message),
                           .item = Item(Of::token, kept.name).str()});
        }
    }
    if (stamp) {
        said.seconds = static_cast<std::uint64_t>(std::max<std::int64_t>(0, stamp->seconds));
        said.by = stamp->authority;
    }
    believed_ += said.is_verified ? 1 : 0;
    said_.emplace(sha256(kept.reply), std::move(said));
}

void AnchorCheck::Judge::say() {
    if (held_ > 0) {
        answer_.checked.push_back(counted(held_, "cosignature") + ", by the policy that you gave");
    }
    if (believed_ > 0) {
        answer_.checked.push_back(counted(believed_, "timestamp") +
                                  ", by the certificates that you gave");
    }
    if (tokens_ > tokens_told_max && !outside_.authority && is_of_ledger()) {
        answer_.checked.push_back(fmt::format(
            "{} timestamps in all, by the certificates that were kept with them", tokens_));
    }
    if (cosignatures_ > held_) {
        answer_.not_checked.push_back(fmt::format(
            "{}, which bound nothing: {}", counted(cosignatures_ - held_, "cosignature"),
            outside_.policy == nullptr ? "no policy of yours says which witnesses to believe"
                                       : "the policy that you gave does not vouch for them"));
    }
    if (tokens_ > believed_) {
        answer_.not_checked.push_back(fmt::format(
            "{}, which bound nothing: {}", counted(tokens_ - believed_, "timestamp"),
            outside_.authority ? "the certificates that you gave do not vouch for them"
                               : "no certificates of yours say which authority to believe "
                                 "(--authority)"));
    }
}

// Whether something is kept that speaks of the same checkpoint at the same time, and neither holds
// by the reader's policy nor is what any event commits to.
bool AnchorCheck::is_other(const Anchor& anchor, const std::map<Hash, Said>& said) {
    return std::ranges::any_of(said, [&](const auto& each) {
        const auto& other = each.second;
        return other.size == anchor.size && other.means == anchor.means &&
               other.seconds == anchor.seconds && !other.is_verified && !other.anchored_by;
    });
}

void AnchorCheck::match(std::map<Hash, Said>& said, Outside::From from, Findings& findings,
                        Answer& answer) {
    std::vector<const Anchor*> lost;
    for (const auto& anchor : anchors_) {
        const auto found = said.find(anchor.digest);
        const bool is_it = found != said.end() && found->second.size == anchor.size &&
                           found->second.means == anchor.means;
        if (!is_it) {
            lost.push_back(&anchor);
            continue;
        }
        found->second.anchored_by = found->second.anchored_by.value_or(anchor.by);
        if (found->second.seconds && *found->second.seconds != anchor.seconds) {
            findings.breach(Item(Of::anchor, anchor.by),
                            "it says that the {} over {} events is of {}, which is of {}",
                            what_is(anchor.means), anchor.size.value, time_said(anchor.seconds),
                            time_said(*found->second.seconds));
        }
    }
    if (lost.size() < anchors_.size()) {
        answer.checked.push_back(counted(anchors_.size() - lost.size(), "anchor") +
                                 ", against what is kept");
    }
    if (from == Outside::From::pack) {
        if (!lost.empty()) {
            answer.not_checked.push_back(counted(lost.size(), "anchor") +
                                         " of what is not in the pack");
        }
        return;
    }
    for (const auto* const anchor : lost) {
        if (is_other(*anchor, said)) {
            findings.breach(Item(Of::anchor, anchor->by),
                            "the {} over {} events that is kept is not the one that it "
                            "commits to",
                            what_is(anchor->means), anchor->size.value);
            continue;
        }
        findings.add("lost", {.is = Class::noted,
                              .event = anchor->by,
                              .what = fmt::format(
                                  "the {} over {} events that it commits to is not kept any more, "
                                  "and bounds nothing; look for it in a backup, or ask who gave it",
                                  what_is(anchor->means), anchor->size.value),
                              .item = Item(Of::anchor, anchor->by).str()});
    }
}

void AnchorCheck::add_bounds(const std::map<Hash, Said>& said, Findings& findings,
                             Answer& answer) const {
    std::vector<OutsideTime> times;
    for (const auto& [digest, each] : said) {
        if (each.is_verified && each.seconds) {
            times.push_back({.size = each.size,
                             .seconds = *each.seconds,
                             .by = each.by,
                             .anchored_by = each.anchored_by});
        }
    }
    if (times.empty()) {
        return;
    }
    answer.bounds = bounds_of(times, TreeSize{recorded_.size()});
    compare_with_bounds(answer.bounds, recorded_, findings);
    std::ranges::move(sentences_of(answer.bounds), std::back_inserter(answer.checked));
    if (const auto count = unbounded_events(answer.bounds); count > 0) {
        answer.not_checked.push_back(
            fmt::format("by when {} of {} events were recorded: they have no outside bound yet",
                        count, recorded_.size()));
    }
}

AnchorCheck::Answer AnchorCheck::run(const Outside& outside, const LedgerFacts& facts,
                                     const TreeCheck& tree, Findings& findings) {
    Answer answer;
    if (facts.signing_keys.empty()) {
        answer.not_checked.emplace_back(
            "what outsiders said: no key is known that signs the ledger's checkpoints");
        return answer;
    }
    auto said = Judge(outside, facts, tree, findings, answer).run();
    match(said, outside.from, findings, answer);
    add_bounds(said, findings, answer);
    if (said.empty() && anchors_.empty() && outside.from == Outside::From::ledger) {
        answer.not_checked.emplace_back(
            "when events were recorded: nobody outside has said anything of this ledger");
    }
    return answer;
}

}  // namespace wsoa
