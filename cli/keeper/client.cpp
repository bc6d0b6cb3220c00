#include "cli/keeper/address.h"
#include "cli/keeper/client_line.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <iterator>
#include <thread>

namespace wsoa {
namespace {

constexpr time_t connect_seconds_max = 3;
constexpr int connect_tries_max = 3;
constexpr std::chrono::milliseconds connect_pause{50};

capnp::ReaderOptions reader_options() {
    capnp::ReaderOptions options;
    options.traversalLimitInWords = 4 * wire::message_bytes_max / sizeof(capnp::word);
    return options;
}

}  // namespace

namespace {

// Rows of a keeper's moment, a call each but for get_many; scans come in pages.
class RemoteSnapshot final : public Snapshot {
public:
    RemoteSnapshot(KeeperClient::Line& line, schema::Rows::Client rows)
        : line_(line), rows_(kj::mv(rows)) {}
    // Letting go of what is the keeper's only sends a message, and the line holds until then.
    ~RemoteSnapshot() noexcept override = default;

    Result<std::optional<Bytes>> get(ByteView key) const override {
        auto request = rows_.getRequest();
        request.setKey(wire::data_of(key));
        return line_.ask<std::optional<Bytes>>(
            request, [](auto& response) -> Result<std::optional<Bytes>> {
                if (const auto failure = wire::get_failure(response.getFailure())) {
                    return *failure;
                }
                return response.getFound()
                           ? std::optional(copy_of(wire::view_of(response.getValue())))
                           : std::nullopt;
            });
    }

    Result<std::vector<std::optional<Bytes>>> get_many(std::span<const Bytes> keys) const override {
        std::vector<std::optional<Bytes>> values;
        while (values.size() < keys.size()) {
            const auto rest = keys.subspan(values.size());
            auto some = TRY(get_some(rest.first(std::min(rest.size(), wire::keys_max))));
            std::ranges::move(some, std::back_inserter(values));
        }
        return values;
    }

    Result<void> scan(ByteView from, ByteView to, const Visit& visit) const override {
        auto next = copy_of(from);
        for (bool is_more = true; is_more;) {
            is_more = TRY(scan_page(next, to, visit));
        }
        return done();
    }

    Result<std::optional<std::pair<Bytes, Bytes>>> last(ByteView from, ByteView to) const override {
        using Found = std::optional<std::pair<Bytes, Bytes>>;
        auto request = rows_.lastRequest();
        request.setFrom(wire::data_of(from));
        request.setTo(wire::data_of(to));
        return line_.ask<Found>(request, [](auto& response) -> Result<Found> {
            if (const auto failure = wire::get_failure(response.getFailure())) {
                return *failure;
            }
            if (!response.getFound()) {
                return Found{};
            }
            const auto row = response.getRow();
            return Found(std::pair(copy_of(wire::view_of(row.getKey())),
                                   copy_of(wire::view_of(row.getValue()))));
        });
    }

private:
    // As many from the front as one answer holds.
    Result<std::vector<std::optional<Bytes>>> get_some(std::span<const Bytes> keys) const {
        using Values = std::vector<std::optional<Bytes>>;
        auto request = rows_.getManyRequest();
        wire::put_keys(request.initKeys(static_cast<unsigned>(keys.size())), keys);
        return line_.ask<Values>(request, [&](auto& response) -> Result<Values> {
            if (const auto failure = wire::get_failure(response.getFailure())) {
                return *failure;
            }
            return wire::get_values(response.getValues(), keys.size());
        });
    }

