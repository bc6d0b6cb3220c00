#include "tests/kills/support/workshop.h"

#include "tests/support/office.h"

#include <climits>
#include <sstream>

namespace wsoa::test {

Workshop::Workshop(std::filesystem::path root) : root_(std::move(root)) {
    people_.appoint_office();
    people_.commit();
}

LedgerPlace Workshop::place() {
    return {.folder = LedgerFolder(root_ / "ledger"),
            .guard = root_ / "state" / "guard",
            // Small, so that files are written and merged among the kills.
            .sizes = {.buffer_bytes = 128 << 10, .file_bytes = 128 << 10, .cache_bytes = 4 << 20},
            .environment = {clock_, random_, log_}};
}

Submission Workshop::work(std::uint64_t number) {
    SeededRandom salts(number);
    return drafted_plan(people_, static_cast<unsigned>(number), salts);
}

Result<std::uint64_t> Workshop::number_of(const Event& event) {
    const auto subject = event.envelope().subject.str();
    std::uint64_t number = 0;
    for (const char digit : subject.substr(1)) {
        if (digit < '0' || digit > '9') {
            return error(Fault::corrupt, "event {} is about {}, which nobody drafted",
                         event.index().value, subject);
        }
        number = number * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    return number;
}

std::string Acknowledgement::str() const {
    auto line = fmt::format("{} {} {} {}\n", number, recorded_at.ms, was_there ? 1 : 0,
                            to_hex(bytes_of(receipt.str())));
    CHECK(line.size() <= PIPE_BUF);  // what is longer may be cut
    return line;
}

Result<Acknowledgement> Acknowledgement::parse(const std::string& line) {
    std::istringstream words(line);
    Acknowledgement read;
    std::string receipt;
    if (!(words >> read.number >> read.recorded_at.ms >> read.was_there >> receipt)) {
        return error(Fault::invalid, "\"{}\" is no acknowledgement", line);
    }
    const auto text = TRY(from_hex(receipt));
    read.receipt = TRY(Receipt::parse(text_of(text)));
    return read;
}

std::uint64_t group_size(std::uint64_t first) { return 1 + first * 2'654'435'761U % 8; }

}  // namespace wsoa::test
