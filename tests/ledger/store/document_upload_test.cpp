#include "ledger/store/document_upload.h"

#include "ledger/base/sha256.h"
#include "tests/support/memory_blobs.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

constexpr std::uint32_t piece_bytes = 16;
const Bytes piece(piece_bytes, 7);

// Whoever hands a document over to a keeper may send the next piece before the answer to this one.
class DocumentUploadTest : public testing::Test {
protected:
    DocumentUpload begin(std::uint64_t pieces) {
        const DocumentPlace place{
            .ledger = sha256(bytes_of("ledger")), .number = {}, .upload = sha256({})};
        return {blobs_, place, Secret(Bytes(32, 5)),
                Manifest{.size = pieces * piece_bytes,
                         .digest = {},
                         .media_type = "text/plain",
                         .salt = {},
                         .piece_bytes = piece_bytes,
                         .pieces = {}}};
    }

    test::MemoryBlobs blobs_;
};

TEST_F(DocumentUploadTest, is_never_finished_after_a_piece_that_could_not_be_put) {
    auto upload = begin(3);
    ASSERT_TRUE(upload.add(piece).ok());
    blobs_.fails_at = 1;
    EXPECT_EQ(upload.add(piece).error().message, "the disk is full");
    EXPECT_EQ(upload.add(piece).error().fault, Fault::unavailable);
    EXPECT_EQ(upload.finish().error().fault, Fault::unavailable);
}

TEST_F(DocumentUploadTest, is_never_finished_after_its_pieces_did_not_reach_the_disk) {
    auto upload = begin(1);
    ASSERT_TRUE(upload.add(piece).ok());
    blobs_.fails_to_settle = true;
    EXPECT_EQ(upload.finish().error().message, "the disk is full");
    blobs_.fails_to_settle = false;
    EXPECT_EQ(upload.finish().error().fault, Fault::unavailable);
}

}  // namespace
}  // namespace wsoa
