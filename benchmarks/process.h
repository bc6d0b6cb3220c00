#pragma once

#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "benchmarks/table.h"
#include "ledger/base/check.h"

#include <map>
#include <string>
#include <vector>

// The program as whoever types a command has it: a process of its own.
namespace wsoa::bench {

// What one command took from its start to its end.
struct Took {
    int exit = 0;
    double seconds = 0;
    double cpu_seconds = 0;
    double rss_mib = 0;  // at most at once
};

// A process that was started and is to be waited for, once.
class Process {
public:
    // With these variables and no others; what it says goes to the file, nowhere, or where the
    // caller's own words go if no file is named.
    Process(const std::vector<std::string>& arguments,
            const std::map<std::string, std::string>& variables,
            const std::string& says = "/dev/null") {
        std::vector<std::string> settings;
        for (const auto& [name, value] : variables) {
            settings.push_back(name + "=" + value);
        }
        auto words = arguments;
        std::vector<char*> argv;
        std::vector<char*> environment;
        for (auto& word : words) {
            argv.push_back(word.data());
        }
        for (auto& setting : settings) {
            environment.push_back(setting.data());
        }
        argv.push_back(nullptr);
        environment.push_back(nullptr);
        posix_spawn_file_actions_t files;
        posix_spawn_file_actions_init(&files);
        constexpr int flags = 01 | 0100 | 02000;  // O_WRONLY | O_CREAT | O_APPEND
        if (!says.empty()) {
            posix_spawn_file_actions_addopen(&files, 1, says.c_str(), flags, 0600);
            posix_spawn_file_actions_adddup2(&files, 1, 2);
        }
        CHECK(::posix_spawn(&pid_, argv.front(), &files, nullptr, argv.data(),
                            environment.data()) == 0);
        posix_spawn_file_actions_destroy(&files);
    }

    pid_t id() const { return pid_; }
    Took wait() {
        Took took;
        int status = 0;
        rusage used{};
        CHECK(::wait4(pid_, &status, 0, &used) == pid_);
        const auto seconds_of = [](const timeval& time) {
            return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
        };
        took.seconds = watch_.seconds();
        took.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        took.cpu_seconds = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
        took.rss_mib = static_cast<double>(used.ru_maxrss) / 1024;
        return took;
    }

private:
    Stopwatch watch_;
    pid_t pid_ = 0;
};

}  // namespace wsoa::bench
