// Durable signed changes by 1, 8 and 64 callers, through the recorder and through the keeper,
// beside what bounds them: the same batches written to RocksDB with a sync each, and bare signature
// checks on all cores. Each caller reports the progress of an action of their own, in words.
//
// Targets, as ratios within one run: at 64 callers 0.6 of the lesser limit through the recorder and
// 0.45 through the keeper; one caller 0.55 of one synced batch and one write of the guard.

#include "benchmarks/table.h"
#include "cli/keeper/client.h"
#include "cli/keeper/listener.h"
#include "ledger/keys/signature.h"
#include "ledger/store/rocks_store.h"
#include "tests/support/faulty_store.h"
#include "tests/support/office.h"

#include <cstdlib>
#include <thread>

namespace wsoa {
namespace {

using bench::Rounds;
using bench::Stopwatch;

constexpr int rounds = 5;
constexpr unsigned callers_max = 64;

// Keeps what was written, to be written again without us.
class CapturingStore final : public Store {
public:
    explicit CapturingStore(Store& inner) : inner_(inner) {}
    Result<std::unique_ptr<Snapshot>> snapshot() const override { return inner_.snapshot(); }
    Result<void> write(const Batch& batch) override {
        batches_.push_back(batch);
        return inner_.write(batch);
    }
    std::vector<Batch> take() { return std::exchange(batches_, {}); }

private:
    Store& inner_;
    std::vector<Batch> batches_;
};

class RecordBench {
public:
    RecordBench()
        : store_(test::must(RocksStore::create(folder_ / "truth"))),
          raw_(test::must(RocksStore::create(folder_ / "raw"))),
          capturing_(*store_),
          cores_(std::max(1U, std::thread::hardware_concurrency())) {
        for (unsigned caller = 0; caller < callers_max; ++caller) {
            plan_of(caller);
        }
        office_.builder().commit();
        root_ = office_.builder().history()->root();
        Batch batch;
        for (const auto& [key, value] : test::rows_of(office_.builder().store())) {
            batch.put(key, value);
        }
        test::must(store_->write(batch));
        office_.open(capturing_);
    }
    // The ledger lets go of its store before that goes.
    ~RecordBench() { office_.close(); }
    RecordBench(const RecordBench&) = delete;
    RecordBench& operator=(const RecordBench&) = delete;

    void run(unsigned callers, unsigned changes) {
        Rounds recorder;
        Rounds keeper;
        Rounds synced;
        Rounds guarded;
        Rounds signatures;
        for (int round = 0; round < rounds; ++round) {
            const auto first = made(changes, callers);
            recorder.add(through_recorder(first, callers));
            const auto batches = capturing_.take();
            const auto second = made(changes, callers);
            keeper.add(through_keeper(second, callers));
            capturing_.take();
            synced.add(raw_writes(batches));
            guarded.add(guard_writes(batches.size()));
            signatures.add(bare_checks(first));
        }
        report(callers, changes,
               {recorder.median(), keeper.median(), synced.median(), guarded.median(),
                signatures.median()});
    }

private:
    struct Medians {
        double recorder;
        double keeper;
        double synced;
        double guarded;
        double signatures;
    };

