#include "tests/support/disk/disk_image.h"

#include "ledger/base/check.h"

#include <algorithm>
#include <functional>

namespace wsoa::test {
namespace {

using Node = DiskImage::Node;

constexpr DiskImage::NodeId root = 0;

}  // namespace

std::vector<std::string> parts_of(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
        const auto end = std::min(path.find('/'), path.size());
        if (end > 0 && path.substr(0, end) != ".") {
            parts.emplace_back(path.substr(0, end));
        }
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return parts;
}

DiskImage::DiskImage() { nodes[root].is = Node::Is::folder; }

std::vector<std::string> DiskImage::files() const {
    std::vector<std::string> found;
    const std::function<void(const Node&, const std::string&)> visit = [&](const Node& folder,
                                                                           const std::string& at) {
        for (const auto& [name, id] : folder.names) {
            const auto& node = nodes.at(id);
            const auto path = at + "/" + name;
            if (node.is == Node::Is::folder) {
                visit(node, path);
            } else {
                found.push_back(path);
            }
        }
    };
    visit(nodes.at(root), "");
    std::ranges::sort(found);
    return found;
}

const Node* DiskImage::find(std::string_view path) const {
    const auto* node = &nodes.at(root);
    for (const auto& part : parts_of(path)) {
        const auto found = node->names.find(part);
        if (found == node->names.end()) {
            return nullptr;
        }
        node = &nodes.at(found->second);
    }
    return node;
}

Bytes& DiskImage::bytes_of_file(const std::string& path) {
    const auto* found = find(path);
    CHECK(found != nullptr && found->is == Node::Is::file);
    for (auto& [id, node] : nodes) {
        if (&node == found) {
            CHECK(node.pending.empty());
            return node.bytes;
        }
    }
    CHECK(false);
}

}  // namespace wsoa::test
