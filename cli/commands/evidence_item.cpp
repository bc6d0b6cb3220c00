#include "cli/commands/evidence_item.h"

#include "cli/commands/recording.h"

#include <algorithm>

namespace wsoa {

WordSpec evidence_item_word() {
    return {.name = "ITEM", .help = "an item of evidence, such as TH-E03"};
}

CommandSpec about_item(CommandSpec command) {
    command.group = Group::recording;
    command.words.insert(command.words.begin(), evidence_item_word());
    std::ranges::move(recording_options(), std::back_inserter(command.options));
    return command;
}

const Field& schema_field(Kind kind, std::string_view name) {
    const auto& fields = info_of(kind).fields;
    const auto field = std::ranges::find(fields, name, &Field::name);
    CHECK(field != fields.end());
    return *field;
}

Error no_such_item(const SubjectRef& ref) {
    const auto plan = ref.plan();
    return error(Fault::missing, "there is no item of evidence {}", ref.str())
        .advise(plan ? fmt::format("`wsoa evidence list {}` lists them", plan->str())
                     : "name one, such as TH-E03");
}

Result<const Evidence*> item_to_read(Reading& reading, const SubjectRef& ref) {
    const auto plan_ref = ref.plan();
    if (plan_ref) {
        TRY(reading.with_plan(*plan_ref));
        const auto* const plan = reading.state.plan(*plan_ref);
        const auto* const item = plan == nullptr ? nullptr : part_in(plan->evidence, ref);
        if (item != nullptr) {
            return item;
        }
    }
    return no_such_item(ref);
}

Result<const Evidence*> item_to_record(Desk& desk, const SubjectRef& ref) {
    auto* const writing = TRY(desk.writing());
    const auto plan_ref = ref.plan();
    const auto* const state = TRY(writing->state_with(plan_ref));
    const auto* const plan = plan_ref ? state->plan(*plan_ref) : nullptr;
    const auto* const item = plan == nullptr ? nullptr : part_in(plan->evidence, ref);
    if (item == nullptr) {
        return no_such_item(ref);
    }
    return item;
}

Result<Committed> record_and_show(Desk& desk, ChangeLine& line) {
    const auto* const signer = TRY(desk.signer());
    auto committed = TRY(desk.record(line, *signer));
    desk.show(committed, line);
    return committed;
}

}  // namespace wsoa
