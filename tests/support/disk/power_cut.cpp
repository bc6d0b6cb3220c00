// What a power cut leaves of a disk, and what a sync of the whole disk saves from it.

#include "tests/support/disk/disk.h"
#include "tests/support/environment.h"

#include <algorithm>

namespace wsoa::test {
namespace {

using Keeps = Disk::Keeps;
using Node = DiskImage::Node;

constexpr std::uint64_t sector_bytes = 512;

// One file, some of whose unsynced bytes reached the disk.
class Remains {
public:
    Remains(Node& node, Keeps keeps, SeededRandom& random)
        : synced_(node.synced), keeps_(keeps), random_(random), size_(node.synced.size()) {
        // How far the file had grown, if sizes follow data as ordered file systems have it.
        const auto growth = std::max(node.bytes.size(), size_) - size_;
        end_ = size_ + random.below(growth + 1);
    }

    void add(const DiskImage::Write& write) {
        if (write.new_size) {
            if (random_.below(2) == 0) {
                synced_.resize(*write.new_size);
            }
            return;
        }
        const auto end = write.offset + write.bytes.size();
        for (auto from = write.offset; from < end;) {
            const auto to = std::min(end, (from / sector_bytes + 1) * sector_bytes);
            add_sector(write, from, to);
            from = to;
        }
    }

private:
    void add_sector(const DiskImage::Write& write, std::uint64_t from, std::uint64_t to) {
        if (keeps_ == Keeps::parts_anywhere || to <= size_) {
            if (random_.below(2) == 0) {
                return;
            }
        } else {
            to = std::min(to, end_);
        }
        if (from >= to) {
            return;
        }
        synced_.resize(std::max<std::size_t>(synced_.size(), to));
        const auto part = ByteView(write.bytes).subspan(from - write.offset, to - from);
        std::ranges::copy(part, synced_.begin() + static_cast<std::ptrdiff_t>(from));
    }

    Bytes& synced_;
    Keeps keeps_;
    SeededRandom& random_;
    std::uint64_t size_;
    std::uint64_t end_ = 0;
};

void keep_parts(Node& node, Keeps keeps, SeededRandom& random) {
    Remains remains(node, keeps, random);
    for (const auto& write : node.pending) {
        remains.add(write);
    }
    // A journal keeps them in order, and RocksDB asks for no less.
    node.pending_names.resize(random.below(node.pending_names.size() + 1));
    for (const auto& naming : node.pending_names) {
        for (const auto& [name, id] : naming.names) {
            if (id) {
                node.synced_names[name] = *id;
            } else {
                node.synced_names.erase(name);
            }
        }
    }
}

void forget_unnamed(DiskImage& image) {
    std::set<DiskImage::NodeId> named{0};
    std::vector<DiskImage::NodeId> folders{0};
    while (!folders.empty()) {
        const auto id = folders.back();
        folders.pop_back();
        for (const auto& [name, node] : image.nodes.at(id).names) {
            if (named.insert(node).second) {
                folders.push_back(node);
            }
        }
    }
    std::erase_if(image.nodes, [&](const auto& node) { return !named.contains(node.first); });
}

}  // namespace

DiskImage Disk::cut_power(Keeps keeps, std::uint64_t seed) {
    const std::lock_guard lock(mutex_);
    is_off_ = true;
    auto image = image_;
    if (keeps == Keeps::all) {
        return image;
    }
    SeededRandom random(seed);
    for (auto& [id, node] : image.nodes) {
        if (keeps != Keeps::synced) {
            keep_parts(node, keeps, random);
        }
        node.bytes = node.synced;
        node.names = node.synced_names;
        node.pending.clear();
        node.pending_names.clear();
    }
    forget_unnamed(image);
    return image;
}

int Disk::sync_all() {
    std::vector<NodeId> nodes;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [id, node] : image_.nodes) {
            nodes.push_back(id);
        }
    }
    int first_failure = 0;
    for (const auto node : nodes) {
        const auto code = sync(node);
        first_failure = first_failure != 0 ? first_failure : code;
    }
    return first_failure;
}

}  // namespace wsoa::test
