#include "cli/sighting.h"

#include "ledger/ledger_guard.h"

namespace wsoa {
namespace {

// Nothing where only a keeper was named: its guard lies on another machine.
Result<void> keep(Desk& desk, const Sighting& sighting) {
    if (!desk.folder().ok()) {
        return done();
    }
    const auto about = TRY(desk.facts());
    return keep_sighting(about.guard, about.ledger, sighting);
}

Result<void> hear(Desk& desk, const Reading& reading, const Sighting& sighting) {
    auto compared = compare_with_sightings(*reading.history, {sighting});
    if (!compared.ok()) {
        TRY(keep(desk, sighting));
    }
    return compared;
}

}  // namespace

Result<void> hear_of_size(Desk& desk, const Reading& reading, TreeSize size,
                          const std::string& by) {
    return hear(desk, reading, {.size = size, .root = {}, .by = by});
}

Result<Checkpoint> meet_checkpoint(Desk& desk, const Reading& reading, const Policy& policy,
                                   const Note& note) {
    const auto checkpoint = TRY(Checkpoint::parse(note.text));
    const auto& facts = reading.state.keyring.facts();
    if (checkpoint.origin != facts.origin) {
        return Error{Fault::invalid, "the checkpoint is of another log"};
    }
    // A copy that is older may not know the key that signs now; the policy does.
    const auto key = TRY(NoteKey::ed25519(facts.origin, facts.signing_key_at(checkpoint.size)));
    const auto judged = evaluate(policy, note);
    if (!open_checkpoint(note.str(), key, facts.origin).ok() && !judged.ok()) {
        return error(Fault::distrusted,
                     "the checkpoint over {} events is not signed by this ledger",
                     checkpoint.size.value)
            .advise("find out who made it; nothing was kept of it");
    }
    std::string by = "somebody";
    if (judged.ok() && !judged.value().cosigned.empty()) {
        by = judged.value().cosigned.front().witness;
    }
    TRY(hear(desk, reading, {.size = checkpoint.size, .root = checkpoint.root, .by = by}));
    return checkpoint;
}

}  // namespace wsoa
