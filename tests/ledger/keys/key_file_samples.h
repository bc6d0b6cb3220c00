#pragma once

#include "ledger/keys/key_file.h"

#include <gtest/gtest.h>

#include <string>

namespace wsoa {

// What the tests of key files write and read: one key, one passphrase, fixed salts.

inline Bytes counted_from(std::uint8_t first) {
    Bytes bytes;
    for (std::uint8_t i = 0; i < 32; ++i) {
        bytes.push_back(static_cast<std::uint8_t>(first + i));
    }
    return bytes;
}

inline std::unique_ptr<MemorySigner> sample_signer() {
    return MemorySigner::from_seed(Secret(counted_from(0))).value();
}

inline std::optional<Secret> passphrase(std::string_view text) { return Secret(bytes_of(text)); }

inline constexpr std::string_view sample_passphrase = "four words on paper";

inline std::string clear_file() {
    return write_private_key(*sample_signer(), std::nullopt, {}).value();
}

// Written once: scrypt takes its time, which is what it is for.
inline const std::string& sealed_file() {
    static const std::string text =
        write_private_key(*sample_signer(), passphrase(sample_passphrase), counted_from(0xa0))
            .value();
    return text;
}

inline std::string public_file() { return write_public_key(sample_signer()->key()); }

// RFC 7468 as our own writer lays it out, around any bytes.
inline std::string pem_of(std::string_view name, ByteView der) {
    const auto base64 = to_base64(der);
    std::string text = "-----BEGIN " + std::string(name) + "-----\n";
    for (std::size_t i = 0; i < base64.size(); i += 64) {
        text += base64.substr(i, 64) + "\n";
    }
    return text + "-----END " + std::string(name) + "-----\n";
}

inline Bytes der_of(std::string_view pem) {
    std::string base64;
    for (auto rest = pem.substr(pem.find('\n') + 1); !rest.starts_with("-----");
         rest = rest.substr(rest.find('\n') + 1)) {
        base64 += rest.substr(0, rest.find('\n'));
    }
    return from_base64(base64).value();
}

// One DER element: tag, length, contents.
inline Bytes element(std::uint8_t tag, const std::vector<Bytes>& contents) {
    Bytes joined;
    for (const auto& content : contents) {
        append(joined, content);
    }
    Bytes all{tag};
    if (joined.size() >= 0x80) {
        all.push_back(0x81);
    }
    all.push_back(static_cast<std::uint8_t>(joined.size()));
    append(all, joined);
    return all;
}
inline Bytes sequence(const std::vector<Bytes>& contents) { return element(0x30, contents); }
inline Bytes integer(std::string_view hex) { return element(0x02, {from_hex(hex).value()}); }
inline Bytes octets(std::size_t count) { return element(0x04, {Bytes(count, 0x5a)}); }
inline Bytes object(std::string_view hex) { return element(0x06, {from_hex(hex).value()}); }

namespace oid {
inline constexpr std::string_view pbes1 = "2a864886f70d010503";
inline constexpr std::string_view pbes2 = "2a864886f70d01050d";
inline constexpr std::string_view pbkdf2 = "2a864886f70d01050c";
inline constexpr std::string_view scrypt = "2b06010401da47040b";
inline constexpr std::string_view hmac_sha256 = "2a864886f70d0209";
inline constexpr std::string_view aes_128_cbc = "608648016503040102";
inline constexpr std::string_view aes_256_cbc = "60864801650304012a";
}  // namespace oid

inline Bytes scrypt_of(std::string_view n, std::string_view r, std::string_view p) {
    return sequence(
        {object(oid::scrypt), sequence({octets(16), integer(n), integer(r), integer(p)})});
}

inline Bytes pbkdf2_of(std::string_view iterations) {
    const auto prf = sequence({object(oid::hmac_sha256), element(0x05, {})});
    return sequence({object(oid::pbkdf2), sequence({octets(16), integer(iterations), prf})});
}

// A sealed file that says it was sealed so; what it seals is nothing.
inline std::string sealed_by(const Bytes& derivation, std::string_view cipher) {
    const auto encryption = sequence({object(cipher), octets(16)});
    const auto algorithm = sequence({object(oid::pbes2), sequence({derivation, encryption})});
    return pem_of("ENCRYPTED PRIVATE KEY", sequence({algorithm, octets(64)}));
}

}  // namespace wsoa
