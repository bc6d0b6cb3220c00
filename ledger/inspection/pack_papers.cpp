#include "ledger/inspection/pack_papers.h"

#include "ledger/event/choices.h"
#include "ledger/event/kinds.h"
#include "ledger/inspection/by_hand.h"
#include "ledger/tree/note.h"

#include <algorithm>
#include <tuple>

namespace wsoa {
namespace {

std::string csv_cell(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        return std::string(text);
    }
    std::string cell = "\"";
    for (const char c : text) {
        cell += c;
        if (c == '"') {
            cell += '"';
        }
    }
    return cell + '"';
}

std::string csv_row(const std::vector<std::string>& cells) {
    std::string row;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        row += (i == 0 ? "" : ",") + csv_cell(cells[i]);
    }
    return row + "\r\n";
}

// The area and the action that a link leads to, as far as it leads to one.
std::pair<std::string, std::string> place_of(const Plan& plan, const SubjectRef& target) {
    if (const auto* const action = part_in(plan.actions, target)) {
        return {action->area.str(), action->ref.str()};
    }
    if (part_in(plan.areas, target) != nullptr) {
        return {target.str(), ""};
    }
    return {"", target.str()};
}

std::string date_cell(const std::optional<Date>& date) { return date ? to_string(*date) : ""; }

std::string stamped_steps(std::size_t timestamps) {
    const auto& texts = paper_texts();
    if (timestamps == 0) {
        return std::string(texts.no_tokens);
    }
    std::string steps(texts.tokens);
    for (std::size_t i = 0; i < timestamps; ++i) {
        steps += filled_in(texts.each_token, {{"number", std::to_string(i)}});
    }
    return steps;
}

std::string names_of(const std::vector<schema::WordField>& fields) {
    std::vector<std::string_view> names;
    for (const auto field : fields) {
        names.push_back(name_of(field));
    }
    return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

// What pack.json says, as the papers repeat it.
std::map<std::string, std::string> said_by(const PackAbout& about) {
    return {{"plan", about.plan.str()},
            {"origin", about.origin.str()},
            {"purpose", about.purpose},
            {"as_at", to_string(about.as_at)},
            {"as_known", to_string(about.as_known)},
            {"size", std::to_string(about.size.value)},
            {"leaves", std::to_string(about.leaves)},
            {"root", to_hex(about.root.view())},
            {"disclosed", names_of(about.disclosed)},
            {"restricted", about.restricted ? "yes" : "none"},
            {"made_with", about.made_with},
            {"page", to_hex(about.page.view())}};
}

}  // namespace

Result<std::string> pack_verifier_key(const PackAbout& about, const Keyring& keyring) {
    const auto key =
        TRY(NoteKey::ed25519(about.origin.str(), keyring.facts().signing_key_at(about.size)));
    return key.str();
}

Result<std::string> pack_readme(const ReadmeFacts& facts, const Keyring& keyring,
                                const PackLeaves& leaves) {
    auto values = TRY(steps_by_hand(facts.about, keyring, leaves));
    const auto key = TRY(pack_verifier_key(facts.about, keyring));
    values.merge(said_by(facts.about));
    const auto& texts = paper_texts();
    values["reach"] =
        filled_in(facts.about.leaves_some_out() ? texts.some_leaves : texts.all_leaves, values);
    values["state"] = to_hex(facts.state.digest.view());
    values["format"] = facts.state.format;
    values["shown"] = to_hex(facts.shown.view());
    values["key"] = key;
    values["key_bytes"] = key.substr(key.find('+', key.find('+') + 1) + 1);
    values["stamped"] = stamped_steps(facts.timestamps);
    return filled_in(texts.readme, values);
}

Result<std::string> pack_policy(const PackAbout& about, const Keyring& keyring) {
    const auto key = TRY(pack_verifier_key(about, keyring));
    return fmt::format("log {}\nquorum none\n", key);
}

std::string pack_certificate(const PackAbout& about) {
    return filled_in(paper_texts().certificate, said_by(about));
}

std::string note_of_copy(const SubjectRef& copy) {
    return fmt::format("as its redacted copy {}", copy.str());
}

std::string note_of_absence(const Evidence& item) {
    if (item.erased) {
        return fmt::format("erased by event {}", item.erased->index.value);
    }
    return !item.document ? "its document is not in the ledger"
                          : "holds personal data, and has no redacted copy in the ledger";
}

std::string pack_evidence_csv(const Plan& plan, const std::vector<EvidenceRow>& rows) {
    std::vector<std::vector<std::string>> table;
    for (const auto& row : rows) {
        const auto& item = *row.item;
        const auto* const stage = item.stage.latest();
        const auto add = [&](const std::string& area, const std::string& about) {
            table.push_back({area, about, item.ref.str(), row.title,
                             std::string(choice_name(item.type)), std::to_string(item.version),
                             date_cell(item.date_of_document),
                             stage == nullptr ? "" : std::string(choice_name(stage->value)),
                             row.member, row.note});
        };
        bool is_linked = false;
        for (const auto& link : item.links) {
            if (!link.unlinked) {
                const auto [area, about] = place_of(plan, link.target);
                add(area, about);
                is_linked = true;
            }
        }
        if (!is_linked) {
            add("", "");
        }
    }
    std::ranges::sort(table);
    auto text = csv_row(
        {"area", "about", "item", "title", "kind", "version", "date", "state", "member", "note"});
    for (const auto& cells : table) {
        text += csv_row(cells);
    }
    return text;
}

}  // namespace wsoa
