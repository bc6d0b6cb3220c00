#pragma once

#include "ledger/base/bytes.h"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace wsoa {

// A plan's reference: a capital letter, then up to eleven capital letters or digits. "TH".
class PlanRef {
public:
    static Result<PlanRef> parse(std::string_view text);
    const std::string& str() const { return text_; }
    auto operator<=>(const PlanRef&) const = default;

private:
    explicit PlanRef(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

// An opaque id of a person, which names a role and not a human: lower-case letters, digits and
// single hyphens, beginning with a letter. "head-of-send".
class PersonId {
public:
    static Result<PersonId> parse(std::string_view text);
    const std::string& str() const { return text_; }
    // Whether none of its words is one that names a role: then it is probably somebody's name.
    bool looks_like_a_name() const;
    auto operator<=>(const PersonId&) const = default;

private:
    explicit PersonId(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

// What a change is about: a plan or a part of one ("TH", "TH-1.2", "TH-M4", "TH-E03v2",
// "TH-G-2022-03-10"), a person ("@head-of-send"), or the ledger itself ("ledger"). A part begins
// with its plan's reference and a hyphen.
class SubjectRef {
public:
    static Result<SubjectRef> parse(std::string_view text);
    static SubjectRef ledger();
    static SubjectRef of(const PlanRef& plan);
    static SubjectRef of(const PersonId& person);

    const std::string& str() const { return text_; }
    bool is_ledger() const;
    // Null for the ledger and for people.
    std::optional<PlanRef> plan() const;
    std::optional<PersonId> person() const;
    auto operator<=>(const SubjectRef&) const = default;

private:
    explicit SubjectRef(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

// The name of a ledger and of its checkpoints' origin: a URL without scheme, of visible ASCII
// characters without plus. A rehearsal's ends in "/rehearsal".
class Origin {
public:
    static Result<Origin> parse(std::string_view text);
    const std::string& str() const { return text_; }
    bool is_rehearsal() const;
    auto operator<=>(const Origin&) const = default;

private:
    explicit Origin(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

// A signing key, named by its 32 bytes of Ed25519 public key.
struct KeyId {
    Hash bytes;

    static Result<KeyId> of(ByteView bytes);
    ByteView view() const { return bytes.view(); }
    std::string hex() const { return to_hex(view()); }
    auto operator<=>(const KeyId&) const = default;
};

// The id that an author gives a change: a UUIDv7 (RFC 9562, section 5.7).
struct ChangeId {
    std::array<std::uint8_t, 16> bytes{};

    // `invalid` unless the version is 7 and the variant 10.
    static Result<ChangeId> of(ByteView bytes);
    // "0190163d-8694-739b-aea5-966c26f8ad91", in lower case.
    static Result<ChangeId> parse(std::string_view text);
    ByteView view() const { return bytes; }
    std::string str() const;
    auto operator<=>(const ChangeId&) const = default;
};

// A rating's code on its scale: one to three capital letters. "G", "NM".
Result<void> check_rating_code(std::string_view text);

// What a version of a plan is called: up to twelve letters, digits, points and hyphens, a letter or
// digit first. "v1.0".
Result<void> check_version_label(std::string_view text);

}  // namespace wsoa
