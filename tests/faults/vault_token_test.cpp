// A vault under a token's keys, of which every operation on the disk and in the token goes wrong
// once; then the power is cut or the program restarted.

#include "tests/faults/support/trials.h"
#include "tests/support/changes.h"
#include "tests/support/disk/machine.h"
#include "tests/support/memory_token.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

namespace fs = std::filesystem;

const fs::path root = mount_point;
const Hash ledger = hash_of_byte(1);
const EventIndex meant{7};

Forgetting the_event() { return {.words = {must(word_node(meant))}, .documents = {}}; }

// What is done to the vault; every way of it leaves a vault in the token, or none.
enum class Deed : std::uint8_t { forget, move_in, move_out, move_on };

struct Tokens {
    TokenStorage first;
    TokenStorage second{.name = {.label = "second", .serial = "2"}, .keys = {}};
};

class FaultyVaultInToken : public testing::TestWithParam<Deed> {
protected:
    FaultyVaultInToken() {
        tokens_.first.keys[foreign_] = 99;
        tokens_.second.keys[foreign_] = 98;
        Machine machine;
        MemoryToken token(tokens_.first);
        auto& random = machine.environment().random;
        if (GetParam() == Deed::move_in) {
            must(Vault::create(root, ledger, Unsealed{}, random));
        } else {
            must(Vault::create(root, ledger, SealedByToken{token}, random));
        }
        start_ = machine.disk().cut_power();
    }

    static Result<void> act(Vault& vault, MemoryToken& first, MemoryToken& second) {
        switch (GetParam()) {
            case Deed::forget: return vault.forget(the_event());
            case Deed::move_in: return vault.reseal(SealedByToken{first});
            case Deed::move_out: return vault.reseal(Unsealed{});
            case Deed::move_on: return vault.reseal(SealedByToken{second});
        }
        CHECK(false);
    }
    // With whichever token its file names.
    static Result<std::unique_ptr<Vault>> open(Random& random, MemoryToken& first,
                                               MemoryToken& second) {
        const auto needs = TRY(Vault::needs_token(root));
        if (!needs) {
            return Vault::open(root, ledger, std::nullopt, random);
        }
        return Vault::open(root, ledger, needs->token == second.name() ? second : first, random);
    }
    // The vault opens, one file of it is left, and of its keys the one that the file names.
    Result<void> look(const DiskImage& image, Tokens tokens, bool was_done) {
        Machine machine(image);
        MemoryToken first(tokens.first);
        MemoryToken second(tokens.second);
        const auto vault = TRY(open(machine.environment().random, first, second));
        // A move that was cut short is made up for by the command that says so.
        const auto cleared_first = TRY(vault->clear(first));
        const auto cleared_second = TRY(vault->clear(second));
        if (was_done && cleared_first + cleared_second != 0) {
            return Error{Fault::corrupt, "a key was left by what was reported as done"};
        }
        const auto names = TRY(list_folder(root));
        const auto keys = tokens.first.keys.size() + tokens.second.keys.size();
        const bool kept_others =
            tokens.first.keys.contains(foreign_) && tokens.second.keys.contains(foreign_);
        if (names.size() != 1 || keys != (vault->token() ? 3U : 2U) || !kept_others) {
            return error(Fault::corrupt, "{} files and {} keys are left", names.size(), keys);
        }
        if (was_done && GetParam() == Deed::forget && vault->words().covers_any(forgotten_)) {
            return Error{Fault::corrupt, "what was reported as forgotten is there"};
        }
        TRY(act(*vault, first, second));
        return vault->forget(the_event());
    }

    // What is left when the deed has met a fault.
    struct Left {
        std::string hit;  // empty if there was none to meet
        bool was_done = false;
        Tokens tokens;
        std::array<DiskImage, afters.size()> images;
    };
    template <typename Strike>
    Left left_by(std::uint64_t at, const Strike& strike) {
        Left left{.hit = {}, .was_done = false, .tokens = tokens_, .images = {}};
        Machine machine(start_);
        MemoryToken first(left.tokens.first);
        MemoryToken second(left.tokens.second);
        const auto vault = must(open(machine.environment().random, first, second));
        strike(machine.disk(), first, second);
        left.was_done = act(*vault, first, second).ok();
        // Whatever is still open is cut off before its destructor can set anything right.
        left.images = {machine.disk().cut_power(), machine.disk().cut_power(Disk::Keeps::parts, at),
                       machine.disk().cut_power(Disk::Keeps::all)};
        left.hit = machine.disk().hit() + first.hit() + second.hit();
        return left;
    }
    void expect_opens(const Left& left, std::uint64_t at) {
        for (const auto after : afters) {
            const auto looked =
                look(left.images.at(static_cast<std::size_t>(after)), left.tokens, left.was_done);
            EXPECT_TRUE(looked.ok()) << "operation " << at << ", " << left.hit << "; "
                                     << name_of(after) << ": " << looked.error().message;
        }
    }

    const TokenKeyId foreign_ = TokenKeyId::of(hash_of_byte(2), 1, {});
    const KeyNode forgotten_ = must(word_node(meant));
    Tokens tokens_;
    DiskImage start_;
};

TEST_P(FaultyVaultInToken, opens_wherever_the_disk_failed) {
    for (const auto kind : kinds) {
        for (std::uint64_t at = 0;; ++at) {
            const auto left = left_by(at, [&](Disk& disk, MemoryToken&, MemoryToken&) {
                disk.start(Disk::Fault{.at = at, .kind = kind, .seed = at});
            });
            expect_opens(left, at);
            if (left.hit.empty()) {
                EXPECT_TRUE(left.was_done);
                EXPECT_GT(at, 4U);
                break;
            }
        }
    }
}

TEST_P(FaultyVaultInToken, opens_wherever_a_token_failed_or_the_program_was_killed) {
    for (const bool is_second : {false, true}) {
        for (const auto kind : MemoryToken::fault_kinds) {
            for (std::uint64_t at = 0;; ++at) {
                const auto left = left_by(at, [&](Disk&, MemoryToken& first, MemoryToken& second) {
                    (is_second ? second : first).fail_at(at, kind);
                });
                EXPECT_EQ(left.was_done, left.hit.empty()) << at << ", " << left.hit;
                expect_opens(left, at);
                if (left.hit.empty()) {
                    EXPECT_TRUE(at > 1 || (is_second && GetParam() != Deed::move_on)) << at;
                    break;
                }
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(EveryDeed, FaultyVaultInToken,
                         testing::Values(Deed::forget, Deed::move_in, Deed::move_out,
                                         Deed::move_on));

}  // namespace
}  // namespace wsoa::test
