#include "projections/all.h"

#include "projections/audit_trail.h"
#include "projections/plan_state.h"

namespace wsoa {

Projections all_projections() {
    Projections all;
    all.push_back(std::make_unique<AuditTrail>());
    all.push_back(std::make_unique<PlanState>());
    return all;
}

}  // namespace wsoa
