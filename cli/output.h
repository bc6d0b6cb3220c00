#pragma once

#include "cli/exit.h"
#include "cli/render/json.h"
#include "cli/terminal.h"
#include "ledger/base/bytes.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace wsoa {

enum class Form : std::uint8_t { text, json };
enum class Chatter : std::uint8_t { spoken, silent };
enum class ProgressForm : std::uint8_t { automatic, bar, lines, none };

// Which sort of ledger an answer is about.
enum class Ledgers : std::uint8_t { none, real, rehearsal };

// How the program was asked to speak: --json, --quiet, --progress.
struct Manner {
    Form form = Form::text;
    Chatter chatter = Chatter::spoken;
    ProgressForm progress = ProgressForm::automatic;
};

// Where a command says what it has to say.
//
// Standard output carries the answer and nothing else; all chatter goes to standard error. Under
// --json both carry one JSON object a line, each with a "type", and a failure is the last line of
// standard error: {"type":"fault","exit":5,"id":"conflict","rule":"R07","say":"...","do":"..."},
// without "rule" and "do" where there is none. A failed write of the answer is remembered, and told
// at the end. For one thread.
class Output {
public:
    // The terminal is borrowed.
    Output(const Terminal& terminal, Manner manner);
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    bool is_json() const { return manner_.form == Form::json; }
    // How text for standard output is to be laid out.
    Style style() const { return terminal_.out_style(); }

    // A part of the answer for people: whole lines, the last line break is added if it lacks. Says
    // nothing under --json.
    void text(std::string_view lines);
    // A part of the answer for programs: an object with a "type". Says nothing without --json.
    void json(const Json& object);
    // What is answered from now on is about a ledger: each object says whether that is a rehearsal,
    // under "rehearsal".
    void mark(Ledgers ledgers) { ledgers_ = ledgers; }
    // The answer where it is bytes, in either form. `invalid` if they would go to a terminal.
    Result<void> raw(ByteView bytes);

    // Chatter: one sentence, not spoken under --quiet.
    void note(std::string_view sentence);
    // What must be heard also under --quiet.
    void warn(std::string_view sentence);

    // How progress is to be shown here and now; `automatic` no longer.
    ProgressForm progress_form() const;
    // Bytes to standard error as they are: for Progress.
    void status(std::string_view bytes);
    std::size_t status_width() const { return terminal_.style.width; }

    // Writes out what was answered so far: for a command that goes on for long. A failure is told
    // by finish().
    void flush();
    // The last call: writes what is left, tells the failure if there is one, and gives the code to
    // end with. An answer that could not be written turns `done` into `could_not`.
    Exit finish(const Result<Exit>& outcome);

private:
    void answer(std::string_view bytes);
    void tell(const Error& error);
    int write_failure();

    const Terminal& terminal_;
    Manner manner_;
    Ledgers ledgers_ = Ledgers::none;
    std::string waiting_;  // of the answer, not yet written
    int failure_ = 0;      // errno of the first write of the answer that failed
    bool has_answered_ = false;
};

// A failure as people read it: "wsoa: the message (rule R07).", then the advice.
std::string fault_text(const Error& error, const Style& style);
// A failure as one JSON object.
Json fault_json(const Error& error);

}  // namespace wsoa
