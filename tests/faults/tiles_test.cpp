// A ledger that is exported as tiles, in which every operation on the disk goes wrong once, in
// every way. Whatever is published at any moment is a valid log, as it was before or as it is to
// be.

#include "tests/faults/support/each_fault.h"
#include "tests/support/changes.h"
#include "tests/support/ledger_builder.h"

#include "ledger/history_tiles.h"
#include "ledger/store/copies.h"
#include "ledger/store/log_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace wsoa::test {
namespace {

const std::filesystem::path published = std::filesystem::path(mount_point) / "log";

class FaultyExport : public testing::TestWithParam<DiskFaultKind> {
protected:
    // Published at a few events; since then a full tile and a second, partial one have come.
    FaultyExport() {
        builder_.enrol("head-of-send");
        builder_.commit();
        before_ = builder_.size();
        start_ = publish_undisturbed();
        while (builder_.size().value < 260) {
            builder_.append({.kind = Kind::ROLE_GRANTED,
                             .subject = "@head-of-send",
                             .fields = {{"role", "actionOwner"}}});
        }
        builder_.commit();
        publish_undisturbed();
    }

    // Into a new folder, of which each file is kept as what it is to be.
    DiskImage publish_undisturbed() {
        Machine machine;
        must(publish());
        must(each_file(published, [&](const std::filesystem::path& path, Bytes bytes) {
            whole_[path].push_back(std::move(bytes));
        }));
        return machine.disk().cut_power();
    }
    template <typename See>
    static Result<void> each_file(const std::filesystem::path& folder, const See& see) {
        const auto names = TRY(list_folder(folder));
        for (const auto& name : names) {
            const auto is_below = TRY(is_folder(folder / name));
            if (is_below) {
                TRY(each_file(folder / name, see));
            } else if (!name.starts_with('.')) {
                auto bytes = TRY(read_file(folder / name, 1U << 20));
                see(folder / name, std::move(bytes));
            }
        }
        return done();
    }
    // Whatever stands under its name, below a checkpoint or not yet, is what it is to be.
    Result<void> look_for_torn_files() const {
        std::string torn;
        TRY(each_file(published, [&](const std::filesystem::path& path, const Bytes& bytes) {
            const auto whole = whole_.find(path);
            const bool is_whole =
                whole != whole_.end() && std::ranges::count(whole->second, bytes) > 0;
            torn += is_whole ? "" : path.string() + " ";
        }));
        return torn.empty() ? done() : error(Fault::corrupt, "{}is not whole", torn);
    }

    Result<Exported> publish() {
        const auto history = builder_.history();
        const auto note = TRY(history->checkpoint_note());
        OwnHands hands;
        return export_tiles(*history, {.folder = published, .checkpoint_note = note}, hands);
    }
    // Whole, and with every entry.
    static Result<TreeSize> size_published() {
        const auto verdict = TRY(verify_tiles(log_files_in(published), {}));
        if (verdict.has_breach()) {
            return error(Fault::corrupt, "{}", verdict.findings.front().what);
        }
        if (verdict.unread != 0 || verdict.not_checked.size() != 2) {
            return Error{Fault::corrupt, "not everything could be read"};
        }
        return verdict.checkpoint.value().size;
    }

    LedgerBuilder builder_;
    TreeSize before_;
    DiskImage start_;
    std::map<std::filesystem::path, std::vector<Bytes>> whole_;
};

TEST_P(FaultyExport, leaves_a_valid_log_of_one_size_or_the_other) {
    try_each_fault(
        GetParam(), start_, [&](Machine&) { return publish(); },
        [&](Machine&) -> Result<void> {
            TRY(look_for_torn_files());
            const auto found = TRY(size_published());
            if (found != before_ && found != builder_.size()) {
                return error(Fault::corrupt, "it has {} entries", found.value);
            }
            // The next export finishes what this one left, and lets nothing lie about.
            TRY(publish());
            const auto at_last = TRY(size_published());
            if (at_last != builder_.size()) {
                return Error{Fault::corrupt, "the next export did not finish"};
            }
            return done();
        });
}

TEST_P(FaultyExport, into_a_new_folder_leaves_no_log_or_a_valid_one) {
    try_each_fault(
        GetParam(), DiskImage{}, [&](Machine&) { return publish(); },
        [&](Machine&) -> Result<void> {
            const auto has_folder = TRY(is_there(published));
            if (has_folder) {
                TRY(look_for_torn_files());
            }
            const auto is_one = TRY(is_there(published / "checkpoint"));
            if (is_one) {
                TRY(size_published());
            }
            TRY(publish());
            TRY(size_published());
            return done();
        });
}

INSTANTIATE_TEST_SUITE_P(EveryKind, FaultyExport, testing::ValuesIn(kinds));

}  // namespace
}  // namespace wsoa::test
