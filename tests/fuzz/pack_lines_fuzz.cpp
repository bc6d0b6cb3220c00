// What a pack says of itself and its parts, in JSON: what is no such thing is refused, and a line
// of words is the same however it is spaced, whichever reader it comes to.

#include "ledger/base/limits.h"
#include "ledger/inspection/pack.h"
#include "tests/fuzz/target.h"

using namespace wsoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(text_of(ByteView(data, size)));
    static_cast<void>(PackAbout::parse(text));
    static_cast<void>(PackState::parse(text));
    static_cast<void>(PackDocument::parse(text));
    const auto word = PackWord::parse(text);
    const auto spaced = PackWord::parse(" " + text);
    if (word.ok() && spaced.ok()) {
        CHECK(word.value() == spaced.value());
    }
    // The space may be the one byte too many.
    CHECK(word.ok() == spaced.ok() || text.size() >= limits::json_line_bytes_max);
    return 0;
}
