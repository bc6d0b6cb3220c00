#pragma once

#include "cli/render/style.h"
#include "cli/variables.h"

namespace wsoa {

// The three streams of the process, by number; a test gives files and pipes instead.
struct Descriptors {
    int in = 0;
    int out = 1;
    int err = 2;
};

// What stands at the other end of the streams, looked at once when the program starts.
//
// Colour only on a terminal, and not where NO_COLOR is set or TERM is dumb; ACCESSIBLE=1 asks for
// output that reads well aloud. The width is the terminal's, else COLUMNS, else 80.
struct Terminal {
    Descriptors streams;
    bool in_is_terminal = false;
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    bool is_dumb = false;  // cannot redraw a line
    Style style;           // as a terminal here would have it

    static Terminal look(const Descriptors& streams, const Variables& variables);

    // For what goes to standard output, and to standard error.
    Style out_style() const;
    Style err_style() const;
    // Whether somebody can be asked: both ends of a conversation are terminals.
    bool can_ask() const { return in_is_terminal && err_is_terminal; }
    // Whether a line may be drawn over again on standard error.
    bool can_redraw() const { return err_is_terminal && !is_dumb && !style.is_accessible; }
};

}  // namespace wsoa
