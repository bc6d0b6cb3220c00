#include "tests/support/small_pack.h"

#include "ledger/base/sha256.h"
#include "ledger/event/kinds.h"
#include "ledger/evidence/sealed_words.h"
#include "ledger/inspection/pack.h"
#include "ledger/inspection/pack_check.h"
#include "ledger/inspection/pack_members.h"
#include "ledger/plan/fold.h"
#include "ledger/state/plan_bytes.h"
#include "tests/support/zip_bytes.h"

#include <algorithm>

namespace wsoa::test {
namespace {

constexpr std::string_view day = "2199-01-01";  // by then everything is known

std::string hex(const Hash& hash) { return to_hex(hash.view()); }

std::string one_line_page() { return fmt::format("<p>page</p>\n{}", page_mark_line); }

void put(PackMembers& members, const std::string& name, const std::string& text) {
    members[name] = copy_of(bytes_of(text));
}

void put_tree(PackMembers& members, const History& history) {
    put(members, "checkpoint", must(history.checkpoint_note()));
    const auto nodes = history.nodes();
    for (const auto& tile : tiles_between({}, history.size())) {
        members[path_of(tile)] = must(make_tile(tile, nodes));
    }
    for (const auto& bundle : bundles_between({}, history.size())) {
        std::vector<Bytes> entries;
        for (std::uint64_t i = 0; i < bundle.width; ++i) {
            entries.push_back(must(history.entry({bundle.index * tile_width_max + i})));
        }
        members[path_of(bundle)] = must(make_bundle(entries));
    }
}

std::string titles(const History& history, const KeyTree& keys, std::string_view plan) {
    std::string lines;
    must(history.each_event({}, [&](const Event& event) -> Result<Snapshot::Step> {
        const auto record = TRY(history.sealed_words(event.index()));
        if (record && event.kind() == Kind::PLAN_DRAFTED &&
            event.envelope().subject.str() == plan) {
            const auto opened =
                TRY(open_words({.ledger = event.envelope().ledger, .index = event.index()}, *record,
                               event.envelope().words, keys));
            for (const auto& each : opened) {
                const auto& word = std::get<Word>(each.outcome);
                if (word.field == schema::WordField::TITLE) {
                    lines += fmt::format(R"({{"event":{},"field":"title","salt":"{}","text":"{}"}})"
                                         "\n",
                                         event.index().value, hex(word.salt), word.text);
                }
            }
        }
        return Snapshot::Step::next;
    }));
    return lines;
}

Plan plan_in(const History& history, const std::string& plan) {
    State state;
    must(history.each_event({}, [&](const Event& event) -> Result<Snapshot::Step> {
        fold(state, event);
        return Snapshot::Step::next;
    }));
    return *state.plan(must(PlanRef::parse(plan)));
}

// What is shown of a plan that is being drafted and has areas alone.
std::string shown_of(const Plan& plan) {
    std::string lines;
    std::string impact;
    for (const auto& [ref, area] : plan.areas) {
        lines += fmt::format(
            R"({{"type":"area","ref":"{}","title":"","rating":"NM","because":"unrated",)"
            R"("impact":"NM","lead":"{}","stage":"open"}})"
            "\n",
            ref.str(), area.lead.at(area.added_on)->value.str());
        impact += fmt::format(R"({}"{}":"NM")", impact.empty() ? "" : ",", ref.str());
    }
    return lines +
           fmt::format(R"({{"type":"plan","asAt":"{0}","asKnown":"{0}","ref":"{1}","title":"{2}",)"
                       R"("stage":"drafting","ratings":{{}},)"
                       R"("counts":{{"GY":0,"UN":0,"R":0,"A":0,"G":0,"B":0}},"impact":{{{3}}}}})"
                       "\n",
                       day, plan.ref.str(), "Written Statement of Action", impact);
}

}  // namespace

PackMembers small_pack(LedgerBuilder& builder, const std::string& plan) {
    const auto history = builder.history();
    PackMembers members;
    put_tree(members, *history);
    for (const auto* const paper :
         {"README.txt", "certificate.txt", "evidence.csv", "documents.jsonl"}) {
        put(members, paper, "");
    }
    const auto told = plan_in(*history, plan);
    const auto note = must(Note::parse(must(history->checkpoint_note())));
    const auto checkpoint = must(Checkpoint::parse(note.text));
    const auto key = must(NoteKey::ed25519(checkpoint.origin, builder.ledger_signer().key()));
    put(members, "policy", fmt::format("log {}\nquorum none\n", key.str()));
    put(members, "pack.json",
        fmt::format(
            R"({{"format":"wsoa-pack/v1","origin":"{}","ledger":"{}","plan":"{}",)"
            R"("for":"a test","as_at":"{}","as_known":"{}","size":{},"root":"{}",)"
            R"("leaves":{},"disclosed":["title"],"restricted":false,"page":"{}","made_with":"a test"}})"
            "\n",
            checkpoint.origin, hex(builder.ledger()), plan, day, day, history->size().value,
            hex(history->root()), history->size().value, hex(sha256(bytes_of(one_line_page())))));
    put(members, "state.json",
        fmt::format(R"({{"plan":"{}","as_at":"{}","as_known":"{}","format":"{}","digest":"{}"}})"
                    "\n",
                    plan, day, day, plan_state_label, hex(digest_of(told))));
    put(members, "shown.jsonl", shown_of(told));
    put(members, "words.jsonl", titles(*history, builder.word_keys(), plan));
    return members;
}

void leave_out(PackMembers& members, const std::vector<std::uint64_t>& events) {
    const auto about = must(PackAbout::parse(text_of(members.at("pack.json"))));
    std::uint64_t leaves = 0;
    for (const auto& bundle : bundles_between({}, about.size)) {
        auto& file = members.at(path_of(bundle));
        std::vector<Bytes> entries;
        for (const auto& entry : must(read_bundle(bundle, file))) {
            const auto index = bundle.index * tile_width_max + entries.size();
            const bool stays = std::ranges::find(events, index) == events.end();
            entries.push_back(stays ? copy_of(entry) : Bytes{});
            leaves += stays ? 1 : 0;
        }
        file = must(make_bundle(entries));
    }
    std::string json(text_of(members.at("pack.json")));
    const auto claim = fmt::format("\"leaves\":{}", about.leaves);
    json.replace(json.find(claim), claim.size(), fmt::format("\"leaves\":{}", leaves));
    put(members, "pack.json", json);
}

namespace {

// The page, and behind it all members but itself and the documents.
Bytes page_over(const PackMembers& members, std::string_view page) {
    ZipBytes inner;
    for (const auto& [name, content] : members) {
        if (is_in_page(name)) {
            inner.add(name, content);
        }
    }
    return copy_of(bytes_of(
        fmt::format("{}{}{}{}", page, page_data_begin, to_base64(inner.bytes()), page_data_end)));
}

}  // namespace

Bytes pack_file(PackMembers members, Page page) {
    if (page == Page::made_anew) {
        members["index.html"] = page_over(members, one_line_page());
    }
    ZipBytes zip;
    for (const auto& [name, content] : members) {
        zip.add(name, content);
    }
    return zip.bytes();
}

std::set<std::string> items_found(const PackMembers& members) {
    const auto file = pack_file(members);
    const MemorySource source(file);
    std::optional<Item> refused;
    const auto pack = PackFile::open(source, &refused);
    if (!pack.ok()) {
        return {"refused " + refused.value_or(Item(Item::Of::stored)).str()};
    }
    std::set<std::string> items;
    for (const auto& finding : must(verify_pack(pack.value(), {})).findings) {
        items.insert(fmt::format("{} {}", name_of(finding.is), item_of(finding)));
    }
    return items;
}

Bytes with_page_again(PackMembers members) {
    const std::string page(text_of(members["index.html"]));
    members["index.html"] =
        page_over(members, page.substr(0, page.find(page_mark_line) + page_mark_line.size()));
    return pack_file(std::move(members), Page::as_it_is);
}

}  // namespace wsoa::test
