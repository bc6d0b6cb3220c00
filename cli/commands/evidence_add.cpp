#include "cli/commands/evidence.h"
#include "cli/commands/evidence_file.h"
#include "cli/commands/evidence_item.h"
#include "cli/commands/recording.h"
#include "projections/evidence_register.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace wsoa {
namespace {

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
    FileToKeep file;
    std::optional<SubjectRef> target;
    std::optional<SubjectRef> version_of;
    PlanRef plan;
};

// A reference that an option gives.
Result<std::optional<SubjectRef>> reference_in(const Invocation& given, std::string_view option) {
    std::optional<SubjectRef> ref;
    if (const auto typed = given.find(option)) {
        ref = TRY(SubjectRef::parse(*typed));
    }
    return ref;
}

Result<PlanRef> plan_of(const Invocation& given) {
    for (const auto* const option : {"version-of", "item", "for"}) {
        const auto ref = TRY(reference_in(given, option));
        if (ref && ref->plan()) {
            return *ref->plan();
        }
    }
    return Error{Fault::invalid, "it is not said to which plan the document belongs",
                 "say what it is for with --for, such as TH-1.2, or its reference with --item"};
}

Result<Wanted> wanted_from(const Invocation& given) {
    auto target = TRY(reference_in(given, "for"));
    if (target && !given.has("claim")) {
        return error(Fault::invalid, "it is not said what the document shows of {}", target->str())
            .advise("say so in one sentence with --claim");
    }
    auto version_of = TRY(reference_in(given, "version-of"));
    if (version_of && !given.has("reason")) {
        return error(Fault::invalid, "it is not said why there is another version of {}",
                     version_of->str())
            .advise("say so with --reason");
    }
    const auto plan = TRY(plan_of(given));
    auto file = TRY(file_to_keep(given));
    return Wanted{.file = std::move(file),
                  .target = std::move(target),
                  .version_of = std::move(version_of),
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

// The line that begins a new item.
Result<ChangeLine> first_version(const Invocation& given, const Plan& plan) {
    auto item = TRY(reference_in(given, "item"));
    if (!item) {
        item = TRY(next_item(plan));
    }
    auto line = TRY(line_from(given, Kind::EVIDENCE_REGISTERED, *item));
    TRY(line.draft.set("version", "1"));
    return line;
}

// The line that goes on from the newest version of an item, whichever of them was named.
Result<ChangeLine> next_version(const Invocation& given, const Plan& plan, const SubjectRef& of) {
    const auto versions = versions_of(plan, of);
    if (versions.empty()) {
        return no_such_item(of);
    }
    const auto& prior = plan.evidence.at(versions.back());
    const auto version = prior.version + 1;
    auto item = TRY(reference_in(given, "item"));
    if (!item) {
        item = TRY(SubjectRef::parse(fmt::format("{}v{}", versions.front().str(), version)));
    }
    auto line = TRY(line_from(given, Kind::EVIDENCE_VERSION_ADDED, *item));
    TRY(line.draft.set("version", fmt::format("{}", version)));
    TRY(line.draft.set("prior", prior.ref.str()));
    return line;
}

// The change that brings the item in, but for its document.
Result<ChangeLine> item_line(const Invocation& given, const Wanted& wanted, const Plan& plan) {
    auto begun = wanted.version_of ? next_version(given, plan, *wanted.version_of)
                                   : first_version(given, plan);
    auto line = TRY(std::move(begun));
    for (const auto& [option, field] : item_fields) {
        if (const auto typed = given.find(option)) {
            TRY(line.draft.set(field, *typed));
        }
    }
    TRY(say_file(line, given, wanted.file));
    TRY(say(line, schema::WordField::REASON, given.find("reason")));
    if (!wanted.target) {
        TRY(say(line, schema::WordField::CLAIM, given.find("claim")));
    }
    return line;
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

Result<void> record_link(Desk& desk, const Invocation& given, const SubjectRef& item,
                         const SubjectRef& target) {
    auto line = TRY(link_line(given, item, target));
    auto committed = record_and_show(desk, line);
    if (!committed.ok()) {
        return std::move(committed).error().explain("{} is registered, but not linked to {}",
                                                    item.str(), target.str());
    }
    return done();
}

Result<Exit> add(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto wanted = TRY(wanted_from(given));
    TRY(desk.signer());
    const auto held = TRY(documents_to_add(desk));
    const auto* const plan = TRY(plan_in(desk, wanted.plan));
    if (wanted.target) {
        TRY(expect_target(*plan, *wanted.target));
    }
    auto line = TRY(item_line(given, wanted, *plan));
    TRY(record_with_file(desk, held.get(), line, wanted.file));
    if (wanted.target) {
        TRY(record_link(desk, given, line.subject, *wanted.target));
    }
    return Exit::done;
}

std::vector<OptionSpec> item_options() {
    std::vector<OptionSpec> options;
    for (const auto& [option, name] : item_fields) {
        const auto& field = schema_field(Kind::EVIDENCE_REGISTERED, name);
        options.push_back({.name = std::string(option),
                           .value = field.type == FieldType::date ? "DATE" : "VALUE",
                           .help = field.help,
                           .presence = field.is_required ? Presence::required : Presence::optional,
                           .choices = field.choices});
    }
    return options;
}

}  // namespace

CommandSpec evidence_add_command() {
    auto options = std::vector<OptionSpec>{
        {.name = "for", .value = "REF", .help = "what it shows something of, such as TH-1.2"},
        {.name = "claim", .value = "WORDS", .help = "what it proves, in one sentence"},
        {.name = "place", .value = "WORDS", .help = "the page, cell or passage meant"},
        {.name = "item", .value = "REF", .help = "its reference; the next free one"},
        {.name = "version-of", .value = "REF", .help = "the item of which it is another version"},
        {.name = "reason", .value = "WORDS", .help = "why it was added; another version needs it"}};
    std::ranges::move(file_options(), std::back_inserter(options));
    std::ranges::move(item_options(), std::back_inserter(options));
    std::ranges::move(recording_options(), std::back_inserter(options));
    return {.name = "evidence add",
            .group = Group::recording,
            .help = "keep a document as evidence, encrypted, and say what it shows",
            .example =
                "wsoa evidence add audit.pdf --item TH-E07 --type audit --personal-data none\n"
                "wsoa evidence add log.csv --version-of TH-E07 --type log \\\n"
                "    --personal-data child --reason \"it covers June\"",
            .words = {{.name = "FILE", .help = "the document, of at most 2 GiB"}},
            .options = std::move(options),
            .run = add};
}

}  // namespace wsoa
