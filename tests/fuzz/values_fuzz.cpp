// Names, days, instants, numbers and byte spellings: what is accepted has this one spelling.

#include "ledger/base/limits.h"
#include "ledger/base/names.h"
#include "ledger/base/text.h"
#include "ledger/base/time.h"
#include "ledger/tree/lines.h"
#include "tests/fuzz/target.h"

#include <string>

using namespace wsoa;

namespace {

void read_names(std::string_view text) {
    CHECK(test::is_its_own_spelling(PlanRef::parse(text), text));
    CHECK(test::is_its_own_spelling(PersonId::parse(text), text));
    CHECK(test::is_its_own_spelling(Origin::parse(text), text));
    CHECK(test::is_its_own_spelling(ChangeId::parse(text), text));
    const auto subject = SubjectRef::parse(text);
    CHECK(test::is_its_own_spelling(subject, text));
    if (subject.ok()) {
        const bool has_plan = subject.value().plan().has_value();
        const bool has_person = subject.value().person().has_value();
        CHECK(int{has_plan} + int{has_person} + int{subject.value().is_ledger()} == 1);
        CHECK(text.size() <= limits::reference_bytes_max);
        CHECK(check_text(text, limits::reference_bytes_max).ok());
    }
    CHECK(!check_rating_code(text).ok() || text.size() <= 3);
}

template <typename T>
void expect_spelling(const Result<T>& read, std::string_view text) {
    CHECK(!read.ok() || to_string(read.value()) == text);
}

void read_times(std::string_view text) {
    expect_spelling(parse_date(text), text);
    expect_spelling(parse_month(text), text);
    const auto instant = parse_instant(text);
    if (instant.ok()) {
        // Zeros at the end of the fraction are a second spelling, and only they.
        const auto again = to_string(instant.value());
        CHECK(parse_instant(again).value() == instant.value());
        CHECK(again.substr(0, 19) == text.substr(0, 19));
    }
    const auto zone = Zone::find(text);
    if (zone.ok()) {
        CHECK(zone.value().name() == text);
        CHECK(zone.value().day_of(zone.value().end_of(Date{19'000})) == Date{19'001});
    }
}

void read_spellings(std::string_view text) {
    const auto number = parse_decimal(text);
    CHECK(!number.ok() || std::to_string(number.value()) == text);
    const auto hex = from_hex(text);
    CHECK(!hex.ok() || to_hex(hex.value()) == text);
    CHECK(hash_from_hex(text).ok() == (hex.ok() && hex.value().size() == 32));
    const auto base64 = from_base64(text);
    CHECK(!base64.ok() || to_base64(base64.value()) == text);
}

void read_text(std::string_view text) {
    const auto normal = normalize_text(text, limits::text_bytes_max);
    const bool is_text = check_text(text, limits::text_bytes_max).ok();
    if (normal.ok()) {
        CHECK(check_text(normal.value(), limits::text_bytes_max).ok());
        CHECK(normalize_text(normal.value(), limits::text_bytes_max).value() == normal.value());
    }
    CHECK(!is_text || is_utf8(text));
    const auto excerpt = excerpt_of(text);
    CHECK(excerpt.empty() || is_utf8(excerpt));
    if (is_text) {
        CHECK(width_of(text) <= 2 * text.size());
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = text_of(ByteView(data, size));
    read_names(text);
    read_times(text);
    read_spellings(text);
    read_text(text);
    return 0;
}
