#include "cli/render/kinds.h"

#include "ledger/event/kinds.h"

namespace wsoa {

std::string name_in_words(std::string_view name) {
    std::string words;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z') {
            words.push_back(' ');
            words.push_back(static_cast<char>(c - 'A' + 'a'));
        } else {
            words.push_back(c);
        }
    }
    return words;
}

std::string kind_in_words(Kind kind) {
    auto words = name_in_words(name_of(kind));
    if (!words.empty() && words.front() >= 'a' && words.front() <= 'z') {
        words.front() = static_cast<char>(words.front() - 'a' + 'A');
    }
    return words;
}

}  // namespace wsoa
