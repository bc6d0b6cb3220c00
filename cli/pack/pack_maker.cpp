#include "cli/pack/pack_maker.h"

#include "cli/commands/published.h"
#include "cli/commands/reading.h"
#include "cli/commands/show_parts.h"
#include "cli/pack/pack_earlier.h"
#include "cli/pack/pack_leaves.h"
#include "cli/pack/pack_texts.h"
#include "cli/pages/page.h"
#include "ledger/base/sha256.h"
#include "ledger/evidence/sealed_words.h"
#include "ledger/inspection/pack_members.h"
#include "ledger/inspection/pack_papers.h"
#include "ledger/plan/rights.h"
#include "ledger/state/plan_bytes.h"
#include "ledger/store/stamps.h"
#include "projections/as_at.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

namespace wsoa {
namespace {

constexpr std::size_t shown_bytes_max = std::size_t{64} << 20;

class Maker {
public:
    struct From {
        Reading& reading;               // who may do what, as it is now
        const History& history;         // up to the checkpoint
        const std::string& checkpoint;  // the note, with what witnesses said
        const FolderDocuments& documents;
    };
    Maker(Desk& desk, const From& from, const PackAsked& asked, PackAbout about)
        : desk_(desk),
          reading_(from.reading),
          history_(from.history),
          checkpoint_(from.checkpoint),
          documents_(from.documents),
          asked_(asked),
          draft_{.archive = {}, .about = std::move(about)} {}

    Result<PackDraft> run(const std::string& shown);

private:
    const History& history() const { return history_; }
    // The plan whose leaves alone are asked for, beside those of the ledger itself.
    std::optional<PlanRef> only_plan() const {
        return asked_.leaves == PackAsked::Leaves::all ? std::nullopt : std::optional(asked_.plan);
    }
    Result<void> add_tree();
    Result<void> add_timestamps();
    Result<void> add_words();
    Result<std::vector<Word>> words_of(const Event& event, const KeyTree& keys) const;
    bool may_give(const Event& event) const;
    Result<void> add_documents(const Plan& plan);
    Result<EvidenceRow> row_of(const Plan& plan, const Evidence& item);
    bool is_wanted(const Plan& plan, const Evidence& item) const;
    Result<bool> give(const Evidence& item, EvidenceRow& row);
    Result<void> add_papers(const Plan& plan, const std::string& shown);
    void add_page();

