#include "cli/commands/evidence_trail.h"

#include "cli/commands/evidence_item.h"
#include "cli/commands/reading.h"
#include "cli/render/table.h"
#include "ledger/plan/rights.h"
#include "projections/people.h"

#include <algorithm>
#include <set>

namespace wsoa {
namespace {

// Why an event stands in an item's trail.
enum class Because : std::uint8_t { is_about, names, holds, answers };

std::string_view name_of(Because because) {
    switch (because) {
        case Because::is_about: return "isAbout";
        case Because::names: return "names";
        case Because::holds: return "holds";
        case Because::answers: return "answers";
    }
    CHECK(false);
    return {};
}

// Whether one of the fields of the kind refers to the item.
bool names(const Event& event, const SubjectRef& item) {
    const std::string_view bytes = text_of(event.change().bytes());
    // Text stands in a change as it is, so that most are told apart without a look at their fields.
    if (bytes.find(item.str()) == std::string_view::npos) {
        return false;
    }
    const auto& fields = info_of(event.kind()).fields;
    for (const auto& [name, text] : fields_to_text(event.change())) {
        const auto field = std::ranges::find(fields, name, &Field::name);
        if (field == fields.end() || field->type != FieldType::subject) {
            continue;
        }
        // References hold no comma.
        const auto listed = ", " + text + ", ";
        if (listed.find(", " + item.str() + ", ") != std::string::npos) {
            return true;
        }
    }
    return false;
}

// Chooses, in the order of the log, the events that belong to the custody of one item. Borrows the
// plan, as it is now.
class Custody {
public:
    Custody(const Plan& plan, const Evidence& item) : plan_(plan), item_(item) {
        for (const auto& [ref, hold] : plan.holds) {
            if (covers(hold)) {
                holds_.insert(hold.placed.index);
            }
        }
    }

    // Null for an event that does not belong to it.
    std::optional<Because> of(const Event& event) {
        const auto because = look_at(event);
        if (because) {
            chosen_.insert(event.index());
        }
        return because;
    }

private:
    // As a hold forbids the item's erasure: it reaches the item, or what the item is or was linked
    // to.
    bool covers(const Hold& hold) const {
        const auto reached = [&](const SubjectRef& part) {
            return reaches(hold.scope, part, &plan_);
        };
        return reached(item_.ref) ||
               std::ranges::any_of(item_.links, reached, &EvidenceLink::target);
    }
    std::optional<Because> look_at(const Event& event) {
        const auto& envelope = event.envelope();
        if (envelope.subject == item_.ref) {
            return Because::is_about;
        }
        if (names(event, item_.ref)) {
            if (event.kind() == Kind::PACK_FROZEN) {
                packs_.insert(envelope.subject);
            }
            return Because::names;
        }
        if (holds_.contains(event.index()) || packs_.contains(envelope.subject)) {
            return Because::holds;
        }
        return envelope.answers && chosen_.contains(*envelope.answers)
                   ? std::optional(Because::answers)
                   : std::nullopt;
    }

    const Plan& plan_;
    const Evidence& item_;
    std::set<EventIndex> holds_;
    std::set<SubjectRef> packs_;  // that the item is in
    std::set<EventIndex> chosen_;
};

Result<Exit> trail(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto ref = TRY(SubjectRef::parse(given.value("ITEM")));
    auto* const reading = TRY(desk.reading());
    const auto* const item = TRY(item_to_read(*reading, ref));
    Custody custody(*reading->state.plan(*ref.plan()), *item);
    PeopleFold people(*reading->history);
    Table table({{"No.", Align::right},
                 {"About", Align::left, Fit::whole},
                 {"What changed"},
                 {"Recorded", Align::left, Fit::whole},
                 {"True on"},
                 {"Who, role"},
                 {"Details", Align::left, Fit::beneath}});
    const auto add = [&](const Event& event) -> Result<Snapshot::Step> {
        const auto because = custody.of(event);
        if (!because) {
            return Snapshot::Step::next;
        }
        TRY(people.fold_through(event.index()));
        const AuthoredEvent authored{
            .event = event,
            .author = people.state().keyring.holder_of(event.envelope().author_key)};
        const auto line = TRY(shown(desk, *reading, authored));
        table.add({{std::to_string(event.index().value)},
                   {event.envelope().subject.str()},
                   {line.what},
                   {line.recorded},
                   {line.true_on},
                   {line.by},
                   {line.details}});
        auto json = TRY(event_json(desk, *reading, authored));
        around.output.json(json.set("item", ref.str()).set("because", name_of(*because)));
        return Snapshot::Step::next;
    };
    TRY(reading->history->each_event_of(ref.plan(), add));
    around.output.text(table.text(around.output.style()));
    around.output.text("\n" + foot(*reading));
    return Exit::done;
}

}  // namespace

CommandSpec evidence_trail_command() {
    return {
        .name = "evidence trail",
        .group = Group::looking,
        .help = "show through whose hands an item has gone, oldest first",
        .example = "wsoa evidence trail TH-E07",
        .words = {evidence_item_word()},
        .notes =
            [] {
                return "It lists what is about the item, what names it (a claim, a reading, a "
                       "pack),\n"
                       "what holds it, and what answers these. Each version has its own trail.\n"
                       "Reading a document out with `wsoa evidence get` leaves no event.\n";
            },
        .run = trail};
}

}  // namespace wsoa
