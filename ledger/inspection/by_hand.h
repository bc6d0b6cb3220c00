#pragma once

#include "ledger/inspection/pack.h"
#include "ledger/keys/keyring.h"
#include "ledger/tree/proof.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace wsoa {

// The texts that a pack's papers are made of, with the name of a value between two '@' wherever one
// stands. The page fills in the same texts by code of its own.
struct PaperTexts {
    std::string_view readme;
    std::string_view certificate;
    std::string_view all_leaves;  // in the readme's place for which entries there are
    std::string_view some_leaves;
    std::string_view no_tokens;  // in the readme's place for timestamps, where there are none
    std::string_view tokens;     // before each_token for each
    std::string_view each_token;
};
const PaperTexts& paper_texts();
// A text with its values put in. Each name in it must have one.
std::string filled_in(std::string_view text, const std::map<std::string, std::string>& values);

// The leaves and the complete subtrees that a pack's papers are made from. An entry that the pack
// leaves out is empty.
struct PackLeaves {
    std::function<Result<Bytes>(EventIndex)> entry;
    NodeReader node;
    // The event that steps_by_hand is about, where that is known already.
    std::optional<EventIndex> shown = {};
};

// What the steps in README.txt need of one event, so that whoever has `openssl` and a shell cuts it
// out of the pack's own files: where it lies, whose key signed it, and the path to the root. It is
// the plan's newest confirmed rating or, where there is none, the plan's newest event. The values
// are numbers, names of members, references and base64, so that a pack of a stranger can put
// nothing else into what people type. `invalid` if the entries have no event of the plan, or no key
// that signed it.
Result<std::map<std::string, std::string>> steps_by_hand(const PackAbout& about,
                                                         const Keyring& keyring,
                                                         const PackLeaves& leaves);

}  // namespace wsoa
