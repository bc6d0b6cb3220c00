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

Result<void> check_size(std::string_view name, std::uint64_t size) {
    if (size == 0) {
        return error(Fault::invalid, "{} is empty: there is nothing in it to keep", name)
            .advise("name the document itself");
    }
    if (size > document_bytes_max) {
        return error(Fault::invalid, "{} has {} bytes, more than the {} (2 GiB) that one may have",
                     name, size, document_bytes_max)
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

// Hands a source over piece by piece, to its end.
Result<PendingDocument> upload_all(DocumentUpload& upload, const DocumentSource& source,
                                   const DocumentSource::State& before,
                                   const Documents::Progress& progress) {
    std::uint64_t offset = 0;
    while (const auto wanted = upload.next_bytes()) {
        const auto plaintext = TRY(source.read_at(offset, wanted));
        if (plaintext.size() != wanted) {
            return changed(source);
        }
        TRY(upload.add(plaintext));
        offset += wanted;
        tell(progress, offset);
    }
    const auto rest = TRY(source.read_at(offset, 1));
    const auto after = TRY(source.state());
    if (!rest.empty() || after != before) {
        return changed(source);
    }
    return upload.finish();
}

}  // namespace

Result<DocumentNumber> Documents::next_number(const Snapshot& snapshot,
                                              DocumentNumber least) const {
    const auto table = layout::manifests();
    const auto last = TRY(snapshot.last(table.from, table.to));
    auto next = least;
    if (last) {
        const auto number = TRY(layout::number_at_end(last->first));
        next.value = std::max(next.value, number + 1);
    }
    // A store that was put back from a backup may lack documents that were erased since.
    auto leaf = TRY(document_leaf(next));
    while (!parts_.keys.covers(leaf)) {
        ++next.value;
        leaf = TRY(document_leaf(next));
    }
    return next;
}

Result<std::unique_ptr<DocumentUpload>> Documents::begin(const NewDocument& what,
                                                         std::uint64_t size, Random& random) const {
    TRY(check_media_type(what.media_type));
    TRY(check_size("the document", size));
    const auto leaf_index = TRY(document_leaf(what.number));
    auto leaf = TRY(parts_.keys.derive(leaf_index));
    const DocumentPlace place{
        .ledger = parts_.ledger, .number = what.number, .upload = random_hash(random)};
    return std::make_unique<DocumentUpload>(parts_.blobs, place, std::move(leaf),
                                            Manifest{.size = size,
                                                     .digest = {},
                                                     .media_type = what.media_type,
                                                     .salt = random_hash(random),
                                                     .piece_bytes = what.piece_bytes,
                                                     .pieces = {}});
}

Result<PendingDocument> Documents::add(const DocumentSource& source, const NewDocument& what,
                                       Random& random, const Progress& progress) const {
    const auto before = TRY(source.state());
    TRY(check_size(source.name(), before.size));
    const auto upload = TRY(begin(what, before.size, random));
    auto pending = upload_all(*upload, source, before, progress);
    if (pending.ok()) {
        return pending;
    }
    auto failed = std::move(pending).error();
    if (!remove(upload->pieces()).ok()) {
        failed.message += "; what is left of it is removed when the next document is added";
    }
    return failed;
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
    auto plaintext = open_document_piece(
        document.place, {.index = index, .count = manifest.count()}, document.key, sealed.value());
    if (plaintext.ok() && plaintext.value().size() == bytes) {
        return plaintext;
    }
    // What opens is what was sealed, so that only of what does not the hash must tell what it is.
    return sha256(sealed.value()) == name ? about(Fault::distrusted, "is not what was sealed there")
                                          : about(Fault::corrupt, "is damaged");
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
    bool is_one_as_large = false;
    TRY(each(snapshot, [&](const HeldDocument& held) {
        is_one_as_large = is_one_as_large || held.manifest.size == state.size;
        return done();
    }));
    if (!is_one_as_large) {
        return std::optional<DocumentNumber>{};
    }
    const auto digest = TRY(digest_of(source));
    return find_same(snapshot, state.size, digest);
}

Result<std::optional<DocumentNumber>> Documents::find_same(const Snapshot& snapshot,
                                                           std::uint64_t size,
                                                           const Hash& digest) const {
    std::optional<DocumentNumber> same;
    TRY(each(snapshot, [&](const HeldDocument& held) {
        if (!same && held.manifest.size == size && held.manifest.digest == digest) {
            same = held.place.number;
        }
        return done();
    }));
    return same;
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
