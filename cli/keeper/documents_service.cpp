#include "cli/keeper/documents_service.h"

#include "cli/keeper/on_pool.h"
#include "cli/keeper/on_recorder.h"
#include "ledger/event/choices.h"
#include "ledger/plan/rights.h"
#include "ledger/plan/rulebook.h"

#include <algorithm>

namespace wsoa {
namespace {

Error no_documents() {
    return Error{Fault::unavailable, "this keeper takes no documents in and lends none",
                 "name the ledger's folder with --ledger"};
}

// What the reader says records their reading, compared with what is asked for now.
Result<void> expect_recorded(const History& history, const State& state, const DocumentAsked& asked,
                             const Event& registered) {
    const auto refused = [&](std::string_view what) {
        return error(Fault::refused, "{} is read out only on record, and {}",
                     registered.envelope().subject.str(), what)
            .advise("let `wsoa evidence get` record it, with your key in --key");
    };
    if (!asked.read || asked.read->value < asked.since.value ||
        asked.read->value >= history.size().value) {
        return refused("no event of this session records it");
    }
    const auto event = TRY(history.event(*asked.read));
    const auto by = state.keyring.holder_of(event.envelope().author_key);
    const bool is_by_reader =
        asked.reader.person ? by == asked.reader.person : asked.reader.is_operator;
    if (document_read(event.change()) != document_named(registered.change()) || !is_by_reader) {
        return refused(fmt::format("event {} does not record it", asked.read->value));
    }
    return done();
}

}  // namespace

Result<NamedDocument> document_for(Ledger& ledger, const DocumentAsked& asked) {
    const auto history = TRY(ledger.history());
    const auto event = TRY(history->event(asked.registered));
    const auto named = document_named(event.change());
    const auto* const state = TRY(ledger.state_with(event.envelope().plan));
    const auto* const plan = event.envelope().plan ? state->plan(*event.envelope().plan) : nullptr;
    const auto* const item =
        plan == nullptr ? nullptr : part_in(plan->evidence, event.envelope().subject);
    if (!named || item == nullptr) {
        return error(Fault::missing, "event {} brought no document in", asked.registered.value);
    }
    if (item->erased) {
        return error(Fault::missing, "the document of {} was erased by event {}", item->ref.str(),
                     item->erased->index.value);
    }
    const auto zone = TRY(Zone::find(ledger.facts().zone));
    const auto today = zone.day_of(asked.now);
    if (!asked.reader.is_operator && !may_read_words(*state, asked.reader.person, event, today)) {
        return error(Fault::refused, "the document of {} is withheld: it is for {} readers",
                     item->ref.str(), choice_name(event.envelope().classification))
            .advise(asked.reader.person ? "ask the records manager, or for its redacted copy"
                                        : "sign in with --key");
    }
    if (reads_are_recorded(*plan, *item, event, today)) {
        TRY(expect_recorded(*history, *state, asked, event));
    }
    return *named;
}

Result<void> may_bring_documents(Ledger& ledger, const WordsReader& reader, Instant now) {
    const auto* const state = TRY(ledger.state_with(std::nullopt));
    const auto zone = TRY(Zone::find(ledger.facts().zone));
    const auto held = reader.person ? roles_held(*state, *reader.person, zone.day_of(now))
                                    : std::vector<schema::Role>{};
    const auto& wanted = kind_rule(Kind::EVIDENCE_REGISTERED).roles;
    if (std::ranges::none_of(wanted, [&](schema::Role role) {
            return std::ranges::find(held, role) != held.end();
        })) {
        return Error{Fault::refused, "only those who may register evidence hand documents over",
                     "sign in with --key, with a role that may; `wsoa rules evidenceRegistered` "
                     "lists them"};
    }
    return done();
}

kj::Promise<void> UploadService::add(AddContext context) {
    const auto bytes = wire::view_of(context.getParams().getBytes());
    return on_pool<void>(shelf_.worker(), [upload = begun_.upload,
                                           piece = copy_of(bytes)] { return upload->add(piece); })
        .then([context](const Result<void>& added) mutable {
            if (!added.ok()) {
                wire::put_failure(context.getResults().initFailure(), added.error());
            }
        });
}

kj::Promise<void> UploadService::finish(FinishContext context) {
    return on_pool<PendingDocument>(shelf_.worker(),
                                    [upload = begun_.upload] { return upload->finish(); })
        .then([this, context](const Result<PendingDocument>& pending) mutable {
            if (!pending.ok()) {
                wire::put_failure(context.getResults().initFailure(), pending.error());
                return;
            }
            shelf_.finished(pending.value());
            auto results = context.getResults();
            results.setCommitment(wire::data_of(pending.value().commitment.view()));
            results.setSalt(wire::data_of(pending.value().manifest.salt.view()));
        });
}

kj::Promise<void> DocumentService::piece(PieceContext context) {
    const auto index = context.getParams().getIndex();
    if (index >= held_->manifest.pieces.size()) {
        wire::put_failure(context.getResults().initFailure(),
                          Error{Fault::invalid, "the document has no such piece", ""});
        return kj::READY_NOW;
    }
    return on_pool<std::shared_ptr<const Secret>>(
               shelf_.worker(),
               [held = held_, &documents = shelf_.documents(),
                index]() -> Result<std::shared_ptr<const Secret>> {
                   auto piece = TRY(documents.piece(*held, index));
                   return std::shared_ptr<const Secret>(std::make_shared<Secret>(std::move(piece)));
               })
        .then([context](const Result<std::shared_ptr<const Secret>>& piece) mutable {
            if (!piece.ok()) {
                wire::put_failure(context.getResults().initFailure(), piece.error());
                return;
            }
            context.getResults().setBytes(wire::data_of(piece.value()->view()));
        });
}

kj::Promise<void> WordsService::newDocument(NewDocumentContext context) {
    ++activity_->calls;
    const auto now = parts_.environment.clock.now();
    return on_recorder<void>(parts_.recorder,
                             [reader = reader_, now](Ledger& ledger) {
                                 return may_bring_documents(ledger, reader, now);
                             })
        .then([this, context](const Result<void>& may) mutable {
            const auto params = context.getParams();
            auto results = context.getResults();
            auto begun = !may.ok() ? Result<DocumentShelf::Begun>(may.error())
                         : parts_.shelf == nullptr
                             ? Result<DocumentShelf::Begun>(no_documents())
                             : parts_.shelf->begin(params.getSize(), params.getMediaType().cStr());
            if (!begun.ok()) {
                wire::put_failure(results.initFailure(), begun.error());
                return;
            }
            results.setNumber(begun.value().number.value);
            results.setUpload(kj::heap<UploadService>(*parts_.shelf, std::move(begun).value()));
        });
}

kj::Promise<void> WordsService::sameDocument(SameDocumentContext context) {
    ++activity_->calls;
    const auto digest = Hash::of(wire::view_of(context.getParams().getDigest()));
    if (parts_.shelf == nullptr || !digest.ok()) {
        wire::put_failure(context.getResults().initFailure(),
                          digest.ok() ? no_documents() : digest.error());
        return kj::READY_NOW;
    }
    const auto now = parts_.environment.clock.now();
    using Same = std::optional<DocumentNumber>;
    return on_recorder<void>(parts_.recorder,
                             [reader = reader_, now](Ledger& ledger) {
                                 return may_bring_documents(ledger, reader, now);
                             })
        .then([this, size = context.getParams().getSize(),
               digest = digest.value()](const Result<void>& may) -> kj::Promise<Result<Same>> {
            if (!may.ok()) {
                return Result<Same>(may.error());
            }
            return on_pool<Same>(parts_.shelf->worker(),
                                 [&shelf = *parts_.shelf, size, digest]() -> Result<Same> {
                                     const auto snapshot = TRY(shelf.truth().snapshot());
                                     return shelf.documents().find_same(*snapshot, size, digest);
                                 });
        })
        .then([context](const Result<Same>& same) mutable {
            auto results = context.getResults();
            if (!same.ok()) {
                wire::put_failure(results.initFailure(), same.error());
                return;
            }
            results.setFound(same.value().has_value());
            results.setNumber(same.value().value_or(DocumentNumber{}).value);
        });
}

namespace {

using Held = std::shared_ptr<const HeldDocument>;

// The document as it lies there, compared with what its event commits to.
Result<Held> open_named(DocumentShelf& shelf, const NamedDocument& named) {
    const auto snapshot = TRY(shelf.truth().snapshot());
    auto held = TRY(shelf.documents().open(*snapshot, named.number));
    if (held.commitment() != named.commitment) {
        return error(Fault::distrusted, "document {} is not the one that its event commits to",
                     named.number.value);
    }
    return Held(std::make_shared<HeldDocument>(std::move(held)));
}

void put_about(schema::DocumentAbout::Builder to, const HeldDocument& held) {
    to.setNumber(held.place.number.value);
    to.setSize(held.manifest.size);
    to.setDigest(wire::data_of(held.manifest.digest.view()));
    to.setSalt(wire::data_of(held.manifest.salt.view()));
    to.setMediaType(held.manifest.media_type);
    to.setPieces(held.manifest.count());
}

}  // namespace

kj::Promise<void> WordsService::document(DocumentContext context) {
    ++activity_->calls;
    if (parts_.shelf == nullptr) {
        wire::put_failure(context.getResults().initFailure(), no_documents());
        return kj::READY_NOW;
    }
    const auto params = context.getParams();
    const DocumentAsked asked{
        .reader = reader_,
        .registered = {params.getIndex()},
        .read = params.getHasRead() ? std::optional(EventIndex{params.getRead()}) : std::nullopt,
        .since = since_,
        .now = parts_.environment.clock.now()};
    return on_recorder<NamedDocument>(
               parts_.recorder, [asked](Ledger& ledger) { return document_for(ledger, asked); })
        .then([this](const Result<NamedDocument>& named) -> kj::Promise<Result<Held>> {
            if (!named.ok()) {
                return Result<Held>(named.error());
            }
            return on_pool<Held>(parts_.shelf->worker(),
                                 [&shelf = *parts_.shelf, named = named.value()] {
                                     return open_named(shelf, named);
                                 });
        })
        .then([this, context](const Result<Held>& held) mutable {
            auto results = context.getResults();
            if (!held.ok()) {
                wire::put_failure(results.initFailure(), held.error());
                return;
            }
            put_about(results.initAbout(), *held.value());
            results.setDocument(kj::heap<DocumentService>(*parts_.shelf, held.value()));
        });
}

}  // namespace wsoa
