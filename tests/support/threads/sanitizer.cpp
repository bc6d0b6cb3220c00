// What the thread sanitizer is to pass over. Debian's KJ is not instrumented, and its own mutex is
// a futex that the sanitizer does not see: two answers given close together look like a race inside
// the node that brings them to the loop, whose lock orders them (kj/async.c++, XThreadPaf). What
// those answers hold goes by a mutex of ours (cli/keeper/handoff.h), so that nothing of ours is
// passed over.
extern "C" const char* __tsan_default_suppressions() { return "race:kj::_::XThreadPaf\n"; }
