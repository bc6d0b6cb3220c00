// Evidence as leads and reviewers live with it: linked, handed in, asked about, turned down,
// brought in again, accepted by another person, redacted, superseded, and told from end to end.

#include "tests/walks/rehearsal_records.h"
#include "tests/walks/with_files.h"

#include <nlohmann/json.hpp>

namespace wsoa {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

using Words = std::vector<std::string>;

// A rehearsal whose owner has brought in an attendance log, TH-E01, which names children.
class Reviewed : public WithFiles {
protected:
    Reviewed() {
        by("owner",
           {"evidence", "add", write("log.txt", log), "--type", "log", "--personal-data", "child",
            "--lawful-basis", "publicTask", "--date", "2022-01-20", "--item", "TH-E01"});
    }

    void by(const std::string& who, const Words& words) const { at_.must_by(who, words); }
    void link(const std::string& target) const {
        by("owner", {"evidence", "link", "TH-E01", target, "--claim", "the offer is used"});
    }
    void submit() const {
        link("TH-1.1");
        by("owner", {"evidence", "submit", "TH-E01"});
    }
    void accept() const {
        submit();
        by("lead", {"evidence", "accept", "TH-E01", "--checks", "dated"});
    }
    Words redaction(const Words& more) const {
        Words words{"evidence", "redact",   "TH-E01",   "--categories", "childName",
                    "--method", "replaced", "--reason", "To be shown"};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }
    // What the view of evidence says of an item now.
    nlohmann::json item(const std::string& ref) const {
        const auto view = nlohmann::json::parse(at_.must({"view", "evidence", "TH", "--json"}).out);
        for (const auto& each : view["items"]) {
            if (each["ref"] == ref) {
                return each;
            }
        }
        ADD_FAILURE() << ref << " is not in the view";
        return {};
    }
    // "evidenceLinked isAbout", for each event of an item's trail.
    std::vector<std::string> trail(const std::string& ref) const {
        std::istringstream lines(at_.must({"evidence", "trail", ref, "--json"}).out);
        std::vector<std::string> events;
        for (std::string line; std::getline(lines, line);) {
            const auto event = nlohmann::json::parse(line);
            EXPECT_EQ(event["item"], ref);
            events.push_back(event["kind"].get<std::string>() + " " +
                             event["because"].get<std::string>());
        }
        return events;
    }

    // The number of the newest event.
    std::string last_event() const {
        const auto events = at_.must({"log", "--json"}).out;
        const auto begin = events.rfind('\n', events.size() - 2) + 1;
        return std::to_string(nlohmann::json::parse(events.substr(begin))["event"].get<int>());
    }

