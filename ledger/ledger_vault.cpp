#include "ledger/ledger_vault.h"

#include "ledger/event/named_document.h"
#include "ledger/evidence/manifest.h"

#include <limits>

namespace wsoa {
namespace {

constexpr std::string_view older_advice =
    "put the newest copy of the vault in its place, and destroy this one: it may still open what "
    "was erased";

Result<std::uint32_t> recordable(std::uint64_t generation) {
    if (generation > std::numeric_limits<std::uint32_t>::max()) {
        return error(Fault::unavailable, "no event can name the vault's generation {}", generation);
    }
    return static_cast<std::uint32_t>(generation);
}

// A copy of an older vault that was put under other passphrases is of any generation.
Result<void> expect_gone(const Event& last, const VaultFacts& vault) {
    if (const auto erased = erased_event_in(last)) {
        const auto node = TRY(word_node(*erased));
        if (vault.words != nullptr && vault.words->covers_any(node)) {
            return error(Fault::distrusted,
                         "the vault still opens the words of event {}, which event {} erased",
                         erased->value, last.index().value)
                .advise(std::string(older_advice));
        }
    }
    if (const auto document = document_erased(last.change())) {
        const auto node = TRY(document_node(document->number));
        if (vault.documents != nullptr && vault.documents->covers_any(node)) {
            return error(Fault::distrusted,
                         "the vault still opens document {}, which event {} erased",
                         document->number.value, last.index().value)
                .advise(std::string(older_advice));
        }
    }
    return done();
}

// Everything that could be refused was.
Result<Forgotten> forget(const History& history, Vault& vault, const Forgetting& what,
                         Forgotten::Was was) {
    TRY(vault.forget(what));
    // Forgotten by an attempt that was cut short, while another erasure went on and was recorded.
    const auto mark = TRY(history.vault_mark());
    if (mark && vault.generation() <= mark->generation) {
        TRY(vault.renew());
    }
    const auto generation = TRY(recordable(vault.generation()));
    return Forgotten{.generation = generation, .digest = vault.digest(), .was = was};
}

}  // namespace

Result<void> compare_with_vault(const History& history, const VaultFacts& vault) {
    const auto mark = TRY(history.vault_mark());
    if (!mark) {
        return done();
    }
    if (vault.generation < mark->generation) {
        return error(Fault::distrusted,
                     "the vault is generation {}, but event {} erased with generation {}",
                     vault.generation, mark->event.value, mark->generation)
            .advise(std::string(older_advice));
    }
    if (vault.generation == mark->generation && vault.digest != mark->digest) {
        return error(Fault::distrusted,
                     "the vault is not the one that event {} names, though both are generation {}",
                     mark->event.value, mark->generation)
            .advise(std::string(older_advice));
    }
    const auto last = TRY(history.event(mark->event));
    return expect_gone(last, vault);
}

Result<void> compare_with_spare(const History& history, const VaultContents& spare) {
    const auto mark = TRY(history.vault_mark());
    if (!mark) {
        return done();
    }
    if (spare.generation < mark->generation) {
        return error(Fault::distrusted,
                     "the spare is of generation {}, and still opens what event {} erased with "
                     "generation {}",
                     spare.generation, mark->event.value, mark->generation);
    }
    // Of the same generation its digest is another, since it is under another passphrase.
    const auto last = TRY(history.event(mark->event));
    return expect_gone(last, {.generation = spare.generation,
                              .digest = {},
                              .words = &spare.words,
                              .documents = &spare.documents});
}

Result<Forgotten> next_vault(const Vault& vault) {
    const auto generation = TRY(recordable(vault.generation() + 1));
    return Forgotten{.generation = generation, .digest = vault.digest()};
}

Result<Forgotten> forget_words(Ledger& ledger, Vault& vault, EventIndex event,
                               const Submission& record) {
    TRY(next_vault(vault));
    TRY(ledger.try_out(record));
    const auto history = TRY(ledger.history());
    const auto about = TRY(history->event(event));
    if (about.envelope().words.empty()) {
        return error(Fault::missing, "event {} has no words", event.value)
            .advise("there is nothing to erase");
    }
    const auto node = TRY(word_node(event));
    const auto was =
        vault.words().covers_any(node) ? Forgotten::Was::there : Forgotten::Was::gone_already;
    return forget(*history, vault, {.words = {node}, .documents = {}}, was);
}

Result<Forgotten> forget_document(Ledger& ledger, Vault& vault, DocumentNumber number,
                                  const Submission& record) {
    TRY(next_vault(vault));
    TRY(ledger.try_out(record));
    const auto history = TRY(ledger.history());
    const auto node = TRY(document_node(number));
    const auto was =
        vault.documents().covers_any(node) ? Forgotten::Was::there : Forgotten::Was::gone_already;
    return forget(*history, vault, {.words = {}, .documents = {node}}, was);
}

}  // namespace wsoa
