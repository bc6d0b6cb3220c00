#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

// What the benchmarks that compare whole jobs share. Each job is done in every round, one after the
// other, and the median of the rounds is what counts: so that a machine that slows down slows all
// of them.
namespace wsoa::bench {

class Stopwatch {
public:
    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    }

private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

// The seconds that one job took in each round.
class Rounds {
public:
    void add(double seconds) { seconds_.push_back(seconds); }
    double median() const {
        auto sorted = seconds_;
        std::ranges::sort(sorted);
        return sorted[sorted.size() / 2];
    }

private:
    std::vector<double> seconds_;
};

// One line: what was done, how often a second, the ratio to its limit and the target for that.
inline void print_line(const std::string& what, double per_second, double ratio, double target) {
    fmt::print("{:<52} {:>10.0f} /s   ratio {:>5.2f}   target {:.2f}\n", what, per_second, ratio,
               target);
}
inline void print_limit(const std::string& what, double per_second) {
    fmt::print("{:<52} {:>10.0f} /s\n", what, per_second);
}
// What is measured in itself: milliseconds, bytes.
inline void print_amount(const std::string& what, double amount, const std::string& unit,
                         const std::string& target) {
    fmt::print("{:<52} {:>10.2f} {:<4} target {}\n", what, amount, unit, target);
}

}  // namespace wsoa::bench
