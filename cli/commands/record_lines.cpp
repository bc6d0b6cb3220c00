#include "cli/commands/record_lines.h"

#include "cli/commands/line_documents.h"
#include "cli/lines.h"
#include "cli/progress.h"
#include "ledger/base/counted.h"

#include <charconv>
#include <fstream>
#include <iostream>
#include <map>

namespace wsoa {
namespace {

struct NumberedLine {
    std::size_t number = 0;  // in the file, from 1
    ChangeLine line;
};

Result<std::vector<NumberedLine>> read_lines(std::istream& input, const Invocation& given) {
    std::vector<NumberedLine> lines;
    TRY(each_line(input, [&](std::size_t number, const std::string& text) -> Result<void> {
        auto line = parse_change_line(text);
        if (!line.ok()) {
            return std::move(line).error().explain("line {}", number);
        }
        if (given.has("resume") && !line.value().id) {
            return error(Fault::invalid,
                         "line {} has no id, so that it cannot be told whether it stands", number)
                .advise("give every line an id, a UUIDv7, before the file is given again");
        }
        lines.push_back({.number = number, .line = std::move(line).value()});
        return done();
    }));
    return lines;
}

Result<const Signer*> signer_for(Desk& desk, const ChangeLine& line) {
    const auto folder = desk.given().find("keys");
    if (!folder) {
        const auto* signer = TRY(desk.signer());
        return signer;
    }
    auto* ledger = TRY(desk.writing());
    if (!ledger->facts().is_rehearsal) {
        return Error{Fault::refused, "only in a rehearsal does one person sign for others",
                     "give --key, and let each record their own"};
    }
    if (!line.by) {
        return Error{Fault::invalid, "the line does not say by whom it is", "give it \"by\""};
    }
    return desk.signer_of(*line.by, *folder);
}

// "by" must be the person whose key signs.
Result<void> check_author(Desk& desk, const ChangeLine& line, const Signer& signer) {
    if (!line.by) {
        return done();
    }
    auto* ledger = TRY(desk.writing());
    const auto* state = TRY(ledger->state_with(std::nullopt));
    const auto holder = state->keyring.holder_of(signer.key());
    if (holder && *holder != *line.by) {
        return error(Fault::refused, "the line is by {}, but the key is {}'s", line.by->str(),
                     holder->str())
            .advise("record it with the key of the person whom it names");
    }
    return done();
}

using Recorded = std::map<ChangeId, EventIndex>;

Result<void> resolve_answers(ChangeLine& line, const Recorded& recorded) {
    if (!line.answers) {
        return done();
    }
    if (const auto* id = std::get_if<ChangeId>(&*line.answers)) {
        const auto found = recorded.find(*id);
        if (found == recorded.end()) {
            return error(Fault::invalid, "it answers {}, which is no earlier line", id->str())
                .advise("put the line that it answers before it, or give the event's number");
        }
        line.answers = found->second;
    }
    return done();
}

Result<Committed> record_line(Desk& desk, LineDocuments* documents, ChangeLine& line,
                              const Recorded& recorded) {
    const auto* signer = TRY(signer_for(desk, line));
    TRY(check_author(desk, line, *signer));
    TRY(resolve_answers(line, recorded));
    return documents != nullptr ? documents->record(line, *signer) : desk.record(line, *signer);
}

}  // namespace

Result<EventIndex> answered_event(std::string_view typed) {
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(typed.data(), typed.data() + typed.size(), value);
    if (typed.empty() || failure != std::errc{} || end != typed.data() + typed.size()) {
        return error(Fault::invalid, "\"{}\" is not an event's number", typed)
            .advise("`wsoa log` shows the numbers");
    }
    return EventIndex{value};
}

Result<Exit> record_lines(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto& path = given.value("lines");
    std::ifstream file;
    if (path != "-") {
        file.open(path, std::ios::binary);
        if (!file) {
            return error(Fault::missing, "the file {} cannot be read", path);
        }
    }
    auto lines = TRY(read_lines(path == "-" ? std::cin : file, given));
    std::unique_ptr<LineDocuments> documents;
    if (const auto folder = given.find("documents")) {
        documents = TRY(LineDocuments::open(desk, *folder));
    }
    Recorded recorded;
    std::uint64_t count = 0;
    std::uint64_t there_already = 0;
    {
        Progress progress(around.output, "Recording lines", lines.size());
        for (auto& [number, line] : lines) {
            auto committed = record_line(desk, documents.get(), line, recorded);
            if (!committed.ok()) {
                auto failure = std::move(committed).error();
                const auto advice = failure.advice.empty() ? std::string() : failure.advice + "; ";
                return std::move(failure)
                    .explain("line {}, after {} of {} that stand", number, count, lines.size())
                    .advise(advice + "then give the same file again with --resume");
            }
            recorded[*line.id] = committed.value().index;
            if (committed.value().was == Committed::Was::there_already) {
                ++there_already;
            }
            progress.reached(++count);
        }
    }
    if (documents) {
        documents->finish();
    }
    around.output.text(fmt::format("{} {}, {} of them from before", counted(count, "change"),
                                   count == 1 ? "stands" : "stand", there_already));
    around.output.json(
        Json::object().set("type", "lines").set("count", count).set("thereAlready", there_already));
    return Exit::done;
}

}  // namespace wsoa
