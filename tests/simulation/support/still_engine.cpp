#include "tests/simulation/support/still_engine.h"

#include <memory>

namespace wsoa::test {

struct StillEngine::Job {
    StillEngine& engine;
    void (*function)(void*);
    void* argument;
    void (*forget)(void*);
};

StillEngine::StillEngine(rocksdb::Env* machine) : rocksdb::EnvWrapper(machine) {
    file_system_ = machine->GetFileSystem();
    system_clock_ = machine->GetSystemClock();
}

void StillEngine::hold() {
    const std::lock_guard lock(mutex_);
    is_held_ = true;
}

void StillEngine::let_go() {
    std::unique_lock lock(mutex_);
    is_held_ = false;
    changed_.notify_all();
    changed_.wait(lock, [&] { return jobs_ == 0; });
}

int StillEngine::UnSchedule(void* tag, Priority priority) {
    {
        const std::lock_guard lock(mutex_);
        is_held_ = false;
        changed_.notify_all();
    }
    return EnvWrapper::UnSchedule(tag, priority);
}

void StillEngine::Schedule(void (*function)(void*), void* argument, Priority priority, void* tag,
                           void (*forget)(void*)) {
    {
        const std::lock_guard lock(mutex_);
        ++jobs_;
    }
    auto job = std::make_unique<Job>(*this, function, argument, forget);
    // The one who runs or drops it owns it.
    EnvWrapper::Schedule(run, job.release(), priority, tag, drop);
}

void StillEngine::run(void* job) {
    auto* const mine = static_cast<Job*>(job);
    {
        auto& engine = mine->engine;
        std::unique_lock lock(engine.mutex_);
        engine.changed_.wait(lock, [&] { return !engine.is_held_; });
    }
    mine->function(mine->argument);
    mine->engine.end(mine);
}

void StillEngine::drop(void* job) {
    auto* const mine = static_cast<Job*>(job);
    if (mine->forget != nullptr) {
        mine->forget(mine->argument);
    }
    mine->engine.end(mine);
}

void StillEngine::end(Job* job) {
    const std::unique_ptr<Job> done(job);
    const std::lock_guard lock(mutex_);
    --jobs_;
    changed_.notify_all();
}

}  // namespace wsoa::test
