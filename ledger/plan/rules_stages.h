#pragma once

#include "ledger/event/kinds.h"
#include "ledger/plan/rules.h"

#include <fmt/ranges.h>

#include <algorithm>

// Stages: which kind of change leads from which stage to which. A late entry must follow from what
// stood on its day, and what came after that day must still be able to follow from it.
namespace wsoa::rules {

// "in progress", for messages.
std::string_view words_for(schema::PlanStage stage);
std::string_view words_for(schema::ActionStage stage);
std::string_view words_for(schema::MilestoneStage stage);
// What to do where something is at that stage and the change is for another one.
std::string_view advice_at(schema::PlanStage stage);
std::string_view advice_at(schema::ActionStage stage);
std::string_view advice_at(schema::MilestoneStage stage);

// That a kind of change takes something from one stage to another.
template <typename Stage>
struct Move {
    Kind by = Kind::UNSET;
    Stage from = Stage::UNSET;
    Stage to = Stage::UNSET;
};

// The first setting that became true after the day; null if none did.
template <typename Stage>
const typename Register<Stage>::Setting* setting_after(const Register<Stage>& stages, Date day) {
    for (const auto& setting : stages.settings()) {
        if (setting.effective > day && !setting.struck_at) {
            return &setting;
        }
    }
    return nullptr;
}

template <typename Stage>
std::string stages_before(Kind kind, const std::vector<Move<Stage>>& moves) {
    std::vector<std::string_view> names;
    for (const auto& move : moves) {
        if (move.by == kind) {
            names.push_back(words_for(move.from));
        }
    }
    return fmt::format("{}", fmt::join(names, " or "));
}

// `refused` where the kind of the change does not lead on from the stage of its day, or the stage
// after that day could not follow. Kinds that no move is by keep the rule.
template <typename Stage>
Result<void> leads_on(const Case& at_hand, const Register<Stage>& stages,
                      const std::vector<Move<Stage>>& moves) {
    const auto kind = at_hand.change.kind();
    const auto& subject = at_hand.envelope().subject;
    const auto day = at_hand.envelope().effective;
    if (std::ranges::find(moves, kind, &Move<Stage>::by) == moves.end()) {
        return done();
    }
    const auto* before = stages.at(day);
    if (before == nullptr) {
        return refusal("give a day on or after the one on which it was added",
                       "{} was not there on {}", subject.str(), in_words(day));
    }
    const auto move = std::ranges::find_if(moves, [&](const Move<Stage>& each) {
        return each.by == kind && each.from == before->value;
    });
    if (move == moves.end()) {
        return refusal(std::string(advice_at(before->value)),
                       "{} was {} on {}, and {} is only for what is {}", subject.str(),
                       words_for(before->value), in_words(day), name_of(kind),
                       stages_before(kind, moves));
    }
    const auto* after = setting_after(stages, day);
    const bool can_follow = after == nullptr || std::ranges::any_of(moves, [&](const auto& each) {
                                return each.from == move->to && each.to == after->value;
                            });
    if (!can_follow) {
        return refusal(fmt::format("leave out --effective, or give a day from {} on",
                                   to_string(after->effective)),
                       "{} became {} on {}, which does not follow from being {} on {}",
                       subject.str(), words_for(after->value), in_words(after->effective),
                       words_for(move->to), in_words(day));
    }
    return done();
}

}  // namespace wsoa::rules
