#include "cli/pack/archive_writer.h"

#include "ledger/base/check.h"
#include "ledger/inspection/archive.h"

#include <zip.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>

namespace wsoa {
namespace {

// 1 January 1980 at midnight, the first day that a zip file knows. libzip's own call for a time
// asks for the machine's time zone.
constexpr zip_uint16_t first_time = 0;
constexpr zip_uint16_t first_date = 33;

Error failed(std::string_view what, zip_error_t* reason) {
    return error(Fault::unavailable, "{}: {}", what, zip_error_strerror(reason));
}

struct Discarding {
    void operator()(zip_t* zip) const { zip_discard(zip); }
};
using Zip = std::unique_ptr<zip_t, Discarding>;

// A member that libzip reads while it writes the file. Outlives the file's being closed.
struct Streamed {
    const ArchiveWriter::Parts* parts = nullptr;
    std::uint64_t next = 0;
    Bytes part = {};
    std::size_t at = 0;
    std::optional<Error> failure = {};

    zip_int64_t read(void* to, zip_uint64_t wanted) {
        if (at == part.size() && next < parts->count) {
            auto more = parts->part(next++);
            if (!more.ok()) {
                failure = more.error();
                return -1;
            }
            part = std::move(more).value();
            at = 0;
        }
        const auto count = std::min<std::size_t>(wanted, part.size() - at);
        std::memcpy(to, part.data() + at, count);
        at += count;
        return static_cast<zip_int64_t>(count);
    }
};

zip_int64_t stream(void* state, void* data, zip_uint64_t length, zip_source_cmd_t command) {
    auto& member = *static_cast<Streamed*>(state);
    switch (command) {
        case ZIP_SOURCE_OPEN:
            member.next = 0;
            member.part.clear();
            member.at = 0;
            return 0;
        case ZIP_SOURCE_READ: return member.read(data, length);
        case ZIP_SOURCE_CLOSE:
        case ZIP_SOURCE_FREE: return 0;
        case ZIP_SOURCE_STAT: {
            auto* const stat = static_cast<zip_stat_t*>(data);
            zip_stat_init(stat);
            stat->size = member.parts->size;
            stat->valid = ZIP_STAT_SIZE;
            return sizeof(zip_stat_t);
        }
        case ZIP_SOURCE_ERROR: {
            const int reason[2] = {ZIP_ER_READ, 0};
            std::memcpy(data, reason, sizeof(reason));
            return sizeof(reason);
        }
        case ZIP_SOURCE_SUPPORTS:
            return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ,
                                                  ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                                  ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
        default: return -1;
    }
}

// One file as libzip builds it.
class Build {
public:
    // Takes the source over.
    static Result<std::unique_ptr<Build>> begin(zip_source_t* target, int flags) {
        zip_error_t reason;
        zip_error_init(&reason);
        Zip zip(zip_open_from_source(target, flags, &reason));
        if (!zip) {
            zip_source_free(target);
            return failed("the pack's file cannot be made", &reason);
        }
        return std::unique_ptr<Build>(new Build(std::move(zip)));
    }
    Result<void> add(const std::string& name, const Bytes& content) {
        return add(name, zip_source_buffer(zip_.get(), content.data(), content.size(), 0));
    }
    Result<void> add(const std::string& name, const ArchiveWriter::Parts& parts) {
        auto& member =
            *streamed_.emplace_back(std::make_unique<Streamed>(Streamed{.parts = &parts}));
        return add(name, zip_source_function(zip_.get(), stream, &member));
    }
    Result<void> finish() {
        if (zip_close(zip_.get()) == 0) {
            static_cast<void>(zip_.release());
            return done();
        }
        for (const auto& member : streamed_) {
            if (member->failure) {
                return *member->failure;
            }
        }
        return failed("the pack cannot be written", zip_get_error(zip_.get()));
    }

private:
    explicit Build(Zip zip) : zip_(std::move(zip)) {}

    Result<void> add(const std::string& name, zip_source_t* source) {
        if (source == nullptr) {
            return failed("a member cannot be added", zip_get_error(zip_.get()));
        }
        const auto index = zip_file_add(zip_.get(), name.c_str(), source, 0);
        if (index < 0) {
            zip_source_free(source);
            return failed("a member cannot be added", zip_get_error(zip_.get()));
        }
        const auto place = static_cast<zip_uint64_t>(index);
        const bool is_set = zip_set_file_compression(zip_.get(), place, ZIP_CM_STORE, 0) == 0 &&
                            zip_file_set_dostime(zip_.get(), place, first_time, first_date, 0) == 0;
        return is_set ? done()
                      : Result<void>(failed("a member cannot be added", zip_get_error(zip_.get())));
    }

    Zip zip_;
    std::vector<std::unique_ptr<Streamed>> streamed_;
};

}  // namespace

void ArchiveWriter::add(std::string name, Content content) {
    CHECK(is_member_name(name));
    const auto [place, is_new] = members_.emplace(std::move(name), std::move(content));
    CHECK(is_new);
}

Result<void> ArchiveWriter::write(const std::filesystem::path& path) const {
    std::uint64_t all = 0;
    for (const auto& [name, content] : members_) {
        const auto* const whole = std::get_if<Bytes>(&content);
        all += whole != nullptr ? whole->size() : std::get<Parts>(content).size;
    }
    constexpr std::uint64_t headers_at_most = std::uint64_t{1} << 25;
    if (all > Archive::bytes_max - headers_at_most || members_.size() > Archive::members_max) {
        return error(Fault::invalid,
                     "the pack would have {} members of {} bytes, more than one file holds",
                     members_.size(), all)
            .advise("choose fewer documents with --evidence");
    }
    zip_error_t reason;
    zip_error_init(&reason);
    auto* const target = zip_source_file_create(path.c_str(), 0, -1, &reason);
    if (target == nullptr) {
        return failed("the pack's file cannot be made", &reason);
    }
    const auto build = TRY(Build::begin(target, ZIP_CREATE | ZIP_EXCL));
    for (const auto& [name, content] : members_) {
        const auto* const whole = std::get_if<Bytes>(&content);
        TRY(whole != nullptr ? build->add(name, *whole)
                             : build->add(name, std::get<Parts>(content)));
    }
    return build->finish();
}

Result<Bytes> ArchiveWriter::bytes(
    const std::function<bool(const std::string& name)>& is_wanted) const {
    zip_error_t reason;
    zip_error_init(&reason);
    auto* const target = zip_source_buffer_create(nullptr, 0, 0, &reason);
    if (target == nullptr) {
        return failed("there is no memory for the pack", &reason);
    }
    zip_source_keep(target);  // it is read once the file is closed
    const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> kept(target, zip_source_free);
    const auto build = TRY(Build::begin(target, ZIP_CREATE | ZIP_TRUNCATE));
    for (const auto& [name, content] : members_) {
        if (is_wanted(name)) {
            const auto* const whole = std::get_if<Bytes>(&content);
            CHECK(whole != nullptr);
            TRY(build->add(name, *whole));
        }
    }
    TRY(build->finish());
    zip_stat_t stat;
    Bytes made;
    if (zip_source_open(target) < 0 || zip_source_stat(target, &stat) < 0) {
        return failed("the pack cannot be read back", zip_source_error(target));
    }
    made.resize(stat.size);
    const auto count = zip_source_read(target, made.data(), made.size());
    zip_source_close(target);
    if (count != static_cast<zip_int64_t>(made.size())) {
        return failed("the pack cannot be read back", zip_source_error(target));
    }
    return made;
}

}  // namespace wsoa
