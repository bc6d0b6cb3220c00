#include "cli/commands/erasure_certificate.h"

#include "cli/render/kinds.h"
#include "cli/render/text.h"
#include "ledger/event/fields.h"
#include "ledger/event/json.h"
#include "ledger/event/kinds.h"
#include "ledger/event/named_document.h"

#include <fmt/ranges.h>

#include <algorithm>

namespace wsoa {
namespace {

constexpr std::size_t column = 14;  // where what is said begins
constexpr std::size_t width = 90;

std::string line(std::string_view name, std::string_view said) {
    return fmt::format("{:<{}}{}\n", name, column, hanging(said, column, width));
}

// A field of the kind as it would be typed; empty if it is absent.
std::string typed(const Event& event, std::string_view field) {
    for (const auto& [name, text] : fields_to_text(event.change())) {
        if (name == field) {
            return text;
        }
    }
    return {};
}

std::string listed(std::string_view comma_separated) {
    std::string text;
    for (const char c : name_in_words(comma_separated)) {
        text += c;
        if (c == ',') {
            text += ' ';
        }
    }
    return text;
}

std::vector<std::string> fields_of(const Event& event) {
    std::vector<std::string> names;
    for (const auto& word : event.envelope().words) {
        names.emplace_back(name_of(word.field));
    }
    return names;
}

std::vector<std::string> in_words(std::vector<std::string> names) {
    for (auto& name : names) {
        name = name_in_words(name);
    }
    return names;
}

// The vault that an erasure or a disposal names. Only those that name one get a certificate.
VaultMark mark_of(const Event& done) {
    auto mark = vault_mark_in(done);
    CHECK(mark.has_value());
    return *mark;
}

std::vector<std::string> names_of(const std::vector<SubjectRef>& refs) {
    std::vector<std::string> names;
    names.reserve(refs.size());
    for (const auto& ref : refs) {
        names.push_back(ref.str());
    }
    return names;
}

std::string files_before(std::uint64_t generation) {
    return generation == 2 ? "keys/vault-1.wsoa"
                           : fmt::format("keys/vault-1.wsoa to keys/vault-{}.wsoa", generation - 1);
}

// The token in which the key of the generation before the one that forgot was destroyed; null if
// that generation was sealed otherwise.
const TokenSeal* token_that_forgot(const ErasureCertificate& certificate, const VaultMark& mark) {
    const auto& token = certificate.token;
    return token && token->since < mark.generation ? &*token : nullptr;
}

// The first generation of which no copy opens what was erased.
std::uint64_t first_harmless(const VaultMark& mark, const TokenSeal* token) {
    return token != nullptr ? token->since : mark.generation;
}

std::string how_it_went(const VaultMark& mark, const TokenSeal* token, std::string_view what) {
    const auto how = token == nullptr
                         ? std::string("unlinked")
                         : fmt::format("key destroyed in token {}, which opened generation {}",
                                       token->token.str(), mark.generation - 1);
    return fmt::format(
        "{}: from generation {} on the vault holds nothing from which the key of "
        "{} follows",
        how, mark.generation, what);
}

std::string copies_to_destroy(const VaultMark& mark, const TokenSeal* token,
                              std::string_view what) {
    const auto first = first_harmless(mark, token);
    if (first == 1) {
        return fmt::format("nothing: no copy of an older vault file opens {} any more", what);
    }
    return fmt::format("every copy of {}: with its passphrase it still opens {}",
                       files_before(first), what);
}

std::string act(const Event& event, const PersonId& by) {
    return fmt::format("by {}, {}, event {}, on {}", by.str(),
                       name_in_words(name_of(event.envelope().as_role)), event.index().value,
                       to_string(event.envelope().effective));
}

Json act_json(const Event& event, const PersonId& by) {
    return Json::object()
        .set("event", event.index().value)
        .set("by", by.str())
        .set("role", name_of(event.envelope().as_role))
        .set("on", to_string(event.envelope().effective))
        .set("recorded", to_string(event.recorded_at()));
}

Json array_of(const std::vector<std::string>& texts) {
    auto array = Json::array();
    for (const auto& text : texts) {
        array.push(text);
    }
    return array;
}

template <typename Texts>
bool holds(const Texts& refs, const SubjectRef& ref) {
    return std::ranges::find(refs, ref) != refs.end();
}

bool names_in(const Publication& publication, const SubjectRef& subject) {
    const auto names = [&](const std::vector<ShownCode>& shown) {
        return std::ranges::find(shown, subject, &ShownCode::subject) != shown.end();
    };
    return (publication.published && names(publication.published->shown)) ||
           std::ranges::any_of(publication.corrections, names, &Publication::Correction::shown);
}

// Whether the pack held what went: the document itself and not its redacted copy, or words of a
// field that was disclosed in it. Of a pack that does not say which words it holds, its items tell.
bool held_in(const Pack& pack, const ErasureCertificate& certificate) {
    const auto& event = certificate.erased;
    const auto& subject = event.envelope().subject;
    if (certificate.document || pack.disclosed.empty()) {
        return holds(pack.items, subject) && !holds(pack.redacted, subject);
    }
    return pack.size && *pack.size > event.index() &&
           std::ranges::any_of(event.envelope().words, [&](const WordCommitment& word) {
               return std::ranges::find(pack.disclosed, word.field) != pack.disclosed.end();
           });
}

void add_disclosures(const Plan& plan, ErasureCertificate& certificate) {
    const auto& subject = certificate.erased.envelope().subject;
    const auto since = certificate.erased.index();
    for (const auto& [ref, pack] : plan.packs) {
        if (pack.frozen.index > since && held_in(pack, certificate)) {
            certificate.packs.push_back(ref);
        }
    }
    for (const auto& [ref, publication] : plan.publications) {
        if (publication.drafted.index > since && names_in(publication, subject)) {
            certificate.publications.push_back(ref);
        }
    }
}

// What went by which name, and who did what for it to go.
struct Acts {
    ErasureCertificate::Of of;
    SubjectRef name;
    const Entry& asked;
    const Entry& decided;
    const Entry& done;
};

Result<ErasureCertificate> certificate_about(const History& history, const State& state,
                                             EventIndex about, const Acts& acts) {
    auto erased = TRY(history.event(about));
    auto asked = TRY(history.event(acts.asked.index));
    auto decided = TRY(history.event(acts.decided.index));
    auto done = TRY(history.event(acts.done.index));
    const auto document = document_erased(done.change());
    return ErasureCertificate{.of = acts.of,
                              .name = acts.name,
                              .facts = state.keyring.facts(),
                              .erased = std::move(erased),
                              .document = document ? std::optional(document->number) : std::nullopt,
                              .asked = std::move(asked),
                              .decided = std::move(decided),
                              .done = std::move(done),
                              .asked_by = acts.asked.by,
                              .decided_by = acts.decided.by,
                              .done_by = acts.done.by,
                              .packs = {},
                              .publications = {},
                              .size = history.size(),
                              .root = history.root()};
}

std::string spares_in_words(const std::optional<std::vector<KnownSpare>>& spares) {
    if (!spares) {
        return "and every spare made before: `wsoa vault show` lists them where the folder is";
    }
    if (spares->empty()) {
        return "no spare made before is known";
    }
    std::vector<std::string> each;
    for (const auto& spare : *spares) {
        each.push_back(fmt::format("{}, generation {}, made {}", spare.path, spare.generation,
                                   to_string(spare.made)));
    }
    return fmt::format("{} made before: {}", spares->size() == 1 ? "the spare" : "the spares",
                       fmt::join(each, "; "));
}

Json spares_json(const std::vector<KnownSpare>& spares) {
    auto array = Json::array();
    for (const auto& spare : spares) {
        array.push(Json::object()
                       .set("path", spare.path)
                       .set("generation", spare.generation)
                       .set("made", to_string(spare.made)));
    }
    return array;
}

std::string erased_in_words(const ErasureCertificate& certificate) {
    const auto& event = certificate.erased;
    const auto& subject = event.envelope().subject.str();
    if (certificate.document) {
        return fmt::format("the document of {}, number {}, as event {} of {} brought it in",
                           subject, certificate.document->value, event.index().value,
                           to_string(event.envelope().effective));
    }
    return fmt::format("the words of event {}, {} about {}, of {}: {}", event.index().value,
                       kind_in_words(event.kind()), subject, to_string(event.envelope().effective),
                       fmt::join(in_words(fields_of(event)), ", "));
}

}  // namespace

Result<ErasureCertificate> certificate_of(const History& history, const State& state,
                                          const SubjectRef& request) {
    const auto* plan = request.plan() ? state.plan(*request.plan()) : nullptr;
    const auto* erasure = plan == nullptr ? nullptr : part_in(plan->erasures, request);
    if (erasure == nullptr) {
        return error(Fault::missing, "there is no request for erasure {}", request.str())
            .advise("`wsoa log --kind erasureRequested` lists them");
    }
    const auto* item = part_in(plan->evidence, erasure->subject);
    const auto about = erasure->event    ? erasure->event
                       : item == nullptr ? std::nullopt
                                         : std::optional(item->added_at);
    if (!erasure->erased || !erasure->decided || !erasure->erased->vault_generation || !about) {
        return error(Fault::missing, "nothing was erased by the vault under {}", request.str())
            .advise(fmt::format("carry it out with `wsoa erase {}`", request.str()));
    }
    const Acts acts{
        .of = erasure->event ? ErasureCertificate::Of::words : ErasureCertificate::Of::document,
        .name = request,
        .asked = erasure->requested,
        .decided = erasure->decided->entry,
        .done = erasure->erased->entry};
    auto certificate = TRY(certificate_about(history, state, *about, acts));
    add_disclosures(*plan, certificate);
    return certificate;
}

Result<ErasureCertificate> disposal_certificate_of(const History& history, const State& state,
                                                   const SubjectRef& item) {
    const auto* plan = item.plan() ? state.plan(*item.plan()) : nullptr;
    const auto* kept = plan == nullptr ? nullptr : part_in(plan->retentions, item);
    const auto* held = plan == nullptr ? nullptr : part_in(plan->evidence, item);
    if (kept == nullptr || held == nullptr || !held->document || !kept->disposed ||
        !kept->approved) {
        return error(Fault::missing, "no document of {} was disposed of", item.str())
            .advise(fmt::format("carry it out with `wsoa dispose {}`", item.str()));
    }
    const Acts acts{.of = ErasureCertificate::Of::disposal,
                    .name = item,
                    .asked = kept->rule.latest()->value.applied,
                    .decided = *kept->approved,
                    .done = *kept->disposed};
    auto certificate = TRY(certificate_about(history, state, held->added_at, acts));
    add_disclosures(*plan, certificate);
    return certificate;
}

std::string ErasureCertificate::text() const {
    const auto mark = mark_of(done);
    const auto& subject = erased.envelope().subject.str();
    const bool is_disposal = of == Of::disposal;
    const std::string_view what = document ? "this document" : "these words";
    std::vector<std::string> shown = names_of(packs);
    std::ranges::copy(names_of(publications), std::back_inserter(shown));
    std::string text =
        fmt::format("Certificate of {} {}\n\n", is_disposal ? "disposal" : "erasure", name.str());
    text += line("Ledger",
                 fmt::format("{}{}", facts.origin, facts.is_rehearsal ? ", a rehearsal" : ""));
    text += line("", to_hex(facts.ledger.view()));
    text += line(is_disposal ? "Disposed of" : "Erased", erased_in_words(*this));
    text +=
        line(is_disposal ? "Kept" : "Asked for",
             is_disposal ? fmt::format("{}; class: {}; until {}", act(asked, asked_by),
                                       name_in_words(typed(asked, "class")), typed(asked, "due"))
                         : act(asked, asked_by));
    text += line(is_disposal ? "Approved" : "Granted",
                 is_disposal ? act(decided, decided_by)
                             : fmt::format("{}; ground: {}; kept: {}", act(decided, decided_by),
                                           name_in_words(typed(decided, "ground")),
                                           listed(typed(decided, "kept"))));
    text += line("Carried out", fmt::format("by {}, event {}, at {}", done_by.str(),
                                            done.index().value, to_string(done.recorded_at())));
    const auto* const in_token = token_that_forgot(*this, mark);
    text += line("How", how_it_went(mark, in_token, what));
    text += line("Vault", fmt::format("generation {}, SHA-256", mark.generation));
    text += line("", to_hex(mark.digest.view()));
    text += line("To destroy", copies_to_destroy(mark, in_token, what));
    text += line("", spares_in_words(spares));
    text +=
        line("To withdraw",
             shown.empty()
                 ? fmt::format("nothing: no pack and no publication of the plan names {}", subject)
                 : fmt::format("{}: {} {} and may show {}", fmt::join(shown, ", "),
                               shown.size() == 1 ? "it names" : "each names", subject, what));
    text += line("Stated by", fmt::format("the ledger's {} events, under the root", size.value));
    text += line("", to_hex(root.view()));
    return text;
}

Json ErasureCertificate::json() const {
    const auto mark = mark_of(done);
    auto older = Json::array();
    const auto* const in_token = token_that_forgot(*this, mark);
    for (std::uint64_t i = 1; i < first_harmless(mark, in_token); ++i) {
        older.push(fmt::format("keys/vault-{}.wsoa", i));
    }
    auto what = Json::object();
    what.set("event", erased.index().value)
        .set("kind", name_of(erased.kind()))
        .set("subject", erased.envelope().subject.str());
    if (document) {
        what.set("document", document->value);
    } else {
        what.set("fields", array_of(fields_of(erased)));
    }
    auto json = Json::object();
    json.set("type", of == Of::disposal ? "disposalCertificate" : "erasureCertificate");
    if (of != Of::disposal) {
        json.set("request", name.str());
    }
    json.set("origin", facts.origin).set("ledger", to_hex(facts.ledger.view())).set("erased", what);
    if (of == Of::disposal) {
        json.set("kept", act_json(asked, asked_by)
                             .set("class", typed(asked, "class"))
                             .set("due", typed(asked, "due")))
            .set("approved", act_json(decided, decided_by));
    } else {
        json.set("asked", act_json(asked, asked_by))
            .set("granted", act_json(decided, decided_by)
                                .set("ground", typed(decided, "ground"))
                                .set("kept", typed(decided, "kept")));
    }
    if (spares) {
        json.set("sparesToDestroy", spares_json(*spares));
    }
    json.set("carriedOut", act_json(done, done_by))
        .set("how", in_token == nullptr ? "unlinked" : "key destroyed in token");
    if (in_token != nullptr) {
        json.set("token", Json::object()
                              .set("label", in_token->token.label)
                              .set("serial", in_token->token.serial));
    }
    return json.set("vaultGeneration", mark.generation)
        .set("vaultDigest", to_hex(mark.digest.view()))
        .set("toDestroy", older)
        .set("packs", array_of(names_of(packs)))
        .set("publications", array_of(names_of(publications)))
        .set("size", size.value)
        .set("root", to_hex(root.view()));
}

}  // namespace wsoa
