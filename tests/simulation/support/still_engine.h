#pragma once

#include <rocksdb/env.h>

#include <condition_variable>
#include <mutex>

namespace wsoa::test {

// A machine on which the engine's own threads rest while they are told to, so that a commit meets
// the disk operation by operation in the same order each time. What it wraps is borrowed.
class StillEngine final : public rocksdb::EnvWrapper {
public:
    explicit StillEngine(rocksdb::Env* machine);
    const char* Name() const override { return "wsoa still machine"; }

    // What is scheduled from now on waits, until it is let go or the engine is closed.
    void hold();
    // Lets all of it go, and waits until it is done.
    void let_go();

    // Whoever closes the engine waits for its threads.
    int UnSchedule(void* tag, Priority priority) override;
    void Schedule(void (*function)(void*), void* argument, Priority priority, void* tag,
                  void (*forget)(void*)) override;

private:
    struct Job;
    static void run(void* job);
    static void drop(void* job);
    void end(Job* job);

    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_held_ = false;
    std::size_t jobs_ = 0;
};

}  // namespace wsoa::test
