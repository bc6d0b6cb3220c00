#include "ledger/inspection/document_check.h"

#include "ledger/event/named_document.h"
#include "ledger/evidence/manifest.h"
#include "ledger/inspection/tree_check.h"

namespace wsoa {
namespace {

// What stands against the manifest, in a few words; null if it holds.
std::optional<Error> judge_manifest(const Hash& ledger, const NamedDocument& named,
                                    const Secret& leaf, ByteView record) {
    const auto stored = SealedManifest::decode(record);
    if (!stored.ok()) {
        return stored.error();
    }
    const auto manifest = open_manifest(ledger, named.number, leaf, stored.value());
    if (!manifest.ok()) {
        return manifest.error();
    }
    if (commit_to_document(ledger, named.number, manifest.value()) != named.commitment) {
        return Error{Fault::distrusted, "it is another document's"};
    }
    return std::nullopt;
}

}  // namespace

void DocumentCheck::add(const Event& event, Findings& findings) {
    const auto named = document_named(event.change());
    if (!named) {
        return;
    }
    ++named_;
    const auto index = event.index();
    const auto record = source_.manifest(named->number);
    if (!record.ok()) {
        report_unread(findings, index, "the manifest of its document", record.error());
        return;
    }
    if (!record.value()) {
        findings.breach(index, "the manifest of its document, number {}, is missing",
                        named->number.value);
        return;
    }
    const auto leaf = document_leaf(named->number);
    if (keys_ == nullptr || !leaf.ok()) {
        return;
    }
    const auto secret = keys_->derive(leaf.value());
    if (!secret.ok()) {
        findings.add(
            "erased document",
            {.is = Finding::Class::noted, .event = index, .what = "its document was erased"});
        return;
    }
    if (const auto wrong =
            judge_manifest(event.envelope().ledger, *named, secret.value(), *record.value())) {
        findings.breach(index, "the manifest of its document, number {}, is damaged: {}",
                        named->number.value, wrong->message);
        return;
    }
    ++checked_;
}

}  // namespace wsoa
