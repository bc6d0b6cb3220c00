#include "cli/pack/pack_texts.h"

#include "cli/render/json.h"
#include "ledger/event/kinds.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace wsoa {
namespace {

std::string hex(const Hash& hash) { return to_hex(hash.view()); }

// Of what `wsoa show` gives, that which follows from the events alone.
constexpr std::array<std::string_view, 33> members_shown{"type",
                                                         "ref",
                                                         "area",
                                                         "stage",
                                                         "code",
                                                         "rating",
                                                         "because",
                                                         "overdue",
                                                         "owner",
                                                         "accountable",
                                                         "organisation",
                                                         "deadline",
                                                         "originalDeadline",
                                                         "percent",
                                                         "waits",
                                                         "impact",
                                                         "lead",
                                                         "kind",
                                                         "version",
                                                         "registered",
                                                         "by",
                                                         "state",
                                                         "source",
                                                         "dateOfDocument",
                                                         "periodStart",
                                                         "periodEnd",
                                                         "personalData",
                                                         "reviewBy",
                                                         "document",
                                                         "ratings",
                                                         "asAt",
                                                         "asKnown",
                                                         "counts"};

}  // namespace

std::string json_of(const PackAbout& about) {
    auto disclosed = Json::array();
    for (const auto field : about.disclosed) {
        disclosed.push(name_of(field));
    }
    return Json::object()
        .set("format", "wsoa-pack/v1")
        .set("origin", about.origin.str())
        .set("ledger", hex(about.ledger))
        .set("plan", about.plan.str())
        .set("for", about.purpose)
        .set("as_at", to_string(about.as_at))
        .set("as_known", to_string(about.as_known))
        .set("size", about.size.value)
        .set("root", hex(about.root))
        .set("leaves", about.leaves)
        .set("disclosed", disclosed)
        .set("restricted", Json::written(about.restricted ? "true" : "false"))
        .set("page", hex(about.page))
        .set("made_with", about.made_with)
        .str();
}

std::string json_of(const PackState& state) {
    return Json::object()
        .set("plan", state.plan.str())
        .set("as_at", to_string(state.as_at))
        .set("as_known", to_string(state.as_known))
        .set("format", state.format)
        .set("digest", hex(state.digest))
        .str();
}

std::string json_of(const PackWord& word) {
    return Json::object()
        .set("event", word.event.value)
        .set("field", name_of(word.word.field))
        .set("salt", hex(word.word.salt))
        .set("text", word.word.text)
        .str();
}

std::string json_of(const PackDocument& document) {
    return Json::object()
        .set("event", document.event.value)
        .set("member", document.member())
        .set("number", document.number.value)
        .set("salt", hex(document.salt))
        .set("size", document.size)
        .set("media", document.media_type)
        .set("sha256", hex(document.digest))
        .str();
}

Titles titles_of(const History& history, const std::vector<PackWord>& words) {
    Titles titles;
    for (const auto& [index, word] : words) {
        if (word.field == schema::WordField::TITLE) {
            const auto event = history.event(index);
            if (event.ok()) {
                titles.emplace(event.value().envelope().subject.str(), word.text);
            }
        }
    }
    return titles;
}

Result<std::string> shown_with_chosen_titles(const std::string& shown, const Titles& titles) {
    std::string lines;
    std::istringstream all(shown);
    for (std::string line; std::getline(all, line);) {
        const auto part = nlohmann::ordered_json::parse(line, nullptr, false);
        if (!part.is_object() || !part.contains("type") || !part["type"].is_string()) {
            return Error{Fault::invalid, "what is shown of the plan cannot be read"};
        }
        auto chosen = nlohmann::ordered_json::object();
        for (const auto& [name, value] : part.items()) {
            if (std::ranges::find(members_shown, name) != members_shown.end()) {
                chosen[name] = value;
            }
        }
        if (part.contains("title") && part["title"].is_string() && part.contains("ref")) {
            const std::pair title(part["ref"].get<std::string>(), part["title"].get<std::string>());
            chosen["title"] = titles.contains(title) ? title.second : std::string();
        }
        if (chosen.contains("ref")) {
            lines += chosen.dump() + "\n";
        }
    }
    return lines;
}

}  // namespace wsoa
