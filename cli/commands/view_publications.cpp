#include "cli/commands/views.h"
#include "cli/render/kinds.h"
#include "cli/render/rating.h"
#include "ledger/event/choices.h"
#include "projections/publication_match.h"

namespace wsoa {
namespace {

std::string_view stage_on(const Publication& publication, Date day) {
    const auto is_by = [&](const std::optional<Entry>& entry) {
        return entry && entry->effective <= day;
    };
    if (is_by(publication.withdrawn)) {
        return "withdrawn";
    }
    for (const auto& correction : publication.corrections) {
        if (correction.entry.effective <= day) {
            return "corrected";
        }
    }
    if (publication.published && publication.published->entry.effective <= day) {
        return "published";
    }
    if (is_by(publication.approved)) {
        return "approved";
    }
    const bool is_checked =
        !publication.checks.empty() && publication.checks.front().entry.effective <= day;
    return is_checked ? "checked" : "draft";
}

Json unlike_json(const std::vector<PublicationMatch::Unlike>& unlike) {
    auto json = Json::array();
    for (const auto& each : unlike) {
        json.push(Json::object()
                      .set("ref", each.ref.str())
                      .set("page", each.page)
                      .set("ledger", each.ledger.empty() ? Json() : Json(each.ledger)));
    }
    return json;
}

std::string unlike_text(const std::vector<PublicationMatch::Unlike>& unlike) {
    std::string text;
    for (const auto& each : unlike) {
        text += fmt::format("{}{}: the page said {}, the ledger {}", text.empty() ? "" : "; ",
                            each.ref.str(), rating_word(each.page),
                            each.ledger.empty() ? "nothing" : rating_word(each.ledger));
    }
    return text;
}

// What sets the page against the ledger; every member null for one that was not published.
void set_match(Json& json, const std::optional<PublicationMatch>& match) {
    json.set("matches", match ? Json(match->matches()) : Json())
        .set("differences", match ? unlike_json(match->differences) : Json())
        .set("regenerateWith", match ? Json::object()
                                           .set("as_at", to_string(match->as_at))
                                           .set("as_known", to_string(match->known_on))
                                     : Json())
        .set("events", match ? Json(match->size.value) : Json())
        .set("corrected", match ? date_json(match->corrected) : Json())
        .set("stillDiffers", match ? unlike_json(match->still_differs) : Json());
}

}  // namespace

Result<void> view_publications(Desk& desk, const Reading& reading, const Moment& moment) {
    Table table({{"Ref", Align::left, Fit::whole},
                 {"Tells of", Align::left, Fit::whole},
                 {"Where"},
                 {"Stands at"},
                 {"Published", Align::left, Fit::whole},
                 {"Matches the ledger"},
                 {"Corrected", Align::left, Fit::whole},
                 {"Differences", Align::left, Fit::beneath}});
    auto publications = Json::array();
    for (const auto& [ref, publication] : moment.plan().publications) {
        if (publication.drafted.effective > moment.day()) {
            continue;
        }
        const auto title =
            TRY(word_of(desk, reading, publication.drafted.index, schema::WordField::TITLE));
        const auto match = TRY(match_of(*reading.history, reading.zone, moment.as_at, publication));
        const auto stage = stage_on(publication, moment.day());
        const auto published =
            match ? std::optional(publication.published->entry.effective) : std::nullopt;
        table.add({{ref.str()},
                   {to_string(publication.as_at)},
                   {name_in_words(choice_name(publication.channel))},
                   {std::string(stage)},
                   {day_cell(published)},
                   {!match             ? ""
                    : match->matches() ? "yes"
                                       : "no"},
                   {match ? day_cell(match->corrected) : ""},
                   {match ? unlike_text(match->differences) : ""}});
        auto json = Json::object();
        json.set("publication", ref.str())
            .set("title", title)
            .set("asAt", to_string(publication.as_at))
            .set("channel", choice_name(publication.channel))
            .set("stage", stage)
            .set("published", date_json(published));
        set_match(json, match);
        publications.push(json);
    }
    show_table(desk.output(), "Publications", table);
    desk.output().json(moment_json("publications", moment).set("publications", publications));
    return done();
}

}  // namespace wsoa
