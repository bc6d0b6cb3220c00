#pragma once

#include "ledger/base/error.h"
#include "ledger/base/numbers.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wsoa {

// What a finding is about, in the words that the page uses too (schemas/README.md, "Verdicts"):
// "entry:12", "rule:12/R31", "member:policy".
class Item {
public:
    enum class Of : std::uint8_t {
        archive,
        member,
        about,
        checkpoint,
        policy,
        brought,
        tile,
        entry,
        order,
        seen,
        ledger,
        root,
        version,
        id,
        signature,
        rule,
        key,
        fold,
        erasure,
        period,
        heads,
        word,
        document,
        state,
        digest,
        shown,
        anchor,
        time,
        token,
        page,
        proof,
        stored,
    };

    explicit Item(Of of);
    Item(Of of, EventIndex event);
    // A part of what an event has: "word:12/title".
    Item(Of of, EventIndex event, std::string_view part);
    Item(Of of, std::string_view name);

    // The same item, for the place of an event in a list.
    Item at(EventIndex event) const;

    const std::string& str() const { return text_; }
    const std::optional<EventIndex>& event() const { return event_; }

private:
    std::string text_;
    std::optional<EventIndex> event_;
};

// Something that was found. Only a breach means that the ledger is not what it claims to be.
struct Finding {
    enum class Class : std::uint8_t {
        breach,  // altered, missing, forged, or recorded against a rule of authority
        doubt,   // hangs on a key that was in other hands, or on an event that cannot be read
        noted,   // worth knowing: words lawfully erased, for instance
    };
    Class is = Class::breach;
    std::optional<EventIndex> event;
    std::string what;
    std::string rule = {};  // of the rulebook, where it rests on one
    std::string item = {};  // an Item's text; empty where rule and event say it, see item_of()

    bool operator==(const Finding&) const = default;
};

std::string_view name_of(Finding::Class is);
bool has_breach(const std::vector<Finding>& findings);
// The item that it is about. Where nobody named one it is the rule or the entry of its event, or
// what is stored beside the events.
std::string item_of(const Finding& finding);

// Collects what is found. Findings that read alike but for what they name are listed up to a number
// and counted from there on: one altered row early in a ledger must not fill the memory, nor bury
// the others.
class Findings {
public:
    static constexpr std::uint64_t alike_max = 1'000;
    // Of what follows from another finding, such as the roots over an altered event.
    static constexpr std::uint64_t consequences_max = 10;

    template <typename... Args>
    void breach(std::optional<EventIndex> event, fmt::format_string<Args...> format,
                Args&&... args) {
        add(sort_of(fmt::string_view(format)), alike_max,
            {.is = Finding::Class::breach,
             .event = event,
             .what = fmt::format(format, std::forward<Args>(args)...)});
    }
    template <typename... Args>
    void breach(const Item& item, fmt::format_string<Args...> format, Args&&... args) {
        add(sort_of(fmt::string_view(format)), alike_max,
            {.is = Finding::Class::breach,
             .event = item.event(),
             .what = fmt::format(format, std::forward<Args>(args)...),
             .item = item.str()});
    }
    template <typename... Args>
    void consequence(const Item& item, fmt::format_string<Args...> format, Args&&... args) {
        add(sort_of(fmt::string_view(format)), consequences_max,
            {.is = Finding::Class::breach,
             .event = item.event(),
             .what = fmt::format(format, std::forward<Args>(args)...),
             .item = item.str()});
    }
    template <typename... Args>
    void consequence(std::optional<EventIndex> event, fmt::format_string<Args...> format,
                     Args&&... args) {
        add(sort_of(fmt::string_view(format)), consequences_max,
            {.is = Finding::Class::breach,
             .event = event,
             .what = fmt::format(format, std::forward<Args>(args)...)});
    }
    // A finding of any class; those of one sort are alike.
    void add(std::string_view sort, Finding finding) { add(sort, alike_max, std::move(finding)); }

    // In order of the events; those about none come last. What was only counted follows as a line
    // for each sort.
    std::vector<Finding> list() &&;

private:
    struct Sort {
        std::uint64_t count = 0;
        Finding last;
    };
    static std::string_view sort_of(fmt::string_view format) {
        return {format.data(), format.size()};
    }
    void add(std::string_view sort, std::uint64_t max, Finding finding);

    std::vector<Finding> listed_;
    std::map<std::string, Sort, std::less<>> more_;  // of the sorts that are full
    std::map<std::string, std::uint64_t, std::less<>> counts_;
};

}  // namespace wsoa
