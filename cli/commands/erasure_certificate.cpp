#include "cli/commands/erasure_certificate.h"

#include "cli/render/kinds.h"
#include "cli/render/text.h"
#include "ledger/event/fields.h"
#include "ledger/event/json.h"
#include "ledger/event/kinds.h"

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

std::uint32_t generation_of(const Event& done) {
    return done.change().reader().getContentErased().getVaultGeneration().getValue();
}

std::string digest_of(const Event& done) {
    return to_hex(read::bytes(done.change().reader().getContentErased().getVaultDigest()));
}

std::vector<std::string> names_of(const std::vector<SubjectRef>& refs) {
    std::vector<std::string> names;
    names.reserve(refs.size());
    for (const auto& ref : refs) {
        names.push_back(ref.str());
    }
    return names;
}

std::string older_files(std::uint32_t generation) {
    return generation == 2 ? "keys/vault-1.wsoa"
                           : fmt::format("keys/vault-1.wsoa to keys/vault-{}.wsoa", generation - 1);
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

void add_disclosures(const Plan& plan, ErasureCertificate& certificate) {
    const auto& subject = certificate.erased.envelope().subject;
    const auto since = certificate.erased.index();
    for (const auto& [ref, pack] : plan.packs) {
        if (pack.frozen.index > since && holds(pack.items, subject)) {
            certificate.packs.push_back(ref);
        }
    }
    for (const auto& [ref, publication] : plan.publications) {
        if (publication.drafted.index > since && names_in(publication, subject)) {
            certificate.publications.push_back(ref);
        }
    }
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
    if (!erasure->erased || !erasure->decided || !erasure->event) {
        return error(Fault::missing, "no words were erased under {}", request.str())
            .advise(fmt::format("carry it out with `wsoa erase {}`", request.str()));
    }
    auto erased = TRY(history.event(*erasure->event));
    auto asked = TRY(history.event(erasure->requested.index));
    auto decided = TRY(history.event(erasure->decided->entry.index));
    auto done = TRY(history.event(erasure->erased->entry.index));
    ErasureCertificate certificate{.request = request,
                                   .facts = state.keyring.facts(),
                                   .erased = std::move(erased),
                                   .asked = std::move(asked),
                                   .decided = std::move(decided),
                                   .done = std::move(done),
                                   .asked_by = erasure->requested.by,
                                   .decided_by = erasure->decided->entry.by,
                                   .done_by = erasure->erased->entry.by,
                                   .packs = {},
                                   .publications = {},
                                   .size = history.size(),
                                   .root = history.root()};
    add_disclosures(*plan, certificate);
    return certificate;
}

std::string ErasureCertificate::text() const {
    const auto generation = generation_of(done);
    const auto& subject = erased.envelope().subject.str();
    std::vector<std::string> shown = names_of(packs);
    std::ranges::copy(names_of(publications), std::back_inserter(shown));
    std::string text = fmt::format("Certificate of erasure {}\n\n", request.str());
    text += line("Ledger",
                 fmt::format("{}{}", facts.origin, facts.is_rehearsal ? ", a rehearsal" : ""));
    text += line("", to_hex(facts.ledger.view()));
    text += line("Erased", fmt::format("the words of event {}, {} about {}, of {}: {}",
                                       erased.index().value, kind_in_words(erased.kind()), subject,
                                       to_string(erased.envelope().effective),
                                       fmt::join(in_words(fields_of(erased)), ", ")));
    text += line("Asked for", act(asked, asked_by));
    text += line("Granted", fmt::format("{}; ground: {}; kept: {}", act(decided, decided_by),
                                        name_in_words(typed(decided, "ground")),
                                        listed(typed(decided, "kept"))));
    text += line("Carried out", fmt::format("by {}, event {}, at {}", done_by.str(),
                                            done.index().value, to_string(done.recorded_at())));
    text += line("How", fmt::format("unlinked: from generation {} on the vault holds nothing from "
                                    "which the key of these words follows",
                                    generation));
    text += line("Vault", fmt::format("generation {}, SHA-256", generation));
    text += line("", digest_of(done));
    text += line("To destroy",
                 fmt::format("every copy of {}: with its passphrase it still opens these words",
                             older_files(generation)));
    text +=
        line("To withdraw",
             shown.empty()
                 ? fmt::format("nothing: no pack and no publication of the plan names {}", subject)
                 : fmt::format("{}: each names {} and may show these words", fmt::join(shown, ", "),
                               subject));
    text += line("Stated by", fmt::format("the ledger's {} events, under the root", size.value));
    text += line("", to_hex(root.view()));
    return text;
}

Json ErasureCertificate::json() const {
    const auto generation = generation_of(done);
    auto older = Json::array();
    for (std::uint32_t i = 1; i < generation; ++i) {
        older.push(fmt::format("keys/vault-{}.wsoa", i));
    }
    auto granted = act_json(decided, decided_by);
    granted.set("ground", typed(decided, "ground")).set("kept", typed(decided, "kept"));
    return Json::object()
        .set("type", "erasureCertificate")
        .set("request", request.str())
        .set("origin", facts.origin)
        .set("ledger", to_hex(facts.ledger.view()))
        .set("erased", Json::object()
                           .set("event", erased.index().value)
                           .set("kind", name_of(erased.kind()))
                           .set("subject", erased.envelope().subject.str())
                           .set("fields", array_of(fields_of(erased))))
        .set("asked", act_json(asked, asked_by))
        .set("granted", granted)
        .set("carriedOut", act_json(done, done_by))
        .set("how", "unlinked")
        .set("vaultGeneration", generation)
        .set("vaultDigest", digest_of(done))
        .set("toDestroy", older)
        .set("packs", array_of(names_of(packs)))
        .set("publications", array_of(names_of(publications)))
        .set("size", size.value)
        .set("root", to_hex(root.view()));
}

}  // namespace wsoa
