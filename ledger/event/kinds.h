#pragma once

#include "ledger/event/change.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// How a field is typed, printed and bounded.
enum class FieldType : std::uint8_t {
    flag,
    number,
    choice,
    date,
    month,
    whole,
    index,
    plan,
    subject,
    person,
    origin,
    zone,
    rating_code,
    version_label,
    decimal,
    hash,
    key,
    signature,
    record,
};

// What the schema says of one field of a kind.
struct Field {
    std::string name;  // as in the schema: "evidenceRequired"
    FieldType type = FieldType::number;
    bool is_list = false;
    bool is_required = true;
    std::uint64_t most = 0;  // largest number, or most elements; 0 where the schema sets none
    std::vector<std::string> choices;  // names of an enum's members, without unset
    std::string help;
    std::string example;
};

// What the schema says of one kind of change.
struct KindInfo {
    Kind kind = Kind::UNSET;
    std::string name;  // "progressRecorded"
    std::string help;
    std::vector<Field> fields;
};

// Every kind of change that this program knows, in the schema's order.
const std::vector<KindInfo>& all_kinds();
const KindInfo& info_of(Kind kind);
// Null for a name that no kind has.
std::optional<Kind> kind_named(std::string_view name);

// What the schema says of a field of words.
struct WordInfo {
    schema::WordField field = schema::WordField::UNSET;
    std::string name;
    std::string help;
    std::string example;
};
const std::vector<WordInfo>& all_words();
std::optional<schema::WordField> word_named(std::string_view name);
std::string_view name_of(schema::WordField field);

std::optional<schema::Role> role_named(std::string_view name);
std::string_view name_of(schema::Role role);
std::string_view name_of(Kind kind);
std::optional<schema::Classification> classification_named(std::string_view name);
std::string_view name_of(schema::Classification classification);
std::string_view name_of(schema::Organisation organisation);
std::string_view name_of(schema::EvidenceKind kind);
std::string_view name_of(schema::PersonalData personal_data);

// The candidate nearest to a mistyped word, by at most two edits; null if none is.
std::optional<std::string> nearest(std::string_view typed,
                                   const std::vector<std::string>& candidates);

}  // namespace wsoa
