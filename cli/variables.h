#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace wsoa {

// The environment variables, as a value that is handed in: a test brings its own.
class Variables {
public:
    using Map = std::map<std::string, std::string, std::less<>>;

    Variables() = default;
    explicit Variables(Map values) : values_(std::move(values)) {}
    // Those of this process, as they are now.
    static Variables of_process();

    // A variable's value. One that is set to nothing counts as not set, as NO_COLOR asks
    // (no-color.org) and as a script that empties a variable means it.
    std::optional<std::string> find(std::string_view name) const;

private:
    Map values_;
};

}  // namespace wsoa
