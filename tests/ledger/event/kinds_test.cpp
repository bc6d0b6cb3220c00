#include "ledger/event/kinds.h"

#include "ledger/event/notes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace wsoa {
namespace {

const Field& field_named(Kind kind, std::string_view name) {
    for (const auto& field : info_of(kind).fields) {
        if (field.name == name) {
            return field;
        }
    }
    check_failed("the kind has the field", __FILE__, __LINE__);
}

// Every struct that a change is made of.
void add_structs(capnp::StructSchema schema, std::set<std::uint64_t>& seen,
                 std::vector<capnp::StructSchema>& found) {
    if (!seen.insert(schema.getProto().getId()).second) {
        return;
    }
    found.push_back(schema);
    for (const auto field : schema.getFields()) {
        auto type = field.getType();
        type = type.isList() ? type.asList().getElementType() : type;
        if (type.isStruct()) {
            add_structs(type.asStruct(), seen, found);
        }
    }
}

std::vector<capnp::StructSchema> all_structs() {
    std::set<std::uint64_t> seen;
    std::vector<capnp::StructSchema> found;
    add_structs(capnp::Schema::from<schema::Change>(), seen, found);
    return found;
}

TEST(Kinds, stand_in_the_order_of_the_schema) {
    const auto& kinds = all_kinds();
    ASSERT_EQ(kinds.size(), 122u);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        EXPECT_EQ(static_cast<std::size_t>(kinds[i].kind), i + 1);
        EXPECT_EQ(&info_of(kinds[i].kind), &kinds[i]);
    }
    EXPECT_EQ(kinds.front().name, "ledgerOpened");
    EXPECT_EQ(kinds.back().name, "checkpointAnchored");
}

TEST(Kinds, are_found_by_their_names) {
    for (const auto& info : all_kinds()) {
        EXPECT_EQ(kind_named(info.name), info.kind);
        EXPECT_EQ(name_of(info.kind), info.name);
    }
    EXPECT_EQ(kind_named("unset"), std::nullopt);
    EXPECT_EQ(kind_named("progressrecorded"), std::nullopt);
    EXPECT_EQ(kind_named(""), std::nullopt);
    EXPECT_EQ(name_of(Kind::UNSET), "unset");
}

TEST(Kinds, each_say_what_they_are_for) {
    for (const auto& info : all_kinds()) {
        EXPECT_FALSE(info.help.empty()) << info.name;
        for (const auto& field : info.fields) {
            EXPECT_FALSE(field.help.empty()) << info.name << "." << field.name;
        }
    }
}

TEST(Kinds, give_an_example_of_every_field_that_people_type) {
    for (const auto& info : all_kinds()) {
        for (const auto& field : info.fields) {
            const bool is_bytes = field.type == FieldType::key || field.type == FieldType::hash ||
                                  field.type == FieldType::signature;
            EXPECT_TRUE(is_bytes || field.type == FieldType::record || !field.example.empty())
                << info.name << "." << field.name;
        }
    }
}

TEST(Schema, says_of_every_text_and_data_what_it_holds) {
    for (const auto schema : all_structs()) {
        for (const auto field : schema.getFields()) {
            auto type = field.getType();
            type = type.isList() ? type.asList().getElementType() : type;
            if (type.isText() || type.isData()) {
                EXPECT_NE(notes_of(field.getProto().getAnnotations()).holds, schema::Holds::UNSET)
                    << schema.getShortDisplayName().cStr() << "."
                    << field.getProto().getName().cStr();
            }
        }
    }
}

TEST(Schema, bounds_every_list) {
    for (const auto schema : all_structs()) {
        for (const auto field : schema.getFields()) {
            EXPECT_TRUE(!field.getType().isList() ||
                        notes_of(field.getProto().getAnnotations()).most > 0)
                << schema.getShortDisplayName().cStr() << "." << field.getProto().getName().cStr();
        }
    }
}

TEST(Schema, has_unset_as_the_first_member_of_every_enum_and_union) {
    for (const auto schema : all_structs()) {
        for (const auto field : schema.getFields()) {
            auto type = field.getType();
            type = type.isList() ? type.asList().getElementType() : type;
            if (type.isEnum()) {
                EXPECT_STREQ(type.asEnum().getEnumerants()[0].getProto().getName().cStr(), "unset");
            }
        }
        if (schema.getUnionFields().size() > 0) {
            const auto unset = schema.getFieldByName("unset").getProto();
            EXPECT_EQ(unset.getDiscriminantValue(), 0);
        }
    }
}

TEST(Schema, sets_no_defaults_since_changing_one_would_change_what_was_signed) {
    for (const auto schema : all_structs()) {
        for (const auto field : schema.getFields()) {
            EXPECT_TRUE(field.getProto().isSlot());
            EXPECT_FALSE(field.getProto().getSlot().getHadExplicitDefault())
                << schema.getShortDisplayName().cStr() << "." << field.getProto().getName().cStr();
        }
    }
}

