#include "cli/output.h"

#include "cli/render/text.h"
#include "cli/write.h"

#include <unistd.h>

#include <cerrno>

namespace wsoa {
namespace {

constexpr std::size_t buffer_bytes = 65'536;

std::string line_of(std::string_view type, std::string_view sentence) {
    return Json::object().set("type", type).set("say", sentence).str() + '\n';
}

// Advice may show commands on lines of their own; all else in it is made printable.
std::string printable_lines(std::string_view text) {
    std::string block;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        block += printable(text.substr(0, end)) + '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return block;
}

}  // namespace

Output::Output(const Terminal& terminal, Manner manner) : terminal_(terminal), manner_(manner) {}

void Output::text(std::string_view lines) {
    if (is_json() || lines.empty()) {
        return;
    }
    answer(lines);
    if (lines.back() != '\n') {
        answer("\n");
    }
}

void Output::json(const Json& object) {
    if (!is_json()) {
        return;
    }
    auto marked = object;
    if (ledgers_ != Ledgers::none) {
        marked.set("rehearsal", ledgers_ == Ledgers::rehearsal);
    }
    answer(marked.str() + '\n');
}

Result<void> Output::raw(ByteView bytes) {
    if (terminal_.out_is_terminal) {
        return Error{Fault::invalid, "this is not for a terminal: it is bytes, not text"}.advise(
            "send it to a file or another program: add > FILE.");
    }
    answer(text_of(bytes));
    return done();
}

void Output::answer(std::string_view bytes) {
    waiting_ += bytes;
    has_answered_ = true;
    if (waiting_.size() >= buffer_bytes || terminal_.out_is_terminal) {
        flush();
    }
}

void Output::flush() {
    if (failure_ == 0) {
        failure_ = write_all(terminal_.streams.out, waiting_);
    }
    waiting_.clear();
}

void Output::note(std::string_view sentence) {
    if (manner_.chatter == Chatter::silent) {
        return;
    }
    flush();
    status(is_json() ? line_of("note", sentence) : printable(sentence) + '\n');
}

void Output::warn(std::string_view sentence) {
    flush();
    const auto style = terminal_.err_style();
    status(is_json() ? line_of("warning", sentence)
                     : painted("wsoa: warning:", Colour::yellow, style) + " " +
                           printable(sentence) + '\n');
}

ProgressForm Output::progress_form() const {
    if (manner_.chatter == Chatter::silent) {
        return ProgressForm::none;
    }
    switch (manner_.progress) {
        case ProgressForm::none:
        case ProgressForm::lines: return manner_.progress;
        case ProgressForm::automatic:
            if (!terminal_.err_is_terminal || is_json()) {
                return ProgressForm::none;
            }
            break;
        case ProgressForm::bar: break;
    }
    return terminal_.can_redraw() && !is_json() ? ProgressForm::bar : ProgressForm::lines;
}

// Nobody is left to be told when standard error fails.
void Output::status(std::string_view bytes) { write_all(terminal_.streams.err, bytes); }

void Output::tell(const Error& error) {
    status(is_json() ? fault_json(error).str() + '\n' : fault_text(error, terminal_.err_style()));
}

// Some file systems tell of a full disk only on closing; a copy of the descriptor can be closed.
int Output::write_failure() {
    if (failure_ == 0 && has_answered_) {
        const int copy = ::dup(terminal_.streams.out);
        if (copy >= 0 && ::close(copy) != 0 && errno != EINTR) {
            failure_ = errno;
        }
    }
    return failure_;
}

Exit Output::finish(const Result<Exit>& outcome) {
    flush();
    if (!outcome.ok()) {
        tell(outcome.error());
        return exit_of(outcome.error().fault);
    }
    const int failure = write_failure();
    if (failure == 0) {
        return outcome.value();
    }
    tell(error(Fault::unavailable, "the answer could not be written to standard output: {}",
               reason_of(failure))
             .advise("what the command did is done; only its answer is incomplete."));
    return outcome.value() == Exit::done ? Exit::could_not : outcome.value();
}

std::string fault_text(const Error& error, const Style& style) {
    auto message = printable(error.message);
    if (!message.empty() && message.back() == '.') {
        message.pop_back();
    }
    if (!error.rule.empty()) {
        message += " (rule " + printable(error.rule) + ")";
    }
    const bool is_closed = !message.empty() && (message.back() == '!' || message.back() == '?');
    return painted("wsoa:", Colour::red, style) + " " + message + (is_closed ? "\n" : ".\n") +
           printable_lines(error.advice);
}

Json fault_json(const Error& error) {
    auto fault = Json::object();
    fault.set("type", "fault").set("exit", code_of(exit_of(error.fault)));
    fault.set("id", name_of(error.fault));
    if (!error.rule.empty()) {
        fault.set("rule", error.rule);
    }
    fault.set("say", error.message);
    if (!error.advice.empty()) {
        fault.set("do", error.advice);
    }
    return fault;
}

}  // namespace wsoa
