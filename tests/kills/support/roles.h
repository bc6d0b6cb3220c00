#pragma once

#include <string>
#include <vector>

namespace wsoa::test {

// What this program does as one of the processes that a test of kills starts: it works until it is
// killed, and acknowledges each piece of work on its standard output.
//
//   direct ROOT NEXT       one commit after the other
//   groups ROOT NEXT       several at once
//   recorder ROOT NEXT...  a recorder, and a thread for each NEXT
//   keep ROOT              a keeper; says "serving" once it does
//   call ROOT NEXT...      a client of that keeper for each NEXT, until it has gone
//   read ROOT              looks at the ledger beside its writer each time it is told to
//
// NEXT is the number of the first piece of work; of several threads each takes every so many-th.
inline constexpr const char* role_option = "--role";
// Gives the exit code.
int play_role(const std::vector<std::string>& arguments);

}  // namespace wsoa::test
