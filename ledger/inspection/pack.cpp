#include "ledger/inspection/pack.h"

#include "ledger/base/limits.h"
#include "ledger/inspection/pack_members.h"
#include "ledger/tree/checkpoint.h"

#include <algorithm>
#include <iterator>

namespace wsoa {
namespace {

constexpr std::size_t small_member_bytes_max = std::size_t{1} << 20;
constexpr std::size_t lines_bytes_max = std::size_t{1} << 30;
constexpr std::size_t tile_bytes_max = tile_width_max * sizeof(Hash::bytes);
constexpr std::size_t bundle_bytes_max = tile_width_max * (2 + limits::event_bytes_max);

// The content of a member that every pack has, whatever its check sum, which is judged apart.
Result<Bytes> needed(const Archive& archive, std::string_view name, std::size_t bytes_max) {
    const auto* const member = archive.find(name);
    if (member == nullptr) {
        return error(Fault::invalid, "the pack has no {}", name)
            .advise("ask for the file again, as `wsoa pack` wrote it");
    }
    return archive.look(*member, bytes_max);
}

}  // namespace

Result<PackFile> PackFile::open(const ByteSource& source, std::optional<Item>* refused,
                                Workers* workers) {
    std::optional<Item> unasked;
    auto& reading = refused == nullptr ? unasked : *refused;
    reading.emplace(Item::Of::archive);
    auto archive = TRY(Archive::open(source));
    reading.emplace(Item::Of::about);
    const auto json = TRY(needed(archive, "pack.json", small_member_bytes_max));
    auto about = PackAbout::parse(text_of(json));
    if (!about.ok()) {
        return std::move(about).error().explain("pack.json");
    }
    if (about.value().size.value == 0 || about.value().size.value > pack_leaves_max) {
        return error(Fault::invalid, "the pack is said to hold {} events; 1 to {} are taken",
                     about.value().size.value, pack_leaves_max);
    }
    if (about.value().leaves == 0 || about.value().leaves > about.value().size.value) {
        return error(Fault::invalid, "the pack is said to hold {} leaves of {} events",
                     about.value().leaves, about.value().size.value);
    }
    PackFile pack(std::move(archive), std::move(about).value());
    reading.emplace(Item::Of::checkpoint);
    const auto note = TRY(needed(pack.archive_, "checkpoint", small_member_bytes_max));
    pack.checkpoint_ = std::string(text_of(note));
    OwnHands own_hands;
    TRY(pack.read_entries(workers != nullptr ? *workers : own_hands, reading));
    TRY(pack.read_stated_leaves(reading));
    return pack;
}

Result<void> PackFile::read_entries(Workers& workers, std::optional<Item>& refused) {
    const auto bundles = bundles_between({}, about_.size);
    std::vector<Result<Bytes>> files(bundles.size(), Error{Fault::missing, "it was not read"});
    const auto part = bundles.size() / workers.count() + 1;
    std::vector<Workers::Task> tasks;
    for (std::size_t from = 0; from < bundles.size(); from += part) {
        const auto to = std::min(from + part, bundles.size());
        tasks.emplace_back([&, from, to] {
            for (auto i = from; i < to; ++i) {
                files[i] = needed(archive_, path_of(bundles[i]), bundle_bytes_max);
            }
        });
    }
    workers.begin(std::move(tasks));
    workers.wait();
    for (std::size_t i = 0; i < bundles.size(); ++i) {
        refused.emplace(Item::Of::member, path_of(bundles[i]));
        bundles_.push_back(TRY(std::move(files[i])));
        const auto entries = read_bundle(bundles[i], bundles_.back());
        if (!entries.ok()) {
            return Error(entries.error()).explain("{}", path_of(bundles[i]));
        }
        std::ranges::copy(entries.value(), std::back_inserter(entries_));
    }
    return done();
}

// Where leaves are left out the tree can be built only with their hashes.
Result<void> PackFile::read_stated_leaves(std::optional<Item>& refused) {
    if (!about_.leaves_some_out()) {
        return done();
    }
    for (const auto& tile : tiles_between({}, about_.size)) {
        if (tile.level > 0) {
            continue;
        }
        refused.emplace(Item::Of::member, path_of(tile));
        const auto file = TRY(needed(archive_, path_of(tile), tile_bytes_max));
        auto hashes = read_tile(tile, file);
        if (!hashes.ok()) {
            return std::move(hashes).error().explain("{}", path_of(tile));
        }
        std::ranges::copy(hashes.value(), std::back_inserter(stated_leaves_));
    }
    return done();
}

bool PackFile::is_left_out(EventIndex index) const {
    return about_.leaves_some_out() && index.value > 0 && index.value < entries_.size() &&
           entries_[index.value].empty();
}

std::optional<Event> PackFile::event(EventIndex index) const {
    if (index.value >= entries_.size() || is_left_out(index)) {
        return std::nullopt;
    }
    auto event = Event::read(index, entries_[index.value]);
    return event.ok() ? std::optional(std::move(event).value()) : std::nullopt;
}

const std::vector<Word>& PackFile::words_of(EventIndex event) const {
    static const std::vector<Word> none;
    const auto found = std::ranges::lower_bound(words(), event, {}, &Words::value_type::first);
    return found == words().end() || found->first != event ? none : found->second;
}

// Takes apart what lies beside the events, and tells what of it is not as it should be.
class PackFile::BesideReader {
public:
    BesideReader(const PackFile& pack, Beside& found) : pack_(pack), found_(found) {}

