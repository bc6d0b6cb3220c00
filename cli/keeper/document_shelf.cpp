#include "cli/keeper/document_shelf.h"

namespace wsoa {

Result<DocumentShelf::Begun> DocumentShelf::begin(std::uint64_t size,
                                                  const std::string& media_type) {
    if (entries_.size() >= uploads_max) {
        return Error{Fault::busy, "the keeper takes in as many documents as it can already",
                     "try again in a moment"};
    }
    const auto snapshot = TRY(parts_.truth.snapshot());
    const auto number = TRY(parts_.documents.next_number(*snapshot, next_));
    std::shared_ptr<DocumentUpload> upload = TRY(parts_.documents.begin(
        {.number = number, .media_type = media_type}, size, parts_.environment.random));
    // Never the same number for two of them, though neither is recorded yet.
    next_ = DocumentNumber{number.value + 1};
    entries_.emplace(number, Entry{.upload = upload});
    return Begun{.number = number, .upload = std::move(upload)};
}

void DocumentShelf::finished(const PendingDocument& pending) {
    const auto entry = entries_.find(pending.number);
    if (entry != entries_.end()) {
        entry->second.record = pending.record;
    }
}

Result<HandedDocument> DocumentShelf::hand(DocumentNumber number) {
    const auto entry = entries_.find(number);
    if (entry == entries_.end() || entry->second.record.empty() || entry->second.is_handed) {
        return error(Fault::conflict, "document {} does not wait with this keeper", number.value)
            .advise("bring the document in anew with `wsoa evidence add`");
    }
    entry->second.is_handed = true;
    return HandedDocument{.number = number, .record = entry->second.record};
}

void DocumentShelf::settle(DocumentNumber number, const Result<Committed>& outcome) {
    const auto entry = entries_.find(number);
    if (entry == entries_.end()) {
        return;
    }
    // After a write that failed nobody knows whether the event stands: the next keeper sees to it.
    if (outcome.ok() || outcome.error().fault == Fault::unavailable) {
        entries_.erase(entry);
        return;
    }
    entry->second.is_handed = false;
    if (entry->second.is_dropped) {
        remove_pieces(entry->second);
        entries_.erase(entry);
    }
}

void DocumentShelf::drop(DocumentNumber number) {
    const auto entry = entries_.find(number);
    if (entry == entries_.end()) {
        return;
    }
    if (entry->second.is_handed) {
        entry->second.is_dropped = true;
        return;
    }
    remove_pieces(entry->second);
    entries_.erase(entry);
}

// After whatever is done to it now, since the worker is one thread. What stays is removed by the
// sweep before the next keeper serves.
void DocumentShelf::remove_pieces(const Entry& entry) {
    auto& log = parts_.environment.log;
    const bool is_taken =
        worker_.post([upload = entry.upload, &documents = parts_.documents, &log] {
            const auto removed = documents.remove(upload->pieces());
            if (!removed.ok()) {
                log.write(Log::Level::warning,
                          fmt::format("event=pieces_left reason=\"{}\"", removed.error().message));
            }
        });
    if (!is_taken) {
        log.write(Log::Level::warning, "event=pieces_left reason=\"the worker is busy\"");
    }
}

}  // namespace wsoa
