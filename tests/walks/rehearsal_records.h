#pragma once

#include "ledger/base/time.h"
#include "ledger/store/system.h"
#include "tests/support/changes.h"
#include "tests/walks/rehearsal.h"

#include <nlohmann/json.hpp>

#include <sstream>

namespace wsoa {

// The words of a text as they follow each other, however its lines are broken and indented.
inline std::string in_one_line(const std::string& text) {
    std::istringstream words(text);
    std::string line;
    for (std::string word; words >> word;) {
        line += (line.empty() ? "" : " ") + word;
    }
    return line;
}

// What a records manager and a data protection officer do in a rehearsal whose owner recorded
// progress with a sentence that is to go. The rehearsal is borrowed.
class Records {
public:
    static constexpr auto sentence = "Zebedee of 12 Acacia Road waits for a place";

    explicit Records(const Rehearsal& rehearsal) : at(rehearsal) {
        appoint("records", "recordsManager");
        appoint("dpo", "dpo");
        meant = record("owner", {"progress", "TH-1.1", "--percent", "20", "--text", sentence,
                                 "--next-steps", "Ask again"});
    }

    // What is typed, which must be recorded; gives the event's number.
    std::string record(const std::string& who, std::vector<std::string> arguments) const {
        arguments.emplace_back("--json");
        const auto ran = at.by(who, arguments);
        EXPECT_EQ(ran.exit, Exit::done) << ran.err;
        const auto receipt = nlohmann::json::parse(ran.out.substr(0, ran.out.find('\n')));
        return std::to_string(receipt["event"].get<std::uint64_t>());
    }
    std::string ask(const std::string& request = "TH-ER1") const {
        return record("records",
                      {"record", "erasureRequested", "--subject", "TH-1.1", "--request", request,
                       "--scope", "words", "--event", meant, "--reason", "A parent asked for it"});
    }
    std::string decide(const std::string& asked, const std::string& decision = "granted") const {
        return record("dpo", {"record", "erasureDecided", "--subject", "TH-1.1", "--request",
                              "TH-ER1", "--decision", decision, "--ground", "noLongerNecessary",
                              "--scope", "words", "--kept", "hash", "--reason",
                              "A child can be told from it", "--answers", asked});
    }
    void grant() const { decide(ask()); }
    // The event that records it.
    std::string erase() const { return record("records", {"erase", "TH-ER1"}); }

    // Its time has come, as the office and a data protection officer say. Both are appointed.
    static void approve_disposal(const Rehearsal& at, const std::string& item) {
        at.must_by("office", {"record", "retentionApplied", "--subject", item, "--class",
                              "governance", "--due", today()});
        at.must_by("dpo", {"record", "disposalApproved", "--subject", item, "--reason",
                           "Its time has come"});
    }
    // In the ledger's zone.
    static std::string today() {
        SystemClock clock;
        return to_string(test::must(Zone::find("Europe/London")).day_of(clock.now()));
    }

    const Rehearsal& at;
    std::string meant;  // the event whose words are to go

private:
    void appoint(const std::string& who, const std::string& role) const {
        at.must({"keys", "new", "--unsealed", at.key(who)});
        at.must_by(who, {"keys", "request", "--person", who, "--out", at.file(who + ".request")});
        at.must_by("manager", {"enrol", who, "--request", at.file(who + ".request"), "--role", role,
                               "--scope", "TH"});
        at.must_by("chair", {"confirm", "@" + who});
    }
};

}  // namespace wsoa
