#pragma once

#include "ledger/event/fields.h"
#include "ledger/plan/fold.h"

#include <optional>
#include <string>
#include <vector>

// The folds of a plan's own kinds, a file per subject. Each changes the plan, or says why the event
// cannot apply and leaves it as it was.
namespace wsoa::folds {

using Why = std::optional<std::string>;

// An event as a fold meets it.
struct Happened {
    const Event& event;
    Entry entry;

    const SubjectRef& subject() const { return event.envelope().subject; }
    EventIndex index() const { return entry.index; }
    Date effective() const { return entry.effective; }
};

using Fold = Why (*)(Plan& plan, const Happened& at);
struct Row {
    Kind kind = Kind::UNSET;
    Fold fold = nullptr;
};

// A fold over the fields of its kind.
template <auto reader, auto fold_fields>
Why with_fields(Plan& plan, const Happened& at) {
    return fold_fields(plan, at, (at.event.change().reader().*reader)());
}
using Reader = schema::Change::Reader;

// A row for each kind, by file.
std::vector<Row> of_plan();
std::vector<Row> of_action();
std::vector<Row> of_rating();
std::vector<Row> of_change();
std::vector<Row> of_measure();
std::vector<Row> of_evidence();
std::vector<Row> of_governance();
std::vector<Row> of_review();
std::vector<Row> of_publication();
std::vector<Row> of_records();

// The kind that begins a plan, and so has none to change.
Why plan_drafted(State& state, const Happened& at, schema::PlanDrafted::Reader fields);

// Null while the reference is free.
Why taken(const Plan& plan, const SubjectRef& ref);

// The last of the list that wants(it); null if none does.
template <typename Element, typename Wants>
Element* last_of(std::vector<Element>& list, Wants wants) {
    for (auto element = list.rbegin(); element != list.rend(); ++element) {
        if (wants(*element)) {
            return &*element;
        }
    }
    return nullptr;
}

}  // namespace wsoa::folds
