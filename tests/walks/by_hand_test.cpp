// The steps in a pack's own README.txt, typed as they stand there: unzip, openssl and what every
// system has, and nothing of ours.

#include "tests/support/timestamp_authority.h"
#include "tests/walks/with_files.h"

namespace wsoa {
namespace {

using testing::HasSubstr;
using testing::Not;

// What is indented in the README, with a line after each numbered step that says that it held.
std::string typed_from(const std::string& readme) {
    std::string script;
    std::string step;
    std::istringstream lines(readme);
    const auto end_step = [&] {
        if (!step.empty()) {
            script += fmt::format("echo step {} held\n", step);
        }
    };
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("    ")) {
            script += line + "\n";
        } else if (line.size() > 2 && line[0] >= '1' && line[0] <= '9' && line[1] == '.') {
            end_step();
            step = line[0];
        }
    }
    end_step();
    return script;
}

class ByHand : public WithFiles {
protected:
    ByHand() : authority_(at_.root()) {
        at_.must_by("owner",
                    {"evidence", "add", write("audit.txt", "The audit of May"), "--for", "TH-1.1",
                     "--claim", "plans are audited", "--type", "audit", "--personal-data", "none",
                     "--item", "TH-E01", "--date", "2022-01-20"});
        at_.must_by("owner", {"rate", "TH-1.1", "green", "--reason", "It is on time"});
        at_.must_by("lead", {"confirm", "TH-1.1", "--reason", "Health agrees"});
        at_.must_by("owner", {"progress", "TH-1.1", "--text", "On", "--percent", "10"});
        at_.must({"timestamp", "request", "--out", at_.file("query.tsq")});
        authority_.answer();
        at_.must({"timestamp", "add", at_.file("reply.tsr"), "--authority", at_.file("ca.pem")});
        at_.must_by("office", {"pack", "TH", "--for", "a visit; $(touch ran) 'so'", "--recipient",
                               "lead", "--out", at_.file("th.zip")});
        authority_.run("unzip -q -d pack th.zip && cp ca.pem pack/authority.pem");
        readme_ = read(at_.file("pack/README.txt"));
    }

    // Types the steps, after `before` has been at the files.
    test::Ran type(const std::string& before = "") const {
        const std::string helpers =
            "rm -rf other; cp -r pack other; cd other\n"
            "flip() { byte=$(head -c $2 $1 | tail -c 1 | od -An -tu1)\n"
            "         printf \"\\\\$(printf %03o $((byte ^ 1)))\" |\n"
            "             dd of=$1 bs=1 seek=$(($2 - 1)) conv=notrunc status=none; }\n"
            // The end, the file and the size of what is cut out to this name.
            "cut_to() { set -- $(grep \"> by-hand/$1\\$\" README.txt); end=$3 file=$4 size=$8; }\n";
        write("steps.sh", typed_from(readme_));
        return test::run_script(at_.root(), helpers + before + "\nsh -eu ../steps.sh");
    }
    const test::TimestampAuthority authority_;
    std::string readme_;
};

TEST_F(ByHand, every_step_holds_as_it_stands_in_the_readme) {
    const auto ran = type();
    EXPECT_EQ(ran.exit, 0) << ran.said;
    for (int step = 1; step <= 6; ++step) {
        EXPECT_THAT(ran.said, HasSubstr(fmt::format("step {} held", step)));
    }
    EXPECT_THAT(ran.said, HasSubstr("Signature Verified Successfully"));
    EXPECT_THAT(ran.said, HasSubstr("Verification: OK"));
    EXPECT_THAT(readme_, HasSubstr("which is ratingConfirmed for TH-1.1, by\nlead."));
}

// What its maker wrote stands beside the steps and never in them.
TEST_F(ByHand, no_step_runs_what_somebody_typed_as_the_packs_purpose) {
    EXPECT_THAT(readme_, HasSubstr("touch ran"));
    EXPECT_THAT(typed_from(readme_), Not(HasSubstr("touch ran")));
}

// Where a byte is changed, and the step that fails then, all before it having held.
struct Spoiled {
    std::string what;
    std::string by;
    int step = 0;
};
const std::vector<Spoiled> spoiled{
    {"the checkpoint", "flip checkpoint 3", 1},
    {"the ledger's signature", "flip checkpoint $(($(head -n 5 checkpoint | wc -c) - 9))", 1},
    {"the change",
     "cut_to entry; start=$((end - size)); whole=$file\n"
     "cut_to change; flip $whole $((start + end - 8))",
     2},
    {"the author's signature",
     "cut_to entry; start=$((end - size)); whole=$file\n"
     "cut_to signature; flip $whole $((start + end - 30))",
     2},
    {"the key where it was enrolled",
     "cut_to enrolment; start=$((end - size))\n"
     "end=$(sed -n 's/.*head -c \\([0-9]*\\) by-hand\\/enrolment.*/\\1/p' README.txt)\n"
     "flip $file $((start + end))",
     2},
    // It is the first thing in an entry, after the root's pointer, and no author signs it.
    {"the event's instant", "cut_to entry; flip $file $((end - size + 9))", 3},
    {"the tile",
     "set -- $(grep 'tail -c 32 | cmp - by-hand/node' README.txt)\n"
     "flip $4 $3",
     3},
    {"a hash on the way", "sed -i '0,/; with ./s/; with ./; with -/' ../steps.sh", 4},
    {"the token", "flip timestamps/0.tsr $(($(wc -c < timestamps/0.tsr) - 20))", 5},
    {"the authority", "cp ../other.pem authority.pem", 5},
    {"a document", "for each in documents/*; do flip $each 2; done", 6}};

TEST_F(ByHand, a_byte_of_anything_fails_the_step_that_rests_on_it) {
    for (const auto& [what, by, step] : spoiled) {
        const auto ran = type(by);
        EXPECT_NE(ran.exit, 0) << what;
        EXPECT_THAT(ran.said, Not(HasSubstr(fmt::format("step {} held", step)))) << what;
        for (int before = 1; before < step; ++before) {
            EXPECT_THAT(ran.said, HasSubstr(fmt::format("step {} held", before))) << what;
        }
    }
}

}  // namespace
}  // namespace wsoa
