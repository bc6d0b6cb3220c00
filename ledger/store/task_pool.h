#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace wsoa {

// Threads that do short tasks in the order in which they come in, as many at once as there are
// threads. What still waits when it goes is done first.
class TaskPool {
public:
    using Task = std::function<void()>;
    TaskPool(unsigned threads, std::size_t waiting_max);
    ~TaskPool();
    TaskPool(const TaskPool&) = delete;
    TaskPool& operator=(const TaskPool&) = delete;

    // False if too many wait: the task was not taken.
    [[nodiscard]] bool post(Task task);
    // Does the task whose turn it is on the caller's own thread; false if none waits.
    bool do_next();

private:
    void run();

    const std::size_t waiting_max_;
    std::mutex mutex_;
    std::condition_variable has_work_;
    std::deque<Task> queue_;
    bool is_ending_ = false;
    std::vector<std::jthread> threads_;  // last, since they use all of the above
};

}  // namespace wsoa
