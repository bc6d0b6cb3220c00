#include "ledger/inspection/author_check.h"

#include "ledger/keys/signature.h"
#include "ledger/plan/rulebook.h"

#include <algorithm>
#include <map>

namespace wsoa {
namespace {

// Signatures that one task checks: few, so that all cores end together.
constexpr std::size_t task_signatures = 16;

// Keys that a thread keeps ready before it begins anew; a task adds no more than its signatures.
constexpr std::size_t authors_max = 128;

std::string fault_of(const SignatureCheck::Stated& stated) {
    const auto opened = open_checkpoint(stated.note, stated.key, stated.origin);
    if (!opened.ok()) {
        return "does not hold: " + opened.error().message;
    }
    const auto& checkpoint = opened.value().checkpoint;
    if (checkpoint.size != stated.size) {
        return fmt::format("is of {} events", checkpoint.size.value);
    }
    return checkpoint.root == stated.root ? "" : "has another root than the events give";
}

}  // namespace

SignatureCheck::Signed::Signed(const Event& event)
    : index(event.index()),
      author(event.envelope().author_key),
      message(labelled(label::change, event.change().bytes())),
      signature(event.signature()) {}

SignatureCheck::Lot::Lot(Work given)
    : work(std::move(given)), holds(work.changes.size()), wrong(work.checkpoints.size()) {
    for (const auto& each : work.changes) {
        bytes += each.message.size();
    }
    for (const auto& each : work.checkpoints) {
        bytes += each.note.size();
    }
}

// Those from one place to another, of which the changes come first and then the checkpoints.
void SignatureCheck::Lot::check(std::size_t from, std::size_t to) {
    // A plan has few authors, whose keys each thread makes ready once and not for every lot.
    thread_local std::map<KeyId, SignatureReader> authors;
    if (authors.size() > authors_max) {
        authors.clear();
    }
    for (auto i = from; i < to; ++i) {
        if (i >= work.changes.size()) {
            const auto place = i - work.changes.size();
            wrong[place] = fault_of(work.checkpoints[place]);
            continue;
        }
        const auto& [index, author, message, signature] = work.changes[i];
        holds[i] = authors.try_emplace(author, author).first->second.holds(message, signature);
    }
}

SignatureCheck::~SignatureCheck() {
    for ([[maybe_unused]] const auto& lot : lots_) {
        workers_.wait();
    }
}

void SignatureCheck::begin(Work work, Findings& findings) {
    auto lot = std::make_unique<Lot>(std::move(work));
    while (!lots_.empty() && !has_room_for(*lot)) {
        finish_first(findings);
    }
    std::vector<Workers::Task> tasks;
    const auto count = lot->signatures();
    for (std::size_t from = 0; from < count; from += task_signatures) {
        const auto to = std::min(from + task_signatures, count);
        tasks.emplace_back([lot = lot.get(), from, to] { lot->check(from, to); });
    }
    lots_.push_back(std::move(lot));
    workers_.begin(std::move(tasks));
}

// As a lot of its own without a signature, since what was begun first is waited for first.
void SignatureCheck::begin(std::vector<Workers::Task> tasks) {
    lots_.push_back(std::make_unique<Lot>(Work{}));
    workers_.begin(std::move(tasks));
}

bool SignatureCheck::has_room_for(const Lot& lot) const {
    auto signatures = lot.signatures();
    auto bytes = lot.bytes;
    for (const auto& other : lots_) {
        signatures += other->signatures();
        bytes += other->bytes;
    }
    return signatures <= signatures_max && bytes <= bytes_max;
}

void SignatureCheck::finish(Findings& findings) {
    while (!lots_.empty()) {
        finish_first(findings);
    }
}

void SignatureCheck::finish_first(Findings& findings) {
    workers_.wait();
    const auto& lot = *lots_.front();
    for (std::size_t i = 0; i < lot.holds.size(); ++i) {
        if (lot.holds[i] == 0) {
            findings.breach(Item(Item::Of::signature, lot.work.changes[i].index),
                            "its author's signature does not hold");
        }
    }
    for (std::size_t i = 0; i < lot.wrong.size(); ++i) {
        if (!lot.wrong[i].empty()) {
            const auto size = lot.work.checkpoints[i].size.value;
            findings.consequence(Item(Item::Of::checkpoint).at(EventIndex{size - 1}),
                                 "the checkpoint over {} events {}", size, lot.wrong[i]);
        }
    }
    lots_.pop_front();
}

void AuthorityCheck::add(const Event& event, std::uint64_t gaps, Findings& findings) {
    if (event.index().value == 0 && event.kind() == Kind::LEDGER_OPENED) {
        const auto zone = Zone::find(event.change().reader().getLedgerOpened().getZone().cStr());
        zone_ = zone.ok() ? std::optional(zone.value()) : std::nullopt;
        obstacle_ = zone.ok() ? "" : zone.error().message;
    }
    authors_.emplace_back(event.index(), event.envelope().author_key);
    if (!zone_) {
        return;
    }
    ++judged_;
    static const EarlierWords no_words = [](EventIndex, schema::WordField) { return std::nullopt; };
    const auto broken = judge_authority(Case{.change = event.change(),
                                             .state = state_,
                                             .index = event.index(),
                                             .today = zone_->day_of(event.recorded_at()),
                                             .words = nullptr,
                                             .earlier = no_words});
    for (const auto& refusal : broken) {
        Finding finding{.event = event.index(), .what = refusal.message, .rule = refusal.rule};
        if (refusal.fault == Fault::unavailable) {
            ++unknown_;
            finding.is = Finding::Class::noted;
        } else if (gaps > 0) {
            // What is missing before it may be what gave its author the right.
            finding.is = Finding::Class::doubt;
            finding.what += "; an event before it cannot be read, on which this may hang";
        }
        findings.add("rule " + refusal.rule, std::move(finding));
    }
}

void AuthorityCheck::add_doubts(Findings& findings) const {
    for (const auto& [index, author] : authors_) {
        const auto* key = state_.keyring.key(author);
        if (key != nullptr && key->in_doubt(index)) {
            findings.add("doubt", {.is = Finding::Class::doubt,
                                   .event = index,
                                   .what = fmt::format("the key of {} was in other hands by then",
                                                       key->person.str()),
                                   .item = Item(Item::Of::key, index).str()});
        }
    }
}

}  // namespace wsoa
