#pragma once

#include "cli/desk.h"

#include <string>

namespace wsoa {

// What the commands that show events share.

// "Progress recorded", for a kind of change.
std::string kind_in_words(Kind kind);

// One event as people read it, words and all.
struct ShownEvent {
    EventIndex index;
    Instant recorded_at;
    std::string author;  // the holder of the key, or the key itself
    std::string what;    // kind, fields and words in one line each
    int late_days = 0;   // from effective to the day of the record
};
Result<ShownEvent> shown(Desk& desk, const Reading& reading, const Event& event);

// The same as a JSON object of the type given.
Result<Json> event_json(Desk& desk, const Reading& reading, const Event& event,
                        std::string_view type);

// The text of one of an event's words, or why it cannot be shown; empty if it has none.
Result<std::string> word_of(Desk& desk, const Reading& reading, EventIndex index,
                            schema::WordField field);

// The line under every output: size, root, and whether it is a rehearsal.
std::string foot(const Reading& reading);

}  // namespace wsoa
