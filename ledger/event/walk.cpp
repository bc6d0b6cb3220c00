#include "ledger/event/walk.h"

#include "ledger/base/decimal.h"
#include "ledger/base/limits.h"
#include "ledger/event/notes.h"

#include <string_view>

namespace wsoa {
namespace {

capnp::AnyPointer::Reader pointer_at(capnp::AnyStruct::Reader reader, std::uint32_t place) {
    const auto pointers = reader.getPointerSection();
    return place < pointers.size() ? pointers[place] : capnp::AnyPointer::Reader{};
}

// Text as it stands in its list of bytes: without the NUL that must end it.
Result<std::string_view> text_at(const Slot& slot, capnp::AnyPointer::Reader pointer) {
    const auto bytes = TRY(bytes_at(pointer));
    if (bytes.empty() || bytes.back() != 0) {
        return Error{Fault::invalid, "the text does not end as text does"};
    }
    const auto text = text_of(bytes.first(bytes.size() - 1));
    TRY(check_held_text(slot.holds, text));
    return text;
}

capnp::ElementSize element_size_of(const Slot& slot) {
    switch (slot.wire) {
        case Wire::choice: return capnp::ElementSize::TWO_BYTES;
        case Wire::text: return capnp::ElementSize::POINTER;
        case Wire::record: return capnp::ElementSize::INLINE_COMPOSITE;
        case Wire::number:
        case Wire::data: break;
    }
    check_failed("the schema has lists of choices, texts and structs", __FILE__, __LINE__);
}

Error not_ascending() {
    return Error{Fault::invalid, "the elements do not stand in ascending order, each once"};
}

}  // namespace

ByteView data_of(capnp::AnyStruct::Reader reader) {
    const auto data = reader.getDataSection();
    return {data.begin(), data.size()};
}

std::uint64_t number_at(ByteView data, std::uint32_t offset_bits, std::uint32_t bits) {
    if (bits == 1) {
        const auto byte = offset_bits / 8;
        return byte < data.size() ? (std::uint32_t{data[byte]} >> (offset_bits % 8)) & 1u : 0;
    }
    const auto first = offset_bits / 8;
    const auto width = bits / 8;
    std::uint64_t number = 0;
    if (first + width <= data.size()) {
        for (std::uint32_t i = 0; i < width; ++i) {
            number |= std::uint64_t{data[first + i]} << (8 * i);
        }
    }
    return number;
}

Result<void> check_range(const Slot& slot, ByteView data) {
    const auto& first = slot.record->slots.front();
    const auto number = number_at(data, first.offset, first.bits);
    if (slot.type == FieldType::decimal) {
        const auto& scale = slot.record->slots.back();
        TRY(Decimal::of(static_cast<std::int64_t>(number),
                        number_at(data, scale.offset, scale.bits)));
    } else if (slot.type == FieldType::date) {
        TRY(date_from_days(static_cast<std::int32_t>(number)));
    } else if (slot.type == FieldType::month) {
        TRY(month_from_number(static_cast<std::uint32_t>(number)));
    } else if (slot.type == FieldType::whole && slot.most > 0 && number > slot.most) {
        return error(Fault::invalid, "{} is more than {}", number, slot.most);
    }
    return done();
}

Result<ByteView> bytes_at(capnp::AnyPointer::Reader pointer) {
    if (pointer.isNull()) {
        return Error{Fault::invalid, "it is missing"};
    }
    if (!pointer.isList()) {
        return Error{Fault::invalid, "there is something else in its place"};
    }
    const auto list = pointer.getAs<capnp::AnyList>();
    if (list.getElementSize() != capnp::ElementSize::BYTE) {
        return Error{Fault::invalid, "there is another kind of list in its place"};
    }
    const auto bytes = list.getRawBytes();
    return ByteView{bytes.begin(), bytes.size()};
}

void Walk::note_unknown(std::string what) {
    if (!unknown_) {
        unknown_ = std::move(what);
    }
}

void Walk::look_past_end(const Layout& layout, capnp::AnyStruct::Reader reader) {
    const auto data = data_of(reader);
    for (std::uint32_t word = 0; word < data.size() / 8; ++word) {
        const auto known = word < layout.known_bits.size() ? layout.known_bits[word] : 0;
        if ((number_at(data, word * 64, 64) & ~known) != 0) {
            note_unknown("a field");
        }
    }
    const auto pointers = reader.getPointerSection();
    for (auto place = layout.pointers; place < pointers.size(); ++place) {
        if (!pointers[place].isNull()) {
            note_unknown("a field");
        }
    }
}

Result<void> Walk::whole(const Layout& layout, capnp::AnyStruct::Reader reader) {
    look_past_end(layout, reader);
    for (const auto& slot : layout.slots) {
        auto walked = walk_slot(slot, reader);
        if (!walked.ok()) {
            return std::move(walked).error().explain("{}", slot.name);
        }
    }
    return layout.tag_offset ? walk_union(layout, reader) : done();
}

Result<void> Walk::walk_slot(const Slot& slot, capnp::AnyStruct::Reader reader) {
    if (!slot.is_pointer()) {
        return walk_number(slot, number_at(data_of(reader), slot.offset, slot.bits));
    }
    const auto pointer = pointer_at(reader, slot.offset);
    if (pointer.isNull()) {
        return slot.is_optional ? done() : Error{Fault::invalid, "it is missing"};
    }
    return walk_pointer(slot, pointer);
}

Result<void> Walk::walk_union(const Layout& layout, capnp::AnyStruct::Reader reader) {
    const auto tag = number_at(data_of(reader), *layout.tag_offset, 16);
    if (tag == 0) {
        return Error{Fault::invalid, "the change is of no kind"};
    }
    if (tag >= layout.members.size()) {
        note_unknown(fmt::format("kind {}", tag));
        return done();
    }
    const auto& member = layout.members[tag];
    auto walked = walk_slot(member, reader);
    if (!walked.ok()) {
        return std::move(walked).error().explain("{}", member.name);
    }
    return done();
}

Result<void> Walk::walk_number(const Slot& slot, std::uint64_t number) {
    if (slot.wire == Wire::choice) {
        if (number == 0) {
            return slot.is_optional ? done() : Error{Fault::invalid, "none is chosen"};
        }
        if (number >= slot.choices) {
            note_unknown(fmt::format("\"{}\" number {}", slot.name, number));
        }
    } else if (slot.most > 0 && number > slot.most) {
        return error(Fault::invalid, "{} is more than {}", number, slot.most);
    }
    return done();
}

Result<void> Walk::walk_pointer(const Slot& slot, capnp::AnyPointer::Reader pointer) {
    if (slot.is_list) {
        if (!pointer.isList()) {
            return Error{Fault::invalid, "there is something else in the list's place"};
        }
        return walk_list(slot, pointer.getAs<capnp::AnyList>());
    }
    switch (slot.wire) {
        case Wire::text: {
            TRY(text_at(slot, pointer));
            return done();
        }
        case Wire::data: {
            const auto bytes = TRY(bytes_at(pointer));
            return check_held_data(slot.holds, bytes);
        }
        case Wire::record:
            if (!pointer.isStruct()) {
                return Error{Fault::invalid, "there is something else in its place"};
            }
            return walk_record(slot, pointer.getAs<capnp::AnyStruct>());
        case Wire::number:
        case Wire::choice: break;
    }
    check_failed("numbers stand in the data section", __FILE__, __LINE__);
}

Result<void> Walk::walk_record(const Slot& slot, capnp::AnyStruct::Reader reader) {
    TRY(whole(*slot.record, reader));
    return slot.type == FieldType::record ? done() : check_range(slot, data_of(reader));
}

Result<void> Walk::walk_list(const Slot& slot, capnp::AnyList::Reader list) {
    if (list.size() > slot.most) {
        return error(Fault::invalid, "there are {} elements; at most {} are taken", list.size(),
                     slot.most);
    }
    if (list.getElementSize() != element_size_of(slot)) {
        return Error{Fault::invalid, "there is another kind of list in its place"};
    }
    if (slot.wire == Wire::choice) {
        return walk_choices(slot, list);
    }
    return slot.wire == Wire::text ? walk_texts(slot, list) : walk_records(slot, list);
}

Result<void> Walk::walk_choices(const Slot& slot, capnp::AnyList::Reader list) {
    std::uint64_t before = 0;
    for (const auto element : list.as<capnp::List<std::uint16_t>>()) {
        TRY(walk_number(slot, element));
        if (slot.is_set && element <= before) {
            return not_ascending();
        }
        before = element;
    }
    return done();
}

Result<void> Walk::walk_texts(const Slot& slot, capnp::AnyList::Reader list) {
    std::string_view before;
    for (const auto element : list.as<capnp::List<capnp::AnyPointer>>()) {
        const auto text = TRY(text_at(slot, element));
        if (slot.is_set && text <= before) {
            return not_ascending();
        }
        before = text;
    }
    return done();
}

Result<void> Walk::walk_records(const Slot& slot, capnp::AnyList::Reader list) {
    std::optional<std::int32_t> before;
    for (const auto element : list.as<capnp::List<capnp::AnyStruct>>()) {
        TRY(walk_record(slot, element));
        if (slot.is_set && slot.type == FieldType::date) {
            const auto& days = slot.record->slots.front();
            const auto day =
                static_cast<std::int32_t>(number_at(data_of(element), days.offset, days.bits));
            if (before && day <= *before) {
                return not_ascending();
            }
            before = day;
        }
    }
    return done();
}

}  // namespace wsoa
