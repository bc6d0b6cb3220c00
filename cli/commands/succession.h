#pragma once

#include "cli/desk.h"

#include <filesystem>
#include <memory>

namespace wsoa {

// A ledger that comes to its end because a new one takes its place. Nobody else writes it
// meanwhile.
class Succession {
public:
    // The older ledger by its folder, or by a checkpoint of it that was kept where the folder is
    // lost. What its guard vouches for counts, or else its newest checkpoint, which its key must
    // have signed; a checkpoint that was kept must be signed by the key that --succeeds-key gives,
    // or is taken as it is without one: `distrusted` if that did not sign it. `invalid` unless both
    // names are a rehearsal's or neither is, and they differ; `busy` while somebody writes it;
    // `conflict` if it was succeeded before.
    static Result<std::unique_ptr<Succession>> of(Desk& desk, const std::filesystem::path& older,
                                                  const Origin& successor);

    const Predecessor& predecessor() const { return predecessor_; }
    // Once the new ledger stands: the older one says so and takes no more changes.
    Result<void> seal() const;

private:
    explicit Succession(Origin successor) : successor_(std::move(successor)) {}
    Result<void> read_folder(Desk& desk, const LedgerFolder& older);
    Result<void> read_checkpoint(Desk& desk, const std::filesystem::path& kept);
    Result<void> check_names() const;

    Origin successor_;
    Predecessor predecessor_;
    std::unique_ptr<WriterLock> lock_;
    std::optional<LedgerFolder> folder_;  // null where only a checkpoint was kept
    std::optional<FolderFacts> about_;
};

}  // namespace wsoa
