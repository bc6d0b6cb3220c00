#pragma once

#include "cli/desk.h"
#include "cli/documents.h"
#include "cli/pack/archive_writer.h"
#include "ledger/inspection/pack.h"

#include <string>
#include <vector>

namespace wsoa {

// What is to go into a pack.
struct PackAsked {
    PlanRef plan;
    std::string purpose;
    Date as_at;
    Date as_known;
    std::vector<schema::WordField> disclosed;  // in their order, each once
    bool restricted = false;                   // words and documents of restricted events too
    std::vector<SubjectRef> areas;  // documents about these alone; empty for the whole plan
    std::vector<SubjectRef> items;  // just these items; empty for all that may be given
    bool without_documents = false;
    // All leaves, or those of the plan and of the ledger itself, with the hashes of the others.
    enum class Leaves : std::uint8_t { all, of_plan } leaves = Leaves::all;
    std::optional<PersonId> maker;  // by whose right restricted words are taken
    TreeSize size;                  // of the checkpoint up to which it reaches; one was signed
};

// A pack before it is written.
struct PackDraft {
    ArchiveWriter archive;
    PackAbout about;
    std::vector<SubjectRef> items = {};     // whose documents are in it
    std::vector<SubjectRef> redacted = {};  // those of them that are in it as their redacted copy
    std::uint64_t words = 0;
    std::vector<std::string> left_out = {};  // items whose document may not be given, and why
    bool has_restricted = false;
    bool is_cosigned = false;  // whether anybody but the ledger has signed its checkpoint
};

// What the program shows of the plan on the pack's days, by the events up to its checkpoint: the
// lines of `wsoa show PLAN --json`.
Result<std::string> shown_of_plan(const Invocation& given, Surroundings& around,
                                  const PackAsked& asked);

// Puts together all that the pack holds, from one moment of the ledger: the leaves and the tree's
// hashes up to the checkpoint, with what witnesses said of that, the chosen words with their salts,
// the documents, the state of the plan, the papers for people, and the released page with all of it
// behind. Documents are read when the file is written, so what is borrowed must live until then.
// `missing` for a plan or item that is not there, `refused` for an item whose document may not be
// given, `invalid` if the vault is not open.
Result<PackDraft> draft_pack(Desk& desk, Reading& reading, const FolderDocuments& documents,
                             const PackAsked& asked, const std::string& shown);

}  // namespace wsoa
