#include "ledger/plan/fold.h"

#include "ledger/plan/folds.h"

#include <array>

namespace wsoa {
namespace {

using folds::Why;

// Kinds about the ledger and its people; null where the kind is none of them.
std::optional<Why> fold_people(Keyring& keyring, const Event& event) {
    const auto change = event.change().reader();
    switch (event.kind()) {
        case Kind::LEDGER_OPENED: return keyring.ledger_opened(event, change.getLedgerOpened());
        case Kind::LEDGER_KEY_ROTATED:
            return keyring.ledger_key_rotated(event, change.getLedgerKeyRotated());
        case Kind::LEDGER_KEY_CONFIRMED: return keyring.ledger_key_confirmed(event);
        case Kind::RULEBOOK_ADOPTED:
            return keyring.rulebook_adopted(event, change.getRulebookAdopted());
        case Kind::PERSON_ENROLLED:
            return keyring.person_enrolled(event, change.getPersonEnrolled());
        case Kind::PERSON_CONFIRMED: return keyring.person_confirmed(event);
        case Kind::ROLE_GRANTED: return keyring.role_granted(event, change.getRoleGranted());
        case Kind::ROLE_CONFIRMED: return keyring.role_confirmed(event);
        case Kind::ROLE_REVOKED: return keyring.role_revoked(event);
        case Kind::KEY_ENROLLED: return keyring.key_enrolled(event, change.getKeyEnrolled());
        case Kind::KEY_CONFIRMED: return keyring.key_confirmed(event);
        case Kind::KEY_ROTATED: return keyring.key_rotated(event, change.getKeyRotated());
        case Kind::KEY_REVOKED: return keyring.key_revoked(event, change.getKeyRevoked());
        case Kind::KEY_COMPROMISED:
            return keyring.key_compromised(event, change.getKeyCompromised());
        default: return std::nullopt;
    }
}

// Other kinds about the ledger itself.
std::optional<Why> fold_ledger(State& state, const Event& event) {
    const auto change = event.change().reader();
    if (change.isHolidaysSet()) {
        const auto fields = change.getHolidaysSet();
        std::vector<Date> days;
        for (const auto day : fields.getDays()) {
            days.push_back(read::date(day));
        }
        state.holidays.insert_or_assign(fields.getYear(), std::move(days));
        return Why{};
    }
    if (change.isVerificationRun()) {
        return Why{};  // what it found changes nothing; the event itself is the record
    }
    if (change.isCheckpointAnchored()) {
        return Why{};  // as for a verification
    }
    return std::nullopt;
}

constexpr std::size_t kinds_max = 256;

// The fold of each kind of a plan's events, by the kind's tag.
const std::array<folds::Fold, kinds_max>& table() {
    static const auto filled = [] {
        std::array<folds::Fold, kinds_max> folds_by_kind{};
        for (const auto& rows :
             {folds::of_plan(), folds::of_action(), folds::of_rating(), folds::of_change(),
              folds::of_measure(), folds::of_evidence(), folds::of_governance(), folds::of_review(),
              folds::of_publication(), folds::of_records()}) {
            for (const auto& row : rows) {
                auto& place = folds_by_kind.at(static_cast<std::size_t>(row.kind));
                CHECK(place == nullptr);
                place = row.fold;
            }
        }
        return folds_by_kind;
    }();
    return filled;
}

Why fold_one(State& state, const Event& event) {
    if (auto folded = fold_people(state.keyring, event)) {
        return *folded;
    }
    auto author = state.keyring.holder_of(event.envelope().author_key);
    if (!author) {
        return "nobody holds the key that signed it";
    }
    if (auto folded = fold_ledger(state, event)) {
        return *folded;
    }
    const folds::Happened at{event, Entry{.index = event.index(),
                                          .effective = event.envelope().effective,
                                          .by = std::move(*author),
                                          .on_behalf_of = event.envelope().on_behalf_of}};
    if (event.kind() == Kind::PLAN_DRAFTED) {
        return folds::plan_drafted(state, at, event.change().reader().getPlanDrafted());
    }
    const auto ref = event.envelope().plan;
    const auto plan = ref ? state.plans.find(*ref) : state.plans.end();
    if (plan == state.plans.end()) {
        return "its plan is not there";
    }
    const auto fold_kind = table().at(static_cast<std::size_t>(event.kind()));
    CHECK(fold_kind != nullptr);  // a test holds that every kind has one
    return fold_kind(plan->second, at);
}

template <typename Fields>
std::optional<VaultMark> mark_in(EventIndex index, Fields fields) {
    if (!fields.hasVaultGeneration() || !fields.hasVaultDigest()) {
        return std::nullopt;
    }
    return VaultMark{.event = index,
                     .generation = fields.getVaultGeneration().getValue(),
                     .digest = read::hash(fields.getVaultDigest())};
}

}  // namespace

std::optional<EventIndex> erased_event_in(const Event& event) {
    const auto change = event.change().reader();
    if (!change.isContentErased()) {
        return std::nullopt;
    }
    const auto fields = change.getContentErased();
    return fields.getScope() == schema::ErasureScope::WORDS
               ? read::index_if(fields.hasEvent(), fields.getEvent())
               : std::nullopt;
}

std::optional<VaultMark> vault_mark_in(const Event& event) {
    const auto change = event.change().reader();
    if (change.isContentErased()) {
        return mark_in(event.index(), change.getContentErased());
    }
    if (change.isDisposed()) {
        return mark_in(event.index(), change.getDisposed());
    }
    return std::nullopt;
}

void fold(State& state, const Event& event) {
    // The events of a plan may be folded after those of others that came later.
    const auto mark = vault_mark_in(event);
    if (mark && (!state.vault || state.vault->event < mark->event)) {
        state.vault = mark;
    }
    if (auto why = fold_one(state, event)) {
        state.anomalies.push_back(Anomaly{.index = event.index(), .what = std::move(*why)});
    }
}

bool folds_kind(Kind kind) {
    return kind == Kind::PLAN_DRAFTED || table().at(static_cast<std::size_t>(kind)) != nullptr;
}

}  // namespace wsoa
