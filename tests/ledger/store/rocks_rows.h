#pragma once

#include "ledger/base/sha256.h"
#include "ledger/store/store.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace wsoa {

// Rows with numbers from 0 on, as events have them, whose values can be foretold and not be
// compressed.
inline Bytes row_key(std::uint64_t number) {
    Bytes key{'e'};
    append_u64(key, number);
    return key;
}

inline Bytes row_value(std::uint64_t number) {
    Bytes value;
    for (std::uint8_t part = 0; part < 4; ++part) {
        auto seed = row_key(number);
        seed.push_back(part);
        append(value, sha256(seed).view());
    }
    return value;
}

inline Batch batch_of(std::uint64_t from, std::uint64_t to) {
    Batch batch;
    for (auto number = from; number < to; ++number) {
        batch.put(row_key(number), row_value(number));
    }
    return batch;
}

inline void put_rows(Store& store, std::uint64_t from, std::uint64_t to) {
    const auto written = store.write(batch_of(from, to));
    ASSERT_TRUE(written.ok()) << written.error().message;
}

// How many rows there are, from 0 on without a gap and each with its value. `corrupt` for a row
// that is not the next one, whoever is to blame.
inline Result<std::uint64_t> count_rows(const Store& store) {
    const auto snapshot = TRY(store.snapshot());
    std::uint64_t count = 0;
    const auto visit = [&count](ByteView key, ByteView value) -> Result<Snapshot::Step> {
        if (!equal(key, row_key(count)) || !equal(value, row_value(count))) {
            ADD_FAILURE() << "row " << count << " is missing or wrong, and the scan went on";
            return Error{Fault::corrupt, "a hole"};
        }
        ++count;
        return Snapshot::Step::next;
    };
    TRY(snapshot->scan(bytes_of("e"), bytes_of("f"), visit));
    return count;
}

// The files in the folder whose names end so, in the order of their names.
inline std::vector<std::filesystem::path> files_ending(const std::filesystem::path& folder,
                                                       const std::string& end) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().string().ends_with(end)) {
            paths.push_back(entry.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

inline void flip_bit(const std::filesystem::path& path, std::uint64_t place, std::uint64_t bit) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(place));
    const auto byte = static_cast<char>(file.get() ^ (1 << bit));
    file.seekp(static_cast<std::streamoff>(place));
    file.put(byte);
    ASSERT_TRUE(file.good()) << path;
}

}  // namespace wsoa
