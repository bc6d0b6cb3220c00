#include "cli/pack/pack_earlier.h"

#include "cli/commands/published.h"
#include "ledger/base/sha256.h"
#include "ledger/event/fields.h"
#include "ledger/inspection/pack_members.h"
#include "ledger/store/stamps.h"
#include "ledger/tree/anchored.h"

#include <map>
#include <set>

namespace wsoa {
namespace {

// What events commit to, by the size of the checkpoint that it is about.
using Anchored = std::map<TreeSize, std::set<Hash>>;

Result<Anchored> anchored_in(const History& history) {
    Anchored anchored;
    TRY(history.each_event_of(std::nullopt, [&](const Event& event) -> Result<Snapshot::Step> {
        if (event.kind() == Kind::CHECKPOINT_ANCHORED) {
            const auto fields = event.change().reader().getCheckpointAnchored();
            anchored[TreeSize{fields.getSize()}].insert(read::hash(fields.getDigest()));
        }
        return Snapshot::Step::next;
    }));
    return anchored;
}

// The checkpoint with those lines of witnesses that are committed to, in their order.
Result<Note> chosen_lines(const PublishedCheckpoint& published, const std::set<Hash>& digests) {
    const auto note = TRY(Note::parse(published.checkpoint.note));
    const auto said = TRY(said_by_witnesses(note, published.key));
    Note chosen{.text = note.text, .signatures = {note.signatures.front()}};
    for (const auto& one : said) {
        if (digests.contains(one.digest)) {
            chosen.signatures.push_back(one.line);
        }
    }
    return chosen;
}

}  // namespace

Result<void> add_earlier(ArchiveWriter& archive, Desk& desk, const Reading& reading,
                         const History& history) {
    const auto anchored = TRY(anchored_in(history));
    const auto folder = TRY(desk.folder());
    const auto timestamps =
        anchored.empty() ? std::vector<KeptTimestamp>{} : TRY(kept_timestamps(folder));
    for (const auto& [size, digests] : anchored) {
        const auto published = TRY(checkpoint_at(desk, reading, size));
        const auto note = TRY(chosen_lines(published, digests));
        std::uint64_t number = 0;
        for (const auto& each : timestamps) {
            if (each.size == size && digests.contains(sha256(each.reply))) {
                const EarlierMember member{.size = size, .timestamp = number++};
                archive.add(member.name(), each.reply);
            }
        }
        if (number > 0 || note.signatures.size() > 1) {
            archive.add(EarlierMember{.size = size, .timestamp = {}}.name(), note.str());
        }
    }
    return done();
}

}  // namespace wsoa
