#include "cli/commands/keep.h"

#include "cli/desk.h"
#include "cli/documents.h"
#include "cli/keeper/document_shelf.h"
#include "cli/keeper/listener.h"
#include "ledger/base/counted.h"
#include "ledger/ledger_guard.h"

#include <unistd.h>

#include <thread>

namespace wsoa {
namespace {

// Submissions that wait for their signature to be checked.
constexpr std::size_t unchecked_max = 4'096;

// Carries the views on while the keeper serves, on a thread of its own: a group never waits for it,
// and what the views lack yet is folded from the history.
class Follower {
public:
    Follower(ViewsHolder& views, const Recorder& recorder, Log& log)
        : views_(views), recorder_(recorder), log_(log), thread_([this] { run(); }) {}
    ~Follower() {
        {
            const std::lock_guard lock(mutex_);
            is_ending_ = true;
        }
        changed_.notify_all();
    }
    Follower(const Follower&) = delete;
    Follower& operator=(const Follower&) = delete;

    void notify() {
        {
            const std::lock_guard lock(mutex_);
            has_news_ = true;
        }
        changed_.notify_all();
    }

private:
    void run() {
        std::unique_lock lock(mutex_);
        for (;;) {
            changed_.wait(lock, [&] { return has_news_ || is_ending_; });
            if (is_ending_) {
                return;
            }
            has_news_ = false;
            lock.unlock();
            const auto followed = follow();
            lock.lock();
            if (!followed.ok()) {
                log_.write(Log::Level::warning, fmt::format("event=views_stopped reason=\"{}\"",
                                                            followed.error().message));
                return;
            }
        }
    }
    Result<void> follow() {
        const auto history = TRY(recorder_.history());
        return views_.follow(*history);
    }

    ViewsHolder& views_;
    const Recorder& recorder_;
    Log& log_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool has_news_ = true;  // what was recorded before
    bool is_ending_ = false;
    std::jthread thread_;  // last, since it uses all of the above
};

// What a keeper that was killed has left of documents.
Result<void> sweep_before_serving(Desk& desk, Ledger& ledger, const LedgerFolder& folder) {
    FolderDocuments held(folder, ledger.facts().ledger, desk.open_document_keys());
    return sweep_documents(desk, held);
}

// The ledger is held open for months: what others have seen of it meanwhile counts at once.
Result<void> compare_with_what_was_seen(const FolderFacts& about, const Recorder& recorder) {
    const auto seen = TRY(read_sightings(about.guard, about.ledger));
    if (seen.empty()) {
        return done();
    }
    const auto history = TRY(recorder.history());
    return compare_with_sightings(*history, seen);
}

Result<Exit> keep(const Invocation& given, Surroundings& around) {
    // Before there is any thread, so that none of them is interrupted.
    KeeperListener::take_signals();
    Desk desk(given, around);
    const auto folder = TRY(desk.folder());
    const auto about = TRY(desk.facts());
    auto* const ledger = TRY(desk.writing_directly());
    const auto path =
        given.find("socket") ? std::filesystem::path(given.value("socket")) : folder.socket();
    const auto listener = TRY(KeeperListener::open(path));
    const auto views = TRY(ViewsHolder::open(folder));
    const auto environment = desk.environment();
    ledger->begin_plans_at(*views);
    TRY(sweep_before_serving(desk, *ledger, folder));
    Recorder recorder(*ledger, desk.store());
    const FolderDocuments held(folder, ledger->facts().ledger, desk.open_document_keys());
    DocumentShelf shelf(
        {.documents = held.documents, .truth = desk.store(), .environment = environment});
    TaskPool pool(std::max(1U, std::thread::hardware_concurrency()), unchecked_max);
    Follower follower(*views, recorder, environment.log);
    around.output.text(fmt::format("Keeping {}, {}, on {}", ledger->facts().origin,
                                   counted(recorder.checkpoint().checkpoint.size.value, "event"),
                                   path.string()));
    around.output.json(Json::object()
                           .set("type", "keeping")
                           .set("origin", ledger->facts().origin)
                           .set("socket", path.string())
                           .set("process", ::getpid()));
    around.output.flush();
    TRY(listener->serve(
        KeeperParts{.recorder = recorder,
                    .truth = desk.store(),
                    .views = &views->store(),
                    .word_keys = desk.open_word_keys(),
                    .checkers = pool,
                    .shelf = &shelf,
                    .environment = environment,
                    .process = ::getpid(),
                    .owner = ::geteuid(),
                    .may_record = [&] { return compare_with_what_was_seen(about, recorder); },
                    .committed = [&] { follower.notify(); }},
        KeeperListener::EndsOn::stop_or_signal));
    return Exit::done;
}

}  // namespace

CommandSpec keep_command() {
    return {
        .name = "keep",
        .group = Group::running,
        .help = "hold the ledger open and serve the commands of this machine, until told to stop",
        .example = "wsoa --ledger /srv/wsoa/thurrock keep",
        .options = {{.name = "socket",
                     .value = "PATH",
                     .help = "where to listen, in place of keeper.sock in the ledger's folder; "
                             "others name it in WSOA_KEEPER"}},
        .run = keep};
}

}  // namespace wsoa
