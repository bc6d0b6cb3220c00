// Signed notes, verifier keys and checkpoints: what is accepted is written the same way again.

#include "ledger/tree/checkpoint.h"
#include "tests/fuzz/target.h"
#include "tests/support/note_keys.h"

using namespace wsoa;

namespace {

void read_a_checkpoint(std::string_view text) {
    const auto checkpoint = Checkpoint::parse(text);
    if (!checkpoint.ok()) {
        return;
    }
    CHECK(checkpoint.value().text() == text);
    static const auto signer = fixed_signer(7);
    const auto made = sign_checkpoint(checkpoint.value(), *signer);
    if (made.ok()) {
        const auto key = note_key(checkpoint.value().origin, *signer);
        const auto opened = open_checkpoint(made.value().note, key, checkpoint.value().origin);
        CHECK(opened.ok());
        CHECK(opened.value() == made.value());
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = text_of(ByteView(data, size));
    CHECK(test::is_its_own_spelling(NoteKey::parse(text), text));
    read_a_checkpoint(text);

    const auto note = Note::parse(text);
    CHECK(test::is_its_own_spelling(note, text));
    if (note.ok()) {
        read_a_checkpoint(note.value().text);
        // The key of the golden notes, and one that nobody has signed with.
        static const auto ours = fixed_signer(7);
        static const auto other = fixed_signer(8);
        CHECK(!note.value().signatures.empty());
        const auto& name = note.value().signatures.front().name;
        const std::vector keys{note_key(name, *ours), note_key(name, *other)};
        const auto signers = check_note(note.value(), keys);
        CHECK(!signers.ok() ||
              (signers.value().size() == 1 && signers.value().front() == keys.front()));
    }
    return 0;
}
