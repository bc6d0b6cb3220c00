#include "cli/commands/erase.h"

#include "cli/commands/erasure_certificate.h"
#include "cli/commands/recording.h"
#include "ledger/ledger_vault.h"

namespace wsoa {
namespace {

// A request for the erasure of words that is still to be carried out.
Result<Erasure> erasure_to_do(const State& state, const SubjectRef& request) {
    const auto* plan = request.plan() ? state.plan(*request.plan()) : nullptr;
    const auto* erasure = plan == nullptr ? nullptr : part_in(plan->erasures, request);
    if (erasure == nullptr) {
        return error(Fault::missing, "there is no request for erasure {}", request.str())
            .advise("`wsoa log --kind erasureRequested` lists them");
    }
    if (erasure->scope != schema::ErasureScope::WORDS || !erasure->event) {
        return error(Fault::unavailable,
                     "{} asks for the content of {}, and no document is kept "
                     "in this ledger",
                     request.str(), erasure->subject.str())
            .advise(
                "destroy the file where it is kept, then record it: "
                "wsoa record contentErased --help");
    }
    if (erasure->erased) {
        return error(Fault::conflict, "{} was carried out by event {}", request.str(),
                     erasure->erased->entry.index.value)
            .advise(fmt::format("its certificate: wsoa erase {} --certificate", request.str()));
    }
    return *erasure;
}

// The change that records the erasure, by the vault that forgot.
Result<ChangeLine> line_of(const Invocation& given, const Erasure& erasure,
                           const ForgottenWords& vault) {
    auto line = TRY(line_from(given, Kind::CONTENT_ERASED, erasure.subject));
    if (erasure.decided) {
        line.answers = erasure.decided->entry.index;
    }
    TRY(line.draft.set("request", erasure.ref.str()));
    TRY(line.draft.set("scope", "words"));
    TRY(line.draft.set("keyDestroyed", "true"));
    TRY(line.draft.set("vaultGeneration", fmt::format("{}", vault.generation)));
    TRY(line.draft.set("vaultDigest", to_hex(vault.digest.view())));
    TRY(line.draft.set("event", fmt::format("{}", erasure.event->value)));
    const auto tombstone = given.find("tombstone");
    TRY(say(line, schema::WordField::TOMBSTONE,
            tombstone ? *tombstone
                      : fmt::format("The words of event {} were erased under {}",
                                    erasure.event->value, erasure.ref.str())));
    return line;
}

Result<void> show(const ErasureCertificate& certificate, Desk& desk) {
    const auto text = certificate.text();
    auto& output = desk.output();
    if (const auto out = desk.given().find("out")) {
        auto written = write_durably(*out, bytes_of(text), Access::everyone);
        if (!written.ok()) {
            return std::move(written)
                .error()
                .explain("the erasure is recorded as event {}, but its certificate is not written",
                         certificate.done.index().value)
                .advise(fmt::format("write it with `wsoa erase {} --certificate --out FILE`",
                                    certificate.request.str()));
        }
        output.text(fmt::format("Certificate: {}", *out));
    } else {
        output.text(text);
    }
    output.json(certificate.json());
    return done();
}

Result<Exit> show_again(Desk& desk, const SubjectRef& request) {
    auto* reading = TRY(desk.reading());
    if (request.plan()) {
        TRY(reading->with_plan(*request.plan()));
    }
    const auto certificate = TRY(certificate_of(*reading->history, reading->state, request));
    TRY(show(certificate, desk));
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
    const auto erasure = TRY(erasure_to_do(*state, request));
    // Everything that can be refused is refused now, before anything is gone.
    const auto next = TRY(next_vault(desk.vault()));
    auto trial = TRY(line_of(given, erasure, next));
    const auto record = TRY(desk.compose(trial, *signer));
    const auto forgotten = TRY(forget_words(*ledger, desk.vault(), *erasure.event, record));
    if (forgotten.were == ForgottenWords::Were::gone_already) {
        around.output.note(fmt::format(
            "The vault had forgotten the words of event {} before, by a command that was cut "
            "short; it is recorded now",
            erasure.event->value));
    }
    auto line = TRY(line_of(given, erasure, forgotten));
    auto committed = desk.record(line, *signer);
    if (!committed.ok()) {
        return std::move(committed)
            .error()
            .explain(
                "the vault has forgotten the words of event {}, and that is still to be "
                "recorded",
                erasure.event->value)
            .advise(fmt::format("give the same command again: wsoa erase {}", request.str()));
    }
    desk.show(committed.value(), line);
    auto* writing = TRY(desk.writing());
    const auto* after = TRY(writing->state_with(request.plan()));
    const auto certificate = TRY(certificate_of(writing->history(), *after, request));
    TRY(show(certificate, desk));
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
        .help = "make the vault forget the words of an event, as was granted, for good",
        .example =
            "wsoa record erasureRequested --subject TH-1.2 --request TH-ER1 --scope words \\\n"
            "    --event 41 --reason \"It names a child\"\n"
            "wsoa erase TH-ER1 --out TH-ER1.certificate",
        .words = {{.name = "REQUEST", .help = "the request's reference, such as TH-ER1"}},
        .options = std::move(options),
        .notes =
            [] {
                return "Only for whoever holds the ledger's folder; a keeper is stopped first.\n"
                       "Copies of the vault that were made before still open the words: the\n"
                       "certificate names them, and they are to be destroyed.\n";
            },
        .run = erase};
}

}  // namespace wsoa
