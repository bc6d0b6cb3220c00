#pragma once

#include "ledger/base/bytes.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa::test {

// The names that lead from the root to a path.
std::vector<std::string> parts_of(std::string_view path);

// What is on a disk: files and folders, and what of each has not been synced. A value.
//
// Three things are told apart, as POSIX does: the bytes of a file that were synced; those written
// since; and the names in a folder, which a sync of the file does not save, only one of the folder.
struct DiskImage {
    using NodeId = std::uint64_t;
    struct Write {
        std::uint64_t offset = 0;
        Bytes bytes;
        std::optional<std::uint64_t> new_size;  // a truncation, in place of bytes
    };
    // One change of the names in a folder, which is kept or lost as a whole.
    struct Naming {
        std::map<std::string, std::optional<NodeId>> names;  // null: the name goes
    };
    struct Node {
        enum class Is : std::uint8_t { file, folder } is = Is::file;
        Bytes bytes;                          // as programs see them
        Bytes synced;                         // as a power cut leaves them
        std::vector<Write> pending;           // what leads from synced to bytes
        std::map<std::string, NodeId> names;  // of a folder
        std::map<std::string, NodeId> synced_names;
        std::vector<Naming> pending_names;
    };
    std::map<NodeId, Node> nodes;
    NodeId next = 1;

    // An empty folder.
    DiskImage();
    // The files, by their path from the root, in the order of the paths.
    std::vector<std::string> files() const;
    // What programs see in the file, which must be there.
    const Bytes& bytes_of_file(std::string_view path) const;
    // Puts other bytes in the place of a file's, durably, in a folder that is there.
    void put_file(std::string_view path, Bytes bytes);
    // Flips one bit of a file.
    void flip(std::string_view path, std::uint64_t byte, std::uint64_t bit);
    // Puts a folder of an image, which may be this one, in the place of what is at the path.
    void put_folder(std::string_view path, const DiskImage& from, std::string_view source);
    const Node* find(std::string_view path) const;

private:
    Node* find(std::string_view path);
    NodeId copy_from(const DiskImage& other, const Node& node);
};

}  // namespace wsoa::test
