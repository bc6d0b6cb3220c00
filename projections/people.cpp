#include "projections/people.h"

namespace wsoa {

Result<void> PeopleFold::fold_through(EventIndex index) {
    if (!is_read_) {
        TRY(history_.each_entry_of(std::nullopt,
                                   [&](EventIndex at, ByteView entry) -> Result<Snapshot::Step> {
                                       auto event = TRY(Event::read(at, entry));
                                       events_.push_back(std::move(event));
                                       return Snapshot::Step::next;
                                   }));
        is_read_ = true;
    }
    for (; folded_ < events_.size() && events_[folded_].index() <= index; ++folded_) {
        fold(state_, events_[folded_]);
    }
    return done();
}

void PeopleFold::restart() {
    state_ = State{};
    folded_ = 0;
}

}  // namespace wsoa