    // One page of a scan; moves `next` behind it and gives whether there is another.
    Result<bool> scan_page(Bytes& next, ByteView to, const Visit& visit) const {
        auto request = rows_.scanRequest();
        request.setFrom(wire::data_of(next));
        request.setTo(wire::data_of(to));
        return line_.ask<bool>(request, [&](auto& response) -> Result<bool> {
            if (const auto failure = wire::get_failure(response.getFailure())) {
                return *failure;
            }
            for (const auto row : response.getRows()) {
                next = copy_of(wire::view_of(row.getKey()));
                const auto step = TRY(visit(next, wire::view_of(row.getValue())));
                if (step == Step::stop) {
                    return false;
                }
            }
            // A page without a row that is not the last one would be asked for without end.
            if (!response.getIsWhole() && response.getRows().size() == 0) {
                return Error{Fault::distrusted, "the keeper's answer cannot be read"};
            }
            next.push_back(0);
            return !response.getIsWhole();
        });
    }

    KeeperClient::Line& line_;
    mutable schema::Rows::Client rows_;
};

}  // namespace

KeeperClient::KeeperClient(std::unique_ptr<Line> line) : line_(std::move(line)) {}
KeeperClient::~KeeperClient() = default;

bool KeeperClient::is_lost() const { return line_->is_lost; }

namespace {

// A socket that is connected. Waits while more clients come than the keeper takes in.
Result<int> connected_socket(const std::filesystem::path& path) {
    const auto address = TRY(socket_address(path));
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) {
        return error(Fault::unavailable, "no socket can be made: {}", std::strerror(errno));
    }
    const timeval wait{.tv_sec = connect_seconds_max, .tv_usec = 0};
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 &&
        ::fcntl(socket, F_SETFL, O_NONBLOCK) == 0) {
        return socket;
    }
    const int reason = errno;
    ::close(socket);
    if (reason == EAGAIN) {
        return Error{Fault::busy, "the keeper takes in no more clients", "try again in a moment"};
    }
    const bool is_nobody = reason == ENOENT || reason == ECONNREFUSED;
    return error(is_nobody ? Fault::missing : Fault::unavailable, "no keeper listens on {}: {}",
                 path.string(), std::strerror(reason));
}

}  // namespace

Result<std::unique_ptr<KeeperClient>> KeeperClient::connect_once(
    const std::filesystem::path& socket) {
    const int connected = TRY(connected_socket(socket));
    auto line = std::make_unique<Line>();
    auto failed = kj::runCatchingExceptions([&] {
        line->stream = line->io.lowLevelProvider->wrapSocketFd(
            connected, kj::LowLevelAsyncIoProvider::TAKE_OWNERSHIP |
                           kj::LowLevelAsyncIoProvider::ALREADY_CLOEXEC |
                           kj::LowLevelAsyncIoProvider::ALREADY_NONBLOCK);
        line->network = kj::heap<capnp::TwoPartyVatNetwork>(
            *line->stream, capnp::rpc::twoparty::Side::CLIENT, reader_options());
        line->rpc = kj::heap<capnp::RpcSystem<capnp::rpc::twoparty::VatId>>(
            capnp::makeRpcClient(*line->network));
        capnp::MallocMessageBuilder message;
        auto vat = message.initRoot<capnp::rpc::twoparty::VatId>();
        vat.setSide(capnp::rpc::twoparty::Side::SERVER);
        line->keeper = line->rpc->bootstrap(vat).castAs<schema::Keeper>();
    });
    KJ_IF_MAYBE (exception, failed) {
        return error_of(*exception);
    }
    std::unique_ptr<KeeperClient> client(new KeeperClient(std::move(line)));
    const auto greeted = client->greet();
    if (!greeted.ok() && client->is_lost()) {
        return error(Fault::busy, "the keeper on {} closed the connection before it said who it is",
                     socket.string())
            .advise("try again in a moment");
    }
    TRY(greeted);
    return client;
}

// One that is killed may take a client in and go; the next try finds who comes after it, or nobody.
Result<std::unique_ptr<KeeperClient>> KeeperClient::connect(const std::filesystem::path& socket) {
    for (int tries = 1;; ++tries) {
        auto client = connect_once(socket);
        if (client.ok() || client.error().fault != Fault::busy || tries == connect_tries_max) {
            return client;
        }
        std::this_thread::sleep_for(connect_pause);
    }
}

