#include "ledger/inspection/findings.h"

#include "ledger/base/check.h"
#include "ledger/base/limits.h"

#include <algorithm>

namespace wsoa {

std::string_view name_of(Finding::Class is) {
    switch (is) {
        case Finding::Class::breach: return "breach";
        case Finding::Class::doubt: return "doubt";
        case Finding::Class::noted: return "noted";
    }
    CHECK(false);
    return {};
}

void Findings::add(std::string_view sort, std::uint64_t max, Finding finding) {
    // The same words in another class are another sort.
    const auto name = fmt::format("{} {}", name_of(finding.is), sort);
    if (counts_[name] < max) {
        ++counts_[name];
        listed_.push_back(std::move(finding));
        return;
    }
    auto& more = more_[name];
    ++more.count;
    more.last = std::move(finding);
}

std::vector<Finding> Findings::list() && {
    std::ranges::stable_sort(listed_, {}, [](const Finding& finding) {
        return finding.event.value_or(EventIndex{limits::events_max});
    });
    for (auto& [name, more] : more_) {
        auto& finding = more.last;
        finding.what = fmt::format("and {} more like this, the last of them: {}", more.count,
                                   std::move(finding.what));
        listed_.push_back(std::move(finding));
    }
    return std::move(listed_);
}

}  // namespace wsoa
