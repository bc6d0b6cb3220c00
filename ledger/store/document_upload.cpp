#include "ledger/store/document_upload.h"

namespace wsoa {

DocumentUpload::DocumentUpload(Blobs& blobs, const DocumentPlace& place, Secret leaf,
                               Manifest begun)
    : batch_(blobs.batch()),
      place_(place),
      leaf_(std::move(leaf)),
      key_(piece_key(place_, leaf_)),
      manifest_(std::move(begun)) {}

std::uint32_t DocumentUpload::next_bytes() const {
    const auto next = manifest_.pieces.size();
    return next == manifest_.count() ? 0 : manifest_.size_of_piece(next);
}

Result<void> DocumentUpload::check_not_lost() const {
    return is_lost_ ? error(Fault::unavailable, "a piece of the document did not reach the disk")
                          .advise("bring the document in anew")
                    : done();
}

Result<void> DocumentUpload::add(ByteView plaintext) {
    TRY(check_not_lost());
    if (plaintext.empty() || plaintext.size() != next_bytes()) {
        return error(Fault::invalid, "a piece of {} bytes was handed over where one of {} is next",
                     plaintext.size(), next_bytes())
            .advise("begin it anew");
    }
    hash_.add(plaintext);
    const PieceNumber number{.index = manifest_.pieces.size(), .count = manifest_.count()};
    const auto sealed = seal_document_piece(place_, number, key_, plaintext);
    const auto name = sha256(sealed);
    // Before it is put: a put that fails may have left it there all the same.
    manifest_.pieces.push_back(name);
    auto put = batch_->put(name, sealed);
    is_lost_ = !put.ok();
    return put;
}

Result<PendingDocument> DocumentUpload::finish() {
    TRY(check_not_lost());
    if (next_bytes() != 0) {
        return error(Fault::invalid, "{} of the document's {} pieces are there",
                     manifest_.pieces.size(), manifest_.count())
            .advise("hand the rest over first");
    }
    auto settled = batch_->settle();
    if (!settled.ok()) {
        is_lost_ = true;
        return std::move(settled).error();
    }
    manifest_.digest = hash_.finish();
    return PendingDocument{
        .number = place_.number,
        .commitment = commit_to_document(place_.ledger, place_.number, manifest_),
        .manifest = manifest_,
        .record = seal_manifest(place_, leaf_, manifest_).encode()};
}

}  // namespace wsoa
