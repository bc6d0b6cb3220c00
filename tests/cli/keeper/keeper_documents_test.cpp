// Documents that are handed over to a keeper, and lent by it to those who may read them.

#include "tests/cli/keeper/keeper_fixture.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

using test::must;
using testing::HasSubstr;

class KeeperDocuments : public KeeperFixture {
protected:
    KeeperDocuments() {
        office_.close();
        office_.builder().draft_plan("TH");
        office_.builder().add_area("TH-1");
        office_.builder().commit();
        office_.open_at_builders_size();
    }

    const Signer& founder() { return office_.builder().signer_of("programme-manager"); }
    std::unique_ptr<KeeperClient> signed_in() {
        auto mine = client();
        EXPECT_TRUE(mine->sign_in(founder()).ok());
        return mine;
    }
    // Hands a text over; gives what it is sealed as.
    static Manifest hand_over(RemoteUpload& upload, const std::string& text) {
        Manifest manifest{.size = text.size(),
                          .digest = sha256(bytes_of(text)),
                          .media_type = "text/plain",
                          .salt = {},
                          .pieces = {}};
        for (std::size_t at = 0; at < text.size(); at += document_piece_bytes) {
            must(upload.add(bytes_of(text.substr(at, document_piece_bytes))));
        }
        const auto sealed = must(upload.finish());
        manifest.salt = sealed.salt;
        return manifest;
    }
    NamedDocument named(DocumentNumber number, const Manifest& manifest) {
        return {.number = number,
                .commitment = commit_to_document(office_.builder().ledger(), number, manifest)};
    }
    // The item's registration in view of what the builder wrote, or the record that it was read.
    Submission about(Kind kind, const std::string& item, const NamedDocument& document,
                     schema::Classification classification) {
        auto envelope = test::founders_envelope(
            office_.builder().ledger(),
            {.size = office_.builder().size(), .root = office_.builder().history()->root()}, item,
            ++ids_);
        envelope.author_key = founder().key();
        envelope.as_role = schema::Role::PROGRAMME_OFFICE;
        envelope.classification = classification;
        Draft draft(kind);
        must(draft.set("document", fmt::format("{}={}", document.number.value,
                                               to_hex(document.commitment.view()))));
        if (kind == Kind::CONTENT_READ) {
            envelope.subject_version = 1;
            return test::signed_submission(draft, envelope, founder(), {},
                                           office_.environment().random());
        }
        must(draft.set("type", "report"));
        must(draft.set("version", "1"));
        must(draft.set("personalData", "child"));
        must(draft.set("lawfulBasis", "publicTask"));
        auto made = test::signed_submission(draft, envelope, founder(),
                                            {{schema::WordField::TITLE, "Audit"}},
                                            office_.environment().random());
        made.document = HandedDocument{.number = document.number, .record = {}};
        return made;
    }
    Result<wire::Recorded> add(
        KeeperClient& mine, const std::string& item, const std::string& text,
        schema::Classification classification = schema::Classification::PARTNERSHIP) {
        const auto upload = must(mine.begin_document(text.size(), "text/plain"));
        const auto document = named(upload->number(), hand_over(*upload, text));
        return mine.submit(about(Kind::EVIDENCE_REGISTERED, item, document, classification));
    }
    static std::string all_of(const RemoteDocument& document) {
        std::string text;
        for (std::uint64_t i = 0; i < document.about().pieces; ++i) {
            text += text_of(must(document.piece(i)));
        }
        return text;
    }

    const std::string audit_ = std::string(1'500'000, 'a') + "The end of the audit";
    std::uint16_t ids_ = 700;
};

TEST_F(KeeperDocuments, come_in_piece_by_piece_and_are_lent_to_the_byte) {
    serve();
    const auto mine = signed_in();
    const auto recorded = add(*mine, "TH-E01", audit_);
    ASSERT_TRUE(recorded.ok()) << recorded.error().message;
    const auto lent = must(mine->document(recorded.value().committed.index, std::nullopt));
    EXPECT_EQ(lent->about().pieces, 2U);
    EXPECT_EQ(lent->about().manifest.digest, sha256(bytes_of(audit_)));
    EXPECT_TRUE(all_of(*lent) == audit_);
    EXPECT_EQ(lent->piece(2).error().fault, Fault::invalid);
}

TEST_F(KeeperDocuments, are_taken_only_from_those_who_may_register_evidence) {
    serve();
    const auto nobody = client();
    EXPECT_EQ(nobody->begin_document(10, "text/plain").error().fault, Fault::refused);
    EXPECT_EQ(nobody->same_document(10, {}).error().fault, Fault::refused);
}

TEST_F(KeeperDocuments, are_withheld_from_those_who_may_not_read_them) {
    serve();
    const auto recorded = add(*signed_in(), "TH-E01", audit_);
    ASSERT_TRUE(recorded.ok()) << recorded.error().message;
    const auto withheld = client()->document(recorded.value().committed.index, std::nullopt);
    ASSERT_FALSE(withheld.ok());
    EXPECT_EQ(withheld.error().fault, Fault::refused);
    EXPECT_THAT(withheld.error().message, HasSubstr("withheld: it is for partnership readers"));
}

