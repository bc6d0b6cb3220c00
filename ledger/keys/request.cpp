#include "ledger/keys/request.h"

#include <fmt/format.h>

namespace wsoa {
namespace {

constexpr std::string_view first_line = "wsoa-key-request/v1\n";

Error not_a_request() {
    return Error{Fault::invalid, "this is not a key request",
                 "make one with `wsoa keys request`, and hand it on as it is"};
}

// The value of the line "name value" at the front of the text, which is shortened by the line.
Result<std::string_view> value_of(std::string_view& text, std::string_view name) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos || !text.starts_with(name) || end <= name.size() ||
        text[name.size()] != ' ') {
        return not_a_request();
    }
    const auto value = text.substr(name.size() + 1, end - name.size() - 1);
    text.remove_prefix(end + 1);
    return value;
}

}  // namespace

KeyRequest KeyRequest::for_founder(const Origin& origin, const PersonId& person,
                                   const Signer& signer) {
    return {.origin = origin,
            .ledger = {},
            .person = person,
            .key = signer.key(),
            .proof = signer.sign(founder_proof_message(origin, person, signer.key()))};
}

KeyRequest KeyRequest::for_person(const Hash& ledger, const PersonId& person,
                                  const Signer& signer) {
    return {.origin = {},
            .ledger = ledger,
            .person = person,
            .key = signer.key(),
            .proof = signer.sign(key_proof_message(ledger, person, signer.key()))};
}

Result<KeyRequest> KeyRequest::parse(std::string_view text) {
    if (!text.starts_with(first_line)) {
        return not_a_request();
    }
    text.remove_prefix(first_line.size());
    std::optional<Origin> origin;
    std::optional<Hash> ledger;
    if (text.starts_with("origin ")) {
        const auto value = TRY(value_of(text, "origin"));
        origin = TRY(Origin::parse(value));
    } else {
        const auto value = TRY(value_of(text, "ledger"));
        ledger = TRY(hash_from_hex(value));
    }
    const auto person_text = TRY(value_of(text, "person"));
    auto person = TRY(PersonId::parse(person_text));
    const auto key_text = TRY(value_of(text, "key"));
    const auto key_bytes = TRY(from_hex(key_text));
    const auto key = TRY(KeyId::of(key_bytes));
    const auto proof_text = TRY(value_of(text, "proof"));
    const auto proof_bytes = TRY(from_hex(proof_text));
    const auto proof = TRY(Signature::of(proof_bytes));
    if (!text.empty()) {
        return not_a_request();
    }
    return KeyRequest{.origin = std::move(origin),
                      .ledger = ledger,
                      .person = std::move(person),
                      .key = key,
                      .proof = proof};
}

std::string KeyRequest::str() const {
    return fmt::format(
        "{}{}\nperson {}\nkey {}\nproof {}\n", first_line,
        origin ? "origin " + origin->str() : "ledger " + to_hex(ledger.value_or(Hash{}).view()),
        person.str(), key.hex(), to_hex(proof.view()));
}

Result<void> KeyRequest::check() const {
    CHECK(origin.has_value() != ledger.has_value());
    TRY(check_public_key(key));
    const auto message = origin ? founder_proof_message(*origin, person, key)
                                : key_proof_message(*ledger, person, key);
    if (!verify(key, message, proof)) {
        return error(Fault::distrusted, "the request's key does not prove itself for {}",
                     person.str())
            .advise("ask for the request anew; nobody but its maker can mend it");
    }
    return done();
}

}  // namespace wsoa
