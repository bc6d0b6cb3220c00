#pragma once

#include "ledger/base/sha256.h"
#include "ledger/evidence/manifest.h"
#include "ledger/store/blobs.h"

#include <memory>
#include <vector>

namespace wsoa {

// A document whose pieces are durable, and which nothing names yet. It is one of the ledger's once
// its record is written beside the event that commits to it; until then its pieces are orphans.
struct PendingDocument {
    DocumentNumber number;
    Hash commitment;
    Manifest manifest;
    Bytes record;  // the sealed manifest, as it is stored
};

// A document on its way into pieces, all of them durable once it is finished. What is given up
// leaves orphans, which pieces() names. One thread at a time.
class DocumentUpload {
public:
    // `leaf` is the document's in the vault's tree; the manifest has everything but digest and
    // pieces. The blobs are borrowed.
    DocumentUpload(Blobs& blobs, const DocumentPlace& place, Secret leaf, Manifest begun);

    // How many bytes the next piece has; 0 once all are there.
    std::uint32_t next_bytes() const;
    // `invalid` unless it has just as many; `unavailable` if the machine failed, and from then on.
    Result<void> add(ByteView plaintext);
    // `invalid` while pieces are wanting; `unavailable` if the machine failed. Once.
    Result<PendingDocument> finish();
    // Those that were put, and the one whose put failed: it may be there all the same.
    const std::vector<Hash>& pieces() const { return manifest_.pieces; }

private:
    Result<void> check_not_lost() const;

    std::unique_ptr<BlobBatch> batch_;
    DocumentPlace place_;
    Secret leaf_;
    Secret key_;
    Manifest manifest_;
    Sha256 hash_;
    // Some of it may not be on the disk, and no later sync would tell.
    bool is_lost_ = false;
};

}  // namespace wsoa
