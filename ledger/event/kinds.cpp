#include "ledger/event/kinds.h"

#include "ledger/event/notes.h"

#include <algorithm>

namespace wsoa {
namespace {

template <typename Enum>
const std::vector<std::string>& names_in() {
    static const auto names = names_of(capnp::Schema::from<Enum>());
    return names;
}

template <typename Enum>
std::optional<Enum> member_named(std::string_view name) {
    const auto& names = names_in<Enum>();
    // Member 0 is `unset`, which nobody may choose.
    const auto found = std::find(names.begin() + 1, names.end(), name);
    if (found == names.end()) {
        return std::nullopt;
    }
    return static_cast<Enum>(found - names.begin());
}

template <typename Enum>
std::string_view name_in(Enum member) {
    const auto& names = names_in<Enum>();
    const auto place = static_cast<std::size_t>(member);
    CHECK(place < names.size());
    return names[place];
}

Field field_of(capnp::StructSchema::Field schema) {
    const auto proto = schema.getProto();
    const auto notes = notes_of(proto.getAnnotations());
    auto type = schema.getType();
    Field field;
    field.name = proto.getName().cStr();
    field.is_list = type.isList();
    if (field.is_list) {
        type = type.asList().getElementType();
    }
    field.type = type_of(type, notes.holds);
    field.is_required = !notes.is_optional;
    field.most = notes.most;
    field.help = notes.help;
    field.example = notes.example;
    if (type.isEnum()) {
        const auto names = names_of(type.asEnum());
        field.choices.assign(names.begin() + 1, names.end());
    }
    return field;
}

KindInfo kind_of(capnp::StructSchema::Field member) {
    const auto schema = member.getType().asStruct();
    KindInfo info;
    info.kind = static_cast<Kind>(member.getProto().getDiscriminantValue());
    info.name = member.getProto().getName().cStr();
    info.help = notes_of(schema.getProto().getAnnotations()).help;
    for (const auto field : schema.getFields()) {
        info.fields.push_back(field_of(field));
    }
    return info;
}

std::vector<KindInfo> read_kinds() {
    std::vector<KindInfo> kinds;
    for (const auto member : capnp::Schema::from<schema::Change>().getUnionFields()) {
        if (member.getProto().getDiscriminantValue() != 0) {
            kinds.push_back(kind_of(member));
        }
    }
    std::ranges::sort(kinds, {}, &KindInfo::kind);
    return kinds;
}

std::vector<WordInfo> read_words() {
    std::vector<WordInfo> words;
    for (const auto member : capnp::Schema::from<schema::WordField>().getEnumerants()) {
        if (member.getOrdinal() != 0) {
            const auto notes = notes_of(member.getProto().getAnnotations());
            words.push_back({static_cast<schema::WordField>(member.getOrdinal()),
                             member.getProto().getName().cStr(), notes.help, notes.example});
        }
    }
    return words;
}

// Levenshtein's distance: insertions, deletions and replacements.
std::size_t edits_between(std::string_view one, std::string_view other) {
    std::vector<std::size_t> row(other.size() + 1);
    for (std::size_t column = 0; column < row.size(); ++column) {
        row[column] = column;
    }
    for (std::size_t line = 1; line <= one.size(); ++line) {
        auto diagonal = row[0];
        row[0] = line;
        for (std::size_t column = 1; column < row.size(); ++column) {
            const auto replaced = diagonal + (one[line - 1] == other[column - 1] ? 0 : 1);
            diagonal = row[column];
            row[column] = std::min({replaced, row[column] + 1, row[column - 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

const std::vector<KindInfo>& all_kinds() {
    static const auto kinds = read_kinds();
    return kinds;
}

const KindInfo& info_of(Kind kind) {
    const auto& kinds = all_kinds();
    const auto place = static_cast<std::size_t>(kind);
    // Tags are counted from 1 without gaps, so that a kind's place follows from its tag.
    CHECK(place >= 1 && place <= kinds.size() && kinds[place - 1].kind == kind);
    return kinds[place - 1];
}

std::optional<Kind> kind_named(std::string_view name) {
    const auto& kinds = all_kinds();
    const auto found = std::ranges::find(kinds, name, &KindInfo::name);
    return found == kinds.end() ? std::nullopt : std::optional(found->kind);
}

const std::vector<WordInfo>& all_words() {
    static const auto words = read_words();
    return words;
}

std::optional<schema::WordField> word_named(std::string_view name) {
    return member_named<schema::WordField>(name);
}
std::string_view name_of(schema::WordField field) { return name_in(field); }

std::optional<schema::Role> role_named(std::string_view name) {
    return member_named<schema::Role>(name);
}
std::string_view name_of(schema::Role role) { return name_in(role); }

std::string_view name_of(Kind kind) {
    return kind == Kind::UNSET ? std::string_view("unset") : std::string_view(info_of(kind).name);
}

std::optional<schema::Classification> classification_named(std::string_view name) {
    return member_named<schema::Classification>(name);
}
std::string_view name_of(schema::Classification classification) { return name_in(classification); }
std::string_view name_of(schema::Organisation organisation) { return name_in(organisation); }
std::string_view name_of(schema::EvidenceKind kind) { return name_in(kind); }
std::string_view name_of(schema::PersonalData personal_data) { return name_in(personal_data); }

std::optional<std::string> nearest(std::string_view typed,
                                   const std::vector<std::string>& candidates) {
    constexpr std::size_t edits_max = 2;
    std::optional<std::string> found;
    std::size_t fewest = edits_max + 1;
    for (const auto& candidate : candidates) {
        const auto longer = std::max(typed.size(), candidate.size());
        if (longer - std::min(typed.size(), candidate.size()) > edits_max) {
            continue;
        }
        const auto edits = edits_between(typed, candidate);
        // A word of which no letter is left is not near, however short it is.
        if (edits < fewest && edits < longer) {
            fewest = edits;
            found = candidate;
        }
    }
    return found;
}

}  // namespace wsoa
