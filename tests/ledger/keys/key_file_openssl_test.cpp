// The openssl program reads what we write, and we read what it writes.
#include "tests/ledger/keys/key_file_samples.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace wsoa {
namespace {

class OpensslProgram : public testing::Test {
protected:
    void SetUp() override {
        auto path = (std::filesystem::temp_directory_path() / "wsoa-keys-XXXXXX").string();
        ASSERT_NE(::mkdtemp(path.data()), nullptr);
        folder_ = path;
        write("passphrase", std::string(sample_passphrase) + "\n");
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string path(const std::string& name) const { return (folder_ / name).string(); }

    void write(const std::string& name, std::string_view text) const {
        std::ofstream(path(name), std::ios::binary) << text;
    }

    std::string read(const std::string& name) const {
        std::ifstream file(path(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    // What the program prints on its standard output; without terminal or input to ask from.
    std::string openssl(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), "openssl");
        std::vector<char*> pointers;
        for (auto& argument : arguments) {
            pointers.push_back(argument.data());
        }
        pointers.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&actions, 1, path("output").c_str(),
                                         O_WRONLY | O_CREAT | O_TRUNC, 0600);
        posix_spawn_file_actions_addopen(&actions, 2, path("errors").c_str(),
                                         O_WRONLY | O_CREAT | O_TRUNC, 0600);
        pid_t child = 0;
        const int spawned =
            ::posix_spawnp(&child, "openssl", &actions, nullptr, pointers.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        EXPECT_EQ(spawned, 0);
        int status = 0;
        EXPECT_EQ(::waitpid(child, &status, 0), child);
        EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << read("errors");
        return read("output");
    }

    std::string passphrase_file() const { return "file:" + path("passphrase"); }

    // Reads the file that the program wrote and holds its key against the program's own answer.
    void expect_ours_to_be_theirs(const std::string& name) const {
        const auto ours = read_private_key(read(name), passphrase(sample_passphrase));
        ASSERT_TRUE(ours.ok()) << ours.error().message;
        const auto theirs =
            openssl({"pkey", "-in", path(name), "-passin", passphrase_file(), "-pubout"});
        EXPECT_EQ(write_public_key(ours.value()->key()), theirs);
        const auto clear = openssl({"pkey", "-in", path(name), "-passin", passphrase_file()});
        EXPECT_EQ(write_private_key(*ours.value(), std::nullopt, {}).value(), clear);
    }

private:
    std::filesystem::path folder_;
};

constexpr std::string_view sample_as_text =
    "ED25519 Private-Key:\n"
    "priv:\n"
    "    00:01:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:\n"
    "    0f:10:11:12:13:14:15:16:17:18:19:1a:1b:1c:1d:\n"
    "    1e:1f\n"
    "pub:\n"
    "    03:a1:07:bf:f3:ce:10:be:1d:70:dd:18:e7:4b:c0:\n"
    "    99:67:e4:d6:30:9b:a5:0d:5f:1d:dc:86:64:12:55:\n"
    "    31:b8\n";

TEST_F(OpensslProgram, reads_our_file_in_clear) {
    write("key.pem", clear_file());
    EXPECT_EQ(openssl({"pkey", "-in", path("key.pem"), "-noout", "-text"}), sample_as_text);
}

TEST_F(OpensslProgram, reads_our_sealed_file) {
    write("key.pem", sealed_file());
    EXPECT_EQ(
        openssl({"pkey", "-in", path("key.pem"), "-passin", passphrase_file(), "-noout", "-text"}),
        sample_as_text);
}

TEST_F(OpensslProgram, reads_our_public_file) {
    write("key.pem", public_file());
    EXPECT_EQ(openssl({"pkey", "-pubin", "-in", path("key.pem"), "-pubout"}), public_file());
}

TEST_F(OpensslProgram, verifies_what_we_signed) {
    const auto message = labelled(label::change, bytes_of("14 of 22 staff trained"));
    write("key.pem", public_file());
    write("message", text_of(message));
    write("signature", text_of(sample_signer()->sign(message).view()));
    EXPECT_NE(openssl({"pkeyutl", "-verify", "-pubin", "-inkey", path("key.pem"), "-rawin", "-in",
                       path("message"), "-sigfile", path("signature")})
                  .find("Signature Verified Successfully"),
              std::string::npos);
}

TEST_F(OpensslProgram, makes_keys_in_clear_that_we_read) {
    openssl({"genpkey", "-algorithm", "ed25519", "-out", path("key.pem")});
    EXPECT_FALSE(is_sealed(read("key.pem")).value());
    expect_ours_to_be_theirs("key.pem");
}

TEST_F(OpensslProgram, makes_sealed_keys_that_we_read) {
    openssl({"genpkey", "-algorithm", "ed25519", "-aes256", "-pass", passphrase_file(), "-out",
             path("key.pem")});
    EXPECT_TRUE(is_sealed(read("key.pem")).value());
    expect_ours_to_be_theirs("key.pem");
}

TEST_F(OpensslProgram, seals_keys_by_scrypt_as_our_advice_says) {
    write("clear.pem", clear_file());
    openssl({"pkcs8", "-topk8", "-scrypt", "-in", path("clear.pem"), "-passout", passphrase_file(),
             "-out", path("key.pem")});
    expect_ours_to_be_theirs("key.pem");
}

TEST_F(OpensslProgram, makes_keys_of_other_kinds_that_we_refuse) {
    for (const auto& algorithm : std::vector<std::vector<std::string>>{
             {"RSA", "-pkeyopt", "rsa_keygen_bits:1024"},
             {"EC", "-pkeyopt", "ec_paramgen_curve:P-256"},
             {"X25519"},
             {"ED448"},
         }) {
        std::vector<std::string> arguments{"genpkey", "-out", path("key.pem"), "-algorithm"};
        arguments.insert(arguments.end(), algorithm.begin(), algorithm.end());
        openssl(arguments);
        const auto secret = read_private_key(read("key.pem"), std::nullopt);
        ASSERT_FALSE(secret.ok()) << algorithm[0];
        EXPECT_EQ(secret.error().fault, Fault::invalid);
        EXPECT_NE(secret.error().message.find("another kind than Ed25519"), std::string::npos);

        const auto shown = read_public_key(openssl({"pkey", "-in", path("key.pem"), "-pubout"}));
        ASSERT_FALSE(shown.ok()) << algorithm[0];
        EXPECT_EQ(shown.error().message, "this is no Ed25519 public key");
    }
}

TEST_F(OpensslProgram, seals_keys_of_other_kinds_that_we_refuse) {
    openssl({"genpkey", "-algorithm", "X25519", "-aes256", "-pass", passphrase_file(), "-out",
             path("key.pem")});
    const auto read_back = read_private_key(read("key.pem"), passphrase(sample_passphrase));
    ASSERT_FALSE(read_back.ok());
    EXPECT_EQ(read_back.error().fault, Fault::invalid);
}

TEST_F(OpensslProgram, writes_rsa_keys_in_its_old_form_that_we_refuse) {
    openssl({"genrsa", "-traditional", "-out", path("key.pem"), "1024"});
    const auto read_back = read_private_key(read("key.pem"), std::nullopt);
    ASSERT_FALSE(read_back.ok());
    EXPECT_EQ(read_back.error().fault, Fault::invalid);
    EXPECT_NE(read_back.error().message.find("\"RSA PRIVATE KEY\""), std::string::npos);
    EXPECT_FALSE(read_back.error().advice.empty());
}

}  // namespace
}  // namespace wsoa
