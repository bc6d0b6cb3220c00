#pragma once

#include "tests/support/ledger_builder.h"

#include <map>
#include <set>
#include <string>

namespace wsoa::test {

// The members of a pack of what the builder has written, put together by hand and not by the
// program: every leaf, no document, a page of one line, and of words the plan's title.
using PackMembers = std::map<std::string, Bytes>;
PackMembers small_pack(LedgerBuilder& builder, const std::string& plan);

// The same with the entries of these events left out, and their hashes alone in it.
void leave_out(PackMembers& members, const std::vector<std::uint64_t>& events);

// The members as a file; index.html is made anew from the others where `page` says so.
enum class Page { as_it_is, made_anew };
Bytes pack_file(PackMembers members, Page page = Page::made_anew);
// The items that are named in it, each with its outcome: "breach about"; "refused member:..." for
// what could not be read.
std::set<std::string> items_found(const PackMembers& members);
// The members as a file, whose index.html has the page that it had, with the members behind it.
Bytes with_page_again(PackMembers members);

}  // namespace wsoa::test
