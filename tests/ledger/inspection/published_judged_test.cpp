// The vectors that we publish, as the program judges them (schemas/README.md, "Test vectors").

#include "ledger/event/kinds.h"
#include "ledger/evidence/manifest.h"
#include "ledger/inspection/pack_check.h"
#include "ledger/inspection/proof_check.h"
#include "ledger/keys/signature.h"
#include "ledger/keys/timestamp.h"
#include "tests/support/changes.h"
#include "tests/support/files.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <functional>

namespace wsoa {
namespace {

using nlohmann::json;
using test::must;

std::string file_in(const std::string& name) { return golden("vectors/" + name); }
std::string text(const json& given, const char* name) { return given.at(name).get<std::string>(); }
Bytes bytes(const json& given, const char* name) { return must(from_hex(text(given, name))); }
Hash hash(const json& given, const char* name) { return must(Hash::of(bytes(given, name))); }
std::uint64_t number(const json& given, const char* name) {
    return given.at(name).get<std::uint64_t>();
}
std::vector<Hash> path(const json& given) {
    std::vector<Hash> hashes;
    for (const auto& each : given.at("path")) {
        hashes.push_back(must(Hash::of(must(from_hex(each.get<std::string>())))));
    }
    return hashes;
}

std::string said(bool holds) { return holds ? "holds" : "refused"; }

void expect_as_said(const std::string& file,
                    const std::function<std::string(const json& given)>& judge) {
    const auto cases = json::parse(file_in(file));
    EXPECT_GT(cases.size(), 4U);
    for (const auto& given : cases) {
        EXPECT_EQ(judge(given), text(given, "expect")) << file << ": " << text(given, "name");
    }
}

TEST(PublishedVerdicts, of_checkpoints_are_as_they_say) {
    expect_as_said("checkpoints.json", [](const json& given) {
        const auto key = must(NoteKey::parse(text(given, "vkey")));
        return said(open_checkpoint(text(given, "note"), key, key.name()).ok());
    });
}

TEST(PublishedVerdicts, of_cosignatures_are_as_they_say) {
    expect_as_said("cosignatures.json", [](const json& given) {
        const auto policy = Policy::parse(text(given, "policy"));
        const auto note = must(Note::parse(text(given, "note")));
        const auto verdict =
            policy.ok() ? evaluate(policy.value(), note) : Result<PolicyVerdict>(policy.error());
        return said(verdict.ok() && verdict.value().is_quorum_met);
    });
}

TEST(PublishedVerdicts, of_inclusion_are_as_they_say) {
    expect_as_said("inclusion.json", [](const json& given) {
        const InclusionProof proof{
            {number(given, "index")}, TreeSize{number(given, "size")}, path(given)};
        return said(check_inclusion(proof, hash(given, "leaf"), hash(given, "root")).ok());
    });
}

TEST(PublishedVerdicts, of_consistency_are_as_they_say) {
    expect_as_said("consistency.json", [](const json& given) {
        const ConsistencyProof proof{TreeSize{number(given, "old_size")},
                                     TreeSize{number(given, "new_size")}, path(given)};
        return said(
            check_consistency(proof, hash(given, "old_root"), hash(given, "new_root")).ok());
    });
}

TEST(PublishedVerdicts, of_tlog_proofs_are_as_they_say) {
    expect_as_said("tlog_proofs.json", [](const json& given) {
        const auto receipt = Receipt::parse(text(given, "proof"));
        if (!receipt.ok()) {
            return said(false);
        }
        const auto policy = must(Policy::parse(text(given, "policy")));
        const auto verdict =
            check_proof(receipt.value(), bytes(given, "entry"), {.policy = &policy});
        return said(!verdict.has_breach() && verdict.is_vouched_for);
    });
}

TEST(PublishedVerdicts, of_changes_are_as_they_say) {
    expect_as_said("changes.json", [](const json& given) {
        const auto change = Change::read(bytes(given, "change"));
        const bool is_unknown = !change.ok() && change.error().fault == Fault::unavailable;
        return std::string(change.ok() ? "holds" : is_unknown ? "unknown" : "wrong");
    });
}

TEST(PublishedVerdicts, of_signatures_are_as_they_say) {
    expect_as_said("signatures.json", [](const json& given) {
        auto message = copy_of(bytes_of("wsoa-ledger/change/v1\n"));
        append(message, bytes(given, "change"));
        return said(verify(KeyId{hash(given, "key")}, message,
                           must(Signature::of(bytes(given, "signature")))));
    });
}

TEST(PublishedVerdicts, of_timestamps_are_as_they_say) {
    expect_as_said("timestamps.json", [](const json& given) {
        const auto reply = bytes(given, "reply");
        const auto stamped = text(given, "stamped");
        EXPECT_EQ(said(check_timestamp_alone(reply, bytes_of(stamped)).ok()), text(given, "alone"))
            << text(given, "name");
        return said(check_timestamp(reply, bytes_of(stamped), text(given, "roots")).ok() &&
                    check_timestamp_alone(reply, bytes_of(stamped)).ok());
    });
}

TEST(PublishedVerdicts, of_words_are_as_they_say) {
    expect_as_said("words.json", [](const json& given) {
        const auto field = word_named(text(given, "field"));
        EXPECT_TRUE(field);
        EXPECT_EQ(static_cast<std::uint64_t>(*field), number(given, "number"));
        const Word word{.field = *field, .salt = hash(given, "salt"), .text = text(given, "text")};
        return said(check_words({word}).ok() &&
                    commit_to(hash(given, "ledger"), word) == hash(given, "commitment"));
    });
}

TEST(PublishedVerdicts, of_documents_are_as_they_say) {
    expect_as_said("documents.json", [](const json& given) {
        const Manifest manifest{.size = number(given, "size"),
                                .digest = hash(given, "sha256"),
                                .media_type = "text/plain",
                                .salt = hash(given, "salt"),
                                .pieces = {}};
        return said(commit_to_document(hash(given, "ledger"), {number(given, "number")},
                                       manifest) == hash(given, "commitment"));
    });
}

// Whether a finding is about the event, or names the member.
bool names(const Verdict& verdict, const json& in) {
    return std::ranges::any_of(verdict.findings, [&](const Finding& finding) {
        return in.is_number() ? finding.event == EventIndex{in.get<std::uint64_t>()}
                              : finding.what.find(in.get<std::string>()) != std::string::npos;
    });
}

TEST(PublishedVerdicts, of_packs_are_as_they_say_and_name_what_is_wrong) {
    expect_as_said("packs.json", [](const json& given) {
        const auto file = file_in(text(given, "file"));
        const MemorySource source(bytes_of(file));
        const auto pack = PackFile::open(source);
        if (!pack.ok()) {
            return said(false);
        }
        const auto verdict = must(verify_pack(pack.value(), {}));
        EXPECT_TRUE(!given.contains("in") || names(verdict, given.at("in"))) << text(given, "name");
        return said(!verdict.has_breach());
    });
}

}  // namespace
}  // namespace wsoa
