#pragma once

#include "cli/keeper/activity.h"
#include "cli/keeper/parts.h"
#include "cli/keeper/wire.h"

#include <optional>

namespace wsoa {

// Who reads words.
struct WordsReader {
    // Whoever could open the ledger's folder just as well.
    bool is_operator = false;
    std::optional<PersonId> person = {};  // null for nobody in particular
};

// Words as far as their reader may read them: that is judged anew for each event, by the state of
// that moment (ledger/plan/rights.h).
// Documents go by the same right.
class WordsService final : public schema::Words::Server {
public:
    WordsService(const KeeperParts& parts, kj::Own<Activity> activity, WordsReader reader)
        : parts_(parts),
          activity_(kj::mv(activity)),
          reader_(std::move(reader)),
          since_(parts_.recorder.checkpoint().checkpoint.size) {}

protected:
    kj::Promise<void> of(OfContext context) override;
    kj::Promise<void> document(DocumentContext context) override;
    kj::Promise<void> newDocument(NewDocumentContext context) override;
    kj::Promise<void> sameDocument(SameDocumentContext context) override;

private:
    KeeperParts parts_;
    kj::Own<Activity> activity_;
    WordsReader reader_;
    TreeSize since_;  // how much the ledger held when the session began
};

}  // namespace wsoa
