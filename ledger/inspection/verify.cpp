#include "ledger/inspection/verify.h"

#include "ledger/event/event.h"
#include "ledger/evidence/sealed_words.h"
#include "ledger/keys/signature.h"
#include "ledger/plan/rulebook.h"
#include "ledger/tree/hasher.h"

#include <algorithm>
#include <map>
#include <thread>

namespace wsoa {
namespace {

using Class = Finding::Class;

// Enough to keep every core busy, little enough that memory stays bounded.
constexpr std::uint64_t chunk_events = 2'048;

class Verifier {
public:
    Verifier(const VerifySource& source, const VerifyQuestion& question)
        : source_(source), question_(question) {}

    Result<Verdict> run();

private:
    template <typename... Args>
    void find(Class is, std::optional<EventIndex> event, fmt::format_string<Args...> format,
              Args&&... args) {
        verdict_.findings.push_back(
            {.is = is, .event = event, .what = fmt::format(format, std::forward<Args>(args)...)});
    }
    template <typename... Args>
    void breach(EventIndex event, fmt::format_string<Args...> format, Args&&... args) {
        find(Class::breach, event, format, std::forward<Args>(args)...);
    }

    Result<void> check_chunk(std::uint64_t begin, std::uint64_t end);
    Result<std::optional<Event>> read_event(EventIndex index);
    Result<void> add_leaf(EventIndex index, const Hash& leaf);
    Result<void> check_order(const Event& event);
    Result<void> check_indexes(const Event& event);
    Result<void> check_words_of(const Event& event);
    void check_signatures(const std::vector<Event>& events);
    void check_authority(const Event& event);
    Result<void> check_checkpoints();
    void check_known();
    void add_doubts();
    void say_what_was_done();

