#include "tests/support/random_history.h"

#include "ledger/plan/rulebook.h"
#include "tests/support/changes.h"

#include <fmt/format.h>

namespace wsoa::test {

void RandomHistory::append(std::size_t events) {
    for (std::size_t i = 0; i < events; ++i) {
        append_one();
    }
}

std::string RandomHistory::any_day() {
    return fmt::format("2022-{:02}-{:02}", 1 + below(12), 1 + below(28));
}

void RandomHistory::append_one() {
    if (below(8) == 0) {
        ledger_.advance_days(static_cast<int>(below(30)));
    }
    switch (below(18)) {
        case 0: ledger_.enrol(fmt::format("officer-{}", enrolled_++)); break;
        case 1: ledger_.grant(fmt::format("officer-{}", below(4)), "actionOwner"); break;
        case 2: ledger_.rotate_key(fmt::format("officer-{}", below(4))); break;
        case 3: append_by_stranger(); break;
        case 4:
        case 5:
        case 6:
        case 7:
        case 8:
        case 9:
        case 10:
        case 11: append_of_any_kind(); break;
        default: append_to_plan(); break;
    }
}

void RandomHistory::append_to_plan() {
    const auto plan = any_plan();
    switch (below(10)) {
        case 0: ledger_.draft_plan(plan); break;
        case 1: ledger_.add_area(plan + "-1"); break;
        case 2: ledger_.add_outcome(plan + "-O1", plan + "-1"); break;
        case 3: ledger_.add_action(any_action(), plan + "-O1"); break;
        case 4: ledger_.start(any_action()); break;
        case 5: proposals_.push_back(ledger_.propose(any_action(), "G", "A")); break;
        case 6: proposals_.push_back(ledger_.propose(plan + "-1", "NM", "S")); break;
        case 7:
            if (!proposals_.empty()) {
                ledger_.confirm(proposals_[below(proposals_.size())], any_day());
                break;
            }
            [[fallthrough]];
        case 8: ledger_.add_evidence(fmt::format("{}-E{:02}", plan, below(5))); break;
        default: ledger_.progress(any_action(), static_cast<int>(below(101)), any_day()); break;
    }
}

void RandomHistory::append_by_stranger() {
    ledger_.append({.kind = Kind::ACTION_STARTED,
                    .subject = any_action(),
                    .by = fmt::format("officer-{}", below(8)),
                    .role = schema::Role::ACTION_OWNER,
                    .on_behalf_of = "head-of-send"});
}

// One of three of that sort in either plan, so that events often meet.
std::string RandomHistory::any_subject(SubjectKind kind) {
    if (kind == SubjectKind::person) {
        return fmt::format("@officer-{}", below(4));
    }
    std::string subject(example_of(kind));
    if (kind == SubjectKind::ledger) {
        return subject;
    }
    subject.replace(0, 2, any_plan());
    if (kind != SubjectKind::plan) {
        subject.back() = static_cast<char>('1' + below(3));
    }
    return subject;
}

std::string RandomHistory::any_part() {
    constexpr auto first = static_cast<std::size_t>(SubjectKind::area);
    constexpr auto last = static_cast<std::size_t>(SubjectKind::erasure);
    return any_subject(static_cast<SubjectKind>(first + below(last - first + 1)));
}

// Of a field's type; what it cannot make up is the schema's example.
std::string RandomHistory::any_value(const Field& field) {
    switch (field.type) {
        case FieldType::flag: return below(2) == 0 ? "true" : "false";
        case FieldType::number: return std::to_string(1 + below(5));
        case FieldType::choice: return field.choices[below(field.choices.size())];
        case FieldType::date: return any_day();
        case FieldType::month: return any_day().substr(0, 7);
        case FieldType::index: return std::to_string(below(ledger_.size().value));
        case FieldType::plan: return any_plan();
        case FieldType::subject: return any_part();
        case FieldType::person: return fmt::format("officer-{}", below(4));
        case FieldType::rating_code: return std::string(1, "GAR"[below(3)]);
        case FieldType::version_label: return fmt::format("v{}", 1 + below(3));
        case FieldType::decimal: return fmt::format("{}.{}", below(100), 1 + below(9));
        case FieldType::hash:
        case FieldType::key: return std::string(64, "0123456789abcdef"[below(16)]);
        case FieldType::signature: return std::string(128, '5');
        case FieldType::record:
            // Without an example, it is a document.
            return field.example.empty()
                       ? fmt::format("{}={}", below(5),
                                     std::string(64, "0123456789abcdef"[below(16)]))
                       : field.example;
        default: return field.example;
    }
}

Draft RandomHistory::any_draft(const KindInfo& info) {
    Draft draft(info.kind);
    for (const auto& field : info.fields) {
        if (!field.is_required && below(3) == 0) {
            continue;
        }
        const bool is_list_of_records = field.is_list && field.type == FieldType::record;
        const auto typed = is_list_of_records ? field.example : any_value(field);
        if (!draft.set(field.name, typed).ok()) {
            must(draft.set(field.name, field.example));
        }
    }
    return draft;
}

void RandomHistory::append_of_any_kind() {
    // All but the one that only event 0 is of.
    const auto& kinds = all_kinds();
    const auto* info = &kinds[below(kinds.size())];
    while (info->kind == Kind::LEDGER_OPENED) {
        info = &kinds[below(kinds.size())];
    }
    const auto& about = kind_rule(info->kind).about;
    NewEvent event{.kind = info->kind,
                   .subject = any_subject(about[below(about.size())]),
                   .by = below(2) == 0 ? "programme-manager" : "director-of-education",
                   .effective = any_day()};
    const auto newest = newest_.find(event.subject);
    if (newest != newest_.end() && below(4) != 0) {
        event.answers = newest->second;
    } else if (below(2) == 0) {
        event.answers = EventIndex{below(ledger_.size().value)};
    }
    auto draft = any_draft(*info);
    newest_.insert_or_assign(event.subject, ledger_.append(event, std::move(draft)));
}

}  // namespace wsoa::test
