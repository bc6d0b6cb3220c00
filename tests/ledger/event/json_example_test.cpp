#include "ledger/event/json.h"

#include "ledger/event/json_reader.h"
#include "tests/support/changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

// The lines of scripts/example, which a rehearsal records and which people read first.
namespace wsoa {
namespace {

using namespace test;

std::vector<std::string> lines_of(std::string_view name) {
    std::ifstream file(fmt::format("{}/scripts/example/{}", WSOA_SOURCE, name));
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) {
        lines.push_back(line);
    }
    return lines;
}

std::vector<ChangeLine> changes() {
    std::vector<ChangeLine> read;
    for (const auto& line : lines_of("tower-hamlets.jsonl")) {
        read.push_back(must(parse_change_line(line)));
    }
    return read;
}

Change drafted(ChangeLine& line) {
    auto envelope = sample_envelope();
    envelope.subject = line.subject;
    envelope.plan = line.subject.plan();
    return must(Change::read(must(line.draft.finish(envelope))));
}

struct RatingStep {
    schema::Axis axis;
    std::string from;
    std::string to;

    bool operator==(const RatingStep&) const = default;
};

// Of a change that proposes or confirms a rating.
RatingStep step_of(const Change& change) {
    const auto of = [](auto fields) {
        return RatingStep{fields.getAxis(), fields.getFrom().cStr(), fields.getTo().cStr()};
    };
    return change.kind() == Kind::RATING_PROPOSED ? of(change.reader().getRatingProposed())
                                                  : of(change.reader().getRatingConfirmed());
}

TEST(Example, holds_so_many_changes_of_each_kind) {
    std::map<std::string, int> counts;
    for (const auto& line : changes()) {
        ++counts[info_of(line.draft.kind()).name];
    }
    EXPECT_EQ(counts.size(), 46u);
    int all = 0;
    for (const auto& [kind, count] : counts) {
        all += count;
    }
    EXPECT_EQ(all, 348);
    EXPECT_EQ(counts["ratingConfirmed"], 40);
    EXPECT_EQ(counts["readingRecorded"], 30);
    EXPECT_EQ(counts["meetingHeld"], 25);
    EXPECT_EQ(counts["actionCompleted"], 11);
    EXPECT_EQ(counts["contentErased"], 1);
}

TEST(Example, says_of_every_change_by_whom_and_when) {
    for (const auto& line : changes()) {
        EXPECT_TRUE(line.id && line.by && line.role && line.effective && line.recorded)
            << line.subject.str();
        EXPECT_EQ(line.subject.plan()->str(), "TH");
    }
}

TEST(Example, stands_in_the_order_of_its_instants_which_its_ids_bear) {
    std::int64_t before = 0;
    for (const auto& line : changes()) {
        ByteReader reader(line.id->view());
        const auto high = must(reader.u32());
        const auto low = must(reader.u16());
        const auto ms = static_cast<std::int64_t>(std::uint64_t{high} << 16 | low);
        EXPECT_EQ(ms, line.recorded->ms) << line.id->str();
        EXPECT_LT(before, ms) << line.id->str();
        before = ms;
    }
}

TEST(Example, answers_each_proposal_with_its_confirmation) {
    std::map<ChangeId, std::pair<SubjectRef, RatingStep>> proposed;
    for (auto& line : changes()) {
        if (line.draft.kind() == Kind::RATING_PROPOSED) {
            proposed.emplace(*line.id, std::pair(line.subject, step_of(drafted(line))));
        }
        if (line.draft.kind() == Kind::RATING_CONFIRMED) {
            const auto answered = proposed.find(std::get<ChangeId>(*line.answers));
            ASSERT_NE(answered, proposed.end()) << line.id->str();
            EXPECT_EQ(answered->second, std::pair(line.subject, step_of(drafted(line))));
            proposed.erase(answered);
        }
    }
    EXPECT_TRUE(proposed.empty());
}

TEST(Example, begins_each_rating_from_the_one_confirmed_before_it) {
    std::map<std::pair<SubjectRef, schema::Axis>, std::string> confirmed;
    for (auto& line : changes()) {
        const auto kind = line.draft.kind();
        if (kind == Kind::ACTION_REOPENED) {
            confirmed[{line.subject, schema::Axis::DELIVERY}] = "UN";
        }
        if (kind != Kind::RATING_PROPOSED && kind != Kind::RATING_CONFIRMED) {
            continue;
        }
        const auto step = step_of(drafted(line));
        const std::string first = step.axis == schema::Axis::DELIVERY ? "UN" : "NM";
        auto& current = confirmed.try_emplace({line.subject, step.axis}, first).first->second;
        EXPECT_EQ(step.from, current) << line.id->str();
        if (kind == Kind::RATING_CONFIRMED) {
            current = step.to;
        }
    }
    EXPECT_EQ(confirmed.size(), 16u);  // delivery of 12 actions, impact of 4 areas
}

TEST(Example, drafts_changes_that_can_be_signed) {
    for (auto& line : changes()) {
        EXPECT_EQ(drafted(line).kind(), line.draft.kind());
    }
}

TEST(Example, knows_everybody_who_records_a_line_in_that_role) {
    std::set<std::pair<std::string, std::string>> roles;
    std::set<std::string> people;
    for (const auto& line : lines_of("people.jsonl")) {
        const auto person = must(read_json(line));
        must(check_keys(person, {"person", "organisation", "title", "grants"}));
        const auto& id = person.find("person")->text;
        EXPECT_FALSE(must(PersonId::parse(id)).looks_like_a_name());
        EXPECT_TRUE(people.insert(id).second) << id;
        for (const auto& grant : person.find("grants")->elements) {
            must(SubjectRef::parse(grant.find("scope")->text));
            EXPECT_TRUE(role_named(grant.find("role")->text)) << line;
            roles.emplace(id, grant.find("role")->text);
        }
    }
    EXPECT_EQ(people.size(), 22u);
    for (const auto& line : changes()) {
        EXPECT_TRUE(roles.contains({line.by->str(), std::string(name_of(*line.role))}))
            << line.by->str();
    }
}

TEST(Example, names_organisations_as_the_schema_does) {
    const auto& fields = info_of(Kind::PERSON_ENROLLED).fields;
    const auto& known = std::ranges::find(fields, "organisation", &Field::name)->choices;
    for (const auto& line : lines_of("people.jsonl")) {
        const auto person = must(read_json(line));
        EXPECT_THAT(known, testing::Contains(person.find("organisation")->text));
    }
}

}  // namespace
}  // namespace wsoa
