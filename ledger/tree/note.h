#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/names.h"
#include "ledger/keys/signature.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// Signed notes: a text, a blank line, and the lines of those who signed the text
// (c2sp.org/signed-note). A signature says which key it is by through name and id together; neither
// alone names a key.

// A verifier key, "name+id+base64": the public half of a key that signs notes.
//
// Only keys of type 0x01 (Ed25519 over the text) verify anything here; those of type 0x04 verify
// cosignatures (ledger/tree/cosignature.h). Every other type is kept, and counts as unknown.
class NoteKey {
public:
    // `invalid` unless it is written in the one right way: a name that a signature line can hold,
    // lower-case hexadecimal, base64 with padding. The id of a key of type 0x01, 0x04 or 0x06 must
    // be the one that name and key give; those of other types are made in other ways.
    static Result<NoteKey> parse(std::string_view vkey);
    // The Ed25519 key under this name. `invalid` if a signature line cannot hold the name.
    static Result<NoteKey> ed25519(std::string_view name, const KeyId& key);
    // The same key as one that cosigns checkpoints: type 0x04, with an id of its own.
    static Result<NoteKey> cosigner(std::string_view name, const KeyId& key);

    const std::string& name() const { return name_; }
    std::uint32_t id() const { return id_; }
    std::uint8_t type() const { return type_; }
    // Null for every type but 0x01.
    const std::optional<KeyId>& ed25519_key() const { return ed25519_; }
    // Null for every type but 0x04.
    std::optional<KeyId> cosigner_key() const;
    // What the key is beneath name, id and type: two of one spelling are one key.
    const Bytes& key_bytes() const { return key_; }
    std::string str() const;
    bool operator==(const NoteKey&) const = default;

private:
    NoteKey() = default;
    static Result<NoteKey> of_type(std::string_view name, std::uint8_t type, const KeyId& key);
    std::string name_;
    std::uint32_t id_ = 0;
    std::uint8_t type_ = 0;
    Bytes key_;
    std::optional<KeyId> ed25519_;
};

// One signature line. The bytes are what stands after the id: what they mean is the type's affair.
struct NoteSignature {
    std::string name;
    std::uint32_t key_id = 0;
    Bytes bytes;

    // Whether it says that it is by this key; what it is worth is not asked.
    bool is_by(const NoteKey& key) const { return name == key.name() && key_id == key.id(); }
    // The line, with its line feed.
    std::string str() const;
    bool operator==(const NoteSignature&) const = default;
};

// Signature lines without a note, as a witness answers with them: one or more, within
// note_signatures_max. `invalid` for anything else.
Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view text);

// A note as it was written; nothing of it is verified.
struct Note {
    std::string text;  // with its last line feed, which is signed
    std::vector<NoteSignature> signatures;

    // `invalid` unless it is a note to the letter, within note_bytes_max, note_signatures_max and
    // note_signature_bytes_max. The text runs to the last blank line.
    static Result<Note> parse(std::string_view note);
    // The note's bytes: the very ones that it was parsed from.
    std::string str() const;
    bool operator==(const Note&) const = default;
};

// The keys that signed the note, each once, in the order of their lines. Lines of unknown keys are
// passed over, though their name or their id be a known one. `distrusted` if a known key's line
// does not verify, be it beside another that does, or if there is none that verifies. `invalid` if
// two different keys go by one name and id.
Result<std::vector<NoteKey>> check_note(const Note& note, std::span<const NoteKey> keys);

// `invalid` if two different keys go by one name and id.
Result<void> check_distinct(std::span<const NoteKey> keys);

// The text with the signature of one Ed25519 key under this name. `invalid` unless a note can hold
// both.
Result<Note> sign_note(std::string_view text, std::string_view name, const Signer& signer);

}  // namespace wsoa
