#include "ledger/state/records.h"

namespace wsoa::record {
namespace {

constexpr std::size_t hash_bytes = 32;

}  // namespace

std::nullopt_t Source::fail(Error why) {
    rest_ = {};
    if (!failed_) {
        why.fault = Fault::corrupt;
        failed_ = std::move(why);
    }
    return std::nullopt;
}

std::nullopt_t Source::fail(std::string_view why) {
    return fail(Error{Fault::corrupt, std::string(why)});
}

std::nullopt_t Source::ends_early() { return fail("the bytes end too early"); }

Result<void> Source::finish() const {
    if (failed_) {
        return *failed_;
    }
    if (!rest_.empty()) {
        return error(Fault::corrupt, "{} bytes too many", rest_.size());
    }
    return done();
}

void put_text(Bytes& to, std::string_view text) {
    CHECK(text.size() <= limits::reference_bytes_max);
    append_u16(to, static_cast<std::uint16_t>(text.size()));
    append(to, text);
}

std::optional<std::string_view> get_text(Source& from) {
    const auto length = from.number<std::uint16_t>();
    if (!length) {
        return std::nullopt;
    }
    if (*length > limits::reference_bytes_max) {
        return from.fail("a record holds a name that is too long");
    }
    const auto bytes = from.take(*length);
    return bytes ? std::optional(text_of(*bytes)) : std::nullopt;
}

std::optional<std::string> Codec<std::string>::get(Source& from) {
    const auto text = get_text(from);
    if (!text) {
        return std::nullopt;
    }
    // Codes of ratings are such labels too.
    auto checked = check_version_label(*text);
    if (!checked.ok()) {
        return from.fail(std::move(checked).error());
    }
    return std::string(*text);
}

std::optional<bool> Codec<bool>::get(Source& from) {
    const auto byte = from.number<std::uint8_t>();
    if (byte && *byte > 1) {
        return from.fail("a record holds a flag that is neither 0 nor 1");
    }
    return byte ? std::optional(*byte == 1) : std::nullopt;
}

std::optional<Decimal> Codec<Decimal>::get(Source& from) {
    const auto mantissa = from.number<std::uint64_t>();
    const auto scale = from.number<std::uint16_t>();
    if (!mantissa || !scale) {
        return std::nullopt;
    }
    return from.valid(Decimal::of(static_cast<std::int64_t>(*mantissa), *scale));
}

std::optional<Hash> Codec<Hash>::get(Source& from) {
    const auto bytes = from.take(hash_bytes);
    return bytes ? from.valid(Hash::of(*bytes)) : std::nullopt;
}

std::optional<Month> Codec<Month>::get(Source& from) {
    const auto months = from.number<std::uint16_t>();
    return months ? from.valid(month_from_number(*months)) : std::nullopt;
}

std::optional<Instant> Codec<Instant>::get(Source& from) {
    const auto ms = from.number<std::uint64_t>();
    return ms ? from.valid(instant_from_ms(static_cast<std::int64_t>(*ms))) : std::nullopt;
}

}  // namespace wsoa::record
