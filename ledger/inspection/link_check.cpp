#include "ledger/inspection/link_check.h"

#include "ledger/base/sha256.h"
#include "ledger/inspection/tree_check.h"

#include <algorithm>

namespace wsoa {

void LinkCheck::add(const Event& event, const Hash& leaf, std::uint32_t version) {
    const auto& envelope = event.envelope();
    const auto next_subject = static_cast<std::uint32_t>(subjects_.size());
    const auto [subject, is_new_subject] =
        subject_places_.try_emplace(envelope.subject, next_subject);
    if (is_new_subject) {
        subjects_.push_back({.ref = envelope.subject, .plan = envelope.plan});
    }
    const auto next_author = static_cast<std::uint32_t>(authors_.size());
    const auto [author, is_new_author] =
        author_places_.try_emplace(envelope.author_key, next_author);
    if (is_new_author) {
        authors_.push_back(envelope.author_key);
    }
    links_.push_back({.index = event.index(),
                      .leaf = leaf,
                      .id = envelope.id,
                      .subject = subject->second,
                      .version = version,
                      .author = author->second});
}

LinkCheck::Link* LinkCheck::link_of(EventIndex index) {
    // Where no event lacked before it, it stands at its own index.
    if (index.value < links_.size() && links_[index.value].index == index) {
        return &links_[index.value];
    }
    const auto found = std::ranges::lower_bound(links_, index, {}, &Link::index);
    return found != links_.end() && found->index == index ? &*found : nullptr;
}

void LinkCheck::subject_row(const SubjectRef& subject, std::uint32_t version, EventIndex index) {
    if (auto* link = link_of(index);
        link != nullptr && link->version == version && subjects_[link->subject].ref == subject) {
        link->has_subject_row = true;
    }
}

void LinkCheck::change_id_row(const KeyId& author, const ChangeId& id, EventIndex index) {
    if (auto* link = link_of(index);
        link != nullptr && link->id == id && authors_[link->author] == author) {
        link->has_change_id_row = true;
    }
}

void LinkCheck::plan_copy_row(std::string_view plan, EventIndex index, ByteView copy) {
    auto* link = link_of(index);
    if (link == nullptr) {
        return;
    }
    const auto& due = subjects_[link->subject].plan;
    if (plan == (due ? std::string_view(due->str()) : "") && hash_leaf(copy) == link->leaf) {
        link->has_plan_copy = true;
    }
}

void LinkCheck::finish(const VerifySource& source, Findings& findings) const {
    for (const auto& link : links_) {
        if (!link.has_subject_row) {
            check_subject_row(link, source, findings);
        }
        if (!link.has_change_id_row) {
            check_change_id_row(link, source, findings);
        }
        if (!link.has_plan_copy) {
            check_plan_copy(link, source, findings);
        }
    }
}

void LinkCheck::check_subject_row(const Link& link, const VerifySource& source,
                                  Findings& findings) const {
    const auto& subject = subjects_[link.subject].ref;
    const auto found = source.subject_event(subject, link.version);
    if (!found.ok()) {
        report_unread(findings, link.index, "the index of its subject", found.error());
    } else if (found.value() != link.index) {
        findings.breach(link.index, "the index of {} does not lead to it", subject.str());
    }
}

void LinkCheck::check_change_id_row(const Link& link, const VerifySource& source,
                                    Findings& findings) const {
    const auto found = source.change_event(authors_[link.author], link.id);
    if (!found.ok()) {
        report_unread(findings, link.index, "the index of change ids", found.error());
    } else if (found.value() != link.index) {
        findings.breach(link.index, "the index of change ids does not lead to it");
    }
}

void LinkCheck::check_plan_copy(const Link& link, const VerifySource& source,
                                Findings& findings) const {
    const auto copy = source.plan_copy(subjects_[link.subject].plan, link.index);
    if (!copy.ok()) {
        report_unread(findings, link.index, "the copy that lies with its plan's events",
                      copy.error());
    } else if (!copy.value() || hash_leaf(*copy.value()) != link.leaf) {
        findings.breach(link.index, "the copy that lies with its plan's events differs");
    }
}

}  // namespace wsoa
