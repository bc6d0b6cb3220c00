#include "ledger/event/walk.h"

#include "ledger/base/limits.h"
#include "ledger/event/notes.h"
#include "tests/support/changes.h"
#include "tests/support/forge.h"

#include <capnp/dynamic.h>
#include <gtest/gtest.h>

#include <cstring>

// Messages that are canonical, but do not say what the schema says.
namespace wsoa {
namespace {

using namespace test;

void expect_fault(Fault fault, const Bytes& bytes, std::string_view part) {
    const auto change = Change::read(bytes);
    ASSERT_FALSE(change.ok());
    EXPECT_EQ(change.error().fault, fault);
    EXPECT_NE(change.error().message.find(part), std::string::npos) << change.error().message;
}
void expect_invalid(const Bytes& bytes, std::string_view part) {
    expect_fault(Fault::invalid, bytes, part);
}
void expect_newer(const Bytes& bytes, std::string_view part) {
    expect_fault(Fault::unavailable, bytes, part);
}

// Where the schema puts a field of the change itself.
unsigned place_of(const char* field) {
    return capnp::Schema::from<schema::Change>()
        .getFieldByName(field)
        .getProto()
        .getSlot()
        .getOffset();
}

// The sample of a kind whose subject spells these bytes.
Bytes with_subject(std::string_view text) {
    return forged(Kind::ACTION_STARTED, [&](auto change) {
        auto bytes = pointer_of(any_of(change), place_of("subject"))
                         .template initAs<capnp::Data>(static_cast<unsigned>(text.size() + 1));
        std::memcpy(bytes.begin(), text.data(), text.size());
    });
}

TEST(Walk, refuses_text_without_its_end) {
    expect_invalid(forged(Kind::ACTION_STARTED,
                          [](auto change) {
                              const Bytes text{'T', 'H'};
                              pointer_of(any_of(change), place_of("subject"))
                                  .template setAs<capnp::Data>({text.data(), text.size()});
                          }),
                   "subject: the text does not end");
}

TEST(Walk, refuses_text_of_no_bytes) {
    expect_invalid(
        forged(Kind::ACTION_STARTED,
               [](auto change) {
                   pointer_of(any_of(change), place_of("subject")).template initAs<capnp::Data>(0);
               }),
        "subject: the text does not end");
    expect_invalid(with_subject(""), "subject: the text is empty");
}

TEST(Walk, refuses_a_list_of_numbers_in_the_place_of_text) {
    expect_invalid(forged(Kind::ACTION_STARTED,
                          [](auto change) {
                              pointer_of(any_of(change), place_of("subject"))
                                  .template initAs<capnp::List<std::uint16_t>>(4)
                                  .set(0, 1);
                          }),
                   "subject: there is another kind of list");
}

TEST(Walk, refuses_a_struct_in_the_place_of_bytes) {
    expect_invalid(forged(Kind::ACTION_STARTED,
                          [](auto change) {
                              pointer_of(any_of(change), place_of("id")).initAsAnyStruct(1, 0);
                          }),
                   "id: there is something else");
}

TEST(Walk, refuses_bytes_in_the_place_of_a_struct) {
    expect_invalid(
        forged(
            Kind::ACTION_STARTED,
            [](auto change) {
                pointer_of(any_of(change), place_of("effective")).template initAs<capnp::Data>(4);
            }),
        "effective: there is something else");
}

TEST(Walk, refuses_a_struct_in_the_place_of_a_list) {
    expect_invalid(forged(Kind::ACTION_STARTED,
                          [](auto change) {
                              pointer_of(any_of(change), place_of("words")).initAsAnyStruct(0, 1);
                          }),
                   "words: there is something else");
}

TEST(Walk, refuses_a_list_of_pointers_in_the_place_of_structs) {
    expect_invalid(forged(Kind::ACTION_STARTED,
                          [](auto change) {
                              pointer_of(any_of(change), place_of("words"))
                                  .template initAs<capnp::List<capnp::Data>>(1)
                                  .init(0, 32);
                          }),
                   "words: there is another kind of list");
}

TEST(Walk, refuses_a_list_of_bytes_in_the_place_of_choices) {
    expect_invalid(forged(Kind::PLAN_DRAFTED,
                          [](auto change) {
                              auto plan = change.getPlanDrafted();
                              capnp::AnyStruct::Builder any(std::move(plan));
                              for (auto pointer : any.getPointerSection()) {
                                  if (pointer.isList()) {
                                      pointer.template initAs<capnp::List<std::uint8_t>>(2).set(0,
                                                                                                1);
                                  }
                              }
                          }),
                   "planDrafted: partners: there is another kind of list");
}

TEST(Walk, refuses_a_null_in_the_place_of_what_is_required) {
    expect_invalid(
        forged(Kind::AREA_ADDED, [](auto change) { change.getAreaAdded().disownLead(); }),
        "areaAdded: lead: it is missing");
    expect_invalid(forged(Kind::AREA_ADDED, [](auto change) { change.disownWords(); }),
                   "words: it is missing");
    expect_invalid(forged(Kind::AREA_ADDED, [](auto change) { change.disownSeen(); }),
                   "seen: it is missing");
    expect_invalid(
        forged(Kind::ACTION_ADDED, [](auto change) { change.getActionAdded().disownMeasures(); }),
        "measures: it is missing");
}

TEST(Walk, refuses_a_null_in_the_place_of_a_kind_without_fields) {
    expect_invalid(forged(Kind::ACTION_STARTED, [](auto change) { change.disownActionStarted(); }),
                   "actionStarted: it is missing");
}

TEST(Walk, refuses_the_kind_of_none) {
    expect_invalid(forged(Kind::ACTION_STARTED, [](auto change) { change.setUnset(); }),
                   "of no kind");
}

TEST(Walk, leaves_a_kind_that_it_does_not_know_to_newer_programs) {
    const auto bytes = forged(Kind::ACTION_STARTED, [](auto change) {
        const auto tag = *change_layout().tag_offset / 8;
        const std::uint16_t unknown = 60'000;
        std::memcpy(any_of(change).getDataSection().begin() + tag, &unknown, sizeof unknown);
    });
    expect_newer(bytes, "kind 60000");
}

TEST(Walk, leaves_a_format_that_it_does_not_know_to_newer_programs) {
    expect_newer(forged(Kind::ACTION_STARTED, [](auto change) { change.setFormat(2); }),
                 "format 2");
    expect_invalid(forged(Kind::ACTION_STARTED, [](auto change) { change.setFormat(0); }),
                   "no format");
}

TEST(Walk, refuses_the_member_unset_of_an_enum) {
    expect_invalid(
        forged(Kind::ACTION_STARTED, [](auto change) { change.setAsRole(schema::Role::UNSET); }),
        "asRole: none is chosen");
    expect_invalid(forged(Kind::PLAN_DRAFTED,
                          [](auto change) {
                              change.getPlanDrafted().getPartners().set(
                                  0, schema::Organisation::UNSET);
                          }),
                   "partners: none is chosen");
}

TEST(Walk, leaves_a_member_that_it_does_not_know_to_newer_programs) {
    expect_newer(forged(Kind::ACTION_STARTED,
                        [](auto change) { change.setAsRole(static_cast<schema::Role>(77)); }),
                 "\"asRole\" number 77");
    expect_newer(forged(Kind::PLAN_DRAFTED,
                        [](auto change) {
                            change.getPlanDrafted().getPartners().set(
                                2, static_cast<schema::Organisation>(77));
                        }),
                 "\"partners\" number 77");
}

TEST(Walk, leaves_fields_past_the_schema_to_newer_programs) {
    EXPECT_TRUE(Change::read(grown(Kind::PROGRESS_RECORDED, [](auto) {})).ok());
    expect_newer(
        grown(Kind::PROGRESS_RECORDED, [](auto larger) { larger.getDataSection().back() = 1; }),
        "a field");
    expect_newer(grown(Kind::PROGRESS_RECORDED,
                       [](auto larger) {
                           pointer_of(larger, larger.getPointerSection().size() - 1)
                               .template setAs<capnp::Text>("new");
                       }),
                 "a field");
}

TEST(Walk, leaves_bits_between_the_schema_s_fields_to_newer_programs) {
    expect_newer(
        forged(Kind::LEDGER_OPENED, [](auto change) { kind_of(change).getDataSection()[4] = 1; }),
        "a field");
}

// What is plainly wrong is not excused by something that is new.
TEST(Walk, refuses_wrong_fields_beside_unknown_ones) {
    expect_invalid(forged(Kind::AREA_ADDED,
                          [](auto change) {
                              change.setAsRole(static_cast<schema::Role>(77));
                              change.getAreaAdded().disownLead();
                          }),
                   "lead");
    auto bytes = forged(Kind::AREA_ADDED,
                        [](auto change) { change.setAsRole(static_cast<schema::Role>(77)); });
    bytes.resize(bytes.size() + 8);
    expect_invalid(bytes, "canonical");
}

TEST(Walk, refuses_text_that_check_text_refuses) {
    expect_invalid(with_subject("TH\n1"), "control character");
    expect_invalid(with_subject(std::string_view("TH\0", 3)), "control character");
    expect_invalid(with_subject("TH-e\xcc\x81"), "NFC");
    expect_invalid(with_subject("TH-\xff"), "UTF-8");
    expect_invalid(with_subject(std::string(limits::text_bytes_max + 1, 'A')), "at most 1024");
}

TEST(Walk, refuses_text_that_is_not_what_its_field_holds) {
    expect_invalid(with_subject("th-1"), "subject: \"th-1\" is not a reference");
    expect_invalid(forged(Kind::ACTION_STARTED, [](auto change) { change.setPlan("th"); }),
                   "plan: \"th\" is not a plan");
    expect_invalid(
        forged(Kind::ACTION_STARTED, [](auto change) { change.setOnBehalfOf("Head of SEND"); }),
        "onBehalfOf");
    expect_invalid(forged(Kind::RATING_PROPOSED,
                          [](auto change) { change.getRatingProposed().setTo("green"); }),
                   "to: \"green\" is not a rating");
    expect_invalid(
        forged(Kind::LEDGER_OPENED,
               [](auto change) { change.getLedgerOpened().setOrigin("https://a.example"); }),
        "origin");
    expect_invalid(forged(Kind::LEDGER_OPENED,
                          [](auto change) { change.getLedgerOpened().setZone("/Europe"); }),
                   "zone");
    expect_invalid(
        forged(Kind::LEDGER_OPENED,
               [](auto change) { change.getLedgerOpened().getFounders()[1].setPerson("A"); }),
        "founders: person");
}

TEST(Walk, refuses_bytes_of_another_length) {
    expect_invalid(forged(Kind::ACTION_STARTED, [](auto change) { change.initLedger(31); }),
                   "ledger: there should be 32 bytes, not 31");
    expect_invalid(forged(Kind::ACTION_STARTED, [](auto change) { change.initAuthorKey(33); }),
                   "authorKey: there should be 32 bytes, not 33");
    expect_invalid(forged(Kind::ACTION_STARTED, [](auto change) { change.getSeen().initRoot(0); }),
                   "seen: root: there should be 32 bytes, not 0");
    expect_invalid(
        forged(Kind::KEY_ENROLLED, [](auto change) { change.getKeyEnrolled().initProof(63); }),
        "proof: there should be 64 bytes, not 63");
    expect_invalid(
        forged(Kind::ACTION_STARTED, [](auto change) { change.getWords()[1].initCommitment(31); }),
        "words: commitment");
}

TEST(Walk, refuses_an_id_that_is_no_uuid_of_version_7) {
    expect_invalid(forged(Kind::ACTION_STARTED, [](auto change) { change.initId(16); }), "id: ");
    expect_invalid(forged(Kind::ACTION_STARTED, [](auto change) { change.getId()[6] = 0x43; }),
                   "id: ");
}

TEST(Walk, refuses_sets_out_of_order_or_with_an_element_twice) {
    using schema::Organisation;
    const auto partners = [](Organisation first, Organisation second) {
        return forged(Kind::PLAN_DRAFTED, [=](auto change) {
            auto list = change.getPlanDrafted().initPartners(2);
            list.set(0, first);
            list.set(1, second);
        });
    };
    EXPECT_TRUE(Change::read(partners(Organisation::COUNCIL, Organisation::NHS)).ok());
    expect_invalid(partners(Organisation::NHS, Organisation::COUNCIL), "ascending");
    expect_invalid(partners(Organisation::NHS, Organisation::NHS), "ascending");

    const auto measures = [](const char* first, const char* second) {
        return forged(Kind::ACTION_ADDED, [=](auto change) {
            auto list = change.getActionAdded().initMeasures(2);
            list.set(0, first);
            list.set(1, second);
        });
    };
    EXPECT_TRUE(Change::read(measures("TH-M1", "TH-M10")).ok());
    expect_invalid(measures("TH-M2", "TH-M10"), "ascending");
    expect_invalid(measures("TH-M1", "TH-M1"), "ascending");
}

TEST(Walk, refuses_lists_past_their_bound) {
    expect_invalid(
        forged(Kind::PLAN_DRAFTED, [](auto change) { change.getPlanDrafted().initPartners(17); }),
        "at most 16");
    expect_invalid(
        forged(Kind::ACTION_ADDED, [](auto change) { change.getActionAdded().initMeasures(33); }),
        "at most 32");
    expect_invalid(forged(Kind::ACTION_ADDED, [](auto change) { change.initWords(33); }),
                   "at most 32");
    expect_invalid(
        forged(Kind::LEDGER_OPENED, [](auto change) { change.getLedgerOpened().initFounders(17); }),
        "at most 16");
}

TEST(Walk, refuses_numbers_past_their_bound) {
    expect_invalid(
        forged(Kind::PROGRESS_RECORDED,
               [](auto change) { change.getProgressRecorded().getPercent().setValue(101); }),
        "percent: 101 is more than 100");
    expect_invalid(forged(Kind::ACTION_ADDED,
                          [](auto change) { change.getActionAdded().setEvidenceRequired(101); }),
                   "evidenceRequired: 101 is more than 100");
    expect_invalid(forged(Kind::ACTION_STARTED,
                          [](auto change) { change.getSeen().setSize(limits::events_max + 1); }),
                   "seen: size");
}

TEST(Walk, refuses_dates_and_months_out_of_range) {
    for (const auto days : {limits::day_min - 1, limits::day_max + 1, INT32_MIN, INT32_MAX}) {
        expect_invalid(
            forged(Kind::ACTION_STARTED, [&](auto change) { change.getEffective().setDays(days); }),
            "effective");
    }
    for (const auto months : {0, 1900 * 12 - 1, 2200 * 12, 65'535}) {
        expect_invalid(forged(Kind::PROGRESS_RECORDED,
                              [&](auto change) {
                                  change.getProgressRecorded().getPeriod().setMonths(
                                      static_cast<std::uint16_t>(months));
                              }),
                       "period");
    }
}

TEST(Walk, takes_the_first_and_the_last_day) {
    for (const auto days : {limits::day_min, 0, limits::day_max}) {
        const auto bytes =
            forged(Kind::ACTION_STARTED, [&](auto change) { change.getEffective().setDays(days); });
        const auto change = Change::read(bytes);
        ASSERT_TRUE(change.ok()) << change.error().message;
        EXPECT_EQ(change.value().envelope().effective, Date{days});
    }
}

TEST(Walk, refuses_words_out_of_order_or_twice) {
    const auto fields = [](std::uint16_t first, std::uint16_t second) {
        return forged(Kind::ACTION_STARTED, [=](auto change) {
            change.getWords()[0].setField(static_cast<schema::WordField>(first));
            change.getWords()[1].setField(static_cast<schema::WordField>(second));
        });
    };
    EXPECT_TRUE(Change::read(fields(1, 15)).ok());
    expect_invalid(fields(4, 2), "ascending");
    expect_invalid(fields(4, 4), "ascending");
    expect_invalid(fields(0, 4), "field: none is chosen");
    expect_invalid(fields(4, 64), "64 is no field");
    expect_newer(fields(4, 63), "\"field\" number 63");
}

}  // namespace
}  // namespace wsoa
