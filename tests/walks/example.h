#pragma once

#include "cli/commands/all.h"
#include "tests/cli/spoken.h"
#include "tests/support/temp_folder.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace wsoa {

// The worked plan of scripts/example in a rehearsal ledger, made through the commands that a person
// would type, with a key for each of its people.
class WorkedExample {
public:
    WorkedExample() {
        for (const auto& person : people()) {
            must({"keys", "new", "--unsealed", key(person["person"])});
        }
        for (const auto* founder : {"founder-office", "founder-board"}) {
            must({"keys", "new", "--unsealed", key(founder)});
        }
        must({"init", "--rehearsal", "--origin", "demo.example/th/rehearsal", "--founder",
              "founder-office=" + key("founder-office"), "--founder",
              "founder-board=" + key("founder-board"), recorded});
        for (const auto& person : people()) {
            enrol(person);
        }
    }

    // Every line of scripts/example/NAME that is not a blank one.
    static std::vector<std::string> lines_of(const std::string& name) {
        std::ifstream file(std::string(WSOA_SOURCE) + "/scripts/example/" + name);
        std::vector<std::string> lines;
        for (std::string line; std::getline(file, line);) {
            lines.push_back(line);
        }
        return lines;
    }
    static nlohmann::json questions() {
        std::ifstream file(std::string(WSOA_SOURCE) + "/scripts/example/questions.json");
        return nlohmann::json::parse(file)["questions"];
    }

    // A copy that goes on apart, with a guard of its own.
    WorkedExample(const WorkedExample& other) : next_(other.next_) {
        const auto all = std::filesystem::copy_options::recursive |
                         std::filesystem::copy_options::overwrite_existing;
        std::filesystem::copy(other.folder_.path(), folder_.path(), all);
        std::stringstream facts;
        facts << std::ifstream(name("ledger/ledger.txt")).rdbuf();
        auto text = facts.str();
        const auto from = other.folder_.path().string();
        text.replace(text.find(from), from.size(), folder_.path().string());
        std::ofstream(name("ledger/ledger.txt")) << text;
    }
    WorkedExample& operator=(const WorkedExample&) = delete;

    // Records the example's changes up to that instant, as far as they are not there yet.
    void record_until(const std::string& instant) {
        static const auto all = lines_of("tower-hamlets.jsonl");
        const auto before = next_;
        while (next_ < all.size() && recorded_at(all[next_]) < instant) {
            ++next_;
        }
        if (next_ == before) {
            return;
        }
        // Whole from the first line on, since a line names those that it answers by their ids.
        std::ofstream file(name("part.jsonl"));
        for (std::size_t i = 0; i < next_; ++i) {
            file << all[i] << "\n";
        }
        file.close();
        must({"record", "--lines", name("part.jsonl"), "--keys", name("keys"), "--resume"});
    }

    // Other lines, one after the other; what came of the first that was turned away, or of all.
    Run record(const std::vector<nlohmann::json>& lines) const {
        std::ofstream file(name("more.jsonl"));
        for (const auto& line : lines) {
            file << line.dump() << "\n";
        }
        file.close();
        return run({"record", "--lines", name("more.jsonl"), "--keys", name("keys")});
    }

    // The last object of the answer, which holds what commands with one answer say.
    nlohmann::json answer(std::vector<std::string> arguments) const {
        arguments.emplace_back("--json");
        std::istringstream said(must(arguments).out);
        nlohmann::json last;
        for (std::string line; std::getline(said, line);) {
            last = nlohmann::json::parse(line);
        }
        return last;
    }
    std::vector<nlohmann::json> answers(std::vector<std::string> arguments) const {
        arguments.emplace_back("--json");
        std::istringstream said(must(arguments).out);
        std::vector<nlohmann::json> all;
        for (std::string line; std::getline(said, line);) {
            all.push_back(nlohmann::json::parse(line));
        }
        return all;
    }

    Run run(const std::vector<std::string>& arguments) const {
        return run_of(all_commands(), arguments,
                      {{"WSOA_STATE", name("state")}, {"WSOA_LEDGER", name("ledger")}});
    }
    Run must(const std::vector<std::string>& arguments) const {
        auto ran = run(arguments);
        EXPECT_EQ(ran.exit, Exit::done) << arguments.front() << ": " << ran.err;
        return ran;
    }
    std::string name(const std::string& file) const { return (folder_ / file).string(); }

private:
    static std::vector<nlohmann::json> people() {
        std::vector<nlohmann::json> all;
        for (const auto& line : lines_of("people.jsonl")) {
            all.push_back(nlohmann::json::parse(line));
        }
        return all;
    }
    std::string key(const std::string& person) const {
        std::filesystem::create_directories(name("keys"));
        return name("keys") + "/" + person + ".pem";
    }
    void must_by(const std::string& person, std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"--key", key(person)});
        must(arguments);
    }
    void enrol(const nlohmann::json& person) const {
        const std::string id = person["person"];
        const auto request = name(id + ".request");
        must_by(id, {"keys", "request", "--person", id, "--out", request});
        const auto& first = person["grants"][0];
        must_by("founder-office", {"enrol", id, "--request", request, "--role", first["role"],
                                   "--scope", first["scope"], "--organisation",
                                   person["organisation"], "--name", person["title"], recorded});
        for (std::size_t i = 1; i < person["grants"].size(); ++i) {
            const auto& grant = person["grants"][i];
            must_by("founder-office", {"record", "roleGranted", "--subject", "@" + id, "--role",
                                       grant["role"], "--scope", grant["scope"], recorded});
        }
        must_by("founder-board", {"confirm", "@" + id, recorded});
    }
    static std::string recorded_at(const std::string& line) {
        return nlohmann::json::parse(line)["recorded"];
    }

    const std::string recorded = "--recorded=2022-01-31T09:00:00Z";
    TempFolder folder_;
    std::size_t next_ = 0;
};

}  // namespace wsoa
