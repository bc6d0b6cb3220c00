#include "ledger/inspection/pack_source.h"

#include "ledger/inspection/pack_members.h"
#include "ledger/keys/timestamp.h"
#include "ledger/tree/anchored.h"

namespace wsoa {

Result<VerifySource::Rows<Bytes>> PackSource::entries(LeafRange range) const {
    Rows<Bytes> rows;
    rows.reserve(range.count());
    for (auto i = range.begin; i < range.end; ++i) {
        const bool is_here = i < pack_.entries().size() && !pack_.is_left_out({i});
        rows.push_back(is_here ? std::optional(copy_of(pack_.entries()[i])) : std::nullopt);
    }
    return rows;
}

Result<VerifySource::Rows<Hash>> PackSource::nodes(std::uint32_t level, LeafRange range) const {
    Rows<Hash> rows;
    for (auto i = range.begin; i < range.end; ++i) {
        const bool is_stated = level == 0 && pack_.is_left_out({i});
        rows.push_back(is_stated ? std::optional(pack_.stated_leaf({i})) : std::nullopt);
    }
    return rows;
}

Result<VerifySource::Checkpoints> PackSource::checkpoints(LeafRange sizes) const {
    Checkpoints found;
    if (sizes.begin < size().value && size().value <= sizes.end) {
        found.emplace_back(size(), pack_.checkpoint());
    }
    return found;
}

Result<VerifySource::Rows<Bytes>> PackSource::sealed_words(LeafRange range) const {
    return Rows<Bytes>(range.count());
}
Result<std::optional<Bytes>> PackSource::manifest(DocumentNumber /*number*/) const {
    return std::optional<Bytes>{};
}
Result<std::optional<Bytes>> PackSource::plan_copy(const std::optional<PlanRef>& /*plan*/,
                                                   EventIndex /*index*/) const {
    return std::optional<Bytes>{};
}
Result<std::optional<EventIndex>> PackSource::subject_event(const SubjectRef& /*subject*/,
                                                            std::uint32_t /*version*/) const {
    return std::optional<EventIndex>{};
}
Result<std::optional<EventIndex>> PackSource::change_event(const KeyId& /*author*/,
                                                           const ChangeId& /*id*/) const {
    return std::optional<EventIndex>{};
}
Result<std::optional<EventIndex>> PackSource::erasure_of(EventIndex /*event*/) const {
    return std::optional<EventIndex>{};
}
Result<std::optional<EventIndex>> PackSource::vault_mark() const {
    return std::optional<EventIndex>{};
}
Result<RowCounts> PackSource::count_rows(RowVisitor& /*visitor*/) const { return RowCounts{}; }

namespace {

constexpr std::size_t note_bytes_max = std::size_t{1} << 20;

// Null where there is none; what cannot be read is no note.
std::optional<std::string> note_in(const PackFile& pack, const std::string& name) {
    const auto* const member = pack.archive().find(name);
    if (member == nullptr) {
        return std::nullopt;
    }
    const auto bytes = pack.archive().look(*member, note_bytes_max);
    return std::string(bytes.ok() ? text_of(bytes.value()) : std::string_view());
}

void each_note(const PackFile& pack, const std::function<void(const KeptNote&)>& visit) {
    visit(KeptNote{.size = pack.about().size, .note = pack.checkpoint()});
    for (const auto& member : pack.archive().members()) {
        const auto earlier = earlier_member(member.name);
        const auto note =
            earlier && !earlier->timestamp ? note_in(pack, member.name) : std::nullopt;
        if (note && earlier->size < pack.about().size) {
            visit(KeptNote{.size = earlier->size, .note = *note, .member = member.name});
        }
    }
}

void each_token(const PackFile& pack, const std::function<void(const KeptToken&)>& visit) {
    for (const auto& member : pack.archive().members()) {
        const auto earlier = earlier_member(member.name);
        const bool is_token = earlier && earlier->timestamp && earlier->size < pack.about().size;
        if (!is_token && !is_timestamp_member(member.name)) {
            continue;
        }
        const auto text = is_token ? note_in(pack, earlier->note()) : pack.checkpoint();
        const auto note = text ? Note::parse(*text) : error(Fault::missing, "it is not there");
        auto reply = pack.archive().read(member, timestamp_reply_bytes_max);
        if (note.ok() && reply.ok()) {
            visit(KeptToken{.name = member.name,
                            .size = is_token ? earlier->size : pack.about().size,
                            .reply = std::move(reply).value(),
                            .stamped = signed_by_log_alone(note.value()),
                            .roots = {}});
        }
    }
}

}  // namespace

Outside outside_of(const PackFile& pack) {
    return {.notes =
                [&](const auto& visit) {
                    each_note(pack, visit);
                    return done();
                },
            .tokens =
                [&](const auto& visit) {
                    each_token(pack, visit);
                    return done();
                },
            .from = Outside::From::pack};
}

}  // namespace wsoa
