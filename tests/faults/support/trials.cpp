#include "tests/faults/support/trials.h"

#include "ledger/base/check.h"
#include "tests/support/changes.h"

#include <algorithm>
#include <cstdlib>

namespace wsoa::test {

void PrintTo(DiskFaultKind kind, std::ostream* out) {
    std::string name(name_of(kind));
    std::erase(name, ',');
    std::ranges::replace(name, ' ', '_');
    *out << name;
}

bool are_all_to_be_tried() { return std::getenv("WSOA_FAULTS_ALL") != nullptr; }

std::string_view name_of(After after) {
    switch (after) {
        case After::power_cut: return "power cut";
        case After::parts_of_writes: return "power cut amid writing";
        case After::restart: return "restart";
    }
    CHECK(false);
}

Trials::Trials() {
    Start start;
    for (std::size_t session = 0; session < Life::sessions; ++session) {
        starts_.push_back(start);
        Machine machine(start.image);
        std::unique_ptr<OpenLedger> open;
        must(life_.session(session, machine, start.books, open));
        start.image = machine.disk().cut_power();
    }
}

Trials::Ended Trials::end_by(std::size_t session, const Disk::Fault& fault) {
    Ended ended;
    ended.books = start_of(session).books;
    Machine machine(start_of(session).image);
    machine.disk().start(fault);
    std::unique_ptr<OpenLedger> open;
    const auto lived = life_.session(session, machine, ended.books, open);
    // Whatever is still open is cut off before its destructor can set anything right.
    ended.images = {machine.disk().cut_power(),
                    machine.disk().cut_power(Disk::Keeps::parts, fault.at + fault.seed),
                    machine.disk().cut_power(Disk::Keeps::all)};
    ended.hit = machine.disk().hit();
    CHECK(lived.ok() || !ended.hit.empty());
    if (!lived.ok()) {
        ended.error = lived.error();
    }
    return ended;
}

bool Trials::is_unfounded(const DiskImage& image, Books& books) const {
    if (!books.events.empty()) {
        return false;
    }
    const Machine machine(image);
    const auto facts = FolderFacts::read(ledger_folder());
    if (!facts.ok()) {
        CHECK(facts.error().fault == Fault::missing);
        return true;
    }
    books.events = start_of(1).books.events;
    return false;
}

Result<void> Trials::live_on(Machine& machine, Books& books, Counts& counts,
                             std::unique_ptr<OpenLedger>& open) {
    open = TRY(OpenLedger::open(machine.place(), life_.people()));
    TRY(life_.check(*open, books));
    const auto history = TRY(open->ledger().history());
    counts.completed += history->size().value > books.events.size() ? 1U : 0U;
    return life_.commit_next(*open, books);
}

Result<void> Trials::go_on(const DiskImage& image, Books books, std::optional<Disk::Fault> second,
                           Counts& counts, std::string* second_hit) {
    DiskImage left;
    {
        Machine machine(image);
        machine.disk().start(second);
        std::unique_ptr<OpenLedger> open;
        auto lived = live_on(machine, books, counts, open);
        left = machine.disk().cut_power();
        const auto hit = machine.disk().hit();
        if (second_hit != nullptr) {
            *second_hit = hit;
        }
        counts.hits += hit.empty() ? 0U : 1U;
        if (!lived.ok() && (hit.empty() || lived.error().fault != Fault::unavailable)) {
            return std::move(lived).error().explain("after {}", hit.empty() ? "opening" : hit);
        }
        counts.refused += lived.ok() ? 0U : 1U;
    }
    Machine machine(left);
    const auto open = TRY(OpenLedger::open(machine.place(), life_.people()));
    counts.acknowledged += books.events.size();
    return life_.check(*open, books);
}

}  // namespace wsoa::test
