#include "cli/commands/reading.h"

namespace wsoa {

std::string kind_in_words(Kind kind) {
    std::string words;
    for (const char c : name_of(kind)) {
        if (c >= 'A' && c <= 'Z') {
            words.push_back(' ');
            words.push_back(static_cast<char>(c - 'A' + 'a'));
        } else {
            words.push_back(words.empty() ? static_cast<char>(c - 'a' + 'A') : c);
        }
    }
    return words;
}

Result<ShownEvent> shown(Desk& desk, const Reading& reading, const Event& event) {
    const auto& keyring = reading.state.keyring;
    const auto& envelope = event.envelope();
    const auto holder = keyring.holder_of(envelope.author_key);
    ShownEvent out{
        .index = event.index(),
        .recorded_at = event.recorded_at(),
        .author = holder ? holder->str() : envelope.author_key.hex().substr(0, 16),
        .what = kind_in_words(event.kind()),
        .late_days = reading.zone.day_of(event.recorded_at()).days - envelope.effective.days};
    for (const auto& [name, text] : fields_to_text(event.change())) {
        // Keys and proofs are for programs; a person finds them under --json.
        out.what += text.size() < 64 ? fmt::format(", {} {}", name, text) : "";
    }
    const auto words = TRY(desk.words_of(event, *reading.history));
    for (const auto& word : words) {
        out.what += fmt::format("; {}: {}", name_of(word.field), word.text);
    }
    if (envelope.answers) {
        out.what += fmt::format(" (answers {})", envelope.answers->value);
    }
    const auto* key = keyring.key(envelope.author_key);
    if (key != nullptr && key->in_doubt(event.index())) {
        out.what += " [in doubt: its key was in other hands]";
    }
    return out;
}

Result<Json> event_json(Desk& desk, const Reading& reading, const Event& event,
                        std::string_view type) {
    const auto& envelope = event.envelope();
    const auto holder = reading.state.keyring.holder_of(envelope.author_key);
    auto json = Json::object();
    json.set("type", type)
        .set("event", event.index().value)
        .set("recorded", to_string(event.recorded_at()))
        .set("kind", name_of(event.kind()))
        .set("subject", envelope.subject.str())
        .set("effective", to_string(envelope.effective))
        .set("by", holder ? Json(holder->str()) : Json())
        .set("role", name_of(envelope.as_role))
        .set("lateDays", reading.zone.day_of(event.recorded_at()).days - envelope.effective.days)
        .set("leaf", to_hex(event.leaf().view()))
        .set("change", Json::written(change_to_json(event.change())));
    auto shown_words = Json::object();
    const auto words = TRY(desk.words_of(event, *reading.history));
    for (const auto& word : words) {
        shown_words.set(name_of(word.field), word.is == ReadableWord::Is::text
                                                 ? Json(word.text)
                                                 : Json::object().set("withheld", word.text));
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
