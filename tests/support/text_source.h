#pragma once

#include "ledger/store/document_source.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace wsoa::test {

// A document in memory, which a test may change while it is read.
class TextSource final : public DocumentSource {
public:
    explicit TextSource(std::string text) : text_(std::move(text)) {}

    // Called before each reading, with the place that is read.
    std::function<void(std::uint64_t offset)> before_read;
    // What it says of its size, in place of the truth.
    std::optional<std::uint64_t> stated_size;
    void set(std::string text) { text_ = std::move(text); }
    // As a write is seen that leaves the size as it was.
    void touch() { ++modified_ns_; }

    const std::string& name() const override { return name_; }
    Result<State> state() const override {
        return State{.size = stated_size.value_or(text_.size()), .modified_ns = modified_ns_};
    }
    Result<Bytes> read_at(std::uint64_t offset, std::size_t bytes_max) const override {
        if (before_read) {
            before_read(offset);
        }
        const auto whole = bytes_of(text_);
        const auto from = std::min<std::uint64_t>(offset, whole.size());
        const auto count = std::min<std::uint64_t>(bytes_max, whole.size() - from);
        return copy_of(whole.subspan(from, count));
    }

private:
    std::string name_ = "survey.txt";
    std::string text_;
    std::int64_t modified_ns_ = 0;
};

}  // namespace wsoa::test
