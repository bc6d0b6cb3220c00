#pragma once

#include "cli/prompt.h"
#include "cli/terminal.h"
#include "cli/variables.h"
#include "ledger/base/bytes.h"

#include <optional>
#include <string>
#include <string_view>

namespace wsoa {

// What a secret that is handed in is called, and where it is looked for.
struct SecretNames {
    std::string_view noun;        // "passphrase"
    std::string_view noun_typed;  // the same at the beginning of a question
    std::string_view option;
    std::string_view command;
    std::string_view descriptor;
    std::string_view credential;
};
inline constexpr SecretNames passphrase_names{
    .noun = "passphrase",
    .noun_typed = "Passphrase",
    .option = "--passphrase-file",
    .command = "WSOA_PASSPHRASE_COMMAND",
    .descriptor = "WSOA_PASSPHRASE_FD",
    .credential = "wsoa-passphrase",
};
// Of a token's user.
inline constexpr SecretNames pin_names{
    .noun = "PIN",
    .noun_typed = "PIN",
    .option = "--pin-file",
    .command = "WSOA_PIN_COMMAND",
    .descriptor = "WSOA_PIN_FD",
    .credential = "wsoa-pin",
};

// Of a spare of the vault, which is under another passphrase than the ledger.
inline constexpr SecretNames spare_names{
    .noun = "passphrase",
    .noun_typed = "Passphrase",
    .option = "--spare-passphrase-file",
    .command = "WSOA_SPARE_PASSPHRASE_COMMAND",
    .descriptor = "WSOA_SPARE_PASSPHRASE_FD",
    .credential = "wsoa-spare-passphrase",
};

// Where a passphrase, or another secret of such names, may come from, in this order; the first that
// is set decides, and its failure is not passed over:
//   1. --passphrase-file FILE
//   2. WSOA_PASSPHRASE_COMMAND: what this command, run by sh, prints
//   3. WSOA_PASSPHRASE_FD: a descriptor that the caller has opened; it can be read only once
//   4. the systemd credential wsoa-passphrase: a file in the folder CREDENTIALS_DIRECTORY
//   5. the terminal, where there is one
// Never an argument: every user of the machine sees those.
struct PassphraseSources {
    std::optional<std::string> file;
    const Variables& variables;
    const Terminal& terminal;
    const SecretNames& names = passphrase_names;

    // Whether there is one but the terminal.
    bool has_one_without_asking() const;
};

// The passphrase that opens something; `what` names it in the question: "the key head-of-send".
// One line break at the end is not part of it. `invalid` if it is empty or has more than
// passphrase_bytes_max bytes; `missing` if there is no source; every failure's advice lists what
// was tried.
Result<Secret> read_passphrase(const PassphraseSources& sources, std::string_view what);

// A passphrase to be set: the same, but asked twice at a terminal. `invalid` if the two differ.
Result<Secret> new_passphrase(const PassphraseSources& sources, std::string_view what);

}  // namespace wsoa
