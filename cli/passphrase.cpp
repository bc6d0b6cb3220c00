#include "cli/passphrase.h"

#include "cli/write.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>

namespace wsoa {
namespace {

// Everything up to the end, into memory that is wiped.
Result<Secret> read_to_end(int descriptor, std::string_view source) {
    // Room for a line break, and for one byte by which too much is seen to be too much.
    Secret buffer(Bytes(passphrase_bytes_max + 3));
    std::size_t size = 0;
    while (size < buffer.size()) {
        const auto count = ::read(descriptor, buffer.span().data() + size, buffer.size() - size);
        if (count == 0) {
            break;
        }
        if (count < 0 && errno != EINTR) {
            return error(Fault::unavailable, "{} cannot be read: {}", source, reason_of(errno));
        }
        size += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    return Secret(buffer.view().first(size));
}

Result<Secret> without_line_break(const Secret& read, std::string_view source,
                                  const SecretNames& names) {
    auto view = read.view();
    if (!view.empty() && view.back() == '\n') {
        view = view.first(view.size() - 1);
        if (!view.empty() && view.back() == '\r') {
            view = view.first(view.size() - 1);
        }
    }
    if (view.empty()) {
        return error(Fault::invalid, "the {} from {} is empty", names.noun, source);
    }
    if (view.size() > passphrase_bytes_max) {
        return error(Fault::invalid, "the {} from {} is longer than {} bytes", names.noun, source,
                     passphrase_bytes_max);
    }
    return Secret(view);
}

Result<Secret> from_file(const std::string& path, std::string_view source,
                         const SecretNames& names) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        return error(errno == ENOENT ? Fault::missing : Fault::unavailable,
                     "{} cannot be opened: {}", source, reason_of(errno));
    }
    auto read = read_to_end(descriptor, source);
    ::close(descriptor);
    if (!read.ok()) {
        return read;
    }
    return without_line_break(read.value(), source, names);
}

Result<Secret> from_descriptor(const std::string& number, std::string_view source,
                               const SecretNames& names) {
    int descriptor = -1;
    const auto* const end = number.data() + number.size();
    const auto [at, problem] = std::from_chars(number.data(), end, descriptor);
    if (problem != std::errc{} || at != end || descriptor < 0) {
        return error(Fault::invalid, "{} is \"{}\", which is no number of a descriptor", source,
                     number);
    }
    const auto read = TRY(read_to_end(descriptor, source));
    return without_line_break(read, source, names);
}

// The shell that runs the command, with its output on our pipe and nothing to read. A signal that
// we ignore, it does not.
Result<pid_t> start_shell(const std::string& command, int output) {
    posix_spawnattr_t attributes;
    CHECK(::posix_spawnattr_init(&attributes) == 0);
    sigset_t signals;
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGPIPE);
    ::posix_spawnattr_setsigdefault(&attributes, &signals);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_t actions;
    CHECK(::posix_spawn_file_actions_init(&actions) == 0);
    ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, output, 1);
    std::string shell = "sh";
    std::string option = "-c";
    std::string text = command;
    const std::array<char*, 4> arguments{shell.data(), option.data(), text.data(), nullptr};
    pid_t child = -1;
    const int problem =
        ::posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
    if (problem != 0) {
        return error(Fault::unavailable, "/bin/sh cannot be started: {}", reason_of(problem));
    }
    return child;
}

int wait_for(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

Result<Secret> from_command(const std::string& command, std::string_view source,
                            const SecretNames& names) {
    std::array<int, 2> pipe{-1, -1};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
        return error(Fault::unavailable, "no pipe for {}: {}", source, reason_of(errno));
    }
    const auto child = start_shell(command, pipe[1]);
    ::close(pipe[1]);
    if (!child.ok()) {
        ::close(pipe[0]);
        return child.error();
    }
    auto read = read_to_end(pipe[0], source);
    ::close(pipe[0]);
    const int status = wait_for(child.value());
    if (!read.ok()) {
        return read;
    }
    // A command that had more to say than we take may have died of the closed pipe: the length says
    // it better.
    const bool was_cut = read.value().size() > passphrase_bytes_max;
    if (!was_cut && status != 0) {
        const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        return error(Fault::unavailable, "{} failed with exit code {}", source, code);
    }
    return without_line_break(read.value(), source, names);
}

