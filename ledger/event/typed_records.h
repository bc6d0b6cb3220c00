#pragma once

#include "ledger/event/json_reader.h"
#include "ledger/event/layout.h"

#include <string_view>

namespace wsoa {

// A list of records as people type it: "TH-1.1=G,TH-1.2=A". Each record is the values of its fields
// in the schema's order with '=' between, and those at the end that may be absent can be left out.
// `invalid` for a record with more or fewer values; whether a value fits its field is judged by
// fill_field_named.
Result<JsonValue> records_from_text(const Layout& record, std::string_view typed);
// One such record.
Result<JsonValue> record_from_text(const Layout& record, std::string_view typed);

}  // namespace wsoa
