#pragma once

#include "ledger/store/copies.h"

namespace wsoa {

// What others gave, and what lies beside the store of a ledger's folder and goes along with a copy
// of it: cosigned/ (what witnesses said), timestamps/ (what authorities said), and spares.txt
// (which spares of the vault were written, and where to). Each of them may be missing.

// Copies them into a folder that has none of them yet; what an earlier copy has is not copied
// again. Durable on return, but for the names in `to` itself. Errors as in copies.h.
Result<void> copy_beside(const std::filesystem::path& from, const std::filesystem::path& to,
                         const std::filesystem::path& earlier, CopyCount& count);

// Brings them from one folder to another that may have them already, each file whole or not at
// all. Nothing is removed. What was new, or another one, is counted as copied.
Result<void> bring_beside(const std::filesystem::path& from, const std::filesystem::path& to,
                          CopyCount& count);

}  // namespace wsoa
