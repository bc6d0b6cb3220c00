// One item of evidence: what it is, what became of it, and what stands in its place.

#include "cli/commands/show_parts.h"
#include "cli/render/kinds.h"
#include "cli/render/table.h"
#include "ledger/event/choices.h"
#include "ledger/event/kinds.h"

#include <algorithm>

namespace wsoa {
namespace {

constexpr auto title_of = schema::WordField::TITLE;

std::vector<SubjectRef> copies_of(const Evidence& item) {
    std::vector<SubjectRef> copies;
    for (const auto& copy : item.redacted_copies) {
        copies.push_back(copy.derivative);
    }
    return copies;
}

// The versions that follow the item, oldest first.
std::vector<SubjectRef> later_versions(const Plan& plan, const Evidence& item) {
    std::vector<SubjectRef> later;
    auto last = item.ref;
    const auto follows = [&](const auto& each) { return each.second.prior == last; };
    for (auto next = std::ranges::find_if(plan.evidence, follows); next != plan.evidence.end();
         next = std::ranges::find_if(plan.evidence, follows)) {
        last = next->first;
        later.push_back(last);
    }
    return later;
}

const Erasure* erasure_by(const Plan& plan, const Entry& done) {
    const auto found = std::ranges::find_if(plan.erasures, [&](const auto& each) {
        return each.second.erased && each.second.erased->entry.index == done.index;
    });
    return found == plan.erasures.end() ? nullptr : &found->second;
}

std::string kept_in_words(const Erasure& erasure) {
    std::vector<std::string> kept;
    for (const auto what : erasure.decided->kept) {
        kept.push_back(name_in_words(choice_name(what)));
    }
    return kept.empty() ? "nothing that the decision names"
                        : fmt::format("{}", fmt::join(kept, ", "));
}

Result<std::string> reason_of(Desk& desk, const Reading& reading, EventIndex index) {
    return word_of(desk, reading, index, schema::WordField::REASON);
}

std::string act_in_words(const Entry& entry) {
    return fmt::format("by {} on {} (event {})", entry.by.str(), in_words(entry.effective),
                       entry.index.value);
}

// An erasure: on whose request and decision, on which ground, and what was to stay.
Result<Json> tell_erasure(Desk& desk, const Reading& reading, const Erasure& erasure) {
    const auto& verdict = *erasure.decided;
    const auto& done = *erasure.erased;
    const auto why = TRY(reason_of(desk, reading, verdict.entry.index));
    const auto ground = name_in_words(choice_name(verdict.ground));
    desk.output().text(
        "\n" +
        labelled_text(
            {{"Went", {fmt::format("its content, {}", act_in_words(done.entry))}},
             {"Asked", {fmt::format("{}, {}", erasure.ref.str(), act_in_words(erasure.requested))}},
             {"Decided",
              {fmt::format("{}, {}: {}", name_in_words(choice_name(verdict.decision)),
                           act_in_words(verdict.entry), why)}},
             {"Ground", {ground}},
             {"Stays", {kept_in_words(erasure)}},
             {"Certificate", {fmt::format("wsoa erase {} --certificate", erasure.ref.str())}}},
            desk.output().style()));
    return Json::object()
        .set("how", "erased")
        .set("event", done.entry.index.value)
        .set("request", erasure.ref.str())
        .set("asked", erasure.requested.index.value)
        .set("decided", verdict.entry.index.value)
        .set("decision", choice_name(verdict.decision))
        .set("ground", choice_name(verdict.ground))
        .set("reason", why);
}

Result<Json> tell_disposal(Desk& desk, const Reading& reading, const Retention& retention) {
    const auto why = TRY(reason_of(desk, reading, retention.approved->index));
    const auto* const rule = retention.rule.latest();
    const auto by = rule == nullptr
                        ? std::string("no rule that is still there")
                        : fmt::format("{}, due {}", name_in_words(choice_name(rule->value.by)),
                                      in_words(rule->value.due));
    desk.output().text(
        "\n" + labelled_text(
                   {{"Went", {fmt::format("its content, {}", act_in_words(*retention.disposed))}},
                    {"Kept by", {by}},
                    {"Approved", {fmt::format("{}: {}", act_in_words(*retention.approved), why)}}},
                   desk.output().style()));
    return Json::object()
        .set("how", "disposed")
        .set("event", retention.disposed->index.value)
        .set("approved", retention.approved->index.value)
        .set("reason", why);
}

// Null where nothing went.
Result<std::optional<Json>> tell_what_went(Desk& desk, const Reading& reading, const Plan& plan,
                                           const Evidence& item) {
    if (!item.erased) {
        return std::optional<Json>();
    }
    if (const auto* const erasure = erasure_by(plan, *item.erased);
        erasure != nullptr && erasure->decided) {
        return std::optional(TRY(tell_erasure(desk, reading, *erasure)));
    }
    const auto* const retention = part_in(plan.retentions, item.ref);
    if (retention != nullptr && retention->approved && retention->disposed) {
        return std::optional(TRY(tell_disposal(desk, reading, *retention)));
    }
    // The rules were broken: the row above and the trail name the event all the same.
    return std::optional(
        Json::object().set("how", "notOnRecord").set("event", item.erased->index.value));
}

// Where its document stands and, if an erasure took it, on which ground.
std::string document_and_why(const Plan& plan, const Evidence& item) {
    const auto* const erasure = item.erased ? erasure_by(plan, *item.erased) : nullptr;
    return erasure == nullptr || !erasure->decided
               ? document_in_words(item)
               : fmt::format("{}: {}", document_in_words(item),
                             name_in_words(choice_name(erasure->decided->ground)));
}

// What else there is of the item: its versions and redacted copies, each with where it stands.
void tell_relatives(Output& output, const Plan& plan, const Evidence& item) {
    // An item that is several of these at once has one row.
    std::vector<std::pair<SubjectRef, std::string>> relatives;
    const auto add = [&](const SubjectRef& ref, const std::string& what) {
        const auto known =
            std::ranges::find(relatives, ref, &std::pair<SubjectRef, std::string>::first);
        if (known == relatives.end()) {
            relatives.emplace_back(ref, what);
        } else {
            known->second += "; " + what;
        }
    };
    if (item.prior) {
        add(*item.prior, "the version before");
    }
    for (const auto& ref : later_versions(plan, item)) {
        add(ref, fmt::format("version {}", plan.evidence.at(ref).version));
        for (const auto& copy : copies_of(plan.evidence.at(ref))) {
            add(copy, fmt::format("redacted copy of {}", ref.str()));
        }
    }
    for (const auto& copy : copies_of(item)) {
        add(copy, "redacted copy");
    }
    if (item.superseded) {
        add(item.superseded->by, "took its place");
    }
    Table table({{"Also", Align::left, Fit::whole}, {"What it is"}, {"Document"}});
    for (const auto& [ref, what] : relatives) {
        const auto* const other = part_in(plan.evidence, ref);
        table.add(
            {{ref.str()},
             {what},
             {other == nullptr ? std::string("not registered") : document_and_why(plan, *other)}});
    }
    for (const auto& [ref, hold] : plan.holds) {
        if (!hold.released && (hold.scope == item.ref || hold.scope == SubjectRef::of(plan.ref))) {
            table.add({{ref.str()}, {"a hold on " + hold.scope.str()}, {"may not go"}});
        }
    }
    if (!table.empty()) {
        output.text("\n" + table.text(output.style()));
    }
}

}  // namespace

std::optional<Date> review_due(const Evidence& evidence, Date day) {
    const auto* review = evidence.review_by.at(day);
    return review == nullptr ? std::nullopt : std::optional(review->value);
}

std::string source_in_words(const Evidence& evidence) {
    return evidence.source ? name_in_words(name_of(*evidence.source)) : std::string("not said");
}

std::string document_in_words(const Evidence& evidence) {
    return !evidence.document ? std::string("not here")
           : evidence.erased  ? fmt::format("erased by event {}", evidence.erased->index.value)
                              : fmt::format("held as document {}", evidence.document->number.value);
}

Result<Json> evidence_json(Desk& desk, const Reading& reading, const Evidence& evidence, Date day) {
    const auto title = TRY(word_of(desk, reading, evidence.added_at, title_of));
    const auto* stage = evidence.stage.at(day);
    auto json = Json::object();
    json.set("type", "evidence")
        .set("ref", evidence.ref.str())
        .set("title", title)
        .set("kind", name_of(evidence.type))
        .set("version", evidence.version)
        .set("registered", to_string(evidence.added_on))
        .set("by", evidence.by.str())
        .set("state", stage == nullptr ? Json() : Json(choice_name(stage->value)))
        .set("source", evidence.source ? Json(name_of(*evidence.source)) : Json())
        .set("dateOfDocument", date_json(evidence.date_of_document))
        .set("periodStart", date_json(evidence.period_start))
        .set("periodEnd", date_json(evidence.period_end))
        .set("personalData", name_of(evidence.personal_data))
        .set("reviewBy", date_json(review_due(evidence, day)))
        .set("document", evidence.document ? Json(evidence.document->number.value) : Json());
    return json;
}

Result<Exit> show_evidence(Desk& desk, const Reading& reading, const Moment& moment,
                           const Evidence& evidence) {
    const auto today = moment.day();
    if (evidence.added_on > today) {
        return not_there_on(evidence.ref, today);
    }
    const auto day = [](const std::optional<Date>& date) {
        return date ? in_words(*date) : std::string("not said");
    };
    const auto title = TRY(word_of(desk, reading, evidence.added_at, title_of));
    const auto* stage = evidence.stage.at(today);
    const auto state = stage == nullptr ? std::string() : name_in_words(choice_name(stage->value));
    desk.output().text(
        labelled_text({{"Evidence", {evidence.ref.str() + "  " + title}},
                       {"Kind", {name_in_words(name_of(evidence.type))}},
                       {"Version", {std::to_string(evidence.version)}},
                       {"Registered", {in_words(evidence.added_on) + " by " + evidence.by.str()}},
                       {"Stands at", {state}},
                       {"From", {source_in_words(evidence)}},
                       {"Dated", {day(evidence.date_of_document)}},
                       {"Covers", {day(evidence.period_start) + " to " + day(evidence.period_end)}},
                       {"Personal data", {name_in_words(name_of(evidence.personal_data))}},
                       {"Document", {document_in_words(evidence)}},
                       {"Review by", {day(review_due(evidence, today))}}},
                      desk.output().style()));
    const auto gone = TRY(tell_what_went(desk, reading, moment.plan(), evidence));
    tell_relatives(desk.output(), moment.plan(), evidence);
    auto json = TRY(evidence_json(desk, reading, evidence, today));
    if (gone) {
        json.set("erased", *gone);
    }
    json.set("versions", refs_json(later_versions(moment.plan(), evidence)))
        .set("redactedCopies", refs_json(copies_of(evidence)));
    desk.output().json(json);
    return Exit::done;
}

}  // namespace wsoa
