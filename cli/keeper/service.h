#pragma once

#include "cli/keeper/activity.h"
#include "cli/keeper/parts.h"
#include "cli/keeper/wire.h"

namespace wsoa {

// The interface of schemas/keeper.capnp for one client.
//
// Runs on the thread of the event loop and never blocks it: signatures are checked by the pool,
// changes wait with the recorder. A call that fails answers with a Failure; an exception goes only
// to a client that broke the protocol.
class KeeperService final : public schema::Keeper::Server {
public:
    // Submissions of one client that may wait at once; more are answered `busy`.
    static constexpr unsigned waiting_max = 256;

    enum class Peer : std::uint8_t { anyone, owner };  // who could open the folder just as well
    KeeperService(const KeeperParts& parts, kj::Own<Activity> activity, Peer peer)
        : parts_(parts), activity_(kj::mv(activity)), peer_(peer) {}

protected:
    kj::Promise<void> about(AboutContext context) override;
    kj::Promise<void> submit(SubmitContext context) override;
    kj::Promise<void> moment(MomentContext context) override;
    kj::Promise<void> login(LoginContext context) override;
    kj::Promise<void> session(SessionContext context) override;
    kj::Promise<void> publicWords(PublicWordsContext context) override;
    kj::Promise<void> consistency(ConsistencyContext context) override;

private:
    // What came in, with the record of the document that it names.
    Result<Submission> complete(schema::Submission::Reader from);
    kj::Promise<Result<Committed>> record(Submission submission);
    void answer(SubmitContext& context, std::optional<DocumentNumber> document,
                const Result<Committed>& committed);

    KeeperParts parts_;
    kj::Own<Activity> activity_;
    Peer peer_;
    std::optional<KeyId> logging_in_;
    Hash challenge_;
};

}  // namespace wsoa
