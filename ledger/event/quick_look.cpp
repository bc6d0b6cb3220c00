#include "ledger/event/quick_look.h"

#include "ledger/base/decimal.h"
#include "ledger/event/notes.h"
#include "ledger/event/walk.h"

#include <bit>
#include <cstring>
#include <string_view>

namespace wsoa {
namespace {

static_assert(std::endian::native == std::endian::little);  // as the encoding is

// Deeper than the schema goes, and less deep than the library is let.
constexpr unsigned nesting_max = 12;

// A pointer's word (capnproto.org/encoding.html, "Structs", "Lists").
struct Pointer {
    std::uint64_t word = 0;

    bool is_null() const { return word == 0; }
    std::uint32_t kind() const { return word & 3; }  // 0 a struct, 1 a list
    std::int32_t offset() const {
        return static_cast<std::int32_t>(static_cast<std::uint32_t>(word)) >> 2;
    }
    std::uint32_t data_words() const { return (word >> 32) & 0xffff; }
    std::uint32_t pointers() const { return static_cast<std::uint32_t>(word >> 48); }
    std::uint32_t element_code() const { return (word >> 32) & 7; }
    std::uint32_t elements() const { return static_cast<std::uint32_t>(word >> 35); }
};
enum : std::uint32_t { code_byte = 2, code_two_bytes = 3, code_pointer = 6, code_composite = 7 };

// A struct's two sections, by the places of their first words.
struct Extent {
    std::size_t at = 0;
    std::uint32_t data_words = 0;
    std::uint32_t pointers = 0;

    std::size_t pointer_at(std::uint32_t place) const { return at + data_words + place; }
    std::size_t words() const { return std::size_t{data_words} + pointers; }
};

class Look {
public:
    explicit Look(const Words& words) : words_(bytes_of(words)), count_(words.size()) {}

    bool whole(const Layout& layout) {
        Extent root;
        return count_ > 0 && leads_to_struct(0, root) && struct_right(layout, root) &&
               next_ == count_;
    }

private:
    std::uint64_t word(std::size_t place) const {
        std::uint64_t word = 0;
        std::memcpy(&word, words_.data() + place * 8, sizeof word);
        return word;
    }
    ByteView data_of(const Extent& extent) const {
        return words_.subspan(extent.at * 8, std::size_t{extent.data_words} * 8);
    }
    // Takes what lies next; false where there is no more.
    bool take(std::size_t words) {
        if (words > count_ - next_) {
            return false;
        }
        next_ += words;
        return true;
    }
    bool leads_to_next(std::size_t place, const Pointer& pointer) const {
        return static_cast<std::int64_t>(place) + 1 + pointer.offset() ==
               static_cast<std::int64_t>(next_);
    }

    // Whether there is a struct, cut after its last words that are not zero; takes it.
    bool leads_to_struct(std::size_t place, Extent& extent) {
        const Pointer pointer{word(place)};
        if (pointer.is_null() || pointer.kind() != 0) {
            return false;
        }
        extent = {.at = next_, .data_words = pointer.data_words(), .pointers = pointer.pointers()};
        if (extent.words() == 0) {
            return pointer.offset() == -1;
        }
        return leads_to_next(place, pointer) && take(extent.words()) && is_cut(extent);
    }
    bool is_cut(const Extent& extent) const {
        const bool data_cut =
            extent.data_words == 0 || word(extent.at + extent.data_words - 1) != 0;
        return data_cut &&
               (extent.pointers == 0 || word(extent.pointer_at(extent.pointers - 1)) != 0);
    }

    // The fields of a struct that was taken, in the order of its pointers.
    bool struct_right(const Layout& layout, const Extent& extent) {
        if (++depth_ > nesting_max || !holds_nothing_else(layout, extent)) {
            return false;
        }
        const auto data = data_of(extent);
        for (const auto* slot : layout.in_data) {
            if (!number_right(*slot, number_at(data, slot->offset, slot->bits))) {
                return false;
            }
        }
        const Slot* member = nullptr;
        if (layout.tag_offset) {
            const auto tag = number_at(data, *layout.tag_offset, 16);
            if (tag == 0 || tag >= layout.members.size()) {
                return false;
            }
            member = &layout.members[tag];
        }
        for (std::uint32_t place = 0; place < layout.by_pointer.size(); ++place) {
            const auto* slot =
                member != nullptr && member->offset == place ? member : layout.by_pointer[place];
            if (!pointer_right(slot, extent, place)) {
                return false;
            }
        }
        --depth_;
        return true;
    }
    static bool has_strange_bits(const Layout& layout, std::uint64_t word, std::uint32_t place) {
        const auto known = place < layout.known_bits.size() ? layout.known_bits[place] : 0;
        return (word & ~known) != 0;
    }
    bool holds_nothing_else(const Layout& layout, const Extent& extent) const {
        for (std::uint32_t i = 0; i < extent.data_words; ++i) {
            if (has_strange_bits(layout, word(extent.at + i), i)) {
                return false;
            }
        }
        return extent.pointers <= layout.by_pointer.size();
    }
    static bool number_right(const Slot& slot, std::uint64_t number) {
        if (slot.wire == Wire::choice) {
            return number == 0 ? slot.is_optional : number < slot.choices;
        }
        return slot.most == 0 || number <= slot.most;
    }

