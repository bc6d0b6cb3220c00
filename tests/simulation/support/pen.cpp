#include "tests/simulation/support/pen.h"

#include "ledger/base/check.h"
#include "ledger/keys/keyring.h"
#include "tests/simulation/support/town.h"
#include "tests/support/submissions.h"

#include <fmt/format.h>

namespace wsoa::test {
namespace {

using Is = Ask::Is;
using schema::WordField;

Kind kind_of(Is is) {
    switch (is) {
        case Is::start: return Kind::ACTION_STARTED;
        case Is::progress: return Kind::PROGRESS_RECORDED;
        case Is::propose: return Kind::RATING_PROPOSED;
        case Is::confirm: return Kind::RATING_CONFIRMED;
        case Is::evidence: return Kind::EVIDENCE_REGISTERED;
        case Is::new_key: return Kind::KEY_ROTATED;
    }
    CHECK(false);
    return Kind::UNSET;
}

ChangeId id_of(std::uint64_t number) {
    Bytes id(8, 0x11);
    id[6] = 0x71;
    append_u64(id, number);
    id[8] = 0x81;
    return must(ChangeId::of(id));
}

std::vector<std::pair<WordField, std::string>> words_of(const Ask& ask) {
    std::vector<std::pair<WordField, std::string>> words;
    if (ask.flaw == Ask::Flaw::without_words) {
        return words;
    }
    switch (ask.is) {
        case Is::start:
        case Is::new_key: break;
        case Is::progress: words.emplace_back(WordField::TEXT, ask.text); break;
        case Is::propose:
        case Is::confirm: words.emplace_back(WordField::REASON, ask.text); break;
        case Is::evidence: words.emplace_back(WordField::TITLE, ask.text); break;
    }
    if (ask.is == Is::progress && !ask.reason.empty()) {
        words.emplace_back(WordField::REASON, ask.reason);
    }
    return words;
}

}  // namespace

Envelope Pen::envelope_of(const Ask& ask, const Seen& seen) const {
    auto envelope = founders_envelope(ledger_, seen, ask.subject, 0);
    envelope.id = id_of(ask.id);
    envelope.subject_version = ask.version;
    envelope.effective = Date{ask.day};
    envelope.author_key = town::signer_of(ask.person, ask.key).key();
    envelope.as_role = ask.role;
    if (!ask.for_other.empty()) {
        envelope.on_behalf_of = must(PersonId::parse(ask.for_other));
    }
    if (ask.answers) {
        envelope.answers = EventIndex{*ask.answers};
    }
    if (ask.flaw == Ask::Flaw::other_history) {
        envelope.seen.root.bytes[0] ^= 1;
    } else if (ask.flaw == Ask::Flaw::seen_ahead) {
        envelope.seen.size.value += 1'000;
    }
    return envelope;
}

Draft Pen::draft_of(const Ask& ask) const {
    Draft draft(kind_of(ask.is));
    std::vector<std::pair<std::string, std::string>> fields;
    switch (ask.is) {
        case Is::start: break;
        case Is::progress:
            if (ask.percent) {
                fields = {{"percent", std::to_string(*ask.percent)}};
            }
            break;
        case Is::propose:
        case Is::confirm:
            fields = {{"axis", ask.is_impact ? "impact" : "delivery"},
                      {"scale", "1"},
                      {"from", ask.from},
                      {"to", ask.to}};
            break;
        case Is::evidence:
            fields = {{"type", "report"},
                      {"version", "1"},
                      {"dateOfDocument", to_string(Date{ask.document_day})},
                      {"sourceOrganisation", "nhs"},
                      {"personalData", "none"}};
            break;
        case Is::new_key: {
            const auto& next = town::signer_of(ask.subject.substr(1), ask.new_key);
            const auto person = must(PersonId::parse(ask.subject.substr(1)));
            const auto proof = next.sign(key_proof_message(ledger_, person, next.key()));
            fields = {{"key", next.key().hex()}, {"proof", to_hex(proof.view())}};
            break;
        }
    }
    if (!ask.meeting.empty()) {
        fields.emplace_back("meeting", ask.meeting);
    }
    for (const auto& [name, typed] : fields) {
        must(draft.set(name, typed));
    }
    return draft;
}

Submission Pen::write(const Ask& ask, const Seen& seen) const {
    SeededRandom salts(ask.salt);
    auto draft = draft_of(ask);
    auto made = signed_submission(draft, envelope_of(ask, seen),
                                  town::signer_of(ask.person, ask.key), words_of(ask), salts);
    if (ask.flaw == Ask::Flaw::forged) {
        made.signed_change.signature.bytes[5] ^= 4;
    } else if (ask.flaw == Ask::Flaw::other_words) {
        made.words.at(0).text += ", or so";
    }
    return made;
}

}  // namespace wsoa::test
