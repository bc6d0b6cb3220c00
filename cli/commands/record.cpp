#include "cli/commands/record.h"

#include "cli/commands/record_lines.h"
#include "cli/commands/recording.h"
#include "cli/render/text.h"
#include "ledger/plan/rulebook.h"

namespace wsoa {
namespace {

// The option of a field as the schema has it. Fields that are made of parts are not typed.
OptionSpec option_of(const Field& field) {
    return {.name = option_name(field.name),
            .value = field.type == FieldType::flag                      ? "true|false"
                     : field.is_list && field.type == FieldType::record ? "A=B,..."
                     : field.is_list                                    ? "A,B,..."
                     : field.type == FieldType::record                  ? "A=B"
                                                                        : "VALUE",
            .help = field.help,
            .presence = field.is_required ? Presence::required : Presence::optional,
            .choices = field.is_list ? std::vector<std::string>{} : field.choices};
}

// Of kinds whose fields hang together, so that each by itself makes no line that is accepted.
std::optional<std::string> whole_example_of(Kind kind) {
    constexpr std::string_view about = "--subject TH-1.2 --request TH-ER1 --scope words";
    switch (kind) {
        case Kind::ERASURE_REQUESTED:
            return fmt::format(
                "wsoa record erasureRequested {} \\\n"
                "    --event 41 --reason \"It names a child\"",
                about);
        case Kind::ERASURE_DECIDED:
            return fmt::format(
                "wsoa record erasureDecided {} \\\n"
                "    --decision granted --ground noLongerNecessary --kept hash \\\n"
                "    --reason \"The child can be told from it\" --answers 42",
                about);
        case Kind::CONTENT_ERASED: return "wsoa erase TH-ER1";
        default: return std::nullopt;
    }
}

std::string example_of(const KindInfo& info, const KindRule& rule) {
    if (auto whole = whole_example_of(info.kind)) {
        return *std::move(whole);
    }
    auto example =
        fmt::format("wsoa record {} --subject {}", info.name, example_of(rule.about.front()));
    for (const auto& field : info.fields) {
        if (field.is_required && (field.type != FieldType::record || field.is_list)) {
            example += fmt::format(" --{} {}", option_name(field.name),
                                   field.example.empty() ? "VALUE" : field.example);
        }
    }
    for (const auto& word : all_words()) {
        if (std::ranges::find(rule.required, word.field) != rule.required.end()) {
            example += fmt::format(" --{} \"{}\"", option_name(word.name), word.example);
        }
    }
    return example;
}

Result<Details> details_of(std::string_view typed) {
    const auto kind = kind_named(typed);
    if (!kind) {
        std::vector<std::string> names;
        for (const auto& info : all_kinds()) {
            names.push_back(info.name);
        }
        const auto near = nearest(typed, names);
        return error(Fault::invalid, "there is no kind of change \"{}\"", typed)
            .advise(near ? fmt::format("did you mean {}?", *near)
                         : "`wsoa record --help` lists them");
    }
    const auto& info = info_of(*kind);
    const auto& rule = kind_rule(*kind);
    Details details{.help = info.help, .example = example_of(info, rule), .options = {}};
    for (const auto& field : info.fields) {
        details.options.push_back(option_of(field));
    }
    for (const auto& word : all_words()) {
        const bool is_required =
            std::ranges::find(rule.required, word.field) != rule.required.end();
        const bool is_optional =
            std::ranges::find(rule.optional, word.field) != rule.optional.end();
        if (is_required || is_optional) {
            details.options.push_back(
                {.name = option_name(word.name),
                 .value = "WORDS",
                 .help = word.help,
                 .presence = is_required ? Presence::required : Presence::optional});
        }
    }
    return details;
}

Result<Exit> record_one(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto kind = kind_named(given.value("KIND"));
    CHECK(kind.has_value());  // details_of has refused any other
    const auto subject_typed = given.find("subject");
    if (!subject_typed) {
        return Error{Fault::invalid, "the change has no subject",
                     "say what it is about with --subject, such as TH-1.2"};
    }
    const auto subject = TRY(SubjectRef::parse(*subject_typed));
    auto line = TRY(line_from(given, *kind, subject));
    for (const auto& field : info_of(*kind).fields) {
        if (const auto typed = given.find(option_name(field.name))) {
            TRY(line.draft.set(field.name, *typed));
        } else if (field.is_list && field.type != FieldType::record) {
            TRY(line.draft.set(field.name, ""));
        }
    }
    for (const auto& word : all_words()) {
        const auto& rule = kind_rule(*kind);
        if (std::ranges::find(rule.required, word.field) != rule.required.end() ||
            std::ranges::find(rule.optional, word.field) != rule.optional.end()) {
            TRY(say(line, word.field, given.find(option_name(word.name))));
        }
    }
    const auto* signer = TRY(desk.signer());
    if (const auto answers = given.find("answers")) {
        line.answers = TRY(answered_event(*answers));
    }
    const auto committed = TRY(desk.record(line, *signer));
    desk.show(committed, line);
    return Exit::done;
}

Result<Exit> record(const Invocation& given, Surroundings& around) {
    const bool has_lines = given.has("lines");
    if (has_lines == given.has("KIND")) {
        return Error{
            Fault::invalid,
            has_lines ? "a file of lines names its kinds itself" : "there is nothing to record",
            "give a kind of change, or a file with --lines; `wsoa record --help` lists the kinds"};
    }
    return has_lines ? record_lines(given, around) : record_one(given, around);
}

std::string kinds_note() {
    constexpr std::size_t column = 23;  // where explanations begin
    constexpr std::size_t width = 80;
    std::string text = "Kinds of change:\n";
    for (const auto& info : all_kinds()) {
        auto left = "  " + info.name;
        // A long name stands on a line of its own.
        left += left.size() < column ? std::string(column - left.size(), ' ')
                                     : '\n' + std::string(column, ' ');
        text += left + hanging(info.help, column, width) + '\n';
    }
    return text + "\n`wsoa record KIND --help` explains one.";
}

}  // namespace

CommandSpec record_command() {
    auto options = std::vector<OptionSpec>{
        {.name = "subject", .value = "REF", .help = "what the change is about, such as TH-1.2"},
        {.name = "answers",
         .value = "EVENT",
         .help = "the event that this confirms, corrects or ends"},
        {.name = "lines",
         .value = "FILE",
         .help = "record a file of JSON lines instead; - reads them in"},
        {.name = "resume", .help = "with --lines: go on where an earlier run ended"},
        {.name = "keys",
         .value = "FOLDER",
         .help = "in a rehearsal: PERSON.pem of each line's \"by\""},
        {.name = "documents",
         .value = "FOLDER",
         .help = "with --lines: keep the file that an item's line names, if it is there"}};
    for (const auto& option : recording_options()) {
        options.push_back(option);
    }
    return {
        .name = "record",
        .group = Group::recording,
        .help = "record a change of any kind, or a file of changes",
        .example = "wsoa record actionStarted --subject TH-1.2\nwsoa record --lines changes.jsonl",
        .words = {{.name = "KIND",
                   .help = "the kind of change, such as progressRecorded",
                   .presence = Presence::optional}},
        .options = std::move(options),
        .details = details_of,
        .notes = kinds_note,
        .run = record};
}

}  // namespace wsoa
