#include "cli/commands/erase.h"

#include "cli/commands/erasing.h"
#include "cli/commands/recording.h"

namespace wsoa {
namespace {

// What is to go: the words of an event, or the document of an item.
struct ToErase {
    Erasure erasure;
    std::optional<NamedDocument> document;
};

// A request for an erasure that is still to be carried out.
Result<ToErase> erasure_to_do(const State& state, const SubjectRef& request) {
    const auto* plan = request.plan() ? state.plan(*request.plan()) : nullptr;
    const auto* erasure = plan == nullptr ? nullptr : part_in(plan->erasures, request);
    if (erasure == nullptr) {
        return error(Fault::missing, "there is no request for erasure {}", request.str())
            .advise("`wsoa log --kind erasureRequested` lists them");
    }
    if (erasure->erased) {
        return error(Fault::conflict, "{} was carried out by event {}", request.str(),
                     erasure->erased->entry.index.value)
            .advise(fmt::format("its certificate: wsoa erase {} --certificate", request.str()));
    }
    if (erasure->scope == schema::ErasureScope::WORDS && erasure->event) {
        return ToErase{.erasure = *erasure, .document = {}};
    }
    const auto* item = part_in(plan->evidence, erasure->subject);
    if (item == nullptr || !item->document) {
        return error(Fault::unavailable,
                     "{} asks for the content of {}, whose document is not in this ledger",
                     request.str(), erasure->subject.str())
            .advise(
                "destroy the file where it is kept, then record it: "
                "wsoa record contentErased --help");
    }
    return ToErase{.erasure = *erasure, .document = item->document};
}

std::string what_went(const ToErase& what) {
    return what.document ? fmt::format("the document of {}", what.erasure.subject.str())
                         : fmt::format("the words of event {}", what.erasure.event->value);
}

std::string tombstone_of(const ToErase& what) {
    return what.document ? fmt::format("The document of {} was erased under {}",
                                       what.erasure.subject.str(), what.erasure.ref.str())
                         : fmt::format("The words of event {} were erased under {}",
                                       what.erasure.event->value, what.erasure.ref.str());
}

// The change that records the erasure, by the vault that forgot.
Result<ChangeLine> line_of(const Invocation& given, const ToErase& what, const Forgotten& vault) {
    auto line = TRY(line_from(given, Kind::CONTENT_ERASED, what.erasure.subject));
    if (what.erasure.decided) {
        line.answers = what.erasure.decided->entry.index;
    }
    TRY(line.draft.set("request", what.erasure.ref.str()));
    TRY(line.draft.set("scope", what.document ? "content" : "words"));
    TRY(line.draft.set("keyDestroyed", "true"));
    say_vault(line, vault);
    if (what.document) {
        say_document(line, *what.document);
    } else {
        TRY(line.draft.set("event", fmt::format("{}", what.erasure.event->value)));
    }
    TRY(say(line, schema::WordField::TOMBSTONE,
            given.find("tombstone").value_or(tombstone_of(what))));
    return line;
}

Result<Forgotten> forget(Desk& desk, Ledger& ledger, const ToErase& what,
                         const Submission& record) {
    return what.document ? forget_document(ledger, desk.vault(), what.document->number, record)
                         : forget_words(ledger, desk.vault(), *what.erasure.event, record);
}

Result<Exit> show_again(Desk& desk, const SubjectRef& request) {
    auto* reading = TRY(desk.reading());
    if (request.plan()) {
        TRY(reading->with_plan(*request.plan()));
    }
    auto certificate = TRY(certificate_of(*reading->history, reading->state, request));
    TRY(show_certificate(std::move(certificate), desk));
    return Exit::done;
}

Result<Exit> erase(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto request = TRY(SubjectRef::parse(given.value("REQUEST")));
    if (given.has("certificate")) {
        return show_again(desk, request);
    }
    const auto* signer = TRY(desk.signer());
    auto* ledger = TRY(desk.writing_directly());
    const auto* state = TRY(ledger->state_with(request.plan()));
    const auto what = TRY(erasure_to_do(*state, request));
    // Everything that can be refused is refused now, before anything is gone.
    const auto next = TRY(next_vault(desk.vault()));
    auto trial = TRY(line_of(given, what, next));
    const auto record = TRY(desk.compose(trial, *signer));
    const auto forgotten = TRY(forget(desk, *ledger, what, record));
    if (forgotten.was == Forgotten::Was::gone_already) {
        around.output.note(fmt::format(
            "The vault had forgotten {} before, by a command that was cut short; it is recorded "
            "now",
            what_went(what)));
    }
    auto line = TRY(line_of(given, what, forgotten));
    TRY(record_forgotten(desk, line, *signer, fmt::format("wsoa erase {}", request.str())));
    if (what.document) {
        sweep_erased(desk);
    }
    auto* writing = TRY(desk.writing());
    const auto* after = TRY(writing->state_with(request.plan()));
    auto certificate = TRY(certificate_of(writing->history(), *after, request));
    TRY(show_certificate(std::move(certificate), desk));
    return Exit::done;
}

}  // namespace

CommandSpec erase_command() {
    auto options = std::vector<OptionSpec>{
        {.name = "tombstone",
         .value = "WORDS",
         .help = "what stands in the place of what was erased; it must not repeat it"},
        {.name = "out", .value = "FILE", .help = "the file for the certificate; else the answer"},
        {.name = "certificate",
         .help = "erase nothing, and give the certificate of an erasure that was carried out"}};
    for (const auto& option : recording_options()) {
        options.push_back(option);
    }
    return {
        .name = "erase",
        .group = Group::recording,
        .help = "make the vault forget words or a document for good, as was granted",
        .example =
            "wsoa record erasureRequested --subject TH-1.2 --request TH-ER1 --scope words \\\n"
            "    --event 41 --reason \"It names a child\"\n"
            "wsoa erase TH-ER1 --out TH-ER1.certificate",
        .words = {{.name = "REQUEST", .help = "the request's reference, such as TH-ER1"}},
        .options = std::move(options),
        .notes =
            [] {
                return "Only for whoever holds the ledger's folder; a keeper is stopped first.\n"
                       "Copies of the vault that were made before still open it: the\n"
                       "certificate names them, and they are to be destroyed.\n";
            },
        .run = erase};
}

}  // namespace wsoa
