#pragma once

#include "cli/witness_http/server.h"
#include "tests/support/environment.h"

#include <gtest/gtest.h>

#include <thread>

namespace wsoa::test {

// A witness's address on a free port of this machine, served by a thread until it goes.
class ServedAddress {
public:
    explicit ServedAddress(ServedWitness witness, const HttpLimits& limits = {})
        : witness_(std::move(witness)),
          server_(WitnessServer::open({}, witness_, log_, limits).value()),
          thread_([this] {
              const auto served = server_->serve(WitnessServer::EndsOn::stop);
              EXPECT_TRUE(served.ok()) << served.error().message;
          }) {}
    ~ServedAddress() { server_->stop(); }
    ServedAddress(const ServedAddress&) = delete;
    ServedAddress& operator=(const ServedAddress&) = delete;

    std::uint16_t port() const { return server_->address().port; }
    std::string url() const { return "http://" + server_->address().str(); }
    void stop() { server_->stop(); }
    void join() { thread_.join(); }

private:
    NullLog log_;
    const ServedWitness witness_;
    std::unique_ptr<WitnessServer> server_;
    std::jthread thread_;  // last, since it uses all of the above
};

}  // namespace wsoa::test
