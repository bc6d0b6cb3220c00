// That erased words are really gone: from the ledger and from a copy that was made before, once the
// vault in that copy is destroyed as the certificate says.

#include "ledger/evidence/seal.h"
#include "ledger/evidence/sealed_words.h"
#include "ledger/history.h"
#include "ledger/store/folder.h"
#include "ledger/store/rocks_store.h"
#include "ledger/store/token.h"
#include "tests/support/soft_token.h"
#include "tests/walks/folder_search.h"
#include "tests/walks/rehearsal_records.h"

#include <algorithm>

namespace wsoa {
namespace {

using test::must;

namespace fs = std::filesystem;

constexpr std::uint64_t fields_of_an_event = std::uint64_t{1} << word_levels;

struct SealedPlace {
    WordPlace place;
    Bytes sealed;
};

// Everything that whoever holds some folders can get out of them.
class Thief {
public:
    explicit Thief(std::vector<fs::path> folders, const VaultUnlock& unlock = std::nullopt)
        : folders_(std::move(folders)), vaults_(test::vaults_in(folders_, unlock)) {
        for (const auto& folder : folders_) {
            take_sealed_words(folder);
        }
    }

    // Whether any sealed word, under any key that still follows from any vault, says it.
    bool opens(const std::string& sentence) const {
        return std::ranges::any_of(vaults_, [&](const VaultContents& vault) {
            for (std::uint64_t event = 0; event < events_; ++event) {
                if (opens_with(vault.words, EventIndex{event}, sentence)) {
                    return true;
                }
            }
            return false;
        });
    }
    std::size_t sealed() const { return sealed_.size(); }
    std::size_t vaults() const { return vaults_.size(); }

private:
    void take_sealed_words(const fs::path& folder) {
        const TempFolder scratch;
        const auto store =
            must(RocksReader::open(LedgerFolder(folder).truth(), scratch / "reader"));
        const auto snapshot = must(store->snapshot());
        const auto history =
            must(History::open(must(store->snapshot()), must(History::newest_size(*snapshot))));
        events_ = std::max(events_, history->size().value);
        for (std::uint64_t i = 0; i < history->size().value; ++i) {
            const auto event = must(history->event(EventIndex{i}));
            const auto record = must(history->sealed_words(EventIndex{i}));
            if (!record) {
                continue;
            }
            const auto words = must(decode_sealed_words(*record));
            for (std::size_t n = 0; n < words.size(); ++n) {
                const auto& committed = event.envelope().words[n];
                sealed_.push_back({{.ledger = event.envelope().ledger,
                                    .index = EventIndex{i},
                                    .field = committed.field,
                                    .commitment = committed.commitment},
                                   words[n].sealed});
            }
        }
    }
    bool opens_with(const KeyTree& vault, EventIndex event, const std::string& sentence) const {
        const auto leaves = must(vault.derive_subtree(must(word_node(event))));
        for (std::uint64_t field = 0; field < fields_of_an_event; ++field) {
            const auto leaf = leaves.derive({event.value * fields_of_an_event + field});
            if (!leaf.ok()) {
                continue;
            }
            for (const auto& word : sealed_) {
                const auto opened = open_word(word.place, leaf.value(), word.sealed);
                if (opened.ok() &&
                    text_of(opened.value().view()).find(sentence) != std::string_view::npos) {
                    return true;
                }
            }
        }
        return false;
    }

    std::vector<fs::path> folders_;
    std::vector<VaultContents> vaults_;
    std::vector<SealedPlace> sealed_;
    std::uint64_t events_ = 0;
};

TEST(ErasedWords, are_in_no_file_and_under_no_key_of_the_ledger_and_of_a_copy_made_before) {
    const Rehearsal at;
    const Records story(at);
    const auto ledger = at.ledger();
    const fs::path copy = at.file("copy");
    story.grant();
    fs::copy(ledger, copy, fs::copy_options::recursive);
    {
        const Thief before({ledger, copy});
        EXPECT_EQ(before.vaults(), 2U);
        EXPECT_FALSE(test::stands_in_files({ledger, copy}, Records::sentence));
        EXPECT_TRUE(Thief({ledger}).opens(Records::sentence));
        EXPECT_TRUE(Thief({copy}).opens(Records::sentence));
    }
    story.erase();
    EXPECT_FALSE(Thief({ledger}).opens(Records::sentence));
    EXPECT_TRUE(Thief({copy}).opens(Records::sentence));  // what the certificate is for
    const auto certificate =
        nlohmann::json::parse(at.must({"erase", "TH-ER1", "--certificate", "--json"}).out);
    for (const auto& file : certificate["toDestroy"]) {
        fs::remove(copy / file.get<std::string>());
    }
    const Thief after({ledger, copy});
    EXPECT_EQ(after.vaults(), 1U);
    EXPECT_GT(after.sealed(), 20U);
    EXPECT_FALSE(test::stands_in_files({ledger, copy}, Records::sentence));
    EXPECT_FALSE(after.opens(Records::sentence));
    // The search finds what is there to be found.
    EXPECT_TRUE(after.opens("First audit was booked"));
}

// The token and its PIN are in the thief's hands too, and a copy of the vault that nobody
// destroyed.
TEST(ErasedWords, are_under_no_key_of_a_token_though_every_older_vault_was_kept) {
    const test::SoftTokens tokens;
    const Rehearsal at(Rehearsal::With::plan, {.init = {"--vault-token", test::SoftTokens::label},
                                               .variables = tokens.variables()});
    const Records story(at);
    const auto ledger = at.ledger();
    const fs::path copy = at.file("copy");
    story.grant();
    fs::copy(ledger, copy, fs::copy_options::recursive);
    const auto opens = [&](const fs::path& folder, const std::string& sentence) {
        const auto in = tokens.log_in();
        return Thief({folder}, *in->token).opens(sentence);
    };
    EXPECT_TRUE(opens(copy, Records::sentence));
    story.erase();
    EXPECT_FALSE(opens(ledger, Records::sentence));
    EXPECT_FALSE(opens(copy, Records::sentence));
    EXPECT_FALSE(test::stands_in_files({ledger, copy, tokens.files()}, Records::sentence));
    EXPECT_TRUE(opens(ledger, "First audit was booked"));
    {
        const auto in = tokens.log_in();
        EXPECT_EQ(Thief({copy}, *in->token).vaults(), 0U);
        EXPECT_EQ(Thief({ledger}, *in->token).vaults(), 1U);
    }
    const auto certificate =
        nlohmann::json::parse(at.must({"erase", "TH-ER1", "--certificate", "--json"}).out);
    EXPECT_EQ(certificate["how"], "key destroyed in token");
    EXPECT_EQ(certificate["token"]["label"], test::SoftTokens::label);
    EXPECT_TRUE(certificate["toDestroy"].empty());
}

}  // namespace
}  // namespace wsoa
