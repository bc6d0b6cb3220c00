#pragma once

#include "cli/desk.h"
#include "ledger/event/kinds.h"

namespace wsoa {

// What the commands about one item of evidence share.

// The word ITEM.
WordSpec evidence_item_word();

// A command that records something of the item named by its first word: with that word before its
// own ones, and with the options of everything that records.
CommandSpec about_item(CommandSpec command);

// What the schema says of a field that the kind has.
const Field& schema_field(Kind kind, std::string_view name);

// `missing`, with what lists the others.
Error no_such_item(const SubjectRef& ref);

// The item as it is now; its plan is put into what is read.
Result<const Evidence*> item_to_read(Reading& reading, const SubjectRef& ref);
// The same for a command that records, lent until it does.
Result<const Evidence*> item_to_record(Desk& desk, const SubjectRef& ref);

// Signs the line, records it, and shows the receipt.
Result<Committed> record_and_show(Desk& desk, ChangeLine& line);

}  // namespace wsoa
