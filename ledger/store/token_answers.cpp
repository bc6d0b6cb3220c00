// What the answers of PKCS#11 functions mean to whoever meets them.

#define CRYPTOKI_GNU  // the header's names without capitals
#include "ledger/store/token_module.h"

#include <p11-kit/pkcs11.h>

#include <algorithm>
#include <array>

namespace wsoa {
namespace {

// An answer by its number in PKCS#11 v2.40, section 5.1.
struct Answer {
    unsigned long number;
    Fault fault;
    std::string_view said;
    std::string_view advice;
};

constexpr std::string_view try_again =
    "See that the token is plugged in and its service runs, then give the same command again.";
constexpr std::string_view wrong_kind =
    "Use a token that makes AES-256 keys and encrypts with CKM_AES_CBC.";
constexpr std::string_view ask_maker =
    "The module's own log may say more; ask whoever looks after the token.";
constexpr std::string_view pin_advice =
    "Give the right PIN of the token's user; too many wrong ones lock it.";

constexpr std::array answers{
    Answer{CKR_HOST_MEMORY, Fault::unavailable, "this machine has too little memory for it",
           "Free some, then give the same command again."},
    Answer{CKR_GENERAL_ERROR, Fault::unavailable, "it failed, and the module does not say why",
           ask_maker},
    Answer{CKR_FUNCTION_FAILED, Fault::unavailable, "it failed, and the module does not say why",
           ask_maker},
    Answer{CKR_FUNCTION_NOT_SUPPORTED, Fault::unavailable, "the token cannot do that", wrong_kind},
    Answer{CKR_MECHANISM_INVALID, Fault::unavailable, "the token cannot do that", wrong_kind},
    Answer{CKR_MECHANISM_PARAM_INVALID, Fault::unavailable, "the token cannot do that", wrong_kind},
    Answer{CKR_KEY_SIZE_RANGE, Fault::unavailable, "the token has no keys of 256 bits", wrong_kind},
    Answer{CKR_ATTRIBUTE_VALUE_INVALID, Fault::unavailable,
           "the token makes no key that must never leave it", wrong_kind},
    Answer{CKR_ATTRIBUTE_TYPE_INVALID, Fault::unavailable,
           "the token makes no key that must never leave it", wrong_kind},
    Answer{CKR_TEMPLATE_INCONSISTENT, Fault::unavailable,
           "the token makes no key that must never leave it", wrong_kind},
    Answer{CKR_TEMPLATE_INCOMPLETE, Fault::unavailable,
           "the token wants to know more of a new key than we say", wrong_kind},
    Answer{CKR_ACTION_PROHIBITED, Fault::unavailable, "the token's policy forbids it", ask_maker},
    Answer{CKR_KEY_FUNCTION_NOT_PERMITTED, Fault::unavailable,
           "the token does not let this key do that", ask_maker},
    Answer{CKR_DEVICE_ERROR, Fault::unavailable, "the token does not work", try_again},
    Answer{CKR_DEVICE_MEMORY, Fault::unavailable, "the token is full",
           "Destroy in it what nobody needs, then give the same command again."},
    Answer{CKR_DEVICE_REMOVED, Fault::missing, "the token was pulled out", try_again},
    Answer{CKR_TOKEN_NOT_PRESENT, Fault::missing, "the token is not plugged in", try_again},
    Answer{CKR_TOKEN_NOT_RECOGNIZED, Fault::missing, "the module does not know this token",
           "Name the module that came with the token, with --token-module."},
    Answer{CKR_TOKEN_WRITE_PROTECTED, Fault::unavailable, "the token takes no new keys",
           "Lift its write protection, or use another token."},
    Answer{CKR_SESSION_READ_ONLY, Fault::unavailable, "the token takes no new keys",
           "Lift its write protection, or use another token."},
    Answer{CKR_SESSION_COUNT, Fault::unavailable, "too many programs use the token",
           "End one of them, then give the same command again."},
    Answer{CKR_SESSION_CLOSED, Fault::unavailable, "the token ended our session", try_again},
    Answer{CKR_SESSION_HANDLE_INVALID, Fault::unavailable, "the token ended our session",
           try_again},
    Answer{CKR_USER_NOT_LOGGED_IN, Fault::unavailable, "the token has logged us out", try_again},
    Answer{CKR_KEY_HANDLE_INVALID, Fault::missing, "the key is gone from the token", ask_maker},
    Answer{CKR_OBJECT_HANDLE_INVALID, Fault::missing, "the key is gone from the token", ask_maker},
    Answer{CKR_PIN_INCORRECT, Fault::distrusted, "the token refuses the PIN", pin_advice},
    Answer{CKR_PIN_INVALID, Fault::distrusted, "the token refuses the PIN", pin_advice},
    Answer{CKR_PIN_LEN_RANGE, Fault::distrusted, "the PIN is too short or too long for the token",
           pin_advice},
    Answer{CKR_PIN_EXPIRED, Fault::distrusted, "the PIN has expired",
           "Set a new one with the tool that came with the token."},
    Answer{CKR_PIN_LOCKED, Fault::distrusted, "the PIN is locked after too many wrong ones",
           "Whoever holds the token's security officer PIN (SO PIN) can set a new one."},
    Answer{CKR_USER_PIN_NOT_INITIALIZED, Fault::distrusted, "the token's user has no PIN yet",
           "Set one with the tool that came with the token."},
    Answer{CKR_CRYPTOKI_ALREADY_INITIALIZED, Fault::unavailable,
           "the module is in use in this program already", ask_maker},
    Answer{CKR_CANT_LOCK, Fault::unavailable, "the module cannot be used by several threads",
           "Use another module for the token."},
    Answer{CKR_FUNCTION_CANCELED, Fault::unavailable, "it was cancelled on the token", try_again},
    Answer{CKR_FUNCTION_REJECTED, Fault::unavailable, "it was refused on the token", try_again},
};

}  // namespace

Error token_error(std::string_view doing, unsigned long answer) {
    const auto* const known = std::ranges::find(answers, answer, &Answer::number);
    if (known == answers.end()) {
        return error(Fault::unavailable, "{}: the token's module answered 0x{:x}", doing, answer)
            .advise(std::string(ask_maker));
    }
    return error(known->fault, "{}: {}", doing, known->said).advise(std::string(known->advice));
}

}  // namespace wsoa
