#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace wsoa::bench {

// How large a ledger is to be.
struct Shape {
    std::uint64_t events = 1'000'000;
    unsigned plans = 200;
    std::uint64_t long_plan_events = 50'000;  // of the first plan; the others share the rest

    bool operator==(const Shape&) const = default;
};
// The first of those plans with no other beside it.
inline constexpr Shape long_plan_alone{.events = 50'000, .plans = 1, .long_plan_events = 50'000};

// A rehearsal ledger, as a rule of a million events over 200 plans, with all that the program looks
// for in a ledger's folder: made once, and used again as long as it was made by the same recipe.
//
// People, plans and actions are recorded by the program; the reports of progress that make up the
// number are written past it, without a sync each, as it would have written them: signed, with
// sealed words, and with checkpoints that each author had seen.
class Million {
public:
    static constexpr unsigned actions = 10;  // of each plan

    // In the folder, which is made anew unless it holds what this recipe makes.
    static Million made_in(const std::filesystem::path& root, const std::string& program,
                           const Shape& shape = {});
    // Another one, to be written on; what stood there goes.
    Million copied_to(const std::filesystem::path& root) const;

    const Shape& shape() const { return shape_; }
    std::filesystem::path ledger() const { return root_ / "ledger"; }
    std::filesystem::path key(const std::string& person) const { return root_ / (person + ".pem"); }
    // How a command finds it.
    std::map<std::string, std::string> variables() const;
    // A command of the program: its name, and the words after it.
    std::vector<std::string> command(const std::vector<std::string>& words) const;

private:
    Million(std::filesystem::path root, std::string program, const Shape& shape)
        : root_(std::move(root)), program_(std::move(program)), shape_(shape) {}
    void make() const;
    void must(const std::vector<std::string>& words) const;
    void record_plans() const;
    void append_progress() const;

    std::filesystem::path root_;
    std::string program_;
    Shape shape_;
};

}  // namespace wsoa::bench
