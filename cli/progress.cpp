#include "cli/progress.h"

#include "ledger/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace wsoa {
namespace {

constexpr std::chrono::milliseconds patience{1'000};
constexpr std::chrono::milliseconds redraw_pause{100};
constexpr std::size_t bar_columns_max = 30;
constexpr std::string_view erase_line = "\r\x1b[K";

}  // namespace

Elapsed elapsed_from_now() {
    const auto start = std::chrono::steady_clock::now();
    return [start] {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - start);
    };
}

Progress::Progress(Output& output, std::string what, std::uint64_t total, Elapsed elapsed)
    : output_(output),
      what_(std::move(what)),
      total_(total),
      elapsed_(std::move(elapsed)),
      form_(total == 0 ? ProgressForm::none : output.progress_form()),
      next_(patience) {}

Progress::~Progress() {
    if (is_drawn_) {
        output_.status(erase_line);
    }
}

void Progress::reached(std::uint64_t count) {
    if (form_ == ProgressForm::none) {
        return;
    }
    const auto now = elapsed_();
    if (now < next_) {
        return;
    }
    // By way of long double: a hundred times the count might not fit.
    const auto share =
        static_cast<long double>(std::min(count, total_)) / static_cast<long double>(total_);
    const auto percent = static_cast<std::uint64_t>(share * 100);
    if (form_ == ProgressForm::bar) {
        next_ = now + redraw_pause;
        draw(count, percent);
    } else if (percent / 10 > tenth_) {
        tenth_ = percent / 10;
        say(count, percent);
    }
}

void Progress::draw(std::uint64_t count, std::uint64_t percent) {
    const auto end = fmt::format("{:3}%  {} of {}", percent, count, total_);
    // Never the last column: some terminals wrap there, and the line could not be erased.
    const auto taken = width_of(what_) + end.size() + 7;
    const auto width = output_.status_width();
    const auto room = width > taken ? std::min(width - taken, bar_columns_max) : 0;
    const auto full = room * percent / 100;
    const auto bar =
        room == 0 ? std::string{}
                  : fmt::format("[{}{}]  ", std::string(full, '#'), std::string(room - full, '.'));
    output_.status(fmt::format("{}{}  {}{}", erase_line, what_, bar, end));
    is_drawn_ = true;
}

void Progress::say(std::uint64_t count, std::uint64_t percent) {
    if (output_.is_json()) {
        const auto line = Json::object()
                              .set("type", "progress")
                              .set("what", what_)
                              .set("done", count)
                              .set("total", total_)
                              .set("percent", percent);
        output_.status(line.str() + '\n');
        return;
    }
    output_.status(fmt::format("{}: {}% ({} of {})\n", what_, percent, count, total_));
}

}  // namespace wsoa
