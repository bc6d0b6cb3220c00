#include "benchmarks/million.h"

#include "benchmarks/process.h"
#include "ledger/evidence/sealed_words.h"
#include "ledger/history.h"
#include "ledger/keys/key_file.h"
#include "ledger/ledger_rows.h"
#include "ledger/store/folder.h"
#include "ledger/store/guard.h"
#include "ledger/store/rocks_store.h"
#include "ledger/store/system.h"
#include "ledger/store/vault.h"
#include "ledger/tree/hasher.h"
#include "tests/support/changes.h"

#include <fstream>
#include <iostream>

namespace wsoa::bench {
namespace {

namespace fs = std::filesystem;
using test::must;

// Another number for another recipe, so that what an older one made is not taken for it.
std::string recipe_of(const Shape& shape) {
    return fmt::format("recipe 3: {} events, {} plans, {} of the first\n", shape.events,
                       shape.plans, shape.long_plan_events);
}
constexpr std::size_t batch_events = 2'048;
constexpr std::string_view recorded = "--recorded=2022-01-31T09:00:00Z";
constexpr std::int64_t first_report_ms = 1'680'000'000'000;  // in March 2023

fs::path guard_in(const fs::path& root) { return root / "guard"; }

std::unique_ptr<MemorySigner> key_at(const fs::path& path) {
    const auto pem = must(read_file(path, 16'384));
    return must(read_private_key(text_of(pem), std::nullopt));
}

std::string line(std::string_view kind, const std::string& subject, std::string_view by,
                 std::string_view fields) {
    return fmt::format(
        R"({{"kind":"{}","subject":"{}","by":"{}","recorded":"2022-02-01T09:00:00Z",)"
        R"("fields":{{{}}},"words":{}}})"
        "\n",
        kind, subject, by, fields,
        kind == "actionStarted" ? "{}" : R"({"title":"Assessments are done on time"})");
}

std::string lines_of_plan(unsigned number) {
    const auto plan = fmt::format("P{}", number);
    auto lines =
        line("planDrafted", plan, "office", R"("kind":"wsoa","partners":["council","nhs"])") +
        line("areaAdded", plan + "-1", "office", R"("lead":"lead")") +
        line("outcomeAdded", plan + "-O1", "office", fmt::format(R"("parent":"{}-1")", plan));
    for (unsigned i = 1; i <= Million::actions; ++i) {
        const auto action = fmt::format("{}-1.{}", plan, i);
        lines += line("actionAdded", action, "office",
                      fmt::format(R"("parent":"{0}-O1","owner":"owner","accountable":"lead",)"
                                  R"("organisation":"council","start":"2022-01-01",)"
                                  R"("deadline":"2030-12-31","measures":["{0}-M1"],)"
                                  R"("evidenceRequired":1)",
                                  plan));
        lines += line("actionStarted", action, "owner", "");
    }
    return lines;
}

// Writes reports of progress on the end of a ledger.
class Appender {
public:
    explicit Appender(const LedgerFolder& folder, const fs::path& author, const FolderFacts& about)
        : about_(about),
          store_(must(RocksStore::open_writer(folder.truth(), {}, Syncing::never))),
          author_(key_at(author)),
          ledger_key_(key_at(folder.ledger_key())),
          vault_(must(Vault::read(folder.keys(), about.ledger, std::nullopt)).contents) {
        auto snapshot = must(store_->snapshot());
        const auto size = must(History::newest_size(*snapshot));
        history_ = must(History::open(std::move(snapshot), size));
        frontier_ = must(Frontier::load(size, history_->nodes()));
        seen_ = {.size = size, .root = history_->root()};
    }

    void append(const SubjectRef& action, unsigned percent, Instant instant) {
        const EventIndex index{frontier_.size().value};
        Draft draft(Kind::PROGRESS_RECORDED);
        must(draft.set("percent", fmt::format("{}", percent)));
        Envelope envelope;
        envelope.ledger = about_.ledger;
        envelope.seen = seen_;
        envelope.id = id_of(index);
        envelope.subject = action;
        envelope.plan = action.plan();
        envelope.subject_version = version_of(action);
        envelope.effective = zone_.day_of(instant);
        envelope.author_key = author_->key();
        envelope.as_role = schema::Role::ACTION_OWNER;
        envelope.classification = schema::Classification::PARTNERSHIP;
        Word word{.field = schema::WordField::TEXT, .salt = {}, .text = "14 of 22 staff trained"};
        random_.fill(word.salt.bytes);
        envelope.words = {{word.field, commit_to(about_.ledger, word)}};
        const auto change = must(draft.finish(envelope));
        const auto entry =
            must(event_bytes(instant, {change, author_->sign(labelled(label::change, change))}));
        const auto event = must(Event::read(index, entry));
        const auto nodes = frontier_.append(event.leaf());
        put_event(batch_, {.event = event,
                           .version = envelope.subject_version,
                           .plan_count = next_count(*envelope.plan),
                           .nodes = nodes});
        batch_.put(layout::words_key(index),
                   must(seal_words({about_.ledger, index}, {word}, envelope.words, vault_.words)));
    }

    void commit() {
        const auto checkpoint = must(sign_checkpoint(Checkpoint{.origin = about_.origin.str(),
                                                                .size = frontier_.size(),
                                                                .root = frontier_.root(),
                                                                .extensions = {}},
                                                     *ledger_key_));
        batch_.put(layout::checkpoint_key(frontier_.size()), bytes_of(checkpoint.note));
        must(store_->write(batch_));
        batch_ = Batch{};
        seen_ = {.size = frontier_.size(), .root = frontier_.root()};
    }

    TreeSize size() const { return frontier_.size(); }
    // The last call: the guard vouches for all of it.
    void finish() {
        history_.reset();
        must(store_->settle());
        const auto guard = must(Guard::open(about_.guard, about_.ledger));
        must(guard->record({.size = frontier_.size(), .root = frontier_.root()}));
    }

private:
    ChangeId id_of(EventIndex index) {
        ChangeId id;
        random_.fill(id.bytes);
        id.bytes[6] = static_cast<std::uint8_t>(0x70 | (id.bytes[6] & 0x0f));
        id.bytes[8] = static_cast<std::uint8_t>(0x80 | (index.value & 0x3f));
        return id;
    }
    std::uint32_t version_of(const SubjectRef& subject) {
        if (!versions_.contains(subject)) {
            versions_[subject] = must(history_->version_of(subject));
        }
        return versions_[subject]++;
    }
    std::uint64_t next_count(const PlanRef& plan) {
        if (!counts_.contains(plan)) {
            const auto row = must(history_->snapshot().get(layout::plan_count_key(plan)));
            counts_[plan] = must(layout::number_at_end(*row));
        }
        return ++counts_[plan];
    }

    FolderFacts about_;
    SystemRandom random_;
    Zone zone_ = must(Zone::find("Europe/London"));
    std::unique_ptr<RocksStore> store_;
    std::unique_ptr<MemorySigner> author_;
    std::unique_ptr<MemorySigner> ledger_key_;
    VaultContents vault_;
    std::unique_ptr<History> history_;
    Frontier frontier_;
    Seen seen_;
    Batch batch_;
    std::map<SubjectRef, std::uint32_t> versions_;
    std::map<PlanRef, std::uint64_t> counts_;
};

}  // namespace

Million Million::made_in(const fs::path& root, const std::string& program, const Shape& shape) {
    Million million(root, program, shape);
    const auto recipe = recipe_of(shape);
    std::ifstream made(root / "recipe");
    const std::string by(std::istreambuf_iterator<char>(made), {});
    if (by != recipe) {
        fs::remove_all(root);
        fs::create_directories(root);
        million.make();
        std::ofstream(root / "recipe") << recipe;
    }
    return million;
}

Million Million::copied_to(const fs::path& root) const {
    fs::remove_all(root);
    fs::copy(root_, root, fs::copy_options::recursive);
    Million copy(root, program_, shape_);
    auto about = test::must(FolderFacts::read(LedgerFolder(copy.ledger())));
    about.guard = guard_in(root);
    test::must(
        write_durably(LedgerFolder(copy.ledger()).facts(), bytes_of(about.str()), Access::owner));
    return copy;
}

std::map<std::string, std::string> Million::variables() const {
    return {{"WSOA_LEDGER", ledger().string()}, {"WSOA_STATE", (root_ / "state").string()}};
}

std::vector<std::string> Million::command(const std::vector<std::string>& words) const {
    std::vector<std::string> command{program_};
    command.insert(command.end(), words.begin(), words.end());
    return command;
}

void Million::must(const std::vector<std::string>& words) const {
    const auto said = (root_ / "said").string();
    const auto took = Process(command(words), variables(), said).wait();
    if (took.exit != 0) {
        std::cerr << std::ifstream(said).rdbuf();
    }
    CHECK(took.exit == 0);
}

void Million::make() const {
    fmt::print(stderr, "making a ledger of {} events in {}\n", shape_.events, root_.string());
    for (const auto* person : {"one", "two", "office", "lead", "owner"}) {
        must({"keys", "new", "--unsealed", key(person)});
    }
    must({"init", "--rehearsal", "--origin", "example.org/million/rehearsal", "--guard",
          guard_in(root_), std::string(recorded), "--founder", "one=" + key("one").string(),
          "--founder", "two=" + key("two").string()});
    const std::pair<const char*, const char*> people[] = {
        {"office", "programmeOffice"}, {"lead", "areaLead"}, {"owner", "actionOwner"}};
    for (const auto& [person, role] : people) {
        const auto request = (root_ / "request").string();
        fs::remove(request);
        must({"--key", key(person), "keys", "request", "--person", person, "--out", request});
        must({"--key", key("one"), "enrol", person, "--request", request, "--role", role,
              std::string(recorded)});
        must({"--key", key("two"), "confirm", std::string("@") + person, std::string(recorded)});
    }
    record_plans();
    append_progress();
    // The views are made by the first who records after that.
    must({"--key", key("owner"), "progress", "P0-1.1", "--text", "All are booked"});
}

void Million::record_plans() const {
    const auto path = root_ / "plans.jsonl";
    std::ofstream lines(path);
    for (unsigned i = 0; i < shape_.plans; ++i) {
        lines << lines_of_plan(i);
    }
    lines.close();
    must({"record", "--lines", path, "--keys", root_});
}

void Million::append_progress() const {
    const LedgerFolder folder(ledger());
    Appender appender(folder, key("owner"), test::must(FolderFacts::read(folder)));
    // One report in so many is the first plan's.
    const auto nth = shape_.events / shape_.long_plan_events;
    const auto others = shape_.plans - 1;
    const auto of_others = (shape_.events - shape_.long_plan_events) / std::max(others, 1U);
    std::map<std::string, std::uint64_t> reports;
    std::uint64_t other = 0;
    for (std::uint64_t i = 0; appender.size().value < shape_.events; ++i) {
        const bool is_first = others == 0 || i % nth == 0;
        const auto turn = is_first ? i / nth : other / others;
        const auto plan = is_first ? 0 : 1 + other++ % others;
        const auto action = fmt::format("P{}-1.{}", plan, 1 + turn % actions);
        // Progress does not fall without a reason.
        const auto percent =
            reports[action]++ * actions * 99 / (is_first ? shape_.long_plan_events : of_others);
        appender.append(test::must(SubjectRef::parse(action)), static_cast<unsigned>(percent),
                        Instant{first_report_ms + static_cast<std::int64_t>(i) * 60'000});
        if (i % batch_events == 0) {
            appender.commit();
        }
    }
    appender.commit();
    appender.finish();
}

}  // namespace wsoa::bench
