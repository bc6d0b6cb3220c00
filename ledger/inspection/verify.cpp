#include "ledger/inspection/verify.h"

#include "ledger/base/counted.h"
#include "ledger/base/limits.h"
#include "ledger/inspection/anchor_check.h"
#include "ledger/inspection/author_check.h"
#include "ledger/inspection/document_check.h"
#include "ledger/inspection/meaning_check.h"
#include "ledger/inspection/order_check.h"
#include "ledger/inspection/period_check.h"
#include "ledger/inspection/row_check.h"
#include "ledger/inspection/tree_check.h"

#include <algorithm>

namespace wsoa {
namespace {

class Verifier {
public:
    Verifier(const VerifySource& source, const VerifyQuestion& question)
        : source_(source),
          question_(question),
          tree_(source.holds()),
          rows_(source, question.word_keys),
          signatures_(question.workers != nullptr ? *question.workers : own_hands_),
          authority_(state_),
          meaning_(state_, source, question.word_keys),
          documents_(source, question.document_keys) {}

    Result<Verdict> run();

private:
    Chunk read_chunk(LeafRange range, std::uint64_t claimed);
    // What a chunk holds at one place.
    struct Met {
        TreeCheck::Leaf leaf;
        std::optional<Event> event;  // null for what is not as it was recorded
    };
    std::vector<Met> meet(const Chunk& chunk);
    std::optional<Event> read_event(EventIndex index, const Chunk& chunk);
    void begin_signatures(const std::vector<Met>& met);
    void judge(const std::vector<Met>& met, const Chunk& chunk);
    void judge(const Event& event, const Row<Bytes>& words);
    std::vector<SignatureCheck::Stated> checkpoints_of(LeafRange range);
    void check_known(const VerifyQuestion::Known& known);
    void check_outside();
    bool has_rows() const { return source_.holds() == VerifySource::Holds::all_rows; }
    void say_what_was_done();
    void say_what_was_not_done(const std::vector<std::string>& unread_tables);

