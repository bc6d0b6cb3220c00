#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace wsoa {

// What a caller can do about a failure; the cause stands in the message.
enum class Fault : std::uint8_t {
    invalid,      // the input is not what it should be: correct it
    refused,      // a rule forbids it: the message says what would satisfy the rule
    missing,      // what was named is not there
    conflict,     // someone was there first: look at what is newer, then decide
    distrusted,   // a signature, proof or checkpoint does not hold
    corrupt,      // what was stored is not what was written
    unavailable,  // the machine could not do it now: disk, memory, network
    busy,         // another process holds it: try again
};

// The fault's name, as JSON output and logs give it.
std::string_view name_of(Fault fault);

// A failure, in words for the person who meets it.
//
// `message` is one sentence; `advice` says what to do, where that does not follow from the message;
// `rule` names the rule of the rulebook that a refusal rests on.
struct Error {
    Fault fault = Fault::invalid;
    std::string message;
    std::string advice = {};
    std::string rule = {};

    // The same failure with where it happened put before the message: "reading event 7: ...".
    template <typename... Args>
    Error explain(fmt::format_string<Args...> format, Args&&... args) && {
        message = fmt::format(format, std::forward<Args>(args)...) + ": " + message;
        return std::move(*this);
    }
    Error advise(std::string what_to_do) && {
        advice = std::move(what_to_do);
        return std::move(*this);
    }

    bool operator==(const Error&) const = default;
};

// An error whose message is formatted.
template <typename... Args>
Error error(Fault fault, fmt::format_string<Args...> format, Args&&... args) {
    return Error{fault, fmt::format(format, std::forward<Args>(args)...)};
}

}  // namespace wsoa
