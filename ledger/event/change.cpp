#include "ledger/event/change.h"

#include "ledger/base/limits.h"
#include "ledger/event/fields.h"
#include "ledger/event/kinds.h"
#include "ledger/event/message.h"
#include "ledger/event/quick_look.h"
#include "ledger/event/walk.h"

#include <capnp/dynamic.h>

#include <algorithm>

namespace wsoa {
namespace {

ByteView view_of(capnp::Data::Reader data) { return {data.begin(), data.size()}; }
std::string_view view_of(capnp::Text::Reader text) { return {text.begin(), text.size()}; }

constexpr std::uint16_t format_known = 1;

// Whether a newer format may be read at all is for newer programs to know, so this comes first.
Result<void> check_format(capnp::AnyStruct::Reader root) {
    const auto format = number_at(data_of(root), 0, 16);
    if (format == 0) {
        return Error{Fault::invalid, "the change names no format"};
    }
    if (format != format_known) {
        return error(Fault::unavailable, "the change has format {}, which a newer program may know",
                     format);
    }
    return done();
}

// The words of a change that was walked. Fields stay below 64 for ever, whatever a newer program
// may know of them.
Result<std::vector<WordCommitment>> read_words(schema::Change::Reader change) {
    std::vector<WordCommitment> words;
    auto before = schema::WordField::UNSET;
    for (const auto word : change.getWords()) {
        const auto field = word.getField();
        if (static_cast<std::uint16_t>(field) >= 64) {
            return error(Fault::invalid, "words: {} is no field's number",
                         static_cast<std::uint16_t>(field));
        }
        if (field <= before) {
            return Error{Fault::invalid,
                         "words: the fields do not stand in ascending order, each once"};
        }
        before = field;
        const auto commitment = TRY(Hash::of(view_of(word.getCommitment())));
        words.push_back({field, commitment});
    }
    return words;
}

// What no single field shows.
Result<void> check_together(const Envelope& envelope) {
    if (envelope.plan != envelope.subject.plan()) {
        return error(Fault::invalid, "the plan is \"{}\", but the subject \"{}\" is of {}",
                     envelope.plan ? envelope.plan->str() : "", envelope.subject.str(),
                     envelope.subject.plan() ? envelope.subject.plan()->str() : "no plan");
    }
    if (envelope.answers && !envelope.seen.size.holds(*envelope.answers)) {
        return error(Fault::invalid, "the change answers event {}, but saw only {} events",
                     envelope.answers->value, envelope.seen.size.value);
    }
    return done();
}

Result<Envelope> read_envelope(schema::Change::Reader change) {
    Envelope envelope;
    envelope.format = change.getFormat();
    envelope.ledger = TRY(Hash::of(view_of(change.getLedger())));
    envelope.seen.size = TreeSize{change.getSeen().getSize()};
    envelope.seen.root = TRY(Hash::of(view_of(change.getSeen().getRoot())));
    envelope.id = TRY(ChangeId::of(view_of(change.getId())));
    if (change.hasPlan()) {
        envelope.plan = TRY(PlanRef::parse(view_of(change.getPlan())));
    }
    envelope.subject = TRY(SubjectRef::parse(view_of(change.getSubject())));
    envelope.subject_version = change.getSubjectVersion();
    envelope.effective = TRY(date_from_days(change.getEffective().getDays()));
    envelope.author_key = TRY(KeyId::of(view_of(change.getAuthorKey())));
    envelope.as_role = change.getAsRole();
    if (change.hasOnBehalfOf()) {
        envelope.on_behalf_of = TRY(PersonId::parse(view_of(change.getOnBehalfOf())));
    }
    if (change.hasAnswers()) {
        envelope.answers = EventIndex{change.getAnswers().getValue()};
    }
    envelope.classification = change.getClassification();
    envelope.words = TRY(read_words(change));
    TRY(check_together(envelope));
    return envelope;
}

// Everything that is asked of a change's bytes, while the library still may throw.
Result<Envelope> examine(const Words& words) {
    if (looks_right(change_layout(), words)) {
        Message message(words, Message::Trust::walked);
        const auto change = message.walked_root<schema::Change>();
        if (change.getFormat() == format_known) {
            return read_envelope(change);
        }
    }
    Message message(words, Message::Trust::none);
    const auto root = TRY(message.root());
    TRY(check_format(root));
    Walk walk;
    TRY(walk.whole(change_layout(), root));
    TRY(check_canonical(words, root));
    auto envelope = TRY(read_envelope(root.as<schema::Change>()));
    if (walk.unknown()) {
        return error(Fault::unavailable,
                     "the change holds {}, which this program does not know but a newer one may",
                     *walk.unknown());
    }
    return envelope;
}

}  // namespace

struct Change::Held {
    Held(Words held_words, Envelope held_envelope)
        : words(std::move(held_words)),
          message(words, Message::Trust::walked),
          reader(message.walked_root<schema::Change>()),
          envelope(std::move(held_envelope)) {}

    Words words;
    Message message;
    schema::Change::Reader reader;
    Envelope envelope;
};

Change::Change(std::shared_ptr<const Held> held) : held_(std::move(held)) {}

Result<Change> Change::read(ByteView bytes) {
    auto words = TRY(words_of(bytes, limits::change_bytes_max));
    auto envelope = without_exceptions([&] { return examine(words); });
    if (!envelope.ok()) {
        return std::move(envelope).error();
    }
    return Change(std::make_shared<const Held>(std::move(words), std::move(envelope).value()));
}

ByteView Change::bytes() const { return bytes_of(held_->words); }
const Envelope& Change::envelope() const { return held_->envelope; }
schema::Change::Reader Change::reader() const { return held_->reader; }
Kind Change::kind() const { return held_->reader.which(); }

std::optional<SubjectRef> Change::subject_in(std::string_view field) const {
    const auto& fields = info_of(kind()).fields;
    const auto found = std::ranges::find(fields, field, &Field::name);
    if (found == fields.end() || found->type != FieldType::subject || found->is_list) {
        return std::nullopt;
    }
    const capnp::DynamicStruct::Reader change = held_->reader;
    const auto record = change.get(info_of(kind()).name).as<capnp::DynamicStruct>();
    if (!record.has(found->name)) {
        return std::nullopt;
    }
    const auto subject = SubjectRef::parse(view_of(record.get(found->name).as<capnp::Text>()));
    CHECK(subject.ok());  // the walk has seen that the field holds one
    return subject.value();
}

namespace {

template <typename Fields>
Seen root_in(Fields fields) {
    return {.size = {fields.getSize()}, .root = read::hash(fields.getRoot())};
}

}  // namespace

std::optional<Seen> stated_root(const Change& change) {
    const auto reader = change.reader();
    if (reader.isVerificationRun()) {
        return root_in(reader.getVerificationRun());
    }
    if (reader.isCheckpointAnchored()) {
        return root_in(reader.getCheckpointAnchored());
    }
    return std::nullopt;
}

}  // namespace wsoa
