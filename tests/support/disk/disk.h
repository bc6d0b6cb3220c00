#pragma once

#include "tests/support/disk/disk_image.h"

#include <functional>
#include <mutex>
#include <set>

namespace wsoa::test {

// What goes wrong with one operation.
enum class DiskFaultKind : std::uint8_t {
    io_error,         // not done, EIO; what a failed sync was to save is lost for every later one
    no_space,         // not done, ENOSPC
    torn,             // a part of it reaches the disk for good, EIO
    done_but_failed,  // done, as durable as it would have been, EIO
    from_then_on,     // not done, EIO, nor is anything after it
};
std::string_view name_of(DiskFaultKind kind);

// A disk in memory, on which every operation that changes something is counted and may be made to
// fail, and whose power can be cut. For any number of threads.
//
// Functions give 0 or an errno, as the system's do.
class Disk {
public:
    using NodeId = DiskImage::NodeId;
    // Which syncs say that they were done and did nothing.
    using Lies = std::function<bool(std::string_view path)>;

    Disk() = default;
    explicit Disk(DiskImage image) : image_(std::move(image)) {}
    Disk(const Disk&) = delete;
    Disk& operator=(const Disk&) = delete;

    DiskImage image() const;

    // Counts from 0 again: the operation of that number goes wrong so; null for none.
    struct Fault {
        std::uint64_t at = 0;
        DiskFaultKind kind = DiskFaultKind::io_error;
        std::uint64_t seed = 0;  // of what a torn write leaves
    };
    void start(std::optional<Fault> fault);
    std::uint64_t operations() const;
    // What was hit: "sync /ledger/truth/000004.log"; empty if nothing was.
    std::string hit() const;
    // From now on syncs of these paths lie.
    void lie(Lies lies);
    // How many bytes may be added before the disk is full; null for no end.
    void set_room(std::optional<std::uint64_t> bytes);

    // Cuts the power: from here on nothing is done any more (EIO), whatever still runs. What is
    // then on the disk:
    enum class Keeps : std::uint8_t {
        synced,          // nothing but what was synced
        parts,           // of the unsynced changes of names any number of the first in each folder;
                         // of bytes that replace others any sectors, of those that make a file
                         // longer any number of the first
        parts_anywhere,  // and of those too any sectors, zeros in between
        all,             // everything, and what is unsynced still is: only the program has died
    };
    DiskImage cut_power(Keeps keeps = Keeps::synced, std::uint64_t seed = 0);

    // Opening and reading are not counted.
    enum class Creates : std::uint8_t { nothing, if_missing, empty, only_new };
    int open(std::string_view path, Creates creates, NodeId& node);
    int read(NodeId node, std::uint64_t offset, std::size_t count, Bytes& bytes) const;
    int write(NodeId node, std::uint64_t offset, ByteView bytes);
    int append(NodeId node, ByteView bytes);
    int truncate(NodeId node, std::uint64_t size);
    int sync(NodeId node);
    // Every file and folder, one after the other as operations of their own; goes on past one that
    // fails.
    int sync_all();
    int rename(std::string_view from, std::string_view to);
    int link(std::string_view from, std::string_view to);
    int remove(std::string_view path);
    int make_folder(std::string_view path);
    int list(std::string_view path, std::vector<std::string>& names) const;
    struct About {
        DiskImage::Node::Is is = DiskImage::Node::Is::file;
        std::uint64_t size = 0;
        std::uint64_t links = 0;
    };
    int about(std::string_view path, About& about) const;
    int about(NodeId node, About& about) const;
    int find_folder(std::string_view path, NodeId& node);
    // One holder at a time; false if somebody else has it.
    bool try_lock(NodeId node);
    void unlock(NodeId node);

private:
    struct Place {
        NodeId folder = 0;
        std::string name;
        std::optional<NodeId> node;
    };
    int locate(std::string_view path, Place& place) const;
    DiskImage::Node& at(NodeId node) { return image_.nodes.at(node); }
    const DiskImage::Node& at(NodeId node) const { return image_.nodes.at(node); }
    std::string path_of(NodeId node) const;
    // What is to happen to the next operation.
    enum class Turn : std::uint8_t { goes, fails, tears, is_done_and_fails };
    Turn turn(std::string_view operation, std::string_view path);
    int failed() const;
    int change_names(NodeId folder, DiskImage::Naming naming, Turn turn);
    int apply_write(NodeId node, DiskImage::Write write, Turn turn);
    std::optional<std::uint64_t> room_for(const DiskImage::Node& node, std::uint64_t offset,
                                          ByteView& bytes);

    mutable std::mutex mutex_;
    DiskImage image_;
    std::map<NodeId, std::string> opened_;  // the paths by which nodes were opened
    std::set<NodeId> locked_;
    std::optional<Fault> fault_;
    std::uint64_t operations_ = 0;
    std::string hit_;
    Lies lies_;
    std::optional<std::uint64_t> room_;
    bool is_off_ = false;
};

}  // namespace wsoa::test
