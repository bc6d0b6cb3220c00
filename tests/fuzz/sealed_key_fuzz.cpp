// Sealed key files, as what stands within the PEM: no file asks for more work than is allowed, and
// none opens to another key under the same passphrase when it is written anew.

#include "ledger/keys/key_file.h"
#include "tests/fuzz/target.h"

#include <string>

using namespace wsoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    const std::string pem = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + to_base64(input) +
                            "\n-----END ENCRYPTED PRIVATE KEY-----\n";
    const std::optional passphrase(Secret(bytes_of("four words on paper")));
    const auto signer = read_private_key(pem, passphrase);
    if (signer.ok()) {
        const auto written = write_private_key(*signer.value(), std::nullopt, {}).value();
        CHECK(read_private_key(written, std::nullopt).value()->key() == signer.value()->key());
    } else {
        CHECK(signer.error().fault == Fault::invalid || signer.error().fault == Fault::distrusted);
    }
    return 0;
}
