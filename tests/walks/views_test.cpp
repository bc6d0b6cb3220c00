// What people read is the same whatever happens to the views.

#include "ledger/store/rocks_store.h"
#include "projections/all.h"
#include "tests/support/files.h"
#include "tests/support/temp_folder.h"
#include "tests/walks/rehearsal.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>
#include <map>

namespace wsoa {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

const std::vector<std::vector<std::string>> readings{
    {"show", "TH"}, {"show", "TH-1.1"}, {"show", "TH-1"}, {"trail", "TH-1.1"}, {"trail", "@owner"}};

std::string all_readings(const Rehearsal& rehearsal) {
    std::string all;
    for (const auto& reading : readings) {
        for (const auto* form : {"--json", "--progress=none"}) {
            auto arguments = reading;
            arguments.emplace_back(form);
            all += rehearsal.must(arguments).out + "----\n";
        }
    }
    return all;
}

std::string notes_of(const Rehearsal& rehearsal) {
    return rehearsal.must({"show", "TH"}).err + rehearsal.must({"trail", "TH-1.1"}).err;
}

void replace(const fs::path& from, const fs::path& to) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
}

std::map<std::string, std::string> content_of(const fs::path& folder) {
    std::map<std::string, std::string> content;
    for (const auto& file : fs::directory_iterator(folder)) {
        content[file.path().filename().string()] = read_whole(file.path().string());
    }
    return content;
}

