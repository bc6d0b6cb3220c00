#include "ledger/inspection/order_check.h"

#include "ledger/event/kinds.h"

#include <algorithm>

namespace wsoa {

void OrderCheck::add(const Event& event, const HashTree& tree, const Hash& ledger,
                     Findings& findings) {
    const auto index = event.index();
    if (event.recorded_at() < last_recorded_) {
        findings.breach(Item(Item::Of::order, index),
                        "it was recorded before the event that it follows");
    }
    last_recorded_ = std::max(last_recorded_, event.recorded_at());
    if (index.value == 0) {
        return;
    }
    const auto& seen = event.envelope().seen;
    if (seen.size.value == 0 || seen.size.value > index.value) {
        findings.breach(Item(Item::Of::seen, index),
                        "its author claims to have seen {} events, which is not possible",
                        seen.size.value);
    } else if (root_at(seen.size, tree) != seen.root) {
        findings.consequence(Item(Item::Of::seen, index),
                             "its author had seen another history: the root over {} events differs",
                             seen.size.value);
    }
    if (const auto stated = stated_root(event.change());
        stated && stated->size.value != 0 && stated->size.value <= index.value &&
        tree.root_at(stated->size) != stated->root) {
        findings.breach(Item(Item::Of::root, index),
                        "it states a root over {} events that is not this ledger's",
                        stated->size.value);
    }
    if (event.envelope().ledger != ledger) {
        findings.consequence(Item(Item::Of::ledger, index), "it was made for another ledger");
    }
}

const Hash& OrderCheck::root_at(TreeSize size, const HashTree& tree) {
    if (last_asked_.size != size) {
        last_asked_ = {.size = size, .root = tree.root_at(size)};
    }
    return last_asked_.root;
}

}  // namespace wsoa
