// A spare of the vault is written, and one takes the vault's place, while every operation on the
// disk goes wrong once, in every way; then the power is cut or the program restarted, and the same
// is done again.

#include "tests/support/spares.h"
#include "tests/faults/support/trials.h"
#include "tests/support/changes.h"
#include "tests/support/disk/machine.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace wsoa::test {
namespace {

// Where a spare is to be: a folder on the machine's disk, beside the ledger's.
std::filesystem::path safe() { return ledger_folder().root().parent_path() / "safe"; }
std::filesystem::path spare_path(const std::string& name) { return safe() / name; }

class FaultySpares : public testing::TestWithParam<DiskFaultKind> {
protected:
    FaultySpares() {
        Machine machine;
        must(ledger_folder().create());
        must(create_folder(safe(), Access::owner));
        must(stage_.found(ledger_folder(), machine.environment().random));
        must(write(machine, "first", "a"));
        start_ = machine.disk().cut_power();
    }

    Result<void> write(Machine& machine, std::string_view passphrase, const std::string& name) {
        const auto vault =
            TRY(stage_.open(ledger_folder(), passphrase, machine.environment().random));
        TRY(stage_.write(ledger_folder(), *vault, spare_path(name), machine.environment()));
        return done();
    }
    Result<void> recover(Machine& machine) {
        TRY(stage_.recover(ledger_folder(), spare_path("a"), stage_.key(),
                           machine.environment().random));
        return done();
    }
    // Under which passphrase the newest vault is: one opens it, whatever was cut short.
    Result<std::string> passphrase_now(Machine& machine) {
        const std::optional<Secret> phrase(bytes_of(std::string_view("first")));
        const auto first = Vault::read(ledger_folder().keys(), stage_.ledger(), phrase);
        if (first.ok()) {
            return std::string("first");
        }
        TRY(stage_.open(ledger_folder(), "second", machine.environment().random));
        return std::string("second");
    }

    // Every fault once, and what is left of the disk after it; `go_on` says whether that is right.
    // `has_ended` tells it whether the act had said that it was done.
    using Act = std::function<Result<void>(Machine&)>;
    using GoOn = std::function<Result<void>(const DiskImage&, bool has_ended)>;
    struct Left {
        Result<void> acted;
        std::string hit;  // empty if there was no fault to meet
        std::array<DiskImage, afters.size()> images;
    };
    // One machine at a time.
    Left act_with(const Act& act, std::uint64_t at) {
        Machine machine(start_);
        machine.disk().start(Disk::Fault{.at = at, .kind = GetParam(), .seed = at});
        auto acted = act(machine);
        return {
            .acted = std::move(acted),
            .hit = machine.disk().hit(),
            .images = {machine.disk().cut_power(), machine.disk().cut_power(Disk::Keeps::parts, at),
                       machine.disk().cut_power(Disk::Keeps::all)}};
    }
    void try_all(const Act& act, const GoOn& go_on) {
        for (std::uint64_t at = 0;; ++at) {
            const auto left = act_with(act, at);
            ASSERT_TRUE(left.acted.ok() || !left.hit.empty()) << left.acted.error().message;
            if (left.hit.empty()) {
                EXPECT_GT(at, 10U);
                return;
            }
            for (const auto after : afters) {
                // In turn, beside the power cut that drops all that it may.
                if (!are_all_to_be_tried() && after == afters.at(1 + at % 2)) {
                    continue;
                }
                const auto gone_on =
                    go_on(left.images.at(static_cast<std::size_t>(after)), left.acted.ok());
                EXPECT_TRUE(gone_on.ok())
                    << name_of(GetParam()) << " of operation " << at << ", " << left.hit << "; "
                    << name_of(after) << ": " << gone_on.error().message;
            }
        }
    }

    SpareStage stage_;
    DiskImage start_;
};

// One that is there is on the list, so that whoever erases learns of it.
TEST_P(FaultySpares, are_never_there_without_being_listed) {
    try_all([&](Machine& machine) { return write(machine, "first", "b"); },
            [&](const DiskImage& image, bool has_ended) -> Result<void> {
                Machine machine(image);
                const auto list = TRY(SpareList::read(ledger_folder()));
                const auto there = TRY(is_there(spare_path("b")));
                const auto lists =
                    std::ranges::count(list.spares, spare_path("b").string(), &KnownSpare::path);
                if ((there && lists == 0) || (has_ended && !there)) {
                    return error(Fault::corrupt, "there {}, listed {}, ended {}", there, lists,
                                 has_ended);
                }
                if (there) {
                    const auto bytes = TRY(read_file(spare_path("b"), spare_bytes_max));
                    TRY(SpareFile::read(bytes));
                }
                return write(machine, "first", "c");
            });
}

TEST_P(FaultySpares, take_the_vaults_place_by_the_same_command_wherever_it_was_cut_short) {
    try_all([&](Machine& machine) { return recover(machine); },
            [&](const DiskImage& image, bool has_ended) -> Result<void> {
                Machine machine(image);
                const auto passphrase = TRY(passphrase_now(machine));
                if (has_ended && passphrase != "second") {
                    return Error{Fault::corrupt, "it was said to be recovered"};
                }
                TRY(recover(machine));
                const auto vault =
                    TRY(stage_.open(ledger_folder(), "second", machine.environment().random));
                const auto pem = TRY(read_file(ledger_folder().ledger_key(), 10'000));
                const auto names = TRY(list_folder(ledger_folder().keys()));
                return text_of(pem) == stage_.pem_under("second") && names.size() == 2
                           ? done()
                           : error(Fault::corrupt, "{} files are left", names.size());
            });
}

INSTANTIATE_TEST_SUITE_P(EveryKind, FaultySpares, testing::ValuesIn(kinds));

}  // namespace
}  // namespace wsoa::test
