#include "ledger/inspection/findings.h"

#include "ledger/base/check.h"
#include "ledger/base/limits.h"

#include <algorithm>

namespace wsoa {
namespace {

std::string_view name_of(Item::Of of) {
    switch (of) {
        case Item::Of::archive: return "archive";
        case Item::Of::member: return "member";
        case Item::Of::about: return "about";
        case Item::Of::checkpoint: return "checkpoint";
        case Item::Of::policy: return "policy";
        case Item::Of::brought: return "brought";
        case Item::Of::tile: return "tile";
        case Item::Of::entry: return "entry";
        case Item::Of::order: return "order";
        case Item::Of::seen: return "seen";
        case Item::Of::ledger: return "ledger";
        case Item::Of::root: return "root";
        case Item::Of::version: return "version";
        case Item::Of::id: return "id";
        case Item::Of::signature: return "signature";
        case Item::Of::rule: return "rule";
        case Item::Of::key: return "key";
        case Item::Of::fold: return "fold";
        case Item::Of::erasure: return "erasure";
        case Item::Of::period: return "period";
        case Item::Of::heads: return "heads";
        case Item::Of::word: return "word";
        case Item::Of::document: return "document";
        case Item::Of::state: return "state";
        case Item::Of::digest: return "digest";
        case Item::Of::shown: return "shown";
        case Item::Of::anchor: return "anchor";
        case Item::Of::time: return "time";
        case Item::Of::token: return "token";
        case Item::Of::page: return "page";
        case Item::Of::proof: return "proof";
        case Item::Of::stored: return "stored";
    }
    CHECK(false);
    return {};
}

}  // namespace

Item::Item(Of of) : text_(name_of(of)) {}
Item::Item(Of of, EventIndex event)
    : text_(fmt::format("{}:{}", name_of(of), event.value)), event_(event) {}
Item::Item(Of of, EventIndex event, std::string_view part)
    : text_(fmt::format("{}:{}/{}", name_of(of), event.value, part)), event_(event) {}
Item::Item(Of of, std::string_view name) : text_(fmt::format("{}:{}", name_of(of), name)) {}

Item Item::at(EventIndex event) const {
    auto placed = *this;
    placed.event_ = event;
    return placed;
}

std::string item_of(const Finding& finding) {
    if (!finding.item.empty()) {
        return finding.item;
    }
    if (!finding.event) {
        return Item(Item::Of::stored).str();
    }
    return finding.rule.empty() ? Item(Item::Of::entry, *finding.event).str()
                                : Item(Item::Of::rule, *finding.event, finding.rule).str();
}

bool has_breach(const std::vector<Finding>& findings) {
    return std::ranges::any_of(
        findings, [](const Finding& finding) { return finding.is == Finding::Class::breach; });
}

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
