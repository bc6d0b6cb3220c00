#pragma once

#include "ledger/store/scratch_folder.h"
#include "ledger/store/store.h"

namespace rocksdb {
class Env;
}

namespace wsoa {

class RocksEngine;

// How large the parts of a store grow, and on what. Tests make them small; a ledger takes them as
// they are.
struct RocksSizes {
    // What is kept in memory before it becomes a file. It bounds the write-ahead log as well, and
    // with it the time that opening takes after a crash: about 18 ms a MiB.
    std::size_t buffer_bytes = std::size_t{2} << 20;
    std::size_t file_bytes = std::size_t{16} << 20;
    std::size_t cache_bytes = std::size_t{32} << 20;
    // What the engine takes for the machine: its files above all. Null for the true one; another
    // is for tests whose disk fails when it is told to. Borrowed, and outlives the store.
    rocksdb::Env* machine = nullptr;
};

// Whether a write waits until the disk has it. What can be made anew need not: after a power cut
// such a store is an older one, or does not open, or is `corrupt` where it is read.
enum class Syncing : std::uint8_t { always, never };

// The Store on RocksDB: one folder, one column family, one process that writes.
//
// A batch is synced before write() returns, unless it was opened without. Closing turns what is in
// the log into a file and lets overdue compaction end, so that a thousand short commands in a row
// leave a few files, the next one finds nothing to replay, and a reader nothing that only a log
// holds. A crash leaves a log, which the next writer replays: whole, or up to a batch that was
// never acknowledged.
//
// What RocksDB cannot notice is for the caller: a log whose tail is damaged in the way that a crash
// would cut it comes back as a shorter one (compare with the guard). Every error names what the
// engine said: `corrupt` where stored bytes are not what was written, `unavailable` where the
// machine failed, `busy` where another process writes. Snapshots end before their store does.
class RocksStore final : public Store {
public:
    // A new store in a folder that is missing or empty; `conflict` if anything is in it.
    static Result<std::unique_ptr<RocksStore>> create(const std::filesystem::path& folder,
                                                      const RocksSizes& sizes = {},
                                                      Syncing syncing = Syncing::always);
    // `missing` if there is none, `busy` if another writer has it open.
    static Result<std::unique_ptr<RocksStore>> open_writer(const std::filesystem::path& folder,
                                                           const RocksSizes& sizes = {},
                                                           Syncing syncing = Syncing::always);
    ~RocksStore() override;

    Result<std::unique_ptr<Snapshot>> snapshot() const override;
    Result<void> write(const Batch& batch) override;

    // Waits until everything is in files and no compaction is due: for whoever wrote in bulk,
    // before exit. Errors are those of write().
    Result<void> settle();

private:
    explicit RocksStore(std::unique_ptr<RocksEngine> engine);

    std::unique_ptr<RocksEngine> engine_;
    bool is_poisoned_ = false;
    bool is_dirty_ = false;
};

// Reads a store beside its writer, or one that nobody has open. Takes no lock and changes nothing.
//
// It shows what the writer had written when it was opened or last caught up. Both are repeated
// until no file of the store changed meanwhile, since a row that goes from log to file just then is
// missed without an error. The engine promises nothing here, so compare the counts that must be
// dense with the head all the same, after catching up too; if they differ, catch up or open again.
class RocksReader final : public Store {
public:
    // `scratch` is a folder that must not exist yet; it is the reader's own, and goes with it.
    // `missing` if there is no store.
    static Result<std::unique_ptr<RocksReader>> open(const std::filesystem::path& folder,
                                                     const std::filesystem::path& scratch,
                                                     const RocksSizes& sizes = {});
    ~RocksReader() override;

    Result<std::unique_ptr<Snapshot>> snapshot() const override;
    // Always `refused`.
    Result<void> write(const Batch& batch) override;

    // Takes in what the writer has written since. Asks that every snapshot has gone: the engine
    // cannot keep an earlier moment for a reader. `busy` if the writer leaves no time to do it in.
    Result<void> catch_up();
    // Reads every file and compares it with the checksum it was written under; `corrupt` names the
    // first that differs. What only the writer's log holds is not looked at.
    Result<void> check_files() const;

private:
    RocksReader(std::filesystem::path folder, std::unique_ptr<ScratchFolder> scratch,
                std::unique_ptr<RocksEngine> engine);

    std::filesystem::path folder_;
    std::unique_ptr<ScratchFolder> scratch_;
    std::unique_ptr<RocksEngine> engine_;
};

}  // namespace wsoa
