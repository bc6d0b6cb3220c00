#include "ledger/event/kinds.h"
#include "ledger/plan/calendar.h"
#include "tests/support/changes.h"
#include "tests/support/story_deeds.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>
#include <set>

// Histories that nobody would write: likely and unlikely steps by chance, the same for a seed.
namespace wsoa::test {
namespace {

using schema::Role;

constexpr unsigned histories = 300;
constexpr int steps = 20;

class Chance {
public:
    explicit Chance(std::uint64_t seed) : source_(seed) {}

    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(source_() % bound); }
    bool once_in(std::size_t times) { return below(times) == 0; }
    template <typename List>
    auto one_of(const List& list) {
        return list[below(list.size())];
    }
    std::string person() {
        return one_of(std::array<std::string, 12>{
            "programme-manager", "corporate-director", "programme-officer", "programme-deputy",
            "data-protection-officer", "board-chair", "director-of-education", "case-work-lead",
            "icb-executive-lead", "send-team-manager", "head-of-send", "data-lead"});
    }
    std::string key() { return one_of(std::array<std::string, 3>{"key a", "key b", "key c"}); }
    std::string action() {
        return one_of(std::array<std::string, 4>{"TH-1.1", "TH-1.2", "TH-2.1", "TH-2.2"});
    }
    std::string area() { return one_of(std::array<std::string, 3>{"TH-1", "TH-2", "TH-3"}); }
    std::string outcome() { return one_of(std::array<std::string, 3>{"TH-O1", "TH-O2", "TH-O3"}); }
    std::string code() { return one_of(std::array<std::string, 3>{"G", "A", "R"}); }
    std::string scope() { return one_of(std::array<std::string, 3>{"TH", "TH-1", "TH-2.1"}); }
    Role role() {
        return one_of(std::array<Role, 6>{Role::FOUNDER, Role::PROGRAMME_OFFICE, Role::AREA_LEAD,
                                          Role::ACTION_OWNER, Role::BOARD_CHAIR, Role::DPO});
    }

private:
    std::mt19937_64 source_;
};

// Answers the last entry of that kind about the subject, if there is one.
Step answering(const Scene& scene, Step step, Kind kind) {
    const auto found = scene.last(kind, step.subject());
    return found ? step.answers_event(found->value) : step.answers_nothing();
}

Step about_people(Chance& chance, const Scene& scene) {
    const auto person = chance.person();
    switch (chance.below(11)) {
        case 0: return person_enrolled(chance.once_in(2) ? "data-lead" : person);
        case 1: return answering(scene, person_confirmed("data-lead"), Kind::PERSON_ENROLLED);
        case 2: return role_granted(person, chance.role(), chance.scope());
        case 3: return role_granted(person, chance.role());
        case 4: return answering(scene, role_confirmed(person), Kind::ROLE_GRANTED);
        case 5: return answering(scene, role_revoked(person), Kind::ROLE_GRANTED);
        case 6: return key_enrolled(person, chance.key());
        case 7: return answering(scene, key_confirmed(person), Kind::KEY_ENROLLED);
        case 8: return key_rotated(person, chance.key());
        case 9: return answering(scene, key_confirmed(person), Kind::KEY_COMPROMISED);
        default: break;
    }
    const auto key = chance.once_in(2) ? person : chance.key();
    return chance.once_in(2) ? key_revoked(person, key)
                             : key_compromised(person, key, chance.below(60));
}

Step about_the_ledger(Chance& chance, const Scene& scene) {
    if (chance.once_in(2)) {
        return answering(scene, ledger_key_confirmed(), Kind::LEDGER_KEY_ROTATED);
    }
    return ledger_key_rotated(chance.key());
}

Step about_the_plan(Chance& chance, const Scene& scene) {
    const auto current = [&](const std::string& subject, const char* before) {
        const auto& plan = scene.plan("TH");
        const auto ref = must(SubjectRef::parse(subject));
        const auto action = plan.actions.find(ref);
        const auto area = plan.areas.find(ref);
        const auto* latest = action != plan.actions.end()
                                 ? action->second.delivery.confirmed.latest()
                             : area != plan.areas.end() ? area->second.impact.confirmed.latest()
                                                        : nullptr;
        return latest == nullptr ? std::string(before) : latest->value.code;
    };
    // As likely as not the code of the last proposal, so that confirmations fit.
    const auto proposed = [&](const std::string& subject) {
        const auto found = scene.last(Kind::RATING_PROPOSED, subject);
        const auto last = found ? std::optional(scene.event(found->value)) : std::nullopt;
        return last && !chance.once_in(4)
                   ? std::string(last->change().reader().getRatingProposed().getTo().cStr())
                   : chance.code();
    };
    const auto action = chance.action();
    const auto area = chance.area();
    switch (chance.below(11)) {
        case 0: return area_added(area, chance.person());
        case 1: return outcome_added(chance.outcome(), area);
        case 2: return action_added(action, chance.outcome()).with("owner", chance.person());
        case 3: return action_started(action);
        case 4: return progress_recorded(action, static_cast<int>(chance.below(101)));
        case 5: return rating_proposed(action, chance.code(), current(action, "UN"));
        case 6:
        case 7:
            return answering(scene,
                             rating_confirmed(action, proposed(action), current(action, "UN"))
                                 .with("meeting", "TH-B-2022-02-01"),
                             Kind::RATING_PROPOSED);
        case 8: return impact_proposed(area, chance.code(), current(area, "NM"));
        case 9:
            return answering(scene, impact_confirmed(area, proposed(area), current(area, "NM")),
                             Kind::RATING_PROPOSED);
        default: return evidence_registered(fmt::format("TH-E{}", chance.below(9)));
    }
}

// A plan in delivery, and the meeting to which some date their decisions back.
Scene opening() { return given(plan_in_delivery("TH"), board_met("TH-B-2022-02-01")).scene(); }

// Whoever records it, in whatever role, on whatever day.
Step anything(Chance& chance, const Scene& scene, Date& today) {
    auto step = chance.once_in(12)  ? about_the_ledger(chance, scene)
                : chance.once_in(3) ? about_people(chance, scene)
                                    : about_the_plan(chance, scene);
    if (step.words().contains(schema::WordField::REASON)) {
        step.because(fmt::format("reason {}", chance.below(50)));
    }
    if (chance.once_in(3)) {
        step.by(chance.person());
    }
    if (chance.once_in(6)) {
        step.as(chance.role());
    }
    if (chance.once_in(6)) {
        step.with_key(chance.key());
    }
    today.days += static_cast<std::int32_t>(chance.below(4));
    step.on(to_string(today));
    if (chance.once_in(4)) {
        step.effective(to_string(Date{today.days - static_cast<std::int32_t>(chance.below(20))}));
    }
    return step;
}

State folded(const Scene& scene) {
    State state;
    for (std::uint64_t i = 0; i < scene.entries().size(); ++i) {
        fold(state, scene.event(i));
    }
    return state;
}

TEST(RandomHistories, fold_without_an_anomaly_where_the_rules_accept) {
    std::map<Kind, int> accepted;
    int refused = 0;
    for (unsigned seed = 0; seed < histories; ++seed) {
        Chance chance(seed);
        auto scene = opening();
        Date today = must(parse_date("2022-02-01"));
        for (int i = 0; i < steps; ++i) {
            const auto step = anything(chance, scene, today);
            const bool is_accepted = scene.record(step).ok();
            refused += is_accepted ? 0 : 1;
            accepted[step.kind()] += is_accepted ? 1 : 0;
            ASSERT_TRUE(scene.state().anomalies.empty())
                << "seed " << seed << ", " << step.str() << ": "
                << scene.state().anomalies.front().what;
        }
        ASSERT_EQ(folded(scene), scene.state()) << "seed " << seed;
    }
    // Chance must have come by everything, or the test would say little.
    EXPECT_GT(refused, 1'000);
    constexpr std::size_t kinds_told = 20;
    EXPECT_GE(accepted.size(), kinds_told);
    for (const auto& [kind, times] : accepted) {
        EXPECT_GT(times, 0) << name_of(kind);
    }
}

// What the rules are for, said of the result instead of each change.
void expect_promises(const Scene& scene, unsigned seed) {
    const auto& keyring = scene.keyring();
    std::set<PersonId> founders;
    for (const auto& grant : keyring.grants()) {
        if (grant.role == Role::FOUNDER && grant.in_force_from && !grant.revoked_at) {
            founders.insert(grant.person);
        }
    }
    EXPECT_GE(founders.size(), 2u) << "seed " << seed;
    for (const auto& [id, key] : keyring.keys()) {
        const auto* holder = keyring.person(key.person);
        ASSERT_NE(holder, nullptr) << "seed " << seed;
        EXPECT_TRUE(!key.in_force_from || holder->confirmed_at) << "seed " << seed;
    }
    for (std::uint64_t i = 0; i < scene.entries().size(); ++i) {
        const auto event = scene.event(i);
        const bool answers = kind_rule(event.kind()).decides == KindRule::Decides::yes;
        if (answers) {
            const auto answered = scene.event(event.envelope().answers->value);
            EXPECT_NE(keyring.holder_of(event.envelope().author_key),
                      keyring.holder_of(answered.envelope().author_key))
                << "seed " << seed << ", event " << i;
        }
    }
}

TEST(RandomHistories, leave_every_decision_to_two_people_and_the_ledger_to_two_founders) {
    for (unsigned seed = 0; seed < histories / 5; ++seed) {
        Chance chance(1'000 + seed);
        auto scene = opening();
        Date today = must(parse_date("2022-02-01"));
        for (int i = 0; i < steps; ++i) {
            // Refusals are most of what is told here.
            static_cast<void>(scene.record(anything(chance, scene, today)).ok());
        }
        expect_promises(scene, seed);
    }
}

TEST(RandomHistories, fold_to_the_same_state_whatever_the_rules_say) {
    std::size_t anomalies = 0;
    for (unsigned seed = 0; seed < histories / 5; ++seed) {
        Chance chance(2'000 + seed);
        auto scene = opening();
        Date today = must(parse_date("2022-02-01"));
        for (int i = 0; i < steps; ++i) {
            scene.force(anything(chance, scene, today));
        }
        ASSERT_EQ(folded(scene), scene.state()) << "seed " << seed;
        anomalies += scene.state().anomalies.size();
    }
    EXPECT_GT(anomalies, 100u);
}

}  // namespace
}  // namespace wsoa::test
