#pragma once

#include "cli/program.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace wsoa {

// Three streams of a program in memory: nothing to read, and what was said can be looked at.
class Spoken {
public:
    Spoken() {
        streams_ = {::open("/dev/null", O_RDONLY | O_CLOEXEC), ::memfd_create("out", MFD_CLOEXEC),
                    ::memfd_create("err", MFD_CLOEXEC)};
        CHECK(streams_.in >= 0 && streams_.out >= 0 && streams_.err >= 0);
    }
    ~Spoken() {
        ::close(streams_.in);
        ::close(streams_.out);
        ::close(streams_.err);
    }
    Spoken(const Spoken&) = delete;
    Spoken& operator=(const Spoken&) = delete;

    const Descriptors& streams() const { return streams_; }
    // A terminal that is none: the plainest of all.
    Terminal terminal() const {
        Terminal terminal;
        terminal.streams = streams_;
        return terminal;
    }
    std::string out() const { return content_of(streams_.out); }
    std::string err() const { return content_of(streams_.err); }

private:
    static std::string content_of(int descriptor) {
        std::string content;
        std::array<char, 4096> part{};
        off_t at = 0;
        while (true) {
            const auto count = ::pread(descriptor, part.data(), part.size(), at);
            if (count <= 0) {
                return content;
            }
            content.append(part.data(), static_cast<std::size_t>(count));
            at += count;
        }
    }

    Descriptors streams_;
};

// What a whole run of the program came to.
struct Run {
    Exit exit = Exit::done;
    std::string out;
    std::string err;
};

inline Run run_of(const CommandTable& commands, const std::vector<std::string>& arguments,
                  Variables::Map variables = {}) {
    const Spoken spoken;
    const Variables handed(std::move(variables));
    const auto exit = run_program(commands, {arguments, handed, spoken.streams()});
    return {exit, spoken.out(), spoken.err()};
}

}  // namespace wsoa
