#include "cli/variables.h"

#include <unistd.h>

namespace wsoa {

Variables Variables::of_process() {
    Map values;
    for (char** at = environ; at != nullptr && *at != nullptr; ++at) {
        const std::string_view line = *at;
        const auto equals = line.find('=');
        if (equals != std::string_view::npos) {
            values.try_emplace(std::string(line.substr(0, equals)), line.substr(equals + 1));
        }
    }
    return Variables(std::move(values));
}

std::optional<std::string> Variables::find(std::string_view name) const {
    const auto found = values_.find(name);
    if (found == values_.end() || found->second.empty()) {
        return std::nullopt;
    }
    return found->second;
}

}  // namespace wsoa
