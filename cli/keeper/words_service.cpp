#include "cli/keeper/words_service.h"

#include "cli/keeper/on_recorder.h"
#include "cli/keeper/readable.h"
#include "ledger/plan/rights.h"

namespace wsoa {
namespace {

Result<bool> may_read(Ledger& ledger, const WordsReader& reader, EventIndex index, Instant now) {
    if (reader.is_operator) {
        return true;
    }
    const auto history = TRY(ledger.history());
    const auto event = TRY(history->event(index));
    const auto* state = TRY(ledger.state_with(event.envelope().plan));
    const auto zone = TRY(Zone::find(ledger.facts().zone));
    return may_read_words(*state, reader.person, event, zone.day_of(now));
}

Result<std::vector<ReadableWord>> words_for(const KeeperParts& parts, EventIndex index,
                                            const Result<bool>& may) {
    const auto is_allowed = TRY(Result<bool>(may));
    const auto history = TRY(parts.recorder.history());
    const auto event = TRY(history->event(index));
    if (!is_allowed) {
        return withheld_words(event);
    }
    KeyWalk walk(parts.word_keys);
    return readable_words(event, *history, &walk);
}

}  // namespace

kj::Promise<void> WordsService::of(OfContext context) {
    ++activity_->calls;
    const EventIndex index{context.getParams().getIndex()};
    const auto now = parts_.environment.clock.now();
    return on_recorder<bool>(parts_.recorder,
                             [reader = reader_, index, now](Ledger& ledger) {
                                 return may_read(ledger, reader, index, now);
                             })
        .then([this, context, index](Result<bool> may) mutable {
            const auto words = words_for(parts_, index, may);
            auto results = context.getResults();
            if (!words.ok()) {
                wire::put_failure(results.initFailure(), words.error());
                return;
            }
            wire::put_words(results.initWords(static_cast<unsigned>(words.value().size())),
                            words.value());
        });
}

}  // namespace wsoa
