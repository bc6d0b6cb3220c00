#pragma once

#include "ledger/inspection/by_hand.h"
#include "ledger/inspection/pack.h"
#include "ledger/plan/plan.h"

#include <string>
#include <vector>

namespace wsoa {

// What a pack holds for people to read. No signature covers it; it follows from the rest of the
// pack, so that whoever checks one makes it again and compares.

// The key that signs a checkpoint of the pack's size, as c2sp.org/signed-note writes it.
Result<std::string> pack_verifier_key(const PackAbout& about, const Keyring& keyring);
// What README.txt repeats of other members, so that none of them is changed alone.
struct ReadmeFacts {
    const PackAbout& about;
    const PackState& state;
    Hash shown;                  // SHA-256 of shown.jsonl
    std::size_t timestamps = 0;  // how many tokens there are
};
// README.txt: what the pack is, and how it is checked without this program. `invalid` as
// steps_by_hand.
Result<std::string> pack_readme(const ReadmeFacts& facts, const Keyring& keyring,
                                const PackLeaves& leaves);
// policy: the log's key, and no witness.
Result<std::string> pack_policy(const PackAbout& about, const Keyring& keyring);
// certificate.txt: the certificate of records that an officer signs (Civil Evidence Act 1995,
// section 9), with what the pack says of itself filled in and the officer's part left blank.
std::string pack_certificate(const PackAbout& about);

// A row of evidence.csv: an item, what it is linked to, and where its document lies in the pack.
struct EvidenceRow {
    const Evidence* item = nullptr;
    std::string title;   // empty where titles were not disclosed
    std::string member;  // "documents/12"; empty where the pack does not hold it
    std::string note;    // "as its redacted copy TH-E07v2-R1", or why it is not here
};
inline constexpr std::string_view note_not_asked_for = "not asked for";
inline constexpr std::string_view note_restricted = "restricted: not in this pack";
std::string note_of_copy(const SubjectRef& copy);
// Of an item whose document may not be given, whatever is asked for.
std::string note_of_absence(const Evidence& item);
// By area and action, then by reference (RFC 4180).
std::string pack_evidence_csv(const Plan& plan, const std::vector<EvidenceRow>& rows);

}  // namespace wsoa
