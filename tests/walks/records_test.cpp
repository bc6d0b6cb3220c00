// What records management types: holds, requests for erasure and their decisions, how long things
// are kept, and mistakes beside the correct fact.

#include "tests/walks/rehearsal_records.h"
#include "tests/walks/with_files.h"

#include <nlohmann/json.hpp>

namespace wsoa {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class RecordsManagement : public WithFiles {
protected:
    RecordsManagement() {
        at_.must_by("owner", {"evidence", "add", write("log.txt", "Log of waiting times"), "--type",
                              "log", "--personal-data", "child", "--lawful-basis", "publicTask",
                              "--item", "TH-E01", "--date", "2022-01-20"});
    }

    const Records story_{at_};
};

TEST_F(RecordsManagement, holds_what_may_not_go_until_another_person_releases_it) {
    at_.must_by("records", {"hold", "place", "TH-H1", "TH-E01", "--reason", "An inquiry asks",
                            "--case-reference", "INQ/7"});
    EXPECT_THAT(at_.must({"hold", "list", "TH"}).out,
                AllOf(HasSubstr("TH-H1"), HasSubstr("in force"), HasSubstr("An inquiry asks")));
    at_.must_by("records", {"erasure", "request", "TH-E01", "--request", "TH-ER7", "--scope",
                            "content", "--reason", "A parent asked"});
    EXPECT_THAT(at_.by("dpo", {"status"}).out, HasSubstr("wsoa erasure decide TH-ER7 DECISION"));
    const std::vector<std::string> grant{
        "erasure",           "decide", "TH-ER7", "granted",  "--ground",
        "noLongerNecessary", "--kept", "hash",   "--reason", "The counts show it as well"};
    const auto held = at_.by("dpo", grant);
    expect_said(held, Exit::refused, "the hold TH-H1 on TH-E01 keeps TH-E01");
    expect_said(at_.by("records", {"hold", "release", "TH-H1", "--reason", "It has ended"}),
                Exit::refused, "");
    expect_said(at_.by("dpo", {"hold", "release", "TH-H9", "--reason", "It has ended"}),
                Exit::could_not, "there is no hold TH-H9");
    at_.must_by("dpo", {"hold", "release", "TH-H1", "--reason", "It has ended"});
    EXPECT_THAT(at_.must({"hold", "list", "TH"}).out, Not(HasSubstr("in force")));
    at_.must_by("dpo", grant);
    at_.must_by("records", {"erase", "TH-ER7"});
}

TEST_F(RecordsManagement, shows_what_went_why_and_on_whose_decision) {
    at_.must_by("records", {"erasure", "request", "TH-E01", "--request", "TH-ER7", "--scope",
                            "content", "--reason", "A parent asked", "--requester", "The family"});
    at_.must_by("dpo", {"erasure", "decide", "TH-ER7", "granted", "--ground", "noLongerNecessary",
                        "--kept", "hash", "--reason", "The counts show it as well"});
    at_.must_by("records", {"erase", "TH-ER7"});
    const auto shown = at_.must({"show", "TH-E01"});
    EXPECT_THAT(shown.out,
                AllOf(HasSubstr("its content, by records"), HasSubstr("TH-ER7"),
                      HasSubstr("by dpo"), HasSubstr("The counts show it"),
                      HasSubstr("no longer necessary"), HasSubstr("Stays:        hash")));
    const auto told = nlohmann::json::parse(at_.must({"show", "TH-E01", "--json"}).out);
    EXPECT_EQ(told["erased"]["how"], "erased");
    EXPECT_EQ(told["erased"]["request"], "TH-ER7");
    EXPECT_EQ(told["erased"]["ground"], "noLongerNecessary");
}

TEST_F(RecordsManagement, refuses_a_decision_on_what_nobody_asked) {
    expect_said(at_.by("dpo", {"erasure", "decide", "TH-ER9", "refused", "--ground", "publicTask",
                               "--reason", "It is needed"}),
                Exit::could_not, "there is no request for erasure TH-ER9");
}

TEST_F(RecordsManagement, lists_what_is_due_and_what_no_rule_keeps) {
    EXPECT_THAT(at_.must({"retention", "due", "TH"}).out,
                AllOf(HasSubstr("Nothing is kept by a rule yet"),
                      ContainsRegex("Kept by no rule +Kind +Added +Title\nTH-E01 +"),
                      HasSubstr("Nobody has said how long these documents are kept")));
    at_.must_by("office",
                {"retention", "set", "TH-E01", "--class", "governance", "--due", Records::today()});
    EXPECT_THAT(at_.must({"retention", "due", "TH"}).out,
                AllOf(HasSubstr("due"), HasSubstr("wsoa retention approve TH-E01"),
                      Not(HasSubstr("Nobody has said"))));
    at_.must_by("dpo", {"retention", "approve", "TH-E01", "--reason", "Its time has come"});
    EXPECT_THAT(at_.must({"retention", "due", "TH"}).out, HasSubstr("wsoa dispose TH-E01"));
    at_.must_by("records", {"dispose", "TH-E01"});
    EXPECT_THAT(at_.must({"retention", "due", "TH"}).out, HasSubstr("gone"));
    EXPECT_THAT(at_.must({"show", "TH-E01"}).out,
                AllOf(HasSubstr("Kept by"), HasSubstr("Its time has come")));
}

TEST_F(RecordsManagement, says_what_is_due_by_a_day_to_come) {
    at_.must_by("office",
                {"retention", "set", "TH-E01", "--class", "governance", "--due", "2099-08-31"});
    EXPECT_THAT(at_.must({"retention", "due", "TH"}).out, HasSubstr("kept"));
    EXPECT_THAT(at_.must({"retention", "due", "TH", "--by", "2099-09-01"}).out,
                HasSubstr("wsoa retention approve TH-E01"));
}

TEST_F(RecordsManagement, marks_a_mistake_beside_the_correct_fact) {
    at_.must_by("office", {"rectify", story_.meant, "--text", "It was the school that asked",
                           "--requester", "The school"});
    EXPECT_THAT(at_.must({"trail", "TH-1.1"}).out, HasSubstr("It was the school that asked"));
}

// Whoever makes redacted copies registers them too.
TEST_F(RecordsManagement, registers_a_redacted_copy_in_one_step) {
    at_.must_by("records", {"evidence", "redact", "TH-E01", write("copy.txt", "Log, no names"),
                            "--checked-by", "dpo", "--categories", "childName", "--method",
                            "replaced", "--reason", "For the adviser"});
    EXPECT_THAT(at_.must({"show", "TH-E01"}).out,
                AllOf(HasSubstr("TH-E01-R1"), HasSubstr("redacted copy")));
    EXPECT_EQ(at_.must({"evidence", "get", "TH-E01-R1", "--out=-"}).out, "Log, no names");
}

// Who reads a document is on record where the plan's policy asks for it, or they say so.
class RecordedReading : public RecordsManagement {
protected:
    void record_reads_of(const std::string& which) const {
        at_.must_by("office", {"record", "reportingPolicySet", "--subject", "TH", "--period",
                               "month", "--reads", which});
    }
    std::string trail() const { return at_.must({"evidence", "trail", "TH-E01"}).out; }
};

TEST_F(RecordedReading, leaves_no_record_where_nobody_asks_for_one) {
    at_.must({"evidence", "get", "TH-E01", "--out=-"});
    EXPECT_THAT(trail(), Not(HasSubstr("read")));
}

TEST_F(RecordedReading, is_recorded_before_the_first_byte_goes_out) {
    record_reads_of("restricted");
    const auto refused = at_.run({"evidence", "get", "TH-E01", "--out=-"});
    EXPECT_NE(refused.exit, Exit::done);
    EXPECT_EQ(refused.out, "");
    const auto got =
        at_.by("owner", {"evidence", "get", "TH-E01", "--out=-", "--reason", "Review"});
    EXPECT_EQ(got.out, "Log of waiting times");
    EXPECT_THAT(got.err, HasSubstr("This reading is recorded as event"));
    EXPECT_THAT(trail(), AllOf(HasSubstr("owner"), HasSubstr("Review")));
}

TEST_F(RecordedReading, is_for_what_the_policy_names) {
    at_.must_by("owner", {"evidence", "add", write("minutes.txt", "Minutes"), "--type", "minutes",
                          "--personal-data", "none", "--item", "TH-E02"});
    record_reads_of("restricted");
    at_.must({"evidence", "get", "TH-E02", "--out=-"});
    record_reads_of("all");
    EXPECT_NE(at_.run({"evidence", "get", "TH-E02", "--out=-"}).exit, Exit::done);
    at_.must_by("owner", {"evidence", "get", "TH-E02", "--out=-"});
}

TEST_F(RecordedReading, is_recorded_where_the_reader_says_so) {
    at_.must_by("owner", {"evidence", "get", "TH-E01", "--out=-", "--on-record"});
    EXPECT_THAT(at_.must({"log", "--kind", "contentRead"}).out, HasSubstr("TH-E01"));
}

}  // namespace
}  // namespace wsoa
