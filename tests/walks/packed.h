#pragma once

#include "cli/pack/file_bytes.h"
#include "cli/pack/pack_verdict.h"
#include "tests/support/changes.h"
#include "tests/walks/with_files.h"

#include <map>
#include <string>
#include <vector>

namespace wsoa {

// The plan's rehearsal with evidence and a restricted sentence in it, and packs that are made of
// it.
class Packed : public WithFiles {
protected:
    Packed() {
        at_.must_by("owner",
                    {"evidence", "add", write("audit.txt", "The audit of May"), "--for", "TH-1.1",
                     "--claim", "plans are audited", "--type", "audit", "--personal-data", "none",
                     "--item", "TH-E01", "--date", "2022-01-20"});
        at_.must_by("owner", {"evidence", "add", write("log.txt", "Zebedee, aged 7"), "--type",
                              "log", "--personal-data", "child", "--lawful-basis", "publicTask",
                              "--item", "TH-E02", "--date", "2022-01-20"});
        at_.must_by("owner", {"progress", "TH-1.1", "--text", "A restricted sentence", "--percent",
                              "10", "--classification", "restricted"});
    }

    wsoa::Run pack(const std::string& file, std::vector<std::string> more = {}) const {
        std::vector<std::string> arguments{
            "pack", "TH",    "--for", "A visit, \"soon\"", "--recipient",
            "lead", "--out", file,    "--disclose",        "title,text,reason,claim"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return at_.by("office", arguments);
    }
    void must_pack(const std::string& file, std::vector<std::string> more = {}) const {
        const auto packed = pack(file, std::move(more));
        ASSERT_EQ(packed.exit, Exit::done) << packed.err;
    }
    static Verdict verdict_of(const std::string& file) {
        return test::must(check_pack({.pack = file, .seen = {}}, nullptr));
    }
    static std::map<std::string, std::string> members_of(const std::string& file) {
        const auto bytes = test::must(FileBytes::open(file));
        const auto archive = test::must(Archive::open(*bytes));
        std::map<std::string, std::string> members;
        for (const auto& member : archive.members()) {
            members[member.name] = text_of(test::must(archive.read(member, 100'000'000)));
        }
        return members;
    }
    static std::string findings_of(const Verdict& verdict) {
        std::string all;
        for (const auto& finding : verdict.findings) {
            all += finding.what + "\n";
        }
        return all;
    }
};

}  // namespace wsoa
