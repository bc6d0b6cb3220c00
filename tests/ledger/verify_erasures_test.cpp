// What verification says of words that are gone: which erasure took them, or that none did.

#include "tests/support/verification.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// The words of event 8, which added TH-1, are to go: asked for, and granted.
class VerifyErasures : public test::Verification {
protected:
    VerifyErasures() : keys_(builder_.word_keys().clone()) {}

    EventIndex request(const std::string& subject = "TH-1") {
        return builder_.append(
            {.kind = Kind::ERASURE_REQUESTED,
             .subject = subject,
             .fields = {{"request", "TH-ER1"}, {"scope", "words"}, {"event", "8"}}});
    }
    EventIndex grant() {
        const auto asked = request();
        return builder_.append({.kind = Kind::ERASURE_DECIDED,
                                .subject = "TH-1",
                                .fields = {{"request", "TH-ER1"},
                                           {"decision", "granted"},
                                           {"ground", "noLongerNecessary"},
                                           {"scope", "words"},
                                           {"kept", "hash"}},
                                .answers = asked});
    }
    EventIndex carry_out() {
        const auto granted = grant();
        return builder_.append({.kind = Kind::CONTENT_ERASED,
                                .subject = "TH-1",
                                .fields = {{"request", "TH-ER1"},
                                           {"scope", "words"},
                                           {"keyDestroyed", "true"},
                                           {"event", "8"},
                                           {"vaultGeneration", "2"},
                                           {"vaultDigest", std::string(64, 'd')}},
                                .answers = granted});
    }
    void remove(const Bytes& key) { Verification::erase(key); }
    void forget() { test::must(keys_.forget_range(test::must(word_node(EventIndex{8})))); }
    std::vector<std::string> found() {
        builder_.commit();
        return lines(verdict({.depth = Depth::log, .word_keys = &keys_}));
    }

    KeyTree keys_;
};

TEST_F(VerifyErasures, notes_words_that_went_under_an_erasure) {
    const auto by = carry_out();
    forget();
    EXPECT_THAT(found(), ElementsAre(fmt::format(
                             "noted 8 its words in field title, text were erased under event {}",
                             by.value)));
}

TEST_F(VerifyErasures, finds_words_that_are_gone_without_one) {
    forget();
    EXPECT_THAT(found(), ElementsAre("breach 8 the vault cannot open its words in field title, "
                                     "text, and no erasure is on record"));
}

TEST_F(VerifyErasures, finds_a_field_that_is_gone_without_one) {
    test::must(keys_.forget(test::must(word_leaf(EventIndex{7}, schema::WordField::TITLE))));
    EXPECT_THAT(found(), ElementsAre("breach 7 the vault cannot open its words in field title, and "
                                     "no erasure is on record"));
}

TEST_F(VerifyErasures, notes_words_that_were_granted_to_go_and_are_still_to_be_recorded) {
    const auto granted = grant();
    forget();
    EXPECT_THAT(found(), ElementsAre(AllOf(
                             HasSubstr(fmt::format("noted 8 the vault has forgotten its words in "
                                                   "field title, text, as event {} granted",
                                                   granted.value)),
                             HasSubstr("wsoa erase TH-ER1"))));
}

TEST_F(VerifyErasures, finds_words_that_were_only_asked_for) {
    request();
    forget();
    EXPECT_THAT(found(), ElementsAre(HasSubstr("breach 8 the vault cannot open its words")));
}

TEST_F(VerifyErasures, finds_words_that_the_vault_still_opens) {
    const auto by = carry_out();
    EXPECT_THAT(found(), ElementsAre(HasSubstr(fmt::format(
                             "breach {} it erased the words of event 8, which this vault still "
                             "opens",
                             by.value))));
}

TEST_F(VerifyErasures, finds_that_the_row_to_an_erasure_was_removed_changed_or_added) {
    const auto by = carry_out();
    forget();
    builder_.commit();
    const auto key = layout::erasure_key(EventIndex{8});
    const auto breach =
        fmt::format("breach {} no row leads to it from event 8, whose words it erased", by.value);
    remove(key);
    EXPECT_THAT(found(), testing::Contains(breach));
    put(key, layout::number_value(3));
    EXPECT_THAT(found(), testing::Contains(breach));
    put(key, layout::number_value(by.value));
    put(layout::erasure_key(EventIndex{7}), layout::number_value(by.value));
    EXPECT_THAT(found(), testing::Contains("breach - 1 row was added to the index of erasures"));
    put(layout::erasure_key(EventIndex{6}), layout::number_value(99));
    EXPECT_THAT(found(), testing::Contains("breach - 1 row was added to the index of erasures: "
                                           "it belongs to no event"));
}

TEST_F(VerifyErasures, finds_that_the_row_of_the_last_vault_was_removed_changed_or_added) {
    const auto key = layout::vault_mark_key();
    builder_.commit();
    put(key, layout::number_value(8));
    EXPECT_THAT(found(), ElementsAre(HasSubstr("breach - the store's row for the last vault")));
    remove(key);
    EXPECT_THAT(found(), IsEmpty());
    const auto by = carry_out();
    forget();
    builder_.commit();
    remove(key);
    const auto breach =
        HasSubstr(fmt::format("breach {} the store's row for the last vault", by.value));
    EXPECT_THAT(found(), testing::Contains(breach));
    put(key, layout::number_value(7));
    EXPECT_THAT(found(), testing::Contains(breach));
    put(key, Bytes{1});
    EXPECT_THAT(found(), testing::Contains("breach - 1 row was added that no ledger has"));
}

TEST_F(VerifyErasures, finds_a_request_for_the_words_of_another_subject) {
    const auto asked = request("TH");
    EXPECT_THAT(found(),
                ElementsAre(fmt::format(
                    "breach {} it is about TH, and asks for the words of event 8 about TH-1",
                    asked.value)));
}

}  // namespace
}  // namespace wsoa
