#pragma once

#include "ledger/base/environment.h"
#include "ledger/evidence/vault_spare.h"
#include "ledger/store/folder.h"
#include "ledger/store/vault.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// A spare of the vault that was written. Whether it is still there, only people know.
struct KnownSpare {
    std::uint64_t generation = 0;  // of the vault that it is a spare of
    Instant made;
    KeyId ledger_key;  // that it brings back
    Hash digest;       // SHA-256 of the file
    std::string path;

    bool operator==(const KnownSpare&) const = default;
};

// The spares that a ledger's folder knows of, in the order in which they were made: spares.txt, a
// line "generation instant key digest path" each under "wsoa-spares/v1". It says what is to be
// destroyed after an erasure, and nothing rests on it.
struct SpareList {
    std::vector<KnownSpare> spares;

    static constexpr std::size_t spares_max = 1'000;

    // `corrupt` unless it is just these lines.
    static Result<SpareList> parse(std::string_view text);
    std::string str() const;
    // Empty where there is no file of it.
    static Result<SpareList> read(const LedgerFolder& folder);
    Result<void> write(const LedgerFolder& folder) const;

    // Those of an older generation than this one.
    std::vector<KnownSpare> older_than(std::uint64_t generation) const;
};

// What a spare is made of, and under which passphrase.
struct NewSpare {
    std::filesystem::path path;
    const Hash& ledger;
    const Vault& vault;
    KeyId ledger_key;     // the ledger's own
    std::string key_pem;  // its file, sealed by the same passphrase
    SealedByPassphrase sealing;
};

// Writes a spare of the vault, and puts it on the list of the folder. Only for the one who holds
// the writer's lock. On the list first: one that is listed and not there does no harm, but one that
// nobody knows of would outlive an erasure.
//
// `conflict` if there is a file at the path, `invalid` if it is no place for a spare, `refused` if
// the list is full. If the machine fails, it may be there or not.
Result<KnownSpare> write_spare(const LedgerFolder& folder, const NewSpare& spare,
                               const Environment& environment);

// What a spare brought back.
struct Recovered {
    std::uint64_t generation = 0;
    Hash digest;
    // Another one is the ledger's by now, and is found where it was or not at all.
    enum class Key : std::uint8_t { brought_back, changed_since } key = Key::brought_back;
    // Whether a key that waited to take over was destroyed: it was under the forgotten passphrase.
    enum class Waiting : std::uint8_t { none, destroyed } waiting = Waiting::none;
};

// What takes the place of what cannot be opened any more.
struct Recovery {
    SpareContents spare;
    KeyId signing_key;             // that signs for the ledger now
    std::uint64_t generation = 0;  // that its last erasure names, or 0
    SealedByPassphrase sealing;    // from now on
    std::string key_pem;           // the spare's key, sealed so
};

// Puts a spare in the place of vault and key, under another passphrase. Only for the one who holds
// the writer's lock, once the spare was compared with the ledger. The vault comes first; after a
// failure the same again is no error.
Result<Recovered> recover_from_spare(const LedgerFolder& folder, Recovery recovery, Random& random);

}  // namespace wsoa