TEST_F(KeeperDocuments, that_were_not_recorded_are_removed_when_their_client_goes) {
    serve();
    {
        const auto mine = signed_in();
        const auto upload = must(mine->begin_document(audit_.size(), "text/plain"));
        hand_over(*upload, audit_);
        ASSERT_TRUE(add(*mine, "TH-E02", "Minutes").ok());
    }
    stop();
    EXPECT_EQ(blobs_.held.size(), 1U);
}

TEST_F(KeeperDocuments, stay_for_the_change_that_was_refused_and_comes_again) {
    serve();
    const auto mine = signed_in();
    const auto upload = must(mine->begin_document(7, "text/plain"));
    const auto document = named(upload->number(), hand_over(*upload, "Minutes"));
    const auto refused = mine->submit(
        about(Kind::EVIDENCE_REGISTERED, "XX-E01", document, schema::Classification::PARTNERSHIP));
    EXPECT_FALSE(refused.ok());
    const auto again = mine->submit(
        about(Kind::EVIDENCE_REGISTERED, "TH-E01", document, schema::Classification::PARTNERSHIP));
    EXPECT_TRUE(again.ok()) << again.error().message;
}

TEST_F(KeeperDocuments, that_nobody_handed_over_are_named_in_vain) {
    serve();
    const auto mine = signed_in();
    const auto refused = mine->submit(
        about(Kind::EVIDENCE_REGISTERED, "TH-E01", {}, schema::Classification::PARTNERSHIP));
    ASSERT_FALSE(refused.ok());
    EXPECT_THAT(refused.error().message, HasSubstr("document 0 does not wait with this keeper"));
}

TEST_F(KeeperDocuments, of_other_lengths_than_were_said_are_refused) {
    serve();
    const auto mine = signed_in();
    EXPECT_EQ(mine->begin_document(0, "text/plain").error().fault, Fault::invalid);
    EXPECT_EQ(mine->begin_document(document_bytes_max + 1, "text/plain").error().fault,
              Fault::invalid);
    const auto upload = must(mine->begin_document(10, "text/plain"));
    EXPECT_EQ(upload->add(bytes_of(std::string("too short"))).error().fault, Fault::invalid);
    EXPECT_EQ(upload->finish().error().fault, Fault::invalid);
}

TEST_F(KeeperDocuments, of_the_same_content_are_noticed) {
    serve();
    const auto mine = signed_in();
    ASSERT_TRUE(add(*mine, "TH-E01", audit_).ok());
    EXPECT_EQ(must(mine->same_document(audit_.size(), sha256(bytes_of(audit_)))),
              DocumentNumber{0});
    EXPECT_EQ(must(mine->same_document(audit_.size(), {})), std::nullopt);
}

TEST_F(KeeperDocuments, are_as_many_at_once_as_the_shelf_holds) {
    serve();
    const auto mine = signed_in();
    std::vector<std::unique_ptr<RemoteUpload>> uploads;
    for (std::size_t i = 0; i < DocumentShelf::uploads_max; ++i) {
        uploads.push_back(must(mine->begin_document(10, "text/plain")));
        EXPECT_EQ(uploads.back()->number(), DocumentNumber{i});
    }
    EXPECT_EQ(mine->begin_document(10, "text/plain").error().fault, Fault::busy);
    uploads.clear();
}

// A plan whose policy asks that readings of whatever is restricted are recorded.
class RecordedReadings : public KeeperDocuments {
protected:
    RecordedReadings() {
        office_.close();
        office_.builder().append({.kind = Kind::REPORTING_POLICY_SET,
                                  .subject = "TH",
                                  .fields = {{"period", "month"}, {"reads", "restricted"}}});
        office_.builder().commit();
        office_.open_at_builders_size();
    }
};

TEST_F(RecordedReadings, are_asked_for_before_a_document_is_lent) {
    serve();
    auto mine = signed_in();
    auto upload = must(mine->begin_document(7, "text/plain"));
    const auto document = named(upload->number(), hand_over(*upload, "Minutes"));
    const auto registered = mine->submit(
        about(Kind::EVIDENCE_REGISTERED, "TH-E01", document, schema::Classification::PARTNERSHIP));
    ASSERT_TRUE(registered.ok()) << registered.error().message;
    const auto index = registered.value().committed.index;
    const auto without = mine->document(index, std::nullopt);
    ASSERT_FALSE(without.ok());
    EXPECT_THAT(without.error().message, HasSubstr("read out only on record"));
    // That another event is named does not do.
    EXPECT_EQ(mine->document(index, index).error().fault, Fault::refused);
    const auto read = mine->submit(
        about(Kind::CONTENT_READ, "TH-E01", document, schema::Classification::PARTNERSHIP));
    ASSERT_TRUE(read.ok()) << read.error().message;
    {
        const auto lent = mine->document(index, read.value().committed.index);
        ASSERT_TRUE(lent.ok()) << lent.error().message;
        EXPECT_EQ(all_of(*lent.value()), "Minutes");
    }
    upload.reset();
    mine.reset();
    // A record of an earlier session is none of this one.
    const auto later = signed_in()->document(index, read.value().committed.index);
    ASSERT_FALSE(later.ok());
    EXPECT_THAT(later.error().message, HasSubstr("no event of this session records it"));
}

}  // namespace
}  // namespace wsoa