    static constexpr auto log = "19 April: Wren Exampleby, Marlow Samplesson\n";
};

TEST_F(Reviewed, is_asked_about_rejected_and_accepted_as_another_version) {
    link("TH-1.1");
    const auto submitted = at_.by("owner", {"evidence", "submit", "TH-E01"});
    EXPECT_EQ(submitted.exit, Exit::done) << submitted.err;
    EXPECT_THAT(submitted.err, HasSubstr("wsoa evidence accept TH-E01"));
    by("lead", {"evidence", "ask", "TH-E01", "--reason", "How many families?"});
    by("lead", {"evidence", "reject", "TH-E01", "--checks", "dated", "--reason", "It covers a week",
                "--comment", "Three names only"});
    EXPECT_EQ(item("TH-E01")["state"], "rejected");
    const auto added =
        at_.by("owner", {"evidence", "add", write("term.txt", "130 families"), "--version-of",
                         "TH-E01", "--type", "report", "--personal-data", "none", "--date",
                         "2022-02-01", "--period-from", "2022-01-01", "--for", "TH-1.1", "--claim",
                         "the offer is used", "--reason", "It covers the term"});
    EXPECT_EQ(added.exit, Exit::done) << added.err;
    EXPECT_THAT(added.out, HasSubstr("TH-E01v2"));
    by("owner", {"evidence", "submit", "TH-E01v2"});
    by("lead", {"evidence", "accept", "TH-E01v2", "--checks", "dated,coversPeriod", "--comment",
                "Counts by week"});
    by("owner",
       {"evidence", "supersede", "TH-E01", "--by", "TH-E01v2", "--reason", "It covers the term"});
    const auto second = item("TH-E01v2");
    EXPECT_EQ(second["state"], "accepted");
    EXPECT_EQ(second["version"], 2);
    EXPECT_EQ(second["prior"], "TH-E01");
    EXPECT_EQ(second["review"]["checks"], nlohmann::json({"dated", "coversPeriod"}));
    EXPECT_EQ(item("TH-E01")["supersededBy"], "TH-E01v2");
    // It is two things at once, and has one row.
    const auto told = at_.must({"show", "TH-E01"}).out;
    EXPECT_THAT(told, HasSubstr("version 2; took its place"));
    const auto also = told.substr(told.find("Also"));
    EXPECT_EQ(also.find("TH-E01v2"), also.rfind("TH-E01v2")) << told;
    at_.must({"evidence", "get", "TH-E01v2", "--out", at_.file("back.txt")});
    EXPECT_EQ(read(at_.file("back.txt")), "130 families");
    EXPECT_EQ(at_.must({"verify"}).exit, Exit::done);
}

TEST_F(Reviewed, in_a_further_version_follows_the_newest_one_whichever_is_named) {
    for (const auto* const text : {"second", "third"}) {
        by("owner", {"evidence", "add", write(text, text), "--version-of", "TH-E01", "--type",
                     "log", "--personal-data", "none", "--reason", "It is newer"});
    }
    EXPECT_EQ(item("TH-E01v3")["prior"], "TH-E01v2");
    EXPECT_EQ(item("TH-E01v3")["version"], 3);
    const Words another{"evidence",        "add",  at_.file("third"), "--type", "log",
                        "--personal-data", "none", "--again"};
    const auto without = [&](const Words& more) {
        auto words = another;
        words.insert(words.end(), more.begin(), more.end());
        return at_.by("owner", words);
    };
    expect_said(without({"--version-of", "TH-E09", "--reason", "It is newer"}), Exit::could_not,
                "there is no item of evidence TH-E09");
    expect_said(without({"--version-of", "TH-E01"}), Exit::usage,
                "it is not said why there is another version of TH-E01");
    expect_said(without({"--version-of", "TH-E01", "--reason", "Newer", "--item", "TH-E01v2"}),
                Exit::refused, "TH-E01v2");
    EXPECT_EQ(pieces().size(), 3U);
}

TEST_F(Reviewed, is_not_accepted_by_whoever_submitted_it) {
    submit();
    const auto own = at_.by("owner", {"evidence", "accept", "TH-E01", "--checks", "dated"});
    EXPECT_EQ(own.exit, Exit::refused);
    by("manager",
       {"record", "roleGranted", "--subject", "@owner", "--role", "areaLead", "--scope", "TH-1"});
    by("chair", {"confirm", "@owner"});
    expect_said(at_.by("owner", {"evidence", "accept", "TH-E01", "--checks", "dated"}),
                Exit::refused, "owner submitted TH-E01 and cannot also review it");
}

TEST_F(Reviewed, is_accepted_by_what_was_seen_to_hold) {
    submit();
    EXPECT_THAT(at_.by("lead", {"status"}).out, HasSubstr("wsoa evidence accept TH-E01 --checks"));
    const auto accept = [&](const std::string& checks) {
        return at_.by("lead", {"evidence", "accept", "TH-E01", "--checks", checks});
    };
    EXPECT_EQ(at_.by("lead", {"evidence", "accept", "TH-E01"}).exit, Exit::usage);
    expect_said(accept("datd"), Exit::usage, "did you mean dated?");
    expect_said(accept("showsImpact"), Exit::refused, "not seen to be dated or sourced");
    expect_said(accept("dated,coversPeriod"), Exit::refused, "registered without a period");
    EXPECT_EQ(accept("dated").exit, Exit::done);
    expect_said(accept("dated"), Exit::could_not,
                "nothing of TH-E01 waits for a review: lead accepted it by event");
    const auto help = at_.must({"evidence", "accept", "--help"}).out;
    EXPECT_THAT(in_one_line(help),
                HasSubstr("dated, sourced, sampleSize, coversPeriod, showsImpact"));
}

TEST_F(Reviewed, for_several_things_is_told_apart_by_what_it_is_for) {
    const auto accept = [&](const Words& more) {
        Words words{"evidence", "accept", "TH-E01", "--checks", "dated"};
        words.insert(words.end(), more.begin(), more.end());
        return at_.by("lead", words);
    };
    const Words submit{"evidence", "submit", "TH-E01"};
    expect_said(at_.by("owner", submit), Exit::could_not, "TH-E01 is linked to nothing");
    expect_said(accept({}), Exit::could_not, "TH-E01 was not submitted for review");
    link("TH-1.1");
    link("TH-1");
    expect_said(at_.by("owner", submit), Exit::usage, "TH-E01 is linked to TH-1.1 and TH-1");
    expect_said(accept({"--for", "TH-1"}), Exit::could_not, "TH-E01 was not submitted for TH-1");
    const auto both = Words{"evidence", "submit", "TH-E01", "--for", "TH-1.1", "--for", "TH-1"};
    auto with_id = both;
    with_id.insert(with_id.end(), {"--id", "0190163d-8694-739b-aea5-966c26f8ad91"});
    expect_said(at_.by("owner", with_id), Exit::usage, "an id serves one change");
    by("owner", both);
    expect_said(at_.by("owner", both), Exit::refused, "which waits to be reviewed");
    expect_said(accept({}), Exit::usage, "TH-E01 waits to be reviewed for TH-1.1 and TH-1");
    EXPECT_EQ(accept({"--for", "TH-1"}).exit, Exit::done);
    EXPECT_EQ(accept({}).exit, Exit::done) << "only one waits now";
    expect_said(accept({"--for", "TH-1"}), Exit::conflict, "lead reviewed that submission");
    const auto half =
        at_.by("owner", {"evidence", "submit", "TH-E01", "--for", "TH-1.1", "--for", "TH-M1"});
    expect_said(half, Exit::refused, "submitted for 1 of 2; TH-M1: TH-E01 is not linked to TH-M1");
}

TEST_F(Reviewed, is_linked_once_to_what_is_there) {
    const auto link_to = [&](const std::string& ref, const std::string& target) {
        return at_.by("owner", {"evidence", "link", ref, target, "--claim", "it is used", "--place",
                                "page 2"});
    };
    EXPECT_EQ(at_.by("owner", {"evidence", "link", "TH-E01", "TH-1.1"}).exit, Exit::usage);
    expect_said(link_to("TH-E01", "TH-9.9"), Exit::refused, "TH-9.9");
    expect_said(link_to("TH-E09", "TH-1.1"), Exit::refused, "there is no TH-E09");
    EXPECT_EQ(link_to("TH-E01", "TH-1.1").exit, Exit::done);
    expect_said(link_to("TH-E01", "TH-1.1"), Exit::refused, "has been linked to TH-1.1 since");
    EXPECT_THAT(at_.must({"evidence", "trail", "TH-E01"}).out, HasSubstr("page 2"));
    const Words unlink{"evidence", "unlink", "TH-E01", "TH-1.1", "--reason", "It was another's"};
    by("owner", unlink);
    expect_said(at_.by("owner", unlink), Exit::refused, "TH-E01 is not linked to TH-1.1");
}

TEST_F(Reviewed, goes_stale_and_is_renewed) {
    const Words stale{"evidence", "stale", "TH-E01", "--reason", "It is of last year"};
    const auto renew = [&](const std::string& day) {
        return at_.by("owner", {"evidence", "renew", "TH-E01", "--review-by", day});
    };
    expect_said(at_.by("owner", stale), Exit::refused, "TH-E01 is not accepted");
    accept();
    expect_said(renew("2199-01-01"), Exit::refused, "has no day of review");
    by("owner", stale);
    EXPECT_TRUE(item("TH-E01")["stale"].get<bool>());
    expect_said(at_.by("owner", stale), Exit::refused, "was marked as too old by event");
    expect_said(renew("2022-01-01"), Exit::refused, "is no later day of review");
    expect_said(renew("next year"), Exit::usage, "a date is written like 2022-03-31");
    EXPECT_EQ(renew("2199-01-01").exit, Exit::done);
    EXPECT_FALSE(item("TH-E01")["stale"].get<bool>());
    EXPECT_EQ(item("TH-E01")["reviewBy"], "2199-01-01");
}

TEST_F(Reviewed, gives_place_to_another_item_once) {
    const auto supersede = [&](const std::string& other) {
        return at_.by(
            "owner", {"evidence", "supersede", "TH-E01", "--by", other, "--reason", "It is newer"});
    };
    expect_said(supersede("TH-E01"), Exit::refused, "cannot take its own place");
    expect_said(supersede("TH-E02"), Exit::refused, "TH-E02");
    by("owner", {"evidence", "add", write("second", "second"), "--item", "TH-E02", "--type", "log",
                 "--personal-data", "none"});
    EXPECT_EQ(supersede("TH-E02").exit, Exit::done);
    expect_said(supersede("TH-E02"), Exit::conflict, "TH-E02 took the place of TH-E01");
}

TEST_F(Reviewed, is_redacted_by_two_and_its_copy_kept_as_an_item_of_its_own) {
    const Records records(at_);
    const auto file = write("redacted.txt", "19 April: [child A], [child B]\n");
    expect_said(at_.by("records", redaction({"--checked-by", "dpo"})), Exit::could_not,
                "there is no item of evidence TH-E01-R1 yet");
    expect_said(at_.by("records", redaction({file})), Exit::usage,
                "it is not said which second person");
    expect_said(at_.by("records", redaction({file, "--checked-by", "records"})), Exit::refused,
                "records cannot check their own copy");
    expect_said(at_.by("records", redaction({file, "--made-by", "dpo", "--checked-by", "lead"})),
                Exit::refused, "records neither made the copy nor checked it");
    by("records", redaction({file, "--checked-by", "dpo"}));
    at_.must({"evidence", "get", "TH-E01-R1", "--out", at_.file("back.txt")});
    EXPECT_EQ(read(at_.file("back.txt")), read(file));
    const auto original = item("TH-E01");
    EXPECT_EQ(original["redactedCopy"], "TH-E01-R1");
    EXPECT_EQ(original["redactedCopies"][0]["redactor"], "records");
    EXPECT_EQ(original["redactedCopies"][0]["secondChecker"], "dpo");
    const auto copy = item("TH-E01-R1");
    EXPECT_EQ(copy["personalData"], "none");
    EXPECT_EQ(copy["kind"], "log");
    EXPECT_EQ(copy["dateOfDocument"], "2022-01-20");
    EXPECT_THAT(trail("TH-E01-R1"),
                ElementsAre("evidenceRegistered isAbout", "redactedCopyIssued names"));
}

TEST_F(Reviewed, is_redacted_with_a_copy_that_another_person_added) {
    const Records records(at_);
    by("office", {"evidence", "add", write("redacted.txt", "[child A]"), "--item", "TH-E05",
                  "--type", "log", "--personal-data", "none"});
    by("dpo", redaction({"--copy", "TH-E05", "--made-by", "records"}));
    EXPECT_EQ(item("TH-E01")["redactedCopies"][0]["redactor"], "records");
    EXPECT_EQ(item("TH-E01")["redactedCopies"][0]["secondChecker"], "dpo");
    by("office", {"evidence", "add", write("open.txt", "130 families"), "--item", "TH-E06",
                  "--type", "log", "--personal-data", "none"});
    auto open = redaction({"--copy", "TH-E05", "--checked-by", "dpo"});
    open[2] = "TH-E06";
    expect_said(at_.by("records", open), Exit::refused, "holds no personal data to take out");
}

TEST_F(Reviewed, has_a_trail_of_all_that_concerns_it_and_of_nothing_else) {
    const Records records(at_);
    by("owner", {"evidence", "add", write("other.txt", "Of another"), "--item", "TH-E011", "--type",
                 "log", "--personal-data", "none"});
    accept();
    by("owner", {"record", "completionClaimed", "--subject", "TH-1.1", "--evidence", "TH-E01",
                 "--reason", "Done as described"});
    by("lead", {"record", "completionRejected", "--subject", "TH-1.1", "--reason", "Not yet",
                "--answers", last_event()});
    by("records", {"record", "holdPlaced", "--subject", "TH-H1", "--scope", "TH-1", "--reason",
                   "A claim is made"});
    by("dpo", {"record", "holdReleased", "--subject", "TH-H1", "--reason", "It is settled",
               "--answers", last_event()});
    by("records", {"record", "erasureRequested", "--subject", "TH-E01", "--request", "TH-ER1",
                   "--scope", "content", "--reason", "A parent asked for it"});
    by("records", {"record", "redactedCopyIssued", "--subject", "TH-E01", "--derivative",
                   "TH-E01-R1", "--redactor", "records", "--second-checker", "dpo", "--categories",
                   "childName", "--method", "removed", "--reason", "To be shown"});
    by("office",
       {"record", "packFrozen", "--subject", "TH-K1", "--as-at", "2022-01-31", "--recipient",
        "lead", "--items", "TH-E01", "--redacted", "TH-E01", "--title", "For the adviser"});
    by("office", {"record", "packShared", "--subject", "TH-K1", "--recipient", "lead", "--expires",
                  "2199-01-31"});
    EXPECT_THAT(trail("TH-E01"),
                ElementsAre("evidenceRegistered isAbout", "evidenceLinked isAbout",
                            "evidenceSubmitted isAbout", "evidenceAccepted isAbout",
                            "completionClaimed names", "completionRejected answers",
                            "holdPlaced holds", "holdReleased answers", "erasureRequested isAbout",
                            "redactedCopyIssued isAbout", "packFrozen names", "packShared holds"));
    const auto text = at_.must({"evidence", "trail", "TH-E01"}).out;
    EXPECT_THAT(text, HasSubstr("the offer is used"));
    EXPECT_THAT(text, HasSubstr("checks dated"));
    EXPECT_THAT(text, Not(HasSubstr("TH-E011")));
    EXPECT_LT(text.find("file name: log.txt"), text.find("checks dated")) << "oldest first";
    EXPECT_THAT(trail("TH-E011"), ElementsAre("evidenceRegistered isAbout"));
    for (const auto* const unknown : {"TH-E09", "TH-1.1", "XY-E01", "ledger"}) {
        expect_said(at_.run({"evidence", "trail", unknown}), Exit::could_not,
                    std::string("there is no item of evidence ") + unknown);
    }
}

}  // namespace
}  // namespace wsoa
