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
    const char *name;           // of what is at address, in the source; or NULL
    const char *outcome;        // how it went, in a word; or NULL
    int line, actor;
    const volatile void *address;
    uint64_t was, is;           // what it saw there, and left there
    bool saw, left;
    bool deviates;              // another could have gone on as usual
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
    const volatile uint32_t *sleeps_on;
    uint32_t sleeps_while;      // the word was this
    int64_t wakes_at;           // < 0: never by itself
    struct g *g;                // what getg says
    struct m *m;
    struct g boot;              // until its function has begun
    void (*fn)(void *);
    void *arg;
    struct step at;             // what it does next, or did last
    struct step call;           // a call of the world: where it stands
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
    int most_threads;           // of all executions
    struct gobuf driver;

    int steps, choices;
    int64_t now;
    int runnable;               // goroutines that are
    bool deviated;              // by a choice since the last step
    bool failed;
    bool ended;                 // by world.exit
    bool cut;                   // its end is known already
    bool over;
    bool compares;              // the next choice wants to know the state
    enum explore_kind kind;
    char failure[400];
    char detail[400];           // more of it: lines
    const char *why;
    const char *fail_file;
    int fail_line;
    char text[400];             // what the runtime has said
    size_t text_bytes;

    struct schedule made;       // the deviations of this execution
    // Returns one of the actors; -1: the rest need not be tried.
    int (*choose)(const int *actor, int n, int usual, bool preempts);

    int stop_at;                // a step, for a debugger; 0: none
    bool recording;
    struct step *record;        // MOST_STEPS of them

    uint64_t executions, all_steps;
    uint64_t without_states;    // executions before states are compared
    bool keeps_on;              // the search does not stop at a failure
    void (*outcome)(void);      // told of each execution that came to its end
    uint64_t steps_then;        // when the clock struck last
    bool playing;               // an execution is under way
    uint64_t most_steps;        // of all executions of a check; 0: any
    sigjmp_buf crash;
};

extern struct explorer *explorer;

// engine.c: run the check once; choices are made by choose. Whether it holds.
void engine_start(const struct explore_check *check);
bool engine_run(void);

// memory.c
void    *memory_pages(size_t bytes, int protection);
void     memory_start(void);
bool     memory_open(const void *address);
void     memory_restore(void);
bool     memory_is_mine(uintptr_t address);
void     memory_each_open(uintptr_t from, uintptr_t to,
                          void (*fn)(uintptr_t from, uintptr_t to));
bool     memory_number(uint64_t address, char *kind, unsigned long *number);
uint64_t memory_variables(void);
uint64_t memory_mix(uint64_t hash, const void *bytes, size_t n);
uint64_t memory_hash(uint64_t hash, const uintptr_t (*dead)[2], int n);

// freed.c
void freed_start(void);
void freed_begin_execution(void);
void freed_stack(const struct g *gp);
const char *freed_at(const volatile void *address);
uint64_t freed_mix(uint64_t hash);
bool freed_pointer(const void *address);

// state.c
bool state_is_dead_stack(uintptr_t address);
void state_forget(void);

void state_begin_execution(void);
void state_know(const struct g *gp);
bool state_done(int left, int *place);
void state_close(int place);
bool state_wanted(void);

// failure.c
void engine_fail(enum explore_kind kind, const char *file, int line,
                 const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void engine_detail(const char *format, ...)
    __attribute__((format(printf, 1, 2)));
struct explore_failure engine_explain(void);
_Noreturn void engine_leave(void);

// turn.c
void engine_note(const struct step *step, int actor);
void turn_give(void);
void turn_all(void);

// stores.c
void stores_let_look(void);
void stores_flush_one(struct thread *t);

// threads.c
int  thread_number(const struct thread *t);
void thread_begin(void (*fn)(void *), void *arg);

// search.c
bool search_bounded(int bound, double seconds, bool *complete);
bool search_random(uint64_t seed);
bool search_pct(uint64_t seed, int depth, int length);
bool search_replay(const struct schedule *s, bool *fits);
bool search_outcomes(int bound);
const char *search_misfit(void);
void search_minimise(struct schedule *s);

// schedule.c
void schedule_write(const struct schedule *s, char *text, size_t room);
const char *schedule_read(const char *text, struct schedule *s);

// show.c
const char *show_base(const char *file);
const char *show_cell(const struct step *s, char *text, size_t room);
void show_record(void);

// message.c
void message_write(const char *schedule);

#endif