// The credential's file, if it is there.
std::optional<std::string> credential_of(const PassphraseSources& sources) {
    const auto folder = sources.variables.find("CREDENTIALS_DIRECTORY");
    if (!folder) {
        return std::nullopt;
    }
    auto path = fmt::format("{}/{}", *folder, sources.names.credential);
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0 ? std::optional(std::move(path)) : std::nullopt;
}

// A source that is set, and what was seen on the way to it.
class Search {
public:
    explicit Search(const PassphraseSources& sources) : sources_(sources) {}

    // Null where no source but the terminal is left.
    std::optional<Result<Secret>> without_asking() {
        const auto& names = sources_.names;
        if (sources_.file) {
            return told(from_file(*sources_.file,
                                  fmt::format("the {} file {}", names.noun, *sources_.file), names),
                        names.option);
        }
        tried_ += fmt::format("{} (not given)", names.option);
        if (const auto command = sources_.variables.find(names.command)) {
            return told(
                from_command(*command, fmt::format("the command in {}", names.command), names),
                names.command);
        }
        tried_ += fmt::format(", {} (not set)", names.command);
        if (const auto number = sources_.variables.find(names.descriptor)) {
            return told(from_descriptor(*number, names.descriptor, names), names.descriptor);
        }
        tried_ += fmt::format(", {} (not set)", names.descriptor);
        if (const auto path = credential_of(sources_)) {
            return told(from_file(*path, fmt::format("the credential {}", names.credential), names),
                        "the systemd credential");
        }
        tried_ += fmt::format(", the systemd credential {} (not there)", names.credential);
        return std::nullopt;
    }

    Error nobody_to_ask(std::string_view what) const {
        return error(Fault::missing, "there is no {} for {}", sources_.names.noun, what)
            .advise(fmt::format("tried, in this order: {}, the terminal (this is none).", tried_));
    }

    Result<Secret> told(Result<Secret> found, std::string_view source) const {
        if (found.ok()) {
            return found;
        }
        return std::move(found).error().advise(fmt::format(
            "tried, in this order: {}{}{} (failed).", tried_, tried_.empty() ? "" : ", ", source));
    }

private:
    const PassphraseSources& sources_;
    std::string tried_;
};

Result<Secret> ask(const PassphraseSources& sources, std::string_view prompt) {
    const auto typed = TRY(ask_hidden(sources.terminal, prompt));
    return without_line_break(typed, "the terminal", sources.names);
}

}  // namespace

bool PassphraseSources::has_one_without_asking() const {
    return file || variables.find(names.command) || variables.find(names.descriptor) ||
           credential_of(*this);
}

Result<Secret> read_passphrase(const PassphraseSources& sources, std::string_view what) {
    Search search(sources);
    if (auto found = search.without_asking()) {
        return std::move(*found);
    }
    if (!sources.terminal.can_ask()) {
        return search.nobody_to_ask(what);
    }
    return search.told(ask(sources, fmt::format("{} for {}: ", sources.names.noun_typed, what)),
                       "the terminal");
}

Result<Secret> new_passphrase(const PassphraseSources& sources, std::string_view what) {
    Search search(sources);
    if (auto found = search.without_asking()) {
        return std::move(*found);
    }
    if (!sources.terminal.can_ask()) {
        return search.nobody_to_ask(what);
    }
    auto first = TRY(search.told(
        ask(sources, fmt::format("New {} for {}: ", sources.names.noun, what)), "the terminal"));
    const auto second = TRY(search.told(ask(sources, "The same again: "), "the terminal"));
    if (!equal(first.view(), second.view())) {
        return Error{Fault::invalid, "the two passphrases differ"}.advise(
            "nothing was changed; start again.");
    }
    return first;
}

}  // namespace wsoa
