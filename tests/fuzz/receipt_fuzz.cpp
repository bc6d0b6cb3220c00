// A receipt as it is carried away: what is accepted is written the same way again, and proves no
// entry that its path and its signed root do not.

#include "ledger/base/sha256.h"
#include "ledger/inspection/receipt.h"
#include "tests/fuzz/target.h"
#include "tests/support/note_keys.h"

using namespace wsoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = text_of(ByteView(data, size));
    const auto receipt = Receipt::parse(text);
    CHECK(test::is_its_own_spelling(receipt, text));
    if (receipt.ok()) {
        const auto note = Note::parse(receipt.value().checkpoint_note).value();
        const auto checkpoint = Checkpoint::parse(note.text).value();
        static const auto signer = fixed_signer(7);
        const auto key = NoteKey::ed25519(checkpoint.origin, signer->key());
        // No tree of ours has these bytes as an entry.
        CHECK(!key.ok() ||
              !check_receipt(receipt.value(), ByteView(data, size), key.value(), checkpoint.origin)
                   .ok());
        const auto proof = InclusionProof{
            .index = receipt.value().index, .size = checkpoint.size, .path = receipt.value().path};
        const auto root = root_of(proof, hash_leaf({}));
        const auto sums = sums_of(proof, hash_leaf({}));
        CHECK(root.ok() == sums.ok());
        CHECK(!root.ok() || sums.value().empty() || sums.value().back().sum == root.value());
    }
    return 0;
}
