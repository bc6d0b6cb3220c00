// What rules ask of the case before them, each answered by the sentence of what is wrong, or null.

export function by_another({ change, author }, person, did) {
    return author === person || change.onBehalfOf === person
        ? `${person} ${did} and cannot also decide it` : null;
}

export function by_another_than(at_hand, entry, did) {
    return by_another(at_hand, entry.by, did) ?? (entry.on_behalf_of === null ? null
        : by_another(at_hand, entry.on_behalf_of, did));
}

export const plan_of_case = ({ change, state }) => state.plans.get(change.plan);

export const nobody_enrolled = ({ state }, people) => {
    const missing = people.find((person) => !state.keyring.people.has(person));
    return missing === undefined ? null : `nobody is enrolled as ${missing}`;
};
