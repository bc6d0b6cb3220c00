#include "cli/commands/views.h"
#include "projections/evidence_register.h"

#include <algorithm>

namespace wsoa {
namespace {

std::size_t accepted_in(const Plan& plan, const Pack& pack) {
    return static_cast<std::size_t>(std::ranges::count_if(pack.items, [&](const SubjectRef& ref) {
        const auto item = plan.evidence.find(ref);
        const auto on = item == plan.evidence.end() ? std::optional<EvidenceOn>{}
                                                    : evidence_on(plan, item->second, pack.as_at);
        return on && on->stage == schema::EvidenceStage::ACCEPTED;
    }));
}

Json shares_json(const Pack& pack, Date day) {
    auto json = Json::array();
    for (const auto& share : pack.shares) {
        if (share.entry.effective <= day) {
            json.push(Json::object()
                          .set("recipient", share.recipient.str())
                          .set("on", to_string(share.entry.effective))
                          .set("expires", to_string(share.expires)));
        }
    }
    return json;
}

Json accesses_json(const Pack& pack, Date day) {
    auto json = Json::array();
    for (const auto& access : pack.accesses) {
        if (access.entry.effective <= day) {
            json.push(Json::object()
                          .set("reader", access.reader.str())
                          .set("on", to_string(access.entry.effective)));
        }
    }
    return json;
}

}  // namespace

Result<void> view_packs(Desk& desk, const Reading& reading, const Moment& moment) {
    Table table({{"Ref", Align::left, Fit::whole},
                 {"As at", Align::left, Fit::whole},
                 {"For", Align::left, Fit::whole},
                 {"Items", Align::right},
                 {"Accepted", Align::right},
                 {"As redacted copy"},
                 {"Looked at", Align::right},
                 {"Pack", Align::left, Fit::beneath}});
    auto packs = Json::array();
    for (const auto& [ref, pack] : moment.plan().packs) {
        if (pack.frozen.effective > moment.day()) {
            continue;
        }
        const auto title = TRY(word_of(desk, reading, pack.frozen.index, schema::WordField::TITLE));
        const auto accepted = accepted_in(moment.plan(), pack);
        const auto accesses = std::ranges::count_if(pack.accesses, [&](const Pack::Access& access) {
            return access.entry.effective <= moment.day();
        });
        table.add({{ref.str()},
                   {to_string(pack.as_at)},
                   {pack.recipient.str()},
                   {std::to_string(pack.items.size())},
                   {std::to_string(accepted)},
                   {listed(pack.redacted)},
                   {std::to_string(accesses)},
                   {title}});
        packs.push(Json::object()
                       .set("pack", ref.str())
                       .set("title", title)
                       .set("asAt", to_string(pack.as_at))
                       .set("recipient", pack.recipient.str())
                       .set("frozen", to_string(pack.frozen.effective))
                       .set("by", pack.frozen.by.str())
                       .set("items", refs_json(pack.items))
                       .set("count", pack.items.size())
                       .set("accepted", accepted)
                       .set("asRedactedCopy", refs_json(pack.redacted))
                       .set("size", pack.size ? Json(pack.size->value) : Json())
                       .set("digest", pack.digest ? Json(to_hex(pack.digest->view())) : Json())
                       .set("shares", shares_json(pack, moment.day()))
                       .set("accesses", accesses_json(pack, moment.day())));
    }
    show_table(desk.output(), "Packs of evidence", table);
    desk.output().json(moment_json("packs", moment).set("packs", packs));
    return done();
}

}  // namespace wsoa
