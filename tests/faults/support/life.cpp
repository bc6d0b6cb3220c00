#include "tests/faults/support/life.h"

#include "ledger/evidence/sealed_words.h"
#include "tests/support/changes.h"

#include <array>

namespace wsoa::test {
namespace {

const EventIndex forgotten_event{5};

template <typename... Args>
Error wrong(fmt::format_string<Args...> format, Args&&... args) {
    return Error{Fault::corrupt, fmt::format(format, std::forward<Args>(args)...)};
}

// The session in which each of the script's groups is recorded: up to but not including this one.
constexpr std::array<std::size_t, Life::sessions> groups_by_end_of{0, 4, 7, 9, 12};

}  // namespace

Life::Life()
    : script_(script_of_life(people_)),
      receipts_(people_.ledger_signer().key(), LedgerPlace::origin()) {}

Result<void> Life::session(std::size_t number, Machine& machine, Books& books,
                           std::unique_ptr<OpenLedger>& open) {
    if (number == 0) {
        TRY(found_ledger(machine.place(), machine.clock(), people_));
        const auto entry = must(people_.history(TreeSize{1})->entry(EventIndex{0}));
        books.events.push_back(Acknowledged{.entry = entry, .receipt = {}, .words = {}});
        return done();
    }
    open = TRY(OpenLedger::open(machine.place(), people_));
    while (books.next_group + 1 < groups_by_end_of.at(number)) {
        TRY(commit_next(*open, books));
    }
    if (number == 2) {
        books.forgetting = forgotten_event;
        const auto node = must(word_node(forgotten_event));
        TRY(open->vault().forget({.words = {node}, .documents = {}}));
        books.is_forgotten = true;
    }
    if (number == 3) {
        // As when a guard has moved; here the path only reads otherwise.
        auto facts = open->facts();
        facts.guard = guard_path().parent_path() / "." / "guard";
        const auto text = facts.str();
        TRY(write_durably(ledger_folder().facts(), bytes_of(text), Access::owner));
    }
    TRY(commit_next(*open, books));
    open.reset();
    return done();
}

Result<void> Life::commit_next(OpenLedger& open, Books& books) {
    if (books.in_flight.empty()) {
        books.in_flight =
            submissions_for(open.ledger(), people_, books.next_group, script_.at(books.next_group));
    }
    const auto outcomes = TRY(open.ledger().commit_all(books.in_flight));
    return write_down(open, books, outcomes);
}

Result<void> Life::write_down(OpenLedger& open, Books& books,
                              const std::vector<Result<Committed>>& outcomes) {
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (!outcomes[i].ok()) {
            return outcomes[i].error();
        }
        const auto& committed = outcomes[i].value();
        if (committed.index.value != books.events.size()) {
            return wrong("event {} was acknowledged as {}", books.events.size(),
                         committed.index.value);
        }
        const auto entry =
            must(event_bytes(committed.recorded_at, books.in_flight[i].signed_change));
        books.events.push_back(Acknowledged{
            .entry = entry, .receipt = committed.receipt, .words = books.in_flight[i].words});
    }
    books.in_flight.clear();
    ++books.next_group;
    const auto history = TRY(open.ledger().history());
    if (history->size().value != books.events.size()) {
        return wrong("{} events were acknowledged, and {} show", books.events.size(),
                     history->size().value);
    }
    return done();
}

Result<void> Life::check(OpenLedger& open, const Books& books) {
    const auto history = TRY(open.ledger().history());
    if (history->size().value < books.events.size()) {
        return wrong("LOST: {} events were acknowledged, {} are there", books.events.size(),
                     history->size().value);
    }
    if (open.guard().last() != GuardedHead{.size = history->size(), .root = history->root()}) {
        return wrong("the guard does not vouch for what is shown");
    }
    for (std::size_t i = 0; i < books.events.size(); ++i) {
        TRY(check_event(*history, books.events[i], EventIndex{i}));
        TRY(check_words(open, books, EventIndex{i}));
    }
    TRY(check_in_flight(*history, books));
    const auto facts = TRY(FolderFacts::read(ledger_folder()));
    if (facts.ledger != people_.ledger() || facts.guard.filename() != "guard") {
        return wrong("ledger.txt says something that nobody wrote");
    }
    return verify_all(open, *history);
}

Result<void> Life::check_event(const History& history, const Acknowledged& known,
                               EventIndex index) {
    if (index.value > 0) {
        return receipts_.check(history, known.entry, known.receipt);
    }
    const auto entry = TRY(history.entry(index));
    return entry == known.entry ? done() : wrong("event 0 is not what was founded");
}

Result<void> Life::check_words(OpenLedger& open, const Books& books, EventIndex index) {
    const auto& known = books.events[index.value];
    if (known.words.empty()) {
        return done();
    }
    const auto history = TRY(open.ledger().history());
    const auto event = TRY(history->event(index));
    const auto sealed = TRY(history->sealed_words(index));
    if (!sealed) {
        return wrong("the words of event {} are gone", index.value);
    }
    const auto opened = TRY(open_words({.ledger = people_.ledger(), .index = index}, *sealed,
                                       event.envelope().words, open.vault().words()));
    const bool may_be_erased = books.forgetting == index;
    const bool must_be_erased = may_be_erased && books.is_forgotten;
    for (std::size_t i = 0; i < opened.size(); ++i) {
        const auto* word = std::get_if<Word>(&opened[i].outcome);
        const bool is_erased = std::holds_alternative<Erased>(opened[i].outcome);
        if (must_be_erased ? !is_erased
                           : !(is_erased && may_be_erased) &&
                                 (word == nullptr || word->text != known.words[i].text)) {
            return wrong("a word of event {} is not what it should be", index.value);
        }
    }
    return done();
}

// What nobody was told of is there as a whole and as it was handed in, or not at all.
Result<void> Life::check_in_flight(const History& history, const Books& books) {
    const auto more = history.size().value - books.events.size();
    if (more != 0 && more != books.in_flight.size()) {
        return wrong("{} events of a group of {} are there", more, books.in_flight.size());
    }
    for (std::uint64_t i = 0; i < more; ++i) {
        const auto entry = TRY(history.entry(EventIndex{books.events.size() + i}));
        const auto view = TRY(read_entry(entry));
        if (view.change != books.in_flight[i].signed_change.change) {
            return wrong("event {} is not what was handed in", books.events.size() + i);
        }
    }
    return done();
}

Result<void> Life::verify_all(OpenLedger& open, const History& history) {
    const bool is_new = verified_.insert({history.size(), history.root()}).second;
    return verify_whole(open.store(), history, open.guard().last(),
                        is_new ? Depth::authors : Depth::log);
}

}  // namespace wsoa::test
