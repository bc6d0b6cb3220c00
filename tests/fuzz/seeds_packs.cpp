// Packs of all leaves and of one plan's, with an earlier checkpoint and without.

#include "tests/fuzz/seeds.h"
#include "tests/support/small_pack.h"

namespace wsoa::test {

void add_packs(Seeds& seeds) {
    LedgerBuilder builder;
    builder.appoint_office();
    builder.draft_plan("TH");
    builder.commit();
    const auto before = small_pack(builder, "TH");
    seeds.add("pack", ByteView(pack_file(before)));
    for (const auto* const name : {"pack.json", "state.json", "words.jsonl"}) {
        const auto line = text_of(before.at(name));
        seeds.add("pack_lines", line.substr(0, line.find('\n')));
    }
    seeds.add("pack_lines",
              fmt::format(R"({{"event":9,"member":"documents/9","number":0,"salt":"{0}","size":4,)"
                          R"("media":"text/plain","sha256":"{0}"}})",
                          std::string(64, 'b')));
    auto members = before;
    members.erase("words.jsonl");
    seeds.add("pack", ByteView(pack_file(members, Page::as_it_is)));
    builder.draft_plan("HK");
    builder.add_area("TH-1");
    builder.commit();
    members = small_pack(builder, "TH");
    leave_out(members, {8});
    members["earlier/8"] = before.at("checkpoint");
    seeds.add("pack", ByteView(pack_file(members)));
    seeds.add("pack", ByteView(pack_file(members, Page::as_it_is)));
}

}  // namespace wsoa::test
