#define CRYPTOKI_GNU  // the header's names without capitals
#include "ledger/store/token_module.h"

#include "ledger/base/text.h"
#include "ledger/store/files.h"

#include <dlfcn.h>
#include <fmt/ranges.h>
#include <p11-kit/pkcs11.h>

#include <algorithm>

namespace wsoa {
namespace {

constexpr unsigned long slots_max = 1'024;  // of one module, more than anyone plugs in

Result<void> check(std::string_view doing, ck_rv_t answer) {
    return answer == CKR_OK ? done() : Result<void>(token_error(doing, answer));
}

// PKCS#11 fills its fields with blanks.
template <std::size_t size>
std::string_view without_blanks(const unsigned char (&field)[size]) {
    const auto text = text_of({field, size});
    const auto last = text.find_last_not_of(std::string_view(" \0", 2));
    return last == std::string_view::npos ? std::string_view{} : text.substr(0, last + 1);
}

Error no_module(const std::filesystem::path& path, std::string_view why) {
    return error(Fault::invalid, "{} is no PKCS#11 module: {}", path.string(), why)
        .advise(
            "name the library that came with the token, such as /usr/lib/softhsm/libsofthsm2.so, "
            "with --token-module or WSOA_TOKEN_MODULE.");
}

std::string reason_of_loading() {
    const auto* const reason = ::dlerror();
    return reason == nullptr ? "it cannot be loaded" : excerpt_of(reason, 200);
}

Result<std::vector<ck_slot_id_t>> slots_of(const ck_function_list& functions) {
    constexpr std::string_view doing = "listing the tokens";
    // A token may be plugged in between the two calls.
    for (int tries = 0; tries < 3; ++tries) {
        unsigned long count = 0;
        TRY(check(doing, functions.C_GetSlotList(1, nullptr, &count)));
        std::vector<ck_slot_id_t> slots(std::min(count, slots_max) + 1);
        count = slots.size();
        const auto answer = functions.C_GetSlotList(1, slots.data(), &count);
        if (answer != CKR_BUFFER_TOO_SMALL) {
            TRY(check(doing, answer));
            slots.resize(std::min<std::size_t>(count, slots.size()));
            return slots;
        }
    }
    return token_error(doing, CKR_BUFFER_TOO_SMALL);
}

std::string listed(const std::vector<TokenModule::Plugged>& tokens) {
    std::vector<std::string> names;
    names.reserve(tokens.size());
    for (const auto& token : tokens) {
        names.push_back(token.name.str());
    }
    return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

void TokenModule::Close::operator()(void* library) const { ::dlclose(library); }

Result<std::unique_ptr<TokenModule>> TokenModule::load(const std::filesystem::path& path) {
    const auto is_file = TRY(is_there(path));
    if (!is_file) {
        return error(Fault::missing, "there is no PKCS#11 module {}", path.string())
            .advise(
                "name the library that came with the token, such as "
                "/usr/lib/softhsm/libsofthsm2.so, with --token-module or WSOA_TOKEN_MODULE.");
    }
    // From the root: a bare name would be looked for where others may have put one.
    const auto whole = std::filesystem::absolute(path);
    Library library(::dlopen(whole.c_str(), RTLD_NOW | RTLD_LOCAL));
    if (!library) {
        return no_module(path, reason_of_loading());
    }
    auto* const entry = ::dlsym(library.get(), "C_GetFunctionList");
    if (entry == nullptr) {
        return no_module(path, "it has no C_GetFunctionList");
    }
    ck_function_list* functions = nullptr;
    // POSIX, dlsym: a function's address comes as an object's.
    TRY(check("asking the module for its functions",
              reinterpret_cast<CK_C_GetFunctionList>(entry)(&functions)));
    if (functions == nullptr || functions->version.major < 2) {
        return no_module(path, "it gives no functions of version 2 or later");
    }
    auto module = TRY(start(*functions, path.string()));
    module->library_ = std::move(library);
    return module;
}

Result<std::unique_ptr<TokenModule>> TokenModule::start(ck_function_list& functions,
                                                        std::string name) {
    ck_c_initialize_args arguments{};
    arguments.flags = CKF_OS_LOCKING_OK;  // some modules have threads of their own
    TRY(check("starting the module", functions.C_Initialize(&arguments)));
    return std::unique_ptr<TokenModule>(new TokenModule(functions, std::move(name)));
}

// Nothing is left to be done where it fails: what was written is in the token.
TokenModule::~TokenModule() { functions_->C_Finalize(nullptr); }

Result<std::vector<TokenModule::Plugged>> TokenModule::tokens() const {
    const auto slots = TRY(slots_of(*functions_));
    std::vector<Plugged> tokens;
    for (const auto slot : slots) {
        ck_token_info info{};
        const auto answer = functions_->C_GetTokenInfo(slot, &info);
        if (answer == CKR_TOKEN_NOT_PRESENT || answer == CKR_TOKEN_NOT_RECOGNIZED) {
            continue;  // pulled out, or none that this module can speak with
        }
        TRY(check("looking at a token", answer));
        const auto name =
            TokenName::of(without_blanks(info.label), without_blanks(info.serial_number));
        if ((info.flags & CKF_TOKEN_INITIALIZED) != 0 && name.ok()) {
            tokens.push_back(
                {.slot = slot,
                 .name = name.value(),
                 .has_pin_pad = (info.flags & CKF_PROTECTED_AUTHENTICATION_PATH) != 0});
        }
    }
    return tokens;
}

Result<TokenModule::Plugged> TokenModule::find(const TokenName& wanted) const {
    const auto all = TRY(tokens());
    std::vector<Plugged> found;
    for (const auto& token : all) {
        if (token.name == wanted) {
            return token;
        }
        if (token.name.label == wanted.label) {
            found.push_back(token);
        }
    }
    if (found.empty()) {
        return error(Fault::missing, "the module {} shows no token {}", name_, wanted.str())
            .advise(fmt::format(
                "plug it in, or name another with --vault-token or --token; there are: {}.",
                listed(all)));
    }
    if (found.size() > 1) {
        return error(Fault::conflict, "the module {} shows several tokens labelled \"{}\"", name_,
                     wanted.label)
            .advise(fmt::format("leave only the one plugged in that is meant; there are: {}.",
                                listed(found)));
    }
    return found.front();
}

}  // namespace wsoa
