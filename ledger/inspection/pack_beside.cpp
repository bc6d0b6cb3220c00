#include "ledger/inspection/pack_beside.h"

#include "ledger/base/sha256.h"
#include "ledger/inspection/page_check.h"

namespace wsoa {

std::vector<Workers::Task> PackBeside::tasks() {
    return {[this] { read_members(); }, [this] { page_.emplace(page_of(pack_)); }};
}

void PackBeside::read_members() {
    Sha256 hash;
    for (const auto& member : pack_.archive().members()) {
        const bool is_document = member.name.starts_with("documents/");
        std::uint64_t bytes = 0;
        const auto read = pack_.archive().read(member, [&](ByteView part) {
            bytes += part.size();
            if (is_document) {
                hash.add(part);
            }
            return done();
        });
        if (!read.ok()) {
            damaged_.push_back({.member = member.name, .what = read.error().message});
        }
        const auto digest = is_document ? std::optional(hash.finish()) : std::nullopt;
        if (digest && bytes == member.size) {
            digests_.emplace(member.name, *digest);
        }
    }
}

std::optional<Hash> PackBeside::digest_of(const std::string& document) const {
    const auto found = digests_.find(document);
    return found == digests_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace wsoa
