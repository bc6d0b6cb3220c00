#pragma once

#include "ledger/event/event.h"
#include "ledger/event/kinds.h"

#include <optional>
#include <string>
#include <variant>

namespace wsoa {

// The JSON form of changes, by reflection on the schema. Reading is strict: duplicate keys, unknown
// fields, wrong escapes, numbers past their range, anything after the value and text that
// check_text refuses are `invalid`, with the key that is at fault. Dates are "2022-03-31", months
// "2022-03", instants RFC 3339, bytes lower-case hex, enums by name, indexes and numbers as JSON
// integers.

// One line of a file of changes to record, before it has an author's key, a version or `seen`:
//   {"id": UUIDv7, "kind": name, "subject": ref, "by": person, "role": name, "effective": date,
//    "recorded": instant, "onBehalfOf": person, "answers": index or id of an earlier line,
//    "classification": name, "fields": {...}, "words": {...}}
// kind and subject are required; the rest falls to whoever records the line.
struct ChangeLine {
    Draft draft;
    SubjectRef subject;
    std::optional<ChangeId> id = {};
    std::optional<PersonId> by = {};
    std::optional<schema::Role> role = {};
    std::optional<Date> effective = {};
    std::optional<Instant> recorded = {};
    std::optional<PersonId> on_behalf_of = {};
    std::optional<std::variant<EventIndex, ChangeId>> answers = {};
    std::optional<schema::Classification> classification = {};
    std::vector<std::pair<schema::WordField, std::string>> words =
        {};  // in order of field; text as typed, in NFC
};
Result<ChangeLine> parse_change_line(std::string_view json);

// A whole change as JSON and back to the same canonical bytes: envelope, commitments and fields.
std::string change_to_json(const Change& change);
Result<Bytes> change_from_json(std::string_view json);

// The fields of a change's kind as one JSON object, and as (name, text) for people.
std::string fields_to_json(const Change& change);
std::vector<std::pair<std::string, std::string>> fields_to_text(const Change& change);

// A JSON string literal with its quotes.
std::string json_quoted(std::string_view text);

}  // namespace wsoa
