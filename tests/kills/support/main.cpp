// The tests, or one of the processes that they start.

#include "tests/kills/support/roles.h"

#include <gtest/gtest.h>

#include <csignal>

int main(int count, char** arguments) {
    if (count > 1 && std::string(arguments[1]) == wsoa::test::role_option) {
        return wsoa::test::play_role({arguments + 2, arguments + count});
    }
    // A process that was killed does not listen; who says something to it is told so.
    std::signal(SIGPIPE, SIG_IGN);
    testing::InitGoogleTest(&count, arguments);
    return RUN_ALL_TESTS();
}
