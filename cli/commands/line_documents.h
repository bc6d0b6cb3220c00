#pragma once

#include "cli/documents.h"

#include <filesystem>
#include <memory>

namespace wsoa {

// The documents of a file of lines: a folder that has, for some items, a file of the name that the
// item's line gives. Directly in the ledger's folder, as all that brings documents in.
class LineDocuments {
public:
    // `missing` if there is no such folder; the errors of documents_to_write.
    static Result<std::unique_ptr<LineDocuments>> open(Desk& desk, std::filesystem::path folder);

    // Records a line. Where it brings an item in whose file the folder has, with that file as its
    // document; where it says that an item's document was erased or disposed of, once the vault has
    // forgotten it. A line that stands from before is the same change as it was then.
    Result<Committed> record(ChangeLine& line, const Signer& signer);
    // Removes the pieces of what was erased.
    void finish();

private:
    LineDocuments(Desk& desk, std::filesystem::path folder, std::unique_ptr<FolderDocuments> held)
        : desk_(desk), folder_(std::move(folder)), held_(std::move(held)) {}
    Result<Committed> again(ChangeLine& line, const Signer& signer, const Event& first);
    Result<Committed> forget(ChangeLine& line, const Signer& signer, const NamedDocument& document);
    Result<std::optional<NamedDocument>> document_to_forget(const ChangeLine& line);

    Desk& desk_;
    std::filesystem::path folder_;
    std::unique_ptr<FolderDocuments> held_;
    bool has_erased_ = false;
};

}  // namespace wsoa
