#pragma once

#include "cli/desk.h"

#include <string>

namespace wsoa {

// What the commands that show events share.

// An event, borrowed, and who held its author's key when it was recorded; null if nobody did.
struct AuthoredEvent {
    const Event& event;
    std::optional<PersonId> author;
};

// One event as people read it, words and all.
struct ShownEvent {
    std::string what;      // "Progress recorded"
    std::string recorded;  // day and time in the ledger's zone
    std::string true_on;   // the effective day, and how late it was recorded
    std::string by;        // who, or the key where nobody held it; role; for whom
    std::string details;   // fields and words in one line
};
Result<ShownEvent> shown(Desk& desk, const Reading& reading, const AuthoredEvent& authored);

// The same as a JSON object of the type "event".
Result<Json> event_json(Desk& desk, const Reading& reading, const AuthoredEvent& authored);

// The text of one of an event's words, or why it cannot be shown; empty if it has none.
Result<std::string> word_of(Desk& desk, const Reading& reading, EventIndex index,
                            schema::WordField field);

// The line under every output: size, root, and whether it is a rehearsal.
std::string foot(const Reading& reading);

}  // namespace wsoa
