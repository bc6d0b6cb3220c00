// Commands whose keeper goes away before anything went through it.

#include "cli/commands/all.h"
#include "cli/desk.h"
#include "tests/cli/keeper/keeper_fixture.h"
#include "tests/cli/spoken.h"

namespace wsoa {
namespace {

class KeptDesk : public KeeperFixture {
protected:
    // A command that knows of the ledger by its keeper alone, and has asked it which one it is.
    void sit_down() {
        desk_.emplace(given_, around_);
        const auto facts = desk_->facts();
        ASSERT_TRUE(facts.ok()) << facts.error().message;
    }
    TreeSize size() { return office_.ledger().checkpoint().checkpoint.size; }

    Spoken spoken_;
    Terminal terminal_ = spoken_.terminal();
    Output output_{terminal_, {}};
    Variables variables_{Variables::Map{{"WSOA_KEEPER", socket().string()},
                                        {"WSOA_STATE", (folder_ / "state").string()}}};
    CommandTable commands_ = all_commands();
    Invocation given_{
        .command = "show",
        .values = {
            {"ledger", {}}, {"key", {}}, {"passphrase-file", {}}, {"ledger-passphrase-file", {}}}};
    Surroundings around_{output_, terminal_, variables_, commands_};
    std::optional<Desk> desk_;
};

TEST_F(KeptDesk, reads_through_the_next_keeper) {
    serve();
    sit_down();
    stop();
    serve();
    const auto reading = desk_->reading();
    ASSERT_TRUE(reading.ok()) << reading.error().message;
    EXPECT_EQ(reading.value()->history->size(), size());
    desk_.reset();
}

TEST_F(KeptDesk, records_through_the_next_keeper) {
    serve();
    sit_down();
    stop();
    serve();
    const auto writing = desk_->writing();
    ASSERT_TRUE(writing.ok()) << writing.error().message;
    EXPECT_EQ(writing.value()->history().size(), size());
    desk_.reset();
}

TEST_F(KeptDesk, says_so_where_none_comes_and_there_is_no_folder_either) {
    serve();
    sit_down();
    stop();
    const auto reading = desk_->reading();
    ASSERT_FALSE(reading.ok());
    EXPECT_EQ(reading.error().fault, Fault::missing);
    desk_.reset();
}

}  // namespace
}  // namespace wsoa