    const VerifySource& source_;
    const VerifyQuestion& question_;
    Verdict verdict_;
    Findings findings_;
    State state_;
    OwnHands own_hands_;
    TreeCheck tree_;
    OrderCheck order_;
    RowCheck rows_;
    SignatureCheck signatures_;
    AuthorityCheck authority_;
    MeaningCheck meaning_;
    PeriodCheck periods_;
    AnchorCheck anchors_;
    DocumentCheck documents_;
    std::uint64_t gaps_ = 0;  // events that could not be folded
    std::uint64_t events_ = 0;
    std::uint64_t checkpoints_ = 0;
    std::uint64_t unread_outside_ = 0;
    bool covers_all_ = false;
    bool is_cut_ = false;
    Hash ledger_;  // leaf hash of event 0
};

Result<Verdict> Verifier::run() {
    signatures_.begin(question_.beside);
    const auto claimed = std::min(source_.size().value, limits::events_max);
    for (std::uint64_t begin = 0; begin < claimed && !is_cut_; begin += Chunk::events_max) {
        const LeafRange range{.begin = begin, .end = std::min(begin + Chunk::events_max, claimed)};
        const auto chunk = read_chunk(range, claimed);
        const auto met = meet(chunk);
        // First, so that other cores have work while this one judges.
        begin_signatures(met);
        judge(met, chunk);
        signatures_.begin({.changes = {}, .checkpoints = checkpoints_of(chunk.range)}, findings_);
        if (question_.progress) {
            question_.progress(range.end);
        }
    }
    verdict_.size = tree_.size();
    verdict_.root = tree_.tree().root_at(verdict_.size);
    if (!covers_all_ && !is_cut_ && claimed > 0) {
        findings_.breach(Item(Item::Of::checkpoint), "no checkpoint covers all {} events", claimed);
    }
    // While the last signatures are checked.
    const auto unread_tables = TRY(rows_.finish(verdict_.size, state_, findings_));
    if (question_.watcher != nullptr) {
        question_.watcher->end(tree_.tree(), state_);
    }
    signatures_.finish(findings_);
    std::ranges::for_each(question_.known, [&](const auto& known) { check_known(known); });
    check_outside();
    authority_.add_doubts(findings_);
    if (question_.depth >= Depth::meaning) {
        meaning_.add_anomalies(findings_);
        periods_.run(source_, findings_);
        documents_.finish(state_, gaps_, findings_);
    }
    say_what_was_done();
    say_what_was_not_done(unread_tables);
    verdict_.unknown += authority_.unknown();
    verdict_.findings = std::move(findings_).list();
    return std::move(verdict_);
}

// What lies in the range. It ends early, and the verification with it, where nothing follows of
// what was claimed.
Chunk Verifier::read_chunk(LeafRange range, std::uint64_t claimed) {
    auto chunk = Chunk::read(source_, range);
    const auto held = chunk.held();
    if (held == range.count()) {
        return chunk;
    }
    const LeafRange next{.begin = range.end,
                         .end = std::min(range.end + Chunk::events_max, claimed)};
    if (next.count() > 0 && Chunk::read(source_, next).held() > 0) {
        return chunk;
    }
    is_cut_ = true;
    const EventIndex first{range.begin + held};
    findings_.breach(first,
                     "the events from here on are missing, of {} that were signed; nothing was "
                     "looked at after them",
                     source_.size().value);
    return Chunk::read(source_, {.begin = range.begin, .end = first.value});
}

std::vector<Verifier::Met> Verifier::meet(const Chunk& chunk) {
    std::vector<Met> met;
    met.reserve(chunk.range.count());
    for (auto i = chunk.range.begin; i < chunk.range.end; ++i) {
        const EventIndex index{i};
        const auto leaf = tree_.add(index, chunk, source_, findings_);
        // The ledger's id, also where its first event cannot be read.
        ledger_ = i == 0 ? tree_.leaf(index) : ledger_;
        verdict_.unread += leaf == TreeCheck::Leaf::unread ? 1 : 0;
        // What is not as it was recorded says nothing about the ledger.
        met.push_back(
            {.leaf = leaf,
             .event = leaf == TreeCheck::Leaf::present ? read_event(index, chunk) : std::nullopt});
    }
    return met;
}

void Verifier::begin_signatures(const std::vector<Met>& met) {
    SignatureCheck::Work work;
    if (question_.depth >= Depth::authors) {
        for (const auto& each : met) {
            if (each.event) {
                work.changes.emplace_back(*each.event);
            }
        }
    }
    signatures_.begin(std::move(work), findings_);
}

void Verifier::judge(const std::vector<Met>& met, const Chunk& chunk) {
    for (std::size_t i = 0; i < met.size(); ++i) {
        const auto& [leaf, event] = met[i];
        if (event) {
            judge(*event, chunk.words[i]);
            continue;
        }
        anchors_.skip();
        if (leaf == TreeCheck::Leaf::left_out) {
            // No event that is here hangs on one of another plan.
            ++verdict_.left_out;
            continue;
        }
        ++gaps_;
        rows_.skip();
        if (question_.watcher != nullptr) {
            question_.watcher->gap();
        }
    }
}

void Verifier::judge(const Event& event, const Row<Bytes>& words) {
    ++events_;
    order_.add(event, tree_.tree(), ledger_, findings_);
    anchors_.add(event);
    rows_.add(event, tree_.leaf(event.index()), words, findings_);
    if (question_.depth >= Depth::meaning) {
        meaning_.add(event, words, gaps_, findings_);
        periods_.add(event);
        documents_.add(event, findings_);
    }
    if (question_.depth >= Depth::authors) {
        authority_.add(event, gaps_, findings_);
    }
    if (question_.watcher != nullptr) {
        question_.watcher->event(event, state_);
    }
    // The fold runs at every depth: which key signs the ledger's checkpoints follows from it.
    fold(state_, event);
}

std::optional<Event> Verifier::read_event(EventIndex index, const Chunk& chunk) {
    const auto& entry = *chunk.entries[index.value - chunk.range.begin].value();
    auto event = Event::read(index, entry);
    if (event.ok()) {
        return std::move(event).value();
    }
    if (event.error().fault == Fault::unavailable) {
        ++verdict_.unknown;
        findings_.add("unknown",
                      {.is = Finding::Class::noted, .event = index, .what = event.error().message});
    } else {
        findings_.breach(index, "its bytes are not an event: {}", event.error().message);
    }
    return std::nullopt;
}

// The checkpoints over some of these events, each with what it must say.
std::vector<SignatureCheck::Stated> Verifier::checkpoints_of(LeafRange range) {
    std::vector<SignatureCheck::Stated> stated;
    auto found = readable_checkpoints(source_, range, findings_);
    const auto& facts = state_.keyring.facts();
    if (facts.signing_keys.empty()) {
        if (range.begin == 0) {
            findings_.breach(
                Item(Item::Of::checkpoint),
                "event 0 does not open the ledger, so that no key is known to sign it");
        }
        covers_all_ = true;  // whether one does cannot be said
        return stated;
    }
    for (auto& [size, note] : found) {
        covers_all_ = covers_all_ || size == source_.size();
        auto key = NoteKey::ed25519(facts.origin, facts.signing_key_at(size));
        if (!key.ok()) {
            findings_.consequence(Item(Item::Of::checkpoint).at(EventIndex{size.value - 1}),
                                  "no note is signed in its name: {}", key.error().message);
            continue;
        }
        ++checkpoints_;
        stated.push_back({.size = size,
                          .note = std::move(note),
                          .key = std::move(key).value(),
                          .origin = facts.origin,
                          .root = tree_.tree().root_at(size)});
    }
    return stated;
}

void Verifier::check_known(const VerifyQuestion::Known& known) {
    if (known.size > verdict_.size) {
        findings_.breach(Item(Item::Of::brought),
                         "{} knows {} events, but there are {}: the ledger was shortened",
                         known.from, known.size.value, verdict_.size.value);
        return;
    }
    if (tree_.tree().root_at(known.size) != known.root) {
        findings_.breach(
            Item(Item::Of::brought),
            "the first {} events are not those that {} knows: the ledger was rewritten",
            known.size.value, known.from);
        return;
    }
    const auto& facts = state_.keyring.facts();
    if (known.note && !facts.signing_keys.empty()) {
        const auto key = NoteKey::ed25519(facts.origin, facts.signing_key_at(known.size));
        const auto opened = key.ok() ? open_checkpoint(*known.note, key.value(), facts.origin)
                                     : Result<SignedCheckpoint>(key.error());
        if (!opened.ok()) {
            findings_.breach(Item(Item::Of::brought),
                             "{} is not signed by the key that this ledger says it had then: {}; "
                             "either it is no checkpoint of this ledger, or its keys were changed",
                             known.from, opened.error().message);
            return;
        }
    }
    verdict_.continues_earlier =
        verdict_.continues_earlier || known.held == VerifyQuestion::Known::Held::elsewhere;
    verdict_.checked.push_back(
        fmt::format("that it continues {}, at {} events", known.from, known.size.value));
}

void Verifier::check_outside() {
    if (question_.outside == nullptr) {
        return;
    }
    auto answer = anchors_.run(*question_.outside, state_.keyring.facts(), tree_, findings_);
    verdict_.continues_earlier = verdict_.continues_earlier || answer.vouched_for;
    verdict_.bounds = std::move(answer.bounds);
    std::ranges::move(answer.checked, std::back_inserter(verdict_.checked));
    std::ranges::move(answer.not_checked, std::back_inserter(verdict_.not_checked));
    unread_outside_ = answer.unread;
}

void Verifier::say_what_was_done() {
    auto& checked = verdict_.checked;
    const auto here = verdict_.size.value - verdict_.left_out;
    checked.push_back(
        verdict_.left_out == 0
            ? counted(here, "event") + " hashed again, and the tree rebuilt from them"
            : fmt::format("{} of {} hashed again, and the tree rebuilt from them and from the "
                          "hashes of the others",
                          here, counted(verdict_.size.value, "event")));
    checked.push_back(counted(checkpoints_, "checkpoint") + ", signatures and roots");
    checked.push_back(
        has_rows() ? "what each author had seen, versions of subjects, the indexes, and that no "
                     "row was added"
                   : "what each author had seen, and versions of subjects");
    if (question_.depth >= Depth::authors) {
        checked.push_back(counted(events_, "signature") + " of authors");
        if (authority_.judged() > 0) {
            checked.push_back(fmt::format("that key and role were in force, for {} of {}",
                                          authority_.judged(), counted(here, "event")));
        }
    }
    if (question_.depth >= Depth::meaning && meaning_.judged() > 0) {
        checked.push_back(
            fmt::format("that each change kept the rules, for {} of {}; {} recorded after the day "
                        "that it is about",
                        meaning_.judged(), counted(here, "event"), meaning_.late()));
    }
    if (periods_.compared() > 0) {
        checked.push_back(counted(periods_.compared(), "closed period") +
                          ", against the events covered");
    }
    if (question_.word_keys != nullptr || !has_rows()) {
        checked.push_back(counted(rows_.words_checked(), "word") + " against their commitments");
    }
    if (documents_.checked() > 0) {
        checked.push_back(fmt::format("the manifests of {} against their commitments",
                                      counted(documents_.checked(), "document")));
    }
}

void Verifier::say_what_was_not_done(const std::vector<std::string>& unread_tables) {
    auto& not_checked = verdict_.not_checked;
    if (question_.depth < Depth::authors) {
        not_checked.push_back("authors: signatures, keys and roles; ask with --depth authors");
    } else if (!authority_.obstacle().empty()) {
        not_checked.push_back("keys and roles: " + authority_.obstacle());
    }
    if (!has_rows() && rows_.words_not_chosen() > 0) {
        not_checked.push_back(counted(rows_.words_not_chosen(), "word") +
                              " that events commit to and the pack leaves out");
    } else if (has_rows() && question_.word_keys == nullptr) {
        not_checked.push_back("words: the vault is not open");
    }
    if (question_.depth < Depth::meaning) {
        not_checked.push_back(
            "meaning: whether each change kept the plan's other rules; ask with --depth meaning");
    } else if (meaning_.without_words() > 0) {
        not_checked.push_back(fmt::format("rules about the words of {}, which cannot be read",
                                          counted(meaning_.without_words(), "event")));
    }
    if (periods_.not_compared() > 0) {
        not_checked.push_back(counted(periods_.not_compared(), "closed period") +
                              ", of which an event cannot be read");
    }
    if (documents_.named() > 0 && has_rows()) {
        not_checked.push_back(
            fmt::format("{}the pieces of documents: `wsoa evidence check` reads them",
                        question_.document_keys == nullptr ? "manifests, and " : ""));
    }
    if (verdict_.unknown + authority_.unknown() > 0) {
        not_checked.push_back(counted(verdict_.unknown + authority_.unknown(), "event") +
                              " of a kind, format or rulebook that this program does not know");
    }
    if (verdict_.unread > 0) {
        not_checked.push_back(counted(verdict_.unread, "event") +
                              " that the machine could not read");
    }
    for (const auto& table : unread_tables) {
        ++verdict_.unread;
        not_checked.push_back("whether rows were added, to the end: " + table);
    }
    verdict_.unread += unread_outside_;
    if (!verdict_.continues_earlier) {
        not_checked.emplace_back(nothing_earlier);
    }
}

}  // namespace

Result<Verdict> verify_ledger(const VerifySource& source, const VerifyQuestion& question) {
    return Verifier(source, question).run();
}

}  // namespace wsoa
