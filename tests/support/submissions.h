#pragma once

#include "ledger/keys/signature.h"
#include "ledger/submission.h"
#include "tests/support/changes.h"
#include "tests/support/environment.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wsoa::test {

// The envelope of a founder's change about a subject, true on 14 November 2023; its id tells the
// number and nothing else. The author's key, and whatever a test is about, it sets itself.
inline Envelope founders_envelope(const Hash& ledger, const Seen& seen, std::string_view subject,
                                  std::uint16_t number) {
    Bytes id(16, 1);
    id[6] = 0x71;
    id[8] = 0x81;
    id[14] = static_cast<std::uint8_t>(number >> 8);
    id[15] = static_cast<std::uint8_t>(number);
    Envelope envelope;
    envelope.ledger = ledger;
    envelope.seen = seen;
    envelope.id = must(ChangeId::of(id));
    envelope.subject = must(SubjectRef::parse(subject));
    envelope.plan = envelope.subject.plan();
    envelope.effective = must(parse_date("2023-11-14"));
    envelope.as_role = schema::Role::FOUNDER;
    envelope.classification = schema::Classification::PARTNERSHIP;
    return envelope;
}

// The draft under that envelope with those words, signed.
inline Submission signed_submission(
    Draft& draft, Envelope envelope, const Signer& signer,
    const std::vector<std::pair<schema::WordField, std::string>>& words, Random& random) {
    Submission made;
    for (const auto& [field, text] : words) {
        Word word{.field = field, .salt = {}, .text = text};
        random.fill(word.salt.bytes);
        envelope.words.push_back({.field = field, .commitment = commit_to(envelope.ledger, word)});
        made.words.push_back(std::move(word));
    }
    made.signed_change.change = must(draft.finish(envelope));
    made.signed_change.signature = signer.sign(labelled(label::change, made.signed_change.change));
    return made;
}

}  // namespace wsoa::test
