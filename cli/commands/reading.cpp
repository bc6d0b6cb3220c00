#include "cli/commands/reading.h"

#include "cli/render/kinds.h"
#include "cli/render/rating.h"
#include "ledger/keys/keyring.h"

namespace wsoa {

namespace {

std::string late(int days) {
    return days > 0 ? fmt::format(" ({} {} late)", days, days == 1 ? "day" : "days") : "";
}

// A field as people say it: the codes of ratings are for programs.
std::string said(Kind kind, std::string_view name, std::string_view text) {
    const bool is_rating = (kind == Kind::RATING_PROPOSED || kind == Kind::RATING_CONFIRMED) &&
                           (name == "from" || name == "to");
    return std::string(is_rating ? rating_word(text) : text);
}

std::string by_whom(const AuthoredEvent& authored) {
    const auto& envelope = authored.event.envelope();
    const auto author =
        authored.author ? authored.author->str() : envelope.author_key.hex().substr(0, 16);
    const auto principal =
        envelope.on_behalf_of ? fmt::format(", for {}", envelope.on_behalf_of->str()) : "";
    return fmt::format("{}, {}{}", author, name_in_words(name_of(envelope.as_role)), principal);
}

int late_days_of(const Event& event, const Zone& zone) {
    return zone.day_of(event.recorded_at()).days - event.envelope().effective.days;
}

Json json_of(const ReadableWord& word) {
    switch (word.is) {
        case ReadableWord::Is::text: return word.text;
        case ReadableWord::Is::erased: {
            const auto& erasure = word.erasure;
            auto record = Json::object();
            record.set("event", erasure ? Json(erasure->event.value) : Json())
                .set("decision", erasure ? Json(erasure->decision.value) : Json())
                .set("request", erasure ? Json(erasure->request.str()) : Json());
            return Json::object().set("erased", record);
        }
        case ReadableWord::Is::sealed:
        case ReadableWord::Is::damaged:
        case ReadableWord::Is::withheld: break;
    }
    return Json::object().set("withheld", word.text);
}

}  // namespace

Result<ShownEvent> shown(Desk& desk, const Reading& reading, const AuthoredEvent& authored) {
    const auto& event = authored.event;
    const auto& envelope = event.envelope();
    ShownEvent out{
        .what = kind_in_words(event.kind()),
        .recorded = reading.zone.civil(event.recorded_at()),
        .true_on = to_string(envelope.effective) + late(late_days_of(event, reading.zone)),
        .by = by_whom(authored),
        .details = {}};
    std::vector<std::string> fields;
    for (const auto& [name, text] : fields_to_text(event.change())) {
        // Keys and proofs are for programs; a person finds them under --json.
        if (text.size() < 64) {
            fields.push_back(
                fmt::format("{} {}", name_in_words(name), said(event.kind(), name, text)));
        }
    }
    const auto reader = event.change().reader();
    if (reader.isLedgerOpened() && reader.getLedgerOpened().hasPredecessor()) {
        const auto older = Predecessor::of(reader.getLedgerOpened().getPredecessor());
        fields.push_back(
            fmt::format("succeeds {} after {} events", older.origin, older.size.value));
    }
    if (envelope.answers) {
        fields.push_back(fmt::format("answers {}", envelope.answers->value));
    }
    std::vector<std::string> parts;
    if (!fields.empty()) {
        parts.push_back(fmt::format("{}", fmt::join(fields, ", ")));
    }
    const auto words = TRY(desk.words_of(event, *reading.history));
    for (const auto& word : words) {
        parts.push_back(fmt::format("{}: {}", name_in_words(name_of(word.field)), word.text));
    }
    const auto* key = reading.state.keyring.key(envelope.author_key);
    if (key != nullptr && key->in_doubt(event.index())) {
        parts.emplace_back("[in doubt: its key was in other hands]");
    }
    out.details = fmt::format("{}", fmt::join(parts, "; "));
    return out;
}

Result<Json> event_json(Desk& desk, const Reading& reading, const AuthoredEvent& authored) {
    const auto& event = authored.event;
    const auto& envelope = event.envelope();
    auto json = Json::object();
    json.set("type", "event")
        .set("event", event.index().value)
        .set("recorded", to_string(event.recorded_at()))
        .set("kind", name_of(event.kind()))
        .set("subject", envelope.subject.str())
        .set("effective", to_string(envelope.effective))
        .set("by", authored.author ? Json(authored.author->str()) : Json())
        .set("role", name_of(envelope.as_role))
        .set("lateDays", late_days_of(event, reading.zone))
        .set("leaf", to_hex(event.leaf().view()))
        .set("change", Json::written(change_to_json(event.change())));
    auto shown_words = Json::object();
    const auto words = TRY(desk.words_of(event, *reading.history));
    for (const auto& word : words) {
        shown_words.set(name_of(word.field), json_of(word));
    }
    json.set("words", shown_words);
    return json;
}

Result<std::string> word_of(Desk& desk, const Reading& reading, EventIndex index,
                            schema::WordField field) {
    const auto event = TRY(reading.history->event(index));
    const auto words = TRY(desk.words_of(event, *reading.history));
    for (const auto& word : words) {
        if (word.field == field) {
            return word.text;
        }
    }
    return std::string();
}

std::string foot(const Reading& reading) {
    const auto& facts = reading.state.keyring.facts();
    return fmt::format(
        "Events {}, root {}, {}{}", reading.history->size().value,
        to_hex(reading.history->root().view()).substr(0, 16), facts.origin,
        facts.is_rehearsal ? "\nREHEARSAL: for training; nothing here is a record" : "");
}

}  // namespace wsoa
