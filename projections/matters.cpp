#include "projections/matters.h"

#include <algorithm>

namespace wsoa {
namespace {

std::optional<Date> red_since(const Plan& plan, const SubjectRef& ref, Date day) {
    const auto action = plan.actions.find(ref);
    if (action == plan.actions.end()) {
        return std::nullopt;
    }
    const auto spells = delivery_spells(plan, action->second, day);
    const auto* began = began_before(spells, day);
    return began != nullptr && began->shown.code == code_overdue ? std::optional(began->from)
                                                                 : std::nullopt;
}

}  // namespace

bool is_by(const std::optional<Entry>& entry, Date day) {
    return entry.has_value() && entry->effective <= day;
}

std::vector<ExceptionTimes> exceptions_by(const Plan& plan, Date day) {
    std::vector<ExceptionTimes> all;
    for (const auto& [ref, exception] : plan.exceptions) {
        if (exception.opened.effective > day) {
            continue;
        }
        ExceptionTimes times;
        times.exception = &exception;
        times.red_since = red_since(plan, exception.action, exception.opened.effective);
        if (exception.answered && exception.answered->entry.effective <= day) {
            times.answered = exception.answered->entry.effective;
        }
        if (is_by(exception.closed, day)) {
            times.closed = exception.closed->effective;
        }
        all.push_back(times);
    }
    std::ranges::sort(all, {}, [](const auto& each) { return each.exception->opened.index; });
    return all;
}

std::vector<RedWithoutException> red_without_exception(const Plan& plan, Date day) {
    std::vector<RedWithoutException> found;
    const auto exceptions = exceptions_by(plan, day);
    for (const auto& entry : plan.actions) {
        const auto& ref = entry.first;  // a binding could not be named within the function below
        const auto since = entry.second.added_on <= day ? red_since(plan, ref, day) : std::nullopt;
        const bool has_exception = std::ranges::any_of(exceptions, [&](const auto& each) {
            return each.exception->action == ref && each.is_open();
        });
        if (since && !has_exception) {
            found.push_back({.ref = ref, .red_since = *since});
        }
    }
    return found;
}

}  // namespace wsoa
