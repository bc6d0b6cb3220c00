#include "ledger/inspection/completeness.h"

#include "ledger/event/event.h"

#include <algorithm>
#include <optional>

namespace wsoa {
namespace {

// Up to where a period says how many events each subject had, and in which event.
struct Closed {
    std::uint64_t size = 0;
    EventIndex by;
    KeyId author;
};

bool is_doubted(EventIndex index, const Verdict& verdict) {
    return std::ranges::any_of(verdict.findings, [&](const Finding& finding) {
        return finding.event == index && finding.is != Finding::Class::noted;
    });
}

// The furthest one; null if there is none, or none that holds.
std::optional<Closed> last_closed(const PackFile& pack, const Verdict& verdict) {
    std::optional<Closed> last;
    for (std::uint64_t i = 0; i < pack.entries().size(); ++i) {
        const auto event = pack.event({i});
        if (!event || event->kind() != Kind::PERIOD_CLOSED ||
            event->envelope().plan != pack.about().plan) {
            continue;
        }
        const auto size = event->change().reader().getPeriodClosed().getSize();
        if (size <= i && (!last || size > last->size) && !is_doubted({i}, verdict)) {
            last = Closed{.size = size, .by = {i}, .author = event->envelope().author_key};
        }
    }
    return last;
}

void check_count(const PackFile& pack, Verdict& verdict) {
    const auto breach = [&](std::string what) {
        verdict.findings.push_back({.is = Finding::Class::breach,
                                    .event = {},
                                    .what = "pack.json: " + std::move(what),
                                    .item = Item(Item::Of::about).str()});
    };
    const auto& about = pack.about();
    std::uint64_t here = 0;
    std::optional<std::uint64_t> strange;
    for (std::uint64_t i = 0; i < pack.entries().size(); ++i) {
        here += pack.is_left_out({i}) ? 0U : 1U;
        const auto event = strange ? std::nullopt : pack.event({i});
        if (event && event->envelope().plan && *event->envelope().plan != about.plan) {
            strange = i;
        }
    }
    if (here != about.leaves) {
        breach(fmt::format("it says that {} leaves are here, but {} are", about.leaves, here));
    }
    if (strange) {
        breach(fmt::format("event {} is here and of another plan than {}", *strange,
                           about.plan.str()));
    }
}

std::string whose_word(const PackFile& pack, const Keyring* keyring, const Verdict& verdict) {
    const auto& about = pack.about();
    const auto left_out = fmt::format(
        "the {} of {} events that are not here, but their hashes: that none of them is of {} or of "
        "the ledger itself ",
        about.size.value - about.leaves, about.size.value, about.plan.str());
    const auto closed = keyring == nullptr ? std::nullopt : last_closed(pack, verdict);
    const auto* const key = closed ? keyring->key(closed->author) : nullptr;
    if (key == nullptr) {
        return left_out + "rests on the word of whoever made the pack alone";
    }
    return left_out + fmt::format(
                          "follows up to {} events from event {}, in which {} closed a period; "
                          "from there on it rests on the word of whoever made the pack",
                          closed->size, closed->by.value, key->person.str());
}

}  // namespace

void check_completeness(const PackFile& pack, const Keyring* keyring, Depth depth,
                        Verdict& verdict) {
    if (!pack.about().leaves_some_out()) {
        return;
    }
    check_count(pack, verdict);
    // Without the check of periods nothing follows from what they say.
    verdict.not_checked.push_back(
        whose_word(pack, depth >= Depth::meaning ? keyring : nullptr, verdict));
}

}  // namespace wsoa
