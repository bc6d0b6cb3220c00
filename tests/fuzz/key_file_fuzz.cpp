// Key files: PEM in clear and public ones, as text and as what stands within it. A key that was
// read comes back from the file that we write of it.

#include "ledger/keys/key_file.h"
#include "tests/fuzz/target.h"

#include <string>

using namespace wsoa;

namespace {

void read_files(std::string_view pem) {
    const auto sealed = is_sealed(pem);
    const auto clear = read_private_key(pem, std::nullopt);
    if (clear.ok()) {
        CHECK(sealed.ok() && !sealed.value());
        const auto written = write_private_key(*clear.value(), std::nullopt, {}).value();
        CHECK(read_private_key(written, std::nullopt).value()->key() == clear.value()->key());
    }
    const auto key = read_public_key(pem);
    if (key.ok()) {
        CHECK(read_public_key(write_public_key(key.value())).value() == key.value());
    }
}

// The bytes as PEM, with lines of 64 characters.
std::string pem_of(std::string_view name, ByteView der) {
    const auto base64 = to_base64(der);
    std::string pem = "-----BEGIN " + std::string(name) + "-----\n";
    for (std::size_t at = 0; at < base64.size(); at += 64) {
        pem += base64.substr(at, 64) + "\n";
    }
    return pem + "-----END " + std::string(name) + "-----\n";
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    read_files(text_of(input));
    for (const auto* name : {"PRIVATE KEY", "PUBLIC KEY"}) {
        read_files(pem_of(name, input));
    }
    return 0;
}
