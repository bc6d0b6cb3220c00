#include "ledger/store/lock.h"

#include "ledger/base/text.h"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <ctime>

namespace wsoa {
namespace {

constexpr std::size_t holder_bytes_max = 1'024;
constexpr std::size_t value_bytes_max = 200;
constexpr std::chrono::milliseconds between_tries{20};

// What may stand in the file, and later in a sentence on somebody's terminal.
std::string printable(std::string_view text) {
    const auto part = text.substr(0, value_bytes_max);
    return check_text(part, value_bytes_max).ok() ? std::string(part) : "unknown";
}

std::string user_name() {
    std::array<char, 4'096> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    const auto id = ::geteuid();
    if (::getpwuid_r(id, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) {
        return printable(found->pw_name);
    }
    return std::to_string(id);
}

std::string host_name() {
    std::array<char, 256> buffer{};
    // The last byte stays zero: a name that was cut is not ended otherwise.
    if (::gethostname(buffer.data(), buffer.size() - 1) != 0) {
        return "unknown";
    }
    return printable(buffer.data());
}

// The rest of the line after "name ", and the text without that line.
Result<std::string> take_line(std::string_view& text, std::string_view name) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    if (end == std::string_view::npos || !line.starts_with(name) || line.size() <= name.size() ||
        line[name.size()] != ' ') {
        return error(Fault::corrupt, "the lock's file has no line \"{}\" in its place", name);
    }
    const auto value = line.substr(name.size() + 1);
    TRY(check_text(value, value_bytes_max));
    text.remove_prefix(end + 1);
    return std::string(value);
}

Result<std::int64_t> process_of(std::string_view text) {
    std::int64_t process = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), process);
    if (failed != std::errc{} || end != text.data() + text.size() || process <= 0 ||
        std::to_string(process) != text) {
        return Error{Fault::corrupt, "the lock's file does not name a process"};
    }
    return process;
}

Result<LockHolder> parse_holder(std::string_view text) {
    LockHolder holder;
    const auto process = TRY(take_line(text, "process"));
    holder.process = TRY(process_of(process));
    holder.user = TRY(take_line(text, "user"));
    holder.host = TRY(take_line(text, "host"));
    const auto since = TRY(take_line(text, "since"));
    holder.since = TRY(parse_instant(since));
    holder.command = TRY(take_line(text, "command"));
    if (!text.empty()) {
        return Error{Fault::corrupt, "the lock's file has more lines than it should"};
    }
    return holder;
}

std::string who_holds(const OpenFile& file) {
    const auto bytes = file.read_at(0, holder_bytes_max);
    if (bytes.ok()) {
        const auto holder = LockHolder::parse(text_of(bytes.value()));
        if (holder.ok()) {
            return holder.value().in_words();
        }
    }
    return "another process";
}

void rest(std::chrono::milliseconds duration) {
    timespec left{};
    left.tv_nsec = std::chrono::nanoseconds(duration).count();
    // A signal that ends the pause early only brings the next try forward.
    ::nanosleep(&left, nullptr);
}

}  // namespace

LockHolder LockHolder::here(std::string_view command, Instant since) {
    return {.process = ::getpid(),
            .user = user_name(),
            .host = host_name(),
            .since = since,
            .command = printable(command)};
}

Result<LockHolder> LockHolder::parse(std::string_view text) {
    auto holder = parse_holder(text);
    if (!holder.ok()) {
        return Error{Fault::corrupt, holder.error().message};
    }
    return holder;
}

std::string LockHolder::str() const {
    return fmt::format("process {}\nuser {}\nhost {}\nsince {}\ncommand {}\n", process, user, host,
                       to_string(since), command);
}

std::string LockHolder::in_words() const {
    return fmt::format("{} (process {} of user {} on host {}, since {})", command, process, user,
                       host, to_string(since));
}

Result<bool> lock_within(OpenFile& file, std::chrono::milliseconds at_most,
                         const std::function<bool()>& is_needless) {
    for (auto waited = std::chrono::milliseconds{0};; waited += between_tries) {
        const bool is_ours = TRY(file.try_lock());
        if (is_ours || waited >= at_most || (is_needless && is_needless())) {
            return is_ours;
        }
        rest(between_tries);
    }
}

Result<std::unique_ptr<WriterLock>> WriterLock::acquire(const std::filesystem::path& path,
                                                        const LockHolder& holder,
                                                        const Waiting& waiting) {
    auto file = TRY(OpenFile::open(path, OpenFile::Use::create_write));
    const bool is_ours = TRY(lock_within(*file, waiting.at_most, waiting.is_needless));
    if (!is_ours) {
        return error(Fault::busy, "the ledger is being written by {}", who_holds(*file))
            .advise("try again, or wait for it to end");
    }
    TRY(file->resize(0));
    TRY(file->write_at(0, bytes_of(holder.str())));
    return std::unique_ptr<WriterLock>(new WriterLock(std::move(file)));
}

}  // namespace wsoa
