#pragma once

#include "ledger/base/names.h"
#include "ledger/tree/tree.h"

#include <functional>
#include <optional>
#include <string>

namespace wsoa {

// Where verification reads what it checks: a ledger's store, or what a stranger was handed. Nothing
// it gives is believed; a row that lacks is null, and is for the verifier to judge.
class VerifySource {
public:
    virtual ~VerifySource() = default;

    // How many events there are said to be.
    virtual TreeSize size() const = 0;
    virtual Result<std::optional<Bytes>> entry(EventIndex index) const = 0;
    // The copy of an entry that lies with its plan's; null also where the source keeps none.
    virtual Result<std::optional<Bytes>> plan_copy(const std::optional<PlanRef>& plan,
                                                   EventIndex index) const = 0;
    virtual Result<std::optional<Hash>> node(NodeRef node) const = 0;
    virtual Result<std::optional<EventIndex>> subject_event(const SubjectRef& subject,
                                                            std::uint32_t version) const = 0;
    virtual Result<std::optional<EventIndex>> change_event(const KeyId& author,
                                                           const ChangeId& id) const = 0;
    virtual Result<std::optional<Bytes>> sealed_words(EventIndex index) const = 0;
    // Every signed checkpoint that is kept, by size.
    using VisitCheckpoint = std::function<Result<void>(TreeSize, std::string_view note)>;
    virtual Result<void> each_checkpoint(const VisitCheckpoint& visit) const = 0;
};

}  // namespace wsoa