    // The caller's plan, whose one action has begun.
    void plan_of(unsigned caller) {
        auto& builder = office_.builder();
        const auto plan = fmt::format("P{}", caller);
        builder.draft_plan(plan);
        builder.add_area(plan + "-1");
        builder.add_outcome(plan + "-O1", plan + "-1");
        builder.add_action(plan + "-1.1", plan + "-O1");
        builder.start(plan + "-1.1");
        versions_.push_back(2);
    }
    Submission progress(unsigned caller) {
        auto& builder = office_.builder();
        auto envelope = test::founders_envelope(
            builder.ledger(), {.size = builder.size(), .root = root_},
            fmt::format("P{}-1.1", caller), static_cast<std::uint16_t>(next_++));
        const auto& signer = builder.signer_of("programme-manager");
        envelope.author_key = signer.key();
        envelope.as_role = schema::Role::PROGRAMME_OFFICE;
        envelope.subject_version = versions_[caller]++;
        Draft draft(Kind::PROGRESS_RECORDED);
        test::must(draft.set("percent", "50"));
        return test::signed_submission(draft, envelope, signer,
                                       {{schema::WordField::TEXT, "14 of 22 staff trained"}},
                                       office_.environment().random());
    }
    // The callers' changes in turn.
    std::vector<Submission> made(unsigned count, unsigned callers) {
        std::vector<Submission> work;
        for (unsigned i = 0; i < count; ++i) {
            work.push_back(progress(i % callers));
        }
        return work;
    }
    // Every caller does its own, one change after the other.
    template <typename Record>
    double by_callers(unsigned callers, Record record) {
        const Stopwatch watch;
        {
            std::vector<std::jthread> threads;
            for (unsigned caller = 0; caller < callers; ++caller) {
                threads.emplace_back([&record, caller] { record(caller); });
            }
        }
        return watch.seconds();
    }
    double through_recorder(const std::vector<Submission>& work, unsigned callers) {
        Recorder recorder(office_.ledger(), capturing_);
        return by_callers(callers, [&](std::size_t caller) {
            for (auto i = caller; i < work.size(); i += callers) {
                test::must(recorder.record(work[i]));
            }
        });
    }
    double through_keeper(const std::vector<Submission>& work, unsigned callers) {
        Recorder recorder(office_.ledger(), capturing_);
        TaskPool pool(cores_, 4'096);
        const auto listener = test::must(KeeperListener::open(folder_ / "keeper.sock"));
        std::jthread server([&] {
            test::must(
                listener->serve(KeeperParts{.recorder = recorder,
                                            .truth = capturing_,
                                            .views = nullptr,
                                            .word_keys = office_.builder().word_keys(),
                                            .checkers = pool,
                                            .environment = office_.environment().environment()},
                                KeeperListener::EndsOn::stop));
        });
        const auto seconds = by_callers(callers, [&](std::size_t caller) {
            const auto client = test::must(KeeperClient::connect(folder_ / "keeper.sock"));
            for (auto i = caller; i < work.size(); i += callers) {
                test::must(client->submit(work[i]));
            }
        });
        listener->stop();
        return seconds;
    }
    double raw_writes(const std::vector<Batch>& batches) {
        const Stopwatch watch;
        for (const auto& batch : batches) {
            test::must(raw_->write(batch));
        }
        return watch.seconds();
    }
    double guard_writes(std::size_t count) {
        std::filesystem::remove(folder_ / "guard");
        const auto guard = test::must(Guard::create(folder_ / "guard", Hash{}, {}));
        const Stopwatch watch;
        for (std::size_t i = 1; i <= count; ++i) {
            test::must(guard->record({.size = TreeSize{i}, .root = {}}));
        }
        return watch.seconds();
    }
    double bare_checks(const std::vector<Submission>& work) {
        const Stopwatch watch;
        {
            std::vector<std::jthread> threads;
            for (unsigned part = 0; part < cores_; ++part) {
                threads.emplace_back([&, part] {
                    for (std::size_t i = part; i < work.size(); i += cores_) {
                        const auto& change = work[i].signed_change;
                        CHECK(verify(office_.builder().signer_of("programme-manager").key(),
                                     labelled(label::change, change.change), change.signature));
                    }
                });
            }
        }
        return watch.seconds();
    }

    void report(unsigned callers, unsigned changes, const Medians& took) const {
        const auto rate = [&](double seconds) { return changes / seconds; };
        const auto who = fmt::format("{} caller{}", callers, callers == 1 ? "" : "s");
        bench::print_limit(who + ": the same batches to RocksDB, synced", rate(took.synced));
        bench::print_limit(who + ": bare signature checks, all cores", rate(took.signatures));
        if (callers == 1) {
            const auto limit = took.synced + took.guarded;
            bench::print_line(who + ": recorder, of batch and guard", rate(took.recorder),
                              limit / took.recorder, 0.55);
            bench::print_line(who + ": keeper, of batch and guard", rate(took.keeper),
                              limit / took.keeper, 0.55);
            return;
        }
        const auto limit = std::max(took.synced, took.signatures);
        bench::print_line(who + ": recorder, of the lesser limit", rate(took.recorder),
                          limit / took.recorder, 0.60);
        bench::print_line(who + ": keeper, of the lesser limit", rate(took.keeper),
                          limit / took.keeper, 0.45);
    }

    TempFolder folder_;
    test::Office office_;
    std::unique_ptr<RocksStore> store_;
    std::unique_ptr<RocksStore> raw_;
    CapturingStore capturing_;
    unsigned cores_;
    std::vector<std::uint32_t> versions_;  // of each caller's action
    Hash root_;                            // of what the builder wrote, which all changes have seen
    unsigned next_ = 0;
};

}  // namespace
}  // namespace wsoa

int main() {
    wsoa::RecordBench bench;
    bench.run(1, 300);
    bench.run(8, 1'200);
    bench.run(64, 4'000);
}
