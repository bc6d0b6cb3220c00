#include "ledger/state/plan_bytes.h"

#include "ledger/base/sha256.h"
#include "ledger/state/plan_parts.h"

#include <array>
#include <tuple>

namespace wsoa {
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
Result<Plan> read_plan(ByteReader& reader, const GetPart& get_part) {
    auto plan = TRY(read_plan_itself(reader));
    std::array<std::vector<SubjectRef>, std::tuple_size_v<decltype(maps_of_plan)>> refs;
    for (auto& list : refs) {
        list = TRY(record::get<std::vector<SubjectRef>>(reader));
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
    TRY(reader.finish());
    return plan;
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

Hash digest_of_bytes(ByteView bytes) {
    Sha256 hash;
    hash.add(plan_state_label).add("\n").add(bytes);
    return hash.finish();
}

Result<Plan> decode_plan(ByteView bytes) {
    ByteReader reader(bytes);
    return read_plan(reader, [&]<typename Part>(const SubjectRef& /*ref*/, Of<Part> /*type*/) {
        return record::get<Part>(reader);
    });
}

Result<Plan> plan_from_parts(ByteView first, const PartSource& part_of) {
    ByteReader reader(first);
    return read_plan(reader,
                     [&]<typename Part>(const SubjectRef& ref, Of<Part> /*type*/) -> Result<Part> {
                         const auto bytes = TRY(part_of(ref));
                         return record::whole<Part>(bytes);
                     });
}

}  // namespace wsoa
