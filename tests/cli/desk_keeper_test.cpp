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
    // A command that knows the folder, whose keeper was killed before it came.
    void sit_down_at_the_folder() {
        const LedgerFolder folder(folder_.path());
        const auto& about = office_.ledger().facts();
        const FolderFacts facts{.ledger = about.ledger,
                                .origin = Origin::parse(about.origin).value(),
                                .guard = folder_ / "guard"};
        ASSERT_TRUE(write_durably(folder.facts(), bytes_of(facts.str()), Access::owner).ok());
        serve();
        const auto left = folder_ / "left.sock";
        std::filesystem::create_hard_link(socket(), left);
        stop();
        std::filesystem::rename(left, socket());
        given_.values["ledger"] = {folder.root().string()};
        desk_.emplace(given_, around_);
        const auto keeper = desk_->keeper();
        ASSERT_TRUE(keeper.ok()) << keeper.error().message;
        ASSERT_EQ(keeper.value(), nullptr);
    }
    TreeSize size() { return office_.ledger().checkpoint().checkpoint.size; }

    Spoken spoken_;
    Terminal terminal_ = spoken_.terminal();
    Output output_{terminal_, {}};
    Variables variables_{Variables::Map{{"WSOA_KEEPER", socket().string()},
                                        {"WSOA_STATE", (folder_ / "state").string()}}};
    CommandTable commands_ = all_commands();
    Invocation given_{.command = "show",
                      .values = {{"ledger", {}},
                                 {"key", {}},
                                 {"passphrase-file", {}},
                                 {"ledger-passphrase-file", {}},
                                 {"token-module", {}},
                                 {"pin-file", {}}}};
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

TEST_F(KeptDesk, records_once_through_the_next_keeper_where_one_goes_while_it_is_asked) {
    serve();
    sit_down();
    const auto before = size();
    ASSERT_TRUE(desk_->writing().ok());
    stop();
    serve();
    auto line = test::must(parse_change_line(
        R"({"kind":"planDrafted","subject":"P9","effective":"2023-11-14","role":"programmeOffice",)"
        R"("fields":{"kind":"app","partners":["council","nhs"]},"words":{"title":"Plan nine"}})"));
    const auto& founder = office_.builder().signer_of("programme-manager");
    const auto recorded = desk_->record(line, founder);
    ASSERT_TRUE(recorded.ok()) << recorded.error().message;
    EXPECT_EQ(recorded.value().was, Committed::Was::recorded);
    EXPECT_EQ(size(), TreeSize{before.value + 1});
    desk_.reset();
}

TEST_F(KeptDesk, records_nothing_where_none_comes_however_often_it_is_asked) {
    serve();
    sit_down();
    const auto before = size();
    ASSERT_TRUE(desk_->writing().ok());
    stop();
    auto line = test::must(parse_change_line(
        R"({"kind":"planDrafted","subject":"P9","fields":{"kind":"app","partners":["council","nhs"]},)"
        R"("words":{"title":"Plan nine"}})"));
    for (int tries = 0; tries < 2; ++tries) {
        const auto recorded = desk_->record(line, office_.builder().signer_of("programme-manager"));
        ASSERT_FALSE(recorded.ok());
        EXPECT_EQ(recorded.error().fault, Fault::unavailable);
    }
    EXPECT_EQ(size(), before);
    desk_.reset();
}

// The next keeper has the lock before it serves. Nobody waits for a lock that a keeper keeps.
TEST_F(KeptDesk, goes_on_with_the_keeper_that_comes_while_it_waits_for_the_lock) {
    around_.patience = std::chrono::hours{24};
    sit_down_at_the_folder();
    const auto lock = WriterLock::acquire(LedgerFolder(folder_.path()).lock(),
                                          LockHolder::here("keep", Instant{}));
    ASSERT_TRUE(lock.ok()) << lock.error().message;
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
