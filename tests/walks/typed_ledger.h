#pragma once

#include "tests/support/shell.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <string>

namespace wsoa {

// A rehearsal in the folder "ledger" that a script of the shell has made with two founders,
// post-one and post-two, and what is typed at its machine from then on.
class TypedLedger : public testing::Test {
protected:
    explicit TypedLedger(const std::string& setup) : setup_(setup) {}

    void SetUp() override {
        const auto ran = test::run_script(folder_.path(), setup_);
        ASSERT_EQ(ran.exit, 0) << ran.said;
    }
    test::Ran run(const std::string& script) const {
        return test::run_script(folder_.path(),
                                "export WSOA_STATE=$PWD/state WSOA_LEDGER=$PWD/ledger\n"
                                "grant() { wsoa --key post-one.pem record roleGranted --subject "
                                "@post-two --role $1; }\n" +
                                    script);
    }

    const std::string setup_;
    const TempFolder folder_;
};

}  // namespace wsoa
