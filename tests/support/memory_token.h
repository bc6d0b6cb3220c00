#pragma once

#include "ledger/evidence/vault_token.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string>

namespace wsoa::test {

// What a token holds, whoever is logged in to it: it outlives every crash of the machine.
struct TokenStorage {
    TokenName name{.label = "council", .serial = "4f1c"};
    std::map<TokenKeyId, std::uint8_t> keys;  // what each is worth
    std::uint8_t next = 1;
};

// A token in memory: what it encrypts is no secret, but opens under the same key alone. One of its
// operations can go wrong.
class MemoryToken final : public VaultToken {
public:
    enum class FaultKind : std::uint8_t {
        fails,            // not done
        done_but_failed,  // done, and an error comes back
        from_then_on,     // not done, nor anything after it, as when the machine stops
    };
    static constexpr std::array fault_kinds{FaultKind::fails, FaultKind::done_but_failed,
                                            FaultKind::from_then_on};

    explicit MemoryToken(TokenStorage& storage) : storage_(storage) {}

    // The operation of that number, from 0, goes wrong; counting begins anew.
    void fail_at(std::uint64_t at, FaultKind kind) {
        at_ = at;
        kind_ = kind;
        operations_ = 0;
        hit_.clear();
    }
    // What went wrong; empty for nothing so far.
    const std::string& hit() const { return hit_; }

    const TokenName& name() const override { return storage_.name; }
    Result<WrappedKey> wrap_under_new_key(const TokenKeyId& id, const Secret& file_key) override {
        const auto make = [&] { storage_.keys[id] = storage_.next++; };
        TRY(operate("make a key", make));
        return mixed(file_key.view(), storage_.keys.at(id));
    }
    Result<Secret> unwrap(const TokenKeyId& id, const WrappedKey& wrapped) override {
        TRY(operate("decrypt", [] {}));
        const auto found = storage_.keys.find(id);
        if (found == storage_.keys.end()) {
            return Error{Fault::missing, "the token holds no such key"};
        }
        return Secret(ByteView(mixed(wrapped, found->second)));
    }
    Result<std::vector<TokenKeyId>> keys_of(const Hash& ledger) override {
        TRY(operate("list keys", [] {}));
        std::vector<TokenKeyId> ids;
        for (const auto& [id, worth] : storage_.keys) {
            if (id.is_of(ledger)) {
                ids.push_back(id);
            }
        }
        return ids;
    }
    Result<void> destroy(const TokenKeyId& id) override {
        return operate("destroy a key", [&] { storage_.keys.erase(id); });
    }

private:
    static WrappedKey mixed(ByteView bytes, std::uint8_t with) {
        WrappedKey mixed{};
        std::ranges::transform(bytes, mixed.begin(), [with](std::uint8_t byte) {
            return static_cast<std::uint8_t>(byte ^ with);
        });
        return mixed;
    }

    template <typename Do>
    Result<void> operate(std::string_view what, const Do& act) {
        const auto number = operations_++;
        const bool is_hit = number == at_ || (kind_ == FaultKind::from_then_on && number > at_);
        if (!is_hit || kind_ == FaultKind::done_but_failed) {
            act();
        }
        if (!is_hit) {
            return done();
        }
        hit_ = what;
        return error(Fault::unavailable, "the token fails to {}", what);
    }

    TokenStorage& storage_;
    std::uint64_t at_ = UINT64_MAX;
    FaultKind kind_ = FaultKind::fails;
    std::uint64_t operations_ = 0;
    std::string hit_;
};

}  // namespace wsoa::test
