// What a program finds after another one died beside it may still be in the machine's memory only,
// and a sync that failed is forgotten by the next one. Whoever relies on it makes it durable first.

#include "tests/support/changes.h"
#include "tests/support/disk/machine.h"

#include <gtest/gtest.h>

#include <optional>

namespace wsoa::test {
namespace {

namespace fs = std::filesystem;

const fs::path root = mount_point;
const Hash ledger = hash_of_byte(1);

GuardedHead head_of(std::uint8_t size) {
    return {.size = TreeSize{size}, .root = hash_of_byte(size)};
}

// A guard whose last sync failed: the machine shows the head, the disk has never seen it.
DiskImage guard_after_a_failed_sync() {
    Disk disk;
    const Mount mount(disk);
    const auto guard = must(Guard::create(root / "guard", ledger, head_of(1)));
    must(guard->record(head_of(2)));
    disk.start(Disk::Fault{.at = 1, .kind = DiskFaultKind::io_error, .seed = 0});
    EXPECT_FALSE(guard->record(head_of(3)).ok());
    EXPECT_EQ(disk.hit(), "sync /guard");
    return disk.cut_power(Disk::Keeps::all);
}

TEST(Restart, vouches_durably_for_the_head_that_an_opened_guard_shows) {
    DiskImage left;
    {
        Disk disk(guard_after_a_failed_sync());
        const Mount mount(disk);
        const auto guard = must(Guard::open(root / "guard", ledger));
        ASSERT_EQ(guard->last(), head_of(3));
        left = disk.cut_power();
    }
    Disk disk(left);
    const Mount mount(disk);
    EXPECT_EQ(must(Guard::read(root / "guard", ledger)), head_of(3));
}

// A vault of which a new generation has got its name, which no sync of the folder has saved.
DiskImage vault_with_an_unsaved_name() {
    Machine machine;
    const auto vault = must(Vault::create(root, ledger, Unsealed{}, machine.environment().random));
    // Create, write and sync the file, rename it; then sync the folder.
    machine.disk().start(Disk::Fault{.at = 4, .kind = DiskFaultKind::io_error, .seed = 0});
    EXPECT_FALSE(vault->forget({.words = {must(word_node(EventIndex{7}))}, .documents = {}}).ok());
    EXPECT_EQ(machine.disk().hit(), "sync folder ");
    return machine.disk().cut_power(Disk::Keeps::all);
}

// At every operation of an opening that finds it: the seeds are all on the disk.
TEST(Restart, destroys_no_older_vault_before_the_newer_ones_name_is_durable) {
    const auto found = vault_with_an_unsaved_name();
    for (std::uint64_t at = 0;; ++at) {
        DiskImage left;
        {
            Machine machine(found);
            machine.disk().start(
                Disk::Fault{.at = at, .kind = DiskFaultKind::from_then_on, .seed = 0});
            const auto opened =
                Vault::open(root, ledger, std::nullopt, machine.environment().random);
            if (machine.disk().hit().empty()) {
                EXPECT_TRUE(opened.ok());
                EXPECT_GT(at, 3U);
                return;
            }
            left = machine.disk().cut_power();
        }
        Machine machine(left);
        const auto opened = Vault::open(root, ledger, std::nullopt, machine.environment().random);
        EXPECT_TRUE(opened.ok()) << at << ": " << opened.error().message;
    }
}

}  // namespace
}  // namespace wsoa::test
