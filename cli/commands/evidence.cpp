#include "cli/commands/evidence.h"

#include "cli/commands/evidence_item.h"
#include "cli/commands/plans.h"
#include "cli/commands/show_parts.h"
#include "cli/documents.h"
#include "cli/progress.h"
#include "cli/render/kinds.h"
#include "cli/render/table.h"
#include "ledger/base/counted.h"
#include "ledger/event/choices.h"
#include "ledger/event/kinds.h"

#include <algorithm>

namespace wsoa {
namespace {

// What `evidence check` has come to.
struct Checked {
    std::uint64_t documents = 0;
    std::uint64_t pieces = 0;
    std::uint64_t bad = 0;  // documents
};

std::string whole_in_words(const Checked& checked) {
    if (checked.documents == 0) {
        return "No document is kept here, so that there was none to check";
    }
    return checked.documents == 1
               ? fmt::format("1 document is whole: each of its {} is what was sealed",
                             counted(checked.pieces, "piece"))
               : fmt::format("{} documents are whole: each of their {} pieces is what was sealed",
                             checked.documents, checked.pieces);
}

void tell_bad(Output& output, const Evidence& item, const Error& error,
              const std::vector<BadPiece>& pieces) {
    auto json = Json::array();
    output.text(fmt::format("{}: {}", item.ref.str(), error.message));
    for (const auto& piece : pieces) {
        output.text(fmt::format("  {}", piece.error.message));
        json.push(Json::object()
                      .set("piece", piece.index + 1)
                      .set("fault", name_of(piece.error.fault))
                      .set("what", piece.error.message));
    }
    output.json(Json::object()
                    .set("type", "finding")
                    .set("ref", item.ref.str())
                    .set("document", item.document->number.value)
                    .set("what", error.message)
                    .set("pieces", json));
}

void check_item(Desk& desk, const FolderDocuments& held, const Reading& reading,
                const Evidence& item, Checked& checked) {
    ++checked.documents;
    std::vector<BadPiece> bad;
    const auto look = [&]() -> Result<void> {
        const auto document = TRY(document_of(held, reading.history->snapshot(), item));
        checked.pieces += document.manifest.count();
        Progress progress(desk.output(), "Checking " + item.ref.str(), document.manifest.size);
        bad = TRY(
            held.documents.check(document, [&](std::uint64_t bytes) { progress.reached(bytes); }));
        if (!bad.empty()) {
            return error(Fault::corrupt, "{} of the {} pieces of its document cannot be read",
                         bad.size(), document.manifest.count());
        }
        return done();
    };
    const auto looked = look();
    if (!looked.ok()) {
        ++checked.bad;
        tell_bad(desk.output(), item, looked.error(), bad);
    }
}

Result<std::vector<const Evidence*>> items_with_documents(Reading& reading) {
    std::vector<const Evidence*> items;
    const auto plans = TRY(drafted_plans(*reading.history));
    for (const auto& [ref, drafted_at] : plans) {
        TRY(reading.with_plan(ref));
        for (const auto& [item_ref, item] : reading.state.plan(ref)->evidence) {
            if (item.document && !item.erased) {
                items.push_back(&item);
            }
        }
    }
    return items;
}

Result<Exit> check(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto held = TRY(documents_to_read(desk));
    auto* const reading = TRY(desk.reading_directly());
    std::vector<const Evidence*> items;
    if (const auto typed = given.find("ITEM")) {
        const auto ref = TRY(SubjectRef::parse(*typed));
        const auto* const item = TRY(item_to_read(*reading, ref));
        items.push_back(item);
    } else {
        items = TRY(items_with_documents(*reading));
    }
    Checked checked;
    for (const auto* const item : items) {
        check_item(desk, *held, *reading, *item, checked);
    }
    around.output.text(
        checked.bad == 0
            ? whole_in_words(checked)
            : fmt::format("{} of {} documents are not whole: see above; put the pieces back from a "
                          "copy of the folder documents/",
                          checked.bad, checked.documents));
    around.output.json(Json::object()
                           .set("type", "check")
                           .set("ok", Json::written(checked.bad == 0 ? "true" : "false"))
                           .set("documents", checked.documents)
                           .set("pieces", checked.pieces)
                           .set("bad", checked.bad));
    return checked.bad == 0 ? Exit::done : Exit::findings;
}

Result<Exit> list(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    auto* const reading = TRY(desk.reading());
    const auto ref = TRY(PlanRef::parse(given.value("PLAN")));
    const auto moment = TRY(moment_of(desk, *reading, ref));
    Table table({{"Item", Align::left, Fit::whole}, {"Title"}, {"State"}, {"Document"}});
    for (const auto& [item_ref, item] : moment.plan().evidence) {
        const auto title = TRY(word_of(desk, *reading, item.added_at, schema::WordField::TITLE));
        const auto* stage = item.stage.at(moment.day());
        table.add({{item_ref.str()},
                   {title},
                   {stage == nullptr ? std::string() : name_in_words(choice_name(stage->value))},
                   {document_in_words(item)}});
        const auto json = TRY(evidence_json(desk, *reading, item, moment.day()));
        desk.output().json(json);
    }
    desk.output().text(table.empty() ? "No evidence is registered yet"
                                     : table.text(desk.output().style()));
    return Exit::done;
}

Result<Exit> show_one(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    auto* const reading = TRY(desk.reading());
    const auto ref = TRY(SubjectRef::parse(given.value("ITEM")));
    TRY(item_to_read(*reading, ref));
    const auto moment = TRY(moment_of(desk, *reading, *ref.plan()));
    const auto* const item = part_in(moment.plan().evidence, ref);
    if (item == nullptr) {
        return error(Fault::missing, "{} was not known by then", ref.str())
            .advise("ask about a later day");
    }
    return show_evidence(desk, *reading, moment, *item);
}

}  // namespace

CommandSpec evidence_check_command() {
    auto item = evidence_item_word();
    item.presence = Presence::optional;
    return {.name = "evidence check",
            .group = Group::checking,
            .help = "read every piece of one document, or of all, and say which have rotted",
            .example = "wsoa evidence check",
            .words = {item},
            .run = check};
}

CommandSpec evidence_list_command() {
    return {.name = "evidence list",
            .group = Group::looking,
            .help = "list a plan's evidence, and which of its documents are here",
            .example = "wsoa evidence list TH",
            .words = {{.name = "PLAN", .help = "the plan, such as TH"}},
            .options = moment_options(),
            .run = list};
}

CommandSpec evidence_show_command() {
    return {.name = "evidence show",
            .group = Group::looking,
            .help = "show one item of evidence, as it stands or stood",
            .example = "wsoa evidence show TH-E03",
            .words = {evidence_item_word()},
            .options = moment_options(),
            .run = show_one};
}

}  // namespace wsoa
