#pragma once

#include "ledger/base/check.h"
#include "ledger/base/error.h"

#include <optional>
#include <utility>
#include <variant>

namespace wsoa {

// A value, or the Error that stands in its place. Asking for the one that is not there is a
// contradiction in the program and ends it.
template <typename T>
class [[nodiscard]] Result {
public:
    // Both are implicit so that `return value;` and `return Error{...};` read alike.
    Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return held_.index() == 0; }

    const T& value() const& {
        CHECK(ok());
        return *std::get_if<0>(&held_);
    }
    T& value() & {
        CHECK(ok());
        return *std::get_if<0>(&held_);
    }
    // By value: a reference into a Result that is about to go would outlive it in a range for.
    T value() && {
        CHECK(ok());
        return std::move(*std::get_if<0>(&held_));
    }
    const Error& error() const& {
        CHECK(!ok());
        return *std::get_if<1>(&held_);
    }
    Error error() && {
        CHECK(!ok());
        return std::move(*std::get_if<1>(&held_));
    }

private:
    std::variant<T, Error> held_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    bool ok() const { return !error_.has_value(); }
    void value() const { CHECK(ok()); }
    const Error& error() const& {
        CHECK(!ok());
        return *error_;
    }
    Error error() && {
        CHECK(!ok());
        return std::move(*error_);
    }

private:
    std::optional<Error> error_;
};

// What a function that can fail returns when there is nothing to say.
inline Result<void> done() { return {}; }

}  // namespace wsoa

// The value of an expression that gives a Result; on failure the enclosing function returns the
// Error. Stands alone, as `auto x = TRY(f());` or `TRY(f());`: within a call or braces, what was
// built before it on the line would never be destroyed.
#define TRY(expression) TRY_AS_(expression, __COUNTER__)
#define TRY_AS_(expression, number) TRY_NAMED_(expression, number)
// The name is another each time, so that a TRY in a lambda within a TRY shadows nothing.
#define TRY_NAMED_(expression, number)                     \
    __extension__({                                        \
        auto try_result_##number = (expression);           \
        if (!try_result_##number.ok()) [[unlikely]] {      \
            return std::move(try_result_##number).error(); \
        }                                                  \
        std::move(try_result_##number).value();            \
    })
