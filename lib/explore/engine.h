/** @file engine.h  What the explorer's files share. */
#ifndef ENGINE_H
#define ENGINE_H

#include <setjmp.h>

#include "explore.h"
#include "runtime.h"

enum {
    THREADS = 16,
    BUFFER  = 8,                // stores that a thread may have in flight
    STACK   = 64 << 10,
    MOST_STEPS = 20000,         // of one execution
    MOST_DEVIATIONS = 400,
};

// Who may go on: a thread, or the oldest store of a thread's buffer.
enum { FLUSH = THREADS };       // actor i + FLUSH: a store of thread i

struct step {                   // for the record
    const char *file, *what;
    int line, actor;
    const volatile void *address;
    uint64_t value;
    bool has_value;
};

struct store {
    volatile void *address;
    uint64_t value;
    size_t bytes;
};

enum thread_state { ABSENT, READY, SLEEPING, ENDED };

struct thread {
    struct gobuf buf;           // where it goes on, while another one runs
    enum thread_state state;
    bool relaxed;               // it waits in a loop: others first
    bool spinning;              // and has done nothing else since
    bool timed_out;
    const volatile void *sleeps_on;
    int64_t wakes_at;           // < 0: never by itself
    struct g *g;                // what getg says
    struct m *m;
    struct g boot;              // until its function has begun
    void (*fn)(void *);
    void *arg;
    struct step at;             // what it does next, or did last
    struct store store[BUFFER];
    int stores;
    int error;                  // errno, while another one runs
    char *stack;
};

// Another choice than the usual one: the n-th choice of the execution was actor.
struct deviation {
    int n, actor;
};

struct schedule {
    int n;
    struct deviation d[MOST_DEVIATIONS];
};

// All that outlives an execution; not restored between two.
struct explorer {
    const struct explore_check *check;
    struct thread thread[THREADS];
    int threads;
    struct thread *current;
    struct gobuf driver;

    int steps, choices;
    int64_t now;
    bool failed;
    bool ended;                 // by world.exit, as expected
    char failure[400];
    const char *fail_file;
    int fail_line;
    char text[400];             // what the runtime has said
    size_t text_bytes;

    struct schedule made;       // the deviations of this execution
    int (*choose)(const int *actor, int n, int usual, bool preempts);

    char *memory, *memory_end;  // given to the runtime
    size_t memory_used;
    char *data, *data_end, *data_copy;  // variables of the program

    int stop_at;                // a step, for a debugger; 0: none
    bool recording;
    struct step *record;        // MOST_STEPS of them

    uint64_t executions, all_steps;
    sigjmp_buf crash;
};

extern struct explorer *explorer;

// engine.c: run the check once; choices are made by choose. Whether it holds.
void engine_start(const struct explore_check *check);
bool engine_run(void);

// failure.c
void engine_fail(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
_Noreturn void engine_leave(void);

// turn.c
void engine_note(const struct step *step, int actor);
void turn_give(void);

// stores.c
void stores_let_look(void);
void stores_flush_one(struct thread *t);
void stores_record(uint64_t value);

// threads.c
int  thread_number(const struct thread *t);
void thread_begin(void (*fn)(void *), void *arg);

// search.c
bool search_bounded(int bound, double seconds, bool *complete);
bool search_random(uint64_t seed);
bool search_pct(uint64_t seed, int depth, int length);
bool search_replay(const struct schedule *s, bool *fits);
void search_minimise(struct schedule *s);

// schedule.c
void schedule_write(const struct schedule *s, char *text, size_t room);
const char *schedule_read(const char *text, struct schedule *s);

// show.c
void show_record(void);

#endif