    Desk& desk_;
    Reading& reading_;
    const History& history_;
    const std::string& checkpoint_;
    const FolderDocuments& documents_;
    const PackAsked& asked_;
    PackDraft draft_;
    std::vector<PackWord> words_;
    std::vector<PackDocument> lines_;
    std::vector<EvidenceRow> rows_;
    std::size_t timestamps_ = 0;
};

Result<PackDraft> Maker::run(const std::string& shown) {
    const auto size = TRY(size_known_on(history(), reading_.zone, asked_.as_known));
    const auto then = TRY(plan_as_at(nullptr, history(), asked_.plan, size, asked_.as_at));
    TRY(reading_.with_plan(asked_.plan));
    TRY(add_tree());
    TRY(add_timestamps());
    TRY(add_earlier(draft_.archive, desk_, reading_, history()));
    TRY(add_words());
    TRY(add_documents(then.plan()));
    TRY(add_papers(then.plan(), shown));
    add_page();
    return std::move(draft_);
}

Result<void> Maker::add_tree() {
    draft_.archive.add("checkpoint", checkpoint_);
    const auto note = TRY(Note::parse(checkpoint_));
    draft_.is_cosigned = note.signatures.size() > 1;
    draft_.about.leaves = TRY(add_leaves(draft_.archive, history(), only_plan()));
    return done();
}

// Those over the pack's own checkpoint.
Result<void> Maker::add_timestamps() {
    const auto folder = TRY(desk_.folder());
    const auto kept = TRY(kept_timestamps(folder));
    for (const auto& each : kept) {
        if (each.size == history().size()) {
            draft_.archive.add(fmt::format("timestamps/{}.tsr", timestamps_++), each.reply);
        }
    }
    return done();
}

// Restricted words only where they were asked for, by somebody who may read them.
bool Maker::may_give(const Event& event) const {
    if (event.envelope().classification != schema::Classification::RESTRICTED) {
        return true;
    }
    return asked_.restricted && asked_.maker &&
           may_read_words(reading_.state, asked_.maker, event,
                          reading_.today(desk_.environment().clock));
}

Result<std::vector<Word>> Maker::words_of(const Event& event, const KeyTree& keys) const {
    std::vector<Word> words;
    const auto record = TRY(history().sealed_words(event.index()));
    if (!record) {
        return words;
    }
    auto opened = TRY(open_words({.ledger = event.envelope().ledger, .index = event.index()},
                                 *record, event.envelope().words, keys));
    for (auto& word : opened) {
        if (const auto* const failure = std::get_if<Error>(&word.outcome)) {
            return Error(*failure).explain("the words of event {}", event.index().value);
        }
        auto* const text = std::get_if<Word>(&word.outcome);
        if (text != nullptr &&
            std::ranges::find(asked_.disclosed, text->field) != asked_.disclosed.end()) {
            words.push_back(std::move(*text));
        }
    }
    return words;
}

// Those of the plan, and those about the ledger and its people.
Result<void> Maker::add_words() {
    const auto* const keys = TRY(desk_.word_keys(history()));
    if (keys == nullptr) {
        return Error{Fault::invalid, "the vault is sealed, so that no word can be disclosed",
                     "give its passphrase with --passphrase-file"};
    }
    return history().each_event({}, [&](const Event& event) -> Result<Snapshot::Step> {
        const auto& plan = event.envelope().plan;
        if ((plan && *plan != asked_.plan) || !may_give(event)) {
            return Snapshot::Step::next;
        }
        auto words = TRY(words_of(event, *keys));
        draft_.has_restricted =
            draft_.has_restricted || (!words.empty() && event.envelope().classification ==
                                                            schema::Classification::RESTRICTED);
        for (auto& word : words) {
            words_.push_back({.event = event.index(), .word = std::move(word)});
        }
        return Snapshot::Step::next;
    });
}

bool Maker::is_wanted(const Plan& plan, const Evidence& item) const {
    if (asked_.without_documents || item.added_on > asked_.as_at) {
        return false;
    }
    if (!asked_.items.empty()) {
        return std::ranges::find(asked_.items, item.ref) != asked_.items.end();
    }
    return asked_.areas.empty() || std::ranges::any_of(asked_.areas, [&](const SubjectRef& area) {
               return std::ranges::any_of(item.links, [&](const EvidenceLink& link) {
                   return !link.unlinked && reaches(area, link.target, &plan);
               });
           });
}

// Puts the item's own document into the pack, if its event may be disclosed.
Result<bool> Maker::give(const Evidence& item, EvidenceRow& row) {
    const auto event = TRY(history().event(item.added_at));
    if (!may_give(event)) {
        row.note = note_restricted;
        return false;
    }
    auto held = TRY(document_of(documents_, history().snapshot(), item));
    const auto& manifest = held.manifest;
    PackDocument line{.event = item.added_at,
                      .number = item.document->number,
                      .salt = manifest.salt,
                      .size = manifest.size,
                      .media_type = manifest.media_type,
                      .digest = manifest.digest};
    row.member = line.member();
    draft_.has_restricted = draft_.has_restricted ||
                            event.envelope().classification == schema::Classification::RESTRICTED;
    const auto shared = std::make_shared<HeldDocument>(std::move(held));
    draft_.archive.add(
        row.member, ArchiveWriter::Parts{.size = line.size,
                                         .count = shared->manifest.count(),
                                         .part = [&documents = documents_.documents,
                                                  shared](std::uint64_t part) -> Result<Bytes> {
                                             const auto piece = TRY(documents.piece(*shared, part));
                                             return copy_of(piece.view());
                                         }});
    lines_.push_back(std::move(line));
    return true;
}

// An item with its document or, where it holds personal data or is gone, with its redacted copy.
Result<EvidenceRow> Maker::row_of(const Plan& plan, const Evidence& item) {
    EvidenceRow row{.item = &item, .title = {}, .member = {}, .note = {}};
    if (!is_wanted(plan, item)) {
        row.note = note_not_asked_for;
        return row;
    }
    const bool is_plain = item.personal_data == schema::PersonalData::NONE && !item.erased;
    if (is_plain && item.document) {
        if (TRY(give(item, row))) {
            draft_.items.push_back(item.ref);
        }
        return row;
    }
    for (const auto& copy : item.redacted_copies) {
        const auto* const derivative = part_in(plan.evidence, copy.derivative);
        if (derivative == nullptr || !derivative->document || derivative->erased) {
            continue;
        }
        const auto is_given = [&](const PackDocument& line) {
            return line.event == derivative->added_at;
        };
        if (std::ranges::any_of(lines_, is_given) || TRY(give(*derivative, row))) {
            row.note = note_of_copy(derivative->ref);
            draft_.items.push_back(item.ref);
            draft_.redacted.push_back(item.ref);
            return row;
        }
    }
    row.note = note_of_absence(item);
    return row;
}

Result<void> Maker::add_documents(const Plan& plan) {
    for (const auto& ref : asked_.items) {
        if (part_in(plan.evidence, ref) == nullptr) {
            return error(Fault::missing, "there was no item of evidence {} by then", ref.str())
                .advise(fmt::format("`wsoa evidence list {}` lists them", asked_.plan.str()));
        }
    }
    const auto is_copy = [&](const SubjectRef& ref) {
        return std::ranges::any_of(plan.evidence, [&](const auto& each) {
            return std::ranges::any_of(each.second.redacted_copies, [&](const RedactedCopy& copy) {
                return copy.derivative == ref;
            });
        });
    };
    for (const auto& [ref, item] : plan.evidence) {
        if (is_copy(ref)) {
            continue;  // it goes with its original
        }
        auto row = TRY(row_of(plan, item));
        if (row.member.empty() && is_wanted(plan, item)) {
            draft_.left_out.push_back(fmt::format("{}: {}", ref.str(), row.note));
        }
        rows_.push_back(std::move(row));
    }
    std::ranges::sort(lines_, {}, &PackDocument::event);
    std::ranges::sort(draft_.items);
    std::ranges::sort(draft_.redacted);
    return done();
}

Result<void> Maker::add_papers(const Plan& plan, const std::string& shown) {
    for (auto& row : rows_) {
        const auto title = std::ranges::find_if(words_, [&](const PackWord& word) {
            return word.event == row.item->added_at && word.word.field == schema::WordField::TITLE;
        });
        row.title = title == words_.end() ? std::string() : title->word.text;
    }
    const auto& keyring = reading_.state.keyring;
    const PackLeaves leaves{.entry = [&](EventIndex index) -> Result<Bytes> {
                                const auto entry = TRY(history().entry(index));
                                return entry_of_pack(index, entry, only_plan());
                            },
                            .node = history().nodes()};
    const PackState state{.plan = asked_.plan,
                          .as_at = asked_.as_at,
                          .as_known = asked_.as_known,
                          .format = std::string(plan_state_label),
                          .digest = digest_of(plan)};
    const auto chosen = TRY(shown_with_chosen_titles(shown, titles_of(history(), words_)));
    auto readme = TRY(pack_readme({.about = draft_.about,
                                   .state = state,
                                   .shown = sha256(bytes_of(chosen)),
                                   .timestamps = timestamps_},
                                  keyring, leaves));
    auto policy = TRY(pack_policy(draft_.about, keyring));
    auto& archive = draft_.archive;
    draft_.words = words_.size();
    archive.add("README.txt", readme);
    archive.add("certificate.txt", pack_certificate(draft_.about));
    archive.add("policy", policy);
    archive.add("evidence.csv", pack_evidence_csv(plan, rows_));
    archive.add("pack.json", json_of(draft_.about) + "\n");
    archive.add("state.json", json_of(state) + "\n");
    archive.add("words.jsonl", lines_of(words_));
    archive.add("documents.jsonl", lines_of(lines_));
    archive.add("shown.jsonl", chosen);
    return done();
}

void Maker::add_page() {
    const auto inner = draft_.archive.bytes(is_in_page);
    CHECK(inner.ok());  // in memory, of members that are there
    auto page = copy_of(released_page());
    append(page, page_data_begin);
    append(page, to_base64(inner.value()));
    append(page, page_data_end);
    draft_.archive.add("index.html", std::move(page));
}

// The moment that the pack is of: as known on its day, by the events up to its checkpoint.
Result<Exit> show_up_to(const Invocation& given, Surroundings& inner, const PackAsked& asked) {
    Desk desk(given, inner);
    auto* const reading = TRY(desk.reading_directly());
    const auto& history = *reading->history;
    const auto known = TRY(size_known_on(history, reading->zone, asked.as_known));
    auto as_at = TRY(
        reading->views->plan_as_at(history, asked.plan, std::min(known, asked.size), asked.as_at));
    return show_plan(desk, *reading, {.as_at = std::move(as_at), .known_on = asked.as_known});
}

}  // namespace

Result<std::string> shown_of_plan(const Invocation& given, Surroundings& around,
                                  const PackAsked& asked) {
    const int file = ::memfd_create("shown", MFD_CLOEXEC);
    if (file < 0) {
        return Error{Fault::unavailable, "there is no memory for what is shown of the plan"};
    }
    const std::unique_ptr<const int, void (*)(const int*)> closing(
        &file, [](const int* open) { ::close(*open); });
    Terminal terminal;
    terminal.streams = {
        .in = around.terminal.streams.in, .out = file, .err = around.terminal.streams.err};
    Output output(terminal, {.form = Form::json, .chatter = Chatter::silent});
    Surroundings inner{.output = output,
                       .terminal = terminal,
                       .variables = around.variables,
                       .commands = around.commands,
                       .patience = around.patience};
    auto outcome = show_up_to(given, inner, asked);
    const bool is_done = outcome.ok();
    if (!is_done) {
        return std::move(outcome).error().explain("showing the plan");
    }
    if (output.finish(outcome) != Exit::done) {
        return Error{Fault::unavailable, "what is shown of the plan could not be kept"};
    }
    const auto bytes = TRY(read_file(fmt::format("/proc/self/fd/{}", file), shown_bytes_max));
    return std::string(text_of(bytes));
}

Result<PackDraft> draft_pack(Desk& desk, Reading& reading, const FolderDocuments& documents,
                             const PackAsked& asked, const std::string& shown) {
    const auto published = TRY(checkpoint_at(desk, reading, asked.size));
    // Two moments of one store: what is packed, and what is so now.
    auto snapshot = TRY(reading.store->snapshot());
    const auto history = TRY(History::open(std::move(snapshot), asked.size));
    const auto& facts = reading.state.keyring.facts();
    auto origin = TRY(Origin::parse(facts.origin));
    PackAbout about{.origin = std::move(origin),
                    .ledger = facts.ledger,
                    .plan = asked.plan,
                    .purpose = asked.purpose,
                    .as_at = asked.as_at,
                    .as_known = asked.as_known,
                    .size = history->size(),
                    .root = history->root(),
                    .leaves = 0,  // until they are counted
                    .disclosed = asked.disclosed,
                    .restricted = asked.restricted,
                    .page = sha256(released_page()),
                    .made_with = std::string("wsoa ") + WSOA_VERSION};
    const Maker::From from{.reading = reading,
                           .history = *history,
                           .checkpoint = published.checkpoint.note,
                           .documents = documents};
    return Maker(desk, from, asked, std::move(about)).run(shown);
}

}  // namespace wsoa
