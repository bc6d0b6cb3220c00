#include "ledger/inspection/pack.h"

#include "ledger/base/limits.h"
#include "ledger/event/json_reader.h"
#include "ledger/event/kinds.h"
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

// The value under a name, or that it is missing.
Result<const JsonValue*> member_of(const JsonValue& object, std::string_view name) {
    const auto* const value = object.find(name);
    if (value == nullptr) {
        return error(Fault::invalid, "\"{}\" is missing", name);
    }
    return value;
}

template <typename Read>
auto read_member(const JsonValue& object, std::string_view name, Read read)
    -> decltype(read(object)) {
    const auto* const value = TRY(member_of(object, name));
    auto taken = read(*value);
    if (!taken.ok()) {
        return std::move(taken).error().explain("\"{}\"", name);
    }
    return taken;
}

template <typename Name>
Result<Name> name_at(const JsonValue& value) {
    const auto text = TRY(text_in(value));
    return Name::parse(text);
}
Result<Hash> hash_at(const JsonValue& value) {
    const auto text = TRY(text_in(value));
    const auto bytes = TRY(from_hex(text));
    return Hash::of(bytes);
}
Result<Date> date_at(const JsonValue& value) {
    const auto text = TRY(text_in(value));
    return parse_date(text);
}
Result<std::string> text_at(const JsonValue& value) {
    const auto text = TRY(text_in(value));
    return std::string(text);
}
Result<std::uint64_t> count_at(const JsonValue& value) {
    constexpr auto exact_in_every_reader = (std::uint64_t{1} << 53) - 1;
    return number_in(value, exact_in_every_reader);
}
Result<schema::WordField> field_at(const JsonValue& value) {
    const auto text = TRY(text_in(value));
    const auto field = word_named(text);
    if (!field) {
        return error(Fault::invalid, "no change has words in {}", quoted_in_message(text));
    }
    return *field;
}
Result<std::vector<schema::WordField>> fields_at(const JsonValue& value) {
    TRY(check_type(value, JsonValue::Type::list));
    std::vector<schema::WordField> fields;
    for (const auto& element : value.elements) {
        fields.push_back(TRY(field_at(element)));
    }
    return fields;
}

Result<JsonValue> object_with(std::string_view json, const std::vector<std::string>& keys) {
    auto object = TRY(read_json(json));
    TRY(check_type(object, JsonValue::Type::object));
    TRY(check_keys(object, keys));
    return object;
}

}  // namespace

Result<PackAbout> PackAbout::parse(std::string_view json) {
    const auto object = TRY(
        object_with(json, {"format", "origin", "ledger", "plan", "for", "as_at", "as_known", "size",
                           "root", "leaves", "disclosed", "restricted", "page", "made_with"}));
    const auto format = TRY(read_member(object, "format", text_at));
    if (format != "wsoa-pack/v1") {
        return error(Fault::unavailable,
                     "it is a pack of the form {}, and this program reads \"{}\"",
                     quoted_in_message(format), "wsoa-pack/v1")
            .advise("use a newer program");
    }
    const auto origin = TRY(read_member(object, "origin", name_at<Origin>));
    const auto plan = TRY(read_member(object, "plan", name_at<PlanRef>));
    PackAbout about{.origin = origin,
                    .ledger = {},
                    .plan = plan,
                    .purpose = {},
                    .as_at = {},
                    .as_known = {},
                    .size = {},
                    .root = {},
                    .leaves = 0,
                    .disclosed = {},
                    .page = {},
                    .made_with = {}};
    about.ledger = TRY(read_member(object, "ledger", hash_at));
    about.purpose = TRY(read_member(object, "for", text_at));
    about.as_at = TRY(read_member(object, "as_at", date_at));
    about.as_known = TRY(read_member(object, "as_known", date_at));
    about.size.value = TRY(read_member(object, "size", count_at));
    about.root = TRY(read_member(object, "root", hash_at));
    about.leaves = TRY(read_member(object, "leaves", count_at));
    about.disclosed = TRY(read_member(object, "disclosed", fields_at));
    about.restricted = TRY(read_member(object, "restricted", flag_in));
    about.page = TRY(read_member(object, "page", hash_at));
    about.made_with = TRY(read_member(object, "made_with", text_at));
    return about;
}

Result<PackWord> PackWord::parse(std::string_view json) {
    static const std::vector<std::string> keys{"event", "field", "salt", "text"};
    const auto object = TRY(object_with(json, keys));
    PackWord word;
    word.event.value = TRY(read_member(object, "event", count_at));
    word.word.field = TRY(read_member(object, "field", field_at));
    word.word.salt = TRY(read_member(object, "salt", hash_at));
    word.word.text = TRY(read_member(object, "text", text_at));
    return word;
}

std::string PackDocument::member() const { return fmt::format("documents/{}", event.value); }

Result<PackDocument> PackDocument::parse(std::string_view json) {
    const auto object =
        TRY(object_with(json, {"event", "member", "number", "salt", "size", "media", "sha256"}));
    PackDocument document;
    document.event.value = TRY(read_member(object, "event", count_at));
    document.number.value = TRY(read_member(object, "number", count_at));
    document.salt = TRY(read_member(object, "salt", hash_at));
    document.size = TRY(read_member(object, "size", count_at));
    document.media_type = TRY(read_member(object, "media", text_at));
    document.digest = TRY(read_member(object, "sha256", hash_at));
    const auto member = TRY(read_member(object, "member", text_at));
    if (member != document.member()) {
        return error(Fault::invalid, "the document of event {} lies in {}, and not in {}",
                     document.event.value, document.member(), quoted_in_message(member));
    }
    return document;
}

Result<PackState> PackState::parse(std::string_view json) {
    const auto object = TRY(object_with(json, {"plan", "as_at", "as_known", "format", "digest"}));
    const auto plan = TRY(read_member(object, "plan", name_at<PlanRef>));
    PackState state{.plan = plan, .as_at = {}, .as_known = {}, .format = {}, .digest = {}};
    state.as_at = TRY(read_member(object, "as_at", date_at));
    state.as_known = TRY(read_member(object, "as_known", date_at));
    state.format = TRY(read_member(object, "format", text_at));
    state.digest = TRY(read_member(object, "digest", hash_at));
    return state;
}

namespace {

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

Result<PackFile> PackFile::open(const ByteSource& source, std::optional<Item>* refused) {
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
    TRY(pack.read_entries(reading));
    TRY(pack.read_stated_leaves(reading));
    return pack;
}

Result<void> PackFile::read_entries(std::optional<Item>& refused) {
    for (const auto& bundle : bundles_between({}, about_.size)) {
        refused.emplace(Item::Of::member, path_of(bundle));
        bundles_.push_back(TRY(needed(archive_, path_of(bundle), bundle_bytes_max)));
        const auto entries = read_bundle(bundle, bundles_.back());
        if (!entries.ok()) {
            return Error(entries.error()).explain("{}", path_of(bundle));
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
