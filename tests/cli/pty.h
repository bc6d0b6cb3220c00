#pragma once

#include "ledger/base/check.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string>
#include <string_view>

namespace wsoa {

// A terminal with nobody but the test in front of it.
class Pty {
public:
    Pty() : front_(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
        CHECK(front_ >= 0 && ::grantpt(front_) == 0 && ::unlockpt(front_) == 0);
        std::array<char, 64> name{};
        CHECK(::ptsname_r(front_, name.data(), name.size()) == 0);
        end_ = ::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC);
        CHECK(end_ >= 0);
    }
    ~Pty() {
        ::close(end_);
        ::close(front_);
    }
    Pty(const Pty&) = delete;
    Pty& operator=(const Pty&) = delete;

    // What the program has as its stream.
    int end() const { return end_; }

    void type(std::string_view text) const {
        CHECK(::write(front_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    }
    // What appears on the screen, up to and with this text; waits for it.
    std::string read_until(std::string_view wanted) const {
        std::string seen;
        while (seen.find(wanted) == std::string::npos) {
            char letter = 0;
            CHECK(::read(front_, &letter, 1) == 1);
            seen += letter;
        }
        return seen;
    }
    bool echoes() const {
        termios now{};
        CHECK(::tcgetattr(end_, &now) == 0);
        return (now.c_lflag & ECHO) != 0;
    }
    void resize(unsigned short columns) const {
        const winsize size{24, columns, 0, 0};
        CHECK(::ioctl(front_, TIOCSWINSZ, &size) == 0);
    }

private:
    int front_ = -1;
    int end_ = -1;
};

}  // namespace wsoa
