// A document that is handed over to the keeper which holds the ledger.

#include "cli/commands/evidence_file.h"
#include "cli/progress.h"
#include "ledger/base/sha256.h"

namespace wsoa {
namespace {

// Hands the file over piece by piece; gives its SHA-256.
Result<Hash> hand_over(Desk& desk, RemoteUpload& upload, const FileToKeep& file) {
    Progress progress(desk.output(), "Handing over " + file.name, file.size);
    const auto before = TRY(file.source->state());
    Sha256 hash;
    for (std::uint64_t at = 0; at < file.size;) {
        const auto piece = TRY(file.source->read_at(at, document_piece_bytes));
        at += piece.size();
        if (piece.empty() || at > file.size) {
            return changed_while_read(file);
        }
        hash.add(piece);
        TRY(upload.add(piece));
        progress.reached(at);
    }
    const auto after = TRY(file.source->state());
    if (after != before || before.size != file.size) {
        return changed_while_read(file);
    }
    return hash.finish();
}

// The author signs a commitment only to what they handed over.
Result<void> expect_sealed(const Hash& ledger, DocumentNumber number, const Manifest& manifest,
                           const RemoteUpload::Sealed& sealed) {
    if (commit_to_document(ledger, number, manifest) != sealed.commitment) {
        return Error{Fault::distrusted, "the keeper sealed another document than it was given",
                     "do not record with this keeper: tell whoever keeps the ledger"};
    }
    return done();
}

}  // namespace

Result<Committed> hand_over_and_record(Desk& desk, ChangeLine& line, const FileToKeep& file,
                                       const Signer& signer) {
    auto* const client = TRY(desk.signed_in_keeper());
    CHECK(client != nullptr);  // the caller has seen one
    auto upload = TRY(client->begin_document(file.size, file.media_type));
    const auto number = upload->number();
    say_own_document(line, {.number = number, .commitment = {}});
    TRY(desk.try_out(line, signer));
    if (!file.may_be_held_already) {
        const auto whole = TRY(digest_of(*file.source));
        const auto same = TRY(client->same_document(file.size, whole));
        TRY(expect_new(desk, *line.subject.plan(), file, same));
    }
    const auto digest = TRY(hand_over(desk, *upload, file));
    const auto sealed = TRY(upload->finish());
    TRY(expect_sealed(client->about().ledger, number,
                      Manifest{.size = file.size,
                               .digest = digest,
                               .media_type = file.media_type,
                               .salt = sealed.salt,
                               .pieces = {}},
                      sealed));
    say_own_document(line, {.number = number, .commitment = sealed.commitment});
    desk.hold(std::move(upload));
    return desk.record(line, signer, HandedDocument{.number = number, .record = {}});
}

}  // namespace wsoa