TEST(Field, says_its_type_and_bounds) {
    const auto& percent = field_named(Kind::PROGRESS_RECORDED, "percent");
    EXPECT_EQ(percent.type, FieldType::whole);
    EXPECT_EQ(percent.most, 100u);
    EXPECT_FALSE(percent.is_required);
    EXPECT_FALSE(percent.is_list);
    EXPECT_EQ(percent.example, "60");

    const auto& measures = field_named(Kind::ACTION_ADDED, "measures");
    EXPECT_EQ(measures.type, FieldType::subject);
    EXPECT_TRUE(measures.is_list);
    EXPECT_TRUE(measures.is_required);
    EXPECT_EQ(measures.most, 32u);

    EXPECT_EQ(field_named(Kind::LEDGER_OPENED, "founders").type, FieldType::record);
    EXPECT_EQ(field_named(Kind::LEDGER_OPENED, "ledgerKey").type, FieldType::key);
    EXPECT_EQ(field_named(Kind::LEDGER_OPENED, "zone").type, FieldType::zone);
    EXPECT_EQ(field_named(Kind::LEDGER_OPENED, "origin").type, FieldType::origin);
    EXPECT_EQ(field_named(Kind::LEDGER_OPENED, "rehearsal").type, FieldType::flag);
    EXPECT_EQ(field_named(Kind::KEY_ENROLLED, "proof").type, FieldType::signature);
    EXPECT_EQ(field_named(Kind::PLAN_DRAFTED, "predecessor").type, FieldType::plan);
    EXPECT_EQ(field_named(Kind::PROGRESS_RECORDED, "period").type, FieldType::month);
    EXPECT_EQ(field_named(Kind::ACTION_ADDED, "deadline").type, FieldType::date);
    EXPECT_EQ(field_named(Kind::ACTION_ADDED, "owner").type, FieldType::person);
    EXPECT_EQ(field_named(Kind::RATING_PROPOSED, "to").type, FieldType::rating_code);
    EXPECT_EQ(field_named(Kind::KEY_COMPROMISED, "since").type, FieldType::number);
}

TEST(Field, lists_the_choices_that_may_be_made) {
    const auto& axis = field_named(Kind::RATING_PROPOSED, "axis");
    EXPECT_EQ(axis.type, FieldType::choice);
    EXPECT_THAT(axis.choices, testing::ElementsAre("delivery", "impact"));
    EXPECT_EQ(field_named(Kind::PLAN_DRAFTED, "partners").choices.front(), "council");
}

TEST(Words, of_the_schema_are_found_by_name) {
    ASSERT_EQ(all_words().size(), 27u);
    for (const auto& word : all_words()) {
        EXPECT_EQ(word_named(word.name), word.field);
        EXPECT_EQ(name_of(word.field), word.name);
        EXPECT_FALSE(word.help.empty()) << word.name;
        EXPECT_FALSE(word.example.empty()) << word.name;
        EXPECT_LT(static_cast<int>(word.field), 64) << word.name;
    }
    EXPECT_EQ(word_named("unset"), std::nullopt);
    EXPECT_EQ(word_named("next_steps"), std::nullopt);
}

TEST(Names, of_roles_and_classifications_are_those_of_the_schema) {
    EXPECT_EQ(role_named("actionOwner"), schema::Role::ACTION_OWNER);
    EXPECT_EQ(role_named("unset"), std::nullopt);
    EXPECT_EQ(name_of(schema::Role::LEAD_MEMBER), "leadMember");
    EXPECT_EQ(classification_named("restricted"), schema::Classification::RESTRICTED);
    EXPECT_EQ(classification_named("Restricted"), std::nullopt);
    EXPECT_EQ(name_of(schema::Classification::PUBLIC), "public");
    EXPECT_EQ(name_of(schema::Organisation::NHS_ENGLAND), "nhsEngland");
}

TEST(Nearest, is_the_candidate_with_the_fewest_edits) {
    const std::vector<std::string> fields{"period", "percent", "person"};
    EXPECT_EQ(nearest("percnt", fields), "percent");
    EXPECT_EQ(nearest("perid", fields), "period");
    EXPECT_EQ(nearest("persn", fields), "person");
    EXPECT_EQ(nearest("period", fields), "period");
}

TEST(Nearest, is_none_past_two_edits_or_where_no_letter_is_left) {
    EXPECT_EQ(nearest("prsnt", {"percentage"}), std::nullopt);
    EXPECT_EQ(nearest("ab", {"to"}), std::nullopt);
    EXPECT_EQ(nearest("", {"to"}), std::nullopt);
    EXPECT_EQ(nearest("anything", {}), std::nullopt);
}

}  // namespace
}  // namespace wsoa
