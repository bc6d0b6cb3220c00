#include "ledger/inspection/author_check.h"

#include "ledger/keys/signature.h"
#include "ledger/plan/rulebook.h"

#include <algorithm>

namespace wsoa {
namespace {

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

void SignatureCheck::begin(Work work, Findings& findings) {
    finish(findings);
    work_ = std::move(work);
    holds_.assign(work_.events.size(), 0);
    wrong_.assign(work_.checkpoints.size(), {});
    const std::size_t parts = workers_.count();
    std::vector<Workers::Task> tasks;
    for (std::size_t part = 0; part < parts; ++part) {
        tasks.emplace_back([this, part, parts] { check_part(part, parts); });
    }
    workers_.begin(std::move(tasks));
}

void SignatureCheck::check_part(std::size_t part, std::size_t parts) {
    for (auto i = part; i < work_.events.size(); i += parts) {
        const auto& event = work_.events[i];
        const auto message = labelled(label::change, event.change().bytes());
        holds_[i] = verify(event.envelope().author_key, message, event.signature()) ? 1 : 0;
    }
    for (auto i = part; i < work_.checkpoints.size(); i += parts) {
        wrong_[i] = fault_of(work_.checkpoints[i]);
    }
}

void SignatureCheck::finish(Findings& findings) {
    workers_.wait();
    for (std::size_t i = 0; i < work_.events.size(); ++i) {
        if (holds_[i] == 0) {
            findings.breach(work_.events[i].index(), "its author's signature does not hold");
        }
    }
    for (std::size_t i = 0; i < work_.checkpoints.size(); ++i) {
        if (!wrong_[i].empty()) {
            const auto size = work_.checkpoints[i].size.value;
            findings.consequence(EventIndex{size - 1}, "the checkpoint over {} events {}", size,
                                 wrong_[i]);
        }
    }
    work_ = {};
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
                                                       key->person.str())});
        }
    }
}

}  // namespace wsoa
