#pragma once

#include "projections/timeline.h"

#include <optional>
#include <vector>

namespace wsoa {

// An exception and its waits, as at the end of a day. Borrows the plan.
struct ExceptionTimes {
    const Exception* exception = nullptr;
    std::optional<Date> red_since;  // when the action turned Red, if it was Red as this was opened
    std::optional<Date> answered;
    std::optional<Date> closed;

    std::optional<std::int32_t> days_to_open() const {
        return red_since ? std::optional(exception->opened.effective.days - red_since->days)
                         : std::nullopt;
    }
    // How long it waited for its answer; null while it waits.
    std::optional<std::int32_t> days_to_answer() const {
        return answered ? std::optional(answered->days - exception->opened.effective.days)
                        : std::nullopt;
    }
    bool is_open() const { return !closed; }
};

// Those that were opened by the end of the day, in the order of the log.
std::vector<ExceptionTimes> exceptions_by(const Plan& plan, Date day);

// An action that was shown Red at the end of the day and for which no exception was open.
struct RedWithoutException {
    SubjectRef ref;
    Date red_since;

    bool operator==(const RedWithoutException&) const = default;
};
std::vector<RedWithoutException> red_without_exception(const Plan& plan, Date day);

// Whether an entry was made by the end of the day.
bool is_by(const std::optional<Entry>& entry, Date day);

}  // namespace wsoa
