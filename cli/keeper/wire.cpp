#include "cli/keeper/wire.h"

#include "ledger/base/limits.h"
#include "ledger/base/text.h"
#include "ledger/event/kinds.h"

#include <algorithm>

namespace wsoa::wire {
namespace {

constexpr std::uint8_t no_fault = 255;
constexpr std::size_t failure_text_bytes_max = 4'096;

Error unreadable() {
    return Error{Fault::distrusted, "the keeper's answer cannot be read",
                 "see that keeper and command are of the same release"};
}

bool is_field(schema::WordField field) {
    return std::ranges::any_of(all_words(), [&](const auto& word) { return word.field == field; });
}

std::string text_in(capnp::Text::Reader text) { return {text.cStr(), text.size()}; }

// As a terminal may be given it, whoever answers on that socket.
std::string shown(capnp::Text::Reader text) {
    return excerpt_of({text.cStr(), text.size()}, failure_text_bytes_max);
}

}  // namespace

ByteView view_of(capnp::Data::Reader data) { return {data.begin(), data.size()}; }
capnp::Data::Reader data_of(ByteView bytes) { return {bytes.data(), bytes.size()}; }

void put_failure(schema::Failure::Builder to, const Error& error) {
    to.setFault(static_cast<std::uint8_t>(error.fault));
    to.setMessage(error.message);
    to.setAdvice(error.advice);
    to.setRule(error.rule);
}

std::optional<Error> get_failure(schema::Failure::Reader from) {
    if (from.getFault() == no_fault || from.getMessage().size() == 0) {
        return std::nullopt;
    }
    const bool is_known = from.getFault() <= static_cast<std::uint8_t>(Fault::busy);
    return Error{.fault = is_known ? static_cast<Fault>(from.getFault()) : Fault::unavailable,
                 .message = shown(from.getMessage()),
                 .advice = shown(from.getAdvice()),
                 .rule = shown(from.getRule())};
}

void put_keys(capnp::List<capnp::Data>::Builder to, std::span<const Bytes> keys) {
    for (unsigned i = 0; i < to.size(); ++i) {
        to.set(i, data_of(keys[i]));
    }
}

Result<std::vector<ByteView>> get_keys(capnp::List<capnp::Data>::Reader from) {
    if (from.size() > keys_max) {
        return error(Fault::invalid, "{} rows are asked for at once; at most {} are given",
                     from.size(), keys_max);
    }
    std::vector<ByteView> keys;
    for (const auto key : from) {
        keys.push_back(view_of(key));
    }
    return keys;
}

void put_values(capnp::List<schema::Value>::Builder to,
                std::span<const std::optional<Bytes>> values) {
    for (unsigned i = 0; i < to.size(); ++i) {
        to[i].setFound(values[i].has_value());
        if (values[i]) {
            to[i].setBytes(data_of(*values[i]));
        }
    }
}

Result<std::vector<std::optional<Bytes>>> get_values(capnp::List<schema::Value>::Reader from,
                                                     std::size_t asked) {
    // An answer without any would be asked for again without end.
    if (from.size() == 0 || from.size() > asked) {
        return unreadable();
    }
    std::vector<std::optional<Bytes>> values;
    for (const auto value : from) {
        values.push_back(value.getFound() ? std::optional(copy_of(view_of(value.getBytes())))
                                          : std::nullopt);
    }
    return values;
}

void put_submission(schema::Submission::Builder to, const Submission& submission) {
    to.setChange(data_of(submission.signed_change.change));
    to.setSignature(data_of(submission.signed_change.signature.view()));
    auto words = to.initWords(static_cast<unsigned>(submission.words.size()));
    for (unsigned i = 0; i < words.size(); ++i) {
        words[i].setField(submission.words[i].field);
        words[i].setBytes(data_of(word_bytes(submission.words[i])));
    }
    to.setHasInstant(submission.recorded_at.has_value());
    to.setRecordedAt(submission.recorded_at.value_or(Instant{}).ms);
    to.setHasDocument(submission.document.has_value());
    to.setDocument(submission.document ? submission.document->number.value : 0);
}

Result<Submission> get_submission(schema::Submission::Reader from) {
    Submission submission;
    if (from.getChange().size() > limits::change_bytes_max ||
        from.getWords().size() > limits::words_per_change_max) {
        return Error{Fault::invalid, "the change is larger than any change may be"};
    }
    submission.signed_change.change = copy_of(view_of(from.getChange()));
    submission.signed_change.signature = TRY(Signature::of(view_of(from.getSignature())));
    for (const auto word : from.getWords()) {
        auto read = TRY(word_from_bytes(word.getField(), view_of(word.getBytes())));
        submission.words.push_back(std::move(read));
    }
    if (from.getHasInstant()) {
        submission.recorded_at = TRY(instant_from_ms(from.getRecordedAt()));
    }
    if (from.getHasDocument()) {
        submission.document = HandedDocument{.number = {from.getDocument()}, .record = {}};
    }
    return submission;
}

void put_outcome(schema::Outcome::Builder to, const Result<Committed>& outcome,
                 const SignedCheckpoint& checkpoint) {
    if (!outcome.ok()) {
        put_failure(to.initFailure(), outcome.error());
        return;
    }
    auto committed = to.initCommitted();
    committed.setIndex(outcome.value().index.value);
    committed.setRecordedAt(outcome.value().recorded_at.ms);
    committed.setReceipt(outcome.value().receipt.str());
    committed.setWasThere(outcome.value().was == Committed::Was::there_already);
    committed.setCheckpoint(data_of(bytes_of(checkpoint.note)));
}

Result<Recorded> get_outcome(schema::Outcome::Reader from) {
    if (from.isFailure()) {
        const auto failure = get_failure(from.getFailure());
        return failure ? *failure : unreadable();
    }
    if (!from.isCommitted()) {
        return unreadable();
    }
    const auto committed = from.getCommitted();
    auto receipt = Receipt::parse(text_in(committed.getReceipt()));
    const auto recorded_at = instant_from_ms(committed.getRecordedAt());
    const std::string note(text_of(view_of(committed.getCheckpoint())));
    const auto parsed = Note::parse(note);
    const auto checkpoint =
        parsed.ok() ? Checkpoint::parse(parsed.value().text) : Result<Checkpoint>(unreadable());
    if (!receipt.ok() || !recorded_at.ok() || !checkpoint.ok()) {
        return unreadable();
    }
    return Recorded{.committed = {.index = EventIndex{committed.getIndex()},
                                  .recorded_at = recorded_at.value(),
                                  .receipt = std::move(receipt).value(),
                                  .was = committed.getWasThere() ? Committed::Was::there_already
                                                                 : Committed::Was::recorded},
                    .checkpoint = {.checkpoint = checkpoint.value(), .note = note}};
}

void put_words(capnp::List<schema::ReadableWord>::Builder to,
               const std::vector<ReadableWord>& words) {
    for (unsigned i = 0; i < to.size(); ++i) {
        to[i].setField(words[i].field);
        to[i].setState(static_cast<std::uint8_t>(words[i].is));
        to[i].setText(words[i].text);
        if (const auto& erasure = words[i].erasure) {
            auto record = to[i].initErasure();
            record.setEvent(erasure->event.value);
            record.setDecision(erasure->decision.value);
            record.setRequest(erasure->request.str());
        }
    }
}

Result<std::vector<ReadableWord>> get_words(capnp::List<schema::ReadableWord>::Reader from) {
    std::vector<ReadableWord> words;
    for (const auto word : from) {
        auto text = text_in(word.getText());
        // A field that only a newer program knows has no name here to be shown under.
        if (!is_field(word.getField()) ||
            word.getState() > static_cast<std::uint8_t>(ReadableWord::Is::withheld) ||
            !check_text(text, limits::word_bytes_max).ok()) {
            return unreadable();
        }
        words.push_back({.field = word.getField(),
                         .is = static_cast<ReadableWord::Is>(word.getState()),
                         .text = std::move(text)});
        if (word.hasErasure()) {
            const auto record = word.getErasure();
            auto request = SubjectRef::parse(text_in(record.getRequest()));
            if (!request.ok()) {
                return unreadable();
            }
            words.back().erasure = ErasureOf{.event = EventIndex{record.getEvent()},
                                             .decision = EventIndex{record.getDecision()},
                                             .request = std::move(request).value()};
        }
    }
    return words;
}

}  // namespace wsoa::wire
