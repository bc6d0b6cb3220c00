#include "ledger/inspection/pack_beside.h"

#include "ledger/base/sha256.h"
#include "ledger/event/kinds.h"
#include "ledger/inspection/page_check.h"

#include <algorithm>

namespace wsoa {

std::vector<Workers::Task> PackBeside::tasks() {
    return {[this] { read_members(); }, [this] { page_.emplace(page_of(pack_)); },
            [this] { fold_.emplace(fold_of(pack_)); }, [this] { look_at_words(); }};
}

void PackBeside::read_members() {
    for (const auto& member : pack_.archive().members()) {
        const bool is_document = member.name.starts_with("documents/");
        Sha256 hash;
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
        if (is_document && bytes == member.size) {
            digests_.emplace(member.name, hash.finish());
        }
    }
}

// Nobody is to find more in it than it says.
void PackBeside::look_at_words() {
    Findings findings;
    const auto& about = pack_.about();
    for (const auto& [index, words] : pack_.words()) {
        const auto event = pack_.event(index);
        for (const auto& word : words) {
            const Item item(Item::Of::word, index, name_of(word.field));
            if (!event) {
                findings.breach(item, "something of it is disclosed, but there is no such event");
                continue;
            }
            if (std::ranges::find(about.disclosed, word.field) == about.disclosed.end()) {
                findings.breach(item, "its words in \"{}\" are here, which the pack does not say",
                                name_of(word.field));
            }
            if (!about.restricted &&
                event->envelope().classification == schema::Classification::RESTRICTED) {
                findings.breach(
                    item, "its words are restricted, and the pack says that it holds none such");
            }
        }
    }
    more_disclosed_ = std::move(findings).list();
}

std::optional<Hash> PackBeside::digest_of(const std::string& document) const {
    const auto found = digests_.find(document);
    return found == digests_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace wsoa
