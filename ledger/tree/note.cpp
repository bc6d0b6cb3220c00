#include "ledger/tree/note.h"

#include "ledger/base/limits.h"
#include "ledger/base/sha256.h"
#include "ledger/base/text.h"
#include "ledger/tree/lines.h"

#include <algorithm>

namespace wsoa {
namespace {

// signed-note, "Signature types"; 0x04 and 0x06 from tlog-cosignature.
constexpr std::uint8_t type_ed25519 = 0x01;
constexpr std::uint8_t type_cosignature_ed25519 = 0x04;
constexpr std::uint8_t type_cosignature_mldsa = 0x06;

constexpr std::size_t key_id_bytes = 4;
constexpr std::string_view signature_mark = "\u2014 ";

// White_Space of Unicode, but for the control characters below U+0020, which no name may hold.
constexpr std::array<std::string_view, 20> spaces{" ",      "\u0085", "\u00a0", "\u1680", "\u2000",
                                                  "\u2001", "\u2002", "\u2003", "\u2004", "\u2005",
                                                  "\u2006", "\u2007", "\u2008", "\u2009", "\u200a",
                                                  "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};

bool holds_control(std::string_view text) {
    return std::ranges::any_of(text, [](char character) {
        return static_cast<std::uint8_t>(character) < 0x20 && character != '\n';
    });
}

bool holds_space(std::string_view text) {
    return std::ranges::any_of(
        spaces, [&](std::string_view space) { return text.find(space) != std::string_view::npos; });
}

// Names stand in lines of their own as well as within notes, so a line feed is out here too.
Result<void> check_name(std::string_view name) {
    const bool fits = !name.empty() && is_utf8(name) && !holds_control(name) &&
                      name.find('\n') == std::string_view::npos && !holds_space(name) &&
                      name.find('+') == std::string_view::npos;
    if (!fits) {
        return Error{Fault::invalid,
                     "the name of a note's key is text without spaces, line breaks or plus"};
    }
    return done();
}

Result<void> check_bytes(std::string_view note) {
    if (note.size() > limits::note_bytes_max) {
        return error(Fault::invalid, "the note has {} bytes; at most {} are taken", note.size(),
                     limits::note_bytes_max);
    }
    if (!is_utf8(note)) {
        return Error{Fault::invalid, "the note is not valid UTF-8"};
    }
    if (holds_control(note)) {
        return Error{Fault::invalid, "the note holds a control character other than a line feed"};
    }
    return done();
}

std::uint32_t number_of(ByteView four_bytes) {
    std::uint32_t number = 0;
    for (const auto byte : four_bytes) {
        number = number << 8 | byte;
    }
    return number;
}

// SHA-256(name || 0x0a || type || key), the first four bytes.
std::uint32_t id_of(std::string_view name, std::uint8_t type, ByteView key) {
    Bytes named;
    append(named, name);
    named.push_back('\n');
    named.push_back(type);
    append(named, key);
    return number_of(sha256(named).view().first(key_id_bytes));
}

// Whether the type's keys are named by id_of.
bool is_named_so(std::uint8_t type) {
    return type == type_ed25519 || type == type_cosignature_ed25519 ||
           type == type_cosignature_mldsa;
}

Result<std::uint32_t> parse_id(std::string_view hex) {
    const auto bytes = TRY(from_hex(hex));
    if (bytes.size() != key_id_bytes) {
        return Error{Fault::invalid, "the id of a note's key has 8 hexadecimal digits"};
    }
    return number_of(bytes);
}

// — name base64(id || signature)
Result<NoteSignature> parse_signature(std::string_view line) {
    const auto space = line.find(' ');
    if (space == std::string_view::npos) {
        return Error{Fault::invalid, "a signature line of the note holds no signature"};
    }
    TRY(check_name(line.substr(0, space)));
    const auto bytes = TRY(from_base64(line.substr(space + 1)));
    if (bytes.size() <= key_id_bytes ||
        bytes.size() - key_id_bytes > limits::note_signature_bytes_max) {
        return error(Fault::invalid, "a signature of the note has {} bytes", bytes.size());
    }
    const ByteView view(bytes);
    return NoteSignature{std::string(line.substr(0, space)), number_of(view.first(key_id_bytes)),
                         copy_of(view.subspan(key_id_bytes))};
}

Result<std::vector<NoteSignature>> parse_lines(LineReader lines) {
    if (lines.at_end()) {
        return Error{Fault::invalid, "the note has no signature"};
    }
    std::vector<NoteSignature> signatures;
    while (!lines.at_end()) {
        if (signatures.size() == limits::note_signatures_max) {
            return error(Fault::invalid, "the note has more than {} signatures",
                         limits::note_signatures_max);
        }
        const auto line = TRY(lines.line_after(signature_mark));
        auto signature = TRY(parse_signature(line));
        signatures.push_back(std::move(signature));
    }
    return signatures;
}

}  // namespace

Result<NoteKey> NoteKey::parse(std::string_view vkey) {
    if (vkey.size() > limits::note_key_bytes_max) {
        return Error{Fault::invalid, "the verifier key is too long"};
    }
    // The base64 may hold a plus of its own: only the first two divide.
    const auto first = vkey.find('+');
    const auto second = first == std::string_view::npos ? first : vkey.find('+', first + 1);
    if (second == std::string_view::npos) {
        return Error{Fault::invalid, "a verifier key is a name, an id and a key with plus between"};
    }
    NoteKey parsed;
    parsed.name_ = vkey.substr(0, first);
    TRY(check_name(parsed.name_));
    parsed.id_ = TRY(parse_id(vkey.substr(first + 1, second - first - 1)));
    const auto typed_key = TRY(from_base64(vkey.substr(second + 1)));
    if (typed_key.size() < 2) {
        return Error{Fault::invalid, "the verifier key holds no key"};
    }
    parsed.type_ = typed_key.front();
    parsed.key_ = Bytes(typed_key.begin() + 1, typed_key.end());
    if (parsed.type_ == type_ed25519) {
        parsed.ed25519_ = TRY(KeyId::of(parsed.key_));
    }
    if (parsed.type_ == type_cosignature_ed25519) {
        TRY(KeyId::of(parsed.key_));
    }
    if (is_named_so(parsed.type_) && parsed.id_ != id_of(parsed.name_, parsed.type_, parsed.key_)) {
        return Error{Fault::invalid, "the verifier key's id is not that of its name and key"};
    }
    return parsed;
}

Result<NoteKey> NoteKey::of_type(std::string_view name, std::uint8_t type, const KeyId& key) {
    TRY(check_name(name));
    NoteKey made;
    made.name_ = name;
    made.id_ = id_of(name, type, key.view());
    made.type_ = type;
    made.key_ = copy_of(key.view());
    return made;
}

Result<NoteKey> NoteKey::ed25519(std::string_view name, const KeyId& key) {
    auto made = TRY(of_type(name, type_ed25519, key));
    made.ed25519_ = key;
    return made;
}

Result<NoteKey> NoteKey::cosigner(std::string_view name, const KeyId& key) {
    return of_type(name, type_cosignature_ed25519, key);
}

std::optional<KeyId> NoteKey::cosigner_key() const {
    if (type_ != type_cosignature_ed25519) {
        return std::nullopt;
    }
    // Whoever made it has seen to it that it has 32 bytes.
    return KeyId::of(key_).value();
}

std::string NoteKey::str() const {
    Bytes typed_key{type_};
    append(typed_key, ByteView(key_));
    return fmt::format("{}+{:08x}+{}", name_, id_, to_base64(typed_key));
}

Result<Note> Note::parse(std::string_view note) {
    TRY(check_bytes(note));
    const auto blank = note.rfind("\n\n");
    if (blank == std::string_view::npos) {
        return Error{Fault::invalid, "the note has no blank line before its signatures"};
    }
    Note parsed;
    parsed.text = note.substr(0, blank + 1);
    parsed.signatures = TRY(parse_lines(LineReader(note.substr(blank + 2))));
    return parsed;
}

Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view text) {
    TRY(check_bytes(text));
    return parse_lines(LineReader(text));
}

std::string NoteSignature::str() const {
    Bytes id_and_bytes;
    append_u32(id_and_bytes, key_id);
    append(id_and_bytes, ByteView(bytes));
    return fmt::format("{}{} {}\n", signature_mark, name, to_base64(id_and_bytes));
}

std::string Note::str() const {
    std::string note = text + "\n";
    for (const auto& signature : signatures) {
        note += signature.str();
    }
    return note;
}

Result<void> check_distinct(std::span<const NoteKey> keys) {
    for (const auto& one : keys) {
        for (const auto& other : keys) {
            if (one.name() == other.name() && one.id() == other.id() && one != other) {
                return error(Fault::invalid, "two different keys go by {}+{:08x}", one.name(),
                             one.id());
            }
        }
    }
    return done();
}

Result<std::vector<NoteKey>> check_note(const Note& note, std::span<const NoteKey> keys) {
    TRY(check_distinct(keys));
    std::vector<NoteKey> signers;
    for (const auto& signature : note.signatures) {
        const auto known = std::ranges::find_if(keys, [&](const NoteKey& key) {
            return key.ed25519_key().has_value() && signature.is_by(key);
        });
        if (known == keys.end()) {
            continue;
        }
        const auto bytes = Signature::of(signature.bytes);
        if (!bytes.ok() || !verify(*known->ed25519_key(), bytes_of(note.text), bytes.value())) {
            return error(Fault::distrusted, "the note's signature by {}+{:08x} does not hold",
                         known->name(), known->id());
        }
        if (std::ranges::find(signers, *known) == signers.end()) {
            signers.push_back(*known);
        }
    }
    if (signers.empty()) {
        return Error{Fault::distrusted, "no known key has signed the note"};
    }
    return signers;
}

Result<Note> sign_note(std::string_view text, std::string_view name, const Signer& signer) {
    if (!text.ends_with('\n')) {
        return Error{Fault::invalid, "the text of a note ends in a line feed"};
    }
    const auto key = TRY(NoteKey::ed25519(name, signer.key()));
    TRY(check_bytes(text));
    const auto signature = signer.sign(bytes_of(text));
    Note note;
    note.text = text;
    note.signatures.push_back(NoteSignature{key.name(), key.id(), copy_of(signature.view())});
    TRY(check_bytes(note.str()));
    return note;
}

}  // namespace wsoa
