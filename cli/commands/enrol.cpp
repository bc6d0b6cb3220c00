#include "cli/commands/enrol.h"

#include "cli/commands/recording.h"
#include "ledger/base/limits.h"
#include "ledger/keys/request.h"

namespace wsoa {
namespace {

Result<KeyRequest> request_for(Desk& desk, const PersonId& person, const Hash& ledger) {
    const auto& path = desk.given().value("request");
    const auto bytes = TRY(read_file(path, limits::key_file_bytes_max));
    auto request = KeyRequest::parse(text_of(bytes));
    if (!request.ok()) {
        return std::move(request).error().explain("reading {}", path);
    }
    TRY(request.value().check());
    if (request.value().ledger != ledger) {
        return error(Fault::refused, "the request {} is for another ledger", path)
            .advise("have it made anew with `wsoa keys request` for this one");
    }
    if (request.value().person != person) {
        return error(Fault::refused, "the request {} is for {}, not for {}", path,
                     request.value().person.str(), person.str())
            .advise("enrol the person under the id that their request names");
    }
    return request;
}

Result<ChangeLine> enrolment(Desk& desk, const PersonId& person, const KeyRequest& request) {
    const auto& given = desk.given();
    auto line = TRY(line_from(given, Kind::PERSON_ENROLLED, SubjectRef::of(person)));
    TRY(line.draft.set("organisation", given.find("organisation").value_or("council")));
    TRY(line.draft.set("key", request.key.hex()));
    TRY(line.draft.set("proof", to_hex(request.proof.view())));
    TRY(say(line, schema::WordField::NAME, given.find("name")));
    return line;
}

Result<ChangeLine> grant(Desk& desk, const PersonId& person) {
    const auto& given = desk.given();
    auto line = TRY(line_from(given, Kind::ROLE_GRANTED, SubjectRef::of(person)));
    // An id serves one change.
    line.id.reset();
    TRY(line.draft.set("role", given.value("role")));
    for (const auto* field : {"scope", "from", "until"}) {
        if (const auto typed = given.find(field)) {
            TRY(line.draft.set(field, *typed));
        }
    }
    return line;
}

Result<Exit> enrol(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto person = TRY(post_typed(given, given.value("PERSON")));
    const auto* signer = TRY(desk.signer());
    auto* ledger = TRY(desk.writing());
    const auto request = TRY(request_for(desk, person, ledger->facts().ledger));
    if (!ledger->facts().is_rehearsal) {
        TRY(desk.refuse_rehearsal_key(request.key));
    }
    auto enrolled = TRY(enrolment(desk, person, request));
    auto granted = TRY(grant(desk, person));
    const auto first = TRY(desk.record(enrolled, *signer));
    desk.show(first, enrolled);
    auto second = desk.record(granted, *signer);
    if (!second.ok()) {
        return std::move(second).error().explain(
            "{} is enrolled by event {}, but the role was not granted", person.str(),
            first.index.value);
    }
    desk.show(second.value(), granted);
    around.output.note(fmt::format(
        "It counts once another entitled person confirms it: wsoa confirm @{}", person.str()));
    return Exit::done;
}

// One more key for somebody who is enrolled: where theirs is lost, or for another device.
Result<Exit> keys_enrol(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto person = TRY(PersonId::parse(given.value("PERSON")));
    const auto* signer = TRY(desk.signer());
    auto* ledger = TRY(desk.writing());
    const auto request = TRY(request_for(desk, person, ledger->facts().ledger));
    if (!ledger->facts().is_rehearsal) {
        TRY(desk.refuse_rehearsal_key(request.key));
    }
    auto line = TRY(line_from(given, Kind::KEY_ENROLLED, SubjectRef::of(person)));
    TRY(line.draft.set("key", request.key.hex()));
    TRY(line.draft.set("proof", to_hex(request.proof.view())));
    TRY(say(line, schema::WordField::REASON, given.find("reason")));
    const auto committed = TRY(desk.record(line, *signer));
    desk.show(committed, line);
    around.output.note(
        fmt::format("It counts once another entitled person confirms it: wsoa confirm @{}. A key "
                    "that is lost is then to be ended: wsoa show @{}",
                    person.str(), person.str()));
    return Exit::done;
}

}  // namespace

CommandSpec keys_enrol_command() {
    auto options = std::vector<OptionSpec>{{.name = "request",
                                            .value = "FILE",
                                            .help = "the request that the new key made",
                                            .presence = Presence::required},
                                           {.name = "reason", .value = "WORDS", .help = "why"}};
    for (const auto& option : recording_options()) {
        options.push_back(option);
    }
    return {.name = "keys enrol",
            .group = Group::running,
            .help = "give somebody who is enrolled another key; a second person confirms",
            .example =
                "wsoa keys enrol board-chair --request chair.request --reason \"the key is lost\"\n"
                "wsoa confirm @board-chair",
            .words = {{.name = "PERSON", .help = "the person's id"}},
            .options = std::move(options),
            .run = keys_enrol};
}

CommandSpec enrol_command() {
    auto options = std::vector<OptionSpec>{
        {.name = "request",
         .value = "FILE",
         .help = "the person's key request",
         .presence = Presence::required},
        {.name = "role",
         .value = "ROLE",
         .help = "the role granted",
         .presence = Presence::required},
        {.name = "scope",
         .value = "REF",
         .help = "a plan, an area or an action; else the whole ledger"},
        {.name = "from", .value = "DATE", .help = "the first day of the grant"},
        {.name = "until", .value = "DATE", .help = "the last day of the grant"},
        {.name = "organisation", .value = "ORG", .help = "whom the person works for; council"},
        {.name = "name", .value = "WORDS", .help = "the post's title, kept as words"},
        {.name = "is-a-post", .help = "the id names a post, though it looks like a name"}};
    for (const auto& option : recording_options()) {
        options.push_back(option);
    }
    return {.name = "enrol",
            .group = Group::running,
            .help = "enrol a person with a key of theirs and a role; a second person confirms",
            .example =
                "wsoa enrol head-of-send --request head-of-send.request \\\n"
                "    --role actionOwner --scope TH-1.2",
            .words = {{.name = "PERSON", .help = "the person's id, which names the post"}},
            .options = std::move(options),
            .run = enrol};
}

}  // namespace wsoa