    const VerifySource& source_;
    const VerifyQuestion& question_;
    Verdict verdict_;
    Frontier frontier_;
    std::vector<Hash>
        roots_;  // by size; 32 bytes an event, so that every seen root is compared at once
    std::map<SubjectRef, std::uint32_t> versions_;
    State state_;
    Hash ledger_;  // leaf hash of event 0
    std::optional<Zone> zone_;
    Instant last_recorded_;
    std::uint64_t words_checked_ = 0;
    std::uint64_t unknown_ = 0;
    std::uint64_t checkpoints_ = 0;
    std::vector<std::pair<EventIndex, KeyId>> authors_;
};

Result<Verdict> Verifier::run() {
    verdict_.size = source_.size();
    roots_.push_back(empty_root());
    for (std::uint64_t begin = 0; begin < verdict_.size.value; begin += chunk_events) {
        const auto end = std::min(begin + chunk_events, verdict_.size.value);
        TRY(check_chunk(begin, end));
        if (question_.progress) {
            question_.progress(end);
        }
    }
    verdict_.root = roots_.back();
    TRY(check_checkpoints());
    check_known();
    add_doubts();
    say_what_was_done();
    std::ranges::stable_sort(verdict_.findings, {}, [](const Finding& finding) {
        return finding.event.value_or(EventIndex{limits::events_max});
    });
    return std::move(verdict_);
}

Result<void> Verifier::check_chunk(std::uint64_t begin, std::uint64_t end) {
    std::vector<Event> events;
    for (std::uint64_t i = begin; i < end; ++i) {
        auto event = TRY(read_event(EventIndex{i}));
        if (!event) {
            continue;
        }
        TRY(check_order(*event));
        TRY(check_indexes(*event));
        TRY(check_words_of(*event));
        events.push_back(std::move(*event));
    }
    if (question_.depth == Depth::authors) {
        check_signatures(events);
    }
    // The fold runs at every depth: which key signs the ledger's checkpoints follows from it.
    for (const auto& event : events) {
        check_authority(event);
        fold(state_, event);
    }
    return done();
}

Result<std::optional<Event>> Verifier::read_event(EventIndex index) {
    const auto entry = TRY(source_.entry(index));
    if (!entry) {
        breach(index, "the event is missing");
        const auto stored = TRY(source_.node({.level = 0, .index = index.value}));
        // The hash that is stored for it keeps the rest of the tree comparable.
        TRY(add_leaf(index, stored.value_or(Hash{})));
        return std::optional<Event>{};
    }
    TRY(add_leaf(index, hash_leaf(*entry)));
    auto event = Event::read(index, *entry);
    if (event.ok()) {
        return std::optional(std::move(event).value());
    }
    if (event.error().fault == Fault::unavailable) {
        ++unknown_;
        find(Class::noted, index, "{}", event.error().message);
        verdict_.findings.back().rule = "unknown";
    } else {
        breach(index, "its bytes are not an event: {}", event.error().message);
    }
    return std::optional<Event>{};
}

Result<void> Verifier::add_leaf(EventIndex index, const Hash& leaf) {
    for (const auto& node : frontier_.append(leaf)) {
        const auto stored = TRY(source_.node(node.ref));
        if (stored == node.hash) {
            continue;
        }
        if (node.ref.level == 0) {
            breach(index, "its bytes are not those that were recorded: the leaf's hash differs");
        } else if (!stored) {
            breach(index, "the tree's hash over it at level {} is missing", node.ref.level);
        } else {
            breach(index, "the tree's hash over it at level {} differs", node.ref.level);
        }
    }
    roots_.push_back(frontier_.root());
    return done();
}

Result<void> Verifier::check_order(const Event& event) {
    const auto index = event.index();
    const auto& envelope = event.envelope();
    if (event.recorded_at() < last_recorded_) {
        breach(index, "it was recorded before the event that it follows");
    }
    last_recorded_ = std::max(last_recorded_, event.recorded_at());
    if (index.value == 0) {
        ledger_ = event.leaf();
        return done();
    }
    const auto& seen = envelope.seen;
    if (seen.size.value == 0 || seen.size.value > index.value) {
        breach(index, "its author claims to have seen {} events, which is not possible",
               seen.size.value);
    } else if (roots_[seen.size.value] != seen.root) {
        breach(index, "its author had seen another history: the root over {} events differs",
               seen.size.value);
    }
    if (envelope.ledger != ledger_) {
        breach(index, "it was made for another ledger");
    }
    return done();
}

Result<void> Verifier::check_indexes(const Event& event) {
    const auto index = event.index();
    const auto& envelope = event.envelope();
    auto& version = versions_[envelope.subject];
    if (unknown_ > 0) {
        // An event that cannot be read may have been the subject's: its versions are not judged.
        version = envelope.subject_version;
    }
    if (envelope.subject_version != version) {
        breach(index, "it is version {} of {}, where {} was due", envelope.subject_version,
               envelope.subject.str(), version);
    }
    const auto at_version = TRY(source_.subject_event(envelope.subject, version));
    if (at_version != index) {
        breach(index, "the index of {} does not lead to it", envelope.subject.str());
    }
    ++version;
    const auto by_id = TRY(source_.change_event(envelope.author_key, envelope.id));
    if (by_id != index) {
        breach(index, "the index of change ids does not lead to it");
    }
    const auto copy = TRY(source_.plan_copy(envelope.plan, index));
    if (!copy || !equal(*copy, event.bytes())) {
        breach(index, "the copy that lies with its plan's events differs");
    }
    return done();
}

Result<void> Verifier::check_words_of(const Event& event) {
    const auto record = TRY(source_.sealed_words(event.index()));
    const auto& commitments = event.envelope().words;
    if (record.has_value() != !commitments.empty()) {
        breach(event.index(), "{}",
               record ? "words are stored that it does not commit to"
                      : "its sealed words are missing");
        return done();
    }
    if (!record || question_.word_keys == nullptr) {
        return done();
    }
    const auto opened = open_words({.ledger = event.envelope().ledger, .index = event.index()},
                                   *record, commitments, *question_.word_keys);
    if (!opened.ok()) {
        breach(event.index(), "its sealed words are damaged: {}", opened.error().message);
        return done();
    }
    for (const auto& word : opened.value()) {
        ++words_checked_;
        if (const auto* failure = std::get_if<Error>(&word.outcome)) {
            breach(event.index(), "its words in field {} are damaged: {}",
                   static_cast<unsigned>(word.field), failure->message);
        } else if (std::holds_alternative<Erased>(word.outcome)) {
            find(Class::noted, event.index(), "its words in field {} were erased",
                 static_cast<unsigned>(word.field));
        }
    }
    return done();
}

void Verifier::check_signatures(const std::vector<Event>& events) {
    const std::size_t workers = std::max(1U, question_.workers);
    std::vector<std::uint8_t> holds(events.size(), 0);
    const auto check_part = [&](std::size_t part) {
        for (std::size_t i = part; i < events.size(); i += workers) {
            const auto message = labelled(label::change, events[i].change().bytes());
            holds[i] =
                verify(events[i].envelope().author_key, message, events[i].signature()) ? 1 : 0;
        }
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t part = 1; part < workers; ++part) {
            threads.emplace_back(check_part, part);
        }
        check_part(0);
    }
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (holds[i] == 0) {
            breach(events[i].index(), "its author's signature does not hold");
        }
    }
}

