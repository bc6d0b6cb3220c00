#pragma once

#include "ledger/base/check.h"
#include "tests/support/shell.h"

#include <filesystem>
#include <fstream>
#include <string>

namespace wsoa::test {

// A timestamp authority of a test's own, by `openssl ts`: its root is ca.pem in a folder, and
// other.pem is the root of another.
class TimestampAuthority {
public:
    explicit TimestampAuthority(std::filesystem::path folder) : folder_(std::move(folder)) {
        std::ofstream(folder_ / "tsa.cnf")
            << "[ tsa ]\nserial = ./serial\ncrypto_device = builtin\nsigner_digest = sha256\n"
               "default_policy = 1.2.3.4.1\ndigests = sha256\naccuracy = secs:1\n"
               "ess_cert_id_chain = no\nordering = no\ntsa_name = no\n";
        std::ofstream(folder_ / "usage.cnf") << "extendedKeyUsage = critical,timeStamping\n";
        run("root() { openssl req -x509 -newkey rsa:2048 -nodes -keyout $1.key -out $1.pem"
            " -days 3650 -subj \"/CN=$2\"; }\n"
            "root ca 'Test root'; root other 'Other root'\n"
            "openssl req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr"
            " -subj '/CN=Test timestamps'\n"
            "openssl x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tsa.pem"
            " -days 3650 -extfile usage.cnf\n"
            "echo 01 > serial\n");
    }
    // Answers the request query.tsq in the folder by reply.tsr.
    void answer() const {
        run("openssl ts -reply -queryfile query.tsq -signer tsa.pem -inkey tsa.key"
            " -config tsa.cnf -section tsa -out reply.tsr\n");
    }
    void run(const std::string& script) const {
        const auto ran = run_script(folder_, "set -e\n" + script);
        CHECK(ran.exit == 0);
    }

private:
    std::filesystem::path folder_;
};

}  // namespace wsoa::test
