#include "ledger/inspection/erasure_check.h"

#include "ledger/base/counted.h"
#include "ledger/event/fields.h"
#include "ledger/event/kinds.h"
#include "ledger/inspection/tree_check.h"

#include <fmt/ranges.h>

namespace wsoa {
namespace {

// The erasure of those words that was granted and is still to be recorded; null if there is none.
const Erasure* granted_erasure(const State& state, EventIndex event) {
    for (const auto& [ref, plan] : state.plans) {
        for (const auto& [request, erasure] : plan.erasures) {
            if (erasure.event == event && !erasure.erased && erasure.decided &&
                erasure.decided->decision == schema::Decision::GRANTED) {
                return &erasure;
            }
        }
    }
    return nullptr;
}

std::string names_of(const std::vector<schema::WordField>& fields) {
    std::vector<std::string_view> names;
    names.reserve(fields.size());
    for (const auto field : fields) {
        names.push_back(name_of(field));
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

void ErasureCheck::add(const Event& event, Findings& findings) {
    check_request(event, findings);
    if (const auto erased = erased_event_in(event)) {
        erasures_.insert_or_assign(*erased, event.index());
    }
    if (vault_mark_in(event)) {
        last_mark_ = event.index();
    }
}

// A hold looks at the subject of the request. Words of another subject would slip past it.
void ErasureCheck::check_request(const Event& event, Findings& findings) const {
    const auto change = event.change().reader();
    if (!change.isErasureRequested() || !change.getErasureRequested().hasEvent()) {
        return;
    }
    const EventIndex meant{change.getErasureRequested().getEvent().getValue()};
    if (meant >= event.index()) {
        return;  // a rule says so
    }
    if (source_.leaves_out(meant)) {
        findings.breach(Item(Item::Of::erasure, event.index()),
                        "it is about {}, and asks for the words of event {} of another plan",
                        event.envelope().subject.str(), meant.value);
        return;
    }
    const auto entries = source_.entries({.begin = meant.value, .end = meant.value + 1});
    if (!entries.ok() || !entries.value().front()) {
        return;  // the check of the tree says so
    }
    const auto about = Event::read(meant, *entries.value().front());
    if (about.ok() && about.value().envelope().subject != event.envelope().subject) {
        findings.breach(Item(Item::Of::erasure, event.index()),
                        "it is about {}, and asks for the words of event {} about {}",
                        event.envelope().subject.str(), meant.value,
                        about.value().envelope().subject.str());
    }
}

void ErasureCheck::finish(const Whole& whole, Findings& findings) const {
    check_rows(whole, findings);
    for (const auto& [erased, by] : erasures_) {
        const auto node = word_node(erased);
        if (word_keys_ != nullptr && node.ok() && word_keys_->covers_any(node.value())) {
            findings.breach(by,
                            "it erased the words of event {}, which this vault still opens: it "
                            "is older than that, and the newest one belongs in its place",
                            erased.value);
        }
    }
    for (const auto& [index, fields] : gone_) {
        check_gone(index, names_of(fields), whole, findings);
    }
}

void ErasureCheck::check_rows(const Whole& whole, Findings& findings) const {
    for (const auto& [erased, by] : erasures_) {
        const auto row = source_.erasure_of(erased);
        if (!row.ok()) {
            report_unread(findings, by, "the row that leads to it", row.error());
        } else if (row.value() != by) {
            findings.breach(by, "no row leads to it from event {}, whose words it erased",
                            erased.value);
        }
    }
    if (whole.rows > erasures_.size() + whole.skipped) {
        findings.breach({}, "{} added to the index of erasures",
                        counted(whole.rows - erasures_.size(), "row was", "rows were"));
    }
    const auto mark = source_.vault_mark();
    if (!mark.ok()) {
        report_unread(findings, last_mark_.value_or(EventIndex{0}),
                      "the row that tells the last vault", mark.error());
        return;
    }
    const bool is_beyond = mark.value() && !whole.size.holds(*mark.value());
    if (mark.value() != last_mark_ && !is_beyond && whole.skipped == 0) {
        findings.breach(last_mark_,
                        "the store's row for the last vault that forgot something "
                        "leads to another event");
    }
}

void ErasureCheck::check_gone(EventIndex index, const std::string& fields, const Whole& whole,
                              Findings& findings) const {
    const auto known = erasures_.find(index);
    if (known != erasures_.end()) {
        findings.add("erased", {.is = Finding::Class::noted,
                                .event = index,
                                .what = fmt::format("its words in field {} were erased under event "
                                                    "{}",
                                                    fields, known->second.value)});
        return;
    }
    const auto row = source_.erasure_of(index);
    if (row.ok() && row.value() && !whole.size.holds(*row.value())) {
        findings.add("erased beyond",
                     {.is = Finding::Class::noted,
                      .event = index,
                      .what = fmt::format("its words in field {} were erased under event {}, for "
                                          "which the guard does not vouch yet",
                                          fields, row.value()->value)});
        return;
    }
    if (const auto* granted = granted_erasure(whole.state, index)) {
        findings.add(
            "forgotten",
            {.is = Finding::Class::noted,
             .event = index,
             .what = fmt::format("the vault has forgotten its words in field {}, as event "
                                 "{} granted; `wsoa erase {}` is to be run again to record "
                                 "it",
                                 fields, granted->decided->entry.index.value, granted->ref.str())});
        return;
    }
    // An event that cannot be read may be the record.
    findings.add("gone", {.is = whole.skipped > 0 ? Finding::Class::doubt : Finding::Class::breach,
                          .event = index,
                          .what = fmt::format("the vault cannot open its words in field {}, and no "
                                              "erasure is on record",
                                              fields)});
}

}  // namespace wsoa
