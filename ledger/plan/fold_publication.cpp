#include "ledger/plan/folds.h"

namespace wsoa::folds {
namespace {

std::vector<ShownCode> shown_in(capnp::List<schema::ShownRating>::Reader list) {
    std::vector<ShownCode> shown;
    for (const auto rating : list) {
        shown.push_back(ShownCode{.subject = read::subject(rating.getSubject()),
                                  .code = std::string(read::text(rating.getCode()))});
    }
    return shown;
}

Why publication_drafted(Plan& plan, const Happened& at, schema::PublicationDrafted::Reader fields) {
    const auto& ref = at.subject();
    if (auto why = taken(plan, ref)) {
        return why;
    }
    plan.publications.emplace(ref, Publication{.ref = ref,
                                               .drafted = at.entry,
                                               .as_at = read::date(fields.getAsAt()),
                                               .channel = fields.getChannel(),
                                               .checks = {},
                                               .approved = {},
                                               .published = {},
                                               .corrections = {},
                                               .withdrawn = {}});
    return {};
}

// A fold over the publication that the event is about.
template <auto fold_publication>
Why on_publication(Plan& plan, const Happened& at) {
    auto* publication = part_in(plan.publications, at.subject());
    return publication == nullptr ? Why("its publication is not there")
                                  : fold_publication(*publication, at);
}

Why publication_checked(Publication& publication, const Happened& at) {
    const auto fields = at.event.change().reader().getPublicationChecked();
    publication.checks.push_back(
        Publication::Check{.entry = at.entry,
                           .privacy = fields.getPrivacyCheck(),
                           .accessibility = fields.getAccessibilityCheck()});
    return {};
}

Why publication_approved(Publication& publication, const Happened& at) {
    if (publication.approved) {
        return "it was approved before";
    }
    publication.approved = at.entry;
    return {};
}

Why published(Publication& publication, const Happened& at) {
    if (publication.published) {
        return "it was published before";
    }
    const auto fields = at.event.change().reader().getPublished();
    publication.published =
        Publication::Out{.entry = at.entry,
                         .shown = shown_in(fields.getShown()),
                         .digest = read::hash_if(fields.hasDigest(), fields.getDigest())};
    return {};
}

Why publication_corrected(Publication& publication, const Happened& at) {
    if (!publication.published) {
        return "it was not published";
    }
    const auto fields = at.event.change().reader().getPublicationCorrected();
    Publication::Correction correction{.entry = at.entry,
                                       .approved_by = read::person(fields.getApprovedBy()),
                                       .changes = {},
                                       .shown = shown_in(fields.getShown())};
    for (const auto change : fields.getChanges()) {
        correction.changes.push_back(
            CorrectedCode{.subject = read::subject(change.getSubject()),
                          .from = std::string(read::text(change.getFrom())),
                          .to = std::string(read::text(change.getTo()))});
    }
    publication.corrections.push_back(std::move(correction));
    return {};
}

Why publication_withdrawn(Publication& publication, const Happened& at) {
    if (publication.withdrawn) {
        return "it was withdrawn before";
    }
    publication.withdrawn = at.entry;
    return {};
}

}  // namespace

std::vector<Row> of_publication() {
    return {
        {Kind::PUBLICATION_DRAFTED,
         with_fields<&Reader::getPublicationDrafted, publication_drafted>},
        {Kind::PUBLICATION_CHECKED, on_publication<publication_checked>},
        {Kind::PUBLICATION_APPROVED, on_publication<publication_approved>},
        {Kind::PUBLISHED, on_publication<published>},
        {Kind::PUBLICATION_CORRECTED, on_publication<publication_corrected>},
        {Kind::PUBLICATION_WITHDRAWN, on_publication<publication_withdrawn>},
    };
}

}  // namespace wsoa::folds
