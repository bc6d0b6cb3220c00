#include "tests/simulation/support/crew.h"

#include "tests/simulation/support/town.h"

#include <fmt/format.h>

#include <algorithm>

namespace wsoa::test {
namespace {

using schema::Role;
using Is = Ask::Is;

constexpr std::int64_t day_ms = 86'400'000;

const std::vector<Role> all_roles{Role::FOUNDER,   Role::PROGRAMME_OFFICE, Role::ACTION_OWNER,
                                  Role::AREA_LEAD, Role::BOARD_CHAIR,      Role::DATA_LEAD,
                                  Role::AUDITOR};
const std::vector<std::string> codes{"G", "A", "R", "NM"};

// Whether the grant would do for the ask, as a person who knows the house would say.
bool would_do(const town::Grant& grant, const Ask& ask) {
    const bool reaches = grant.scope.empty() || grant.scope == ask.subject ||
                         grant.scope == town::plan_of(ask.subject) ||
                         grant.scope == town::area_of(ask.subject);
    switch (ask.is) {
        case Is::start:
        case Is::progress:
        case Is::propose:
        case Is::evidence:
            return reaches && (grant.role == Role::ACTION_OWNER || grant.role == Role::AREA_LEAD ||
                               grant.role == Role::PROGRAMME_OFFICE);
        case Is::confirm:
            return reaches && grant.role == (ask.is_impact ? Role::BOARD_CHAIR : Role::AREA_LEAD);
        case Is::new_key: return "@" + grant.person == ask.subject;
    }
    return false;
}

}  // namespace

Ask Crew::next(const Model& model, const Model::Moment& moment) {
    if (!unanswered_.empty() && !once_in(3)) {
        const auto place = static_cast<std::ptrdiff_t>(below(unanswered_.size()));
        auto ask = unanswered_.at(static_cast<std::size_t>(place));
        unanswered_.erase(unanswered_.begin() + place);
        return again(model, moment, std::move(ask));
    }
    if (!answered_.empty() && once_in(9)) {
        auto ask = again(model, moment, one_of(answered_));
        if (once_in(3)) {
            ask.day -= 1;  // another content under the same id
        }
        return ask;
    }
    auto ask = afresh(model, static_cast<std::int32_t>(moment.ms / day_ms));
    see(ask, model, moment);
    return ask;
}

Ask Crew::again(const Model& model, const Model::Moment& moment, Ask ask) {
    ask.salt = below(1U << 30);
    see(ask, model, moment);
    return ask;
}

// A tool states the version that it knows of, which may be an old one.
void Crew::see(Ask& ask, const Model& model, const Model::Moment& moment) {
    auto& seen = memory_[ask.person];
    if (seen == 0 || !once_in(5)) {
        seen = moment.durable;
    }
    // Nobody answers what they have not seen.
    if (ask.answers) {
        ask.answers = std::min(*ask.answers, moment.durable - 1);
        seen = std::max(seen, *ask.answers + 1);
    }
    ask.seen = seen;
    ask.version = model.version_at(ask.subject, once_in(6) ? seen : model.size());
}

Ask Crew::afresh(const Model& model, std::int32_t today) {
    Ask ask;
    ask.id = next_id_++;
    ask.salt = below(1U << 30);
    choose_what(ask, model);
    choose_who(ask, model);
    ask.key = model.key_of(ask.person);
    // Late entries: true days before they are recorded.
    ask.day = once_in(3) ? today - static_cast<std::int32_t>(below(40)) : today;
    ask.document_day = ask.day - 3;
    ask.text = fmt::format("What is to be said, number {}", ask.id);
    if (ask.is == Is::progress) {
        if (!once_in(5)) {
            ask.percent = static_cast<unsigned>(below(101));
        }
        if (!once_in(3)) {
            ask.reason = fmt::format("A post fell vacant, number {}", ask.id);
        }
    }
    if (ask.is == Is::propose || ask.is == Is::confirm) {
        choose_rating(ask, model, today);
    }
    if (once_in(4)) {
        go_wrong(ask, model);
    }
    return ask;
}

void Crew::choose_what(Ask& ask, const Model& model) {
    const auto dice = below(100);
    ask.is = dice < 10   ? Is::start
             : dice < 44 ? Is::progress
             : dice < 66 ? Is::propose
             : dice < 88 ? Is::confirm
             : dice < 96 ? Is::evidence
                         : Is::new_key;
    ask.subject = one_of(town::actions());
    if (ask.is == Is::propose || ask.is == Is::confirm) {
        ask.is_impact = once_in(4);
        ask.subject = one_of(ask.is_impact ? town::areas() : town::actions());
    } else if (ask.is == Is::evidence) {
        ask.subject = fmt::format("{}-E{}", one_of(town::plans()), 1 + below(60));
    } else if (ask.is == Is::new_key) {
        const auto& person = one_of(town::people());
        ask.subject = "@" + person;
        ask.new_key = model.key_of(person) + 1;
    }
}

void Crew::choose_who(Ask& ask, const Model& model) {
    std::vector<town::Grant> fit;
    auto like = ask;
    like.is_impact = ask.is_impact && !once_in(4);
    std::ranges::copy_if(town::grants(), std::back_inserter(fit),
                         [&](const town::Grant& grant) { return would_do(grant, like); });
    const auto& grant = fit.empty() || once_in(12) ? one_of(town::grants()) : one_of(fit);
    ask.person = grant.person;
    ask.role = grant.role;
    ask.key = model.key_of(ask.person);
    if (ask.role == Role::PROGRAMME_OFFICE && ask.is != Is::new_key && once_in(4)) {
        ask.for_other = one_of(town::people());
    }
}

void Crew::choose_rating(Ask& ask, const Model& model, std::int32_t today) {
    const auto* rated = model.rated(ask.subject, ask.is_impact);
    ask.from = Model::code_on(*rated, ask.is_impact, ask.day);
    ask.to = codes.at(below(ask.is_impact ? 4 : 3));
    if (ask.is == Is::propose && !rated->proposals.empty() && once_in(8)) {
        ask.text = rated->proposals.back().reason;
    }
    if (ask.is == Is::confirm) {
        if (ask.day != today && !once_in(4)) {
            ask.meeting = town::plan_of(ask.subject) + "-G-2022-03-10";
        }
        if (!rated->confirmed.empty() && once_in(10)) {
            ask.text = rated->confirmed.back().reason;
        }
        choose_proposal(ask, model);
    }
}

// One that waits, if there is any, as it was proposed.
void Crew::choose_proposal(Ask& ask, const Model& model) {
    const auto& proposals = model.rated(ask.subject, ask.is_impact)->proposals;
    std::vector<Model::Proposal> waiting;
    std::ranges::copy_if(proposals, std::back_inserter(waiting),
                         [](const Model::Proposal& each) { return !each.confirmed_at; });
    if (waiting.empty()) {
        ask.answers = below(model.size());
        return;
    }
    const auto& proposal = once_in(2) ? waiting.back() : one_of(waiting);
    ask.answers = proposal.index;
    ask.to = once_in(12) ? ask.to : proposal.to;
    ask.from = once_in(6) ? ask.from : proposal.from;
    ask.day = std::max(ask.day, once_in(8) ? ask.day : proposal.day);
}

void Crew::go_wrong(Ask& ask, const Model& model) {
    const bool has_words = ask.is != Is::start && ask.is != Is::new_key;
    switch (below(15)) {
        case 0: ask.flaw = Ask::Flaw::forged; break;
        case 1: ask.flaw = has_words ? Ask::Flaw::other_words : Ask::Flaw::none; break;
        case 2: ask.flaw = has_words ? Ask::Flaw::without_words : Ask::Flaw::none; break;
        case 3: ask.flaw = Ask::Flaw::other_history; break;
        case 4: ask.flaw = Ask::Flaw::seen_ahead; break;
        case 5: ask.person = town::stranger; break;
        case 6: ask.person = one_of(town::people()); break;
        case 7: ask.role = one_of(all_roles); break;
        case 8: ask.day += 30; break;
        case 9: ask.key += 1; break;
        case 10: ask.key = 0; break;
        case 11:
            ask.subject = ask.is == Is::new_key || ask.is == Is::evidence ? ask.subject : "TH-1.9";
            break;
        case 12: ask.to = "NM"; break;
        case 13: ask.for_other = once_in(2) ? town::stranger : one_of(town::people()); break;
        default: ask.from = ask.is == Is::propose || ask.is == Is::confirm ? "R" : ""; break;
    }
    if (ask.is == Is::new_key && once_in(2)) {
        ask.new_key = once_in(2) ? 0 : model.key_of(ask.person) + 1;
    }
    ask.document_day = once_in(3) ? ask.day + 60 : ask.document_day;
}

}  // namespace wsoa::test
