// A line of each kind, as it stands in a file: the text form that must be read for ever.

#include "ledger/event/json.h"
#include "tests/support/changes.h"
#include "tests/support/files.h"
#include "tests/support/mutants.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using namespace test;

std::string golden_line(const KindInfo& info) { return golden("line/" + info.name + ".json"); }

TEST(GoldenLine, of_every_kind_leads_to_the_canonical_bytes_that_it_always_did) {
    for (const auto& info : all_kinds()) {
        auto line = parse_change_line(golden_line(info));
        ASSERT_TRUE(line.ok()) << info.name << ": " << line.error().message;
        const auto bytes = line.value().draft.finish(sample_envelope(info.kind));
        ASSERT_TRUE(bytes.ok()) << info.name << ": " << bytes.error().message;
        EXPECT_EQ(bytes.value(), sample_change(info.kind)) << info.name;
    }
}

TEST(GoldenLine, of_every_kind_says_who_when_and_about_what) {
    for (const auto& info : all_kinds()) {
        const auto line = must(parse_change_line(golden_line(info)));
        const auto envelope = sample_envelope(info.kind);
        EXPECT_EQ(line.draft.kind(), info.kind);
        EXPECT_EQ(line.id, envelope.id) << info.name;
        EXPECT_EQ(line.subject, envelope.subject) << info.name;
        EXPECT_EQ(line.by, must(PersonId::parse("head-of-send"))) << info.name;
        EXPECT_EQ(line.role, envelope.as_role) << info.name;
        EXPECT_EQ(line.effective, envelope.effective) << info.name;
        EXPECT_EQ(line.recorded, must(parse_instant("2022-04-01T09:11:33.250Z"))) << info.name;
        EXPECT_EQ(line.on_behalf_of, envelope.on_behalf_of) << info.name;
        EXPECT_EQ(line.answers.has_value(), envelope.answers.has_value()) << info.name;
        if (envelope.answers) {
            const std::variant<EventIndex, ChangeId> answered(*envelope.answers);
            EXPECT_EQ(line.answers, answered) << info.name;
        }
        EXPECT_EQ(line.classification, envelope.classification) << info.name;
    }
}

TEST(GoldenLine, of_every_kind_holds_its_words_in_the_order_of_their_fields) {
    for (const auto& info : all_kinds()) {
        const auto line = must(parse_change_line(golden_line(info)));
        const auto words = sample_words();
        ASSERT_EQ(line.words.size(), words.size()) << info.name;
        for (std::size_t i = 0; i < words.size(); ++i) {
            EXPECT_EQ(line.words[i].first, words[i].field) << info.name;
            EXPECT_EQ(line.words[i].second, words[i].text) << info.name;
        }
    }
}

TEST(GoldenLine, is_read_or_refused_in_words_among_all_mutants) {
    std::vector<std::string> lines;
    for (const auto& info : all_kinds()) {
        lines.push_back(golden_line(info));
    }
    Mutants mutants(std::move(lines), 41);
    std::size_t taken = 0;
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        auto line = parse_change_line(mutants.next());
        if (!line.ok()) {
            ASSERT_EQ(line.error().fault, Fault::invalid);
            ASSERT_FALSE(line.error().message.empty());
            continue;
        }
        ++taken;
        auto envelope = sample_envelope(line.value().draft.kind());
        envelope.subject = line.value().subject;
        envelope.plan = envelope.subject.plan();
        // Whatever was taken can be signed, and read again.
        const auto bytes = line.value().draft.finish(envelope);
        ASSERT_TRUE(bytes.ok()) << bytes.error().message;
        ASSERT_TRUE(Change::read(bytes.value()).ok());
    }
    EXPECT_GT(taken, 1'000U);
    EXPECT_LT(taken, mutants_of_a_parser);
}

}  // namespace
}  // namespace wsoa
