#include "tests/support/changes.h"

#include "ledger/base/limits.h"
#include "ledger/plan/rulebook.h"

namespace wsoa::test {
namespace {

const Hash ledger = hash_of_byte(0x1e);

std::string_view subject_for(Kind kind) { return example_of(kind_rule(kind).about.front()); }

// A value for a field for which the schema gives no example: bytes, as hexadecimal.
std::string value_for(const Field& field) {
    if (!field.example.empty()) {
        return field.example;
    }
    const bool is_signature = field.type == FieldType::signature;
    const std::string digits = is_signature ? "5a" : "4b";
    std::string typed;
    for (int i = 0; i < (is_signature ? 64 : 32); ++i) {
        typed += digits;
    }
    return typed;
}

void add_founders(schema::LedgerOpened::Builder opened) {
    auto founders = opened.initFounders(2);
    founders[0].setPerson("programme-manager");
    founders[1].setPerson("director-of-education");
    std::uint8_t byte = 0xf0;
    for (auto founder : founders) {
        const auto key = hash_of_byte(byte++);
        founder.setKey({key.bytes.data(), key.bytes.size()});
        const Bytes proof(64, byte++);
        founder.setProof({proof.data(), proof.size()});
    }
    auto predecessor = opened.initPredecessor();
    predecessor.setOrigin("ledger.example.gov.uk/send-1");
    predecessor.setSize(812);
    const auto root = hash_of_byte(0x90);
    predecessor.setRoot({root.bytes.data(), root.bytes.size()});
}

}  // namespace

Hash hash_of_byte(std::uint8_t byte) {
    Hash hash;
    hash.bytes.fill(byte);
    return hash;
}

std::vector<Word> sample_words() {
    return {{schema::WordField::TEXT, hash_of_byte(0x02), "14 of 22 staff trained"},
            {schema::WordField::NEXT_STEPS, hash_of_byte(0x04), "Agency cover to start in April"}};
}

Envelope sample_envelope() { return sample_envelope(Kind::PROGRESS_RECORDED); }

Envelope sample_envelope(Kind kind) {
    const bool opens = kind == Kind::LEDGER_OPENED;
    Envelope envelope;
    envelope.ledger = opens ? Hash{} : ledger;
    envelope.seen = opens ? Seen{} : Seen{TreeSize{10}, hash_of_byte(0x5e)};
    envelope.id = must(ChangeId::parse("0190163d-8694-739b-aea5-966c26f8ad91"));
    envelope.subject = must(SubjectRef::parse(subject_for(kind)));
    envelope.plan = envelope.subject.plan();
    envelope.subject_version = opens ? 0 : 3;
    envelope.effective = must(parse_date("2022-03-31"));
    envelope.author_key = KeyId{hash_of_byte(0xa7)};
    envelope.as_role = opens ? schema::Role::FOUNDER : schema::Role::ACTION_OWNER;
    if (!opens) {
        envelope.on_behalf_of = must(PersonId::parse("case-work-lead"));
        envelope.answers = EventIndex{7};
    }
    envelope.classification = schema::Classification::PARTNERSHIP;
    for (const auto& word : sample_words()) {
        envelope.words.push_back({word.field, commit_to(envelope.ledger, word)});
    }
    return envelope;
}

Draft sample_draft(Kind kind) {
    Draft draft(kind);
    for (const auto& field : info_of(kind).fields) {
        if (field.type != FieldType::record || !field.example.empty()) {
            must(draft.set(field.name, value_for(field)));
        }
    }
    if (kind == Kind::LEDGER_OPENED) {
        add_founders(draft.builder().getLedgerOpened());
    }
    return draft;
}

Bytes sample_change(Kind kind) { return must(sample_draft(kind).finish(sample_envelope(kind))); }

Change read_sample(Kind kind) { return must(Change::read(sample_change(kind))); }

Bytes sample_event(Kind kind) {
    SignedChange change{sample_change(kind), {}};
    change.signature.bytes.fill(0x51);
    return must(event_bytes(must(parse_instant("2022-04-01T09:11:33.250Z")), change));
}

}  // namespace wsoa::test
