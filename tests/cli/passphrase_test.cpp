#include "cli/passphrase.h"

#include "tests/cli/pty.h"
#include "tests/cli/spoken.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace wsoa {
namespace {

using testing::HasSubstr;

// A folder for one test, gone with it.
class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "wsoa-XXXXXX").string();
        CHECK(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::string path() const { return path_.string(); }
    std::string write(const std::string& name, std::string_view content) const {
        const auto path = path_ / name;
        std::ofstream(path, std::ios::binary) << content;
        return path.string();
    }

private:
    std::filesystem::path path_;
};

Result<Secret> read_with(std::optional<std::string> file, Variables::Map variables,
                         const SecretNames& names = passphrase_names) {
    const Spoken spoken;
    const Variables handed(std::move(variables));
    const auto terminal = spoken.terminal();
    return read_passphrase({std::move(file), handed, terminal, names}, "the key head-of-send");
}

std::string text_in(const Result<Secret>& secret) {
    return secret.ok() ? std::string(text_of(secret.value().view()))
                       : "error: " + secret.error().message;
}

Variables::Map printing(const std::string& command) {
    return {{"WSOA_PASSPHRASE_COMMAND", command}};
}

TEST(Passphrase, comes_from_a_file_without_its_line_break) {
    const Folder folder;
    EXPECT_EQ(text_in(read_with(folder.write("a", "open sesame\n"), {})), "open sesame");
    EXPECT_EQ(text_in(read_with(folder.write("b", "open sesame"), {})), "open sesame");
    EXPECT_EQ(text_in(read_with(folder.write("c", "open sesame\r\n"), {})), "open sesame");
}

TEST(Passphrase, loses_one_line_break_only) {
    const Folder folder;
    EXPECT_EQ(text_in(read_with(folder.write("a", " two \n\n"), {})), " two \n");
}

TEST(Passphrase, comes_from_a_command) {
    EXPECT_EQ(text_in(read_with({}, printing("echo open sesame"))), "open sesame");
}

TEST(Passphrase, comes_from_a_descriptor) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
    ASSERT_EQ(::write(pipe[1], "sesame\n", 7), 7);
    ::close(pipe[1]);
    EXPECT_EQ(text_in(read_with({}, {{"WSOA_PASSPHRASE_FD", std::to_string(pipe[0])}})), "sesame");
    ::close(pipe[0]);
}

TEST(Passphrase, comes_from_a_systemd_credential) {
    const Folder folder;
    folder.write("wsoa-passphrase", "sesame\n");
    EXPECT_EQ(text_in(read_with({}, {{"CREDENTIALS_DIRECTORY", folder.path()}})), "sesame");
}

TEST(Passphrase, comes_from_the_terminal_last) {
    const Pty pty;
    const Variables none;
    const auto terminal = Terminal::look({pty.end(), pty.end(), pty.end()}, none);
    const std::jthread hand([&] {
        pty.read_until("Passphrase for the key head-of-send: ");
        pty.type("sesame\n");
    });
    EXPECT_EQ(text_in(read_passphrase({{}, none, terminal}, "the key head-of-send")), "sesame");
}

TEST(Passphrase, comes_from_the_first_source_that_is_set) {
    const Folder folder;
    auto variables = printing("echo from-command");
    variables.emplace("WSOA_PASSPHRASE_FD", "999");
    variables.emplace("CREDENTIALS_DIRECTORY", folder.path());
    EXPECT_EQ(text_in(read_with({}, variables)), "from-command");
    EXPECT_EQ(text_in(read_with(folder.write("p", "from-file"), variables)), "from-file");
}

TEST(Passphrase, without_any_source_lists_what_was_tried) {
    const auto secret = read_with({}, {});
    ASSERT_FALSE(secret.ok());
    EXPECT_EQ(secret.error().fault, Fault::missing);
    EXPECT_EQ(secret.error().message, "there is no passphrase for the key head-of-send");
    EXPECT_EQ(secret.error().advice,
              "tried, in this order: --passphrase-file (not given), WSOA_PASSPHRASE_COMMAND (not "
              "set), WSOA_PASSPHRASE_FD (not set), the systemd credential wsoa-passphrase (not "
              "there), the terminal (this is none).");
}

TEST(Passphrase, and_a_pin_have_sources_of_their_own) {
    const Folder folder;
    const Spoken spoken;
    const auto terminal = spoken.terminal();
    const auto pin_from = [&](Variables::Map variables) {
        const Variables handed(std::move(variables));
        return read_passphrase(
            {.file = std::nullopt, .variables = handed, .terminal = terminal, .names = pin_names},
            "the token \"council\"");
    };
    EXPECT_EQ(text_in(pin_from({{"WSOA_PIN_COMMAND", "echo 1234"}})), "1234");
    folder.write("wsoa-pin", "5678\n");
    EXPECT_EQ(text_in(pin_from({{"CREDENTIALS_DIRECTORY", folder.path()}})), "5678");
    const auto none = pin_from({{"WSOA_PASSPHRASE_COMMAND", "echo sesame"}});
    ASSERT_FALSE(none.ok());
    EXPECT_EQ(none.error().message, "there is no PIN for the token \"council\"");
    EXPECT_EQ(none.error().advice,
              "tried, in this order: --pin-file (not given), WSOA_PIN_COMMAND (not set), "
              "WSOA_PIN_FD (not set), the systemd credential wsoa-pin (not there), the terminal "
              "(this is none).");
}

