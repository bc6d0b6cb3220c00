#include "cli/commands/confirming.h"

#include "cli/commands/recording.h"
#include "ledger/event/kinds.h"

namespace wsoa {
namespace {

// The kind that confirms an event of this kind; null where none does.
std::optional<Kind> confirming(Kind kind) {
    switch (kind) {
        case Kind::PERSON_ENROLLED: return Kind::PERSON_CONFIRMED;
        case Kind::ROLE_GRANTED: return Kind::ROLE_CONFIRMED;
        case Kind::KEY_ENROLLED:
        case Kind::KEY_COMPROMISED: return Kind::KEY_CONFIRMED;
        case Kind::LEDGER_KEY_ROTATED: return Kind::LEDGER_KEY_CONFIRMED;
        case Kind::RATING_PROPOSED: return Kind::RATING_CONFIRMED;
        default: return std::nullopt;
    }
}

}  // namespace

Result<ChangeLine> confirmation_of(const Invocation& given, const Event& event,
                                   const std::optional<std::string>& reason) {
    const auto kind = confirming(event.kind());
    if (!kind) {
        return error(Fault::invalid, "event {}, {}, does not wait for a confirmation",
                     event.index().value, name_of(event.kind()))
            .advise("`wsoa log` shows what does");
    }
    auto line = TRY(line_from(given, *kind, event.envelope().subject));
    line.answers = event.index();
    TRY(say(line, schema::WordField::REASON, reason));
    if (event.kind() == Kind::RATING_PROPOSED) {
        const auto proposed = event.change().reader().getRatingProposed();
        TRY(line.draft.set("axis",
                           proposed.getAxis() == schema::Axis::IMPACT ? "impact" : "delivery"));
        TRY(line.draft.set("scale", std::to_string(proposed.getScale())));
        TRY(line.draft.set("from", proposed.getFrom().cStr()));
        TRY(line.draft.set("to", proposed.getTo().cStr()));
        if (const auto meeting = given.find("meeting")) {
            TRY(line.draft.set("meeting", *meeting));
        }
    } else if (given.has("meeting")) {
        return Error{Fault::invalid, "only a rating's confirmation names a meeting",
                     "leave out --meeting"};
    }
    return line;
}

}  // namespace wsoa
