#include "cli/prompt.h"

#include "cli/write.h"

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>

namespace wsoa {
namespace {

constexpr std::array<int, 5> watched{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};

// A signal handler reaches nothing that is not static. Written by SignalWatch alone.
std::atomic<int> wake_descriptor{-1};
static_assert(std::atomic<int>::is_always_lock_free);

extern "C" void note_signal(int signal) {
    const int saved = errno;
    const auto byte = static_cast<std::uint8_t>(signal);
    [[maybe_unused]] const auto written = ::write(wake_descriptor.load(), &byte, 1);
    errno = saved;
}

// While it lives, the watched signals only write their number into a pipe. Handlers and not a mask:
// another thread of the process may be the one that the signal comes to.
class SignalWatch {
public:
    SignalWatch() {
        CHECK(::pipe2(pipe_.data(), O_CLOEXEC | O_NONBLOCK) == 0);
        wake_descriptor.store(pipe_[1]);
        struct sigaction action {};
        action.sa_handler = &note_signal;
        ::sigemptyset(&action.sa_mask);
        for (std::size_t i = 0; i < watched.size(); ++i) {
            ::sigaction(watched[i], nullptr, &before_[i]);
            // Who started us with a signal ignored (nohup) wants it ignored.
            if (before_[i].sa_handler != SIG_IGN) {
                ::sigaction(watched[i], &action, nullptr);
            }
        }
    }
    ~SignalWatch() {
        for (std::size_t i = 0; i < watched.size(); ++i) {
            ::sigaction(watched[i], &before_[i], nullptr);
        }
        wake_descriptor.store(-1);
        ::close(pipe_[0]);
        ::close(pipe_[1]);
    }
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

    int descriptor() const { return pipe_[0]; }
    // The signal that came, 0 if none did.
    int taken() {
        std::uint8_t signal = 0;
        return ::read(pipe_[0], &signal, 1) == 1 ? signal : 0;
    }

private:
    std::array<int, 2> pipe_{-1, -1};
    std::array<struct sigaction, watched.size()> before_{};
};

// While it lives, what is typed is not shown.
class EchoOff {
public:
    explicit EchoOff(int descriptor) : descriptor_(descriptor) {
        is_changed_ = ::tcgetattr(descriptor_, &before_) == 0;
        if (is_changed_) {
            auto silent = before_;
            silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL);
            is_changed_ = ::tcsetattr(descriptor_, TCSAFLUSH, &silent) == 0;
        }
    }
    ~EchoOff() {
        if (is_changed_) {
            ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
        }
    }
    EchoOff(const EchoOff&) = delete;
    EchoOff& operator=(const EchoOff&) = delete;

    bool is_silent() const { return is_changed_; }

private:
    int descriptor_;
    bool is_changed_ = false;
    termios before_{};
};

struct Answer {
    Secret line;
    int signal = 0;  // that came before the line was done
};

Result<Answer> read_line(int in, SignalWatch& signals) {
    Secret typed(Bytes(passphrase_bytes_max + 1));
    std::size_t size = 0;
    while (size < typed.size()) {
        std::array<pollfd, 2> waiting{{{in, POLLIN, 0}, {signals.descriptor(), POLLIN, 0}}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) {
            return Error{Fault::unavailable, "the terminal cannot be waited for"};
        }
        if (const int signal = signals.taken(); signal != 0) {
            return Answer{Secret{}, signal};
        }
        if ((waiting[0].revents & (POLLIN | POLLHUP | POLLERR)) == 0) {
            continue;
        }
        const auto count = ::read(in, typed.span().data() + size, typed.size() - size);
        if (count < 0 && errno != EINTR && errno != EAGAIN) {
            return Error{Fault::unavailable, "the terminal cannot be read"};
        }
        size += count > 0 ? static_cast<std::size_t>(count) : 0;
        const bool is_whole = size > 0 && typed.view()[size - 1] == '\n';
        if (count == 0 || is_whole) {
            return Answer{Secret(typed.view().first(is_whole ? size - 1 : size)), 0};
        }
    }
    return error(Fault::invalid, "the line is longer than {} bytes", passphrase_bytes_max);
}

Result<Answer> ask_silently(const Terminal& terminal, std::string_view prompt) {
    SignalWatch signals;
    const EchoOff silence(terminal.streams.in);
    if (!silence.is_silent()) {
        return Error{Fault::unavailable, "the terminal cannot be kept from showing what is typed"};
    }
    write_all(terminal.streams.err, prompt);
    auto answer = read_line(terminal.streams.in, signals);
    write_all(terminal.streams.err, "\n");
    return answer;
}

Result<Answer> ask_openly(const Terminal& terminal, std::string_view prompt) {
    SignalWatch signals;
    write_all(terminal.streams.err, prompt);
    return read_line(terminal.streams.in, signals);
}

// Asks again where a signal came that did not end the process.
Result<Secret> ask_until_answered(const Terminal& terminal, std::string_view prompt,
                                  Result<Answer> (*ask)(const Terminal&, std::string_view)) {
    if (!terminal.can_ask()) {
        return Error{Fault::unavailable, "nobody can be asked: this is not a terminal"};
    }
    while (true) {
        auto answer = TRY(ask(terminal, prompt));
        if (answer.signal == 0) {
            return std::move(answer.line);
        }
        CHECK(::raise(answer.signal) == 0);
        if (answer.signal != SIGTSTP) {
            return Error{Fault::unavailable, "the question was interrupted"};
        }
    }
}

}  // namespace

Result<Secret> ask_hidden(const Terminal& terminal, std::string_view prompt) {
    return ask_until_answered(terminal, prompt, ask_silently);
}

Result<Reply> ask_yes_or_no(const Terminal& terminal, std::string_view question) {
    const auto line = TRY(ask_until_answered(terminal, question, ask_openly));
    const auto typed = text_of(line.view());
    const bool is_yes = typed == "y" || typed == "Y" || typed == "yes" || typed == "Yes";
    return is_yes ? Reply::yes : Reply::no;
}

}  // namespace wsoa