    void run() {
        read_words();
        read_documents();
        read_state();
        look_at_members();
    }

private:
    template <typename Line>
    std::vector<Line> lines_of(const std::string& member);
    void read_words();
    void read_documents();
    void read_state();
    void look_at_members();
    void fault(std::string_view member, std::string what) {
        found_.faults.push_back({.member = std::string(member), .what = std::move(what)});
    }

    const PackFile& pack_;
    Beside& found_;
};

const PackFile::Beside& PackFile::beside() const {
    if (!beside_->is_read) {
        beside_->is_read = true;
        BesideReader(*this, *beside_).run();
    }
    return *beside_;
}

template <typename Line>
std::vector<Line> PackFile::BesideReader::lines_of(const std::string& member) {
    std::vector<Line> lines;
    const auto bytes = needed(pack_.archive(), member, lines_bytes_max);
    if (!bytes.ok()) {
        fault(member, bytes.error().message);
        return lines;
    }
    auto rest = text_of(bytes.value());
    for (std::uint64_t number = 1; !rest.empty(); ++number) {
        const auto end = rest.find('\n');
        const auto line = rest.substr(0, end);
        auto read = end == std::string_view::npos
                        ? Result<Line>(Error{Fault::invalid, "it does not end in a line feed"})
                    : line.size() > pack_line_bytes_max
                        ? Result<Line>(Error{Fault::invalid, "it is too long"})
                        : Line::parse(line);
        if (read.ok()) {
            lines.push_back(std::move(read).value());
        } else {
            fault(member, fmt::format("line {}: {}", number, read.error().message));
        }
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return lines;
}

void PackFile::BesideReader::read_words() {
    auto lines = lines_of<PackWord>("words.jsonl");
    bool is_in_order = true;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (std::pair(lines[i].event, lines[i].word.field) <=
            std::pair(lines[i - 1].event, lines[i - 1].word.field)) {
            is_in_order = false;
            fault("words.jsonl",
                  fmt::format("event {}: it does not stand in the order of events and fields",
                              lines[i].event.value));
        }
    }
    if (!is_in_order) {
        std::ranges::stable_sort(lines, {}, &PackWord::event);
    }
    for (auto& [event, word] : lines) {
        if (found_.words.empty() || found_.words.back().first != event) {
            found_.words.emplace_back(event, std::vector<Word>{});
        }
        found_.words.back().second.push_back(std::move(word));
    }
}

void PackFile::BesideReader::read_documents() {
    found_.documents = lines_of<PackDocument>("documents.jsonl");
    if (std::ranges::adjacent_find(found_.documents, std::ranges::greater_equal{},
                                   &PackDocument::event) != found_.documents.end()) {
        fault("documents.jsonl", "it does not stand in the order of events");
    }
}

void PackFile::BesideReader::read_state() {
    const auto json = needed(pack_.archive(), "state.json", small_member_bytes_max);
    auto state =
        json.ok() ? PackState::parse(text_of(json.value())) : Result<PackState>(json.error());
    if (state.ok()) {
        found_.state = std::move(state).value();
    } else {
        fault("state.json", state.error().message);
    }
}

void PackFile::BesideReader::look_at_members() {
    for (const auto name : fixed_members()) {
        // The others were read, and their faults with them.
        const bool is_read = name == "words.jsonl" || name == "documents.jsonl" ||
                             name == "state.json" || name == "index.html";
        if (!is_read && pack_.archive().find(name) == nullptr) {
            fault(name, "the pack has none");
        }
    }
    for (const auto& member : pack_.archive().members()) {
        const auto earlier = earlier_member(member.name);
        if (!is_member_of_pack(pack_.about().size, member.name)) {
            fault(member.name, "no pack has such a member");
        } else if (earlier && pack_.archive().find(earlier->note()) == nullptr) {
            fault(member.name, "it is over no checkpoint that is here");
        }
    }
}

}  // namespace wsoa
