#include "ledger/submission.h"

#include "ledger/event/named_document.h"
#include "ledger/keys/signature.h"

namespace wsoa {
namespace {

Result<void> match_document(const Change& change, const std::optional<HandedDocument>& handed) {
    const auto named = document_named(change);
    if (named && (!handed || handed->number != named->number)) {
        return error(Fault::invalid, "the change names document {}, which did not come with it",
                     named->number.value)
            .advise("bring the document in with `wsoa evidence add`");
    }
    if (!named && handed) {
        return Error{Fault::invalid, "a document came with a change that does not name it",
                     "bring the document in with `wsoa evidence add`"};
    }
    return done();
}

}  // namespace

Result<CheckedSubmission> CheckedSubmission::check(Submission submission, const Hash& ledger) {
    auto change = TRY(Change::read(submission.signed_change.change));
    const auto& envelope = change.envelope();
    if (change.kind() == Kind::LEDGER_OPENED || envelope.ledger != ledger) {
        return Error{Fault::invalid, "the change is made for another ledger",
                     "make it anew for this one; `wsoa checkpoint` shows which ledger this is"};
    }
    if (!verify(envelope.author_key, labelled(label::change, change.bytes()),
                submission.signed_change.signature)) {
        return Error{Fault::refused,
                     "the signature does not hold for the key that the change names",
                     "sign the change anew with that key"};
    }
    TRY(check_words(submission.words));
    TRY(match_words(ledger, submission.words, envelope.words));
    TRY(match_document(change, submission.document));
    return CheckedSubmission(std::move(submission), std::move(change));
}

std::size_t CheckedSubmission::bytes() const {
    std::size_t bytes = submission_.signed_change.change.size() +
                        (submission_.document ? submission_.document->record.size() : 0);
    for (const auto& word : submission_.words) {
        bytes += word.text.size();
    }
    return bytes;
}

}  // namespace wsoa
