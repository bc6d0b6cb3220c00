#include "projections/plan_bytes.h"

#include "ledger/base/sha256.h"
#include "projections/plan_members.h"

#include <array>
#include <tuple>

namespace wsoa {
namespace {

// What of a plan stands in its first part, in the order in which plan.h declares it, and what it
// keeps by what it is about.
constexpr auto members_of_plan = std::tuple(
    &Plan::drafted_at, &Plan::drafted_on, &Plan::kind, &Plan::inspected_from, &Plan::inspected_to,
    &Plan::report_date, &Plan::due, &Plan::partners, &Plan::predecessor, &Plan::stage,
    &Plan::versions, &Plan::baselines, &Plan::succession, &Plan::policy, &Plan::scales,
    &Plan::changes, &Plan::handovers, &Plan::strategies, &Plan::bodies, &Plan::reports,
    &Plan::engagements, &Plan::self_evaluations, &Plan::conclusions, &Plan::marks,
    &Plan::closed_periods, &Plan::retentions);

// Its maps of parts that have a reference of their own, in their order.
constexpr auto maps_of_plan =
    std::tuple(&Plan::areas, &Plan::outcomes, &Plan::actions, &Plan::milestones, &Plan::measures,
               &Plan::evidence, &Plan::meetings, &Plan::decisions, &Plan::challenges,
               &Plan::exceptions, &Plan::risks, &Plan::reviews, &Plan::requests, &Plan::packs,
               &Plan::publications, &Plan::holds, &Plan::erasures);

template <typename Parts>
std::vector<SubjectRef> references_in(const Parts& parts) {
    std::vector<SubjectRef> refs;
    refs.reserve(parts.size());
    for (const auto& [ref, part] : parts) {
        refs.push_back(ref);
    }
    return refs;
}

template <typename Parts>
void add_parts(std::vector<PlanPart>& to, const Parts& parts) {
    for (const auto& [ref, part] : parts) {
        Bytes bytes;
        record::put(bytes, part);
        to.push_back(PlanPart{.ref = ref, .bytes = std::move(bytes)});
    }
}

Bytes first_part(const Plan& plan) {
    Bytes bytes;
    record::put(bytes, plan.ref);
    std::apply([&](auto... member) { (record::put(bytes, plan.*member), ...); }, members_of_plan);
    std::apply([&](auto... map) { (record::put(bytes, references_in(plan.*map)), ...); },
               maps_of_plan);
    return bytes;
}

template <typename Value>
void get_into(Value& into, ByteReader& from, Result<void>& so_far) {
    if (!so_far.ok()) {
        return;
    }
    auto value = record::get<Value>(from);
    if (value.ok()) {
        into = std::move(value).value();
    } else {
        so_far = std::move(value).error();
    }
}

Result<Plan> read_plan_itself(ByteReader& from) {
    auto ref = TRY(record::get<PlanRef>(from));
    Plan plan{.ref = std::move(ref),
              .drafted_at = {},
              .drafted_on = {},
              .kind = {},
              .inspected_from = {},
              .inspected_to = {},
              .report_date = {},
              .due = {},
              .partners = {},
              .predecessor = {}};
    auto so_far = done();
    std::apply([&](auto... member) { (get_into(plan.*member, from, so_far), ...); },
               members_of_plan);
    TRY(std::move(so_far));
    return plan;
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
    std::apply([&](auto... map) { (add_parts(parts, plan.*map), ...); }, maps_of_plan);
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
    std::array<std::vector<SubjectRef>, std::tuple_size_v<decltype(maps_of_plan)>> refs;
    for (auto& list : refs) {
        list = TRY(record::get<std::vector<SubjectRef>>(reader));
    }
    TRY(reader.finish());
    auto so_far = done();
    auto list = refs.begin();
    std::apply(
        [&](auto... map) {
            ((so_far = so_far.ok() ? read_parts(plan.*map, *list, part_of) : std::move(so_far),
              ++list),
             ...);
        },
        maps_of_plan);
    TRY(std::move(so_far));
    return plan;
}

}  // namespace wsoa
