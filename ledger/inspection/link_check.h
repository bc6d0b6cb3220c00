#pragma once

#include "ledger/event/event.h"
#include "ledger/inspection/findings.h"
#include "ledger/inspection/source.h"

#include <map>
#include <string>
#include <vector>

namespace wsoa {

// Checks that the rows lead to each event that are to: those of its subject and of its change id,
// and its copy beside its plan's other events.
//
// Every row is met once while the source counts them, which costs a tenth of asking for each by its
// key. Only for an event whose row was not among them, or not as it should be, is the row asked
// for, and what is wrong with it is said.
class LinkCheck final : public RowVisitor {
public:
    // The events in their order, each with its leaf's hash. `version`: the one that the subject's
    // index has it under.
    void add(const Event& event, const Hash& leaf, std::uint32_t version);

    void subject_row(const SubjectRef& subject, std::uint32_t version, EventIndex index) override;
    void change_id_row(const KeyId& author, const ChangeId& id, EventIndex index) override;
    void plan_copy_row(std::string_view plan, EventIndex index, ByteView copy) override;

    // Once the source's rows have been met, those that could be.
    void finish(const VerifySource& source, Findings& findings) const;

private:
    // What an event's rows must say; its subject and its author by their place below.
    struct Link {
        EventIndex index;
        Hash leaf;
        ChangeId id;
        std::uint32_t subject;
        std::uint32_t version;
        std::uint32_t author;
        bool has_subject_row = false;
        bool has_change_id_row = false;
        bool has_plan_copy = false;
    };
    struct Subject {
        SubjectRef ref;
        std::optional<PlanRef> plan;
    };
    // Null where there is no event that could be read.
    Link* link_of(EventIndex index);
    void check_subject_row(const Link& link, const VerifySource& source, Findings& findings) const;
    void check_change_id_row(const Link& link, const VerifySource& source,
                             Findings& findings) const;
    void check_plan_copy(const Link& link, const VerifySource& source, Findings& findings) const;

    std::vector<Link> links_;
    std::vector<Subject> subjects_;
    std::map<SubjectRef, std::uint32_t> subject_places_;
    std::vector<KeyId> authors_;
    std::map<KeyId, std::uint32_t> author_places_;
};

}  // namespace wsoa
