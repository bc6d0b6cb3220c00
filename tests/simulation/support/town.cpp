#include "tests/simulation/support/town.h"

#include "ledger/base/check.h"
#include "ledger/base/sha256.h"
#include "ledger/event/kinds.h"
#include "ledger/keys/keyring.h"
#include "ledger/plan/rulebook.h"
#include "tests/support/changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

namespace wsoa::test::town {
namespace {

using schema::Role;

// Those who came before everybody else, with the roles that the builder gives them.
const std::vector<std::string> first_people{"programme-manager", "director-of-education",
                                            "head-of-send"};

void grant(LedgerBuilder& builder, const Grant& given) {
    const auto subject = "@" + given.person;
    NewEvent event{.kind = Kind::ROLE_GRANTED,
                   .subject = subject,
                   .fields = {{"role", std::string(name_of(given.role))}},
                   .role = Role::FOUNDER};
    if (!given.scope.empty()) {
        event.fields.emplace_back("scope", given.scope);
    }
    const auto granted = builder.append(event);
    if (decides(given.role)) {
        builder.append({.kind = Kind::ROLE_CONFIRMED,
                        .subject = subject,
                        .by = "director-of-education",
                        .role = Role::FOUNDER,
                        .answers = granted});
    }
}

}  // namespace

const std::vector<Grant>& grants() {
    static const std::vector<Grant> all{
        {"programme-manager", Role::FOUNDER, ""},
        {"director-of-education", Role::FOUNDER, ""},
        {"head-of-send", Role::FOUNDER, ""},
        {"programme-manager", Role::PROGRAMME_OFFICE, ""},
        {"area-lead-one", Role::AREA_LEAD, "TH-1"},
        {"area-lead-two", Role::AREA_LEAD, "TH-2"},
        {"area-lead-three", Role::AREA_LEAD, "MK"},
        {"board-chair", Role::BOARD_CHAIR, ""},
        {"action-owner-one", Role::ACTION_OWNER, "TH-1.1"},
        {"action-owner-two", Role::ACTION_OWNER, "TH-1"},
        {"action-owner-three", Role::ACTION_OWNER, "TH"},
        {"action-owner-four", Role::ACTION_OWNER, "MK"},
        {"programme-officer", Role::PROGRAMME_OFFICE, "MK"},
        {"data-lead", Role::DATA_LEAD, "TH"},
        {"auditor", Role::AUDITOR, ""},
    };
    return all;
}

const std::vector<std::string>& people() {
    static const std::vector<std::string> all = [] {
        std::vector<std::string> names;
        for (const auto& grant : grants()) {
            if (std::ranges::find(names, grant.person) == names.end()) {
                names.push_back(grant.person);
            }
        }
        return names;
    }();
    return all;
}

const std::vector<std::string>& plans() {
    static const std::vector<std::string> all{"TH", "MK"};
    return all;
}

const std::vector<std::string>& areas() {
    static const std::vector<std::string> all{"TH-1", "TH-2", "MK-1"};
    return all;
}

const std::vector<std::string>& actions() {
    static const std::vector<std::string> all{"TH-1.1", "TH-1.2", "TH-2.1", "MK-1.1"};
    return all;
}

std::string plan_of(const std::string& subject) { return subject.substr(0, subject.find('-')); }

std::string area_of(const std::string& action) { return action.substr(0, action.find('.')); }

const Signer& signer_of(const std::string& person, std::size_t number) {
    static std::map<std::string, std::unique_ptr<MemorySigner>> signers;
    const auto name = fmt::format("{} {}", person, number);
    auto& signer = signers[name];
    if (signer == nullptr) {
        signer = must(MemorySigner::from_seed(Secret(sha256(bytes_of(name)).view())));
    }
    return *signer;
}

void settle(LedgerBuilder& builder) {
    builder.appoint_office();
    for (const auto& plan : plans()) {
        builder.draft_plan(plan);
    }
    for (const auto& area : areas()) {
        builder.add_area(area);
        builder.add_outcome(plan_of(area) + "-O" + area.substr(area.find('-') + 1), area);
    }
    for (const auto& action : actions()) {
        const auto area = area_of(action);
        builder.add_action(action, plan_of(area) + "-O" + area.substr(area.find('-') + 1));
    }
    for (const auto& person : people()) {
        CHECK(builder.signer_of(person).key() == signer_of(person, 0).key());
        if (std::ranges::find(first_people, person) == first_people.end()) {
            builder.enrol(person);
        }
    }
    for (const auto& given : grants()) {
        if (std::ranges::find(first_people, given.person) == first_people.end()) {
            grant(builder, given);
        }
    }
    builder.commit();
}

}  // namespace wsoa::test::town
