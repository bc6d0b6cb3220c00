#pragma once

#include <cstddef>
#include <cstdint>

// The largest of everything. Each bound is checked where bytes or text come in, so that nobody else
// has to; none is an attacker's to choose.
namespace wsoa::limits {

inline constexpr std::size_t event_bytes_max = 65'535;   // tlog-tiles: u16 length of an entry
inline constexpr std::size_t change_bytes_max = 60'000;  // leaves room for instant and signature
inline constexpr std::size_t words_per_change_max = 32;  // of 63 fields
inline constexpr std::size_t word_bytes_max = 32'768;    // one field's text, UTF-8
inline constexpr std::size_t text_bytes_max = 1'024;     // a Text field of the leaf
inline constexpr std::size_t reference_bytes_max = 64;   // a subject, person, plan
inline constexpr std::size_t origin_bytes_max = 200;
inline constexpr std::size_t json_line_bytes_max = 1'048'576;
inline constexpr std::size_t json_depth_max = 8;
inline constexpr std::size_t note_bytes_max = 262'144;
inline constexpr std::size_t note_signatures_max = 64;          // signed-note: at least 16
inline constexpr std::size_t note_signature_bytes_max = 8'192;  // signed-note: about 5 kB
inline constexpr std::size_t note_key_bytes_max = 4'096;        // an ML-DSA-44 key takes 1,800
inline constexpr std::size_t receipt_bytes_max = 524'288;       // a note and as much besides
inline constexpr std::size_t proof_hashes_max = 64;             // tlog-witness: 63
inline constexpr std::size_t key_file_bytes_max = 16'384;
inline constexpr std::uint64_t events_max = std::uint64_t{1}
                                            << 34;  // 40 levels of key tree, 6 of them for fields
inline constexpr std::int32_t day_min = -25'567;    // 1900-01-01
inline constexpr std::int32_t day_max = 84'005;     // 2199-12-31

}  // namespace wsoa::limits
