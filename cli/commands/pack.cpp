#include "cli/commands/pack.h"

#include "cli/commands/recording.h"
#include "cli/commands/show_parts.h"
#include "cli/pack/pack_maker.h"
#include "cli/progress.h"
#include "ledger/base/counted.h"
#include "ledger/base/sha256.h"
#include "ledger/base/text.h"
#include "ledger/event/kinds.h"
#include "ledger/store/cosigned.h"
#include "ledger/store/files.h"
#include "ledger/tree/lines.h"

#include <algorithm>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

Result<std::vector<schema::WordField>> fields_typed(const Invocation& given) {
    std::vector<schema::WordField> fields;
    for (const auto& typed : given.all("disclose")) {
        std::string_view rest = typed;
        while (!rest.empty()) {
            const auto end = std::min(rest.find(','), rest.size());
            const auto name = rest.substr(0, end);
            const auto field = word_named(name);
            if (!field) {
                return error(Fault::invalid, "there are no words called \"{}\"", name)
                    .advise("`wsoa record --help` lists each kind's words, such as title and text");
            }
            fields.push_back(*field);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    std::ranges::sort(fields);
    fields.erase(std::unique(fields.begin(), fields.end()), fields.end());
    return fields;
}

Result<std::vector<SubjectRef>> refs_typed(const Invocation& given, std::string_view option) {
    std::vector<SubjectRef> refs;
    for (const auto& typed : given.all(option)) {
        if (option != "evidence" || typed != "none") {
            refs.push_back(TRY(SubjectRef::parse(typed)));
        }
    }
    return refs;
}

// How many events the checkpoint covers up to which the pack is to reach.
Result<TreeSize> size_typed(const Invocation& given, const Desk& desk, const Reading& reading) {
    const auto newest = reading.history->size();
    const auto typed = given.find("checkpoint").value_or("newest");
    if (typed == "newest") {
        return newest;
    }
    if (typed != "cosigned") {
        auto size = parse_decimal(typed);
        if (!size.ok()) {
            return error(Fault::invalid, "--checkpoint takes newest, cosigned or a number, not {}",
                         excerpt_of(typed));
        }
        return TreeSize{size.value()};
    }
    const auto folder = TRY(desk.folder());
    auto sizes = TRY(cosigned_sizes(folder));
    std::erase_if(sizes, [&](TreeSize size) { return size > newest; });
    if (sizes.empty()) {
        return Error{Fault::missing, "no witness has cosigned a checkpoint of this ledger yet",
                     "ask one with `wsoa witness request`"};
    }
    return sizes.back();
}

Result<PackAsked> asked_from(const Invocation& given, Desk& desk, const Reading& reading) {
    const auto today = reading.today(desk.environment().clock);
    PackAsked asked{.plan = TRY(PlanRef::parse(given.value("PLAN"))),
                    .purpose = given.value("for"),
                    .as_at = today,
                    .as_known = today,
                    .disclosed = TRY(fields_typed(given)),
                    .restricted = given.has("restricted"),
                    .areas = TRY(refs_typed(given, "area")),
                    .items = TRY(refs_typed(given, "evidence")),
                    .without_documents = given.all("evidence") == std::vector<std::string>{"none"},
                    .leaves = PackAsked::Leaves::all,
                    .maker = {},
                    .size = TRY(size_typed(given, desk, reading))};
    // Every leaf, as long as whoever opens the pack can still wait for them.
    constexpr std::uint64_t all_leaves_max = 100'000;
    const auto leaves = given.find("leaves");
    if (leaves ? *leaves == "plan" : asked.size.value > all_leaves_max) {
        asked.leaves = PackAsked::Leaves::of_plan;
    }
    if (const auto typed = given.find("as-at")) {
        asked.as_at = TRY(parse_date(*typed));
    }
    if (const auto typed = given.find("as-known")) {
        asked.as_known = TRY(parse_date(*typed));
    }
    const auto* const signer = TRY(desk.signer());
    asked.maker = reading.state.keyring.holder_of(signer->key());
    return asked;
}

// The reference after the highest one of the form TH-K7 that the plan has.
Result<SubjectRef> next_pack(const Plan& plan) {
    for (unsigned number = 1;; ++number) {
        auto ref = TRY(SubjectRef::parse(fmt::format("{}-K{}", plan.ref.str(), number)));
        if (!plan.has(ref)) {
            return ref;
        }
    }
}

struct Written {
    Hash digest;
    std::uint64_t length = 0;
};

// SHA-256 and length of the file, once it is durable.
Result<Written> seal_file(const fs::path& path) {
    const auto file = TRY(OpenFile::open(path, OpenFile::Use::read));
    TRY(file->sync());
    constexpr std::size_t part_bytes = std::size_t{1} << 20;
    Sha256 hash;
    Written written;
    while (true) {
        const auto part = TRY(file->read_at(written.length, part_bytes));
        hash.add(part);
        written.length += part.size();
        if (part.size() < part_bytes) {
            written.digest = hash.finish();
            return written;
        }
    }
}

void put_refs(capnp::List<capnp::Text>::Builder to, const std::vector<SubjectRef>& refs) {
    for (unsigned i = 0; i < to.size(); ++i) {
        to.set(i, refs[i].str());
    }
}

Result<ChangeLine> frozen_line(const Invocation& given, const SubjectRef& ref,
                               const PackDraft& draft, const Written& written) {
    auto line = TRY(line_from(given, Kind::PACK_FROZEN, ref));
    const auto& about = draft.about;
    TRY(line.draft.set("asAt", to_string(about.as_at)));
    TRY(line.draft.set("asKnown", to_string(about.as_known)));
    TRY(line.draft.set("recipient", given.value("recipient")));
    TRY(line.draft.set("size", std::to_string(about.size.value)));
    TRY(line.draft.set("digest", to_hex(written.digest.view())));
    TRY(line.draft.set("length", std::to_string(written.length)));
    TRY(line.draft.set("closest", draft.has_restricted ? "restricted" : "partnership"));
    auto fields = line.draft.builder().getPackFrozen();
    put_refs(fields.initItems(static_cast<unsigned>(draft.items.size())), draft.items);
    put_refs(fields.initRedacted(static_cast<unsigned>(draft.redacted.size())), draft.redacted);
    auto disclosed = fields.initDisclosed(static_cast<unsigned>(about.disclosed.size()));
    for (unsigned i = 0; i < disclosed.size(); ++i) {
        disclosed.set(i, about.disclosed[i]);
    }
    TRY(say(line, schema::WordField::TITLE, about.purpose));
    return line;
}

// What was written and is not to stay is removed again.
class Unfinished {
public:
    explicit Unfinished(fs::path path) : path_(std::move(path)) {}
    ~Unfinished() {
        std::error_code failure;
        fs::remove(path_, failure);  // gone already where it was moved
    }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

std::string leaves_in_words(const PackAbout& about) {
    return about.leaves_some_out() ? fmt::format("{} of {}", about.leaves, about.size.value)
                                   : std::to_string(about.size.value);
}

void tell(Output& output, const fs::path& path, const PackDraft& draft, const Written& written) {
    if (!draft.is_cosigned) {
        output.note(fmt::format(
            "No witness has cosigned the checkpoint over these {} events: ask one before the pack "
            "is made (wsoa witness request), or pack an older one with --checkpoint cosigned",
            draft.about.size.value));
    }
    for (const auto& left_out : draft.left_out) {
        output.note("Not in it: " + left_out);
    }
    output.text(fmt::format(
        "Wrote {}: {} events, {}, the documents of {}; SHA-256 {}\nOpen index.html in "
        "it with a browser, or check it with `wsoa verify {}`",
        path.string(), leaves_in_words(draft.about), counted(draft.words, "word"),
        counted(draft.items.size(), "item"), to_hex(written.digest.view()), path.string()));
    output.json(Json::object()
                    .set("type", "pack")
                    .set("path", path.string())
                    .set("events", draft.about.size.value)
                    .set("leaves", draft.about.leaves)
                    .set("root", to_hex(draft.about.root.view()))
                    .set("cosigned", Json::written(draft.is_cosigned ? "true" : "false"))
                    .set("words", draft.words)
                    .set("items", refs_json(draft.items))
                    .set("redacted", refs_json(draft.redacted))
                    .set("length", written.length)
                    .set("sha256", to_hex(written.digest.view())));
}

Result<Exit> pack(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const fs::path path(given.value("out"));
    if (TRY(is_there(path))) {
        return error(Fault::conflict, "there is something at {}", path.string())
            .advise("name a file that does not exist yet");
    }
    const auto documents = TRY(documents_to_read(desk));
    auto* const reading = TRY(desk.reading_directly());
    const auto asked = TRY(asked_from(given, desk, *reading));
    const auto shown = TRY(shown_of_plan(given, around, asked));
    auto draft = TRY(draft_pack(desk, *reading, *documents, asked, shown));
    const auto* const plan = reading->state.plan(asked.plan);
    const auto ref =
        given.find("ref") ? TRY(SubjectRef::parse(*given.find("ref"))) : TRY(next_pack(*plan));
    const Unfinished unfinished(path.string() + ".part");
    TRY(draft.archive.write(unfinished.path()));
    const auto written = TRY(seal_file(unfinished.path()));
    if (!given.has("rebuild")) {
        auto line = TRY(frozen_line(given, ref, draft, written));
        const auto* const signer = TRY(desk.signer());
        const auto committed = TRY(desk.record(line, *signer));
        desk.show(committed, line);
    }
    TRY(move_durably(unfinished.path(), path));
    tell(around.output, path, draft, written);
    return Exit::done;
}

std::vector<OptionSpec> pack_options() {
    return {{.name = "for",
             .value = "WORDS",
             .help = "what it is made for, such as \"Ofsted re-visit\"",
             .presence = Presence::required},
            {.name = "recipient",
             .value = "PERSON",
             .help = "who receives it; somebody enrolled",
             .presence = Presence::required},
            {.name = "out",
             .value = "FILE",
             .help = "the file to write",
             .presence = Presence::required},
            {.name = "disclose",
             .value = "FIELDS",
             .help = "which words are in it, with commas between, such as title,reason",
             .repeat = Repeat::many},
            {.name = "area",
             .value = "REF",
             .help = "only documents about this area or action",
             .repeat = Repeat::many},
            {.name = "evidence",
             .value = "ITEM",
             .help = "only this item's document, or none; all that may be given",
             .repeat = Repeat::many},
            {.name = "as-at", .value = "DATE", .help = "the day that it tells of; today"},
            {.name = "as-known", .value = "DATE", .help = "with what was recorded by then; today"},
            {.name = "checkpoint",
             .value = "WHICH",
             .help = "up to which it reaches: newest, the newest that is cosigned, or a number of "
                     "events; newest"},
            {.name = "leaves",
             .value = "WHICH",
             .help = "which events it holds: those of the plan and of the ledger itself with the "
                     "hashes of the others (plan), or all; all, of up to 100,000",
             .choices = {"all", "plan"}},
            {.name = "restricted",
             .help = "also words and documents of restricted events, by your right to read them"},
            {.name = "ref", .value = "REF", .help = "the pack's reference; the next free one"},
            {.name = "rebuild", .help = "only write the file, and record nothing"}};
}

}  // namespace

CommandSpec pack_command() {
    auto options = pack_options();
    std::ranges::move(recording_options(), std::back_inserter(options));
    return {.name = "pack",
            .group = Group::checking,
            .help = "freeze a plan and its proof into one file that anybody can check alone",
            .example =
                "wsoa pack TH --for \"Ofsted re-visit\" --recipient dfe-adviser \\\n"
                "    --disclose title,text,reason,claim --out th.pack.zip",
            .words = {{.name = "PLAN", .help = "the plan, such as TH"}},
            .options = std::move(options),
            .run = pack};
}

}  // namespace wsoa
