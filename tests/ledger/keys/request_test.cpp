#include "ledger/keys/request.h"

#include "ledger/base/sha256.h"
#include "tests/support/changes.h"
#include "tests/support/golden_text.h"
#include "tests/support/mutants.h"
#include "tests/support/scene.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using namespace test;

const Origin& origin() {
    static const Origin parsed = must(Origin::parse("ledger.example.gov.uk/send"));
    return parsed;
}
PersonId person() { return must(PersonId::parse("head-of-send")); }
Hash ledger() { return sha256(bytes_of("ledger")); }

KeyRequest founders_request() {
    return KeyRequest::for_founder(origin(), person(), *signer_named("head-of-send"));
}
KeyRequest persons_request() {
    return KeyRequest::for_person(ledger(), person(), *signer_named("head-of-send"));
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), with);
}

TEST(KeyRequest, keeps_its_format) {
    expect_golden_text("keys/founder.request", founders_request().str());
    expect_golden_text("keys/person.request", persons_request().str());
}

TEST(KeyRequest, is_read_back_as_it_was_made) {
    EXPECT_EQ(must(KeyRequest::parse(founders_request().str())), founders_request());
    EXPECT_EQ(must(KeyRequest::parse(persons_request().str())), persons_request());
}

TEST(KeyRequest, proves_itself) {
    EXPECT_TRUE(founders_request().check().ok());
    EXPECT_TRUE(persons_request().check().ok());
}

TEST(KeyRequest, does_not_prove_itself_for_another_person_ledger_origin_or_key) {
    auto for_other_person = persons_request();
    for_other_person.person = must(PersonId::parse("board-chair"));
    EXPECT_EQ(for_other_person.check().error().fault, Fault::distrusted);
    auto for_other_ledger = persons_request();
    for_other_ledger.ledger = sha256(bytes_of("other"));
    EXPECT_EQ(for_other_ledger.check().error().fault, Fault::distrusted);
    auto for_other_origin = founders_request();
    for_other_origin.origin = must(Origin::parse("ledger.example.gov.uk/other"));
    EXPECT_EQ(for_other_origin.check().error().fault, Fault::distrusted);
    auto of_other_key = persons_request();
    of_other_key.key = key_named("board-chair");
    EXPECT_EQ(of_other_key.check().error().fault, Fault::distrusted);
}

TEST(KeyRequest, of_a_founder_is_none_for_a_ledger_that_is_there) {
    auto moved = founders_request();
    moved.origin.reset();
    moved.ledger = ledger();
    EXPECT_EQ(moved.check().error().fault, Fault::distrusted);
}

TEST(KeyRequest, refuses_lines_that_lack_or_stand_twice_or_in_another_order) {
    const auto text = persons_request().str();
    for (const auto& wrong :
         {std::string(), replaced(text, "wsoa-key-request/v1\n", ""), replaced(text, "/v1", "/v2"),
          replaced(text, "person head-of-send\n", ""),
          replaced(text, "person head-of-send\n", "person head-of-send\nperson head-of-send\n"),
          replaced(text, "ledger ", "origin a\nledger "), text + "\n", text + "note x\n",
          text.substr(0, text.size() - 1), replaced(text, "\nperson", "\r\nperson"),
          replaced(text, "person head", "person  head")}) {
        EXPECT_EQ(KeyRequest::parse(wrong).error().fault, Fault::invalid) << wrong;
    }
}

TEST(KeyRequest, has_one_spelling_among_all_mutants) {
    Mutants mutants(std::vector{founders_request().str(), persons_request().str()}, 42);
    std::size_t taken = 0;
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto text = mutants.next();
        const auto request = KeyRequest::parse(text);
        if (!request.ok()) {
            ASSERT_EQ(request.error().fault, Fault::invalid) << text;
            ASSERT_FALSE(request.error().message.empty());
            continue;
        }
        ++taken;
        ASSERT_EQ(request.value().str(), text);
        // Whatever was read can be asked whether it proves itself; what differs does not.
        const bool is_whole =
            request.value() == founders_request() || request.value() == persons_request();
        if (taken % 64 == 0) {
            ASSERT_EQ(request.value().check().ok(), is_whole) << text;
        }
    }
    EXPECT_GT(taken, 1'000U);
    EXPECT_LT(taken, mutants_of_a_parser);
}

}  // namespace
}  // namespace wsoa
