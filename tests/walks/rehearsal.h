#pragma once

#include "cli/commands/all.h"
#include "tests/cli/spoken.h"
#include "tests/support/temp_folder.h"

#include <filesystem>
#include <fstream>

namespace wsoa {

// A rehearsal ledger in a folder of its own, made through the commands that a person would type:
// two founders, a programme office, an area's lead and an action's owner, and the plan TH with its
// action TH-1.1, begun and rated.
class Rehearsal {
public:
    // What it holds: people alone, or the plan too, all of it recorded today.
    enum class With : std::uint8_t { people, plan };

    // How it is set up: what `init` is told besides, and environment variables of everyone.
    struct Setting {
        std::vector<std::string> init = {};
        Variables::Map variables = {};
    };

    Rehearsal() : Rehearsal(With::plan) {}
    explicit Rehearsal(With with) : Rehearsal(with, Setting{}) {}
    Rehearsal(With with, Setting setting) : variables_(std::move(setting.variables)) {
        variables_.emplace("WSOA_STATE", file("state"));
        variables_.emplace("WSOA_LEDGER", ledger().string());
        for (const auto* who : {"manager", "chair", "office", "lead", "owner"}) {
            must({"keys", "new", "--unsealed", key(who)});
        }
        std::vector<std::string> init{"init",      "--rehearsal",
                                      "--origin",  "example.org/send/rehearsal",
                                      "--founder", "manager=" + key("manager"),
                                      "--founder", "chair=" + key("chair"),
                                      recorded};
        init.insert(init.end(), setting.init.begin(), setting.init.end());
        must(init);
        enrol("office", "programmeOffice", "TH");
        enrol("lead", "areaLead", "TH-1");
        enrol("owner", "actionOwner", "TH-1.1");
        if (with == With::plan) {
            draft_plan();
            begin_action();
        }
    }

    std::filesystem::path root() const { return folder_.path(); }
    std::filesystem::path ledger() const { return folder_ / "ledger"; }
    std::filesystem::path views() const { return ledger() / "views"; }
    std::string key(const std::string& who) const { return (folder_ / (who + ".pem")).string(); }
    std::string file(const std::string& name) const { return (folder_ / name).string(); }

    Run run(const std::vector<std::string>& arguments) const {
        return run_of(all_commands(), arguments, variables_);
    }
    Run by(const std::string& who, std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"--key", key(who)});
        return run(arguments);
    }
    // What everyone's environment says from now on; nothing for a variable that is not set.
    void set(const std::string& variable, const std::string& value) {
        variables_[variable] = value;
    }
    // The same where nothing else than success is looked for.
    Run must(const std::vector<std::string>& arguments) const {
        auto ran = run(arguments);
        EXPECT_EQ(ran.exit, Exit::done) << arguments.front() << ": " << ran.err;
        return ran;
    }
    void must_by(const std::string& who, const std::vector<std::string>& arguments) const {
        const auto ran = by(who, arguments);
        EXPECT_EQ(ran.exit, Exit::done) << arguments.front() << ": " << ran.err;
    }

    // What the programme office types to add an action for the owner.
    static std::vector<std::string> action_added(const std::string& ref,
                                                 const std::string& deadline,
                                                 const std::string& title) {
        return {"record",
                "actionAdded",
                "--subject",
                ref,
                "--parent",
                "TH-O1",
                "--owner",
                "owner",
                "--accountable",
                "lead",
                "--organisation",
                "council",
                "--start",
                "2022-01-01",
                "--deadline",
                deadline,
                "--measures",
                "TH-M1",
                "--evidence-required",
                "1",
                "--title",
                title};
    }

    // As on another machine, or after a restore; a checkpoint was kept in kept.checkpoint.
    void lose_guard() const {
        std::ofstream(file("kept.checkpoint"), std::ios::binary) << must({"checkpoint"}).out;
        std::filesystem::remove_all(folder_ / "state" / "guards");
    }

    // As from an old backup; a whole copy stands in "mirror".
    void become_older() const {
        const auto copy_options = std::filesystem::copy_options::recursive;
        std::filesystem::copy(ledger(), file("older"), copy_options);
        must_by("owner", {"progress", "TH-1.1", "--text", "A second was booked"});
        std::filesystem::rename(ledger(), file("mirror"));
        std::filesystem::rename(file("older"), ledger());
    }

private:
    void draft_plan() const {
        must_by("office", {"record", "planDrafted", "--subject", "TH", "--kind", "wsoa",
                           "--partners", "council,nhs", "--title", "Statement of Action"});
        must_by("office", {"record", "areaAdded", "--subject", "TH-1", "--lead", "lead", "--title",
                           "Quality of plans"});
        must_by("office", {"record", "outcomeAdded", "--subject", "TH-O1", "--parent", "TH-1",
                           "--title", "Plans are on time"});
        must_by("office", action_added("TH-1.1", "2030-12-31", "Audit of plans every term"));
    }
    void begin_action() const {
        must_by("owner", {"record", "actionStarted", "--subject", "TH-1.1"});
        must_by("owner",
                {"progress", "TH-1.1", "--percent", "10", "--text", "First audit was booked"});
        must_by("owner", {"rate", "TH-1.1", "green", "--reason", "The framework was drafted"});
        must_by("lead", {"confirm", "TH-1.1", "--reason", "Health colleagues agree with it"});
    }
    void enrol(const std::string& who, const std::string& role, const std::string& scope) const {
        must_by(who, {"keys", "request", "--person", who, "--out", file(who + ".request")});
        must_by("manager", {"enrol", who, "--request", file(who + ".request"), "--role", role,
                            "--scope", scope, recorded});
        must_by("chair", {"confirm", "@" + who, recorded});
    }

    const std::string recorded = "--recorded=2022-01-31T09:00:00Z";
    TempFolder folder_;
    Variables::Map variables_;
};

}  // namespace wsoa
