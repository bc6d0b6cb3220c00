#include "cli/commands/all.h"
#include "cli/program.h"

#include <fcntl.h>
#include <malloc.h>

#include <algorithm>
#include <csignal>
#include <string>
#include <vector>

namespace {

// A stream that was closed when we were started would give its number to the next file opened, and
// the answer would be written into that. Such a number is taken by a file that can only be used the
// wrong way round, so that whoever uses the stream is told.
void hold_streams() {
    for (int stream = 0; stream <= 2; ++stream) {
        if (::fcntl(stream, F_GETFD) == -1) {
            ::open("/dev/null", stream == 0 ? O_WRONLY : O_RDONLY);
        }
    }
}

// Documents go through buffers of 1 MiB. By default the allocator hands each back to the system and
// fetches it anew, page by page: half of the processor's time when one is added. What is fetched
// comes in parts as large, and not in some hundreds of small ones.
void keep_freed_memory() {
    constexpr int of_one_piece = 4 * 1'024 * 1'024;
    ::mallopt(M_MMAP_THRESHOLD, of_one_piece);
    ::mallopt(M_TRIM_THRESHOLD, 2 * of_one_piece);
    ::mallopt(M_TOP_PAD, of_one_piece);
}

}  // namespace

int main(int count, char** arguments) {
    hold_streams();
    keep_freed_memory();
    // A reader that goes away is a failed write, and is told as one.
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
    const std::vector<std::string> words(arguments + std::min(count, 1), arguments + count);
    const auto variables = wsoa::Variables::of_process();
    return wsoa::code_of(wsoa::run_program(wsoa::all_commands(), {words, variables, {}}));
}
