#include "ledger/store/rocks_store.h"

#include "ledger/store/rocks_files.h"
#include "ledger/store/rocks_folder.h"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <atomic>
#include <ctime>

namespace wsoa {

// The database, and how many snapshots of it are out.
class RocksEngine {
public:
    std::unique_ptr<rocksdb::Env> files;  // null for those that are synced
    std::unique_ptr<rocksdb::DB> db;
    mutable std::atomic<int> snapshots = 0;
};

namespace {

namespace fs = std::filesystem;

// Sorted runs from which on compaction starts, from which on closing waits for it, and from which
// on writes wait. Reading goes through each run, so that the second stays small.
constexpr std::size_t runs_to_compact = 6;
constexpr std::size_t runs_to_wait_for = 12;
constexpr int runs_to_slow = 64;
constexpr int runs_to_stop = 128;
constexpr std::size_t protection_bytes = 8;
constexpr int open_tries = 5;

rocksdb::Slice slice_of(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
ByteView view_of(const rocksdb::Slice& slice) { return bytes_of({slice.data(), slice.size()}); }
bool is_range(ByteView from, ByteView to) { return slice_of(from).compare(slice_of(to)) < 0; }

Error failure(const rocksdb::Status& status, std::string_view doing) {
    auto failed = error(Fault::unavailable, "{} failed: {}", doing, status.ToString());
    if (status.IsCorruption()) {
        failed.fault = Fault::corrupt;
        failed.advice =
            "leave the folder as it is and work from a backup or a mirror; wsoa verify tells what "
            "is still whole";
    } else if (status.IsNoSpace()) {
        failed.advice = "make room on that disk, then open the ledger again";
    } else if (status.IsBusy() || status.IsTryAgain() || status.IsTimedOut()) {
        failed.fault = Fault::busy;
        failed.advice = "try again";
    }
    return failed;
}

Result<void> check(const rocksdb::Status& status, std::string_view doing) {
    if (!status.ok()) {
        return failure(status, doing);
    }
    return done();
}

// What opening met. The engine says in words only that another process has its lock.
Error open_failure(const rocksdb::Status& status, const fs::path& folder) {
    const auto doing = fmt::format("opening the store {}", folder.string());
    auto failed = failure(status, doing);
    const auto& said = failed.message;
    if (said.find("While lock file") != std::string::npos ||
        said.find("lock hold by current process") != std::string::npos) {
        return error(Fault::busy, "another process writes to the store {}", folder.string())
            .advise("try again, or wait for it to end");
    }
    if (status.IsPathNotFound() || status.IsNotFound() || status.IsInvalidArgument()) {
        failed.fault = Fault::corrupt;
    }
    return failed;
}

// The one place where a read is set up.
//
// Without ignore_range_deletions a forward scan of this version (7.8.3) takes a damaged block at
// the start of a file for the end of the data, with status OK; we never delete ranges.
rocksdb::ReadOptions read_options(const rocksdb::Snapshot* snapshot) {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot;
    options.ignore_range_deletions = true;
    options.verify_checksums = true;
    options.total_order_seek = true;
    return options;
}

// The one place where a write is set up.
rocksdb::WriteOptions write_options() {
    rocksdb::WriteOptions options;
    options.sync = true;
    options.protection_bytes_per_key = protection_bytes;
    return options;
}

void set_compaction(rocksdb::Options& options, const RocksSizes& sizes) {
    // Each short command adds one small run, over all of the keys. Merging runs of like size costs
    // what they hold; a levelled store would write out its whole first level for each few of them.
    options.compaction_style = rocksdb::kCompactionStyleUniversal;
    options.target_file_size_base = sizes.file_bytes;
    options.level0_file_num_compaction_trigger = runs_to_compact;
    options.level0_slowdown_writes_trigger = runs_to_slow;
    options.level0_stop_writes_trigger = runs_to_stop;
    options.compression = rocksdb::kLZ4Compression;
    options.bottommost_compression = rocksdb::kZSTD;
}

rocksdb::Options options_of(const RocksSizes& sizes) {
    rocksdb::Options options;
    options.paranoid_checks = true;
    options.paranoid_file_checks = true;
    options.force_consistency_checks = true;
    // The default drops everything after a flipped byte and calls that a success. This one refuses,
    // and takes only an unfinished record at the end for what a crash has left.
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
    options.memtable_protection_bytes_per_key = protection_bytes;
    options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
    options.write_buffer_size = sizes.buffer_bytes;
    options.max_total_wal_size = sizes.buffer_bytes;
    options.max_write_buffer_number = 2;
    options.max_background_jobs = 2;
    options.max_open_files = -1;
    options.max_bgerror_resume_count = 0;  // whoever opens again looks first; the engine does not
    options.skip_stats_update_on_db_open = true;
    options.stats_dump_period_sec = 0;
    options.stats_persist_period_sec = 0;
    // Every fault reaches the caller as a Status; the engine's own log would be one more file that
    // each short command leaves, and what it says is for the engine's makers.
    options.info_log = silent_logger();
    options.env = sizes.machine != nullptr ? sizes.machine : options.env;
    set_compaction(options, sizes);
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = rocksdb::NewLRUCache(sizes.cache_bytes);
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    table.format_version = 5;
    table.checksum = rocksdb::kXXH3;
    table.block_size = 16 << 10;
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return options;
}

Result<std::unique_ptr<RocksEngine>> open_engine(rocksdb::Options options, const fs::path& folder,
                                                 Syncing syncing) {
    auto engine = std::make_unique<RocksEngine>();
    if (syncing == Syncing::never) {
        engine->files = unsynced_files();
        options.env = engine->files.get();
    }
    rocksdb::DB* db = nullptr;
    const auto status = rocksdb::DB::Open(options, folder.string(), &db);
    engine->db.reset(db);
    if (!status.ok()) {
        return open_failure(status, folder);
    }
    return engine;
}

class RocksSnapshot final : public Snapshot {
public:
    // Without a moment it shows the database as it is: a reader's stands still by itself.
    RocksSnapshot(const RocksEngine& engine, const rocksdb::Snapshot* moment)
        : engine_(engine), moment_(moment) {
        ++engine_.snapshots;
    }
    ~RocksSnapshot() override {
        if (moment_ != nullptr) {
            engine_.db->ReleaseSnapshot(moment_);
        }
        --engine_.snapshots;
    }
    RocksSnapshot(const RocksSnapshot&) = delete;
    RocksSnapshot& operator=(const RocksSnapshot&) = delete;

    Result<std::optional<Bytes>> get(ByteView key) const override {
        rocksdb::PinnableSlice value;
        const auto status = engine_.db->Get(
            read_options(moment_), engine_.db->DefaultColumnFamily(), slice_of(key), &value);
        if (status.IsNotFound()) {
            return std::optional<Bytes>();
        }
        TRY(check(status, "reading the store"));
        return std::optional(copy_of(view_of(value)));
    }

    Result<void> scan(ByteView from, ByteView to, const Visit& visit) const override {
        if (!is_range(from, to)) {
            return done();
        }
        const auto end = slice_of(to);
        auto options = read_options(moment_);
        options.iterate_upper_bound = &end;
        const std::unique_ptr<rocksdb::Iterator> rows(engine_.db->NewIterator(options));
        for (rows->Seek(slice_of(from)); rows->Valid(); rows->Next()) {
            const auto step = TRY(visit(view_of(rows->key()), view_of(rows->value())));
            if (step == Step::stop) {
                return done();
            }
        }
        return check(rows->status(), "scanning the store");
    }

    Result<std::optional<std::pair<Bytes, Bytes>>> last(ByteView from, ByteView to) const override {
        std::optional<std::pair<Bytes, Bytes>> found;
        if (!is_range(from, to)) {
            return found;
        }
        const auto start = slice_of(from);
        auto options = read_options(moment_);
        options.iterate_lower_bound = &start;
        const std::unique_ptr<rocksdb::Iterator> rows(engine_.db->NewIterator(options));
        rows->SeekForPrev(slice_of(to));
        if (rows->Valid() && rows->key() == slice_of(to)) {
            rows->Prev();
        }
        TRY(check(rows->status(), "scanning the store backwards"));
        if (rows->Valid()) {
            found.emplace(copy_of(view_of(rows->key())), copy_of(view_of(rows->value())));
        }
        return found;
    }

private:
    const RocksEngine& engine_;
    const rocksdb::Snapshot* moment_;
};

std::uint64_t number(const RocksEngine& engine, const std::string& property) {
    std::uint64_t value = 0;
    CHECK(engine.db->GetIntProperty(property, &value));
    return value;
}

// Whether files are still being merged, after a moment in which they may have been. After an error
// nothing is done about what is pending; at just runs_to_compact the engine may find nothing to do.
bool is_still_compacting(const RocksEngine& engine) {
    const timespec moment{.tv_sec = 0, .tv_nsec = 2'000'000};
    ::nanosleep(&moment, nullptr);
    return number(engine, rocksdb::DB::Properties::kBackgroundErrors) == 0 &&
           (sorted_runs(*engine.db) > runs_to_compact ||
            number(engine, rocksdb::DB::Properties::kNumRunningCompactions) != 0);
}

void tidy_logs(const RocksEngine& engine, const fs::path& folder) {
    std::unique_ptr<rocksdb::LogFile> current;
    if (engine.db->GetCurrentWalFile(&current).ok()) {
        remove_empty_logs(folder, fs::path(current->PathName()).filename().string());
    }
}

Result<void> flush(const RocksEngine& engine) {
    return check(engine.db->Flush(rocksdb::FlushOptions()), "writing the store's files");
}

Error poisoned() {
    return Error{Fault::unavailable, "an earlier write to the store has failed",
                 "open the ledger again, so that it can see what was kept"};
}

}  // namespace

RocksStore::RocksStore(std::unique_ptr<RocksEngine> engine) : engine_(std::move(engine)) {}

Result<std::unique_ptr<RocksStore>> RocksStore::create(const fs::path& folder,
                                                       const RocksSizes& sizes, Syncing syncing) {
    TRY(claim_folder(folder, Access::everyone));
    auto options = options_of(sizes);
    options.create_if_missing = true;
    options.error_if_exists = true;
    auto engine = TRY(open_engine(options, folder, syncing));
    return std::unique_ptr<RocksStore>(new RocksStore(std::move(engine)));
}

Result<std::unique_ptr<RocksStore>> RocksStore::open_writer(const fs::path& folder,
                                                            const RocksSizes& sizes,
                                                            Syncing syncing) {
    TRY(expect_store(folder));
    auto engine = TRY(open_engine(options_of(sizes), folder, syncing));
    tidy_logs(*engine, folder);
    return std::unique_ptr<RocksStore>(new RocksStore(std::move(engine)));
}

RocksStore::~RocksStore() {
    CHECK(engine_->snapshots == 0);
    // Whatever fails here is in the log already, and the next to open will meet it.
    if (is_dirty_ && !is_poisoned_ && flush(*engine_).ok()) {
        while (sorted_runs(*engine_->db) >= runs_to_wait_for && is_still_compacting(*engine_)) {
        }
    }
}

Result<std::unique_ptr<Snapshot>> RocksStore::snapshot() const {
    return std::unique_ptr<Snapshot>(
        std::make_unique<RocksSnapshot>(*engine_, engine_->db->GetSnapshot()));
}

Result<void> RocksStore::write(const Batch& batch) {
    if (is_poisoned_) {
        return poisoned();
    }
    if (batch.empty()) {
        return done();
    }
    rocksdb::WriteBatch writes(0, 0, protection_bytes, 0);
    rocksdb::Status status;
    for (const auto& write : batch.writes()) {
        status = write.value ? writes.Put(slice_of(write.key), slice_of(*write.value))
                             : writes.Delete(slice_of(write.key));
        if (!status.ok()) {
            return failure(status, "preparing a write to the store");
        }
    }
    is_dirty_ = true;
    status = engine_->db->Write(write_options(), &writes);
    is_poisoned_ = !status.ok();
    return check(status, "writing to the store");
}

Result<void> RocksStore::settle() {
    if (is_poisoned_) {
        return poisoned();
    }
    is_poisoned_ = true;  // until it turns out well
    TRY(flush(*engine_));
    while (is_still_compacting(*engine_)) {
    }
    if (number(*engine_, rocksdb::DB::Properties::kBackgroundErrors) != 0) {
        return Error{Fault::unavailable, "the store could not bring its files in order"};
    }
    is_poisoned_ = false;
    is_dirty_ = false;
    return done();
}

RocksReader::RocksReader(fs::path folder, std::unique_ptr<ScratchFolder> scratch,
                         std::unique_ptr<RocksEngine> engine)
    : folder_(std::move(folder)), scratch_(std::move(scratch)), engine_(std::move(engine)) {}

RocksReader::~RocksReader() { CHECK(engine_->snapshots == 0); }

Result<std::unique_ptr<RocksReader>> RocksReader::open(const fs::path& folder,
                                                       const fs::path& scratch,
                                                       const RocksSizes& sizes) {
    TRY(expect_store(folder));
    auto own = TRY(ScratchFolder::create(scratch));
    auto engine = std::make_unique<RocksEngine>();
    rocksdb::Status status;
    // Beside a writer a file may go between the moment its name is read and that it is opened.
    for (int tries = 0; tries < open_tries && engine->db == nullptr; ++tries) {
        rocksdb::DB* db = nullptr;
        status =
            rocksdb::DB::OpenAsSecondary(options_of(sizes), folder.string(), scratch.string(), &db);
        engine->db.reset(db);
    }
    if (!status.ok()) {
        return open_failure(status, folder);
    }
    auto reader =
        std::unique_ptr<RocksReader>(new RocksReader(folder, std::move(own), std::move(engine)));
    // Opening takes the same two steps as catching up, and nothing tells whether it was disturbed.
    TRY(reader->catch_up());
    return reader;
}

Result<std::unique_ptr<Snapshot>> RocksReader::snapshot() const {
    return std::unique_ptr<Snapshot>(std::make_unique<RocksSnapshot>(*engine_, nullptr));
}

Result<void> RocksReader::write(const Batch&) {
    return Error{Fault::refused, "the store is open for reading only"};
}

Result<void> RocksReader::catch_up() {
    CHECK(engine_->snapshots == 0);
    return read_undisturbed(folder_, [this] {
        return check(engine_->db->TryCatchUpWithPrimary(), "catching up with the store's writer");
    });
}

Result<void> RocksReader::check_files() const {
    return check(engine_->db->VerifyFileChecksums(read_options(nullptr)),
                 "checking the store's files");
}

}  // namespace wsoa
