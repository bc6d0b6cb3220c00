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

}  // namespace wsoa