// Whoever handles two at once must never have the one taken for the other.
TEST(Passphrase, of_a_spare_is_looked_for_under_names_of_its_own_and_no_others) {
    const Folder folder;
    folder.write("wsoa-passphrase", "the ledger's\n");
    Variables::Map variables{{"WSOA_PASSPHRASE_COMMAND", "echo the ledger"},
                             {"WSOA_PASSPHRASE_FD", "999"},
                             {"CREDENTIALS_DIRECTORY", folder.path()}};
    const auto none = read_with({}, variables, spare_names);
    ASSERT_FALSE(none.ok());
    EXPECT_EQ(none.error().advice,
              "tried, in this order: --spare-passphrase-file (not given), "
              "WSOA_SPARE_PASSPHRASE_COMMAND (not set), WSOA_SPARE_PASSPHRASE_FD (not set), the "
              "systemd credential wsoa-spare-passphrase (not there), the terminal (this is none).");
    folder.write("wsoa-spare-passphrase", "credential\n");
    EXPECT_EQ(text_in(read_with({}, variables, spare_names)), "credential");
    variables.emplace("WSOA_SPARE_PASSPHRASE_FD", "998");
    EXPECT_THAT(text_in(read_with({}, variables, spare_names)), HasSubstr("SPARE_PASSPHRASE_FD"));
    variables.emplace("WSOA_SPARE_PASSPHRASE_COMMAND", "echo command");
    EXPECT_EQ(text_in(read_with({}, variables, spare_names)), "command");
    EXPECT_EQ(text_in(read_with(folder.write("p", "file"), variables, spare_names)), "file");
    EXPECT_EQ(text_in(read_with({}, variables)), "the ledger");
}

TEST(Passphrase, is_not_sought_further_where_a_source_fails) {
    const auto secret = read_with("/nowhere/at/all", printing("echo sesame"));
    ASSERT_FALSE(secret.ok());
    EXPECT_EQ(secret.error().fault, Fault::missing);
    EXPECT_THAT(secret.error().message, HasSubstr("/nowhere/at/all"));
    EXPECT_EQ(secret.error().advice, "tried, in this order: --passphrase-file (failed).");
}

TEST(Passphrase, command_that_fails_is_named_with_its_exit_code) {
    const auto secret = read_with({}, printing("echo sesame; exit 7"));
    ASSERT_FALSE(secret.ok());
    EXPECT_EQ(secret.error().fault, Fault::unavailable);
    EXPECT_EQ(secret.error().message,
              "the command in WSOA_PASSPHRASE_COMMAND failed with exit code 7");
    EXPECT_THAT(secret.error().advice, HasSubstr("WSOA_PASSPHRASE_COMMAND (failed)"));
}

TEST(Passphrase, that_is_empty_is_refused) {
    const Folder folder;
    for (const auto* const content : {"", "\n", "\r\n"}) {
        const auto secret = read_with(folder.write("p", content), {});
        ASSERT_FALSE(secret.ok());
        EXPECT_EQ(secret.error().fault, Fault::invalid);
        EXPECT_THAT(secret.error().message, HasSubstr("is empty"));
    }
    EXPECT_THAT(text_in(read_with({}, printing("true"))), HasSubstr("is empty"));
}

TEST(Passphrase, may_have_just_so_many_bytes) {
    const Folder folder;
    const std::string longest(passphrase_bytes_max, 'x');
    EXPECT_EQ(text_in(read_with(folder.write("a", longest + "\r\n"), {})), longest);
    EXPECT_THAT(text_in(read_with(folder.write("b", longest + "x"), {})), HasSubstr("longer than"));
    EXPECT_THAT(text_in(read_with({}, printing("yes"))), HasSubstr("longer than"));
}

TEST(Passphrase, descriptor_must_be_an_open_one) {
    EXPECT_THAT(text_in(read_with({}, {{"WSOA_PASSPHRASE_FD", "three"}})), HasSubstr("three"));
    EXPECT_THAT(text_in(read_with({}, {{"WSOA_PASSPHRASE_FD", "-1"}})), HasSubstr("-1"));
    EXPECT_THAT(text_in(read_with({}, {{"WSOA_PASSPHRASE_FD", "987654"}})),
                HasSubstr("Bad file descriptor"));
}

Result<Secret> new_one(const Pty& pty, std::string_view first, std::string_view second) {
    const Variables none;
    const auto terminal = Terminal::look({pty.end(), pty.end(), pty.end()}, none);
    const std::jthread hand([&] {
        pty.read_until("New passphrase for the ledger's key: ");
        pty.type(first);
        pty.read_until("The same again: ");
        pty.type(second);
    });
    return new_passphrase({{}, none, terminal}, "the ledger's key");
}

TEST(NewPassphrase, is_asked_for_twice) {
    const Pty pty;
    EXPECT_EQ(text_in(new_one(pty, "sesame\n", "sesame\n")), "sesame");
}

TEST(NewPassphrase, must_be_typed_twice_alike) {
    const Pty pty;
    EXPECT_EQ(text_in(new_one(pty, "sesame\n", "sesam\n")), "error: the two passphrases differ");
}

}  // namespace
}  // namespace wsoa