void write_whole(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

class Views : public testing::Test {
protected:
    void SetUp() override { expected_ = all_readings(rehearsal_); }
    void progress(const std::string& text) const {
        rehearsal_.must_by("owner", {"progress", "TH-1.1", "--percent", "20", "--text", text});
    }
    // For how many events each view can be believed.
    std::vector<std::uint64_t> covered() const {
        const auto truth =
            RocksReader::open(rehearsal_.ledger() / "truth", rehearsal_.root() / "scratch-truth");
        const auto store =
            RocksReader::open(rehearsal_.views(), rehearsal_.root() / "scratch-views");
        const auto views = store.value()->snapshot();
        auto moment = truth.value()->snapshot();
        const auto size = History::newest_size(*moment.value()).value();
        const auto history = History::open(std::move(moment).value(), size);
        std::vector<std::uint64_t> sizes;
        for (const auto& projection : all_projections()) {
            const ViewReader reader(*views.value(), projection->id());
            sizes.push_back(reader.size_within(*history.value()).value().value);
        }
        sizes.push_back(size.value);
        return sizes;
    }

    Rehearsal rehearsal_;
    std::string expected_;
};

TEST_F(Views, are_not_needed_to_list_the_plans) {
    rehearsal_.must_by("manager", {"record", "roleGranted", "--subject", "@office", "--role",
                                   "programmeOffice", "--scope", "PL"});
    rehearsal_.must_by("chair", {"confirm", "@office"});
    rehearsal_.must_by("office", {"record", "planDrafted", "--subject", "PL", "--kind", "app",
                                  "--partners", "council", "--title", "A second plan"});
    const auto with_views = rehearsal_.must({"show"}).out;
    EXPECT_THAT(with_views, testing::ContainsRegex("PL +A second plan\nTH +Statement of Action"));
    fs::remove_all(rehearsal_.views());
    EXPECT_EQ(rehearsal_.must({"show"}).out, with_views);
}

TEST_F(Views, cover_every_event_once_a_command_has_recorded) {
    progress("Second audit was booked");
    const auto sizes = covered();
    EXPECT_THAT(sizes, testing::Each(sizes.back()));
}

TEST_F(Views, cover_what_stands_of_a_file_that_failed_half_way) {
    const auto lines = rehearsal_.file("lines.jsonl");
    write_whole(lines, R"({"kind":"progressRecorded","subject":"TH-1.1","fields":{"percent":30},)"
                       R"("words":{"text":"One"}})"
                       "\n"
                       R"({"kind":"progressRecorded","subject":"TH-9.9","fields":{"percent":30},)"
                       R"("words":{"text":"Two"}})"
                       "\n");
    const auto before = covered().back();
    EXPECT_NE(rehearsal_.by("owner", {"record", "--lines", lines}).exit, Exit::done);
    const auto sizes = covered();
    EXPECT_EQ(sizes.back(), before + 1);
    EXPECT_THAT(sizes, testing::Each(sizes.back()));
}

TEST_F(Views, are_not_written_by_those_who_read) {
    const auto before = content_of(rehearsal_.views());
    all_readings(rehearsal_);
    EXPECT_EQ(content_of(rehearsal_.views()), before);
}

TEST_F(Views, that_were_deleted_are_not_missed) {
    fs::remove_all(rehearsal_.views());
    EXPECT_EQ(all_readings(rehearsal_), expected_);
    EXPECT_EQ(notes_of(rehearsal_), "");
    progress("Second audit was booked");
    const auto sizes = covered();
    EXPECT_THAT(sizes, testing::Each(sizes.back()));
}

TEST_F(Views, that_a_writer_left_behind_are_made_up_for) {
    replace(rehearsal_.views(), rehearsal_.file("old-views"));
    progress("Second audit was booked");
    const auto now = all_readings(rehearsal_);
    EXPECT_NE(now, expected_);
    replace(rehearsal_.file("old-views"), rehearsal_.views());
    EXPECT_EQ(all_readings(rehearsal_), now);
    EXPECT_EQ(notes_of(rehearsal_), "");
}

TEST_F(Views, that_are_ahead_of_a_restored_ledger_are_left_aside) {
    replace(rehearsal_.ledger(), rehearsal_.file("old-ledger"));
    replace(rehearsal_.file("state"), rehearsal_.file("old-state"));
    progress("Second audit was booked");
    replace(rehearsal_.views(), rehearsal_.file("old-ledger/views"));
    replace(rehearsal_.file("old-ledger"), rehearsal_.ledger());
    replace(rehearsal_.file("old-state"), rehearsal_.file("state"));
    EXPECT_EQ(all_readings(rehearsal_), expected_);
}

TEST_F(Views, of_another_ledger_are_left_aside) {
    const Rehearsal other;
    replace(other.views(), rehearsal_.views());
    EXPECT_EQ(all_readings(rehearsal_), expected_);
    progress("Second audit was booked");
    const auto sizes = covered();
    EXPECT_THAT(sizes, testing::Each(sizes.back()));
}

TEST_F(Views, of_which_any_file_was_cut_or_changed_give_no_other_answer) {
    const auto whole = content_of(rehearsal_.views());
    for (const auto& [name, bytes] : whole) {
        const auto path = rehearsal_.views() / name;
        for (std::size_t part = 0; part < 4; ++part) {
            const auto at = bytes.size() * part / 4;
            write_whole(path, bytes.substr(0, at));
            EXPECT_EQ(all_readings(rehearsal_), expected_) << name << " cut at " << at;
            if (at < bytes.size()) {
                auto changed = bytes;
                changed[at] ^= 0x10;
                write_whole(path, changed);
                EXPECT_EQ(all_readings(rehearsal_), expected_) << name << " changed at " << at;
            }
        }
        write_whole(path, bytes);
    }
    EXPECT_EQ(all_readings(rehearsal_), expected_);
}

TEST_F(Views, that_lost_a_file_are_named_to_the_reader_and_give_no_other_answer) {
    fs::remove(rehearsal_.views() / "CURRENT");
    EXPECT_EQ(all_readings(rehearsal_), expected_);
    EXPECT_THAT(notes_of(rehearsal_), HasSubstr("The views were left aside"));
}

TEST_F(Views, that_cannot_be_written_do_not_make_a_recorded_change_look_failed) {
    write_whole(rehearsal_.views() / "CURRENT", "MANIFEST-999999\n");
    const std::vector<std::string> change{"progress", "TH-1.1", "--text", "Second audit"};
    const auto first = rehearsal_.by("owner", change);
    EXPECT_EQ(first.exit, Exit::done);
    EXPECT_THAT(first.out, HasSubstr("Recorded as event"));
    EXPECT_THAT(first.err, HasSubstr("will be made anew"));
    const auto second = rehearsal_.by("owner", change);
    EXPECT_EQ(second.exit, Exit::done);
    EXPECT_THAT(second.err, Not(HasSubstr("views")));
    const auto sizes = covered();
    EXPECT_THAT(sizes, testing::Each(sizes.back()));
}

TEST_F(Views, that_are_no_folder_at_all_leave_recording_and_reading_as_they_are) {
    fs::remove_all(rehearsal_.views());
    write_whole(rehearsal_.views(), "not a folder");
    EXPECT_EQ(all_readings(rehearsal_), expected_);
    progress("Second audit was booked");
}

// Numbers of processes come round: whoever was killed leaves folders under the one that is theirs.
TEST_F(Views, are_read_though_a_killed_reader_of_the_same_number_left_its_folders) {
    const TempFolder temporary;
    ::setenv("TMPDIR", temporary.path().c_str(), 1);
    for (int i = 0; i < 200; ++i) {
        const auto name = fmt::format("wsoa-reader-{}-{}", ::getpid(), i);
        fs::create_directory(temporary.path() / name);
        write_whole(temporary.path() / name / "LOG", "left behind");
    }
    const auto read = rehearsal_.run({"show", "TH"});
    ::unsetenv("TMPDIR");
    EXPECT_EQ(read.exit, Exit::done) << read.err;
}

}  // namespace
}  // namespace wsoa
