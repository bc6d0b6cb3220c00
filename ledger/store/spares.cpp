#include "ledger/store/spares.h"

#include "ledger/base/sha256.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

namespace wsoa {
namespace {

constexpr std::string_view first_line = "wsoa-spares/v1\n";
constexpr std::size_t path_bytes_max = 4'096;
constexpr std::size_t line_bytes_max = path_bytes_max + 256;

Error not_as_written() {
    return Error{Fault::corrupt, "spares.txt is not as it was written",
                 "put it back from a copy of the folder, or take it away: then nothing tells any "
                 "more which spares of the vault there are"};
}

// The word at the front of the line, which is shortened by it and the space after it.
Result<std::string_view> take_word(std::string_view& line) {
    const auto end = line.find(' ');
    if (end == std::string_view::npos) {
        return not_as_written();
    }
    const auto word = line.substr(0, end);
    line.remove_prefix(end + 1);
    return word;
}

Result<KnownSpare> spare_in(std::string_view line) {
    KnownSpare spare;
    const auto digits = TRY(take_word(line));
    std::from_chars(digits.data(), digits.data() + digits.size(), spare.generation);
    const auto made = TRY(take_word(line));
    spare.made = TRY(parse_instant(made));
    const auto key = TRY(take_word(line));
    spare.ledger_key.bytes = TRY(hash_from_hex(key));
    const auto digest = TRY(take_word(line));
    spare.digest = TRY(hash_from_hex(digest));
    spare.path = line;
    if (spare.generation == 0 || spare.generation > vault_generations_max ||
        !spare.path.starts_with('/') || spare.path.find('\0') != std::string::npos ||
        spare.path.size() > path_bytes_max) {
        return not_as_written();
    }
    return spare;
}

// The bytes of a vault file that says what the vault holds now, under the spare's passphrase.
Result<Bytes> vault_file_of(const NewSpare& spare, Random& random) {
    VaultSalt salt{};
    random.fill(salt);
    Nonce nonce;
    random.fill(nonce.bytes);
    const auto key = TRY(VaultKey::make(
        SealedByPassphrase{Secret(spare.sealing.passphrase.view()), spare.sealing.cost}, salt));
    const VaultContents contents{spare.ledger, spare.vault.generation(),
                                 spare.vault.words().clone(), spare.vault.documents().clone()};
    return vault_bytes(contents, key, nonce);
}

}  // namespace

Result<SpareList> SpareList::parse(std::string_view text) {
    const auto whole = text;
    if (!text.starts_with(first_line)) {
        return not_as_written();
    }
    text.remove_prefix(first_line.size());
    SpareList list;
    while (!text.empty()) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos || list.spares.size() == spares_max) {
            return not_as_written();
        }
        auto spare = spare_in(text.substr(0, end));
        if (!spare.ok()) {
            return not_as_written();
        }
        list.spares.push_back(std::move(spare).value());
        text.remove_prefix(end + 1);
    }
    // One spelling: no leading zeros, no other way to write an instant.
    return list.str() == whole ? Result<SpareList>(std::move(list)) : not_as_written();
}

std::string SpareList::str() const {
    std::string text(first_line);
    for (const auto& spare : spares) {
        text += fmt::format("{} {} {} {} {}\n", spare.generation, to_string(spare.made),
                            spare.ledger_key.hex(), to_hex(spare.digest.view()), spare.path);
    }
    return text;
}

Result<SpareList> SpareList::read(const LedgerFolder& folder) {
    const auto bytes = read_file(folder.spares(), first_line.size() + spares_max * line_bytes_max);
    if (!bytes.ok() && bytes.error().fault == Fault::missing) {
        return SpareList{};
    }
    const auto found = TRY(Result<Bytes>(bytes));
    return parse(text_of(found));
}

Result<void> SpareList::write(const LedgerFolder& folder) const {
    return write_durably(folder.spares(), bytes_of(str()), Access::owner);
}

std::vector<KnownSpare> SpareList::older_than(std::uint64_t generation) const {
    std::vector<KnownSpare> older;
    std::ranges::copy_if(spares, std::back_inserter(older),
                         [&](const KnownSpare& spare) { return spare.generation < generation; });
    return older;
}

Result<KnownSpare> write_spare(const LedgerFolder& folder, const NewSpare& spare,
                               const Environment& environment) {
    const auto path = spare.path.lexically_normal();
    TRY(check_spare_path(folder, path));
    const auto is_taken = TRY(is_there(path));
    if (is_taken || path.string().size() > path_bytes_max) {
        return error(Fault::conflict, "{} is there already, or too long a name", path.string())
            .advise("name a file that does not exist yet");
    }
    auto list = TRY(SpareList::read(folder));
    if (list.spares.size() == SpareList::spares_max) {
        return error(Fault::refused, "{} spares of this vault are known", SpareList::spares_max)
            .advise("destroy the older ones: wsoa vault destroy-spare FILE");
    }
    const auto vault_file = TRY(vault_file_of(spare, environment.random));
    const auto bytes = spare_bytes(vault_file, spare.key_pem);
    KnownSpare known{.generation = spare.vault.generation(),
                     .made = environment.clock.now(),
                     .ledger_key = spare.ledger_key,
                     .digest = sha256(bytes),
                     .path = path.string()};
    list.spares.push_back(known);
    TRY(list.write(folder));
    TRY(create_durably(path, bytes, Access::owner));
    return known;
}

Result<Recovered> recover_from_spare(const LedgerFolder& folder, Recovery recovery,
                                     Random& random) {
    TRY(settle_ledger_keys(folder));
    auto contents = std::move(recovery.spare.vault);
    contents.generation = std::max(contents.generation, recovery.generation);
    const auto vault = TRY(
        Vault::recover(folder.keys(), std::move(contents), std::move(recovery.sealing), random));
    Recovered recovered{.generation = vault->generation(), .digest = vault->digest()};
    if (recovery.spare.key->key() != recovery.signing_key) {
        recovered.key = Recovered::Key::changed_since;
        return recovered;
    }
    TRY(write_durably(folder.ledger_key(), bytes_of(recovery.key_pem), Access::owner));
    // It is not the one that signs, and nobody can open it.
    const auto is_waiting = TRY(is_there(folder.next_ledger_key()));
    if (is_waiting) {
        TRY(destroy(folder.next_ledger_key()));
        recovered.waiting = Recovered::Waiting::destroyed;
    }
    return recovered;
}

}  // namespace wsoa
