#include "ledger/inspection/pack_reading.h"

#include "ledger/event/kinds.h"

#include <algorithm>
#include <limits>

namespace wsoa {
namespace {

// Null where the event opens no ledger, or one in a zone that is not known here.
std::optional<Zone> zone_opened_by(const Event& event) {
    if (event.kind() != Kind::LEDGER_OPENED) {
        return std::nullopt;
    }
    auto zone = Zone::find(event.change().reader().getLedgerOpened().getZone().cStr());
    return zone.ok() ? std::optional(std::move(zone).value()) : std::nullopt;
}

}  // namespace

void PackReading::event(const Event& event, const State& before) {
    ++leaves_;
    look_at_plan(event);
    look_at_words(event);
    if (event.index().value == 0) {
        zone_ = zone_opened_by(event);
    }
    if (!zone_) {
        stop("event 0 names no time zone that is known here");
    } else if (!known_ && zone_->day_of(event.recorded_at()) > pack_.about().as_known) {
        settle(before);
    }
}

void PackReading::gap() {
    ++leaves_;
    stop("an event before that day cannot be read");
}

void PackReading::end(const HashTree& tree, const State& state) {
    pass_words_before(std::numeric_limits<std::uint64_t>::max());
    more_disclosed_ = std::move(disclosed_).list();
    for (auto& closed : closed_) {
        const auto* const key = state.keyring.key(closed.author);
        closed.person = key == nullptr ? std::nullopt : std::optional(key->person);
    }
    if (!known_) {
        settle(state);
    }
    at_end_(tree, state);
}

void PackReading::look_at_plan(const Event& event) {
    const auto index = event.index();
    const auto& plan = event.envelope().plan;
    if (!plan) {
        return;
    }
    if (*plan != pack_.about().plan) {
        strange_ = strange_.value_or(index);
        return;
    }
    newest_ = index;
    if (event.kind() == Kind::RATING_CONFIRMED) {
        rated_ = index;
    } else if (event.kind() == Kind::PERIOD_CLOSED) {
        const TreeSize size{event.change().reader().getPeriodClosed().getSize()};
        if (size.value <= index.value) {
            closed_.push_back({.size = size, .by = index, .author = event.envelope().author_key});
        }
    }
}

// Nobody is to find more in it than it says.
void PackReading::look_at_words(const Event& event) {
    pass_words_before(event.index().value);
    auto& at = *words_;
    if (at == pack_.words().end() || at->first != event.index()) {
        return;
    }
    const auto& about = pack_.about();
    for (const auto& word : at->second) {
        const Item item(Item::Of::word, event.index(), name_of(word.field));
        if (std::ranges::find(about.disclosed, word.field) == about.disclosed.end()) {
            disclosed_.breach(item, "its words in \"{}\" are here, which the pack does not say",
                              name_of(word.field));
        }
        if (!about.restricted &&
            event.envelope().classification == schema::Classification::RESTRICTED) {
            disclosed_.breach(
                item, "its words are restricted, and the pack says that it holds none such");
        }
    }
    ++at;
}

void PackReading::pass_words_before(std::uint64_t index) {
    // The words are read by then at the latest: the first signatures are under way.
    auto& at = words_ ? *words_ : words_.emplace(pack_.words().begin());
    for (; at != pack_.words().end() && at->first.value < index; ++at) {
        for (const auto& word : at->second) {
            disclosed_.breach(Item(Item::Of::word, at->first, name_of(word.field)),
                              "something of it is disclosed, but there is no such event");
        }
    }
}

void PackReading::settle(const State& state) {
    const auto* const plan = state.plan(pack_.about().plan);
    known_ = plan != nullptr ? Result<Plan>(*plan)
                             : error(Fault::missing,
                                     "the plan {} was not there on the day that the pack tells of",
                                     pack_.about().plan.str());
}

void PackReading::stop(std::string_view why) {
    stopped_ = true;
    if (!known_) {
        known_ = error(Fault::invalid, "{}", why);
    }
}

}  // namespace wsoa
