#pragma once

#include "ledger/keys/signature.h"
#include "schemas/types.capnp.h"
#include "tests/support/ledger_builder.h"

#include <string>
#include <vector>

// Who and what is there when a simulation begins: people with their roles, two plans with their
// parts, and nothing done yet.
namespace wsoa::test::town {

struct Grant {
    std::string person;
    schema::Role role;
    std::string scope;  // empty: everything
};
const std::vector<Grant>& grants();
// All who are enrolled.
const std::vector<std::string>& people();
// Whom nobody enrolled.
inline const std::string stranger = "passer-by";

const std::vector<std::string>& plans();
const std::vector<std::string>& areas();
const std::vector<std::string>& actions();
// "TH" of "TH-1.2"; "TH-1" of it.
std::string plan_of(const std::string& subject);
std::string area_of(const std::string& action);

// A person's key of that number; number 0 is the builder's.
const Signer& signer_of(const std::string& person, std::size_t number);

// Writes all of it, in accordance with the rules.
void settle(LedgerBuilder& builder);

}  // namespace wsoa::test::town
