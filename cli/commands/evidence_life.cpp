#include "cli/commands/evidence_life.h"

#include "cli/commands/evidence_item.h"
#include "cli/commands/recorded.h"

namespace wsoa {
namespace {

WordSpec target_word() {
    return {.name = "TARGET",
            .help = "the plan, an area, outcome, action, milestone or measure, such as TH-1.2"};
}

}  // namespace

CommandSpec evidence_link_command() {
    return about_item(
        {.name = "evidence link",
         .help = "say what an item shows of an action, a measure or another part of the plan",
         .example =
             "wsoa evidence link TH-E07 TH-1.2 --claim \"plans are on time\" --place \"p. 4\"",
         .words = {target_word()},
         .options = {{.name = "claim",
                      .value = "WORDS",
                      .help = "what it proves, in one sentence",
                      .presence = Presence::required},
                     {.name = "place",
                      .value = "WORDS",
                      .help = "the page, cell or passage meant"}},
         .run = recorder_of({.kind = Kind::EVIDENCE_LINKED,
                             .fields = {{"TARGET", "target"}},
                             .words = {schema::WordField::CLAIM, schema::WordField::PLACE},
                             .next = "It counts once it is reviewed: wsoa evidence submit"})});
}

CommandSpec evidence_unlink_command() {
    return about_item(
        {.name = "evidence unlink",
         .help = "end a link of an item; it stays readable",
         .example = "wsoa evidence unlink TH-E07 TH-1.2 --reason \"typed for TH-1.3\"",
         .words = {target_word()},
         .options = {reason_option("why it shows nothing of it any more")},
         .run = recorder_of({.kind = Kind::EVIDENCE_UNLINKED,
                             .fields = {{"TARGET", "target"}},
                             .words = {schema::WordField::REASON}})});
}

CommandSpec evidence_renew_command() {
    return about_item({.name = "evidence renew",
                       .help = "say that an item was looked at again and still holds",
                       .example = "wsoa evidence renew TH-E07 --review-by 2027-05-05",
                       .options = {{.name = "review-by",
                                    .value = "DATE",
                                    .help = "the day on which it must be looked at next",
                                    .presence = Presence::required},
                                   {.name = "note",
                                    .value = "WORDS",
                                    .help = "what a reader should know besides"}},
                       .run = recorder_of({.kind = Kind::EVIDENCE_RENEWED,
                                           .fields = {{"review-by", "reviewBy"}},
                                           .words = {schema::WordField::NOTE}})});
}

CommandSpec evidence_stale_command() {
    return about_item(
        {.name = "evidence stale",
         .help = "say that an accepted item is too old to stand for the present",
         .example = "wsoa evidence stale TH-E07 --reason \"the audit is of another year\"",
         .options = {reason_option("what has changed since")},
         .run = recorder_of(
             {.kind = Kind::EVIDENCE_MARKED_STALE,
              .words = {schema::WordField::REASON},
              .next =
                  "If it holds after all, give it a later day of review: wsoa evidence renew"})});
}

CommandSpec evidence_supersede_command() {
    return about_item(
        {.name = "evidence supersede",
         .help = "say that another item now shows what this one showed",
         .example = "wsoa evidence supersede TH-E07 --by TH-E07v2 --reason \"it covers June\"",
         .options = {{.name = "by",
                      .value = "REF",
                      .help = "the item that takes its place",
                      .presence = Presence::required},
                     reason_option("why it takes its place")},
         .run = recorder_of({.kind = Kind::EVIDENCE_SUPERSEDED,
                             .fields = {{"by", "by"}},
                             .words = {schema::WordField::REASON}})});
}

}  // namespace wsoa
