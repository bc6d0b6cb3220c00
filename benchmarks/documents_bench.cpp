// A document of 1 GiB in and out of a ledger by the program itself, beside what bounds it: the same
// pieces written with the same syncs, or read, and one SHA-256 and one AES-GCM pass over as many
// bytes. The jobs are done in turn in every round, each on one core.
//
// Targets, as ratios of that sum to the whole command: 0.5 for adding, for getting it back, and for
// `evidence check`.

#include "benchmarks/million.h"
#include "benchmarks/process.h"
#include "ledger/base/sha256.h"
#include "ledger/evidence/seal.h"
#include "ledger/store/file_blobs.h"
#include "ledger/store/folder.h"
#include "tests/support/changes.h"
#include "tests/support/environment.h"

#include <cstdio>
#include <fstream>

namespace wsoa {
namespace {

namespace fs = std::filesystem;
using bench::Million;
using bench::Process;
using bench::Rounds;
using bench::Stopwatch;
using test::must;

constexpr int rounds = 3;
constexpr std::size_t piece_bytes = 1'024 * 1'024;
constexpr std::uint64_t pieces = 1'024;
// Its people and one plan are all that it is needed for.
constexpr bench::Shape small{.events = 1'000, .plans = 1, .long_plan_events = 1'000};

Bytes piece_of_chance(std::uint64_t seed) {
    Bytes bytes(piece_bytes);
    SeededRandom random(seed);
    random.fill(bytes);
    return bytes;
}

class DocumentsBench {
public:
    explicit DocumentsBench(const fs::path& here)
        : here_(here),
          piece_(piece_of_chance(1)),
          ledger_(Million::made_in(here / "small", WSOA_PROGRAM, small)) {
        std::ofstream file(document(), std::ios::binary);
        for (std::uint64_t i = 0; i < pieces; ++i) {
            // No two pieces are the same, as in a document.
            append_number(i);
            file.write(reinterpret_cast<const char*>(piece_.data()),
                       static_cast<std::streamsize>(piece_.size()));
        }
        CHECK(file.good());
    }
    ~DocumentsBench() {
        for (const auto* name : {"document", "pieces", "small-in-use"}) {
            fs::remove_all(here_ / name);
        }
    }
    DocumentsBench(const DocumentsBench&) = delete;
    DocumentsBench& operator=(const DocumentsBench&) = delete;

    void run() {
        for (int round = 0; round < rounds; ++round) {
            in_use_.emplace(ledger_.copied_to(here_ / "small-in-use"));
            add_.add(timed({"--key", in_use_->key("owner"), "evidence", "add", document(), "--item",
                            "P0-E01", "--type", "report", "--personal-data", "none", "--date",
                            "2022-01-20"}));
            write_.add(write_pieces());
            hash_.add(hash_pass());
            seal_.add(seal_pass());
            get_.add(timed({"evidence", "get", "P0-E01", "--out=-"}));
            read_.add(read_pieces());
            check_.add(timed({"evidence", "check"}));
            open_.add(open_pass());
        }
        report();
    }

private:
    fs::path document() const { return here_ / "document"; }
    void append_number(std::uint64_t number) {
        for (std::size_t i = 0; i < 8; ++i) {
            piece_[i] = static_cast<std::uint8_t>(number >> (8 * i));
        }
    }
    double timed(const std::vector<std::string>& words) {
        const auto took = Process(in_use_->command(words), in_use_->variables()).wait();
        CHECK(took.exit == 0);
        rss_mib_ = std::max(rss_mib_, took.rss_mib);
        return took.seconds;
    }
    // As many bytes under as many names, through what the ledger puts its pieces with.
    double write_pieces() {
        fs::remove_all(here_ / "pieces");
        must(create_folder(here_ / "pieces", Access::owner));
        FileBlobs blobs(here_ / "pieces");
        const Bytes sealed(piece_bytes + seal_tag_bytes, 7);
        SeededRandom random(2);
        std::vector<Hash> names(pieces);
        for (auto& name : names) {
            random.fill(name.bytes);
        }
        const Stopwatch watch;
        const auto batch = blobs.batch();
        for (const auto& name : names) {
            must(batch->put(name, sealed));
        }
        must(batch->settle());
        return watch.seconds();
    }
    // The ledger's own, which the command before has read.
    double read_pieces() {
        const FileBlobs blobs(LedgerFolder(in_use_->ledger()).documents());
        std::vector<Hash> names;
        must(blobs.each([&](const Hash& name) {
            names.push_back(name);
            return done();
        }));
        CHECK(names.size() == pieces);
        const Stopwatch watch;
        for (const auto& name : names) {
            must(blobs.get(name, piece_bytes + seal_tag_bytes));
        }
        return watch.seconds();
    }
    double hash_pass() const {
        const Stopwatch watch;
        Sha256 hash;
        for (std::uint64_t i = 0; i < pieces; ++i) {
            hash.add(piece_);
        }
        CHECK(!hash.finish().is_zero());
        return watch.seconds();
    }
    double seal_pass() {
        const Secret key(Bytes(32, 3));
        const Stopwatch watch;
        for (std::uint64_t i = 0; i < pieces; ++i) {
            sealed_ = seal_piece(key, Nonce::of_piece(i), {}, piece_);
        }
        return watch.seconds();
    }
    double open_pass() const {
        const Secret key(Bytes(32, 3));
        const Stopwatch watch;
        for (std::uint64_t i = 0; i < pieces; ++i) {
            must(open_piece(key, Nonce::of_piece(pieces - 1), {}, sealed_));
        }
        return watch.seconds();
    }

    void report() const {
        const auto rate = [](const Rounds& took) { return 1 / took.median(); };
        const auto per_mib = [](double seconds) { return static_cast<double>(pieces) / seconds; };
        fmt::print("MiB a second, of a document of 1 GiB\n");
        bench::print_limit("its pieces written, with their syncs", pieces * rate(write_));
        bench::print_limit("its pieces read", pieces * rate(read_));
        bench::print_limit("SHA-256", pieces * rate(hash_));
        bench::print_limit("AES-GCM, sealing", pieces * rate(seal_));
        bench::print_limit("AES-GCM, opening", pieces * rate(open_));
        const auto writing = write_.median() + hash_.median() + seal_.median();
        const auto reading = read_.median() + hash_.median() + open_.median();
        bench::print_line("evidence add, of writing, hash and seal", per_mib(add_.median()),
                          writing / add_.median(), 0.5);
        bench::print_line("evidence get, of reading, hash and seal", per_mib(get_.median()),
                          reading / get_.median(), 0.5);
        bench::print_line("evidence check, of reading, hash and seal", per_mib(check_.median()),
                          reading / check_.median(), 0.5);
        bench::print_amount("memory of these, at most", rss_mib_, "MiB", "64");
    }

    fs::path here_;
    Bytes piece_;
    Bytes sealed_;
    Million ledger_;
    std::optional<Million> in_use_;
    Rounds add_;
    Rounds get_;
    Rounds check_;
    Rounds write_;
    Rounds read_;
    Rounds hash_;
    Rounds seal_;
    Rounds open_;
    double rss_mib_ = 0;
};

}  // namespace
}  // namespace wsoa

int main() {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    wsoa::DocumentsBench(WSOA_BENCH_FOLDER).run();
}
