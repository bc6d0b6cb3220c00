#include "ledger/state/plan_bytes.h"

#include "ledger/base/sha256.h"
#include "ledger/state/plan_parts.h"

#include <array>
#include <tuple>

namespace wsoa {

using record::Source;

namespace {

template <typename Parts>
std::vector<SubjectRef> references_in(const Parts& parts) {
    std::vector<SubjectRef> refs;
    refs.reserve(parts.size());
    for (const auto& [ref, part] : parts) {
        refs.push_back(ref);
    }
    return refs;
}

void put_first_part(Bytes& to, const Plan& plan) {
    record::put(to, plan.ref);
    std::apply([&](auto... member) { (record::put(to, plan.*member), ...); }, members_of_plan);
    std::apply([&](auto... map) { (record::put(to, references_in(plan.*map)), ...); },
               maps_of_plan);
}

template <typename Parts, typename Visit>
void each_part_in(const Parts& parts, const Visit& visit) {
    for (const auto& [ref, part] : parts) {
        visit(ref, part);
    }
}
// Every part but the first, with its reference.
template <typename Visit>
void each_part_of(const Plan& plan, const Visit& visit) {
    std::apply([&](auto... map) { (each_part_in(plan.*map, visit), ...); }, maps_of_plan);
}

template <typename Value>
void get_into(Value& into, Source& from) {
    if (auto value = record::get<Value>(from)) {
        into = std::move(*value);
    }
}

Result<Plan> read_plan_itself(Source& from) {
    auto ref = TRY(record::or_error(record::get<PlanRef>(from), from));
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
    std::apply([&](auto... member) { (get_into(plan.*member, from), ...); }, members_of_plan);
    return plan;
}

// Which type of part is to be read.
template <typename Part>
struct Of {};

// Reads the parts that the references name into the plan's map.
template <typename Part, typename GetPart>
Result<void> read_parts(std::map<SubjectRef, Part>& into, const std::vector<SubjectRef>& refs,
                        const GetPart& get_part) {
    for (const auto& ref : refs) {
        if (!into.empty() && into.rbegin()->first >= ref) {
            return Error{Fault::corrupt, "a plan's parts do not stand in order, each once"};
        }
        auto part = TRY(get_part(ref, Of<Part>{}));
        if (part.ref != ref) {
            return error(Fault::corrupt, "{} stands in the place of {}", part.ref.str(), ref.str());
        }
        into.emplace_hint(into.end(), ref, std::move(part));
    }
    return done();
}

// Reads the first part, whose end is the reader's or where the others begin, and has each other one
// read by its reference.
template <typename GetPart>
Result<Plan> read_plan(Source& source, const GetPart& get_part) {
    auto plan = TRY(read_plan_itself(source));
    std::array<std::vector<SubjectRef>, std::tuple_size_v<decltype(maps_of_plan)>> refs;
    for (auto& list : refs) {
        list = TRY(record::or_error(record::get<std::vector<SubjectRef>>(source), source));
    }
    auto so_far = done();
    auto list = refs.begin();
    std::apply(
        [&](auto... map) {
            ((so_far = so_far.ok() ? read_parts(plan.*map, *list, get_part) : std::move(so_far),
              ++list),
             ...);
        },
        maps_of_plan);
    TRY(std::move(so_far));
    TRY(source.finish());
    return plan;
}

}  // namespace

std::vector<PlanPart> parts_of(const Plan& plan) {
    std::vector<PlanPart> parts(1);
    put_first_part(parts.front().bytes, plan);
    each_part_of(plan, [&](const SubjectRef& ref, const auto& part) {
        auto& added = parts.emplace_back(PlanPart{.ref = ref, .bytes = {}});
        record::put(added.bytes, part);
    });
    return parts;
}

Bytes encode_plan(const Plan& plan) {
    Bytes bytes;
    put_first_part(bytes, plan);
    each_part_of(plan, [&](const SubjectRef& /*ref*/, const auto& part) {  //
        record::put(bytes, part);
    });
    return bytes;
}

Hash digest_of(const Plan& plan) {
    Sha256 hash;
    hash.add(plan_state_label).add("\n");
    Bytes bytes;  // of one part at a time, so that those of a long plan are not all in memory
    put_first_part(bytes, plan);
    hash.add(ByteView(bytes));
    each_part_of(plan, [&](const SubjectRef& /*ref*/, const auto& part) {
        bytes.clear();
        record::put(bytes, part);
        hash.add(ByteView(bytes));
    });
    return hash.finish();
}

Hash digest_of(const std::vector<PlanPart>& parts) {
    Sha256 hash;
    hash.add(plan_state_label).add("\n");
    for (const auto& part : parts) {
        hash.add(ByteView(part.bytes));
    }
    return hash.finish();
}

Hash digest_of_bytes(ByteView bytes) {
    Sha256 hash;
    hash.add(plan_state_label).add("\n").add(bytes);
    return hash.finish();
}

Result<Plan> decode_plan(ByteView bytes) {
    Source source(bytes);
    return read_plan(source, [&]<typename Part>(const SubjectRef& /*ref*/, Of<Part> /*type*/) {
        return record::or_error(record::get<Part>(source), source);
    });
}

Result<Plan> plan_from_parts(ByteView first, const PartSource& part_of) {
    Source source(first);
    return read_plan(source,
                     [&]<typename Part>(const SubjectRef& ref, Of<Part> /*type*/) -> Result<Part> {
                         const auto bytes = TRY(part_of(ref));
                         return record::whole<Part>(bytes);
                     });
}

}  // namespace wsoa