void Verifier::check_authority(const Event& event) {
    if (event.index().value == 0 && event.kind() == Kind::LEDGER_OPENED) {
        const auto zone = Zone::find(event.change().reader().getLedgerOpened().getZone().cStr());
        zone_ = zone.ok() ? std::optional(zone.value()) : std::nullopt;
        if (!zone_) {
            verdict_.not_checked.push_back("roles by their dates: " + zone.error().message);
        }
    }
    authors_.emplace_back(event.index(), event.envelope().author_key);
    if (question_.depth != Depth::authors || !zone_) {
        return;
    }
    static const EarlierWords no_words = [](EventIndex, schema::WordField) { return std::nullopt; };
    const auto broken = judge_authority(Case{.change = event.change(),
                                             .state = state_,
                                             .index = event.index(),
                                             .today = zone_->day_of(event.recorded_at()),
                                             .words = nullptr,
                                             .earlier = no_words});
    for (const auto& refusal : broken) {
        if (refusal.fault == Fault::unavailable) {
            ++unknown_;
            find(Class::noted, event.index(), "{}", refusal.message);
            verdict_.findings.back().rule = "unknown";
            continue;
        }
        breach(event.index(), "{}", refusal.message);
        verdict_.findings.back().rule = refusal.rule;
    }
}

Result<void> Verifier::check_checkpoints() {
    const auto& facts = state_.keyring.facts();
    if (facts.signing_keys.empty()) {
        find(Class::breach, {},
             "event 0 does not open the ledger, so that no key is known to sign it");
        return done();
    }
    bool covers_all = false;
    TRY(source_.each_checkpoint([&](TreeSize size, std::string_view note) -> Result<void> {
        ++checkpoints_;
        if (size.value == 0 || size > verdict_.size) {
            return done();  // beyond what was promised to anyone
        }
        covers_all = covers_all || size == verdict_.size;
        const EventIndex last{size.value - 1};
        const auto key = TRY(NoteKey::ed25519(facts.origin, facts.signing_key_at(size)));
        const auto opened = open_checkpoint(note, key, facts.origin);
        if (!opened.ok()) {
            breach(last, "the checkpoint over {} events does not hold: {}", size.value,
                   opened.error().message);
        } else if (opened.value().checkpoint.size != size ||
                   opened.value().checkpoint.root != roots_[size.value]) {
            breach(last, "the checkpoint over {} events has another root than the events give",
                   size.value);
        }
        return done();
    }));
    if (!covers_all && verdict_.size.value > 0) {
        find(Class::breach, {}, "no checkpoint covers all {} events", verdict_.size.value);
    }
    return done();
}

void Verifier::check_known() {
    for (const auto& known : question_.known) {
        if (known.size > verdict_.size) {
            find(Class::breach, {},
                 "{} knows {} events, but there are {}: the ledger was shortened", known.from,
                 known.size.value, verdict_.size.value);
        } else if (roots_[known.size.value] != known.root) {
            find(Class::breach, {},
                 "the first {} events are not those that {} knows: the ledger was rewritten",
                 known.size.value, known.from);
        } else {
            verdict_.checked.push_back(
                fmt::format("consistent with {}, at {} events", known.from, known.size.value));
        }
    }
}

void Verifier::add_doubts() {
    for (const auto& [index, author] : authors_) {
        const auto* key = state_.keyring.key(author);
        if (key != nullptr && key->in_doubt(index)) {
            find(Class::doubt, index, "the key of {} was in other hands by then",
                 key->person.str());
        }
    }
}

void Verifier::say_what_was_done() {
    auto& checked = verdict_.checked;
    checked.push_back(
        fmt::format("{} events hashed again, and the tree rebuilt from them", verdict_.size.value));
    checked.push_back(fmt::format("{} checkpoints, their signatures and roots", checkpoints_));
    checked.push_back("what each author had seen, versions of subjects, and the store's indexes");
    if (question_.depth == Depth::authors) {
        checked.push_back(
            fmt::format("{} signatures, and that key and role were in force", authors_.size()));
    } else {
        verdict_.not_checked.push_back(
            "authors: signatures, keys and roles; ask with --depth authors");
    }
    if (question_.word_keys != nullptr) {
        checked.push_back(fmt::format("{} words against their commitments", words_checked_));
    } else {
        verdict_.not_checked.push_back("words: the vault is not open");
    }
    verdict_.not_checked.push_back("meaning: whether each change kept the plan's other rules");
    if (unknown_ > 0) {
        verdict_.not_checked.push_back(
            fmt::format("{} events of a kind or format that this program does not know", unknown_));
    }
    if (question_.known.empty()) {
        verdict_.not_checked.push_back(
            "whether this is the ledger that others saw: no earlier checkpoint is at hand");
    }
}

}  // namespace

bool Verdict::has_breach() const {
    return std::ranges::any_of(findings, [](const Finding& f) { return f.is == Class::breach; });
}

Result<Verdict> verify_ledger(const VerifySource& source, const VerifyQuestion& question) {
    return Verifier(source, question).run();
}

}  // namespace wsoa
