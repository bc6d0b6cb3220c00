#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace wsoa::test {

// A program that runs beside the test, whose answers are read line by line and which is killed when
// the test wants it, or when it goes. It dies with the test, however that ends.
//
// Its standard error is the test's own.
class Process {
public:
    // The arguments begin with the program's path; the variables are put to the test's own.
    explicit Process(const std::vector<std::string>& arguments,
                     const std::vector<std::pair<std::string, std::string>>& variables = {});
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    // The next whole line of what it says; null once there is none and it has ended. What a kill
    // has cut short is no line. A process that is silent for minutes fails the test.
    std::optional<std::string> line();
    // Writes a line to it; false if it does not listen any more.
    bool say(const std::string& text);
    // SIGKILL; what it has said before can still be read.
    void kill();
    // Waits for its end. Its exit code, or the negative number of the signal that ended it.
    int wait();

private:
    pid_t id_ = -1;
    int answers_ = -1;
    int orders_ = -1;
    std::string said_;
    std::optional<int> ended_;
};

// The path of the program that is running.
std::string this_program();

// Works for so long without letting go of the processor: the least that tells two moments apart.
void spin(unsigned microseconds);

}  // namespace wsoa::test
