#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace wsoa::bench {

// A rehearsal ledger of a million events over 200 plans, with all that the program looks for in a
// ledger's folder: made once, and used again as long as it was made by the same recipe.
//
// People, plans and actions are recorded by the program; the reports of progress that make up the
// number are written past it, without a sync each, as it would have written them: signed, with
// sealed words, and with checkpoints that each author had seen.
class Million {
public:
    static constexpr std::uint64_t events = 1'000'000;
    static constexpr unsigned plans = 200;
    static constexpr unsigned actions = 10;  // of each plan

    // In the folder, which is made anew unless it holds what this recipe makes.
    static Million made_in(const std::filesystem::path& root, const std::string& program);
    // Another one, to be written on; what stood there goes.
    Million copied_to(const std::filesystem::path& root) const;

    std::filesystem::path ledger() const { return root_ / "ledger"; }
    std::filesystem::path key(const std::string& person) const { return root_ / (person + ".pem"); }
    // How a command finds it.
    std::map<std::string, std::string> variables() const;
    // A command of the program: its name, and the words after it.
    std::vector<std::string> command(const std::vector<std::string>& words) const;

private:
    Million(std::filesystem::path root, std::string program)
        : root_(std::move(root)), program_(std::move(program)) {}
    void make() const;
    void must(const std::vector<std::string>& words) const;
    void record_plans() const;
    void append_progress() const;

    std::filesystem::path root_;
    std::string program_;
};

}  // namespace wsoa::bench
