// A document is added while every operation on the disk goes wrong once, in every way; then the
// power is cut or the program restarted. Afterwards it is there as a whole, or nothing names it.

#include "ledger/store/documents.h"
#include "ledger/base/sha256.h"
#include "ledger/store/file_blobs.h"
#include "ledger/store/layout.h"
#include "tests/faults/support/trials.h"
#include "tests/support/changes.h"
#include "tests/support/text_source.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace wsoa::test {
namespace {

constexpr std::uint32_t piece_bytes = 2'048;
const std::string first_text(3'000, 'a');
const std::string second_text(5'000, 'b');

// A store and a folder of pieces that are open for writing.
class OpenDocuments {
public:
    static Result<std::unique_ptr<OpenDocuments>> open(Machine& machine) {
        auto store = TRY(RocksStore::open_writer(ledger_folder().truth(), machine.sizes()));
        return std::unique_ptr<OpenDocuments>(new OpenDocuments(std::move(store)));
    }

    Documents documents() {
        return Documents({.blobs = blobs_, .keys = keys_, .ledger = sha256(bytes_of("ledger"))});
    }
    std::unique_ptr<Snapshot> moment() const { return must(store_->snapshot()); }

    // As a command does: first it sweeps, then it adds, and last it names.
    Result<void> add(const std::string& text, Random& random) {
        TRY(sweep());
        const auto number = TRY(documents().next_number(*moment()));
        const auto pending = TRY(documents().add(
            TextSource(text),
            {.number = number, .media_type = "text/plain", .piece_bytes = piece_bytes}, random,
            {}));
        Batch batch;
        batch.put(layout::manifest_key(pending.number), pending.record);
        return store_->write(batch);
    }
    Result<void> sweep() {
        const auto orphans = TRY(documents().orphans(*moment()));
        TRY(documents().remove(orphans));
        return blobs_.remove_unfinished();
    }
    // What each document holds.
    Result<std::vector<std::string>> texts() {
        std::vector<std::string> found;
        TRY(documents().each(*moment(), [&](const HeldDocument& held) {
            return documents().read(held,
                                    [&](ByteView bytes) {
                                        if (found.size() == held.place.number.value) {
                                            found.emplace_back();
                                        }
                                        found.back() += text_of(bytes);
                                        return done();
                                    },
                                    {});
        }));
        return found;
    }

private:
    explicit OpenDocuments(std::unique_ptr<RocksStore> store) : store_(std::move(store)) {}

    std::unique_ptr<RocksStore> store_;
    FileBlobs blobs_{ledger_folder().documents()};
    KeyTree keys_{Secret(Bytes(32, 5))};
};

// How many files lie among the pieces, finished or not.
std::size_t files_of_pieces(const DiskImage& image) {
    const auto files = image.files();
    return static_cast<std::size_t>(std::ranges::count_if(files, [](const std::string& path) {
        return path.find("/documents/") != std::string::npos;
    }));
}

class FaultyDocuments : public testing::TestWithParam<DiskFaultKind> {
protected:
    FaultyDocuments() {
        Machine machine;
        must(ledger_folder().create());
        must(RocksStore::create(ledger_folder().truth(), machine.sizes()));
        const auto open = must(OpenDocuments::open(machine));
        must(open->add(first_text, random_));
        start_ = machine.disk().cut_power();
    }

    struct Ended {
        std::string hit;
        std::optional<Error> error;
        std::array<DiskImage, afters.size()> images;
    };
    Ended end_by(const Disk::Fault& fault) {
        Machine machine(start_);
        const auto open = must(OpenDocuments::open(machine));
        machine.disk().start(fault);
        const auto added = open->add(second_text, random_);
        Ended ended;
        ended.images = {machine.disk().cut_power(),
                        machine.disk().cut_power(Disk::Keeps::parts, fault.at + fault.seed),
                        machine.disk().cut_power(Disk::Keeps::all)};
        ended.hit = machine.disk().hit();
        ended.error = added.ok() ? std::nullopt : std::optional(added.error());
        return ended;
    }
    // What was acknowledged is there, and nothing is half there; then the document can be added.
    Result<void> go_on(const DiskImage& image, bool must_be_there, Counts& counts) {
        Machine machine(image);
        const auto open = TRY(OpenDocuments::open(machine));
        auto texts = TRY(open->texts());
        const std::vector<std::string> both{first_text, second_text};
        if (texts != both && (must_be_there || texts != std::vector{first_text})) {
            return error(Fault::corrupt, "{} documents are there", texts.size());
        }
        counts.completed += texts == both && !must_be_there ? 1U : 0U;
        TRY(open->sweep());
        const std::size_t pieces = texts == both ? 5 : 2;
        if (files_of_pieces(machine.disk().image()) != pieces) {
            return error(Fault::corrupt, "{} files are left of {} pieces",
                         files_of_pieces(machine.disk().image()), pieces);
        }
        TRY(open->add("a third document", random_));
        texts = TRY(open->texts());
        return texts.back() == "a third document" ? done() : Error{Fault::corrupt, "it lacks"};
    }

    SeededRandom random_{1};
    DiskImage start_;
};

TEST_P(FaultyDocuments, are_whole_or_swept) {
    Counts counts{.trial = "a document", .fault = std::string(name_of(GetParam()))};
    for (std::uint64_t at = 0;; ++at) {
        const auto ended = end_by({.at = at, .kind = GetParam(), .seed = at * 7});
        if (ended.hit.empty()) {
            EXPECT_FALSE(ended.error.has_value());
            EXPECT_GT(at, 20U);
            break;
        }
        EXPECT_TRUE(!ended.error || ended.error->fault == Fault::unavailable)
            << ended.hit << ": " << ended.error->message;
        for (const auto after : afters) {
            ++counts.runs;
            ++counts.hits;
            const auto gone_on = go_on(ended.images.at(static_cast<std::size_t>(after)),
                                       !ended.error.has_value(), counts);
            counts.lost += gone_on.ok() ? 0U : 1U;
            EXPECT_TRUE(gone_on.ok())
                << name_of(GetParam()) << " of operation " << at << ", " << ended.hit << "; "
                << name_of(after) << ": " << gone_on.error().message;
        }
    }
    counts.write();
}

INSTANTIATE_TEST_SUITE_P(EveryKind, FaultyDocuments, testing::ValuesIn(kinds));

}  // namespace
}  // namespace wsoa::test
