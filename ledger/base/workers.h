#pragma once

#include <functional>
#include <vector>

namespace wsoa {

// Hands that are lent to a pure room: they do tasks that know nothing of each other, at once or
// one after another.
class Workers {
public:
    using Task = std::function<void()>;
    virtual ~Workers() = default;

    // How many tasks may run at once: in how many parts to cut the work. At least 1.
    virtual unsigned count() const = 0;
    // Takes the tasks and returns; each runs once, at any time before the wait() for them returns.
    // What they borrow stays until then. More may be begun before that.
    virtual void begin(std::vector<Task> tasks) = 0;
    // Waits for the tasks that were begun first and not waited for yet; returns at once where there
    // are none. The caller may be given tasks to do meanwhile, so it holds nothing that one needs.
    virtual void wait() = 0;
};

// Does each task at once, on the caller's own thread.
class OwnHands final : public Workers {
public:
    unsigned count() const override { return 1; }
    void begin(std::vector<Task> tasks) override {
        for (const auto& task : tasks) {
            task();
        }
    }
    void wait() override {}
};

}  // namespace wsoa
