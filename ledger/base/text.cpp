#include "ledger/base/text.h"

#include "ledger/base/limits.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace wsoa {
namespace {

const std::uint8_t* data_of(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

// Characters that reorder what stands around them: a reader would see another text than was signed.
bool overrides_direction(utf8proc_int32_t point) {
    return (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
}

Result<void> check_point(utf8proc_int32_t point) {
    switch (utf8proc_category(point)) {
        case UTF8PROC_CATEGORY_CC:
            return error(Fault::invalid, "the text holds a control character (U+{:04X})", point)
                .advise("take line breaks, tabs and other control characters out of it");
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP:
            return error(Fault::invalid, "the text holds a line separator (U+{:04X})", point)
                .advise("write it on one line");
        case UTF8PROC_CATEGORY_CN:
        case UTF8PROC_CATEGORY_CO:
        case UTF8PROC_CATEGORY_CS:
            return error(Fault::invalid,
                         "the text holds a character that Unicode does not define (U+{:04X})",
                         point);
        default: break;
    }
    if (overrides_direction(point)) {
        return error(Fault::invalid,
                     "the text holds a character that turns the writing direction (U+{:04X})",
                     point);
    }
    return done();
}

Result<void> check_characters(std::string_view text) {
    const auto* at = data_of(text);
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    while (left > 0) {
        utf8proc_int32_t point = 0;
        const auto length = utf8proc_iterate(at, left, &point);
        if (length <= 0) {
            return Error{Fault::invalid, "the text is not valid UTF-8"};
        }
        TRY(check_point(point));
        at += length;
        left -= length;
    }
    return done();
}

Result<std::string> mapped_by(unsigned options, std::string_view text) {
    utf8proc_uint8_t* mapped = nullptr;
    const auto length =
        utf8proc_map(data_of(text), static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                     static_cast<utf8proc_option_t>(options | UTF8PROC_STABLE));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
    if (length < 0) {
        return Error{Fault::invalid, "the text is not valid UTF-8"};
    }
    return std::string(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length));
}

Result<std::string> to_nfc(std::string_view text) { return mapped_by(UTF8PROC_COMPOSE, text); }

bool is_printable_ascii(char c) { return c >= ' ' && c <= '~'; }

Result<void> check_length(std::string_view text, std::size_t bytes_max) {
    if (text.empty()) {
        return Error{Fault::invalid, "the text is empty"};
    }
    if (text.size() > bytes_max) {
        return error(Fault::invalid, "the text has {} bytes; at most {} are taken", text.size(),
                     bytes_max);
    }
    return done();
}

}  // namespace

Result<void> check_text(std::string_view text, std::size_t bytes_max) {
    TRY(check_length(text, bytes_max));
    if (std::ranges::all_of(text, is_printable_ascii)) {
        return done();  // its own composed form
    }
    TRY(check_characters(text));
    const auto composed = TRY(to_nfc(text));
    if (composed != text) {
        return Error{Fault::invalid, "the text is not in Unicode's composed form (NFC)"};
    }
    return done();
}

Result<std::string> normalize_text(std::string_view typed, std::size_t bytes_max) {
    const auto first = typed.find_first_not_of(" \t\r\n");
    const auto last = typed.find_last_not_of(" \t\r\n");
    const auto trimmed = first == std::string_view::npos ? std::string_view{}
                                                         : typed.substr(first, last - first + 1);
    TRY(check_length(trimmed, bytes_max));
    TRY(check_characters(trimmed));
    auto composed = TRY(to_nfc(trimmed));
    TRY(check_text(composed, bytes_max));
    return composed;
}

std::string excerpt_of(std::string_view text, std::size_t bytes_max) {
    std::string excerpt;
    std::string_view rest = text;
    while (!rest.empty()) {
        utf8proc_int32_t point = 0;
        const auto length =
            utf8proc_iterate(data_of(rest), static_cast<utf8proc_ssize_t>(rest.size()), &point);
        const bool fits = length > 0 && check_point(point).ok();
        const auto taken = length > 0 ? static_cast<std::size_t>(length) : 1;
        if (excerpt.size() + taken > bytes_max) {
            return excerpt + "...";
        }
        excerpt += fits ? rest.substr(0, taken) : "?";
        rest.remove_prefix(taken);
    }
    return excerpt;
}

bool is_utf8(std::string_view text) {
    const auto* at = data_of(text);
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    while (left > 0) {
        utf8proc_int32_t point = 0;
        const auto length = utf8proc_iterate(at, left, &point);
        if (length <= 0) {
            return false;
        }
        at += length;
        left -= length;
    }
    return true;
}

Result<std::string> without_case(std::string_view text) {
    return mapped_by(static_cast<unsigned>(UTF8PROC_CASEFOLD) | UTF8PROC_COMPOSE, text);
}

std::size_t width_of(std::string_view text) {
    const auto* at = data_of(text);
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    std::size_t width = 0;
    while (left > 0) {
        utf8proc_int32_t point = 0;
        const auto length = utf8proc_iterate(at, left, &point);
        if (length <= 0) {
            return width + static_cast<std::size_t>(left);
        }
        width += static_cast<std::size_t>(utf8proc_charwidth(point));
        at += length;
        left -= length;
    }
    return width;
}

}  // namespace wsoa