    bool pointer_right(const Slot* slot, const Extent& extent, std::uint32_t place) {
        const auto at = extent.pointer_at(place);
        const Pointer pointer{place < extent.pointers ? word(at) : 0};
        if (pointer.is_null()) {
            return slot == nullptr || slot->is_optional;
        }
        if (slot == nullptr) {
            return false;
        }
        if (slot->is_list) {
            return list_right(*slot, at, pointer);
        }
        if (slot->wire == Wire::record) {
            Extent record;
            return leads_to_struct(at, record) && record_right(*slot, record);
        }
        ByteView bytes;
        if (!leads_to_bytes(at, pointer, bytes)) {
            return false;
        }
        std::string_view text;
        return slot->wire == Wire::data ? check_held_data(slot->holds, bytes).ok()
                                        : text_right(*slot, bytes, text);
    }
    bool record_right(const Slot& slot, const Extent& extent) {
        if (!struct_right(*slot.record, extent)) {
            return false;
        }
        return slot.type == FieldType::record || check_range(slot, data_of(extent)).ok();
    }

    // A list of bytes, which end in zeros up to a whole word; takes it.
    bool leads_to_bytes(std::size_t place, const Pointer& pointer, ByteView& bytes) {
        return pointer.kind() == 1 && pointer.element_code() == code_byte &&
               leads_to_plain_list(place, pointer, pointer.elements(), bytes);
    }
    bool leads_to_plain_list(std::size_t place, const Pointer& pointer, std::size_t size,
                             ByteView& bytes) {
        const auto begin = next_;
        if (!leads_to_next(place, pointer) || !take((size + 7) / 8)) {
            return false;
        }
        bytes = words_.subspan(begin * 8, size);
        for (auto i = begin * 8 + size; i < next_ * 8; ++i) {
            if (words_[i] != 0) {
                return false;
            }
        }
        return true;
    }
    static bool text_right(const Slot& slot, ByteView bytes, std::string_view& text) {
        if (bytes.empty() || bytes.back() != 0) {
            return false;
        }
        text = text_of(bytes.first(bytes.size() - 1));
        return check_held_text(slot.holds, text).ok();
    }

    bool list_right(const Slot& slot, std::size_t place, const Pointer& pointer) {
        if (pointer.kind() != 1) {
            return false;
        }
        switch (slot.wire) {
            case Wire::choice: return choices_right(slot, place, pointer);
            case Wire::text: return texts_right(slot, place, pointer);
            case Wire::record: return records_right(slot, place, pointer);
            case Wire::number:
            case Wire::data: break;
        }
        return false;
    }
    bool choices_right(const Slot& slot, std::size_t place, const Pointer& pointer) {
        ByteView bytes;
        if (pointer.element_code() != code_two_bytes || pointer.elements() > slot.most ||
            !leads_to_plain_list(place, pointer, std::size_t{pointer.elements()} * 2, bytes)) {
            return false;
        }
        std::uint64_t before = 0;
        for (std::uint32_t i = 0; i < pointer.elements(); ++i) {
            const auto choice = number_at(bytes, i * 16, 16);
            if (!number_right(slot, choice) || (slot.is_set && choice <= before)) {
                return false;
            }
            before = choice;
        }
        return true;
    }
    bool texts_right(const Slot& slot, std::size_t place, const Pointer& pointer) {
        const auto begin = next_;
        if (pointer.element_code() != code_pointer || pointer.elements() > slot.most ||
            !leads_to_next(place, pointer) || !take(pointer.elements())) {
            return false;
        }
        std::string_view before;
        for (std::uint32_t i = 0; i < pointer.elements(); ++i) {
            ByteView bytes;
            std::string_view text;
            const Pointer element{word(begin + i)};
            if (element.is_null() || !leads_to_bytes(begin + i, element, bytes) ||
                !text_right(slot, bytes, text) || (slot.is_set && text <= before)) {
                return false;
            }
            before = text;
        }
        return true;
    }
    // A tag that looks like a struct's pointer, then the structs, all as large as the largest.
    bool records_right(const Slot& slot, std::size_t place, const Pointer& pointer) {
        const auto begin = next_;
        if (pointer.element_code() != code_composite || !leads_to_next(place, pointer) ||
            !take(1)) {
            return false;
        }
        const Pointer tag{word(begin)};
        const auto count = static_cast<std::uint32_t>(tag.offset());
        Extent each{.at = begin + 1, .data_words = tag.data_words(), .pointers = tag.pointers()};
        if (tag.kind() != 0 || tag.offset() < 0 || count > slot.most ||
            count * each.words() != pointer.elements() || !take(pointer.elements())) {
            return false;
        }
        bool fills_data = each.data_words == 0;
        bool fills_pointers = each.pointers == 0;
        std::optional<std::int32_t> before;
        for (std::uint32_t i = 0; i < count; ++i, each.at += each.words()) {
            if (!record_right(slot, each) || !ascends(slot, data_of(each), before)) {
                return false;
            }
            fills_data = fills_data || word(each.at + each.data_words - 1) != 0;
            fills_pointers = fills_pointers || word(each.pointer_at(each.pointers - 1)) != 0;
        }
        return fills_data && fills_pointers;
    }
    static bool ascends(const Slot& slot, ByteView data, std::optional<std::int32_t>& before) {
        if (!slot.is_set || slot.type != FieldType::date) {
            return true;
        }
        const auto& days = slot.record->slots.front();
        const auto day = static_cast<std::int32_t>(number_at(data, days.offset, days.bits));
        const bool is_later = !before || day > *before;
        before = day;
        return is_later;
    }

    ByteView words_;
    std::size_t count_;
    std::size_t next_ = 1;  // where the next object must begin: after the root's pointer
    unsigned depth_ = 0;
};

}  // namespace

bool looks_right(const Layout& layout, const Words& words) { return Look(words).whole(layout); }

}  // namespace wsoa
