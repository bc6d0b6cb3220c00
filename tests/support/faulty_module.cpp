#define CRYPTOKI_GNU  // the header's names without capitals
#include "tests/support/faulty_module.h"

#include <dlfcn.h>
#include <p11-kit/pkcs11.h>
#include <unistd.h>

#include <csignal>

#include <type_traits>
#include <utility>

namespace wsoa::test {

struct FaultyModule::State {
    void* library = nullptr;
    ck_function_list real{};
    ck_function_list hooked{};
    std::uint64_t at = UINT64_MAX;
    When when = When::before;
    ck_rv_t answer = CKR_OK;
    bool kills = false;
    std::uint64_t calls = 0;
    std::string hit;
};

FaultyModule::State*& FaultyModule::current() {
    static State* state = nullptr;
    return state;
}

template <auto member, typename... Args>
struct FaultyModule::Hook<member, ck_rv_t (*)(Args...)> {
    static ck_rv_t call(Args... args) {
        auto& state = *current();
        const bool is_hit = state.calls++ == state.at;
        if (!is_hit) {
            return (state.real.*member)(args...);
        }
        state.hit = name;
        if (state.when == When::after) {
            (state.real.*member)(args...);
        }
        if (state.kills) {
            ::kill(::getpid(), SIGKILL);
        }
        return state.answer;
    }
    static void put(State& state, std::string_view function) {
        name = function;
        state.hooked.*member = call;
    }
    static inline std::string_view name;
};

FaultyModule::FaultyModule(const std::string& path) : state_(std::make_unique<State>()) {
    CHECK(current() == nullptr);
    state_->library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    CHECK(state_->library != nullptr);
    auto* const entry = ::dlsym(state_->library, "C_GetFunctionList");
    CHECK(entry != nullptr);
    ck_function_list* functions = nullptr;
    CHECK(reinterpret_cast<CK_C_GetFunctionList>(entry)(&functions) == CKR_OK);
    state_->real = *functions;
    state_->hooked = *functions;
    auto& state = *state_;
#define WSOA_HOOK(function) \
    Hook<&ck_function_list::function, decltype(ck_function_list::function)>::put(state, #function)
    WSOA_HOOK(C_Initialize);
    WSOA_HOOK(C_GetSlotList);
    WSOA_HOOK(C_GetTokenInfo);
    WSOA_HOOK(C_OpenSession);
    WSOA_HOOK(C_Login);
    WSOA_HOOK(C_FindObjectsInit);
    WSOA_HOOK(C_FindObjects);
    WSOA_HOOK(C_FindObjectsFinal);
    WSOA_HOOK(C_GetAttributeValue);
    WSOA_HOOK(C_GenerateKey);
    WSOA_HOOK(C_EncryptInit);
    WSOA_HOOK(C_Encrypt);
    WSOA_HOOK(C_DecryptInit);
    WSOA_HOOK(C_Decrypt);
    WSOA_HOOK(C_DestroyObject);
#undef WSOA_HOOK
    current() = state_.get();
}

FaultyModule::~FaultyModule() {
    // One that did start, though it was told to have failed.
    state_->real.C_Finalize(nullptr);
    current() = nullptr;
    ::dlclose(state_->library);
}

ck_function_list& FaultyModule::functions() const { return state_->hooked; }

void FaultyModule::fail_at(std::uint64_t at, When when, unsigned long answer) {
    state_->at = at;
    state_->when = when;
    state_->answer = answer;
    state_->calls = 0;
    state_->hit.clear();
}

void FaultyModule::kill_at(std::uint64_t at, When when) {
    fail_at(at, when, CKR_OK);
    state_->kills = true;
}

const std::string& FaultyModule::hit() const { return state_->hit; }

}  // namespace wsoa::test
