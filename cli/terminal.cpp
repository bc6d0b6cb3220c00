#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <optional>

namespace wsoa {
namespace {

constexpr std::size_t narrowest = 20;
constexpr std::size_t widest = 1'000;

std::optional<std::size_t> width_of_device(int descriptor) {
    winsize size{};
    if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
        return std::nullopt;
    }
    return size.ws_col;
}

std::optional<std::size_t> width_of_variable(const Variables& variables) {
    const auto text = variables.find("COLUMNS");
    std::size_t width = 0;
    if (!text) {
        return std::nullopt;
    }
    const auto* const end = text->data() + text->size();
    const auto [at, problem] = std::from_chars(text->data(), end, width);
    return problem == std::errc{} && at == end ? std::optional(width) : std::nullopt;
}

std::size_t width_here(const Descriptors& streams, const Variables& variables) {
    auto width = width_of_device(streams.out);
    if (!width) {
        width = width_of_variable(variables);
    }
    return std::min(std::max(width.value_or(80), narrowest), widest);
}

}  // namespace

Terminal Terminal::look(const Descriptors& streams, const Variables& variables) {
    Terminal terminal;
    terminal.streams = streams;
    terminal.in_is_terminal = ::isatty(streams.in) == 1;
    terminal.out_is_terminal = ::isatty(streams.out) == 1;
    terminal.err_is_terminal = ::isatty(streams.err) == 1;
    terminal.is_dumb = variables.find("TERM") == "dumb";
    terminal.style.width = width_here(streams, variables);
    terminal.style.has_colour = !terminal.is_dumb && !variables.find("NO_COLOR");
    terminal.style.is_accessible = variables.find("ACCESSIBLE") == "1";
    terminal.style.is_ascii = terminal.is_dumb;
    return terminal;
}

Style Terminal::out_style() const {
    auto shown = style;
    shown.has_colour = style.has_colour && out_is_terminal;
    return shown;
}

Style Terminal::err_style() const {
    auto shown = style;
    shown.has_colour = style.has_colour && err_is_terminal;
    return shown;
}

}  // namespace wsoa
