#pragma once

#include "cli/witness_http/answer.h"

#include <algorithm>

namespace wsoa {

// The type of a 409's body (c2sp.org/tlog-witness): the size that was cosigned last.
inline constexpr std::string_view size_media_type = "text/x.tlog.size";

// Names and types of media are one whatever their case, in ASCII (RFC 9110, section 5.1).
inline char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
inline bool is_header(std::string_view name, std::string_view in_lower_case) {
    return std::ranges::equal(name, in_lower_case, {}, lowered);
}

// The first of that name; null if there is none.
inline std::optional<std::string> find_header(const HttpHeaders& headers,
                                              std::string_view in_lower_case) {
    const auto found = std::ranges::find_if(
        headers, [&](const auto& header) { return is_header(header.first, in_lower_case); });
    return found == headers.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace wsoa
