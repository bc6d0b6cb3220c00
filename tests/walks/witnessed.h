#pragma once

#include "tests/walks/typed_ledger.h"

#include <string>

namespace wsoa {

// A rehearsal of two events, a policy that believes it and asks for no witness, and one that asks
// for the witness in the folder "inspectorate".
inline const std::string witnessed_setup =
    "export WSOA_STATE=$PWD/state WSOA_LEDGER=$PWD/ledger\n"
    "for who in one two; do wsoa keys new --unsealed post-$who.pem; done\n"
    "wsoa init --rehearsal --origin example.org/send/rehearsal \\\n"
    "    --founder post-one=post-one.pem --founder post-two=post-two.pem\n"
    "wsoa --key post-one.pem record roleGranted --subject @post-two --role actionOwner\n"
    "vkey=$(wsoa --json --quiet prove 0 | sed 's/.*\"verifierKey\":\"\\([^\"]*\\)\".*/\\1/')\n"
    "wsoa witness init inspectorate --unsealed --name witness.example.org/w1 --log $vkey\n"
    "printf 'log %s\\nquorum none\\n' $vkey > ledger.policy\n"
    "printf 'log %s\\nwitness w1 %s\\nquorum w1\\n' $vkey \\\n"
    "    $(sed -n 's/^key //p' inspectorate/witness.txt) > witnessed.policy\n";

}  // namespace wsoa
