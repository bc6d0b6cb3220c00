#pragma once

#include "ledger/event/event.h"
#include "ledger/event/kinds.h"
#include "ledger/plan/plan.h"

#include <string_view>

// Valid changes with fixed ids, keys and salts: the same bytes in every run.
namespace wsoa::test {

// 32 bytes that are all the same, and so tell what they are for in a dump.
Hash hash_of_byte(std::uint8_t byte);

// About the action TH-1.2, by its owner, who saw 10 events.
Envelope sample_envelope();

// The envelope that suits a kind: its subject and plan, and event 0's for ledgerOpened.
Envelope sample_envelope(Kind kind);

// A draft in which every field of the kind is set, optional ones among them.
Draft sample_draft(Kind kind);

// The draft under its envelope: canonical bytes that Change::read accepts.
Bytes sample_change(Kind kind);
Change read_sample(Kind kind);

// Two words, in order, and the envelope's commitments to them.
std::vector<Word> sample_words();

// An entry that holds the sample under a signature that nobody made.
Bytes sample_event(Kind kind);

// The value of a Result that must be one; ends the test with its message otherwise.
template <typename T>
T must(Result<T> result) {
    if (!result.ok()) {
        check_failed(result.error().message.c_str(), __FILE__, __LINE__);
    }
    return std::move(result).value();
}
inline void must(Result<void> result) {
    if (!result.ok()) {
        check_failed(result.error().message.c_str(), __FILE__, __LINE__);
    }
}

}  // namespace wsoa::test
