// What folds over the parts of a plan have in common.
import { taken } from "./fold_plan.js";

// A fold that adds a part under the event's subject, or under a reference among its fields.
export function adds(parts, make, ref_of = ({ subject }) => subject) {
    return (plan, at) => {
        const ref = ref_of(at);
        const why = taken(plan, ref);
        if (why !== null) {
            return why;
        }
        plan[parts].set(ref, { ref, ...make(at) });
        return null;
    };
}

// A fold over the part that the event is about, while `waits(part)`.
export function on(parts, fold, missing, waits = () => true, ref_of = ({ subject }) => subject) {
    return (plan, at) => {
        const part = plan[parts].get(ref_of(at));
        return part === undefined || !waits(part) ? missing : fold(part, at, plan) ?? null;
    };
}
