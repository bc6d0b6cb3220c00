#include "ledger/event/layout.h"

#include "ledger/base/limits.h"
#include "ledger/event/notes.h"

#include <map>
#include <memory>

namespace wsoa {
namespace {

// All layouts reachable from one struct. Slots point into it.
class Layouts {
public:
    explicit Layouts(capnp::StructSchema root) : root_(&add(root)) {}
    const Layout& root() const { return *root_; }

private:
    const Layout& add(capnp::StructSchema schema);
    Slot slot_of(capnp::StructSchema::Field field);

    std::map<std::uint64_t, std::unique_ptr<Layout>> by_id_;
    const Layout* root_;
};

std::uint32_t bits_of(capnp::Type type) {
    if (type.isBool()) {
        return 1;
    }
    if (type.isUInt16() || type.isEnum()) {
        return 16;
    }
    return type.isUInt64() || type.isInt64() ? 64 : 32;
}

Wire wire_of(capnp::Type type) {
    if (type.isText()) {
        return Wire::text;
    }
    if (type.isData()) {
        return Wire::data;
    }
    if (type.isStruct()) {
        return Wire::record;
    }
    return type.isEnum() ? Wire::choice : Wire::number;
}

// A field lies within one word: it is aligned to its width.
void own(Layout& layout, std::uint32_t offset, std::uint32_t bits) {
    const auto mask = bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
    CHECK(offset / 64 < layout.known_bits.size());
    layout.known_bits[offset / 64] |= mask << (offset % 64);
}

const Layout& Layouts::add(capnp::StructSchema schema) {
    const auto proto = schema.getProto();
    auto& held = by_id_[proto.getId()];
    if (held) {
        return *held;
    }
    held = std::make_unique<Layout>();
    auto& layout = *held;
    const auto shape = proto.getStruct();
    layout.known_bits.resize(shape.getDataWordCount());
    layout.pointers = shape.getPointerCount();
    for (const auto field : schema.getNonUnionFields()) {
        const auto& slot = layout.slots.emplace_back(slot_of(field));
        if (!slot.is_pointer()) {
            own(layout, slot.offset, slot.bits);
        }
    }
    if (shape.getDiscriminantCount() > 0) {
        layout.tag_offset = shape.getDiscriminantOffset() * 16;
        own(layout, *layout.tag_offset, 16);
        layout.members.resize(shape.getDiscriminantCount());
        for (const auto member : schema.getUnionFields()) {
            if (!member.getType().isVoid()) {
                layout.members[member.getProto().getDiscriminantValue()] = slot_of(member);
            }
        }
    }
    layout.by_pointer.resize(layout.pointers);
    for (const auto& slot : layout.slots) {
        if (slot.is_pointer()) {
            layout.by_pointer[slot.offset] = &slot;
        } else {
            layout.in_data.push_back(&slot);
        }
    }
    return layout;
}

Slot Layouts::slot_of(capnp::StructSchema::Field field) {
    const auto proto = field.getProto();
    CHECK(proto.isSlot());
    const auto notes = notes_of(proto.getAnnotations());
    auto type = field.getType();
    Slot slot;
    slot.name = proto.getName().cStr();
    slot.is_list = type.isList();
    if (slot.is_list) {
        type = type.asList().getElementType();
        CHECK(notes.most > 0);
    }
    slot.wire = wire_of(type);
    slot.type = type_of(type, notes.holds);
    slot.is_optional = notes.is_optional;
    slot.is_set = notes.is_set;
    slot.holds = notes.holds;
    slot.most = notes.most;
    slot.bits = bits_of(type);
    slot.offset = proto.getSlot().getOffset() * (slot.is_pointer() ? 1 : slot.bits);
    if (type.isEnum()) {
        slot.choices = type.asEnum().getEnumerants().size();
    }
    if (type.isStruct()) {
        slot.record = &add(type.asStruct());
    }
    if (type.isUInt64() && slot.most == 0) {
        // Numbers of this width are places and counts of events.
        slot.most = limits::events_max;
    }
    return slot;
}

}  // namespace

const Layout& change_layout() {
    static const Layouts layouts(capnp::Schema::from<schema::Change>());
    return layouts.root();
}

}  // namespace wsoa
