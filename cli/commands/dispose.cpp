#include "cli/commands/dispose.h"

#include "cli/commands/erasing.h"
#include "cli/commands/evidence_item.h"
#include "cli/commands/recording.h"

namespace wsoa {
namespace {

// An item whose disposal is still to be carried out, and who approved it; nobody did where
// `approved` is null, which the rules refuse in their own words.
struct ToDispose {
    SubjectRef item;
    NamedDocument document;
    std::optional<EventIndex> approved;
};

Result<ToDispose> disposal_to_do(const State& state, const SubjectRef& ref) {
    const auto* plan = ref.plan() ? state.plan(*ref.plan()) : nullptr;
    const auto* item = plan == nullptr ? nullptr : part_in(plan->evidence, ref);
    if (item == nullptr) {
        return no_such_item(ref);
    }
    if (item->erased) {
        return error(Fault::conflict, "the content of {} went with event {}", ref.str(),
                     item->erased->index.value)
            .advise(fmt::format("see `wsoa evidence show {}`", ref.str()));
    }
    if (!item->document) {
        return error(Fault::unavailable, "the document of {} is not in this ledger", ref.str())
            .advise(
                "destroy the file where it is kept, then record it: wsoa record disposed --help");
    }
    const auto* kept = part_in(plan->retentions, ref);
    return ToDispose{.item = ref,
                     .document = *item->document,
                     .approved = kept != nullptr && kept->approved
                                     ? std::optional(kept->approved->index)
                                     : std::nullopt};
}

Result<ChangeLine> line_of(const Invocation& given, const ToDispose& what, const Forgotten& vault) {
    auto line = TRY(line_from(given, Kind::DISPOSED, what.item));
    if (what.approved) {
        line.answers = *what.approved;
    }
    TRY(line.draft.set("keyDestroyed", "true"));
    say_vault(line, vault);
    say_document(line, what.document);
    TRY(say(line, schema::WordField::TOMBSTONE,
            given.find("tombstone")
                .value_or(fmt::format("The document of {} was disposed of", what.item.str()))));
    return line;
}

Result<Exit> show_again(Desk& desk, const SubjectRef& item) {
    auto* reading = TRY(desk.reading());
    if (item.plan()) {
        TRY(reading->with_plan(*item.plan()));
    }
    auto certificate = TRY(disposal_certificate_of(*reading->history, reading->state, item));
    TRY(show_certificate(std::move(certificate), desk));
    return Exit::done;
}

Result<Exit> dispose(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto ref = TRY(SubjectRef::parse(given.value("ITEM")));
    if (given.has("certificate")) {
        return show_again(desk, ref);
    }
    const auto* signer = TRY(desk.signer());
    auto* ledger = TRY(desk.writing_directly());
    const auto* state = TRY(ledger->state_with(ref.plan()));
    const auto what = TRY(disposal_to_do(*state, ref));
    // Everything that can be refused is refused now, before anything is gone.
    const auto next = TRY(next_vault(desk.vault()));
    auto trial = TRY(line_of(given, what, next));
    const auto record = TRY(desk.compose(trial, *signer));
    const auto forgotten =
        TRY(forget_document(*ledger, desk.vault(), what.document.number, record));
    if (forgotten.was == Forgotten::Was::gone_already) {
        around.output.note(fmt::format(
            "The vault had forgotten the document of {} before, by a command that was cut short; "
            "it is recorded now",
            ref.str()));
    }
    auto line = TRY(line_of(given, what, forgotten));
    TRY(record_forgotten(desk, line, *signer, fmt::format("wsoa dispose {}", ref.str())));
    sweep_erased(desk);
    auto* writing = TRY(desk.writing());
    const auto* after = TRY(writing->state_with(ref.plan()));
    auto certificate = TRY(disposal_certificate_of(writing->history(), *after, ref));
    TRY(show_certificate(std::move(certificate), desk));
    return Exit::done;
}

}  // namespace

CommandSpec dispose_command() {
    auto options = std::vector<OptionSpec>{
        {.name = "tombstone",
         .value = "WORDS",
         .help = "what stands in the place of the document; it must not repeat it"},
        {.name = "out", .value = "FILE", .help = "the file for the certificate; else the answer"},
        {.name = "certificate",
         .help = "dispose of nothing, and give the certificate of a disposal carried out before"}};
    for (const auto& option : recording_options()) {
        options.push_back(option);
    }
    return {
        .name = "dispose",
        .group = Group::recording,
        .help = "make the vault forget an item's document whose time has come, as was approved",
        .example =
            "wsoa record retentionApplied --subject TH-E07 --class governance \\\n"
            "    --due 2029-12-31\n"
            "wsoa record disposalApproved --subject TH-E07 --reason \"Its time has come\"\n"
            "wsoa dispose TH-E07 --out TH-E07.certificate",
        .words = {{.name = "ITEM", .help = "the item of evidence, such as TH-E07"}},
        .options = std::move(options),
        .notes =
            [] {
                return "Three people do it: one says how long it is kept, another approves that "
                       "it\n"
                       "goes, a third carries it out. Only for whoever holds the ledger's folder;\n"
                       "a keeper is stopped first.\n";
            },
        .run = dispose};
}

}  // namespace wsoa
