#pragma once

#include "ledger/base/names.h"
#include "ledger/base/time.h"
#include "ledger/base/workers.h"
#include "ledger/event/event.h"
#include "ledger/event/words.h"
#include "ledger/inspection/archive.h"
#include "ledger/inspection/findings.h"
#include "ledger/tree/tile.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// What an inspector carries away: every leaf of a ledger up to one checkpoint, and of words and
// documents the chosen ones, as one file. Of a ledger of many plans it may be the leaves of one and
// of the ledger itself, and of the others their hashes. schemas/README.md lists its members.
// Nothing that it says is believed: see pack_check.h.

inline constexpr std::uint64_t pack_leaves_max = 3'000'000;
inline constexpr std::size_t pack_line_bytes_max = 131'072;  // of words.jsonl, documents.jsonl

// pack.json.
struct PackAbout {
    Origin origin;
    Hash ledger;  // leaf hash of event 0
    PlanRef plan;
    std::string purpose;  // "for": "Ofsted re-visit"
    Date as_at;
    Date as_known;
    TreeSize size;
    Hash root;
    std::uint64_t leaves = 0;                  // that are in it; of the others their hashes are
    std::vector<schema::WordField> disclosed;  // in their order
    bool restricted = false;  // whether words or documents of restricted events are in it
    Hash page;                // SHA-256 of the page within it
    std::string made_with;    // "wsoa 0.1.0"

    // Whether leaves of other plans are left out of it.
    bool leaves_some_out() const { return leaves < size.value; }
    // `invalid` for anything but the one object.
    static Result<PackAbout> parse(std::string_view json);
};

// A line of words.jsonl.
struct PackWord {
    EventIndex event;
    Word word;

    static Result<PackWord> parse(std::string_view json);
    bool operator==(const PackWord&) const = default;
};

// A line of documents.jsonl: what the event's commitment to its document is made of.
struct PackDocument {
    EventIndex event;
    DocumentNumber number;
    Hash salt;
    std::uint64_t size = 0;
    std::string media_type;
    Hash digest;  // SHA-256 of the document

    // "documents/7": the member that holds its bytes.
    std::string member() const;
    static Result<PackDocument> parse(std::string_view json);
    bool operator==(const PackDocument&) const = default;
};

// state.json. What is shown of the plan stands in shown.jsonl: see shown_check.h.
struct PackState {
    PlanRef plan;
    Date as_at;
    Date as_known;
    std::string format;  // the label of the digest
    Hash digest;

    static Result<PackState> parse(std::string_view json);
};

// What is between the released page and the data behind it in index.html.
inline constexpr std::string_view page_mark_line = "<!-- wsoa: the released page ends here -->\n";
inline constexpr std::string_view page_data_begin =
    "<script type=\"application/octet-stream\" id=\"pack\">";
inline constexpr std::string_view page_data_end = "</script>\n";

// A pack that was opened: its form is a pack's, and what it holds is taken apart. The source is
// borrowed. Several threads may ask for archive() and about() at once, and one for the rest.
class PackFile {
public:
    // `invalid` for what is no pack, or lacks pack.json, checkpoint or a bundle of entries, in one
    // sentence; `refused` is then what could not be read. What else is wrong is in faults(). With
    // workers, which have nothing under way, several threads read the source at once.
    static Result<PackFile> open(const ByteSource& source, std::optional<Item>* refused = nullptr,
                                 Workers* workers = nullptr);

    const Archive& archive() const { return archive_; }
    const PackAbout& about() const { return about_; }
    const std::string& checkpoint() const { return checkpoint_; }
    // Of the whole size; one that was left out is empty.
    const std::vector<ByteView>& entries() const { return entries_; }
    // Whether an entry is not here, as the pack says of itself. Event 0 never is.
    bool is_left_out(EventIndex index) const;
    // Null where there is none, it was left out, or its bytes are no event.
    std::optional<Event> event(EventIndex index) const;
    // The leaf's hash as its tile states it, of a pack that leaves some out.
    const Hash& stated_leaf(EventIndex index) const { return stated_leaves_[index.value]; }
    // Those of each event that has any, in the order of the events.
    using Words = std::vector<std::pair<EventIndex, std::vector<Word>>>;
    const Words& words() const { return beside().words; }
    // Those of one event.
    const std::vector<Word>& words_of(EventIndex event) const;
    const std::vector<PackDocument>& documents() const { return beside().documents; }
    // Null if the member is missing or cannot be read.
    const std::optional<PackState>& state() const { return beside().state; }

    // A part of the pack that is not as it should be, by the name of its member.
    struct FaultyPart {
        std::string member;
        std::string what;
    };
    const std::vector<FaultyPart>& faults() const { return beside().faults; }

private:
    // What is not needed to begin with the events is taken apart when it is first asked for.
    struct Beside {
        Words words;
        std::vector<PackDocument> documents;
        std::optional<PackState> state;
        std::vector<FaultyPart> faults;
        bool is_read = false;
    };
    class BesideReader;

    PackFile(Archive archive, PackAbout about)
        : archive_(std::move(archive)),
          about_(std::move(about)),
          beside_(std::make_unique<Beside>()) {}
    Result<void> read_entries(Workers& workers, std::optional<Item>& refused);
    Result<void> read_stated_leaves(std::optional<Item>& refused);
    const Beside& beside() const;

    Archive archive_;
    PackAbout about_;
    std::string checkpoint_;
    std::vector<Bytes> bundles_;
    std::vector<ByteView> entries_;  // in them
    std::vector<Hash> stated_leaves_;
    std::unique_ptr<Beside> beside_;
};

}  // namespace wsoa
