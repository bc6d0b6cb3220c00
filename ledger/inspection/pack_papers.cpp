#include "ledger/inspection/pack_papers.h"

#include "ledger/event/choices.h"
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
    for (const auto& cell : cells) {
        row += (row.empty() ? "" : ",") + csv_cell(cell);
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
    if (timestamps == 0) {
        return "No authority's token lies in this pack.";
    }
    std::string steps =
        "A token is over the checkpoint as the ledger signed it, its first five\n"
        "lines. Put the root certificate of the authority, which you have from the authority and\n"
        "not from here, beside this file as authority.pem.\n\n"
        "    head -n 5 checkpoint > by-hand/stamped\n";
    for (std::size_t i = 0; i < timestamps; ++i) {
        steps += fmt::format(
            "    openssl ts -verify -data by-hand/stamped -in timestamps/{}.tsr \\\n"
            "        -CAfile authority.pem\n",
            i);
    }
    steps.pop_back();
    return steps;
}

}  // namespace

Result<std::string> pack_verifier_key(const PackAbout& about, const Keyring& keyring) {
    const auto key =
        TRY(NoteKey::ed25519(about.origin.str(), keyring.facts().signing_key_at(about.size)));
    return key.str();
}

Result<std::string> pack_readme(const PackAbout& about, const Keyring& keyring,
                                const PackLeaves& leaves, std::size_t timestamps) {
    auto values = TRY(steps_by_hand(about, keyring, leaves));
    const auto key = TRY(pack_verifier_key(about, keyring));
    values["plan"] = about.plan.str();
    values["origin"] = about.origin.str();
    values["purpose"] = about.purpose;
    values["size"] = std::to_string(about.size.value);
    values["key"] = key;
    values["key_bytes"] = key.substr(key.find('+', key.find('+') + 1) + 1);
    values["stamped"] = stamped_steps(timestamps);
    return filled_in(readme_text(), values);
}

Result<std::string> pack_policy(const PackAbout& about, const Keyring& keyring) {
    const auto key = TRY(pack_verifier_key(about, keyring));
    return fmt::format("log {}\nquorum none\n", key);
}

std::string pack_certificate(const PackAbout& about) {
    return fmt::format(
        R"(CERTIFICATE OF RECORDS
Civil Evidence Act 1995, section 9

I certify that what is in this pack forms part of the records of the body named below, a public
authority; that the records were made by the persons who signed each entry, at or about the times
that the entries bear; and that they have been kept in the ledger {origin}.

Ledger:             {origin}
Entries:            {size}
Root of the tree:   {root}
Plan:               {plan}
As true on:         {as_at}
As known on:        {as_known}
Made for:           {purpose}

Body:               ____________________________________________

Officer, post held: ____________________________________________

Signature:          ____________________________________________

Date:               ____________________________________________

(To be signed by an officer of the body. Until then this page certifies nothing.)
)",
        fmt::arg("origin", about.origin.str()), fmt::arg("size", about.size.value),
        fmt::arg("root", to_hex(about.root.view())), fmt::arg("plan", about.plan.str()),
        fmt::arg("as_at", to_string(about.as_at)), fmt::arg("as_known", to_string(about.as_known)),
        fmt::arg("purpose", about.purpose));
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
        if (item.links.empty()) {
            add("", "");
        }
        for (const auto& link : item.links) {
            const auto [area, about] = place_of(plan, link.target);
            add(area, about);
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
