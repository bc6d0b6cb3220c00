#include "tests/kills/support/reader.h"

#include "tests/support/changes.h"
#include "tests/support/receipts.h"

#include <unistd.h>

#include <iostream>

namespace wsoa::test {
namespace {

constexpr int catches_max = 10;

class Looker {
public:
    explicit Looker(Workshop& shop)
        : shop_(shop), receipts_(shop.people().ledger_signer().key(), LedgerPlace::origin()) {}

    Result<void> look(const std::vector<Acknowledgement>& held) {
        const auto place = shop_.place();
        const auto head = TRY(Guard::read(place.guard, shop_.people().ledger()));
        const auto scratch =
            place.folder.root().parent_path() / fmt::format("scratch-{}", ++looks_);
        const auto reader = TRY(RocksReader::open(place.folder.truth(), scratch, place.sizes));
        const auto history = TRY(history_of(*reader, head.size));
        if (history->root() != head.root) {
            return Error{Fault::corrupt, "the reader shows another root than the guard"};
        }
        for (const auto& each : held) {
            const auto entry =
                TRY(event_bytes(each.recorded_at, shop_.work(each.number).signed_change));
            TRY(receipts_.check(*history, entry, each.receipt));
        }
        return done();
    }

private:
    Result<std::unique_ptr<History>> history_of(RocksReader& reader, TreeSize size) {
        for (int catches = 0;; ++catches) {
            auto snapshot = TRY(reader.snapshot());
            auto history = History::open(std::move(snapshot), size);
            if (history.ok() || history.error().fault != Fault::corrupt) {
                return history;
            }
            if (catches == catches_max) {
                return Error{Fault::busy, "rows are missing still"};
            }
            TRY(reader.catch_up());
        }
    }

    Workshop& shop_;
    ReceiptCheck receipts_;
    std::uint64_t looks_ = 0;
};

std::string in_words(const Result<void>& looked, std::size_t held) {
    if (looked.ok()) {
        return fmt::format("held {}", held);
    }
    return looked.error().fault == Fault::busy ? "busy" : looked.error().message;
}

}  // namespace

Result<void> read_when_told(Workshop& shop) {
    Looker looker(shop);
    std::vector<Acknowledgement> held;
    for (std::string line; std::getline(std::cin, line);) {
        if (line != "look") {
            held.push_back(TRY(Acknowledgement::parse(line)));
            continue;
        }
        std::cout << in_words(looker.look(held), held.size()) << std::endl;
        held.clear();
    }
    return done();
}

}  // namespace wsoa::test
