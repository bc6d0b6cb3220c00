#pragma once

#include "cli/witness_http/server.h"
#include "ledger/base/limits.h"
#include "ledger/keys/key_file.h"
#include "ledger/store/system.h"
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

// The same of a witness in a folder, by the machine's clock; its key is not sealed. The folder is
// looked at when something is asked.
class ServedFolder {
public:
    explicit ServedFolder(std::filesystem::path root)
        : folder_(std::move(root)),
          address_({.cosign = [this](std::string_view request) { return cosign(request); },
                    .head = {}}) {}

    const ServedAddress& address() const { return address_; }

private:
    Result<WitnessAnswer> cosign(std::string_view request) {
        const auto pem = TRY(read_file(folder_.key(), limits::key_file_bytes_max));
        const auto signer = TRY(read_private_key(text_of(pem), std::nullopt));
        return answer_request(folder_, *signer, request, clock_.now());
    }

    const WitnessFolder folder_;
    SystemClock clock_;
    ServedAddress address_;  // last, since it uses all of the above
};

}  // namespace wsoa::test
