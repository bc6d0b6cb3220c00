// How a client hands documents over to a keeper, and reads them.

#include "cli/keeper/client_line.h"

namespace wsoa {
namespace {

class Upload final : public RemoteUpload {
public:
    Upload(KeeperClient::Line& line, DocumentNumber number, schema::Upload::Client upload)
        : line_(line), number_(number), upload_(kj::mv(upload)) {}
    // Letting go of what is the keeper's only sends a message, and the line holds until then.
    ~Upload() noexcept override = default;

    DocumentNumber number() const override { return number_; }

    Result<void> add(ByteView bytes) override {
        auto request = upload_.addRequest();
        request.setBytes(wire::data_of(bytes));
        return line_.ask<void>(request, [](auto& response) -> Result<void> {
            if (const auto failure = wire::get_failure(response.getFailure())) {
                return *failure;
            }
            return done();
        });
    }

    Result<Sealed> finish() override {
        return line_.ask<Sealed>(upload_.finishRequest(), [](auto& response) -> Result<Sealed> {
            if (const auto failure = wire::get_failure(response.getFailure())) {
                return *failure;
            }
            const auto commitment = TRY(Hash::of(wire::view_of(response.getCommitment())));
            const auto salt = TRY(Hash::of(wire::view_of(response.getSalt())));
            return Sealed{.commitment = commitment, .salt = salt};
        });
    }

private:
    KeeperClient::Line& line_;
    DocumentNumber number_;
    schema::Upload::Client upload_;
};

class Lent final : public RemoteDocument {
public:
    Lent(KeeperClient::Line& line, About about, schema::Document::Client document)
        : line_(line), about_(std::move(about)), document_(kj::mv(document)) {}
    ~Lent() noexcept override = default;

    const About& about() const override { return about_; }

    Result<Bytes> piece(std::uint64_t index) const override {
        auto request = document_.pieceRequest();
        request.setIndex(index);
        return line_.ask<Bytes>(request, [](auto& response) -> Result<Bytes> {
            if (const auto failure = wire::get_failure(response.getFailure())) {
                return *failure;
            }
            return copy_of(wire::view_of(response.getBytes()));
        });
    }

private:
    KeeperClient::Line& line_;
    About about_;
    mutable schema::Document::Client document_;
};

// `distrusted` for what no document can be.
Result<RemoteDocument::About> about_in(schema::DocumentAbout::Reader from) {
    RemoteDocument::About about;
    about.number = {from.getNumber()};
    about.manifest.size = from.getSize();
    about.manifest.digest = TRY(Hash::of(wire::view_of(from.getDigest())));
    about.manifest.salt = TRY(Hash::of(wire::view_of(from.getSalt())));
    about.manifest.media_type = from.getMediaType().cStr();
    about.pieces = from.getPieces();
    const bool is_possible = about.manifest.size > 0 && about.manifest.size <= document_bytes_max &&
                             about.pieces > 0 && about.pieces <= about.manifest.size &&
                             check_media_type(about.manifest.media_type).ok();
    if (!is_possible) {
        return Error{Fault::distrusted, "the keeper's answer cannot be read"};
    }
    return about;
}

}  // namespace

Result<std::unique_ptr<RemoteUpload>> KeeperClient::begin_document(std::uint64_t size,
                                                                   const std::string& media_type) {
    using Begun = std::unique_ptr<RemoteUpload>;
    TRY(open_words());
    auto request = KJ_ASSERT_NONNULL(line_->words).newDocumentRequest();
    request.setSize(size);
    request.setMediaType(media_type);
    return line_->ask<Begun>(request, [this](auto& response) -> Result<Begun> {
        if (const auto failure = wire::get_failure(response.getFailure())) {
            return *failure;
        }
        return Begun(std::make_unique<Upload>(*line_, DocumentNumber{response.getNumber()},
                                              response.getUpload()));
    });
}

Result<std::optional<DocumentNumber>> KeeperClient::same_document(std::uint64_t size,
                                                                  const Hash& digest) {
    using Same = std::optional<DocumentNumber>;
    TRY(open_words());
    auto request = KJ_ASSERT_NONNULL(line_->words).sameDocumentRequest();
    request.setSize(size);
    request.setDigest(wire::data_of(digest.view()));
    return line_->ask<Same>(request, [](auto& response) -> Result<Same> {
        if (const auto failure = wire::get_failure(response.getFailure())) {
            return *failure;
        }
        return response.getFound() ? Same(DocumentNumber{response.getNumber()}) : Same();
    });
}

Result<std::unique_ptr<RemoteDocument>> KeeperClient::document(EventIndex registered,
                                                               std::optional<EventIndex> read) {
    using Document = std::unique_ptr<RemoteDocument>;
    TRY(open_words());
    auto request = KJ_ASSERT_NONNULL(line_->words).documentRequest();
    request.setIndex(registered.value);
    request.setHasRead(read.has_value());
    request.setRead(read.value_or(EventIndex{}).value);
    return line_->ask<Document>(request, [this](auto& response) -> Result<Document> {
        if (const auto failure = wire::get_failure(response.getFailure())) {
            return *failure;
        }
        auto about = TRY(about_in(response.getAbout()));
        return Document(std::make_unique<Lent>(*line_, std::move(about), response.getDocument()));
    });
}

}  // namespace wsoa
