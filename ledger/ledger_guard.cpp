#include "ledger/ledger_guard.h"

#include "ledger/store/cosigned.h"

namespace wsoa {
namespace {

constexpr std::string_view shorter_advice =
    "do not write: it was rolled back or is an old copy; put the missing events back from a mirror "
    "or a newer backup";
constexpr std::string_view other_advice =
    "do not write: two histories go by one name; compare with a mirror which of them is the true "
    "one";

// The kept checkpoint, signed by the ledger's key of that size. A store that is shorter may not
// know that key yet.
Result<Checkpoint> open_kept(const LedgerFacts& facts, std::string_view kept_note) {
    const auto note = TRY(Note::parse(kept_note));
    const auto claimed = TRY(Checkpoint::parse(note.text));
    if (claimed.origin != facts.origin) {
        return error(Fault::invalid, "the checkpoint is of {}, not of {}", claimed.origin,
                     facts.origin)
            .advise("give a checkpoint of this ledger");
    }
    if (claimed.size.value == 0) {
        return Error{Fault::invalid, "a checkpoint over no events says nothing",
                     "give one that was signed later"};
    }
    const auto key = TRY(NoteKey::ed25519(facts.origin, facts.signing_key_at(claimed.size)));
    auto opened = open_checkpoint(kept_note, key, facts.origin);
    if (!opened.ok()) {
        return std::move(opened).error().advise(
            "do not write: this store's ledger did not sign it; find out whose history it is");
    }
    return std::move(opened).value().checkpoint;
}

}  // namespace

Result<void> compare_with_guard(const History& history, const GuardedHead& guarded) {
    if (history.size() < guarded.size) {
        return error(Fault::corrupt, "the store holds {} events, but {} were signed",
                     history.size().value, guarded.size.value)
            .advise(
                "it was rolled back or is an old copy: nothing is written here; put the missing "
                "events back with `wsoa guard restore --from COPY`, from another copy of the "
                "ledger");
    }
    const auto root = TRY(history.root_at(guarded.size));
    if (root != guarded.root) {
        return error(Fault::distrusted,
                     "the store's first {} events are not those that were signed",
                     guarded.size.value)
            .advise(
                "nothing is written here; compare with a mirror which of the two histories is the "
                "true one");
    }
    return done();
}

Result<void> compare_with_sightings(const History& history,
                                    const std::vector<Sighting>& sightings) {
    for (const auto& [size, told, by] : sightings) {
        if (history.size() < size) {
            auto refusal = error(Fault::conflict,
                                 "{} has seen {} events of this ledger, and here are {}: it is "
                                 "the older of two copies, and signs nothing",
                                 by, size.value, history.size().value);
            return told
                       ? std::move(refusal).advise(
                             "bring the newer copy back: docs/way-back.md says how")
                       : std::move(refusal).advise(fmt::format(
                             "bring the newer copy back: docs/way-back.md says how; if that number "
                             "was a mistake: wsoa guard withdraw {}",
                             size.value));
        }
        if (!told) {
            continue;
        }
        const auto root = TRY(history.root_at(size));
        if (root != *told) {
            return error(Fault::distrusted,
                         "{} has seen another history of this ledger: the first {} events here are "
                         "not those that were signed, and nothing more is",
                         by, size.value)
                .advise(std::string(other_advice));
        }
    }
    return done();
}

Result<std::vector<Sighting>> cosigned_ahead(const LedgerFolder& folder, TreeSize size) {
    std::vector<Sighting> ahead;
    const auto sizes = TRY(cosigned_sizes(folder));
    if (!sizes.empty() && sizes.back() > size) {
        ahead.push_back({.size = sizes.back(), .root = Hash{}, .by = "a witness"});
        const auto note = TRY(cosigned_note(folder, sizes.back()));
        const auto parsed = note ? Note::parse(*note) : Result<Note>(Error{});
        const auto checkpoint = parsed.ok() ? Checkpoint::parse(parsed.value().text)
                                            : Result<Checkpoint>(parsed.error());
        if (checkpoint.ok()) {
            ahead.back().root = checkpoint.value().root;
        }
    }
    return ahead;
}

Result<std::vector<Sighting>> all_sightings(const FolderFacts& about, const LedgerFolder& folder,
                                            TreeSize size) {
    auto seen = TRY(read_sightings(about.guard, about.ledger));
    const auto ahead = TRY(cosigned_ahead(folder, size));
    seen.insert(seen.end(), ahead.begin(), ahead.end());
    return seen;
}

Result<SignedCheckpoint> own_checkpoint(const History& history, const LedgerFacts& facts) {
    const auto note = TRY(history.checkpoint_note());
    const auto key = TRY(NoteKey::ed25519(facts.origin, facts.signing_key_at(history.size())));
    return open_checkpoint(note, key, facts.origin);
}

Result<GuardedHead> head_to_adopt(const History& history, const LedgerFacts& facts,
                                  std::string_view kept_note) {
    const auto kept = TRY(open_kept(facts, kept_note));
    if (history.size() < kept.size) {
        return error(
                   Fault::corrupt,
                   "the store holds {} events, but the checkpoint that was kept elsewhere is over "
                   "{}",
                   history.size().value, kept.size.value)
            .advise(std::string(shorter_advice));
    }
    const auto root = TRY(history.root_at(kept.size));
    if (root != kept.root) {
        return error(Fault::distrusted,
                     "the store's first {} events are not those of the checkpoint that was kept "
                     "elsewhere",
                     kept.size.value)
            .advise(std::string(other_advice));
    }
    const auto own = TRY(own_checkpoint(history, facts));
    if (own.checkpoint.size != history.size() || own.checkpoint.root != history.root()) {
        return Error{Fault::corrupt, "the store's newest checkpoint is not over what it holds",
                     std::string(shorter_advice)};
    }
    const auto proof = TRY(history.consistency(kept.size, history.size()));
    auto grew = check_consistency(proof, kept.root, history.root());
    if (!grew.ok()) {
        return std::move(grew).error().advise(std::string(other_advice));
    }
    return GuardedHead{.size = history.size(), .root = history.root()};
}

}  // namespace wsoa
