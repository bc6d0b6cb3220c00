#pragma once

#include "ledger/store/token_module.h"

#include <memory>
#include <string>

namespace wsoa::test {

// The functions of a PKCS#11 module as they are, but for one call that answers something else, or
// at which the process dies. There is one at a time: PKCS#11's functions carry nothing that could
// tell two apart.
class FaultyModule {
public:
    enum class When : std::uint8_t {
        before,  // the call is not made
        after,   // it is made, and what it answered is dropped
    };

    explicit FaultyModule(const std::string& path);
    ~FaultyModule();
    FaultyModule(const FaultyModule&) = delete;
    FaultyModule& operator=(const FaultyModule&) = delete;

    ck_function_list& functions() const;
    // The call of that number, from 0, of those that follow gives the answer.
    void fail_at(std::uint64_t at, When when, unsigned long answer);
    // The process is killed at that call.
    void kill_at(std::uint64_t at, When when);
    // The function that gave it; empty if none has.
    const std::string& hit() const;

private:
    struct State;
    static State*& current();
    template <auto member, typename Function>
    struct Hook;
    std::unique_ptr<State> state_;
};

}  // namespace wsoa::test
