#include "ledger/tree/policy.h"

#include "ledger/base/text.h"
#include "ledger/tree/cosignature.h"
#include "ledger/tree/hasher.h"
#include "ledger/tree/lines.h"

#include <algorithm>
#include <set>
#include <span>

namespace wsoa {
namespace {

constexpr std::uint8_t type_ed25519 = 0x01;
constexpr std::uint8_t type_cosignature_ed25519 = 0x04;
constexpr std::uint8_t type_mldsa = 0x06;
constexpr std::string_view no_one = "none";
constexpr std::string_view blanks = " \t";

using Words = std::vector<std::string_view>;

Words words_of(std::string_view line) {
    Words words;
    while (true) {
        const auto begin = line.find_first_not_of(blanks);
        if (begin == std::string_view::npos) {
            return words;
        }
        const auto end = std::min(line.find_first_of(blanks, begin), line.size());
        words.push_back(line.substr(begin, end - begin));
        line.remove_prefix(end);
    }
}

Result<void> check_characters(std::string_view line) {
    const bool fits = std::ranges::all_of(line, [](char character) {
        const auto byte = static_cast<std::uint8_t>(character);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
    });
    if (!fits) {
        return Error{Fault::invalid, "it holds a control character"};
    }
    return done();
}

// Two ways to write one key are one key: whoever holds it would count twice.
template <typename Entries>
bool holds_key(const Entries& entries, const NoteKey& key) {
    return std::ranges::any_of(
        entries, [&](const auto& entry) { return entry.key.key_bytes() == key.key_bytes(); });
}

// Reads line after line into one policy.
class PolicyReader {
public:
    Result<void> add(std::string_view line) {
        TRY(check_characters(line));
        const auto words = words_of(line);
        if (words.empty() || words[0].starts_with('#')) {
            return done();
        }
        if (words[0] == "log") {
            return add_log(words);
        }
        if (words[0] == "witness") {
            return add_witness(words);
        }
        if (words[0] == "group") {
            return add_group(words);
        }
        if (words[0] == "quorum") {
            return set_quorum(words);
        }
        return error(Fault::invalid, "it begins with {}, not with log, witness, group or quorum",
                     excerpt_of(words[0]));
    }
    Result<Policy> finish() && {
        if (!has_quorum_) {
            return Error{Fault::invalid, "the policy has no quorum line",
                         "add \"quorum none\" if no witness is needed"};
        }
        return std::move(policy_);
    }

private:
    static Result<void> check_count(std::size_t count, std::string_view what) {
        if (count >= Policy::members_max) {
            return error(Fault::invalid, "at most {} {} are taken", Policy::members_max, what);
        }
        return done();
    }
    static std::optional<std::string> url_in(const Words& words, std::size_t place) {
        return words.size() > place ? std::optional(std::string(words[place])) : std::nullopt;
    }
    // Of one of the two types: the one that is verified here, and ML-DSA-44.
    Result<NoteKey> read_key(std::string_view vkey, std::uint8_t type) {
        auto key = TRY(NoteKey::parse(vkey));
        if (key.type() != type && key.type() != type_mldsa) {
            return error(Fault::invalid, "a key of type 0x{:02x} does not do here", key.type());
        }
        if (key.type() == type) {
            const auto ed25519 = key.ed25519_key() ? key.ed25519_key() : key.cosigner_key();
            TRY(check_public_key(*ed25519));
        }
        keys_.push_back(key);
        TRY(check_distinct(keys_));
        return key;
    }
    Result<void> add_log(const Words& words) {
        if (words.size() < 2 || words.size() > 3) {
            return Error{Fault::invalid, "a log is written as: log VKEY [URL]"};
        }
        TRY(check_count(policy_.logs.size(), "logs"));
        auto key = TRY(read_key(words[1], type_ed25519));
        if (holds_key(policy_.logs, key)) {
            return Error{Fault::invalid, "another log has the same key"};
        }
        policy_.logs.push_back({std::move(key), url_in(words, 2)});
        return done();
    }
    Result<void> add_witness(const Words& words) {
        if (words.size() < 3 || words.size() > 4) {
            return Error{Fault::invalid, "a witness is written as: witness NAME VKEY [URL]"};
        }
        TRY(check_count(policy_.witnesses.size(), "witnesses"));
        TRY(define(words[1]));
        auto key = TRY(read_key(words[2], type_cosignature_ed25519));
        if (holds_key(policy_.witnesses, key)) {
            return Error{Fault::invalid, "another witness has the same key"};
        }
        policy_.witnesses.push_back({std::string(words[1]), std::move(key), url_in(words, 3)});
        return done();
    }
    Result<void> add_group(const Words& words) {
        if (words.size() < 4) {
            return Error{Fault::invalid, "a group is written as: group NAME all|any|K MEMBER..."};
        }
        TRY(check_count(policy_.groups.size(), "groups"));
        Policy::Group group{.name = std::string(words[1]), .threshold = 1, .members = {}};
        for (const auto member : std::span(words).subspan(3)) {
            TRY(join(member));
            group.members.emplace_back(member);
        }
        group.threshold = TRY(threshold_of(words[2], group.members.size()));
        TRY(define(words[1]));
        policy_.groups.push_back(std::move(group));
        return done();
    }
    static Result<std::size_t> threshold_of(std::string_view word, std::size_t members) {
        if (word == "all") {
            return members;
        }
        if (word == "any") {
            return std::size_t{1};
        }
        const auto number = parse_decimal(word);
        if (!number.ok() || number.value() < 1 || number.value() > members) {
            return error(Fault::invalid,
                         "a group of {} needs all, any, or a number from 1 to {} of them", members,
                         members);
        }
        return static_cast<std::size_t>(number.value());
    }
    Result<void> set_quorum(const Words& words) {
        if (words.size() != 2) {
            return Error{Fault::invalid, "the quorum is written as: quorum NAME"};
        }
        if (has_quorum_) {
            return Error{Fault::invalid, "there is a quorum line already"};
        }
        if (words[1] != no_one) {
            TRY(expect_defined(words[1]));
            policy_.quorum = std::string(words[1]);
        }
        has_quorum_ = true;
        return done();
    }
    Result<void> define(std::string_view name) {
        if (name == no_one) {
            return Error{Fault::invalid, "\"none\" names nobody"};
        }
        if (!names_.insert(std::string(name)).second) {
            return error(Fault::invalid, "the name {} is taken already", excerpt_of(name));
        }
        return done();
    }
    Result<void> expect_defined(std::string_view name) const {
        if (!names_.contains(std::string(name))) {
            return error(Fault::invalid, "{} is not defined above", excerpt_of(name));
        }
        return done();
    }
    Result<void> join(std::string_view member) {
        TRY(expect_defined(member));
        if (!members_.insert(std::string(member)).second) {
            return error(Fault::invalid, "{} is a member of a group already", excerpt_of(member));
        }
        return done();
    }

