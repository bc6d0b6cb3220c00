#pragma once

#include "ledger/base/limits.h"
#include "ledger/base/numbers.h"
#include "ledger/base/time.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace wsoa {

// A value that can be set again: it keeps every setting, and shows the one with the latest
// effective day, then the latest index. So a late entry changes the past where it belongs and not
// the present. A setting that was struck counts only for those who ask as of an index before the
// striking.
template <typename T>
class Register {
public:
    struct Setting {
        Date effective;
        EventIndex index;
        T value;
        std::optional<EventIndex> struck_at;

        bool operator==(const Setting&) const = default;
    };

    // The register of these settings; null unless they stand by effective day, then index.
    static std::optional<Register> of_settings(std::vector<Setting> settings) {
        if (!std::is_sorted(settings.begin(), settings.end(), stands_before)) {
            return std::nullopt;
        }
        Register values;
        values.settings_ = std::move(settings);
        return values;
    }

    void set(Date effective, EventIndex index, T value) {
        Setting setting{effective, index, std::move(value), std::nullopt};
        // Most come last, as they were recorded.
        const auto place =
            settings_.empty() || !stands_before(setting, settings_.back())
                ? settings_.end()
                : std::upper_bound(settings_.begin(), settings_.end(), setting, stands_before);
        settings_.insert(place, std::move(setting));
    }

    // False if no setting stands at that index.
    bool strike(EventIndex setting_at, EventIndex struck_at) {
        for (auto& setting : settings_) {
            if (setting.index == setting_at && !setting.struck_at) {
                setting.struck_at = struck_at;
                return true;
            }
        }
        return false;
    }

    // What was true at the end of the day; null before the first setting.
    const Setting* at(Date day) const {
        // Backwards, since most who ask are asking about today.
        const auto shown = std::find_if(
            settings_.rbegin(), settings_.rend(),
            [&](const Setting& setting) { return setting.effective <= day && !setting.struck_at; });
        return shown == settings_.rend() ? nullptr : &*shown;
    }

    // What is true as far as anything is recorded.
    const Setting* latest() const { return at(Date{limits::day_max}); }

    // By effective day, then index.
    const std::vector<Setting>& settings() const { return settings_; }
    bool operator==(const Register&) const = default;

private:
    static bool stands_before(const Setting& one, const Setting& other) {
        return one.effective != other.effective ? one.effective < other.effective
                                                : one.index < other.index;
    }
    std::vector<Setting> settings_;
};

}  // namespace wsoa
