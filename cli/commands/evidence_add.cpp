#include "cli/commands/evidence.h"
#include "cli/commands/recording.h"
#include "cli/documents.h"
#include "cli/media_type.h"
#include "cli/progress.h"
#include "ledger/base/text.h"
#include "ledger/plan/rulebook.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace wsoa {
namespace {

constexpr std::size_t file_name_bytes_max = 255;

// An option that sets a field of the item, by its own name or a shorter one.
struct FieldOption {
    std::string_view option;
    std::string_view field;
};
constexpr std::array item_fields{
    FieldOption{"type", "type"},
    FieldOption{"date", "dateOfDocument"},
    FieldOption{"period-from", "periodStart"},
    FieldOption{"period-to", "periodEnd"},
    FieldOption{"organisation", "sourceOrganisation"},
    FieldOption{"personal-data", "personalData"},
    FieldOption{"review-by", "reviewBy"},
    FieldOption{"lawful-basis", "lawfulBasis"},
};

// What was asked for, as far as the line and the file tell.
struct Wanted {
    std::unique_ptr<FileSource> source;
    std::uint64_t size = 0;
    std::string file_name;
    std::string media_type;
    std::optional<SubjectRef> target;
    PlanRef plan;
};

Result<std::string> file_name_of(const Invocation& given) {
    const auto name = given.find("file-name")
                          .value_or(std::filesystem::path(given.value("FILE")).filename().string());
    auto checked = check_text(name, file_name_bytes_max);
    if (!checked.ok()) {
        return std::move(checked)
            .error()
            .explain("the file's name")
            .advise("give it another one with --file-name");
    }
    return name;
}

Result<PlanRef> plan_of(const Invocation& given, const std::optional<SubjectRef>& target) {
    std::optional<PlanRef> plan;
    if (const auto item = given.find("item")) {
        const auto ref = TRY(SubjectRef::parse(*item));
        plan = ref.plan();
    } else if (target) {
        plan = target->plan();
    }
    if (!plan) {
        return Error{Fault::invalid, "it is not said to which plan the document belongs",
                     "say what it is for with --for, such as TH-1.2, or its reference with --item"};
    }
    return *plan;
}

Result<Wanted> wanted_from(const Invocation& given) {
    auto file_name = TRY(file_name_of(given));
    std::optional<SubjectRef> target;
    if (const auto typed = given.find("for")) {
        target = TRY(SubjectRef::parse(*typed));
    }
    if (target && !given.has("claim")) {
        return error(Fault::invalid, "it is not said what the document shows of {}", target->str())
            .advise("say so in one sentence with --claim");
    }
    const auto plan = TRY(plan_of(given, target));
    auto source = TRY(FileSource::open(given.value("FILE")));
    const auto state = TRY(source->state());
    auto media_type = given.find("media-type").value_or("");
    if (media_type.empty() && state.size > 0) {
        const auto head = TRY(source->read_at(0, media_type_head_bytes));
        media_type = TRY(media_type_of(file_name, head));
    }
    return Wanted{.source = std::move(source),
                  .size = state.size,
                  .file_name = std::move(file_name),
                  .media_type = std::move(media_type),
                  .target = std::move(target),
                  .plan = plan};
}

// The reference after the highest one of the form TH-E07 that the plan has.
Result<SubjectRef> next_item(const Plan& plan) {
    const auto begin = plan.ref.str() + "-E";
    unsigned highest = 0;
    for (const auto& [ref, item] : plan.evidence) {
        const auto& text = ref.str();
        unsigned number = 0;
        if (text.starts_with(begin)) {
            std::from_chars(text.data() + begin.size(), text.data() + text.size(), number);
        }
        highest = std::max(highest, number);
    }
    return SubjectRef::parse(fmt::format("{}{:02}", begin, highest + 1));
}

Result<const Plan*> plan_in(Desk& desk, const PlanRef& ref) {
    auto* const writing = TRY(desk.writing());
    const auto* const state = TRY(writing->state_with(ref));
    const auto* const plan = state->plan(ref);
    if (plan == nullptr) {
        return error(Fault::missing, "there is no plan {}", ref.str())
            .advise("`wsoa show` lists the plans");
    }
    return plan;
}

// The change that registers the item, but for its document.
Result<ChangeLine> item_line(const Invocation& given, const Wanted& wanted, const Plan& plan) {
    std::optional<SubjectRef> item;
    if (const auto typed = given.find("item")) {
        item = TRY(SubjectRef::parse(*typed));
    } else {
        item = TRY(next_item(plan));
    }
    auto line = TRY(line_from(given, Kind::EVIDENCE_REGISTERED, *item));
    TRY(line.draft.set("version", "1"));
    for (const auto& [option, field] : item_fields) {
        if (const auto typed = given.find(option)) {
            TRY(line.draft.set(field, *typed));
        }
    }
    const auto title =
        given.find("title").value_or(std::filesystem::path(wanted.file_name).stem().string());
    TRY(say(line, schema::WordField::TITLE, title));
    if (!wanted.target) {
        TRY(say(line, schema::WordField::CLAIM, given.find("claim")));
    }
    TRY(say(line, schema::WordField::FILE_NAME, wanted.file_name));
    TRY(say(line, schema::WordField::SOURCE, given.find("source")));
    TRY(say(line, schema::WordField::MEDIA_TYPE, wanted.media_type));
    TRY(say(line, schema::WordField::SIZE, fmt::format("{}", wanted.size)));
    TRY(say(line, schema::WordField::NOTE, given.find("note")));
    return line;
}

void set_document(ChangeLine& line, DocumentNumber number, const Hash& commitment) {
    auto document = line.draft.builder().getEvidenceRegistered().initDocument();
    document.setNumber(number.value);
    document.setCommitment({commitment.bytes.data(), commitment.bytes.size()});
}

Result<ChangeLine> link_line(const Invocation& given, const SubjectRef& item,
                             const SubjectRef& target) {
    auto line = TRY(line_from(given, Kind::EVIDENCE_LINKED, item));
    line.id.reset();  // the one that was given is the item's
    TRY(line.draft.set("target", target.str()));
    TRY(say(line, schema::WordField::CLAIM, given.find("claim")));
    TRY(say(line, schema::WordField::PLACE, given.find("place")));
    return line;
}

// What a rule would say of it, before gigabytes are read for nothing.
Result<void> expect_target(const Plan& plan, const SubjectRef& target) {
    const auto kind = plan.kind_of(target);
    if (!kind) {
        auto refusal =
            error(Fault::refused, "there is no {}", target.str())
                .advise(fmt::format("`wsoa show {}` lists what there is", plan.ref.str()));
        refusal.rule = "R08";
        return refusal;
    }
    return done();
}

Result<void> expect_new(const Invocation& given, const FolderDocuments& held,
                        const Snapshot& snapshot, const Wanted& wanted, const Plan& plan) {
    if (given.has("again")) {
        return done();
    }
    const auto same = TRY(held.documents.find_same(snapshot, *wanted.source));
    if (!same) {
        return done();
    }
    const auto item = std::ranges::find_if(plan.evidence, [&](const auto& each) {
        return each.second.document && each.second.document->number == *same;
    });
    const auto as = item == plan.evidence.end()
                        ? fmt::format("as document {}, in another plan", same->value)
                        : "as " + item->first.str();
    return error(Fault::conflict, "{} is already held {}", wanted.file_name, as)
        .advise(
            "link that item to what it shows too: `wsoa record evidenceLinked`; or say --again");
}

Result<PendingDocument> bring_in(Desk& desk, const FolderDocuments& held, const Wanted& wanted,
                                 DocumentNumber number) {
    Progress progress(desk.output(), "Sealing " + wanted.file_name, wanted.size);
    return held.documents.add(*wanted.source, {.number = number, .media_type = wanted.media_type},
                              desk.environment().random,
                              [&](std::uint64_t bytes) { progress.reached(bytes); });
}

// Records the item with its document. What a rule refuses leaves no piece behind; after a write
// that failed nobody knows whether the event stands, and the next command that opens the ledger
// sees to it.
Result<Committed> record_item(Desk& desk, const FolderDocuments& held, ChangeLine& line,
                              const PendingDocument& pending) {
    const auto* const signer = TRY(desk.signer());
    set_document(line, pending.number, pending.commitment);
    auto committed = desk.record(
        line, *signer, HandedDocument{.number = pending.number, .record = pending.record});
    if (!committed.ok() && committed.error().fault != Fault::unavailable) {
        TRY(held.documents.remove(pending.manifest.pieces));
    }
    return committed;
}

Result<void> record_link(Desk& desk, const Invocation& given, const SubjectRef& item,
                         const SubjectRef& target) {
    const auto* const signer = TRY(desk.signer());
    auto line = TRY(link_line(given, item, target));
    auto committed = desk.record(line, *signer);
    if (!committed.ok()) {
        return std::move(committed).error().explain("{} is registered, but not linked to {}",
                                                    item.str(), target.str());
    }
    desk.show(committed.value(), line);
    return done();
}

Result<Exit> add(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto wanted = TRY(wanted_from(given));
    const auto* const signer = TRY(desk.signer());
    const auto held = TRY(documents_to_write(desk));
    TRY(sweep_documents(desk, *held));
    const auto* const plan = TRY(plan_in(desk, wanted.plan));
    if (wanted.target) {
        TRY(expect_target(*plan, *wanted.target));
    }
    auto line = TRY(item_line(given, wanted, *plan));
    const auto snapshot = TRY(desk.store().snapshot());
    TRY(expect_new(given, *held, *snapshot, wanted, *plan));
    const auto number = TRY(held->documents.next_number(*snapshot));
    // Before gigabytes are read for nothing.
    set_document(line, number, Hash{});
    TRY(desk.try_out(line, *signer));
    const auto pending = TRY(bring_in(desk, *held, wanted, number));
    if (pending.manifest.size != wanted.size) {
        TRY(held->documents.remove(pending.manifest.pieces));
        return error(Fault::conflict, "{} changed while it was read", wanted.file_name)
            .advise("close it where it is open, then add it again");
    }
    const auto committed = TRY(record_item(desk, *held, line, pending));
    desk.show(committed, line);
    if (wanted.target) {
        TRY(record_link(desk, given, line.subject, *wanted.target));
    }
    return Exit::done;
}

std::vector<OptionSpec> item_options() {
    std::vector<OptionSpec> options;
    for (const auto& [option, name] : item_fields) {
        const auto& fields = info_of(Kind::EVIDENCE_REGISTERED).fields;
        const auto field = std::ranges::find(fields, name, &Field::name);
        CHECK(field != fields.end());
        options.push_back({.name = std::string(option),
                           .value = field->type == FieldType::date ? "DATE" : "VALUE",
                           .help = field->help,
                           .presence = field->is_required ? Presence::required : Presence::optional,
                           .choices = field->choices});
    }
    return options;
}

}  // namespace

