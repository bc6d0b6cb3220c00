#include "cli/commands/show_parts.h"
#include "cli/commands/views.h"
#include "cli/render/kinds.h"
#include "ledger/event/choices.h"
#include "ledger/event/kinds.h"
#include "projections/evidence_register.h"

#include <algorithm>
#include <set>

namespace wsoa {
namespace {

std::string_view content_of(const EvidenceOn& on) { return on.erased_on ? "erased" : "held"; }

Json texts_json(const std::vector<std::string_view>& texts) {
    auto json = Json::array();
    for (const auto text : texts) {
        json.push(text);
    }
    return json;
}

Result<Json> links_json(Desk& desk, const Reading& reading, const EvidenceOn& on) {
    auto json = Json::array();
    for (const auto* link : on.links) {
        const auto claim =
            TRY(word_of(desk, reading, link->linked.index, schema::WordField::CLAIM));
        json.push(Json::object()
                      .set("target", link->target.str())
                      .set("on", to_string(link->linked.effective))
                      .set("claim", claim));
    }
    return json;
}

Json review_json(const EvidenceOn& on) {
    if (on.reviewed == nullptr) {
        return {};
    }
    std::vector<std::string_view> checks;
    for (const auto check : on.reviewed->checks) {
        checks.push_back(choice_name(check));
    }
    return Json::object()
        .set("outcome", choice_name(on.reviewed->outcome))
        .set("by", on.reviewed->entry.by.str())
        .set("role", name_of(on.reviewed->as_role))
        .set("on", to_string(on.reviewed->entry.effective))
        .set("event", on.reviewed->entry.index.value)
        .set("checks", texts_json(checks));
}

bool was_accepted(const EvidenceOn& on, Date day) {
    return std::ranges::any_of(on.item->submissions, [&](const EvidenceSubmission& each) {
        return std::ranges::any_of(each.reviews, [&](const EvidenceSubmission::Review& review) {
            return review.outcome == schema::EvidenceStage::ACCEPTED &&
                   review.entry.effective <= day;
        });
    });
}

// What of an item can still be shown: its document, a copy without what may not be seen, and what
// stays of it whatever became of the document.
void set_showable(Json& json, const EvidenceOn& on, Date day) {
    auto copies = Json::array();
    for (const auto* copy : on.redacted_copies) {
        copies.push(Json::object()
                        .set("copy", copy->derivative.str())
                        .set("on", to_string(copy->issued.effective))
                        .set("redactor", copy->redactor.str())
                        .set("secondChecker", copy->second_checker.str()));
    }
    const bool is_granted =
        on.erasure_decided && on.erasure->decided->decision == schema::Decision::GRANTED;
    json.set("personalData", choice_name(on.item->personal_data))
        .set("content", content_of(on))
        .set("original", !on.erased_on)
        .set("redactedCopy", on.redacted_copies.empty()
                                 ? Json()
                                 : Json(on.redacted_copies.back()->derivative.str()))
        .set("redactedCopies", copies)
        .set("hash", true)  // the registration stays in the tree, with all that it committed to
        .set("acceptance", was_accepted(on, day))
        .set("erasureDecision", is_granted)
        .set("erasedOn", date_json(on.erased_on));
}

Result<Json> item_json(Desk& desk, const Reading& reading, const EvidenceOn& on, Date day) {
    auto json = TRY(evidence_json(desk, reading, *on.item, day));
    const auto links = TRY(links_json(desk, reading, on));
    const auto registered = TRY(reading.history->event(on.item->added_at));
    json.set("links", links)
        .set("submittedBy",
             on.submitted == nullptr ? Json() : Json(on.submitted->submitted.by.str()))
        .set("submittedOn",
             on.submitted == nullptr ? Json() : Json(to_string(on.submitted->submitted.effective)))
        .set("review", review_json(on))
        .set("prior", on.item->prior ? Json(on.item->prior->str()) : Json())
        .set("supersededBy", on.superseded_by ? Json(on.superseded_by->str()) : Json())
        .set("stale", on.is_stale(day))
        .set("leaf", to_hex(registered.leaf().view()));
    set_showable(json, on, day);
    return json;
}

// "submitted by head-of-send, accepted by director-of-education".
std::string whose(const EvidenceOn& on) {
    if (on.submitted == nullptr) {
        return fmt::format("registered by {}", on.item->by.str());
    }
    auto text = fmt::format("submitted by {}", on.submitted->submitted.by.str());
    if (on.reviewed != nullptr) {
        text += fmt::format(", {} by {}", name_in_words(choice_name(on.reviewed->outcome)),
                            on.reviewed->entry.by.str());
    }
    return text;
}

Json accepted_json(Output& output, const Moment& moment) {
    auto json = Json::array();
    Table table({{"On", Align::left, Fit::whole},
                 {"Item", Align::left, Fit::whole},
                 {"For", Align::left, Fit::whole},
                 {"Submitted by", Align::left, Fit::whole},
                 {"Accepted by", Align::left, Fit::whole},
                 {"As"}});
    for (const auto& each : acceptances_by(moment.plan(), moment.day())) {
        table.add({{to_string(each.accepted.effective)},
                   {each.item.str()},
                   {each.target.str()},
                   {each.submitted_by.str()},
                   {each.accepted.by.str()},
                   {name_in_words(name_of(each.as_role))}});
        json.push(Json::object()
                      .set("ref", each.item.str())
                      .set("action", each.target.str())
                      .set("submittedBy", each.submitted_by.str())
                      .set("actionOwner", each.owner ? Json(each.owner->str()) : Json())
                      .set("acceptedBy", each.accepted.by.str())
                      .set("role", name_of(each.as_role))
                      .set("on", to_string(each.accepted.effective))
                      .set("event", each.accepted.index.value));
    }
    show_table(output, "Accepted", table);
    return json;
}

// Items that say something of an action, and that nobody has accepted or rejected.
Json undecided_json(const Plan& plan, const std::vector<EvidenceOn>& items) {
    auto json = Json::array();
    for (const auto& on : items) {
        for (const auto* link : on.links) {
            if (on.is_undecided() && plan.actions.contains(link->target)) {
                json.push(Json::object()
                              .set("ref", on.item->ref.str())
                              .set("action", link->target.str())
                              .set("state", choice_name(on.stage)));
            }
        }
    }
    return json;
}

Json personal_data_json(const std::vector<EvidenceOn>& items) {
    auto json = Json::object();
    for (const auto& on : items) {
        if (on.item->personal_data != schema::PersonalData::NONE) {
            json.set(on.item->ref.str(), Json::object()
                                             .set("class", choice_name(on.item->personal_data))
                                             .set("content", content_of(on)));
        }
    }
    return json;
}

// Everything that was recorded about any version of an item, in the order of the log.
Result<Json> trail_json(const Reading& reading, const Moment& moment,
                        const std::vector<SubjectRef>& versions) {
    std::vector<std::pair<SubjectRef, TrailEntry>> all;
    for (const auto& version : versions) {
        const auto trail = TRY(reading.trail_of(version));
        for (const auto& entry : trail) {
            if (moment.as_at.size.holds(entry.index) && entry.effective <= moment.day()) {
                all.emplace_back(version, entry);
            }
        }
    }
    std::ranges::sort(all, {}, [](const auto& each) { return each.second.index; });
    auto json = Json::array();
    for (const auto& [version, entry] : all) {
        json.push(Json::object()
                      .set("on", to_string(entry.effective))
                      .set("kind", name_of(entry.kind))
                      .set("ref", version.str())
                      .set("by", entry.author ? Json(entry.author->str()) : Json())
                      .set("role", name_of(entry.as_role))
                      .set("event", entry.index.value));
    }
    return json;
}

Result<Json> families_json(const Reading& reading, const Moment& moment,
                           const std::vector<EvidenceOn>& items) {
    auto json = Json::array();
    std::set<SubjectRef> seen;
    for (const auto& on : items) {
        const auto versions = versions_of(moment.plan(), on.item->ref);
        if (!seen.insert(versions.front()).second) {
            continue;
        }
        const auto trail = TRY(trail_json(reading, moment, versions));
        json.push(Json::object()
                      .set("item", versions.front().str())
                      .set("versions", refs_json(versions))
                      .set("trail", trail));
    }
    return json;
}

}  // namespace

Result<void> view_evidence(Desk& desk, const Reading& reading, const Moment& moment) {
    Table table({{"Ref", Align::left, Fit::whole},
                 {"Title", Align::left, Fit::beneath},
                 {"Stands at"},
                 {"Shows", Align::left},
                 {"Personal data"},
                 {"Document"},
                 {"By", Align::left, Fit::beneath}});
    auto json = Json::array();
    const auto items = evidence_on(moment.plan(), moment.day());
    for (const auto& on : items) {
        const auto title = TRY(word_of(desk, reading, on.item->added_at, schema::WordField::TITLE));
        std::vector<SubjectRef> targets;
        for (const auto* link : on.links) {
            targets.push_back(link->target);
        }
        table.add(
            {{on.item->ref.str()},
             {title},
             {name_in_words(choice_name(on.stage)) + (on.is_stale(moment.day()) ? ", stale" : "")},
             {listed(targets)},
             {name_in_words(choice_name(on.item->personal_data))},
             {std::string(content_of(on))},
             {whose(on)}});
        const auto item = TRY(item_json(desk, reading, on, moment.day()));
        json.push(item);
    }
    show_table(desk.output(), "Evidence", table);
    const auto accepted = accepted_json(desk.output(), moment);
    const auto families = TRY(families_json(reading, moment, items));
    desk.output().json(moment_json("evidence", moment)
                           .set("items", json)
                           .set("accepted", accepted)
                           .set("undecided", undecided_json(moment.plan(), items))
                           .set("personalData", personal_data_json(items))
                           .set("families", families));
    return done();
}

}  // namespace wsoa
