#include "ledger/store/documents.h"

#include "ledger/base/sha256.h"
#include "ledger/store/layout.h"

#include <algorithm>
#include <set>

namespace wsoa {
namespace {

Error changed(const DocumentSource& source) {
    return error(Fault::conflict, "{} changed while it was read", source.name())
        .advise("close it where it is open, then add it again");
}

Result<void> check_size(const DocumentSource& source, std::uint64_t size) {
    if (size == 0) {
        return error(Fault::invalid, "{} is empty: there is nothing in it to keep", source.name())
            .advise("name the document itself");
    }
    if (size > document_bytes_max) {
        return error(Fault::invalid, "{} has {} bytes, more than the {} (2 GiB) that one may have",
                     source.name(), size, document_bytes_max)
            .advise("divide it, and add each part as an item of its own");
    }
    return done();
}

// A contradiction that no damage can make: the pieces were sealed one by one, each in its place.
Error not_as_its_manifest_says(const HeldDocument& document) {
    return error(Fault::distrusted,
                 "every piece of document {} is whole, but together they are not what its manifest "
                 "says",
                 document.place.number.value);
}

void tell(const Documents::Progress& progress, std::uint64_t bytes) {
    if (progress) {
        progress(bytes);
    }
}

Hash random_hash(Random& random) {
    Hash hash;
    random.fill(hash.bytes);
    return hash;
}

// The SHA-256 of a whole source, read in pieces.
Result<Hash> digest_of(const DocumentSource& source) {
    Sha256 hash;
    std::uint64_t offset = 0;
    while (true) {
        const auto bytes = TRY(source.read_at(offset, document_piece_bytes));
        hash.add(bytes);
        offset += bytes.size();
        if (bytes.size() < document_piece_bytes) {
            return hash.finish();
        }
    }
}

// A document on its way into pieces.
class Upload {
public:
    Upload(Blobs& blobs, const DocumentPlace& place, Secret key, Manifest manifest)
        : blobs_(blobs), place_(place), key_(std::move(key)), manifest_(std::move(manifest)) {}

    Result<void> run(const DocumentSource& source, const DocumentSource::State& before,
                     const Documents::Progress& progress);
    // Once it has run.
    const Manifest& manifest() const { return manifest_; }

private:
    Result<void> put(ByteView plaintext);

