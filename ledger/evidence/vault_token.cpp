#include "ledger/evidence/vault_token.h"

#include "ledger/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace wsoa {
namespace {

constexpr std::size_t ledger_bytes = 16;  // as many of it as tell every ledger from every other

Result<void> check_part(std::string_view part, std::string_view what, std::size_t bytes_max) {
    const bool is_padded = !part.empty() && part.back() == ' ';
    if (is_padded || !check_text(part, bytes_max).ok()) {
        return error(Fault::invalid, "\"{}\" is no {} of a token", excerpt_of(part), what)
            .advise("`softhsm2-util --show-slots` or the tool of your token's maker lists them");
    }
    return done();
}

}  // namespace

Result<TokenName> TokenName::of(std::string_view label, std::string_view serial) {
    TRY(check_part(label, "label", token_label_bytes_max));
    if (!serial.empty()) {
        TRY(check_part(serial, "serial", token_serial_bytes_max));
    }
    return TokenName{.label = std::string(label), .serial = std::string(serial)};
}

std::string TokenName::str() const {
    return serial.empty() ? fmt::format("\"{}\"", label)
                          : fmt::format("\"{}\" (serial {})", label, serial);
}

TokenKeyId TokenKeyId::of(const Hash& ledger, std::uint64_t generation,
                          const std::array<std::uint8_t, 8>& chance) {
    Bytes bytes = copy_of(ledger.view().first(ledger_bytes));
    append_u64(bytes, generation);
    append(bytes, chance);
    TokenKeyId id;
    CHECK(bytes.size() == id.bytes.size());
    std::ranges::copy(bytes, id.bytes.begin());
    return id;
}

bool TokenKeyId::is_of(const Hash& ledger) const {
    return equal(ByteView(bytes).first(ledger_bytes), ledger.view().first(ledger_bytes));
}

std::uint64_t TokenKeyId::generation() const {
    ByteReader reader(ByteView(bytes).subspan(ledger_bytes));
    return reader.u64().value();
}

}  // namespace wsoa