    Policy policy_;
    std::vector<NoteKey> keys_;
    std::set<std::string> names_;
    std::set<std::string> members_;
    bool has_quorum_ = false;
};

// The log whose signature holds over the text and whose name is the checkpoint's origin.
Result<NoteKey> signing_log(const Policy& policy, const Note& note, std::string_view origin) {
    std::vector<NoteKey> keys;
    for (const auto& log : policy.logs) {
        keys.push_back(log.key);
    }
    const auto signers = check_note(note, keys);
    if (!signers.ok()) {
        const bool has_known = std::ranges::any_of(note.signatures, [&](const auto& signature) {
            return std::ranges::any_of(keys, [&](const auto& key) { return signature.is_by(key); });
        });
        return has_known ? signers.error()
                         : error(Fault::distrusted,
                                 "no log of the policy has signed the checkpoint of {}",
                                 excerpt_of(origin));
    }
    const auto& found = std::ranges::find(signers.value(), origin, &NoteKey::name);
    if (found == signers.value().end()) {
        return error(Fault::distrusted, "the checkpoint is of {}, but {} has signed it",
                     excerpt_of(origin), signers.value().front().name());
    }
    return *found;
}

Result<void> judge_witness(const Policy::Witness& witness, const Note& note,
                           PolicyVerdict& verdict) {
    std::optional<std::uint64_t> latest;
    for (const auto& signature : note.signatures) {
        if (!signature.is_by(witness.key)) {
            continue;
        }
        if (!witness.key.cosigner_key()) {
            verdict.unchecked.push_back(witness.name);
            return done();
        }
        const auto cosignature = TRY(check_cosignature(note.text, signature, witness.key));
        latest = std::max(latest.value_or(0), cosignature.seconds);
    }
    if (latest) {
        verdict.cosigned.push_back({.witness = witness.name, .seconds = *latest});
    }
    return done();
}

bool meets_quorum(const Policy& policy, const std::vector<PolicyVerdict::Cosigned>& cosigned) {
    std::set<std::string> witnessed;
    for (const auto& one : cosigned) {
        witnessed.insert(one.witness);
    }
    // Groups name only what stands above them.
    for (const auto& group : policy.groups) {
        const auto count = std::ranges::count_if(
            group.members, [&](const auto& member) { return witnessed.contains(member); });
        if (static_cast<std::size_t>(count) >= group.threshold) {
            witnessed.insert(group.name);
        }
    }
    return !policy.quorum || witnessed.contains(*policy.quorum);
}

}  // namespace

Result<Policy> Policy::parse(std::string_view text) {
    if (text.size() > bytes_max) {
        return error(Fault::invalid, "the policy has {} bytes; at most {} are taken", text.size(),
                     bytes_max);
    }
    PolicyReader reader;
    LineReader lines(text);
    for (std::size_t number = 1; !lines.at_end(); ++number) {
        const auto line = lines.line("its line feed");
        auto added = line.ok() ? reader.add(line.value()) : Result<void>(line.error());
        if (!added.ok()) {
            return std::move(added).error().explain("line {} of the policy", number);
        }
    }
    return std::move(reader).finish();
}

const Policy::Log* Policy::log(std::string_view origin) const {
    const auto found =
        std::ranges::find_if(logs, [&](const Log& log) { return log.key.name() == origin; });
    return found == logs.end() ? nullptr : &*found;
}

Result<PolicyVerdict> evaluate(const Policy& policy, const Note& note) {
    auto checkpoint = TRY(Checkpoint::parse(note.text));
    auto log = TRY(signing_log(policy, note, checkpoint.origin));
    if (checkpoint.size.value == 0 && checkpoint.root != empty_root()) {
        return Error{Fault::distrusted, "the checkpoint gives an empty tree another root"};
    }
    PolicyVerdict verdict{.checkpoint = std::move(checkpoint),
                          .log = std::move(log),
                          .cosigned = {},
                          .unchecked = {},
                          .is_quorum_met = false};
    for (const auto& witness : policy.witnesses) {
        TRY(judge_witness(witness, note, verdict));
    }
    verdict.is_quorum_met = meets_quorum(policy, verdict.cosigned);
    return verdict;
}

}  // namespace wsoa
