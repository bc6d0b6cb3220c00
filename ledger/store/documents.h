#pragma once

#include "ledger/base/environment.h"
#include "ledger/evidence/manifest.h"
#include "ledger/store/blobs.h"
#include "ledger/store/document_source.h"
#include "ledger/store/document_upload.h"
#include "ledger/store/store.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// What a document is to be kept as.
struct NewDocument {
    DocumentNumber number;
    std::string media_type;
    std::uint32_t piece_bytes = document_piece_bytes;  // smaller ones are for tests
};

// A document of the store, its manifest opened.
struct HeldDocument {
    DocumentPlace place;
    Manifest manifest;
    Secret key;  // of its pieces

    Hash commitment() const { return commit_to_document(place.ledger, place.number, manifest); }
};

// A piece that cannot be read, and why.
struct BadPiece {
    std::uint64_t index = 0;
    Error error;
};

// Documents in and out: cut into pieces, each sealed and kept in Blobs under the hash of what it
// became, with a sealed manifest that names them in the ledger's store.
//
// Memory holds a few pieces at a time, however large the document is. One process adds and removes;
// any number may read meanwhile. What is borrowed outlives the object.
class Documents {
public:
    // `keys` is the vault's tree of documents.
    struct Parts {
        Blobs& blobs;
        const KeyTree& keys;
        Hash ledger;
    };
    explicit Documents(const Parts& parts) : parts_(parts) {}

    // How many bytes of it are done.
    using Progress = std::function<void(std::uint64_t bytes)>;
    // The number that the next document gets: past every manifest of the store, and never one that
    // the vault was made to forget.
    // No less than `least`.
    Result<DocumentNumber> next_number(const Snapshot& snapshot, DocumentNumber least = {}) const;
    // For a document of so many bytes that is handed over piece by piece. `invalid` for a size or a
    // media type that none may have.
    Result<std::unique_ptr<DocumentUpload>> begin(const NewDocument& what, std::uint64_t size,
                                                  Random& random) const;
    // Reads the document and puts its pieces; on return they are durable. `invalid` if it is empty
    // or larger than document_bytes_max, `conflict` if it changed while it was read. After a
    // failure the pieces that were put are removed, as far as the machine still can.
    Result<PendingDocument> add(const DocumentSource& source, const NewDocument& what,
                                Random& random, const Progress& progress) const;

    // `missing` if the store has no such document, or its key was erased; `distrusted` or `corrupt`
    // if its manifest is not what was sealed.
    Result<HeldDocument> open(const Snapshot& snapshot, DocumentNumber number) const;
    // One piece, checked. `missing` or `corrupt` if it is not there or not what was put, with its
    // number and the name of its file.
    Result<Secret> piece(const HeldDocument& document, std::uint64_t index) const;
    // The whole document, piece by piece, each shown only once it was checked. The error is that of
    // the first piece that fails; `distrusted` if all hold and give another document than the
    // manifest says.
    using Sink = std::function<Result<void>(ByteView bytes)>;
    Result<void> read(const HeldDocument& document, const Sink& sink,
                      const Progress& progress) const;
    // Reads every piece, and gives those that fail: `unavailable` where the machine could not read
    // one. The error is `distrusted` as above.
    Result<std::vector<BadPiece>> check(const HeldDocument& document,
                                        const Progress& progress) const;

    // Every document that the vault has not forgotten, in order of their numbers.
    using Visit = std::function<Result<void>(const HeldDocument& document)>;
    Result<void> each(const Snapshot& snapshot, const Visit& visit) const;
    // The first document with the same content, which is looked for by opening the manifests: no
    // hash of a document lies open anywhere. Null if there is none.
    Result<std::optional<DocumentNumber>> find_same(const Snapshot& snapshot,
                                                    const DocumentSource& source) const;
    Result<std::optional<DocumentNumber>> find_same(const Snapshot& snapshot, std::uint64_t size,
                                                    const Hash& digest) const;

    // The pieces that no manifest of the store names: of uploads that were cut short, and of
    // documents that the vault has forgotten. An error if any manifest cannot be opened that
    // should, since its pieces are then unknown.
    Result<std::vector<Hash>> orphans(const Snapshot& snapshot) const;
    // Removes pieces; those that are gone already are no error.
    Result<void> remove(const std::vector<Hash>& pieces) const;

private:
    Result<HeldDocument> opened(DocumentNumber number, ByteView record) const;

    Parts parts_;
};

}  // namespace wsoa
