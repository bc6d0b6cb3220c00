#pragma once

#include "ledger/event/layout.h"
#include "ledger/event/message.h"

namespace wsoa {

// Whether the words are, without any doubt, a canonical message of that layout in which every field
// holds what it may: one for which Walk::whole finds nothing wrong and nothing unknown, and
// check_canonical nothing either.
//
// One pass over the words as the encoding specification has them ("Canonicalization"): objects
// stand in preorder, so that each pointer must lead to where the last object ended, and nothing is
// copied or asked of the library. For the ledger reads every event again for every answer. It says
// no where it is not sure; what is wrong, and whether a newer program may know better, only the
// walk can tell. Trusts no byte, and does not throw.
bool looks_right(const Layout& layout, const Words& words);

}  // namespace wsoa
