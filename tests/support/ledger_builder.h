#pragma once

#include "ledger/event/event.h"
#include "ledger/evidence/key_tree.h"
#include "ledger/history.h"
#include "ledger/keys/signature.h"
#include "ledger/store/memory_store.h"
#include "ledger/tree/tree.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wsoa::test {

// What one event is to say. Whatever is left out is filled in: the author is the first founder, in
// the programme office; it was true on the day it is recorded.
struct NewEvent {
    Kind kind = Kind::UNSET;
    std::string subject;
    // Name and text of each of the kind's fields, as they would be typed.
    std::vector<std::pair<std::string, std::string>> fields = {};
    // Text by field; each gets a salt of its own.
    std::vector<std::pair<schema::WordField, std::string>> words = {};
    std::string by = "programme-manager";
    schema::Role role = schema::Role::PROGRAMME_OFFICE;
    std::string effective = {};
    std::optional<EventIndex> answers = {};
    std::string on_behalf_of = {};
    // What no program of ours would write: versions that are left out before it, and another number
    // for the format of its change.
    std::uint32_t skips_versions = 0;
    std::uint8_t format = 1;
};

// A ledger in memory, written row by row as ledger/store/layout.h says and without asking any rule:
// real keys and signatures, sealed words, dense versions and counts, every node of the tree, signed
// checkpoints. So tests can have what no rule would let pass. Two builders that are told the same
// hold the same bytes. Each event is recorded an hour after the one before, from
// 2022-01-10T09:00:00Z on.
//
// A person's key is made from the id and a number, so that `by` may name anyone, enrolled or not.
class LedgerBuilder {
public:
    // Writes event 0 with the founders programme-manager and director-of-education.
    LedgerBuilder();

    EventIndex append(const NewEvent& event);
    // The same by a draft whose fields are set; the event's own are not read.
    EventIndex append(const NewEvent& event, Draft draft);
    // Moves the clock on before the next event.
    void advance_days(int days) { now_.ms += std::int64_t{days} * 86'400'000; }

    // Enrols a person and confirms it: two events. Gives the second.
    EventIndex enrol(std::string_view person);
    EventIndex grant(std::string_view person, std::string_view role);
    // Makes head-of-send a third founder and the first founder the programme office, each granted
    // and confirmed by whom the rules ask for: six events.
    void appoint_office();
    // The person's present key hands over to the next one.
    EventIndex rotate_key(std::string_view person);

    // A plan and its parts, by the founders. TH, TH-1, TH-O1, TH-1.2, TH-E03.
    EventIndex draft_plan(std::string_view plan);
    EventIndex add_area(std::string_view area);
    EventIndex add_outcome(std::string_view outcome, std::string_view area);
    EventIndex add_action(std::string_view action, std::string_view outcome);
    EventIndex start(std::string_view action);
    EventIndex progress(std::string_view action, int percent, std::string_view effective);
    // Delivery for an action (its reference has a dot), impact for an area; by the first founder,
    // then the second.
    EventIndex propose(std::string_view subject, std::string_view from, std::string_view to);
    EventIndex confirm(EventIndex proposal, std::string_view effective);
    EventIndex add_evidence(std::string_view evidence);

    TreeSize size() const { return frontier_.size(); }
    const Hash& ledger() const { return ledger_; }
    const Signer& ledger_signer() const { return *ledger_signer_; }
    // What its words are sealed under.
    const KeyTree& word_keys() const { return word_keys_; }
    // The person's present key.
    const Signer& signer_of(std::string_view person);

    // Signs a checkpoint over what was appended since the last, if anything was, and writes both.
    void commit();
    // The store as committed.
    MemoryStore& store();
    std::unique_ptr<History> history() { return history(size()); }
    std::unique_ptr<History> history(TreeSize size);

private:
    MemoryStore store_;
    Batch batch_;
    Frontier frontier_;
    Instant now_;
    Hash ledger_;
    std::unique_ptr<MemorySigner> ledger_signer_;
    KeyTree word_keys_;
    std::map<std::string, std::vector<std::unique_ptr<MemorySigner>>, std::less<>> signers_;
    std::map<SubjectRef, std::uint32_t> versions_;
    std::map<std::string, std::uint64_t> counts_;
    std::map<std::uint64_t, NewEvent> appended_;  // by index, for what answers it
};

}  // namespace wsoa::test
