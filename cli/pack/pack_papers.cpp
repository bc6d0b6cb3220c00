#include "cli/pack/pack_papers.h"

#include "ledger/event/choices.h"

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

}  // namespace

std::string pack_readme(const PackAbout& about, const std::string& verifier_key) {
    return fmt::format(
        R"(A pack of the plan {plan}, of the ledger {origin}
for: {purpose}

What it is. Every entry of the ledger up to one signed checkpoint ({size} entries), and of what
people wrote and of the documents the chosen ones. Each entry is signed by its author; the
checkpoint is signed by the ledger over one tree of all entries, so that nothing can have been
altered, added or left out between them. The words are bound to their entries field by field, the
documents by a salted hash.

How to look at it. Open index.html in a browser: it needs no network and checks everything it
shows. To be sure of the page itself, open the pack with a page from elsewhere (compare its
SHA-256 with the published one), or check it with the program: wsoa-verify FILE

How to check it without either. Unzip it; the folder is a log as c2sp.org/tlog-tiles describes.
"checkpoint" is a signed note (c2sp.org/signed-note) by this key:

    {key}

The entries lie in tile/entries/, each after its length (two bytes, the higher first). The first
entry names the ledger's key and its founders. schemas/README.md of the program gives the bytes of
an entry; its author's signature is over "wsoa-ledger/change/v1", a line feed, and the change:

    openssl pkeyutl -verify -pubin -inkey author.pem -rawin -in message -sigfile signature

Times that were stamped outside lie in timestamps/, each over the checkpoint as the ledger signed
it, without what witnesses added, which are its first five lines:

    head -n 5 checkpoint > stamped
    openssl ts -verify -data stamped -in timestamps/0.tsr -CAfile authority.pem

What it does not show. Whether a copy of something that was erased was kept elsewhere; and, unless
you bring a checkpoint or a policy of your own, whether this is the ledger that others saw.

This page is signed by nobody.
)",
        fmt::arg("plan", about.plan.str()), fmt::arg("origin", about.origin.str()),
        fmt::arg("purpose", about.purpose), fmt::arg("size", about.size.value),
        fmt::arg("key", verifier_key));
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
