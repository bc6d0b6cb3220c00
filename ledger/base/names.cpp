#include "ledger/base/names.h"

#include "ledger/base/limits.h"
#include "ledger/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace wsoa {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_plan(std::string_view text) {
    return !text.empty() && text.size() <= 12 && is_upper(text.front()) &&
           std::ranges::all_of(text, [](char c) { return is_upper(c) || is_digit(c); });
}

bool is_part(std::string_view text) {
    return !text.empty() &&
           std::ranges::all_of(
               text,
               [](char c) { return is_upper(c) || is_lower(c) || is_digit(c) || c == '.'; }) &&
           text.front() != '.' && text.back() != '.';
}

// Words that stand in the names of posts. A handle with none of them is questioned, not refused: a
// council may well have a post that is not thought of here.
constexpr std::array role_words{
    "adviser",  "advisor",   "analyst",   "assistant",    "auditor",        "board",      "chair",
    "chief",    "clerk",     "clinical",  "commissioner", "coordinator",    "councillor", "data",
    "deputy",   "director",  "dpo",       "executive",    "forum",          "founder",    "head",
    "importer", "inspector", "lead",      "manager",      "member",         "office",     "officer",
    "owner",    "partner",   "programme", "records",      "representative", "secretary",  "senco",
    "sro",      "team",      "worker"};

}  // namespace

Result<PlanRef> PlanRef::parse(std::string_view text) {
    if (!is_plan(text)) {
        return error(Fault::invalid, "\"{}\" is not a plan's reference", excerpt_of(text))
            .advise("use up to 12 capital letters and digits, a letter first, such as TH");
    }
    return PlanRef{std::string(text)};
}

Result<PersonId> PersonId::parse(std::string_view text) {
    const bool characters_fit =
        std::ranges::all_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
    if (text.empty() || text.size() > 48 || !characters_fit || !is_lower(text.front()) ||
        text.back() == '-' || text.find("--") != std::string_view::npos) {
        return error(Fault::invalid, "\"{}\" is not a person's id", excerpt_of(text))
            .advise(
                "use lower-case letters, digits and hyphens that name the post, such as "
                "head-of-send");
    }
    return PersonId{std::string(text)};
}

bool PersonId::looks_like_a_name() const {
    std::string_view rest = text_;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('-'), rest.size());
        const auto word = rest.substr(0, end);
        if (std::ranges::find(role_words, word) != role_words.end()) {
            return false;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return true;
}

Result<SubjectRef> SubjectRef::parse(std::string_view text) {
    if (text.size() <= limits::reference_bytes_max) {
        if (text == "ledger") {
            return SubjectRef{std::string(text)};
        }
        if (text.starts_with('@')) {
            const auto person = TRY(PersonId::parse(text.substr(1)));
            return of(person);
        }
        auto rest = text;
        auto end = std::min(rest.find('-'), rest.size());
        bool fits = is_plan(rest.substr(0, end));
        while (fits && end < rest.size()) {
            rest.remove_prefix(end + 1);
            end = std::min(rest.find('-'), rest.size());
            fits = is_part(rest.substr(0, end));
        }
        if (fits) {
            return SubjectRef{std::string(text)};
        }
    }
    return error(Fault::invalid, "\"{}\" is not a reference", excerpt_of(text))
        .advise(
            "use a plan such as TH, a part of one such as TH-1.2, a person such as @head-of-send, "
            "or ledger");
}

SubjectRef SubjectRef::ledger() { return SubjectRef{"ledger"}; }
SubjectRef SubjectRef::of(const PlanRef& plan) { return SubjectRef{plan.str()}; }
SubjectRef SubjectRef::of(const PersonId& person) { return SubjectRef{"@" + person.str()}; }

bool SubjectRef::is_ledger() const { return text_ == "ledger"; }

std::optional<PlanRef> SubjectRef::plan() const {
    auto plan = PlanRef::parse(text_.substr(0, text_.find('-')));
    return plan.ok() ? std::optional(std::move(plan).value()) : std::nullopt;
}

std::optional<PersonId> SubjectRef::person() const {
    if (!text_.starts_with('@')) {
        return std::nullopt;
    }
    auto person = PersonId::parse(std::string_view(text_).substr(1));
    CHECK(person.ok());
    return std::move(person).value();
}

Result<Origin> Origin::parse(std::string_view text) {
    const bool visible =
        std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f && c != '+'; });
    if (text.empty() || text.size() > limits::origin_bytes_max || !visible ||
        text.find("://") != std::string_view::npos) {
        return error(Fault::invalid, "\"{}\" is not a ledger's name", excerpt_of(text))
            .advise(
                "use a URL without its scheme, without spaces or plus, such as "
                "ledger.example.gov.uk/send");
    }
    return Origin{std::string(text)};
}

bool Origin::is_rehearsal() const { return text_.ends_with("/rehearsal"); }

Result<KeyId> KeyId::of(ByteView bytes) {
    if (bytes.size() != 32) {
        return error(Fault::invalid, "a public key has 32 bytes, not {}", bytes.size());
    }
    const auto hash = TRY(Hash::of(bytes));
    return KeyId{hash};
}

Result<ChangeId> ChangeId::of(ByteView bytes) {
    ChangeId id;
    if (bytes.size() != id.bytes.size() || (bytes[6] >> 4) != 7 || (bytes[8] >> 6) != 2) {
        return Error{Fault::invalid, "a change's id is not a UUID of version 7"};
    }
    std::ranges::copy(bytes, id.bytes.begin());
    return id;
}

Result<ChangeId> ChangeId::parse(std::string_view text) {
    std::string digits;
    if (text.size() == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' &&
        text[23] == '-') {
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (i != 8 && i != 13 && i != 18 && i != 23) {
                digits.push_back(text[i]);
            }
        }
    }
    const auto bytes = from_hex(digits);
    if (!bytes.ok()) {
        return Error{Fault::invalid,
                     "a change's id is written like 0190163d-8694-739b-aea5-966c26f8ad91"};
    }
    return of(bytes.value());
}

std::string ChangeId::str() const {
    const auto hex = to_hex(bytes);
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" +
           hex.substr(16, 4) + "-" + hex.substr(20);
}

Result<void> check_rating_code(std::string_view text) {
    if (text.empty() || text.size() > 3 || !std::ranges::all_of(text, is_upper)) {
        return error(Fault::invalid, "\"{}\" is not a rating's code", excerpt_of(text))
            .advise("use the code of the rating scale: one to three capital letters, such as G");
    }
    return done();
}

Result<void> check_version_label(std::string_view text) {
    constexpr std::size_t label_bytes_max = 12;
    const auto is_plain = [](char c) {
        return is_upper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    };
    const bool fits =
        !text.empty() && text.size() <= label_bytes_max && is_plain(text.front()) &&
        std::ranges::all_of(text, [&](char c) { return is_plain(c) || c == '.' || c == '-'; });
    if (!fits) {
        return error(Fault::invalid, "\"{}\" is not a version's label", excerpt_of(text))
            .advise("use up to twelve letters, digits, points and hyphens, such as v1.0");
    }
    return done();
}

}  // namespace wsoa
