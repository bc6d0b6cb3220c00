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

// Whether it was granted, or approved, that the document goes, and that is still to be recorded.
const Entry* waits_to_go(const State& state, DocumentNumber number) {
    for (const auto& [plan_ref, plan] : state.plans) {
        for (const auto& [ref, item] : plan.evidence) {
            if (!item.document || item.document->number != number) {
                continue;
            }
            for (const auto& [request, erasure] : plan.erasures) {
                if (erasure.subject == ref && erasure.scope == schema::ErasureScope::CONTENT &&
                    erasure.decided && erasure.decided->decision == schema::Decision::GRANTED) {
                    return &erasure.decided->entry;
                }
            }
            const auto* kept = part_in(plan.retentions, ref);
            return kept != nullptr && kept->approved ? &*kept->approved : nullptr;
        }
    }
    return nullptr;
}

}  // namespace

void DocumentCheck::add(const Event& event, Findings& findings) {
    if (const auto named = document_named(event.change())) {
        ++named_;
        if (source_.holds() == VerifySource::Holds::chosen_words) {
            return;  // whoever chose them says which documents there are
        }
        check_manifest(event, named->number, named->commitment, findings);
    }
    if (const auto erased = document_erased(event.change())) {
        erased_.insert_or_assign(erased->number, event.index());
    }
}

void DocumentCheck::check_manifest(const Event& event, DocumentNumber number,
                                   const Hash& commitment, Findings& findings) {
    const auto index = event.index();
    const auto record = source_.manifest(number);
    if (!record.ok()) {
        report_unread(findings, index, "the manifest of its document", record.error());
        return;
    }
    if (!record.value()) {
        findings.breach(index, "the manifest of its document, number {}, is missing", number.value);
        return;
    }
    const auto leaf = document_leaf(number);
    if (keys_ == nullptr || !leaf.ok()) {
        return;
    }
    const auto secret = keys_->derive(leaf.value());
    if (!secret.ok()) {
        gone_.insert_or_assign(number, index);
        return;
    }
    const NamedDocument named{.number = number, .commitment = commitment};
    if (const auto wrong =
            judge_manifest(event.envelope().ledger, named, secret.value(), *record.value())) {
        findings.breach(index, "the manifest of its document, number {}, is damaged: {}",
                        number.value, wrong->message);
        return;
    }
    ++checked_;
}

void DocumentCheck::finish(const State& state, std::uint64_t skipped, Findings& findings) const {
    for (const auto& [number, by] : erased_) {
        const auto node = document_node(number);
        if (keys_ != nullptr && node.ok() && keys_->covers_any(node.value())) {
            findings.breach(by,
                            "it erased document {}, which this vault still opens: it is older than "
                            "that, and the newest one belongs in its place",
                            number.value);
        }
    }
    for (const auto& [number, index] : gone_) {
        if (const auto known = erased_.find(number); known != erased_.end()) {
            findings.add("erased document",
                         {.is = Finding::Class::noted,
                          .event = index,
                          .what = fmt::format("its document, number {}, was erased under event {}",
                                              number.value, known->second.value)});
        } else if (const auto* granted = waits_to_go(state, number)) {
            findings.add(
                "forgotten document",
                {.is = Finding::Class::noted,
                 .event = index,
                 .what = fmt::format("the vault has forgotten its document, number {}, as event {} "
                                     "granted; the same command is to be run again to record it",
                                     number.value, granted->index.value)});
        } else {
            findings.add("gone document",
                         {.is = skipped > 0 ? Finding::Class::doubt : Finding::Class::breach,
                          .event = index,
                          .what = fmt::format("the vault cannot open its document, number {}, and "
                                              "no erasure is on record",
                                              number.value)});
        }
    }
}

}  // namespace wsoa