CommandSpec evidence_add_command() {
    auto options = std::vector<OptionSpec>{
        {.name = "for", .value = "REF", .help = "what it shows something of, such as TH-1.2"},
        {.name = "claim", .value = "WORDS", .help = "what it proves, in one sentence"},
        {.name = "place", .value = "WORDS", .help = "the page, cell or passage meant"},
        {.name = "item", .value = "REF", .help = "its reference; the next free one of the plan"},
        {.name = "title", .value = "WORDS", .help = "what it is called; the file's name"},
        {.name = "source", .value = "WORDS", .help = "where it comes from"},
        {.name = "note", .value = "WORDS", .help = "what a reader should know besides"},
        {.name = "file-name", .value = "NAME", .help = "the name to remember; the file's own"},
        {.name = "media-type",
         .value = "TYPE",
         .help = "what sort of file it is, where its bytes tell otherwise"},
        {.name = "again", .help = "add it although a document of the same content is held"}};
    std::ranges::move(item_options(), std::back_inserter(options));
    std::ranges::move(recording_options(), std::back_inserter(options));
    return {
        .name = "evidence add",
        .group = Group::recording,
        .help = "keep a document as evidence, encrypted, and say what it shows",
        .example = "wsoa evidence add audit.pdf --item TH-E07 --type audit --personal-data none",
        .words = {{.name = "FILE", .help = "the document, of at most 2 GiB"}},
        .options = std::move(options),
        .run = add};
}

}  // namespace wsoa
