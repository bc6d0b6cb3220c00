#include "ledger/store/sighting.h"

#include "ledger/base/text.h"
#include "ledger/tree/lines.h"

#include <algorithm>
#include <functional>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view first_line = "wsoa-sightings/v1";
constexpr std::size_t with_root_max = 64;
constexpr std::size_t told_bytes_max = 200;
constexpr std::size_t file_bytes_max = 65'536;

Result<Sighting> parse_line(std::string_view line) {
    const auto space = line.find(' ');
    const auto next = space == std::string_view::npos ? space : line.find(' ', space + 1);
    if (next == std::string_view::npos) {
        return Error{Fault::invalid, "a line should hold a size, a root and who told it"};
    }
    Sighting sighting;
    sighting.size.value = TRY(parse_decimal(line.substr(0, space)));
    const auto root = line.substr(space + 1, next - space - 1);
    if (root != "-") {
        sighting.root = TRY(hash_from_hex(root));
    }
    sighting.by = line.substr(next + 1);
    return sighting;
}

// Reads them, lets them be changed, and writes them, one process at a time.
Result<void> change(const fs::path& guard, const Hash& ledger,
                    const std::function<Result<void>(std::vector<Sighting>&)>& how) {
    const auto path = sightings_of(guard);
    const auto lock = TRY(OpenFile::open(path.string() + ".lock", OpenFile::Use::create_write));
    const bool is_ours = TRY(lock->try_lock());
    if (!is_ours) {
        return error(Fault::busy, "another process writes {}", path.string())
            .advise("give the command again");
    }
    auto sightings = TRY(read_sightings(guard, ledger));
    TRY(how(sightings));
    const auto text = sightings_text(sightings, ledger);
    return write_durably(path, bytes_of(text), Access::everyone);
}

bool is_bare(const Sighting& sighting) { return !sighting.root; }

}  // namespace

Result<std::vector<Sighting>> parse_sightings(std::string_view text, const Hash& ledger) {
    LineReader lines(text);
    const auto first = TRY(lines.line("its first line"));
    const auto named = TRY(lines.line_after("ledger "));
    if (first != first_line || named != to_hex(ledger.view())) {
        return Error{Fault::invalid, "it should begin with its form and this ledger's id"};
    }
    std::vector<Sighting> sightings;
    while (!lines.at_end()) {
        const auto line = TRY(lines.line("a sighting"));
        sightings.push_back(TRY(parse_line(line)));
    }
    return sightings;
}

std::string sightings_text(const std::vector<Sighting>& sightings, const Hash& ledger) {
    auto text = fmt::format("{}\nledger {}\n", first_line, to_hex(ledger.view()));
    for (const auto& each : sightings) {
        text += fmt::format("{} {} {}\n", each.size.value,
                            each.root ? to_hex(each.root->view()) : "-", each.by);
    }
    return text;
}

fs::path sightings_of(const fs::path& guard) { return guard.string() + ".sightings"; }

Result<std::vector<Sighting>> read_sightings(const fs::path& guard, const Hash& ledger) {
    const auto path = sightings_of(guard);
    const auto bytes = read_file(path, file_bytes_max);
    if (!bytes.ok()) {
        return bytes.error().fault == Fault::missing
                   ? Result<std::vector<Sighting>>(std::vector<Sighting>{})
                   : Result<std::vector<Sighting>>(bytes.error());
    }
    auto sightings = parse_sightings(text_of(bytes.value()), ledger);
    if (!sightings.ok()) {
        return error(Fault::corrupt, "what others saw of the ledger, {}, is damaged: {}",
                     path.string(), sightings.error().message)
            .advise(
                "nothing is recorded before it is known that nobody has seen more: ask each "
                "witness what it last cosigned; then move the file away");
    }
    return sightings;
}

Result<void> keep_sighting(const fs::path& guard, const Hash& ledger, const Sighting& sighting) {
    auto kept = sighting;
    kept.by = excerpt_of(sighting.by, told_bytes_max);
    return change(guard, ledger, [&](std::vector<Sighting>& all) -> Result<void> {
        const auto bare = std::ranges::find_if(all, is_bare);
        if (is_bare(kept) && bare != all.end()) {
            *bare = bare->size < kept.size ? kept : *bare;
            return done();
        }
        const auto is_same = [&](const Sighting& each) {
            return each.size == kept.size && each.root == kept.root;
        };
        if (std::ranges::none_of(all, is_same)) {
            all.push_back(kept);
        }
        const auto oldest = std::ranges::find_if_not(all, is_bare);
        if (std::ranges::count_if(all, std::not_fn(is_bare)) >
            static_cast<std::ptrdiff_t>(with_root_max)) {
            all.erase(oldest);
        }
        return done();
    });
}

Result<void> withdraw_sighting(const fs::path& guard, const Hash& ledger, TreeSize size) {
    return change(guard, ledger, [&](std::vector<Sighting>& all) -> Result<void> {
        const auto before = all.size();
        std::erase_if(all,
                      [&](const Sighting& each) { return is_bare(each) && each.size == size; });
        if (all.size() == before) {
            return error(Fault::missing, "nobody told of {} events by number alone", size.value)
                .advise("`wsoa guard show` lists what was seen");
        }
        return done();
    });
}

}  // namespace wsoa
