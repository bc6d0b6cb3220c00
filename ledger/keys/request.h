#pragma once

#include "ledger/keys/signature.h"

#include <optional>
#include <string>

namespace wsoa {

// What somebody hands to those who enrol: a public key, for whom it is, and the key's own signature
// over both, so that nobody can be enrolled with a key that they do not hold.
//
// As a file it is lines of "name value" under "wsoa-key-request/v1": origin (of a ledger that is
// yet to be made: a founder's request) or ledger (its id in hex), then person, key and proof in
// hex.
struct KeyRequest {
    std::optional<Origin> origin;  // just one of the two
    std::optional<Hash> ledger;
    PersonId person;
    KeyId key;
    Signature proof;

    // A request for a founder's key, and for everyone else's, signed by the key.
    static KeyRequest for_founder(const Origin& origin, const PersonId& person,
                                  const Signer& signer);
    static KeyRequest for_person(const Hash& ledger, const PersonId& person, const Signer& signer);

    // `invalid` unless it is just these lines. The proof is not judged.
    static Result<KeyRequest> parse(std::string_view text);
    std::string str() const;
    // `distrusted` unless the key may be enrolled and its proof holds.
    Result<void> check() const;
    bool operator==(const KeyRequest&) const = default;
};

}  // namespace wsoa
