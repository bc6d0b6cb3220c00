// Writes what the page needs to know of the compiled schema, as one JavaScript module: where each
// field of a change stands and what may stand in it, how choices are numbered, what fields and
// kinds are called, who may record what, and the texts of a pack's papers. So the page reads by the
// same schema, table of kinds and texts as the program, and by code of its own.
//
//   describe_schema > schema.js

#include "ledger/base/limits.h"
#include "ledger/event/kinds.h"
#include "ledger/event/notes.h"
#include "ledger/inspection/by_hand.h"
#include "ledger/plan/rulebook.h"
#include "ledger/plan/rules.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdio>

namespace wsoa {
namespace {

using Json = nlohmann::json;

std::string short_name(capnp::Schema schema) {
    const std::string_view name = schema.getShortDisplayName().cStr();
    return std::string(name);
}

std::string_view wire_of(capnp::Type type) {
    if (type.isText()) {
        return "text";
    }
    if (type.isData()) {
        return "data";
    }
    if (type.isStruct()) {
        return "record";
    }
    return type.isEnum() ? "choice" : "number";
}

unsigned bits_of(capnp::Type type) {
    if (type.isBool()) {
        return 1;
    }
    if (type.isUInt16() || type.isEnum()) {
        return 16;
    }
    return type.isUInt64() || type.isInt64() ? 64 : 32;
}

std::string_view type_of_record(capnp::StructSchema schema) {
    const auto name = short_name(schema);
    for (const std::string_view plain : {"Date", "Month", "Whole", "Index", "Decimal"}) {
        if (name == plain) {
            return plain == "Date"    ? "date"
                   : plain == "Month" ? "month"
                   : plain == "Whole" ? "whole"
                   : plain == "Index" ? "index"
                                      : "decimal";
        }
    }
    return "record";
}

std::string name_of_holds(schema::Holds holds) {
    const auto members = capnp::Schema::from<schema::Holds>().getEnumerants();
    return members[static_cast<unsigned>(holds)].getProto().getName().cStr();
}

// All structs and enums reachable from one struct, by their names.
class Description {
public:
    void add(capnp::StructSchema schema);
    const Json& structs() const { return structs_; }
    // The members of an enum, the first of which is `unset`.
    void add(capnp::EnumSchema schema) { choices_[short_name(schema)] = names_of(schema); }
    const Json& choices() const { return choices_; }

private:
    Json slot_of(capnp::StructSchema::Field field);

