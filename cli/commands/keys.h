#pragma once

#include "cli/command.h"

namespace wsoa {

// Makes a key pair in a file that `openssl pkey` reads.
CommandSpec keys_new_command();
// Shows a key's public half.
CommandSpec keys_show_command();
// Puts a key file under another passphrase.
CommandSpec keys_seal_command();
// Writes the file that asks for a key to be enrolled.
CommandSpec keys_request_command();

}  // namespace wsoa
