#include "ledger/inspection/paper_check.h"

#include "ledger/base/sha256.h"
#include "ledger/event/json_reader.h"
#include "ledger/inspection/pack_papers.h"

#include <algorithm>
#include <array>

namespace wsoa {
namespace {

constexpr std::size_t paper_bytes_max = std::size_t{1} << 26;

// Rows of a table as they are in a file, each with its end.
std::vector<std::string_view> rows_in(std::string_view csv) {
    constexpr std::string_view end_of_row = "\r\n";
    std::vector<std::string_view> rows;
    while (!csv.empty()) {
        const auto end = csv.find(end_of_row);
        const auto length = end == std::string_view::npos ? csv.size() : end + end_of_row.size();
        rows.push_back(csv.substr(0, length));
        csv.remove_prefix(length);
    }
    return rows;
}

class PaperCheck {
public:
    PaperCheck(const PapersToCheck& given, Verdict& verdict)
        : given_(given), pack_(given.pack), verdict_(verdict) {}

    void run() {
        const auto& about = pack_.about();
        compare("README.txt", readme());
        compare("certificate.txt", pack_certificate(about));
        compare("policy", pack_policy(about, given_.keyring));
        if (const auto& known = given_.reading.known(); known.ok()) {
            check_evidence(known.value());
        }
        verdict_.checked.push_back(
            "README.txt, certificate.txt, policy and evidence.csv, against what the events give");
    }

private:
    Result<std::string> readme() const;
    std::optional<std::string> read(const std::string& name);
    void compare(const std::string& name, const Result<std::string>& expected);
    void check_evidence(const Plan& plan);
    EvidenceRow row_of(const Plan& plan, const Evidence& item) const;
    bool is_given(const Evidence& item, EvidenceRow& row) const;
    void breach(const std::string& name, std::string_view what) {
        verdict_.findings.push_back({.is = Finding::Class::breach,
                                     .event = {},
                                     .what = fmt::format("{}: {}", name, what),
                                     .item = Item(Item::Of::member, name).str()});
    }

    const PapersToCheck& given_;
    const PackFile& pack_;
    Verdict& verdict_;
};

Result<std::string> PaperCheck::readme() const {
    const PackLeaves leaves{
        .entry = [&](EventIndex index) -> Result<Bytes> {
            return copy_of(pack_.entries()[index.value]);
        },
        .node = [&](NodeRef ref) -> Result<Hash> {
            const auto* const node = given_.tree.node(ref);
            return node != nullptr
                       ? Result<Hash>(*node)
                       : Result<Hash>(Error{Fault::missing, "the tree has no such node"});
        },
        .shown = given_.reading.shown()};
    const auto tokens = std::ranges::count_if(pack_.archive().members(), [](const auto& member) {
        return member.name.starts_with("timestamps/");
    });
    const auto* const shown = pack_.archive().find("shown.jsonl");
    if (!pack_.state() || shown == nullptr) {
        return Error{Fault::missing, "state.json or shown.jsonl, of which it tells, is missing"};
    }
    const auto shown_bytes = TRY(pack_.archive().read(*shown, paper_bytes_max));
    return pack_readme({.about = pack_.about(),
                        .state = *pack_.state(),
                        .shown = sha256(shown_bytes),
                        .timestamps = static_cast<std::size_t>(tokens)},
                       given_.keyring, leaves);
}

// Null where the member is missing or damaged, which is told of every member, or cannot be read.
std::optional<std::string> PaperCheck::read(const std::string& name) {
    const auto* const member = pack_.archive().find(name);
    if (member == nullptr) {
        return std::nullopt;
    }
    const auto bytes = pack_.archive().read(*member, paper_bytes_max);
    if (!bytes.ok() && bytes.error().fault != Fault::corrupt) {
        breach(name, bytes.error().message);
    }
    return bytes.ok() ? std::optional(std::string(text_of(bytes.value()))) : std::nullopt;
}

void PaperCheck::compare(const std::string& name, const Result<std::string>& expected) {
    const auto text = read(name);
    if (!expected.ok()) {
        breach(name, expected.error().message);
    } else if (text && *text != expected.value()) {
        breach(name, "it is not what the events and pack.json give");
    }
}

// Whether the pack has the item's own document.
bool PaperCheck::is_given(const Evidence& item, EvidenceRow& row) const {
    const auto found = std::ranges::find(pack_.documents(), item.added_at, &PackDocument::event);
    if (found == pack_.documents().end()) {
        return false;
    }
    row.member = found->member();
    return true;
}

EvidenceRow PaperCheck::row_of(const Plan& plan, const Evidence& item) const {
    EvidenceRow row{.item = &item, .title = {}, .member = {}, .note = {}};
    const auto& words = pack_.words_of(item.added_at);
    const auto title = std::ranges::find(words, schema::WordField::TITLE, &Word::field);
    row.title = title == words.end() ? std::string() : title->text;
    if (is_given(item, row)) {
        return row;
    }
    for (const auto& copy : item.redacted_copies) {
        const auto* const derivative = part_in(plan.evidence, copy.derivative);
        if (derivative != nullptr && is_given(*derivative, row)) {
            row.note = note_of_copy(derivative->ref);
            return row;
        }
    }
    return row;
}

// What the pack does not say is which items were asked for, so that one without its document may
// have any of the reasons that are true of it.
void PaperCheck::check_evidence(const Plan& plan) {
    const auto text = read("evidence.csv");
    if (!text) {
        return;
    }
    std::vector<EvidenceRow> rows;
    const auto is_copy = [&](const SubjectRef& ref) {
        return std::ranges::any_of(plan.evidence, [&](const auto& each) {
            return std::ranges::find(each.second.redacted_copies, ref, &RedactedCopy::derivative) !=
                   each.second.redacted_copies.end();
        });
    };
    for (const auto& [ref, item] : plan.evidence) {
        if (!is_copy(ref)) {
            rows.push_back(row_of(plan, item));
        }
    }
    std::array<std::string, 3> expected;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        auto with_reasons = rows;
        for (auto& row : with_reasons) {
            const bool is_plain = row.item->personal_data == schema::PersonalData::NONE &&
                                  !row.item->erased && row.item->document;
            if (row.member.empty()) {
                row.note = i == 0               ? std::string(note_not_asked_for)
                           : i == 1 || is_plain ? std::string(note_restricted)
                                                : note_of_absence(*row.item);
            }
        }
        expected[i] = pack_evidence_csv(plan, with_reasons);
    }
    const auto given = rows_in(*text);
    for (std::size_t i = 0; i < std::max(given.size(), rows_in(expected[0]).size()); ++i) {
        const bool is_right =
            i < given.size() && std::ranges::any_of(expected, [&](const auto& csv) {
                const auto lines = rows_in(csv);
                return i < lines.size() && lines[i] == given[i];
            });
        if (!is_right) {
            breach("evidence.csv", fmt::format("row {} is not what the events give", i + 1));
            return;
        }
    }
}

}  // namespace

void check_papers(const PapersToCheck& given, const std::string& program, Verdict& verdict) {
    const auto& made_with = given.pack.about().made_with;
    if (made_with != program) {
        verdict.not_checked.push_back(
            fmt::format("README.txt, certificate.txt, policy and evidence.csv, which are for "
                        "people: {} wrote them, and this is {}",
                        quoted_in_message(made_with), program.empty() ? "another" : program));
    } else {
        PaperCheck(given, verdict).run();
    }
}

}  // namespace wsoa
