#include "cli/keeper/service.h"

#include "cli/keeper/document_shelf.h"
#include "cli/keeper/handoff.h"
#include "cli/keeper/on_recorder.h"
#include "cli/keeper/rows_service.h"
#include "cli/keeper/words_service.h"
#include "ledger/keys/signature.h"

#include <memory>
#include <utility>

namespace wsoa {
namespace {

// A submission on its way through the pool and the recorder.
struct Pending {
    Handoff<Committed> handoff;
    Submission submission;
};

Error too_busy() {
    return Error{Fault::busy, "the keeper has too much to do", "try again in a moment"};
}

void check_and_submit(Recorder& recorder, std::unique_ptr<Pending> pending) {
    auto checked = CheckedSubmission::check(std::move(pending->submission), recorder.ledger());
    if (!checked.ok()) {
        pending->handoff.give(std::move(checked).error());
        return;
    }
    // Owned by the answer, which is given once.
    auto* const waiting = pending.release();
    recorder.submit(std::move(checked).value(), [waiting](Result<Committed> outcome) {
        const std::unique_ptr<Pending> owned(waiting);
        owned->handoff.give(std::move(outcome));
    });
}

// Whose session a signature over the challenge opens.
Result<PersonId> signed_in(Ledger& ledger, const KeyId& key, const Hash& challenge,
                           const Signature& signature) {
    Bytes message = copy_of(ledger.facts().ledger.view());
    append(message, challenge.view());
    const auto* state = TRY(ledger.state_with(std::nullopt));
    const auto* record = state->keyring.key(key);
    if (record == nullptr || !record->in_force() ||
        !verify(key, labelled(label::session, message), signature)) {
        return Error{Fault::refused, "the key opens no session: it is not in force in this ledger",
                     "give --key with the key that you were enrolled with"};
    }
    return record->person;
}

Result<ConsistencyProof> prove_growth(const Recorder& recorder, TreeSize from, TreeSize to) {
    const auto history = TRY(recorder.history());
    return history->consistency(from, to);
}

}  // namespace

kj::Promise<void> KeeperService::about(AboutContext context) {
    ++activity_->calls;
    auto results = context.getResults();
    results.setProtocol(wire::protocol);
    results.setProgram(WSOA_VERSION);
    results.setLedger(wire::data_of(parts_.recorder.ledger().view()));
    results.setProcess(parts_.process);
    results.setCheckpoint(wire::data_of(bytes_of(parts_.recorder.checkpoint().note)));
    return kj::READY_NOW;
}

kj::Promise<Result<Committed>> KeeperService::record(Submission submission) {
    if (activity_->under_way >= waiting_max) {
        return Result<Committed>(too_busy());
    }
    Handoff<Committed> handoff;
    auto promise = handoff.take();
    // Owned by the task, which is run once; a standard function cannot hold what is only moved.
    auto* const pending =
        std::make_unique<Pending>(Pending{std::move(handoff), std::move(submission)}).release();
    auto& recorder = parts_.recorder;
    const bool is_taken = parts_.checkers.post(
        [&recorder, pending] { check_and_submit(recorder, std::unique_ptr<Pending>(pending)); });
    if (!is_taken) {
        std::unique_ptr<Pending>(pending)->handoff.give(too_busy());
    }
    return promise;
}

Result<Submission> KeeperService::complete(schema::Submission::Reader from) {
    if (parts_.may_record) {
        TRY(parts_.may_record());
    }
    auto submission = TRY(wire::get_submission(from));
    if (submission.document) {
        if (parts_.shelf == nullptr) {
            return Error{Fault::unavailable, "this keeper takes no documents in", ""};
        }
        submission.document = TRY(parts_.shelf->hand(submission.document->number));
    }
    return submission;
}

void KeeperService::answer(SubmitContext& context, std::optional<DocumentNumber> document,
                           const Result<Committed>& committed) {
    if (document) {
        parts_.shelf->settle(*document, committed);
    }
    wire::put_outcome(context.getResults().initOutcome(), committed, parts_.recorder.checkpoint());
    if (parts_.committed) {
        parts_.committed();
    }
    if (parts_.failed && parts_.recorder.has_failed()) {
        parts_.failed();
    }
}

kj::Promise<void> KeeperService::submit(SubmitContext context) {
    ++activity_->calls;
    auto submission = complete(context.getParams().getSubmission());
    if (!submission.ok()) {
        wire::put_failure(context.getResults().initOutcome().initFailure(), submission.error());
        return kj::READY_NOW;
    }
    const auto& handed = submission.value().document;
    const auto document = handed ? std::optional(handed->number) : std::nullopt;
    auto outcome = record(std::move(submission).value());
    ++activity_->under_way;
    return outcome
        .then([this, context, document](const Result<Committed>& committed) mutable {
            answer(context, document, committed);
        })
        .attach(kj::defer([this] { --activity_->under_way; }));
}

kj::Promise<void> KeeperService::moment(MomentContext context) {
    ++activity_->calls;
    auto results = context.getResults();
    if (activity_->rows_held >= Activity::rows_held_max) {
        wire::put_failure(results.initFailure(),
                          Error{Fault::busy, "this client keeps too many moments of the ledger",
                                "let go of the earlier ones"});
        return kj::READY_NOW;
    }
    // The views before the size, and the size before the truth: so that the views hold no more than
    // the size covers, and the truth no less.
    auto views =
        parts_.views != nullptr
            ? parts_.views->snapshot()
            : Result<std::unique_ptr<Snapshot>>(Error{Fault::missing, "no views are kept"});
    const auto size = parts_.recorder.checkpoint().checkpoint.size;
    auto truth = parts_.truth.snapshot();
    if (!truth.ok()) {
        wire::put_failure(results.initFailure(), truth.error());
        return kj::READY_NOW;
    }
    results.setSize(size.value);
    results.setTruth(kj::heap<RowsService>(
        std::move(truth).value(), RowsService::Shows::all_but_words, kj::addRef(*activity_)));
    if (views.ok()) {
        results.setViews(kj::heap<RowsService>(
            std::move(views).value(), RowsService::Shows::everything, kj::addRef(*activity_)));
    }
    return kj::READY_NOW;
}

kj::Promise<void> KeeperService::login(LoginContext context) {
    ++activity_->calls;
    const auto key = KeyId::of(wire::view_of(context.getParams().getKey()));
    logging_in_ = key.ok() ? std::optional(key.value()) : std::nullopt;
    parts_.environment.random.fill(challenge_.bytes);
    context.getResults().setChallenge(wire::data_of(challenge_.view()));
    return kj::READY_NOW;
}

kj::Promise<void> KeeperService::session(SessionContext context) {
    ++activity_->calls;
    const auto signature = Signature::of(wire::view_of(context.getParams().getSignature()));
    const auto key = std::exchange(logging_in_, std::nullopt);
    if (!key || !signature.ok()) {
        wire::put_failure(context.getResults().initFailure(),
                          Error{Fault::invalid, "a session begins with a login", ""});
        return kj::READY_NOW;
    }
    return on_recorder<PersonId>(
               parts_.recorder,
               [key = *key, challenge = challenge_, signature = signature.value()](Ledger& ledger) {
                   return signed_in(ledger, key, challenge, signature);
               })
        .then([this, context](Result<PersonId> person) mutable {
            if (person.ok()) {
                context.getResults().setSession(
                    kj::heap<WordsService>(parts_, kj::addRef(*activity_),
                                           WordsReader{.is_operator = peer_ == Peer::owner,
                                                       .person = std::move(person).value()}));
            } else {
                wire::put_failure(context.getResults().initFailure(), person.error());
            }
        });
}

kj::Promise<void> KeeperService::publicWords(PublicWordsContext context) {
    ++activity_->calls;
    context.getResults().setSession(kj::heap<WordsService>(
        parts_, kj::addRef(*activity_), WordsReader{.is_operator = peer_ == Peer::owner}));
    return kj::READY_NOW;
}

kj::Promise<void> KeeperService::consistency(ConsistencyContext context) {
    ++activity_->calls;
    const auto params = context.getParams();
    const auto proof =
        prove_growth(parts_.recorder, TreeSize{params.getOldSize()}, TreeSize{params.getNewSize()});
    auto results = context.getResults();
    if (!proof.ok()) {
        wire::put_failure(results.initFailure(), proof.error());
        return kj::READY_NOW;
    }
    auto path = results.initPath(static_cast<unsigned>(proof.value().path.size()));
    for (unsigned i = 0; i < path.size(); ++i) {
        path.set(i, wire::data_of(proof.value().path[i].view()));
    }
    return kj::READY_NOW;
}

}  // namespace wsoa
