#include "cli/commands/recording.h"

#include "ledger/base/limits.h"
#include "ledger/base/text.h"

#include <algorithm>

namespace wsoa {

std::vector<OptionSpec> recording_options() {
    return {
        {.name = "effective", .value = "DATE", .help = "the day on which it was true; today"},
        {.name = "as", .value = "ROLE", .help = "the role you act in, where you hold several"},
        {.name = "on-behalf-of", .value = "PERSON", .help = "for whom the programme office acts"},
        {.name = "classification",
         .value = "CLASS",
         .help = "who may read the words; partnership",
         .choices = {"public", "partnership", "restricted"}},
        {.name = "id",
         .value = "UUID",
         .help = "the change's id: the same again gives the first receipt"},
        {.name = "recorded",
         .value = "INSTANT",
         .help = "in a rehearsal only: the instant to record it at"}};
}

Result<ChangeLine> line_from(const Invocation& given, Kind kind, const SubjectRef& subject) {
    ChangeLine line{.draft = Draft(kind), .subject = subject};
    if (const auto typed = given.find("effective")) {
        line.effective = TRY(parse_date(*typed));
    }
    if (const auto typed = given.find("as")) {
        line.role = role_named(*typed);
        if (!line.role) {
            return error(Fault::invalid, "there is no role \"{}\"", *typed)
                .advise("`wsoa record roleGranted --help` lists them");
        }
    }
    if (const auto typed = given.find("on-behalf-of")) {
        line.on_behalf_of = TRY(PersonId::parse(*typed));
    }
    if (const auto typed = given.find("classification")) {
        line.classification = classification_named(*typed);
    }
    if (const auto typed = given.find("id")) {
        line.id = TRY(ChangeId::parse(*typed));
    }
    if (const auto typed = given.find("recorded")) {
        line.recorded = TRY(parse_instant(*typed));
    }
    return line;
}

Result<void> say(ChangeLine& line, schema::WordField field,
                 const std::optional<std::string>& typed) {
    if (!typed) {
        return done();
    }
    auto text = normalize_text(*typed, limits::word_bytes_max);
    if (!text.ok()) {
        return std::move(text).error().explain("--{}", option_name(name_of(field)));
    }
    const auto place =
        std::ranges::find_if(line.words, [&](const auto& word) { return word.first > field; });
    line.words.insert(place, {field, std::move(text).value()});
    return done();
}

Result<PersonId> post_typed(const Invocation& given, std::string_view typed) {
    auto person = TRY(PersonId::parse(typed));
    if (person.looks_like_a_name() && !given.has("is-a-post")) {
        return error(Fault::invalid, "\"{}\" looks like a person's name", person.str())
            .advise(
                "an id stays in the ledger for ever: name the post, such as head-of-send, "
                "or say --is-a-post if it is one");
    }
    return person;
}

std::string option_name(std::string_view schema_name) {
    std::string name;
    for (const char c : schema_name) {
        if (c >= 'A' && c <= 'Z') {
            name.push_back('-');
            name.push_back(static_cast<char>(c - 'A' + 'a'));
        } else {
            name.push_back(c);
        }
    }
    // These two are taken by options that every command has.
    if (name == "key") {
        return "public-key";
    }
    return name == "version" ? "version-number" : name;
}

}  // namespace wsoa
