#pragma once

#include "ledger/event/change.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace wsoa::test {

class Scene;

// One change of a story, before anybody signs it: what it is, about what, by whom, when, with which
// fields and words. The scene in which it is told fills in all the rest: the key and role of the
// author, the place in the log, the version of the subject.
class Step {
public:
    // Sets fields that depend on the ledger: keys, proofs, indexes.
    using Fill = std::function<void(const Scene&, schema::Change::Builder)>;
    // Finds the event that the step answers.
    using Find = std::function<std::optional<EventIndex>(const Scene&)>;

    Step(Kind kind, std::string subject) : kind_(kind), subject_(std::move(subject)) {}

    Step& by(std::string person) {
        author_ = std::move(person);
        return *this;
    }
    // The first role that the person was granted, where this is not said.
    Step& as(schema::Role role) {
        role_ = role;
        return *this;
    }
    // The person's first key, where this is not said.
    Step& with_key(std::string name) {
        key_ = std::move(name);
        return *this;
    }
    Step& on_behalf_of(std::string person) {
        on_behalf_of_ = std::move(person);
        return *this;
    }
    // Who may read its words; the partnership, where this is not said.
    Step& classified(schema::Classification classification) {
        classification_ = classification;
        return *this;
    }
    // Recorded on this day, and true on it where nothing else is said. Days of a story go on.
    Step& on(std::string day) {
        recorded_ = std::move(day);
        return *this;
    }
    Step& effective(std::string day) {
        effective_ = std::move(day);
        return *this;
    }
    // A field of the kind, as it would be typed; the last word on it counts.
    Step& with(const std::string& field, std::string typed) {
        fields_.insert_or_assign(field, std::move(typed));
        return *this;
    }
    Step& without(const std::string& field) {
        fields_.erase(field);
        return *this;
    }
    Step& fill(Fill fill) {
        fill_ = std::move(fill);
        return *this;
    }
    Step& says(schema::WordField field, std::string text) {
        words_.insert_or_assign(field, std::move(text));
        return *this;
    }
    Step& because(std::string reason) { return says(schema::WordField::REASON, std::move(reason)); }
    Step& without_words() {
        words_.clear();
        return *this;
    }
    // A name by which later steps answer it.
    Step& labelled(std::string label) {
        label_ = std::move(label);
        return *this;
    }
    Step& answers(std::string label);
    Step& answers_event(std::uint64_t index);
    Step& answers_last(Kind kind, std::string subject);
    Step& answers_nothing() {
        answers_ = nullptr;
        return *this;
    }

    Kind kind() const { return kind_; }
    const std::string& subject() const { return subject_; }
    const std::string& author() const { return author_; }
    const std::string& key() const { return key_.empty() ? author_ : key_; }
    const std::string& label() const { return label_; }
    const std::string& recorded() const { return recorded_; }
    const std::string& effective_day() const { return effective_; }
    std::optional<schema::Role> role() const { return role_; }
    schema::Classification classification() const { return classification_; }
    const std::optional<std::string>& other() const { return on_behalf_of_; }
    const std::map<std::string, std::string>& fields() const { return fields_; }
    const std::map<schema::WordField, std::string>& words() const { return words_; }
    const Fill& filling() const { return fill_; }
    const Find& finding() const { return answers_; }
    // "ratingConfirmed about TH-1.2 by case-work-lead", for messages.
    std::string str() const;

private:
    Kind kind_;
    std::string subject_;
    std::string author_ = "programme-officer";
    std::string key_;
    std::string label_;
    std::string recorded_;
    std::string effective_;
    std::optional<schema::Role> role_;
    schema::Classification classification_ = schema::Classification::PARTNERSHIP;
    std::optional<std::string> on_behalf_of_;
    std::map<std::string, std::string> fields_;
    std::map<schema::WordField, std::string> words_;
    Fill fill_;
    Find answers_;
};

}  // namespace wsoa::test
