#pragma once

#include "cli/keeper/activity.h"
#include "cli/keeper/parts.h"
#include "cli/keeper/wire.h"

#include <optional>

namespace wsoa {

// Words as far as one person may read them, or nobody in particular: who may is judged anew for
// each event, by the state of that moment (ledger/plan/rights.h).
class WordsService final : public schema::Words::Server {
public:
    WordsService(const KeeperParts& parts, kj::Own<Activity> activity,
                 std::optional<PersonId> reader)
        : parts_(parts), activity_(kj::mv(activity)), reader_(std::move(reader)) {}

protected:
    kj::Promise<void> of(OfContext context) override;

private:
    KeeperParts parts_;
    kj::Own<Activity> activity_;
    std::optional<PersonId> reader_;
};

}  // namespace wsoa
