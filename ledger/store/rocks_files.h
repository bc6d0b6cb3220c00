#pragma once

#include <cstddef>
#include <memory>

namespace rocksdb {
class DB;
class Env;
class Logger;
}  // namespace rocksdb

namespace wsoa {

// The engine's files, written without waiting for the disk: a power cut may take or tear what was
// written last, in any order. What is read afterwards is checked like everything else, so that such
// a store does not open, names the damage, or is an older one. Outlives the database that uses it.
std::unique_ptr<rocksdb::Env> unsynced_files();

// Takes the engine's own log, and keeps nothing of it.
std::unique_ptr<rocksdb::Logger> silent_logger();

// How many sorted runs a reading goes through: each file of the first level, and each further level
// that holds any.
std::size_t sorted_runs(rocksdb::DB& db);

}  // namespace wsoa
