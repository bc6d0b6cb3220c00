#pragma once

#include "ledger/base/result.h"

#include <string>

namespace wsoa {

// A library of the system's that is loaded when it is first needed, and stays. The two that speak
// HTTP bring 26 others with them, which took every command 4 ms at its start
// (docs/decisions/0029).
class SystemLibrary {
public:
    // By its soname. `unavailable` where the system has none.
    static Result<SystemLibrary> load(const std::string& soname);

    // Points at a function of the library's, of the type that its header gives it. `unavailable`
    // where the library is one without it.
    template <typename Function>
    Result<void> find(Function*& function, const char* name) const {
        function = reinterpret_cast<Function*>(TRY(address_of(name)));
        return done();
    }

private:
    SystemLibrary(std::string soname, void* handle) : soname_(std::move(soname)), handle_(handle) {}
    Result<void*> address_of(const char* name) const;

    std::string soname_;
    void* handle_;
};

}  // namespace wsoa