Result<void> KeeperClient::greet() {
    about_ = TRY(line_->ask<KeeperAbout>(
        line_->service().aboutRequest(), [](auto& response) -> Result<KeeperAbout> {
            if (response.getProtocol() != wire::protocol) {
                return error(Fault::unavailable, "the keeper is of release {}, this program of {}",
                             response.getProgram().cStr(), WSOA_VERSION)
                    .advise("restart the keeper after an upgrade");
            }
            const auto ledger = TRY(Hash::of(wire::view_of(response.getLedger())));
            const auto note = TRY(Note::parse(text_of(wire::view_of(response.getCheckpoint()))));
            const auto checkpoint = TRY(Checkpoint::parse(note.text));
            return KeeperAbout{.ledger = ledger,
                               .origin = checkpoint.origin,
                               .program = response.getProgram().cStr(),
                               .process = response.getProcess()};
        }));
    return done();
}

Result<wire::Recorded> KeeperClient::submit(const Submission& submission) {
    auto request = line_->service().submitRequest();
    wire::put_submission(request.initSubmission(), submission);
    return line_->ask<wire::Recorded>(
        request, [](auto& response) { return wire::get_outcome(response.getOutcome()); });
}

Result<KeeperMoment> KeeperClient::moment() {
    return line_->ask<KeeperMoment>(
        line_->service().momentRequest(), [this](auto& response) -> Result<KeeperMoment> {
            if (const auto failure = wire::get_failure(response.getFailure())) {
                return *failure;
            }
            KeeperMoment moment;
            moment.size = TreeSize{response.getSize()};
            moment.truth = std::make_unique<RemoteSnapshot>(*line_, response.getTruth());
            if (response.hasViews()) {
                moment.views = std::make_unique<RemoteSnapshot>(*line_, response.getViews());
            }
            return moment;
        });
}

Result<void> KeeperClient::sign_in(const Signer& signer) {
    auto login = line_->service().loginRequest();
    login.setKey(wire::data_of(signer.key().view()));
    const auto challenge = TRY(line_->ask<Hash>(
        login, [](auto& response) { return Hash::of(wire::view_of(response.getChallenge())); }));
    Bytes message = copy_of(about_.ledger.view());
    append(message, challenge.view());
    const auto signature = signer.sign(labelled(label::session, message));
    auto session = line_->service().sessionRequest();
    session.setSignature(wire::data_of(signature.view()));
    return line_->ask<void>(session, [this](auto& response) -> Result<void> {
        if (const auto failure = wire::get_failure(response.getFailure())) {
            return *failure;
        }
        line_->words = response.getSession();
        return done();
    });
}

Result<void> KeeperClient::open_words() {
    if (line_->words != nullptr) {
        return done();
    }
    return line_->ask<void>(line_->service().publicWordsRequest(),
                            [this](auto& response) -> Result<void> {
                                line_->words = response.getSession();
                                return done();
                            });
}

Result<std::vector<ReadableWord>> KeeperClient::words_of(EventIndex index) {
    TRY(open_words());
    auto request = KJ_ASSERT_NONNULL(line_->words).ofRequest();
    request.setIndex(index.value);
    return line_->ask<std::vector<ReadableWord>>(
        request, [](auto& response) -> Result<std::vector<ReadableWord>> {
            if (const auto failure = wire::get_failure(response.getFailure())) {
                return *failure;
            }
            return wire::get_words(response.getWords());
        });
}

Result<std::vector<Hash>> KeeperClient::consistency(TreeSize old_size, TreeSize new_size) {
    auto request = line_->service().consistencyRequest();
    request.setOldSize(old_size.value);
    request.setNewSize(new_size.value);
    return line_->ask<std::vector<Hash>>(request, [](auto& response) -> Result<std::vector<Hash>> {
        if (const auto failure = wire::get_failure(response.getFailure())) {
            return *failure;
        }
        std::vector<Hash> path;
        for (const auto hash : response.getPath()) {
            path.push_back(TRY(Hash::of(wire::view_of(hash))));
        }
        return path;
    });
}

}  // namespace wsoa
