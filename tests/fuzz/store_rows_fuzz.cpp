// The rows of a store, of nothing but the input or of a real ledger whose rows the input changes:
// verification answers the same twice, and finds every row that is not what was written.

#include "ledger/inspection/verify.h"
#include "ledger/store/store_source.h"
#include "tests/fuzz/target.h"
#include "tests/support/faulty_store.h"
#include "tests/support/ledger_builder.h"

#include <map>

using namespace wsoa;

namespace {

using Rows = std::map<Bytes, Bytes>;

// A ledger with a plan, an action with a report on it, a proposal, and words.
test::LedgerBuilder& sample() {
    static auto* const built = [] {
        auto* const builder = new test::LedgerBuilder;
        builder->enrol("head-of-send");
        builder->draft_plan("TH");
        builder->add_area("TH-1");
        builder->add_outcome("TH-O1", "TH-1");
        builder->commit();
        builder->add_action("TH-1.2", "TH-O1");
        builder->progress("TH-1.2", 60, "2022-01-10");
        builder->propose("TH-1.2", "R", "A");
        builder->commit();
        return builder;
    }();
    return *built;
}

const Rows& sample_rows() {
    static const Rows rows = [] {
        const auto listed = test::rows_of(sample().store());
        return Rows(listed.begin(), listed.end());
    }();
    return rows;
}

Rows rows_from(test::Cutter& cutter) {
    Rows rows;
    while (!cutter.at_end() && rows.size() < 200) {
        const auto key = cutter.sized(1);
        rows[copy_of(key)] = copy_of(cutter.sized(2));
    }
    return rows;
}

Rows::iterator chosen(Rows& rows, test::Cutter& cutter) {
    return std::next(rows.begin(), static_cast<std::ptrdiff_t>(cutter.byte() % rows.size()));
}

// The sample's rows, with rows taken away, put in, turned, cut and put in each other's place.
Rows changed_rows(test::Cutter& cutter) {
    auto rows = sample_rows();
    for (int i = 0; i < 8 && !cutter.at_end(); ++i) {
        const auto row = chosen(rows, cutter);
        switch (cutter.byte() % 5) {
            case 0: rows.erase(row); break;
            case 1:
                if (!row->second.empty()) {
                    row->second[cutter.number(2) % row->second.size()] ^= cutter.byte();
                }
                break;
            case 2: row->second.resize(cutter.number(2) % (row->second.size() + 2)); break;
            case 3: row->second = chosen(rows, cutter)->second; break;
            default: {
                auto key = copy_of(cutter.sized(1));
                if (!key.empty() && key[0] != 0xff) {
                    rows[std::move(key)] = copy_of(cutter.sized(2));
                }
                break;
            }
        }
    }
    return rows;
}

// Whether nothing lacks of what was written, and nothing is there besides. An older checkpoint may
// lack: nothing says how many there were.
bool is_what_was_written(const Rows& rows) {
    auto wanted = sample_rows();
    const auto newest = layout::checkpoint_key(sample().size());
    std::erase_if(wanted, [&](const auto& row) {
        return row.first[0] == 'c' && row.first != newest && !rows.contains(row.first);
    });
    return rows == wanted;
}

std::vector<std::string> findings_of(const Snapshot& snapshot, TreeSize size, TreeSize newest,
                                     Depth depth) {
    const StoreSource source(snapshot, size, newest);
    const auto verdict =
        verify_ledger(source, {.depth = depth, .word_keys = &sample().word_keys()});
    std::vector<std::string> found;
    if (!verdict.ok()) {
        return {verdict.error().message};
    }
    for (const auto& finding : verdict.value().findings) {
        found.push_back(finding.what);
    }
    return found;
}

// No rule was asked when the sample was made, so that something may be found in it too.
std::vector<std::string> findings_of_the_sample(Depth depth) {
    const auto snapshot = test::must(sample().store().snapshot());
    return findings_of(*snapshot, sample().size(), sample().size(), depth);
}

// A history of these rows is read to its end, or says that it cannot.
void read_history(const Store& store, TreeSize size) {
    const auto history = History::open(test::must(store.snapshot()), size);
    if (!history.ok()) {
        return;
    }
    std::uint64_t count = 0;
    const auto read = history.value()->each_event(
        EventIndex{0}, [&](const Event& event) -> Result<Snapshot::Step> {
            CHECK(event.index().value == count);
            ++count;
            return Snapshot::Step::next;
        });
    CHECK(!read.ok() || count == size.value);
    static_cast<void>(history.value()->trail_of(SubjectRef::parse("TH-1.2").value()));
    static_cast<void>(history.value()->size_before(Instant{1'641'900'000'000}));
    static_cast<void>(history.value()->checkpoint_note());
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    test::Cutter cutter(ByteView(data, size));
    const auto how = cutter.byte();
    const bool is_changed = how % 4 != 0;
    // Signatures take long: most inputs are better spent on rows.
    const auto depth = how >= 0xe0 ? Depth::authors : Depth::log;
    const auto rows = is_changed ? changed_rows(cutter) : rows_from(cutter);
    MemoryStore store;
    Batch batch;
    for (const auto& [key, value] : rows) {
        batch.put(key, value);
    }
    test::must(store.write(batch));
    const auto snapshot = test::must(store.snapshot());
    const auto newest = History::newest_size(*snapshot);
    const auto said = newest.ok() ? newest.value() : TreeSize{0};
    const auto whole = is_changed ? sample().size() : said;
    const auto further = std::max(whole, said);
    const auto found = findings_of(*snapshot, whole, further, depth);
    CHECK(found == findings_of(*snapshot, whole, further, depth));
    if (is_changed) {
        static const auto of_log = findings_of_the_sample(Depth::log);
        static const auto of_authors = findings_of_the_sample(Depth::authors);
        CHECK((found == (depth == Depth::log ? of_log : of_authors)) == is_what_was_written(rows));
    }
    read_history(store, whole);
    return 0;
}
