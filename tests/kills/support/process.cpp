#include "tests/kills/support/process.h"

#include "ledger/base/check.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>

namespace wsoa::test {
namespace {

constexpr int patience_ms = 120'000;

struct Pipe {
    int read = -1;
    int write = -1;
};

Pipe make_pipe() {
    std::array<int, 2> ends{};
    CHECK(::pipe2(ends.data(), O_CLOEXEC) == 0);
    return {.read = ends[0], .write = ends[1]};
}

// What the child does between fork and exec: nothing that takes memory.
[[noreturn]] void become(const std::vector<char*>& arguments, int orders, int answers,
                         pid_t parent) {
    ::dup2(orders, STDIN_FILENO);
    ::dup2(answers, STDOUT_FILENO);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() == parent) {
        ::execvp(arguments.front(), arguments.data());
    }
    ::_exit(127);
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments,
                 const std::vector<std::pair<std::string, std::string>>& variables) {
    // The first of these `env`, so that no variable of the test changes.
    std::vector<std::string> words;
    if (!variables.empty()) {
        words.emplace_back("env");
        for (const auto& [name, value] : variables) {
            words.push_back(name + "=" + value);
        }
    }
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (auto& word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    const auto orders = make_pipe();
    const auto answers = make_pipe();
    const auto parent = ::getpid();
    id_ = ::fork();
    CHECK(id_ >= 0);
    if (id_ == 0) {
        become(argv, orders.read, answers.write, parent);
    }
    ::close(orders.read);
    ::close(answers.write);
    orders_ = orders.write;
    answers_ = answers.read;
}

Process::~Process() {
    kill();
    wait();
    ::close(answers_);
    ::close(orders_);
}

std::optional<std::string> Process::line() {
    for (;;) {
        const auto end = said_.find('\n');
        if (end != std::string::npos) {
            auto line = said_.substr(0, end);
            said_.erase(0, end + 1);
            return line;
        }
        pollfd waited{.fd = answers_, .events = POLLIN, .revents = 0};
        const int ready = ::poll(&waited, 1, patience_ms);
        if (ready < 0 && errno == EINTR) {
            continue;
        }
        if (ready <= 0) {
            ADD_FAILURE() << "a process is silent";
            return std::nullopt;
        }
        std::array<char, 65'536> buffer{};
        const auto count = ::read(answers_, buffer.data(), buffer.size());
        if (count == 0) {
            return std::nullopt;
        }
        CHECK(count > 0 || errno == EINTR);
        said_.append(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
}

bool Process::say(const std::string& text) {
    const auto whole = text + "\n";
    std::size_t written = 0;
    while (written < whole.size()) {
        const auto count = ::write(orders_, whole.data() + written, whole.size() - written);
        if (count < 0 && errno != EINTR) {
            return false;
        }
        written += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
    }
    return true;
}

void Process::kill() {
    if (!ended_) {
        ::kill(id_, SIGKILL);
    }
}

int Process::wait() {
    if (!ended_) {
        int status = 0;
        while (::waitpid(id_, &status, 0) < 0) {
            CHECK(errno == EINTR);
        }
        ended_ = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
    }
    return *ended_;
}

std::string this_program() { return std::filesystem::read_symlink("/proc/self/exe").string(); }

void spin(unsigned microseconds) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(microseconds);
    while (std::chrono::steady_clock::now() < until) {
    }
}

}  // namespace wsoa::test
