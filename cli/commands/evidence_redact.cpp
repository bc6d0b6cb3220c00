#include "cli/commands/evidence_redact.h"

#include "cli/commands/evidence_file.h"
#include "cli/commands/evidence_item.h"
#include "cli/commands/recording.h"
#include "ledger/event/choices.h"

#include <algorithm>

namespace wsoa {
namespace {

// Who made the copy and who checked it. One of the two records it, and need not be named.
struct Pair {
    PersonId redactor;
    PersonId checker;
};

Result<Pair> pair_of(Desk& desk) {
    const auto& given = desk.given();
    const auto made_by = given.find("made-by");
    const auto checked_by = given.find("checked-by");
    if (!made_by && !checked_by) {
        return Error{Fault::invalid, "it is not said which second person has to do with the copy",
                     "name who checked it with --checked-by, or who made it with --made-by"};
    }
    if (made_by && checked_by) {
        const auto redactor = TRY(PersonId::parse(*made_by));
        const auto checker = TRY(PersonId::parse(*checked_by));
        return Pair{.redactor = redactor, .checker = checker};
    }
    const auto* const signer = TRY(desk.signer());
    auto* const writing = TRY(desk.writing());
    const auto* const state = TRY(writing->state_with(std::nullopt));
    const auto own = state->keyring.holder_of(signer->key());
    if (!own) {
        return Error{Fault::refused, "the key is nobody's, so that it is not known who you are",
                     "sign with the key that you were enrolled with"};
    }
    const auto other = TRY(PersonId::parse(made_by ? *made_by : *checked_by));
    return made_by ? Pair{.redactor = other, .checker = *own}
                   : Pair{.redactor = *own, .checker = other};
}

// The reference of the copy: as typed, or the next free one of the form TH-E07-R1.
Result<SubjectRef> copy_of_item(const Invocation& given, const Plan& plan, const SubjectRef& item) {
    if (const auto typed = given.find("copy")) {
        return SubjectRef::parse(*typed);
    }
    std::size_t number = 1;
    while (true) {
        auto ref = TRY(SubjectRef::parse(fmt::format("{}-R{}", item.str(), number)));
        const auto& copies = plan.evidence.at(item).redacted_copies;
        if (!plan.has(ref) &&
            std::ranges::find(copies, ref, &RedactedCopy::derivative) == copies.end()) {
            return ref;
        }
        ++number;
    }
}

// What the copy is of, and which one it is.
struct Meant {
    const Evidence* item = nullptr;
    SubjectRef copy;
};

Result<Meant> meant_by(Desk& desk) {
    const auto& given = desk.given();
    const auto ref = TRY(SubjectRef::parse(given.value("ITEM")));
    const auto* const item = TRY(item_to_record(desk, ref));
    auto* const writing = TRY(desk.writing());
    const auto* const state = TRY(writing->state_with(ref.plan()));
    const auto& plan = *state->plan(*ref.plan());
    auto copy = TRY(copy_of_item(given, plan, ref));
    if (!given.has("FILE") && !plan.evidence.contains(copy)) {
        return error(Fault::missing, "there is no item of evidence {} yet", copy.str())
            .advise("give the copy's file too, or name with --copy the item that holds it");
    }
    return Meant{.item = item, .copy = std::move(copy)};
}

// The change that ties the copy to its original.
Result<ChangeLine> issue_line(const Invocation& given, const Meant& meant, const Pair& pair) {
    auto line = TRY(line_from(given, Kind::REDACTED_COPY_ISSUED, meant.item->ref));
    TRY(line.draft.set("derivative", meant.copy.str()));
    TRY(line.draft.set("redactor", pair.redactor.str()));
    TRY(line.draft.set("secondChecker", pair.checker.str()));
    TRY(line.draft.set("categories", given.value("categories")));
    TRY(line.draft.set("method", given.value("method")));
    TRY(say(line, schema::WordField::REASON, given.find("reason")));
    return line;
}

// The change that brings the copy in as an item of its own: of the sort, day and period of its
// original, and without its personal data.
Result<ChangeLine> copy_line(const Invocation& given, const Meant& meant, const FileToKeep& file) {
    const auto& item = *meant.item;
    auto line = TRY(line_from(given, Kind::EVIDENCE_REGISTERED, meant.copy));
    line.id.reset();  // the one that was given is that of the tie
    TRY(line.draft.set("type", choice_name(item.type)));
    TRY(line.draft.set("version", "1"));
    TRY(line.draft.set("personalData", given.find("personal-data").value_or("none")));
    if (item.source) {
        TRY(line.draft.set("sourceOrganisation", choice_name(*item.source)));
    }
    const std::initializer_list<std::pair<std::string_view, std::optional<Date>>> days{
        {"dateOfDocument", item.date_of_document},
        {"periodStart", item.period_start},
        {"periodEnd", item.period_end}};
    for (const auto& [field, day] : days) {
        if (day) {
            TRY(line.draft.set(field, to_string(*day)));
        }
    }
    TRY(say_file(line, given, file));
    return line;
}

// Keeps the copy's file as an item of its own.
Result<void> bring_copy_in(Desk& desk, FolderDocuments* held, ChangeLine& line,
                           const FileToKeep& file) {
    auto recorded = record_with_file(desk, held, line, file);
    if (recorded.ok()) {
        return done();
    }
    return std::move(recorded).error().explain("adding the copy");
}

Result<Exit> redact(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto* const signer = TRY(desk.signer());
    const bool has_file = given.has("FILE");
    std::unique_ptr<FolderDocuments> held;
    if (has_file) {
        held = TRY(documents_to_add(desk));
    }
    const auto meant = TRY(meant_by(desk));
    const auto pair = TRY(pair_of(desk));
    auto line = TRY(issue_line(given, meant, pair));
    if (has_file) {
        const auto file = TRY(file_to_keep(given));
        auto copy = TRY(copy_line(given, meant, file));
        // Before the copy is kept for nothing.
        TRY(desk.try_out(line, *signer));
        TRY(bring_copy_in(desk, held.get(), copy, file));
    }
    auto committed = record_and_show(desk, line);
    if (!committed.ok() && has_file) {
        return std::move(committed).error().explain("{} is registered, but not tied to {}",
                                                    meant.copy.str(), line.subject.str());
    }
    TRY(std::move(committed));
    return Exit::done;
}

std::vector<OptionSpec> redact_options() {
    const auto kind = Kind::REDACTED_COPY_ISSUED;
    auto options = std::vector<OptionSpec>{
        {.name = "checked-by",
         .value = "PERSON",
         .help = "who checked it; you, where that is left out"},
        {.name = "made-by", .value = "PERSON", .help = "who made it; you, where that is left out"},
        {.name = "categories",
         .value = "A,B,...",
         .help = fmt::format("what was taken out, of {}",
                             fmt::join(schema_field(kind, "categories").choices, ", ")),
         .presence = Presence::required},
        {.name = "method",
         .value = "HOW",
         .help = "what became of it",
         .presence = Presence::required,
         .choices = schema_field(kind, "method").choices},
        {.name = "reason",
         .value = "WORDS",
         .help = "why the copy was made",
         .presence = Presence::required},
        {.name = "copy",
         .value = "REF",
         .help = "the copy's reference; the next free one such as TH-E07-R1"},
        {.name = "personal-data",
         .value = "VALUE",
         .help = "whose personal data the copy still holds; none",
         .choices = schema_field(Kind::EVIDENCE_REGISTERED, "personalData").choices}};
    std::ranges::move(file_options(), std::back_inserter(options));
    return options;
}

}  // namespace

CommandSpec evidence_redact_command() {
    return about_item(
        {.name = "evidence redact",
         .help = "keep a copy of an item without what may not be shown, checked by another person",
         .example = "wsoa evidence redact TH-E07v2 log-redacted.txt --checked-by dpo \\\n"
                    "    --categories childName --method replaced --reason \"for the adviser\"",
         .words = {{.name = "FILE",
                    .help = "the copy's file; left out where an item holds the copy already",
                    .presence = Presence::optional}},
         .options = redact_options(),
         .run = redact});
}

}  // namespace wsoa