    Json structs_ = Json::object();
    Json choices_ = Json::object();
};

Json Description::slot_of(capnp::StructSchema::Field field) {
    const auto proto = field.getProto();
    const auto notes = notes_of(proto.getAnnotations());
    auto type = field.getType();
    const bool is_list = type.isList();
    if (is_list) {
        type = type.asList().getElementType();
    }
    const bool is_in_data = !is_list && !type.isText() && !type.isData() && !type.isStruct();
    Json slot{{"name", proto.getName().cStr()},
              {"wire", wire_of(type)},
              {"offset", proto.getSlot().getOffset() * (is_in_data ? bits_of(type) : 1)},
              {"bits", bits_of(type)},
              {"most", notes.most},
              {"list", is_list},
              {"optional", notes.is_optional},
              {"set", notes.is_set},
              {"signed", type.isInt32() || type.isInt64()},
              {"help", notes.help}};
    if (notes.holds != schema::Holds::UNSET) {
        slot["holds"] = name_of_holds(notes.holds);
    }
    if (type.isUInt64() && notes.most == 0) {
        slot["most"] = limits::events_max;  // places and counts of events
    }
    if (type.isEnum()) {
        add(type.asEnum());
        slot["choices"] = names_of(type.asEnum());
    }
    if (type.isStruct()) {
        add(type.asStruct());
        slot["record"] = short_name(type.asStruct());
        slot["type"] = type_of_record(type.asStruct());
    }
    return slot;
}

void Description::add(capnp::StructSchema schema) {
    const auto name = short_name(schema);
    if (structs_.contains(name)) {
        return;
    }
    structs_[name] = Json::object();  // a struct may lead to itself
    const auto shape = schema.getProto().getStruct();
    std::vector<std::uint64_t> known_bits(shape.getDataWordCount());
    const auto own = [&](std::uint32_t offset, unsigned bits) {
        const auto mask = bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
        known_bits[offset / 64] |= mask << (offset % 64);
    };
    Json described{{"pointers", shape.getPointerCount()}, {"slots", Json::array()}};
    for (const auto field : schema.getNonUnionFields()) {
        const auto slot = slot_of(field);
        const auto wire = slot["wire"].get<std::string>();
        if (!slot["list"].get<bool>() && (wire == "number" || wire == "choice")) {
            own(slot["offset"].get<std::uint32_t>(), slot["bits"].get<unsigned>());
        }
        described["slots"].push_back(slot);
    }
    if (shape.getDiscriminantCount() > 0) {
        described["tag_offset"] = shape.getDiscriminantOffset() * 16;
        own(shape.getDiscriminantOffset() * 16, 16);
        described["members"] = Json::array({nullptr});  // member 0 is `unset`
        for (const auto member : schema.getUnionFields()) {
            if (!member.getType().isVoid()) {
                described["members"].push_back(slot_of(member));
            }
        }
    }
    described["known_bits"] = Json::array();
    for (const auto bits : known_bits) {
        described["known_bits"].push_back(fmt::format("0x{:x}", bits));
    }
    structs_[name] = std::move(described);
}

std::string_view name_of_reach(Reach reach) {
    return reach == Reach::plan ? "plan" : reach == Reach::self ? "self" : "subject";
}

std::string_view name_of_adds(KindRule::Adds adds) {
    return adds == KindRule::Adds::subject   ? "subject"
           : adds == KindRule::Adds::nothing ? "nothing"
                                             : "unless_there";
}

// What the rulebook's table says of each kind.
Json describe_kinds() {
    auto kinds = Json::object();
    for (const auto& info : all_kinds()) {
        const auto& rule = kind_rule(info.kind);
        auto roles = Json::array();
        for (const auto role : rule.roles) {
            roles.push_back(name_of(role));
        }
        auto about = Json::array();
        for (const auto subject : rule.about) {
            about.push_back(rules::name_of_subject(subject));
        }
        kinds[info.name] = {{"help", info.help},
                            {"roles", roles},
                            {"about", about},
                            {"reach", name_of_reach(rule.reach)},
                            {"adds", name_of_adds(rule.adds)}};
    }
    return kinds;
}

Json describe_words() {
    auto words = Json::object();
    for (const auto& info : all_words()) {
        words[info.name] = {{"number", static_cast<unsigned>(info.field)}, {"help", info.help}};
    }
    return words;
}

// What the pack's papers are made of, and who makes them.
Json describe_papers() {
    const auto& texts = paper_texts();
    return {{"program", std::string("wsoa ") + WSOA_VERSION},
            {"readme", texts.readme},
            {"certificate", texts.certificate},
            {"allLeaves", texts.all_leaves},
            {"someLeaves", texts.some_leaves},
            {"noTokens", texts.no_tokens},
            {"tokens", texts.tokens},
            {"eachToken", texts.each_token}};
}

void write() {
    Description changes;
    changes.add(capnp::Schema::from<schema::Change>());
    // Of the stages that events lead to, and none names.
    changes.add(capnp::Schema::from<schema::PlanStage>());
    changes.add(capnp::Schema::from<schema::AreaStage>());
    changes.add(capnp::Schema::from<schema::MilestoneStage>());
    changes.add(capnp::Schema::from<schema::ChangeStage>());
    changes.add(capnp::Schema::from<schema::EvidenceStage>());
    const Json described{{"structs", changes.structs()}, {"choices", changes.choices()},
                         {"kinds", describe_kinds()},    {"words", describe_words()},
                         {"papers", describe_papers()},  {"rulebook", rulebook_newest}};
    fmt::print(
        "// Written by describe_schema from the compiled schema.\n"
        "export const schema = {};\n",
        described.dump());
}

}  // namespace
}  // namespace wsoa

int main() {
    wsoa::write();
    return std::ferror(stdout) == 0 ? 0 : 1;
}
