#pragma once

#include "ledger/base/bytes.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace wsoa {

// Timestamps by an authority outside (RFC 3161), made and read by OpenSSL: its word that some bytes
// were there at a time.

inline constexpr std::size_t timestamp_reply_bytes_max = 65'536;
inline constexpr std::size_t authority_pem_bytes_max = 262'144;

// A request for a timestamp over bytes with this SHA-256 (RFC 3161, section 2.4.1): with the
// authority's certificate asked for, and without a nonce, so that the same bytes are the same
// request.
Bytes timestamp_request(const Hash& digest);

// What a reply says.
struct Timestamp {
    std::int64_t seconds = 0;  // since 1970, UTC
    std::string authority;     // the subject of the certificate that signed it
    std::string serial;        // in hex, as the authority numbers it
};

// The timestamp that a reply grants over just these bytes, its signature and certificate checked
// against the authority's root certificates (PEM) as of the time that it states: what was good then
// stays good once a certificate has run out. `invalid` for what is no reply or no certificate;
// `distrusted` if it grants nothing, is over other bytes, or does not hold.
Result<Timestamp> check_timestamp(ByteView reply, ByteView stamped, std::string_view roots_pem);

// The same without anybody's roots: that it is granted over just these bytes, and signed by the key
// of the certificate that it holds and names itself. Who that is nobody says.
Result<void> check_timestamp_alone(ByteView reply, ByteView stamped);

}  // namespace wsoa
