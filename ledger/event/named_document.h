#pragma once

#include "ledger/base/numbers.h"
#include "ledger/event/change.h"

#include <algorithm>
#include <optional>

namespace wsoa {

// A document of the ledger, as an event names it. The commitment fixes its size and content under a
// salt that the event does not have.
struct NamedDocument {
    DocumentNumber number;
    Hash commitment;

    bool operator==(const NamedDocument&) const = default;
};

// The document that a change brings in; null for most.
std::optional<NamedDocument> document_named(const Change& change);

// The document that a change says was opened for somebody; null for most.
std::optional<NamedDocument> document_read(const Change& change);

// The document that a change says no key opens any more; null for most.
std::optional<NamedDocument> document_erased(const Change& change);

// The same of the fields of a kind that may have one.
template <typename Fields>
std::optional<NamedDocument> document_in(Fields fields) {
    if (!fields.hasDocument()) {
        return std::nullopt;
    }
    const auto document = fields.getDocument();
    const auto commitment = document.getCommitment();
    NamedDocument named{.number = {document.getNumber()}, .commitment = {}};
    CHECK(commitment.size() == named.commitment.bytes.size());
    std::copy(commitment.begin(), commitment.end(), named.commitment.bytes.begin());
    return named;
}

// The other way round.
void put_document(schema::DocumentHeld::Builder fields, const NamedDocument& document);

}  // namespace wsoa
