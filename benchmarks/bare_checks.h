#pragma once

#include "benchmarks/table.h"
#include "ledger/base/check.h"
#include "ledger/event/event.h"
#include "ledger/keys/signature.h"

#include <thread>
#include <vector>

namespace wsoa::bench {

// The seconds that the signatures of the events take, and nothing else, on so many cores.
inline double bare_checks(const std::vector<Event>& events, unsigned cores) {
    const Stopwatch watch;
    {
        std::vector<std::jthread> threads;
        for (unsigned part = 0; part < cores; ++part) {
            threads.emplace_back([&events, part, cores] {
                for (std::size_t i = part; i < events.size(); i += cores) {
                    CHECK(verify(events[i].envelope().author_key,
                                 labelled(label::change, events[i].change().bytes()),
                                 events[i].signature()));
                }
            });
        }
    }
    return watch.seconds();
}

}  // namespace wsoa::bench
