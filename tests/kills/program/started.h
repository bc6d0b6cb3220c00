#pragma once

#include "ledger/base/check.h"
#include "tests/kills/support/process.h"
#include "tests/walks/rehearsal.h"

#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace wsoa::test {

// A command of the real program on a rehearsal's ledger, as a process of its own. `desk` is where
// the tool remembers what it has seen: several commands at once share one.
inline std::unique_ptr<Process> start_command(const Rehearsal& rehearsal,
                                              std::vector<std::string> words,
                                              const std::string& desk) {
    const char* program = std::getenv("WSOA_PROGRAM");
    CHECK(program != nullptr);
    words.insert(words.begin(), program);
    return std::make_unique<Process>(words, std::vector<std::pair<std::string, std::string>>{
                                                {"WSOA_STATE", rehearsal.file(desk)},
                                                {"WSOA_LEDGER", rehearsal.ledger().string()}});
}

}  // namespace wsoa::test
