// Writes what each fuzz target begins with: one valid input of every kind that it reads, made from
// the samples of the tests. For whoever has changed a format: scripts/fuzz minimises them into the
// corpora.
//
//   fuzz_seeds FOLDER

#include "tests/fuzz/seeds.h"
#include "cli/keeper/wire.h"
#include "ledger/event/json.h"
#include "ledger/evidence/vault_format.h"
#include "ledger/inspection/receipt.h"
#include "ledger/state/plan_bytes.h"
#include "ledger/store/layout.h"
#include "ledger/tree/tile.h"
#include "ledger/tree/witness.h"
#include "projections/audit_trail.h"
#include "tests/fuzz/session.h"
#include "tests/support/files.h"
#include "tests/support/note_keys.h"
#include "tests/support/office.h"
#include "tests/support/reference_tree.h"
#include "tests/support/sample_plan.h"

#include <capnp/serialize.h>

namespace wsoa::test {
namespace {

Bytes golden_bytes(const std::string& path) {
    auto text = golden(path);
    std::erase_if(text, [](char c) { return c == '\n'; });
    return must(from_hex(text));
}

Bytes sized(ByteView bytes) {
    Bytes all;
    append_u16(all, static_cast<std::uint16_t>(bytes.size()));
    append(all, bytes);
    return all;
}

void add_changes(Seeds& seeds) {
    for (const auto& kind : all_kinds()) {
        seeds.add("change", ByteView(sample_change(kind.kind)));
        seeds.add("change_line", change_to_json(read_sample(kind.kind)));
        seeds.add("change_line", golden("line/" + kind.name + ".json"));
        seeds.add("event", ByteView(sample_event(kind.kind)));
    }
    for (const auto& word : sample_words()) {
        Bytes bytes;
        append_u16(bytes, static_cast<std::uint16_t>(word.field));
        append(bytes, ByteView(word_bytes(word)));
        seeds.add("words", ByteView(bytes));
    }
    seeds.add("words", ByteView(golden_bytes("evidence/sealed_words.hex")));
    for (const auto* name : {"manifest", "sealed_manifest"}) {
        const auto bytes = golden_bytes(fmt::format("evidence/{}.hex", name));
        seeds.add("manifest", ByteView(bytes));
    }
}

// What a stranger is handed: a policy beside the note that it judges, a request to a witness, and a
// log as files.
void add_logs(Seeds& seeds) {
    const auto parted = [](const std::string& policy, const std::string& note) {
        return policy + std::string(1, '\0') + note;
    };
    const auto note = golden("tree/checkpoint");
    const auto cosigned = golden("tree/cosigned.checkpoint");
    seeds.add("policy", golden("tree/inspectorate.policy"));
    seeds.add("policy", parted(golden("tree/inspectorate.policy"), cosigned));
    seeds.add("policy", parted("log " + golden("tree/wsoa.vkey") + "witness w " +
                                   golden("tree/witness.vkey") + "quorum w\n",
                               cosigned));
    const ReferenceTree tree(13);
    for (const std::uint64_t from : {0U, 5U, 13U}) {
        const WitnessRequest request{
            .old_size = TreeSize{from},
            .path = from == 0 ? std::vector<Hash>{} : tree.consistency(from).path,
            .checkpoint_note = note};
        seeds.add("witness_request", request.str());
    }
    seeds.add("witness_request", cosigned.substr(note.rfind("\n\n") + 2));
    std::vector<Bytes> entries;
    for (std::uint64_t i = 0; i < tree.size(); ++i) {
        entries.push_back(tree.entry(i));
    }
    auto log = sized(bytes_of(note));
    append(log,
           ByteView(sized(must(make_tile({.level = 0, .index = 0, .width = 13}, tree.nodes())))));
    append(log, ByteView(must(make_bundle(entries))));
    seeds.add("log_files", ByteView(log));
}

// What comes to a witness's address, and what comes from one, behind a line that says which.
void add_http(Seeds& seeds) {
    const std::string post = "request\nPOST\n/add-checkpoint\nHTTP/1.1\n";
    const auto cosigned = golden("tree/cosigned.checkpoint");
    for (const auto& text :
         {post + "Content-Length:3\n\nold",
          post + "Transfer-Encoding:chunked\nContent-Length:3\n\nold",
          "request\nGET\n/" + std::string(64, '0') + "/checkpoint\nHTTP/1.0\n\n",
          std::string("listen\n127.0.0.1:8470"), std::string("listen\n[::1]:8470"),
          "200\ntext/plain\n" + cosigned.substr(cosigned.rfind("\n\n") + 2),
          std::string("409\ntext/x.tlog.size\n812\n"), std::string("404\n\nno such log\n")}) {
        seeds.add("witness_http", text);
    }
}

void add_texts(Seeds& seeds) {
    const auto note = golden("tree/checkpoint");
    seeds.add("note", note);
    seeds.add("note", must(Note::parse(note)).text);
    seeds.add("note", golden("tree/two_signatures.note"));
    auto vkey = golden("tree/wsoa.vkey");
    seeds.add("note", std::string_view(vkey).substr(0, vkey.find('\n')));
    auto receipt = must(Receipt::parse(golden("tree/event_5.tlog-proof")));
    seeds.add("receipt", receipt.str());
    receipt.extra = Bytes{1, 2, 3};
    seeds.add("receipt", receipt.str());
    for (const auto* name : {"founder", "person"}) {
        seeds.add("key_request", golden(fmt::format("keys/{}.request", name)));
    }
    seeds.add("backup_facts", golden("store/backup.txt"));
    seeds.add("folder_facts", golden("store/ledger.txt"));
    seeds.add("folder_facts",
              golden("store/ledger.txt") + "successor ledger.example.gov.uk/send-2\n");
    for (const auto* value : {"TH",
                              "TH-1.2",
                              "TH-E03v2",
                              "TH-G-2022-03-10",
                              "@head-of-send",
                              "ledger",
                              "head-of-send",
                              "ledger.example.gov.uk/send/rehearsal",
                              "0190163d-8694-739b-aea5-966c26f8ad91",
                              "NM",
                              "2022-03-31",
                              "2022-03",
                              "2022-03-08T09:11:33.250Z",
                              "1900-01-01",
                              "2199-12-31",
                              "2024-02-29",
                              "Europe/London",
                              "18446744073709551615",
                              "AAECAw==",
                              "00ff",
                              "14 of 22 staff trained",
                              "caf\xc3\xa9",
                              "cafe\xcc\x81 ",
                              "\xe2\x80\xae"}) {
        seeds.add("values", value);
    }
    for (const auto* path : {"tile/0/x001/x234/067.p/12", "tile/entries/000", "tile/63/000"}) {
        seeds.add("tiles", path);
    }
    seeds.add("tiles", 1, must(make_bundle(std::vector<Bytes>{{1, 2}, {}})));
    seeds.add("tiles", 0, Bytes(32, 7));
    add_logs(seeds);
    add_http(seeds);
}

Bytes der_of(std::string pem) {
    std::erase(pem, '\n');
    const auto begin = pem.find("-----", 5) + 5;
    return must(from_base64(std::string_view(pem).substr(begin, pem.rfind("-----END") - begin)));
}

void add_files(Seeds& seeds) {
    for (const auto* name : {"clear", "public"}) {
        const auto pem = golden(fmt::format("keys/{}.pem", name));
        seeds.add("key_file", pem);
        seeds.add("key_file", ByteView(der_of(pem)));
    }
    seeds.add("sealed_key", ByteView(der_of(golden("keys/sealed.pem"))));
    const auto slot = golden_bytes("store/guard.hex");
    Bytes guard{0, 1};
    append(guard, ByteView(slot).subspan(14, 80));
    append(guard, Bytes{0, 1});
    append(guard, ByteView(slot).subspan(14, 80));
    seeds.add("guard", ByteView(guard));
    for (std::size_t i = 0; i < 32; ++i) {
        guard[2 + i] = guard[84 + i] = 'l';
    }
    seeds.add("guard", ByteView(guard));
    guard[2 + 32 + 7] = 9;  // a sequence number
    seeds.add("guard", ByteView(guard));
    const auto vault = golden_bytes("evidence/vault_unsealed.hex");
    seeds.add("vault", 0, vault);
    seeds.add("vault", 1, ByteView(vault).first(vault.size() - 32));
    seeds.add("vault", 1, golden_bytes("evidence/vault_scrypt.hex"));
    const auto in_token = golden_bytes("evidence/vault_token.hex");
    seeds.add("vault", 0, in_token);
    seeds.add("vault", 1, ByteView(in_token).first(in_token.size() - 32));
    const auto spare = golden_bytes("evidence/spare.hex");
    seeds.add("spare", 0, spare);
    seeds.add("spare", 1, ByteView(spare).first(spare.size() - 32));
    seeds.add("spare_list", golden("store/spares.txt"));
    seeds.add("sightings", golden("store/sightings.txt"));
    const auto tree = golden_bytes("evidence/key_tree.hex");
    seeds.add("vault", 3, tree);
    Bytes contents;
    for (int i = 0; i < 2; ++i) {
        append_u32(contents, static_cast<std::uint32_t>(tree.size()));
        append(contents, ByteView(tree));
    }
    seeds.add("vault", 2, contents);
    // Magic, ledger, generation and kdf stand before what names the token's key, and the nonce
    // after it.
    constexpr std::size_t named_at = 14 + 32 + 8 + 1;
    constexpr std::size_t named_bytes = 1 + 7 + 1 + 4 + 8 + 32 + 32;
    Bytes named{named_bytes};
    append(named, ByteView(in_token).subspan(named_at, named_bytes));
    std::fill_n(named.begin() + 1 + 21, 16, std::uint8_t{9});  // the ledger in its CKA_ID
    append(named, ByteView(contents));
    seeds.add("vault", 4, named);
}

void add_rows(Seeds& seeds) {
    seeds.add("views", 0, golden_bytes("projections/trail_entry.hex"));
    Bytes plan;
    for (const auto& part : parts_of(sample_plan())) {
        append(plan, ByteView(sized(part.bytes)));
    }
    seeds.add("views", 1, plan);
    // Each way to change one row, then a row that is put in.
    for (std::uint8_t how = 0; how < 5; ++how) {
        seeds.add("store_rows", 1, Bytes{7, how, 0, 3, 1, 2});
    }
    seeds.add("store_rows", 1, Bytes{});
    seeds.add("store_rows", 0xe1, Bytes{});
    LedgerBuilder builder;
    Bytes rows;
    must(must(builder.store().snapshot())
             ->scan(Bytes{0}, Bytes(8, 0xff),
                    [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
                        rows.push_back(static_cast<std::uint8_t>(key.size()));
                        append(rows, key);
                        append(rows, ByteView(sized(value)));
                        return Snapshot::Step::next;
                    }));
    seeds.add("store_rows", 0, rows);
    for (std::uint8_t size = 0; size < 4; ++size) {
        seeds.add("proof", 0, Bytes{static_cast<std::uint8_t>(16 * size), 3, 0, 0, 0, 0, 0, 0, 0});
    }
    Bytes any;
    append_u64(any, 5);
    append_u64(any, 13);
    append(any, Bytes{1, 2, 3, 4});
    seeds.add("proof", 1, any);
}

Bytes segment_of(capnp::MessageBuilder& message) {
    const auto segments = message.getSegmentsForOutput();
    CHECK(segments.size() == 1);
    const auto bytes = segments[0].asBytes();
    return {bytes.begin(), bytes.end()};
}

void add_messages_of_rows(Seeds& seeds) {
    {
        const std::vector<Bytes> keys{layout::event_key(EventIndex{5}), Bytes{'c'}};
        capnp::MallocMessageBuilder message(1 << 14);
        wire::put_keys(message.initRoot<capnp::AnyPointer>().initAs<capnp::List<capnp::Data>>(2),
                       keys);
        seeds.add("keeper_messages", 4, segment_of(message));
    }
    const std::vector<std::optional<Bytes>> values{Bytes{1, 2, 3}, std::nullopt};
    capnp::MallocMessageBuilder message(1 << 14);
    wire::put_values(message.initRoot<capnp::AnyPointer>().initAs<capnp::List<schema::Value>>(2),
                     values);
    seeds.add("keeper_messages", 5, segment_of(message));
}

void add_messages(Seeds& seeds, Office& office) {
    const auto submission = office.draft(1);
    {
        capnp::MallocMessageBuilder message(1 << 14);
        wire::put_submission(message.initRoot<schema::Submission>(), submission);
        seeds.add("keeper_messages", 0, segment_of(message));
    }
    const auto receipt = must(Receipt::parse(golden("tree/event_5.tlog-proof")));
    const SignedCheckpoint checkpoint{
        .checkpoint = must(Checkpoint::parse(must(Note::parse(receipt.checkpoint_note)).text)),
        .note = receipt.checkpoint_note};
    const Committed committed{
        .index = EventIndex{5}, .recorded_at = Instant{1'700'000'000'000}, .receipt = receipt};
    for (const auto& outcome : {Result<Committed>(committed),
                                Result<Committed>(Error{Fault::refused, "no", "ask", "R02"})}) {
        capnp::MallocMessageBuilder message(1 << 14);
        wire::put_outcome(message.initRoot<schema::Outcome>(), outcome, checkpoint);
        seeds.add("keeper_messages", 1, segment_of(message));
    }
    {
        const std::vector<ReadableWord> words{
            {.field = schema::WordField::TEXT, .is = ReadableWord::Is::text, .text = "a"},
            {.field = schema::WordField::TITLE,
             .is = ReadableWord::Is::erased,
             .text = "[erased]"}};
        capnp::MallocMessageBuilder message(1 << 14);
        wire::put_words(
            message.initRoot<capnp::AnyPointer>().initAs<capnp::List<schema::ReadableWord>>(2),
            words);
        seeds.add("keeper_messages", 2, segment_of(message));
    }
    capnp::MallocMessageBuilder message(1 << 14);
    wire::put_failure(message.initRoot<schema::Failure>(), Error{Fault::busy, "later"});
    seeds.add("keeper_messages", 3, segment_of(message));
}

void add_sessions(Seeds& seeds, Office& office) {
    using Keeper = schema::Keeper;
    using Rows = schema::Rows;
    const auto nothing = [](auto) {};
    const auto add = [&](const Session& session) {
        seeds.add("keeper_connection", ByteView(session.bytes()));
    };
    add(Session().call<Keeper::AboutParams, Keeper>(0, nothing));
    add(Session().call<Keeper::SubmitParams, Keeper>(
        1, [&](auto params) { wire::put_submission(params.initSubmission(), office.draft(1)); }));
    add(Session()
            .call<Keeper::LoginParams, Keeper>(
                3, [](auto params) { params.setKey(wire::data_of(Bytes(32, 1))); })
            .call<Keeper::SessionParams, Keeper>(
                4, [](auto params) { params.setSignature(wire::data_of(Bytes(64, 2))); }));
    add(Session()
            .call<Keeper::PublicWordsParams, Keeper>(5, nothing)
            .call<schema::Words::OfParams, schema::Words>(
                0, [](auto params) { params.setIndex(3); }, 1));
    add(Session().call<Keeper::ConsistencyParams, Keeper>(6, [](auto params) {
        params.setOldSize(1);
        params.setNewSize(3);
    }));
    const auto range = [](auto params) {
        params.setFrom(wire::data_of(Bytes{'c'}));
        params.setTo(wire::data_of(Bytes{'i'}));
    };
    add(Session()
            .call<Keeper::MomentParams, Keeper>(2, nothing)
            .call<Rows::GetParams, Rows>(
                0, [](auto params) { params.setKey(wire::data_of(Bytes(9, 'e'))); }, 1)
            .call<Rows::ScanParams, Rows>(1, range, 1)
            .call<Rows::LastParams, Rows>(2, range, 1)
            .call<Rows::GetManyParams, Rows>(
                3, [](auto params) { params.initKeys(2).set(0, wire::data_of(Bytes(9, 'e'))); },
                1));
}

}  // namespace
}  // namespace wsoa::test

int main(int count, char** words) {
    using namespace wsoa::test;
    CHECK(count == 2);
    Seeds seeds{std::filesystem::path(words[1])};
    Office office;
    add_changes(seeds);
    add_texts(seeds);
    add_files(seeds);
    add_rows(seeds);
    add_messages(seeds, office);
    add_messages_of_rows(seeds);
    add_sessions(seeds, office);
    add_packs(seeds);
}
