#pragma once

#include "cli/documents.h"
#include "ledger/event/named_document.h"

namespace wsoa {

// What the commands share that bring a file in as an item's document.

// A file to be kept, as far as the line and the file itself tell.
struct FileToKeep {
    std::unique_ptr<FileSource> source;
    std::uint64_t size = 0;
    std::string name;  // to remember
    std::string media_type;
    bool may_be_held_already = false;
};

// --title, --source, --note, --file-name, --media-type and --again.
std::vector<OptionSpec> file_options();

// The file that the word FILE names, as those options say.
Result<FileToKeep> file_to_keep(const Invocation& given);
// A file by its path alone.
Result<FileToKeep> file_to_keep(const std::filesystem::path& path);

// Puts title, file name, source, media type, size and note into the line.
Result<void> say_file(ChangeLine& line, const Invocation& given, const FileToKeep& file);

// Keeps the file as the document of the item that the line brings in, in the folder's documents or,
// for null, with the keeper; records the item and shows the receipt. What a rule refuses is refused
// before gigabytes are read, and leaves no piece behind; so does a file whose content is held
// already, but for --again.
Result<Committed> record_with_file(Desk& desk, FolderDocuments* held, ChangeLine& line,
                                   const FileToKeep& file);

// The same for whoever signs, in the folder, and nothing is shown.
Result<Committed> keep_and_record(Desk& desk, FolderDocuments& held, ChangeLine& line,
                                  const FileToKeep& file, const Signer& signer);
// The same with the keeper.
Result<Committed> hand_over_and_record(Desk& desk, ChangeLine& line, const FileToKeep& file,
                                       const Signer& signer);

// `conflict` where the file's content is held already, as that document of the plan or of another.
Result<void> expect_new(Desk& desk, const PlanRef& plan, const FileToKeep& file,
                        std::optional<DocumentNumber> same);
// `conflict`, with what to do.
Error changed_while_read(const FileToKeep& file);

// Says in a line that brings an item in which document is its own.
void say_own_document(ChangeLine& line, const NamedDocument& document);

}  // namespace wsoa
