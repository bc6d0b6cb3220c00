// Which entries a correction can strike, and what it takes away. Only what stands alone can be
// struck: what others built on has to be mended by a new entry.

function find_in_ratings(ratings, target) {
    const proposal = ratings.proposals.find(({ index }) => index === target);
    return proposal === undefined ? "elsewhere"
        : proposal.confirmed_by === null ? "counts" : "built_on";
}

function find_in_measure(measure, target) {
    let found = "elsewhere";
    for (const { value } of measure.readings) {
        if (value.made_by(target) === undefined) {
            continue;
        }
        if (value.settings.some(({ index, struck_at }) => index > target && struck_at === null)) {
            return "built_on";
        }
        found = "counts";
    }
    return found;
}

// How the entry stands in the part that it is about.
function standing(plan, subject, target) {
    const [action, area] = [plan.actions.get(subject), plan.areas.get(subject)];
    if (action !== undefined) {
        return action.progress.made_by(target) !== undefined ? "counts"
            : find_in_ratings(action.delivery, target);
    }
    if (area !== undefined) {
        return target !== area.added_at && area.title.made_by(target) !== undefined ? "counts"
            : find_in_ratings(area.impact, target);
    }
    if (plan.measures.has(subject)) {
        return find_in_measure(plan.measures.get(subject), target);
    }
    const [milestone, risk] = [plan.milestones.get(subject), plan.risks.get(subject)];
    const is_there = milestone !== undefined
        ? milestone.reported.some(({ index }) => index === target) &&
            milestone.stage.made_by(target) !== undefined
        : risk !== undefined && target !== risk.raised.index &&
            risk.score.made_by(target) !== undefined;
    return is_there ? "counts" : "elsewhere";
}

// Who recorded an entry that can be struck; null where the part does not remember.
export function who_entered(plan, subject, target) {
    const registers = [plan.actions.get(subject)?.progress, plan.risks.get(subject)?.score,
        ...plan.measures.get(subject)?.readings.map(({ value }) => value) ?? []];
    const setting = registers.map((values) => values?.made_by(target))
        .find((found) => found !== undefined);
    const ratings = plan.actions.get(subject)?.delivery ?? plan.areas.get(subject)?.impact;
    return setting?.value.by ??
        ratings?.proposals.find(({ index }) => index === target)?.by ??
        plan.milestones.get(subject)?.reported.find(({ index }) => index === target)?.by ?? null;
}

export function why_not_strikable(plan, subject, target) {
    const mark = plan.marks.find((each) => each.how === "struck" && each.target === target);
    if (mark !== undefined) {
        return `event ${target} was struck by event ${mark.entry.index} already`;
    }
    switch (standing(plan, subject, target)) {
        case "counts": return null;
        case "built_on": return `other entries have been built on event ${target} since`;
        default: return `event ${target} is no entry about ${subject} that can be struck`;
    }
}

function strike_in_ratings(ratings, target, by) {
    const proposal = ratings.proposals.find(({ index }) => index === target);
    if (proposal !== undefined) {
        proposal.confirmed_by = by;
    }
}

function strike_in_milestone(milestone, target, by) {
    if (milestone.stage.made_by(target)?.value === "met") {
        milestone.met_on = null;
        milestone.evidence = [];
    }
    milestone.stage.strike(target, by);
}

export function strike(plan, subject, target, by) {
    const [action, area] = [plan.actions.get(subject), plan.areas.get(subject)];
    if (action !== undefined && !action.progress.strike(target, by)) {
        strike_in_ratings(action.delivery, target, by);
    }
    if (area !== undefined && !area.title.strike(target, by)) {
        strike_in_ratings(area.impact, target, by);
    }
    plan.measures.get(subject)?.readings.forEach(({ value }) => value.strike(target, by));
    if (plan.milestones.has(subject)) {
        strike_in_milestone(plan.milestones.get(subject), target, by);
    }
    plan.risks.get(subject)?.score.strike(target, by);
}
