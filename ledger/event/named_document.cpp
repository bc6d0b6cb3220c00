#include "ledger/event/named_document.h"

namespace wsoa {

std::optional<NamedDocument> document_named(const Change& change) {
    const auto reader = change.reader();
    if (reader.isEvidenceRegistered()) {
        return document_in(reader.getEvidenceRegistered());
    }
    if (reader.isEvidenceVersionAdded()) {
        return document_in(reader.getEvidenceVersionAdded());
    }
    return std::nullopt;
}

std::optional<NamedDocument> document_read(const Change& change) {
    const auto reader = change.reader();
    return reader.isContentRead() ? document_in(reader.getContentRead()) : std::nullopt;
}

std::optional<NamedDocument> document_erased(const Change& change) {
    const auto reader = change.reader();
    if (reader.isContentErased()) {
        return document_in(reader.getContentErased());
    }
    if (reader.isDisposed()) {
        return document_in(reader.getDisposed());
    }
    return std::nullopt;
}

void put_document(schema::DocumentHeld::Builder fields, const NamedDocument& document) {
    fields.setNumber(document.number.value);
    fields.setCommitment({document.commitment.bytes.data(), document.commitment.bytes.size()});
}

}  // namespace wsoa
