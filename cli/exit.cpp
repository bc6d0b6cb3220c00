#include "cli/exit.h"

#include "ledger/base/check.h"

#include <array>

namespace wsoa {
namespace {

constexpr std::array<ExitMeaning, 8> meanings{{
    {Exit::done, "done", "The command did what it was asked."},
    {Exit::could_not, "could not",
     "Something was not there, was damaged, or the machine failed: the message says which."},
    {Exit::usage, "usage", "The command or a value was not as it should be: correct it."},
    {Exit::findings, "findings",
     "A check found a breach: a signature, proof or rule does not hold."},
    {Exit::refused, "refused",
     "A rule forbids the change: the message names the rule and what would satisfy it."},
    {Exit::conflict, "conflict",
     "Someone was there first: look at what is newer, then decide whether to go on."},
    {Exit::busy, "busy", "Another process holds the ledger: the same command may work later."},
    {Exit::interrupted, "interrupted", "The command was interrupted from the keyboard."},
}};

}  // namespace

std::span<const ExitMeaning> exit_meanings() { return meanings; }

Exit exit_of(Fault fault) {
    switch (fault) {
        case Fault::invalid: return Exit::usage;
        case Fault::refused: return Exit::refused;
        case Fault::missing:
        case Fault::corrupt:
        case Fault::unavailable: return Exit::could_not;
        case Fault::conflict: return Exit::conflict;
        case Fault::distrusted: return Exit::findings;
        case Fault::busy: return Exit::busy;
    }
    CHECK(false);
}

}  // namespace wsoa
