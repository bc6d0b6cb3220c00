// Words as they come to the keeper, and sealed words as they are stored: what is accepted is what
// its own encoder writes.

#include "ledger/evidence/sealed_words.h"
#include "tests/fuzz/target.h"

using namespace wsoa;

namespace {

void read_a_word(ByteView input) {
    test::Cutter cutter(input);
    const auto field = static_cast<schema::WordField>(cutter.number(2));
    const auto bytes = cutter.rest();
    const auto word = word_from_bytes(field, bytes);
    if (word.ok()) {
        CHECK(word.value().field == field);
        CHECK(equal(word_bytes(word.value()), bytes));
        CHECK(check_words({word.value()}).ok());
        const Hash ledger;
        const WordCommitment commitment{.field = field,
                                        .commitment = commit_to(ledger, word.value())};
        CHECK(match_words(ledger, {word.value()}, {commitment}).ok());
    }
}

void read_a_record(ByteView input) {
    const auto words = decode_sealed_words(input);
    if (!words.ok()) {
        return;
    }
    CHECK(equal(encode_sealed_words(words.value()), input));
    std::vector<WordCommitment> commitments;
    for (const auto& word : words.value()) {
        commitments.push_back({.field = word.field, .commitment = {}});
    }
    // Nobody sealed them under this tree.
    const KeyTree tree(Secret(Bytes(32, 1)));
    const auto opened = open_words({.ledger = {}, .index = {}}, input, commitments, tree);
    CHECK(opened.ok());
    for (const auto& word : opened.value()) {
        CHECK(std::holds_alternative<Error>(word.outcome));
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    read_a_word(input);
    read_a_record(input);
    return 0;
}
