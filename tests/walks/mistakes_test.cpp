// What people mistype, and the sentence that they get.

#include "tests/walks/rehearsal.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Mistakes, in_a_reference_are_told_as_such_and_not_as_a_role_that_is_not_held) {
    const Rehearsal at;
    for (const auto& words : std::vector<std::vector<std::string>>{
             {"progress", "TH-1.9", "--text", "Half of it is done"},
             {"rate", "TH-1.9", "green", "--reason", "It goes well"},
             {"record", "actionStarted", "--subject", "TH-1.9"}}) {
        const auto ran = at.by("owner", words);
        EXPECT_EQ(ran.exit, Exit::refused) << words.front();
        EXPECT_THAT(ran.err, HasSubstr("there is no TH-1.9")) << words.front();
        EXPECT_THAT(ran.err, HasSubstr("did you mean TH-1.1? `wsoa show TH` lists"));
    }
    const auto other = at.by("owner", {"progress", "XY-1.1", "--text", "Half of it is done"});
    EXPECT_THAT(other.err, HasSubstr("there is no XY-1.1"));
    EXPECT_THAT(other.err, HasSubstr("`wsoa show` lists the plans"));
}

TEST(Mistakes, in_the_file_of_a_checkpoint_name_the_file) {
    const Rehearsal at;
    std::ofstream(at.file("holiday.jpg")) << "not a checkpoint";
    const auto ran = at.run({"verify", "--seen", at.file("holiday.jpg")});
    EXPECT_EQ(ran.exit, exit_of(Fault::invalid));
    EXPECT_THAT(ran.err, HasSubstr("holiday.jpg is no checkpoint"));
    EXPECT_THAT(ran.err, HasSubstr("`wsoa checkpoint`"));
}

TEST(Ratings, are_words_in_trail_and_log_and_codes_for_programs) {
    const Rehearsal at;
    for (const auto& words :
         {std::vector<std::string>{"trail", "TH-1.1"}, {"log", "--kind", "ratingProposed"}}) {
        EXPECT_THAT(at.must(words).out, HasSubstr("from Not yet rated, to On track"));
    }
    const auto json = at.must({"trail", "TH-1.1", "--json"}).out;
    EXPECT_THAT(json, HasSubstr(R"("from":"UN")"));
    EXPECT_THAT(json, Not(HasSubstr("On track")));
}

}  // namespace
}  // namespace wsoa
