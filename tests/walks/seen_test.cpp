// What a tool remembers of a ledger, while others record and after somebody shortened it.

#include "tests/walks/rehearsal.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

namespace wsoa {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

void replace(const fs::path& from, const fs::path& to) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
}

TEST(Seen, tells_that_a_ledger_was_shortened_though_its_guard_agrees) {
    const Rehearsal at;
    replace(at.ledger(), at.file("old-ledger"));
    replace(at.file("state/guards"), at.file("old-guards"));
    at.must_by("owner", {"progress", "TH-1.1", "--text", "Second audit was booked"});
    replace(at.file("old-ledger"), at.ledger());
    replace(at.file("old-guards"), at.file("state/guards"));
    for (const auto* reading : {"show", "log", "checkpoint"}) {
        const auto ran = at.run({reading});
        EXPECT_NE(ran.exit, Exit::done) << reading;
        EXPECT_THAT(ran.err, HasSubstr("but you have seen it with")) << reading;
    }
}

TEST(Seen, accuses_nobody_while_another_command_records) {
    const Rehearsal at;
    std::atomic<bool> is_over = false;
    std::thread writer([&] {
        for (int i = 0; i < 20; ++i) {
            at.must_by("owner", {"progress", "TH-1.1", "--text", "Step " + std::to_string(i)});
        }
        is_over = true;
    });
    while (!is_over) {
        const auto ran = at.run({"trail", "TH-1.1"});
        EXPECT_EQ(ran.exit, Exit::done) << ran.err;
    }
    writer.join();
}

}  // namespace
}  // namespace wsoa
