#include "ledger/store/task_pool.h"

namespace wsoa {

TaskPool::TaskPool(unsigned threads, std::size_t waiting_max) : waiting_max_(waiting_max) {
    for (unsigned i = 0; i < threads; ++i) {
        threads_.emplace_back([this] { run(); });
    }
}

TaskPool::~TaskPool() {
    {
        const std::lock_guard lock(mutex_);
        is_ending_ = true;
    }
    has_work_.notify_all();
}

bool TaskPool::post(Task task) {
    {
        const std::lock_guard lock(mutex_);
        if (queue_.size() >= waiting_max_) {
            return false;
        }
        queue_.push_back(std::move(task));
    }
    has_work_.notify_one();
    return true;
}

bool TaskPool::do_next() {
    Task task;
    {
        const std::lock_guard lock(mutex_);
        if (queue_.empty()) {
            return false;
        }
        task = std::move(queue_.front());
        queue_.pop_front();
    }
    task();
    return true;
}

void TaskPool::run() {
    for (;;) {
        std::unique_lock lock(mutex_);
        has_work_.wait(lock, [&] { return !queue_.empty() || is_ending_; });
        if (queue_.empty()) {
            return;
        }
        const auto task = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        task();
    }
}

}  // namespace wsoa
