#pragma once

#include "cli/arguments.h"
#include "cli/command.h"

#include <string>
#include <string_view>

namespace wsoa {

inline Result<Exit> do_nothing(const Invocation&, Surroundings&) { return Exit::done; }

inline Result<Details> sample_details(std::string_view kind) {
    Details more{.help = "say how far an action has come",
                 .example = "wsoa record progressRecorded TH-1.2 --field-percent 60"};
    if (kind == "progressRecorded") {
        more.options.push_back({.name = "field-percent",
                                .value = "N",
                                .help = "the percentage",
                                .presence = Presence::required});
    }
    return more;
}

// The commands for those who record and look.
inline CommandTable sample_work() {
    return {
        {.name = "progress",
         .group = Group::recording,
         .help = "say how far an action has come",
         .example = "wsoa progress TH-1.2 --percent 60 --text \"14 of 22 staff trained\"",
         .words = {{.name = "ACTION", .help = "the action, such as TH-1.2"}},
         .options = {{.name = "percent",
                      .value = "N",
                      .help = "how far it is, in percent",
                      .presence = Presence::required},
                     {.name = "text", .value = "TEXT", .help = "what was done"},
                     {.name = "because",
                      .value = "TEXT",
                      .help = "the reason",
                      .variable = "WSOA_REASON"}},
         .run = do_nothing},
        {.name = "record",
         .group = Group::recording,
         .help = "record a change of any kind",
         .example = "wsoa record planDrafted TH",
         .words = {{.name = "KIND",
                    .help = "what happened",
                    .choices = {"planDrafted", "progressRecorded"}},
                   {.name = "SUBJECT", .help = "what it is about", .presence = Presence::optional}},
         .options = {{.name = "text", .value = "TEXT", .help = "what was said"}},
         .details = sample_details,
         .notes = [] { return std::string("Kinds: planDrafted, progressRecorded.\n"); },
         .run = do_nothing},
        {.name = "show",
         .group = Group::looking,
         .help = "show a plan",
         .example = "wsoa show TH",
         .words = {{.name = "PLAN", .help = "the plan", .presence = Presence::optional}},
         .run = do_nothing},
    };
}

// A small table with one command of each shape that the program's own table has.
inline CommandTable sample_commands() {
    auto commands = sample_work();
    const CommandTable others{
        {.name = "import",
         .group = Group::running,
         .help = "take in files",
         .example = "wsoa import plan.xlsx",
         .words = {{.name = "FILE", .help = "a file", .repeat = Repeat::many}},
         .run = do_nothing},
        {.name = "init",
         .group = Group::running,
         .help = "begin a ledger",
         .example = "wsoa init --founder head-of-send=a.request",
         .options = {{.name = "founder",
                      .value = "PERSON=FILE",
                      .help = "who founds it",
                      .repeat = Repeat::many}},
         .run = do_nothing},
        {.name = "keys new",
         .group = Group::running,
         .help = "make a key",
         .example = "wsoa keys new mine.pem",
         .words = {{.name = "FILE", .help = "where it goes"}},
         .run = do_nothing},
        {.name = "keys show",
         .group = Group::running,
         .help = "show a key",
         .example = "wsoa keys show mine.pem",
         .words = {{.name = "FILE", .help = "the key's file"}},
         .run = do_nothing},
        {.name = "version",
         .group = Group::about,
         .help = "say the version",
         .example = "wsoa version",
         .run = do_nothing},
    };
    commands.insert(commands.end(), others.begin(), others.end());
    return commands;
}

}  // namespace wsoa
