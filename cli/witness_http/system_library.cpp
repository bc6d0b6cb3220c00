#include "cli/witness_http/system_library.h"

#include <dlfcn.h>

namespace wsoa {
namespace {

Error lacking(std::string_view what) {
    return error(Fault::unavailable, "{}", what)
        .advise("install the libraries that wsoa is built with: libcurl4 and libmicrohttpd12");
}

}  // namespace

Result<SystemLibrary> SystemLibrary::load(const std::string& soname) {
    auto* const handle = ::dlopen(soname.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
        const char* const why = ::dlerror();
        return lacking(fmt::format("{} cannot be loaded: {}", soname,
                                   why == nullptr ? "the system does not say why" : why));
    }
    return SystemLibrary(soname, handle);
}

Result<void*> SystemLibrary::address_of(const char* name) const {
    auto* const address = ::dlsym(handle_, name);
    if (address == nullptr) {
        return lacking(fmt::format("{} has no {}", soname_, name));
    }
    return address;
}

}  // namespace wsoa
