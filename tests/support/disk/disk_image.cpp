#include "tests/support/disk/disk_image.h"

#include "ledger/base/check.h"

#include <algorithm>
#include <functional>
#include <utility>

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

Node* DiskImage::find(std::string_view path) {
    return const_cast<Node*>(std::as_const(*this).find(path));
}

const Bytes& DiskImage::bytes_of_file(std::string_view path) const {
    const auto* node = find(path);
    CHECK(node != nullptr && node->is == Node::Is::file);
    return node->bytes;
}

void DiskImage::put_file(std::string_view path, Bytes bytes) {
    const auto slash = path.rfind('/');
    auto* folder = find(path.substr(0, slash));
    CHECK(folder != nullptr && folder->is == Node::Is::folder);
    const auto id = next++;
    nodes[id] = Node{.bytes = bytes,
                     .synced = std::move(bytes),
                     .pending = {},
                     .names = {},
                     .synced_names = {},
                     .pending_names = {}};
    const std::string name(path.substr(slash + 1));
    folder->names[name] = id;
    folder->synced_names[name] = id;
}

void DiskImage::flip(std::string_view path, std::uint64_t byte, std::uint64_t bit) {
    auto* node = find(path);
    CHECK(node != nullptr && byte < node->bytes.size() && node->pending.empty());
    for (auto* bytes : {&node->bytes, &node->synced}) {
        (*bytes)[byte] = static_cast<std::uint8_t>((*bytes)[byte] ^ 1U << bit);
    }
}

DiskImage::NodeId DiskImage::copy_from(const DiskImage& other, const Node& node) {
    auto copy = node;
    for (auto* names : {&copy.names, &copy.synced_names}) {
        for (auto& [name, id] : *names) {
            id = copy_from(other, other.nodes.at(id));
        }
    }
    nodes[next] = std::move(copy);
    return next++;
}

void DiskImage::put_folder(std::string_view path, const DiskImage& from, std::string_view source) {
    const auto* node = from.find(source);
    CHECK(node != nullptr);
    const auto id = copy_from(from, *node);
    const auto slash = path.rfind('/');
    auto* folder = find(path.substr(0, slash));
    CHECK(folder != nullptr);
    const std::string name(path.substr(slash + 1));
    folder->names[name] = id;
    folder->synced_names[name] = id;
}

}  // namespace wsoa::test
