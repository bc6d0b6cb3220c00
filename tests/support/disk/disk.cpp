#include "tests/support/disk/disk.h"

#include "ledger/base/check.h"
#include "tests/support/environment.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>

namespace wsoa::test {
namespace {

using Node = DiskImage::Node;
using Write = DiskImage::Write;

constexpr DiskImage::NodeId root = 0;

void carry_out(Bytes& to, const Write& write) {
    if (write.new_size) {
        to.resize(*write.new_size);
        return;
    }
    to.resize(std::max<std::size_t>(to.size(), write.offset + write.bytes.size()));
    std::ranges::copy(write.bytes, to.begin() + static_cast<std::ptrdiff_t>(write.offset));
}

void carry_out(std::map<std::string, DiskImage::NodeId>& names, const DiskImage::Naming& naming) {
    for (const auto& [name, node] : naming.names) {
        if (node) {
            names[name] = *node;
        } else {
            names.erase(name);
        }
    }
}

}  // namespace

std::string_view name_of(DiskFaultKind kind) {
    switch (kind) {
        case DiskFaultKind::io_error: return "EIO";
        case DiskFaultKind::no_space: return "ENOSPC";
        case DiskFaultKind::torn: return "torn";
        case DiskFaultKind::done_but_failed: return "done, reported as failed";
        case DiskFaultKind::from_then_on: return "EIO from then on";
    }
    CHECK(false);
}

DiskImage Disk::image() const {
    const std::lock_guard lock(mutex_);
    return image_;
}

void Disk::start(std::optional<Fault> fault) {
    const std::lock_guard lock(mutex_);
    fault_ = fault;
    operations_ = 0;
    hit_.clear();
}

std::uint64_t Disk::operations() const {
    const std::lock_guard lock(mutex_);
    return operations_;
}

std::string Disk::hit() const {
    const std::lock_guard lock(mutex_);
    return hit_;
}

void Disk::lie(Lies lies) {
    const std::lock_guard lock(mutex_);
    lies_ = std::move(lies);
}

void Disk::set_room(std::optional<std::uint64_t> bytes) {
    const std::lock_guard lock(mutex_);
    room_ = bytes;
}

Disk::Turn Disk::turn(std::string_view operation, std::string_view path) {
    if (is_off_) {
        return Turn::fails;
    }
    const auto number = operations_++;
    if (!fault_ || number < fault_->at) {
        return Turn::goes;
    }
    const bool is_it = number == fault_->at;
    if (is_it) {
        hit_ = fmt::format("{} {}", operation, path);
    }
    switch (fault_->kind) {
        case DiskFaultKind::io_error:
        case DiskFaultKind::no_space: return is_it ? Turn::fails : Turn::goes;
        case DiskFaultKind::torn: return is_it ? Turn::tears : Turn::goes;
        case DiskFaultKind::done_but_failed: return is_it ? Turn::is_done_and_fails : Turn::goes;
        case DiskFaultKind::from_then_on: return Turn::fails;
    }
    CHECK(false);
}

int Disk::failed() const {
    return !is_off_ && fault_ && fault_->kind == DiskFaultKind::no_space ? ENOSPC : EIO;
}

int Disk::locate(std::string_view path, Place& place) const {
    const auto parts = parts_of(path);
    place = Place{.folder = root, .name = {}, .node = root};
    for (const auto& part : parts) {
        if (!place.node) {
            return ENOENT;
        }
        const auto& folder = at(*place.node);
        if (folder.is != Node::Is::folder) {
            return ENOTDIR;
        }
        place.folder = *place.node;
        place.name = part;
        const auto found = folder.names.find(part);
        place.node =
            found == folder.names.end() ? std::nullopt : std::optional<NodeId>(found->second);
    }
    return 0;
}

std::string Disk::path_of(NodeId node) const {
    const auto found = opened_.find(node);
    return found == opened_.end() ? "?" : found->second;
}

int Disk::change_names(NodeId folder, DiskImage::Naming naming, Turn turn) {
    if (turn == Turn::fails || turn == Turn::tears) {
        return failed();
    }
    carry_out(at(folder).names, naming);
    at(folder).pending_names.push_back(std::move(naming));
    return turn == Turn::goes ? 0 : failed();
}

int Disk::open(std::string_view path, Creates creates, NodeId& node) {
    const std::lock_guard lock(mutex_);
    Place place;
    if (const auto code = locate(path, place); code != 0) {
        return code;
    }
    if (is_off_) {
        return EIO;
    }
    if (place.node && creates == Creates::only_new) {
        return EEXIST;
    }
    if (place.node) {
        node = *place.node;
        opened_[node] = std::string(path);
        if (creates == Creates::empty && !at(node).bytes.empty()) {
            const auto now = turn("truncate", path);
            return apply_write(node, Write{.offset = 0, .bytes = {}, .new_size = 0}, now);
        }
        return 0;
    }
    if (creates == Creates::nothing) {
        return ENOENT;
    }
    if (room_ && *room_ == 0) {
        return ENOSPC;
    }
    const auto now = turn("create", path);
    node = image_.next++;
    image_.nodes[node].is = Node::Is::file;
    opened_[node] = std::string(path);
    return change_names(place.folder, {.names = {{place.name, node}}}, now);
}

int Disk::read(NodeId node, std::uint64_t offset, std::size_t count, Bytes& bytes) const {
    const std::lock_guard lock(mutex_);
    if (is_off_) {
        return EIO;
    }
    const auto& all = at(node).bytes;
    const auto start = std::min<std::uint64_t>(offset, all.size());
    const auto length = std::min<std::uint64_t>(count, all.size() - start);
    bytes = copy_of(ByteView(all).subspan(start, length));
    return 0;
}

// Takes the room that the bytes need; shortens them to what there is and gives null if it is less.
std::optional<std::uint64_t> Disk::room_for(const Node& node, std::uint64_t offset,
                                            ByteView& bytes) {
    const auto end = offset + bytes.size();
    const auto growth = end > node.bytes.size() ? end - node.bytes.size() : 0;
    if (!room_ || growth <= *room_) {
        if (room_) {
            *room_ -= growth;
        }
        return growth;
    }
    const auto lacking = growth - *room_;
    bytes = bytes.first(bytes.size() - std::min<std::uint64_t>(lacking, bytes.size()));
    room_ = 0;
    return std::nullopt;
}

int Disk::apply_write(NodeId id, Write write, Turn turn) {
    auto& node = at(id);
    if (turn == Turn::fails) {
        return failed();
    }
    if (turn == Turn::tears) {
        // The kernel wrote back what came before, and a part of this.
        SeededRandom random(fault_->seed);
        write.bytes.resize(write.new_size ? 0 : random.below(write.bytes.size() + 1));
        if (!write.new_size) {
            carry_out(node.bytes, write);
            node.pending.push_back(std::move(write));
            std::ranges::for_each(node.pending,
                                  [&](const Write& one) { carry_out(node.synced, one); });
            node.pending.clear();
        }
        return failed();
    }
    carry_out(node.bytes, write);
    node.pending.push_back(std::move(write));
    return turn == Turn::goes ? 0 : failed();
}

int Disk::write(NodeId node, std::uint64_t offset, ByteView bytes) {
    const std::lock_guard lock(mutex_);
    const auto now = turn("write", path_of(node));
    if (now == Turn::fails) {
        return failed();
    }
    const auto room = room_for(at(node), offset, bytes);
    const auto code =
        apply_write(node, Write{.offset = offset, .bytes = copy_of(bytes), .new_size = {}}, now);
    return code != 0 || room ? code : ENOSPC;
}

int Disk::append(NodeId node, ByteView bytes) {
    About now;
    const auto code = about(node, now);
    return code != 0 ? code : write(node, now.size, bytes);  // one writer a file
}

int Disk::truncate(NodeId node, std::uint64_t size) {
    const std::lock_guard lock(mutex_);
    const auto now = turn("truncate", path_of(node));
    return apply_write(node, Write{.offset = 0, .bytes = {}, .new_size = size}, now);
}

int Disk::sync(NodeId id) {
    const std::lock_guard lock(mutex_);
    auto& node = at(id);
    const auto path = path_of(id);
    const bool is_folder = node.is == Node::Is::folder;
    const auto now = turn(is_folder ? "sync folder" : "sync", path);
    if (now == Turn::goes && lies_ && lies_(path)) {
        return 0;
    }
    SeededRandom random(fault_ ? fault_->seed : 0);
    if (now == Turn::fails) {
        // The pages are clean for whoever syncs next: what was in them is lost without a word.
        if (!is_off_) {
            node.pending.clear();
        }
        return failed();
    }
    const bool is_torn = now == Turn::tears;
    node.pending.resize(is_torn ? random.below(node.pending.size() + 1) : node.pending.size());
    for (const auto& write : node.pending) {
        carry_out(node.synced, write);
    }
    node.pending.clear();
    // Names that were not saved stay to be saved: a journal forgets none.
    const auto count = node.pending_names.size();
    const auto saved = static_cast<std::ptrdiff_t>(is_torn ? random.below(count + 1) : count);
    const auto rest = node.pending_names.begin() + saved;
    std::for_each(node.pending_names.begin(), rest,
                  [&](const auto& naming) { carry_out(node.synced_names, naming); });
    node.pending_names.erase(node.pending_names.begin(), rest);
    return now == Turn::goes ? 0 : failed();
}

int Disk::rename(std::string_view from, std::string_view to) {
    const std::lock_guard lock(mutex_);
    Place source;
    Place target;
    if (const auto code = locate(from, source) | locate(to, target); code != 0 || !source.node) {
        return code != 0 ? code : ENOENT;
    }
    CHECK(source.folder == target.folder);  // nobody here moves anything from folder to folder
    const auto now = turn("rename to", to);
    opened_[*source.node] = std::string(to);
    return change_names(source.folder,
                        {.names = {{source.name, std::nullopt}, {target.name, source.node}}}, now);
}

int Disk::link(std::string_view from, std::string_view to) {
    const std::lock_guard lock(mutex_);
    Place source;
    Place target;
    if (const auto code = locate(from, source) | locate(to, target); code != 0 || !source.node) {
        return code != 0 ? code : ENOENT;
    }
    if (target.node) {
        return EEXIST;
    }
    return change_names(target.folder, {.names = {{target.name, source.node}}}, turn("link", to));
}

int Disk::remove(std::string_view path) {
    const std::lock_guard lock(mutex_);
    Place place;
    if (const auto code = locate(path, place); code != 0 || !place.node) {
        return code != 0 ? code : ENOENT;
    }
    const auto now = turn("remove", path);
    return change_names(place.folder, {.names = {{place.name, std::nullopt}}}, now);
}

int Disk::make_folder(std::string_view path) {
    const std::lock_guard lock(mutex_);
    Place place;
    if (const auto code = locate(path, place); code != 0) {
        return code;
    }
    if (place.node) {
        return EEXIST;
    }
    const auto now = turn("make folder", path);
    const auto node = image_.next++;
    image_.nodes[node].is = Node::Is::folder;
    return change_names(place.folder, {.names = {{place.name, node}}}, now);
}

int Disk::list(std::string_view path, std::vector<std::string>& names) const {
    const std::lock_guard lock(mutex_);
    Place place;
    if (const auto code = locate(path, place); code != 0 || !place.node || is_off_) {
        return is_off_ ? EIO : code != 0 ? code : ENOENT;
    }
    if (at(*place.node).is != Node::Is::folder) {
        return ENOTDIR;
    }
    names.clear();
    for (const auto& [name, node] : at(*place.node).names) {
        names.push_back(name);
    }
    return 0;
}

int Disk::about(NodeId node, About& about) const {
    const std::lock_guard lock(mutex_);
    about = {.is = at(node).is, .size = at(node).bytes.size(), .links = 0};
    for (const auto& [id, other] : image_.nodes) {
        about.links += static_cast<std::uint64_t>(std::ranges::count_if(
            other.names, [&](const auto& name) { return name.second == node; }));
    }
    return is_off_ ? EIO : 0;
}

int Disk::about(std::string_view path, About& found) const {
    Place place;
    {
        const std::lock_guard lock(mutex_);
        if (const auto code = locate(path, place); code != 0 || !place.node) {
            return code != 0 ? code : ENOENT;
        }
    }
    return about(*place.node, found);
}

int Disk::find_folder(std::string_view path, NodeId& node) {
    const std::lock_guard lock(mutex_);
    Place place;
    if (const auto code = locate(path, place); code != 0 || !place.node || is_off_) {
        return is_off_ ? EIO : code != 0 ? code : ENOENT;
    }
    if (at(*place.node).is != Node::Is::folder) {
        return ENOTDIR;
    }
    node = *place.node;
    opened_[node] = std::string(path);
    return 0;
}

bool Disk::try_lock(NodeId node) {
    const std::lock_guard lock(mutex_);
    return locked_.insert(node).second;
}

void Disk::unlock(NodeId node) {
    const std::lock_guard lock(mutex_);
    locked_.erase(node);
}

}  // namespace wsoa::test
