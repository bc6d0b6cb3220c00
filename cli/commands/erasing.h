#pragma once

#include "cli/commands/erasure_certificate.h"
#include "cli/desk.h"
#include "ledger/event/named_document.h"
#include "ledger/ledger_vault.h"

namespace wsoa {

// What the commands that erase and dispose have in common.

// Says in a contentErased or disposed which vault forgot, and which document; what it said of them
// before is replaced.
void say_vault(ChangeLine& line, const Forgotten& vault);
void say_document(ChangeLine& line, const NamedDocument& document);
// Records what the vault has forgotten already. The error says that it is still to be recorded, and
// by which command.
Result<void> record_forgotten(Desk& desk, ChangeLine& line, const Signer& signer,
                              const std::string& command);
// Removes the pieces that no key opens any more. What cannot be removed now is removed by the next
// command that brings a document in, and said to be.
void sweep_erased(Desk& desk);
// To the file of --out, or as the answer, with the spares of the vault that are older.
Result<void> show_certificate(ErasureCertificate certificate, Desk& desk);

}  // namespace wsoa