    Blobs& blobs_;
    DocumentPlace place_;
    Secret key_;
    Manifest manifest_;
    Sha256 hash_;
};

Result<void> Upload::run(const DocumentSource& source, const DocumentSource::State& before,
                         const Documents::Progress& progress) {
    std::uint64_t offset = 0;
    for (std::uint64_t i = 0; i < manifest_.count(); ++i) {
        const auto wanted = manifest_.size_of_piece(i);
        const auto plaintext = TRY(source.read_at(offset, wanted));
        if (plaintext.size() != wanted) {
            return changed(source);
        }
        TRY(put(plaintext));
        offset += wanted;
        tell(progress, offset);
    }
    const auto rest = TRY(source.read_at(offset, 1));
    const auto after = TRY(source.state());
    if (!rest.empty() || after != before) {
        return changed(source);
    }
    manifest_.digest = hash_.finish();
    return done();
}

Result<void> Upload::put(ByteView plaintext) {
    hash_.add(plaintext);
    const PieceNumber number{.index = manifest_.pieces.size(), .count = manifest_.count()};
    const auto sealed = seal_document_piece(place_, number, key_, plaintext);
    const auto name = sha256(sealed);
    // Before it is put: a put that fails may have left it there all the same.
    manifest_.pieces.push_back(name);
    return blobs_.put(name, sealed);
}

}  // namespace

Result<DocumentNumber> Documents::next_number(const Snapshot& snapshot) const {
    const auto table = layout::manifests();
    const auto last = TRY(snapshot.last(table.from, table.to));
    DocumentNumber next;
    if (last) {
        const auto number = TRY(layout::number_at_end(last->first));
        next.value = number + 1;
    }
    // A store that was put back from a backup may lack documents that were erased since.
    auto leaf = TRY(document_leaf(next));
    while (!parts_.keys.covers(leaf)) {
        ++next.value;
        leaf = TRY(document_leaf(next));
    }
    return next;
}

Result<PendingDocument> Documents::add(const DocumentSource& source, const NewDocument& what,
                                       Random& random, const Progress& progress) const {
    TRY(check_media_type(what.media_type));
    const auto before = TRY(source.state());
    TRY(check_size(source, before.size));
    const auto leaf_index = TRY(document_leaf(what.number));
    const auto leaf = TRY(parts_.keys.derive(leaf_index));
    const DocumentPlace place{
        .ledger = parts_.ledger, .number = what.number, .upload = random_hash(random)};
    Upload upload(parts_.blobs, place, piece_key(place, leaf),
                  Manifest{.size = before.size,
                           .digest = {},
                           .media_type = what.media_type,
                           .salt = random_hash(random),
                           .piece_bytes = what.piece_bytes,
                           .pieces = {}});
    auto ran = upload.run(source, before, progress);
    if (!ran.ok()) {
        auto failed = std::move(ran).error();
        if (!remove(upload.manifest().pieces).ok()) {
            failed.message += "; what is left of it is removed when the next document is added";
        }
        return failed;
    }
    const auto& manifest = upload.manifest();
    return PendingDocument{.number = what.number,
                           .commitment = commit_to_document(parts_.ledger, what.number, manifest),
                           .manifest = manifest,
                           .record = seal_manifest(place, leaf, manifest).encode()};
}

Result<HeldDocument> Documents::opened(DocumentNumber number, ByteView record) const {
    const auto leaf_index = TRY(document_leaf(number));
    const auto leaf = TRY(parts_.keys.derive(leaf_index));
    const auto stored = TRY(SealedManifest::decode(record));
    auto manifest = TRY(open_manifest(parts_.ledger, number, leaf, stored));
    const DocumentPlace place{.ledger = parts_.ledger, .number = number, .upload = stored.upload};
    return HeldDocument{
        .place = place, .manifest = std::move(manifest), .key = piece_key(place, leaf)};
}

Result<HeldDocument> Documents::open(const Snapshot& snapshot, DocumentNumber number) const {
    const auto record = TRY(snapshot.get(layout::manifest_key(number)));
    if (!record) {
        return error(Fault::missing, "the store has no document {}", number.value);
    }
    auto held = opened(number, *record);
    if (!held.ok()) {
        return std::move(held).error().explain("opening the manifest of document {}", number.value);
    }
    return held;
}

Result<Secret> Documents::piece(const HeldDocument& document, std::uint64_t index) const {
    const auto& manifest = document.manifest;
    CHECK(index < manifest.pieces.size());
    const auto& name = manifest.pieces[index];
    const auto about = [&](Fault fault, std::string_view what) {
        return error(fault, "piece {} of {} {}: {}", index + 1, manifest.count(), what,
                     to_hex(name.view()));
    };
    const auto bytes = manifest.size_of_piece(index);
    auto sealed = parts_.blobs.get(name, bytes + seal_tag_bytes);
    if (!sealed.ok()) {
        const auto fault = sealed.error().fault;
        if (fault == Fault::missing) {
            return about(fault, "is missing");
        }
        if (fault == Fault::corrupt) {
            return about(fault, "is damaged");
        }
        return std::move(sealed).error().explain("piece {} of {}", index + 1, manifest.count());
    }
    if (sha256(sealed.value()) != name) {
        return about(Fault::corrupt, "is damaged");
    }
    auto plaintext = open_document_piece(
        document.place, {.index = index, .count = manifest.count()}, document.key, sealed.value());
    if (!plaintext.ok() || plaintext.value().size() != bytes) {
        return about(Fault::distrusted, "is not what was sealed there");
    }
    return plaintext;
}

Result<void> Documents::read(const HeldDocument& document, const Sink& sink,
                             const Progress& progress) const {
    Sha256 hash;
    std::uint64_t bytes = 0;
    for (std::uint64_t i = 0; i < document.manifest.count(); ++i) {
        const auto plaintext = TRY(piece(document, i));
        hash.add(plaintext.view());
        TRY(sink(plaintext.view()));
        bytes += plaintext.size();
        tell(progress, bytes);
    }
    if (hash.finish() != document.manifest.digest) {
        return not_as_its_manifest_says(document);
    }
    return done();
}

Result<std::vector<BadPiece>> Documents::check(const HeldDocument& document,
                                               const Progress& progress) const {
    std::vector<BadPiece> bad;
    Sha256 hash;
    std::uint64_t bytes = 0;
    for (std::uint64_t i = 0; i < document.manifest.count(); ++i) {
        auto plaintext = piece(document, i);
        if (plaintext.ok()) {
            hash.add(plaintext.value().view());
        } else {
            bad.push_back({.index = i, .error = std::move(plaintext).error()});
        }
        bytes += document.manifest.size_of_piece(i);
        tell(progress, bytes);
    }
    if (bad.empty() && hash.finish() != document.manifest.digest) {
        return not_as_its_manifest_says(document);
    }
    return bad;
}

Result<void> Documents::each(const Snapshot& snapshot, const Visit& visit) const {
    const auto table = layout::manifests();
    return snapshot.scan(table.from, table.to,
                         [&](ByteView key, ByteView record) -> Result<Snapshot::Step> {
                             const auto value = TRY(layout::number_at_end(key));
                             const DocumentNumber number{value};
                             const auto leaf = TRY(document_leaf(number));
                             if (parts_.keys.covers(leaf)) {
                                 auto held = opened(number, record);
                                 if (!held.ok()) {
                                     return std::move(held).error().explain(
                                         "opening the manifest of document {}", value);
                                 }
                                 TRY(visit(held.value()));
                             }
                             return Snapshot::Step::next;
                         });
}

Result<std::optional<DocumentNumber>> Documents::find_same(const Snapshot& snapshot,
                                                           const DocumentSource& source) const {
    const auto state = TRY(source.state());
    std::vector<std::pair<DocumentNumber, Hash>> as_large;
    TRY(each(snapshot, [&](const HeldDocument& held) {
        if (held.manifest.size == state.size) {
            as_large.emplace_back(held.place.number, held.manifest.digest);
        }
        return done();
    }));
    if (as_large.empty()) {
        return std::optional<DocumentNumber>{};
    }
    const auto digest = TRY(digest_of(source));
    const auto same =
        std::ranges::find(as_large, digest, [](const auto& one) { return one.second; });
    return same == as_large.end() ? std::nullopt : std::optional(same->first);
}

Result<std::vector<Hash>> Documents::orphans(const Snapshot& snapshot) const {
    std::set<Hash> named;
    TRY(each(snapshot, [&](const HeldDocument& held) {
        named.insert(held.manifest.pieces.begin(), held.manifest.pieces.end());
        return done();
    }));
    std::vector<Hash> unnamed;
    TRY(parts_.blobs.each([&](const Hash& name) {
        if (!named.contains(name)) {
            unnamed.push_back(name);
        }
        return done();
    }));
    return unnamed;
}

Result<void> Documents::remove(const std::vector<Hash>& pieces) const {
    for (const auto& name : pieces) {
        auto removed = parts_.blobs.remove(name);
        if (!removed.ok() && removed.error().fault != Fault::missing) {
            return removed;
        }
    }
    return done();
}

}  // namespace wsoa
