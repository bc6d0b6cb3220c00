#include "projections/plan_bytes.h"

#include "ledger/base/sha256.h"
#include "projections/records.h"

namespace wsoa {
namespace record {

template <>
struct Codec<Proposal> {
    static void put(Bytes& to, const Proposal& value) {
        record::put(to, value.index);
        record::put(to, value.effective);
        record::put(to, value.by);
        record::put(to, value.scale);
        put_text(to, value.from);
        put_text(to, value.to);
        record::put(to, value.confirmed_by);
    }
    static Result<Proposal> get(ByteReader& from) {
        const auto index = TRY(record::get<EventIndex>(from));
        const auto effective = TRY(record::get<Date>(from));
        auto by = TRY(record::get<PersonId>(from));
        const auto scale = TRY(from.u16());
        auto code_from = TRY(get_rating_code(from));
        auto code_to = TRY(get_rating_code(from));
        const auto confirmed_by = TRY(record::get<std::optional<EventIndex>>(from));
        return Proposal{.index = index,
                        .effective = effective,
                        .by = std::move(by),
                        .scale = scale,
                        .from = std::move(code_from),
                        .to = std::move(code_to),
                        .confirmed_by = confirmed_by};
    }
};

template <>
struct Codec<Rating> {
    static void put(Bytes& to, const Rating& value) {
        put_text(to, value.code);
        record::put(to, value.scale);
        record::put(to, value.proposal);
        record::put(to, value.confirmed_by);
        record::put(to, value.meeting);
    }
    static Result<Rating> get(ByteReader& from) {
        auto code = TRY(get_rating_code(from));
        const auto scale = TRY(from.u16());
        const auto proposal = TRY(record::get<EventIndex>(from));
        auto confirmed_by = TRY(record::get<PersonId>(from));
        auto meeting = TRY(record::get<std::optional<SubjectRef>>(from));
        return Rating{.code = std::move(code),
                      .scale = scale,
                      .proposal = proposal,
                      .confirmed_by = std::move(confirmed_by),
                      .meeting = std::move(meeting)};
    }
};

template <>
struct Codec<Ratings> {
    static void put(Bytes& to, const Ratings& value) {
        record::put(to, value.proposals);
        record::put(to, value.confirmed);
    }
    static Result<Ratings> get(ByteReader& from) {
        auto proposals = TRY(record::get<std::vector<Proposal>>(from));
        auto confirmed = TRY(record::get<Register<Rating>>(from));
        return Ratings{.proposals = std::move(proposals), .confirmed = std::move(confirmed)};
    }
};

template <>
struct Codec<Area> {
    static void put(Bytes& to, const Area& value) {
        record::put(to, value.ref);
        record::put(to, value.added_at);
        record::put(to, value.lead);
        record::put(to, value.impact);
    }
    static Result<Area> get(ByteReader& from) {
        auto ref = TRY(record::get<SubjectRef>(from));
        const auto added_at = TRY(record::get<EventIndex>(from));
        auto lead = TRY(record::get<Register<PersonId>>(from));
        auto impact = TRY(record::get<Ratings>(from));
        return Area{.ref = std::move(ref),
                    .added_at = added_at,
                    .lead = std::move(lead),
                    .impact = std::move(impact)};
    }
};

template <>
struct Codec<Outcome> {
    static void put(Bytes& to, const Outcome& value) {
        record::put(to, value.ref);
        record::put(to, value.added_at);
        record::put(to, value.area);
    }
    static Result<Outcome> get(ByteReader& from) {
        auto ref = TRY(record::get<SubjectRef>(from));
        const auto added_at = TRY(record::get<EventIndex>(from));
        auto area = TRY(record::get<SubjectRef>(from));
        return Outcome{.ref = std::move(ref), .added_at = added_at, .area = std::move(area)};
    }
};

template <>
struct Codec<ProgressReport> {
    static void put(Bytes& to, const ProgressReport& value) {
        record::put(to, value.index);
        record::put(to, value.by);
        record::put(to, value.period);
        record::put(to, value.percent);
    }
    static Result<ProgressReport> get(ByteReader& from) {
        const auto index = TRY(record::get<EventIndex>(from));
        auto by = TRY(record::get<PersonId>(from));
        const auto period = TRY(record::get<std::optional<Month>>(from));
        const auto percent = TRY(record::get<std::optional<std::uint32_t>>(from));
        return ProgressReport{
            .index = index, .by = std::move(by), .period = period, .percent = percent};
    }
};

template <>
struct Codec<Action::Started> {
    static void put(Bytes& to, const Action::Started& value) {
        record::put(to, value.index);
        record::put(to, value.effective);
    }
    static Result<Action::Started> get(ByteReader& from) {
        const auto index = TRY(record::get<EventIndex>(from));
        const auto effective = TRY(record::get<Date>(from));
        return Action::Started{.index = index, .effective = effective};
    }
};

template <>
struct Codec<Action> {
    static void put(Bytes& to, const Action& value) {
        record::put(to, value.ref);
        record::put(to, value.added_at);
        record::put(to, value.outcome);
        record::put(to, value.area);
        record::put(to, value.owner);
        record::put(to, value.accountable);
        record::put(to, value.organisation);
        record::put(to, value.start);
        record::put(to, value.original_deadline);
        record::put(to, value.deadline);
        record::put(to, value.measures);
        record::put(to, value.evidence_required);
        record::put(to, value.started);
        record::put(to, value.progress);
        record::put(to, value.delivery);
    }
    static Result<Action> get(ByteReader& from) {
        auto ref = TRY(record::get<SubjectRef>(from));
        const auto added_at = TRY(record::get<EventIndex>(from));
        auto outcome = TRY(record::get<SubjectRef>(from));
        auto area = TRY(record::get<SubjectRef>(from));
        auto owner = TRY(record::get<Register<PersonId>>(from));
        auto accountable = TRY(record::get<Register<PersonId>>(from));
        const auto organisation = TRY(record::get<schema::Organisation>(from));
        const auto start = TRY(record::get<Date>(from));
        const auto original_deadline = TRY(record::get<Date>(from));
        auto deadline = TRY(record::get<Register<Date>>(from));
        auto measures = TRY(record::get<std::vector<SubjectRef>>(from));
        const auto evidence_required = TRY(from.u16());
        const auto started = TRY(record::get<std::optional<Action::Started>>(from));
        auto progress = TRY(record::get<Register<ProgressReport>>(from));
        auto delivery = TRY(record::get<Ratings>(from));
        return Action{.ref = std::move(ref),
                      .added_at = added_at,
                      .outcome = std::move(outcome),
                      .area = std::move(area),
                      .owner = std::move(owner),
                      .accountable = std::move(accountable),
                      .organisation = organisation,
                      .start = start,
                      .original_deadline = original_deadline,
                      .deadline = std::move(deadline),
                      .measures = std::move(measures),
                      .evidence_required = evidence_required,
                      .started = started,
                      .progress = std::move(progress),
                      .delivery = std::move(delivery)};
    }
};

template <>
struct Codec<Evidence> {
    static void put(Bytes& to, const Evidence& value) {
        record::put(to, value.ref);
        record::put(to, value.added_at);
        record::put(to, value.by);
        record::put(to, value.type);
        record::put(to, value.version);
        record::put(to, value.date_of_document);
        record::put(to, value.period_start);
        record::put(to, value.period_end);
        record::put(to, value.source);
        record::put(to, value.personal_data);
        record::put(to, value.review_by);
    }
    static Result<Evidence> get(ByteReader& from) {
        auto ref = TRY(record::get<SubjectRef>(from));
        const auto added_at = TRY(record::get<EventIndex>(from));
        auto by = TRY(record::get<PersonId>(from));
        const auto type = TRY(record::get<schema::EvidenceKind>(from));
        const auto version = TRY(from.u16());
        const auto date_of_document = TRY(record::get<std::optional<Date>>(from));
        const auto period_start = TRY(record::get<std::optional<Date>>(from));
        const auto period_end = TRY(record::get<std::optional<Date>>(from));
        const auto source = TRY(record::get<schema::Organisation>(from));
        const auto personal_data = TRY(record::get<schema::PersonalData>(from));
        const auto review_by = TRY(record::get<std::optional<Date>>(from));
        return Evidence{.ref = std::move(ref),
                        .added_at = added_at,
                        .by = std::move(by),
                        .type = type,
                        .version = version,
                        .date_of_document = date_of_document,
                        .period_start = period_start,
                        .period_end = period_end,
                        .source = source,
                        .personal_data = personal_data,
                        .review_by = review_by};
    }
};

}  // namespace record

namespace {

using record::get;
using record::put;

template <typename Parts>
void put_refs(Bytes& to, const Parts& parts) {
    std::vector<SubjectRef> refs;
    refs.reserve(parts.size());
    for (const auto& [ref, part] : parts) {
        refs.push_back(ref);
    }
    put(to, refs);
}

template <typename Parts>
void add_parts(std::vector<PlanPart>& to, const Parts& parts) {
    for (const auto& [ref, part] : parts) {
        Bytes bytes;
        put(bytes, part);
        to.push_back(PlanPart{.ref = ref, .bytes = std::move(bytes)});
    }
}

Bytes first_part(const Plan& plan) {
    Bytes bytes;
    put(bytes, plan.ref);
    put(bytes, plan.drafted_at);
    put(bytes, plan.kind);
    put(bytes, plan.inspected_from);
    put(bytes, plan.inspected_to);
    put(bytes, plan.report_date);
    put(bytes, plan.due);
    put(bytes, plan.partners);
    put(bytes, plan.predecessor);
    put_refs(bytes, plan.areas);
    put_refs(bytes, plan.outcomes);
    put_refs(bytes, plan.actions);
    put_refs(bytes, plan.evidence);
    return bytes;
}

Result<Plan> read_plan_itself(ByteReader& from) {
    auto ref = TRY(get<PlanRef>(from));
    const auto drafted_at = TRY(get<EventIndex>(from));
    const auto kind = TRY(get<schema::PlanKind>(from));
    const auto inspected_from = TRY(get<std::optional<Date>>(from));
    const auto inspected_to = TRY(get<std::optional<Date>>(from));
    const auto report_date = TRY(get<std::optional<Date>>(from));
    const auto due = TRY(get<std::optional<Date>>(from));
    auto partners = TRY(get<std::vector<schema::Organisation>>(from));
    auto predecessor = TRY(get<std::optional<PlanRef>>(from));
    return Plan{.ref = std::move(ref),
                .drafted_at = drafted_at,
                .kind = kind,
                .inspected_from = inspected_from,
                .inspected_to = inspected_to,
                .report_date = report_date,
                .due = due,
                .partners = std::move(partners),
                .predecessor = std::move(predecessor),
                .areas = {},
                .outcomes = {},
                .actions = {},
                .evidence = {}};
}

// Reads the parts that the references name into the plan's map.
template <typename Part>
Result<void> read_parts(std::map<SubjectRef, Part>& into, const std::vector<SubjectRef>& refs,
                        const PartSource& part_of) {
    for (const auto& ref : refs) {
        if (!into.empty() && into.rbegin()->first >= ref) {
            return Error{Fault::corrupt, "a plan's parts do not stand in order, each once"};
        }
        const auto bytes = TRY(part_of(ref));
        auto part = TRY(record::whole<Part>(bytes));
        if (part.ref != ref) {
            return error(Fault::corrupt, "{} stands in the place of {}", part.ref.str(), ref.str());
        }
        into.emplace_hint(into.end(), ref, std::move(part));
    }
    return done();
}

}  // namespace

std::vector<PlanPart> parts_of(const Plan& plan) {
    std::vector<PlanPart> parts;
    parts.push_back(PlanPart{.ref = {}, .bytes = first_part(plan)});
    add_parts(parts, plan.areas);
    add_parts(parts, plan.outcomes);
    add_parts(parts, plan.actions);
    add_parts(parts, plan.evidence);
    return parts;
}

Bytes encode_plan(const Plan& plan) {
    Bytes bytes;
    for (const auto& part : parts_of(plan)) {
        append(bytes, ByteView(part.bytes));
    }
    return bytes;
}

Hash digest_of(const Plan& plan) { return digest_of(parts_of(plan)); }

Hash digest_of(const std::vector<PlanPart>& parts) {
    Sha256 hash;
    hash.add(plan_state_label).add("\n");
    for (const auto& part : parts) {
        hash.add(ByteView(part.bytes));
    }
    return hash.finish();
}

Result<Plan> plan_from_parts(ByteView first, const PartSource& part_of) {
    ByteReader reader(first);
    auto plan = TRY(read_plan_itself(reader));
    const auto areas = TRY(get<std::vector<SubjectRef>>(reader));
    const auto outcomes = TRY(get<std::vector<SubjectRef>>(reader));
    const auto actions = TRY(get<std::vector<SubjectRef>>(reader));
    const auto evidence = TRY(get<std::vector<SubjectRef>>(reader));
    TRY(reader.finish());
    TRY(read_parts(plan.areas, areas, part_of));
    TRY(read_parts(plan.outcomes, outcomes, part_of));
    TRY(read_parts(plan.actions, actions, part_of));
    TRY(read_parts(plan.evidence, evidence, part_of));
    return plan;
}

}  // namespace wsoa
