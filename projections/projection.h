#pragma once

#include "ledger/event/event.h"
#include "ledger/history.h"
#include "ledger/keys/keyring.h"
#include "projections/view.h"

namespace wsoa {

// An event as a projection meets it.
struct Applied {
    const Event& event;
    const Keyring& keyring;  // as it stands once the event is folded
    const History& history;  // in which it stands
};

// Keeps one view: rows that are a pure function of the events, so that they can be deleted at any
// time and come back the same to the byte, wherever the work was cut into batches.
//
// So it knows no clock, no chance and nobody's words: a view holds the indexes of the events whose
// words say the rest, and what was erased there is erased everywhere. Like every fold it takes
// whatever was accepted. An object serves one catch-up; what it keeps in memory, it could read from
// its rows. Whoever changes what it writes raises the version.
class Projection {
public:
    virtual ~Projection() = default;

    virtual ViewId id() const = 0;
    // Events come in the order of the log, each once, from where the view's cursor stands. An error
    // means that the view's own rows are not what was written: `corrupt`.
    virtual Result<void> apply(const Applied& applied, ViewWriter& view) = 0;
    // Comes before a batch is written: puts into the view what apply has held back.
    virtual Result<void> settle(ViewWriter& /*view*/) { return done(); }
};

}  // namespace wsoa
