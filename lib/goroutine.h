/** @file goroutine.h  libgoroutine: Go's goroutines for C.
 *
 * This is the whole public interface, and the only header to include. It
 * grows with the chapters of the book; what is declared here works.
 *
 * C17 with the extensions of gcc >= 12 or clang >= 14, and C++17. Linux on
 * x86-64 and aarch64. Link with -lgoroutine (pkg-config name: goroutine).
 *
 * Misuse ends the process: one line on standard error that begins with
 * "fatal error: ", and exit status 2, as in Go.
 */
#ifndef GOROUTINE_H
#define GOROUTINE_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

/** @name errno
 *
 * errno belongs to the goroutine: another one that runs on the same thread
 * meanwhile does not change it.
 *
 * Compilers fetch the address of errno once in each function, because the C
 * library promises that a thread's errno does not move. A goroutine may go on
 * on another thread. So this header defines errno anew. Code that is compiled
 * without it must not read errno after a call that lets others run.
 * @{ */

/** The address of the errno of the running goroutine, or of the thread
 * outside of one. Valid until the next call that lets others run. */
int *go_errno(void);

#undef errno
#define errno (*go_errno())

/** @} */

/** @name Goroutines
 *
 * A goroutine is a function that runs on a stack of its own, beside its
 * caller. Goroutines are shared out among threads, as many at a time as
 * GOMAXPROCS says. They run inside of go_run:
 *
 *     static void greet(const char *name, int times)
 *     {
 *         for (int i = 0; i < times; i++)
 *             printf("hello, %s\n", name);
 *     }
 *
 *     static int go_main(int argc, char **argv)
 *     {
 *         struct go_waitgroup wg = {0};
 *
 *         for (int i = 1; i < argc; i++)
 *             go_waitgroup_go(&wg, greet, argv[i], 2);
 *         go_waitgroup_wait(&wg);
 *         return 0;
 *     }
 *
 *     int main(int argc, char **argv)
 *     {
 *         return go_run(go_main, argc, argv);
 *     }
 *
 * Outside of a goroutine the functions from here on are a fatal error, as
 * they are in a child after fork, where only exec and _exit are possible.
 * @{ */

/** Start the runtime, and run main_fn(argc, argv) as goroutine 1.
 *
 * When main_fn returns, the other goroutines die with it: each thread stops
 * at its next scheduling point. What they held, memory and locks, is lost; what
 * they waited for still knows them, and must be made zero before a later run uses
 * it (mutexes, groups, and all that others wait for, but for what says more). A
 * thread that has not stopped after 100 ms is abandoned: it never takes up a
 * goroutine again, and the stacks of that run are kept for ever. What it uses, a
 * later run must not use: whom it wakes nobody runs.
 *
 * main_fn begins on the thread that called, and leaves it when it first
 * waits, unless it calls go_lock_os_thread before. go_run may be called again
 * afterwards. Called from a goroutine, or while another thread is in it, it is
 * a fatal error.
 *
 * Environment: GOMAXPROCS; GODEBUG (stacksize=BYTES, stackfill=1);
 * GOTRACEBACK. If all goroutines wait, the process ends as in Go: "fatal
 * error: all goroutines are asleep - deadlock!", a dump, exit status 2.
 * SIGQUIT dumps, too, unless the program handles it.
 *
 * @return what main_fn returns. Mirrors rt0_go and main in Go's
 * runtime/proc.go. */
int go_run(int (*main_fn)(int argc, char **argv), int argc, char **argv);

/** What go_with can say of a goroutine. What is 0 has its usual value. */
struct go_attr {
    const char *name;   /**< shown in dumps; must outlive the goroutine */
    size_t stack_max;   /**< bytes that its stack may use: 64 KiB unless
                             given, GO_STACK_MIN at least. Memory is taken
                             as it is touched. */
};

/** The least stack_max. */
#define GO_STACK_MIN ((size_t)16 << 10)

/** Run fn(args...) as a goroutine. Up to six arguments, integers or pointers.
 *
 * A statement, usable without braces. Each argument is evaluated once, here
 * and now. The compiler checks the call as a call of fn. A floating-point
 * number or a struct, as argument or as parameter, does not compile: it would
 * arrive wrong; pass a pointer. What fn returns is dropped. A parameter that
 * is narrower than int gets the argument unconverted, so the value must fit.
 * (gcc takes a parameter of an enum type only if each argument is of the very
 * type of its parameter.)
 *
 * fatal error if fn is NULL, or if there is no memory for a stack. Happens
 * before the start of fn. Mirrors Go's go statement. */
#define go_start(...) \
    GO_SPAWN_((const struct go_attr *)0, (struct go_waitgroup *)0, __VA_ARGS__)

/** The same, unless GO_NO_SHORT_NAMES is defined. */
#ifndef GO_NO_SHORT_NAMES
#define go(...) go_start(__VA_ARGS__)
#endif

/** The same with a struct go_attr, which is read now:
 * go_with(&attr, fn, args...). A literal goes in parentheses:
 * go_with((&(struct go_attr){ .stack_max = 1 << 20 }), fn, args...). */
#define go_with(attr, ...) \
    GO_SPAWN_(attr, (struct go_waitgroup *)0, __VA_ARGS__)

/** Let others run, and go on later. Mirrors runtime.Gosched: to the end of the
 * global queue. No memory is ordered by it. */
void go_gosched(void);

/** End this goroutine. Goroutine 1, too: the others go on, and when they have
 * ended the process is dead: "fatal error: no goroutines (main called
 * runtime.Goexit) - deadlock!". A fatal error in a coroutine, which must return
 * first. Mirrors runtime.Goexit. */
#ifdef __cplusplus
[[noreturn]] void go_goexit(void);
#else
_Noreturn void go_goexit(void);
#endif

/** The number of this goroutine: 1 is main_fn, and none is given twice in a
 * run. Go has it, and does not show it. */
uint64_t go_id(void);

/** How many goroutines there are, those that wait included. Mirrors
 * runtime.NumGoroutine. */
int go_num_goroutine(void);

/** Let n threads run goroutines at a time. n < 1 changes nothing.
 *
 * All others are stopped for the change, each at its next scheduling point: a
 * goroutine that computes without one holds it up. 4,096 is the most. The
 * value at the start is GOMAXPROCS of the environment, or the number of
 * processors that the process may use, by its affinity and its cgroup.
 *
 * @return the value before. Mirrors runtime.GOMAXPROCS. */
int go_gomaxprocs(int n);

/** How many processors this process may use, by its affinity. May be called
 * anywhere. Mirrors runtime.NumCPU. */
int go_num_cpu(void);

/** Wire this goroutine to the thread it runs on: it runs there only, and
 * nothing else does, until go_unlock_os_thread was called as often. A
 * goroutine that ends so takes its thread along, unless that is the one that
 * called go_run. Mirrors runtime.LockOSThread. */
void go_lock_os_thread(void);

/** Undo one go_lock_os_thread. Without one: nothing. */
void go_unlock_os_thread(void);

/** Let the runtime have n threads, 10,000 unless said. More is a fatal error,
 * "thread exhaustion". @return the limit before. Mirrors
 * debug.SetMaxThreads. */
int go_set_max_threads(int n);

/** Let others run, if this goroutine has computed for longer than its time
 * slice (4 ms) and others wait; else it costs hardly anything. For loops that
 * call nothing of the runtime, where signals cannot stop them: see
 * go_preempt_disable. Mirrors what Go's compiler put at the entry of each
 * function. */
void go_checkpoint(void);

/** Stay on this thread until go_preempt_enable was called as often, unless the
 * goroutine waits or yields by itself.
 *
 * A goroutine that computes for longer than its time slice while others wait is
 * stopped by a signal (SIGURG) to its thread. It may be anywhere in the
 * program's own code then, and may go on on another thread. It is not stopped
 * in a shared library, nor in a function that a library has called, nor in a
 * coroutine. A thread that sleeps in the kernel is left alone; but a call that
 * began just before the signal may end with EINTR, if it is one that SA_RESTART
 * does not help (poll, nanosleep).
 *
 * So disable it where the thread must not change: while a pthread mutex is
 * held (others of this thread may want it), between a pthread_self and its
 * use, around an address of a thread-local variable.
 *
 * Signals are off with GODEBUG=asyncpreemptoff=1, in a program with a static C
 * library, with a shadow stack, with a sanitizer that has threads or addresses
 * in view, under Valgrind, and if the program handles SIGURG itself. Then
 * goroutines stop at go_checkpoint and where they wait. */
void go_preempt_disable(void);

/** Undo one go_preempt_disable. Without one: nothing. */
void go_preempt_enable(void);

/** How deep the stack of this goroutine has been, in bytes: at least this
 * much was written to by it, or by goroutines that had the stack before it
 * (GODEBUG=stackfill=1: by it alone). For choosing a stack_max. */
size_t go_stack_high_water(void);

/** @} */

/** @name WaitGroup
 *
 * Waits until a number of goroutines have done their work. The zero value is
 * ready to use, and has nothing to wait for. It must not be moved or freed
 * while somebody uses it. If its go_run ends while somebody waits for it, it must
 * be made zero before it is used again. Mirrors sync.WaitGroup.
 * @{ */

/** A counter, and those who wait for it to be 0. */
struct go_waitgroup {
    uint64_t state;             /**< private: counter, and waiters */
    uint32_t key;               /**< private: lock */
    uint32_t permits;           /**< private: for some who do not sleep yet */
    void *waiting;              /**< private: list */
};

/** Add delta, which may be negative, to the counter. At 0 all that wait go
 * on. Below 0: "panic: sync: negative WaitGroup counter". An Add from 0 must
 * happen before the Wait that is to see it. */
void go_waitgroup_add(struct go_waitgroup *wg, int delta);

/** Take 1 from the counter. Happens before the return of each
 * go_waitgroup_wait that it lets go on. */
void go_waitgroup_done(struct go_waitgroup *wg);

/** Wait until the counter is 0. */
void go_waitgroup_wait(struct go_waitgroup *wg);

/** Add 1, run fn(args...) as a goroutine, and call go_waitgroup_done when it
 * has ended, by returning or by go_goexit. Mirrors WaitGroup.Go. */
#define go_waitgroup_go(wg, ...) \
    GO_SPAWN_((const struct go_attr *)0, wg, __VA_ARGS__)

/** @} */

/** @name Channels
 *
 * A channel carries values of one type from goroutine to goroutine. Its
 * capacity says how many it keeps; one without capacity hands each value over,
 * and the sender waits until somebody takes it.
 *
 *     static void
 *     count(go_chan(int) out, int n)
 *     {
 *         for (int i = 1; i <= n; i++)
 *             go_send(out, i);
 *         go_close(out);
 *     }
 *     ...
 *     go_chan(int) ch = go_make_chan(int, 16);
 *
 *     go(count, ch, 10);
 *     go_range(i, ch)
 *         printf("%d\n", i);
 *     go_free_chan(ch);
 *
 * The element type is part of the channel's, and the compiler checks it. An
 * element may be of any type below 64 KiB, but no array (put it into a struct;
 * in C++ the type must be trivially copyable). Elements are copied.
 *
 * A channel variable that is NULL is a nil channel: sending to it, and
 * receiving from it, wait for ever; a case of a select with it is never chosen.
 *
 * Who makes a channel frees it, with go_free_chan, when nobody uses it any
 * more: that every value has been received is enough, if nobody sends, receives
 * or closes later. A select uses the channel of each case until it returns; the
 * one of the case that was done, only until that was done. A channel belongs to
 * the go_run in which it was made; after that run it can only be freed.
 * Goroutines that wait are served in the order of their coming. Each macro
 * evaluates its arguments once; in C the channel is the first.
 * Mirrors Go's runtime/chan.go.
 *
 * Happens before, as in Go: a send before the end of its receive; a close
 * before a receive that returns because of it; a receive without capacity
 * before the end of its send; the k-th receive of capacity C before the end of
 * the k+C-th send.
 * @{ */

/** The type of a channel of a type: go_chan(int) ch; */
#define go_chan(...) __typeof__(__typeof__(__VA_ARGS__) *(*)[])

/** An element without a content: Go's struct{}. GO_UNIT is its value. */
#ifndef __cplusplus
__extension__ struct go_unit {
    char nothing[0];            /**< private */
};
#define GO_UNIT (__extension__ (struct go_unit){ { } })
#else
struct go_unit;
#endif

/** Make a channel of T with room for n elements. "panic: makechan: size out of
 * range" if n is negative, or takes more memory than there are addresses; a
 * fatal error if there is no memory. */
#define go_make_chan(T, n) GO_MAKE_CHAN_(T, n)

/** Send value, which must be assignable to the element. Waits while there is
 * neither a receiver nor room. "panic: send on closed channel" if ch is closed,
 * or is closed meanwhile. */
#define go_send(ch, ...) GO_CHAN_SEND_(ch, __VA_ARGS__)

/** Receive: the value. Waits while there is none. The zero value once ch is
 * closed and drained. */
#define go_recv(...) GO_CHAN_RECV_(__VA_ARGS__)

/** The same, to *p. @return false if ch is closed and drained; *p is zero then.
 */
#define go_recv_ok(ch, ...) GO_CHAN_RECV_OK_(ch, __VA_ARGS__)

/** Send without waiting. @return whether it was sent. Panics as go_send does. */
#define go_try_send(ch, ...) GO_CHAN_TRY_SEND_(ch, __VA_ARGS__)

/** Receive to *p without waiting. @return whether a value was received. If ch is
 * closed and drained, false, and *p is zero; if there is just no value, false,
 * and *p is as it was. (go_select with go_case_recv_ok and go_case_default
 * tells the two apart.) */
#define go_try_recv(ch, ...) GO_CHAN_TRY_RECV_(ch, __VA_ARGS__)

/** A loop: `go_range(v, ch) { ... }` receives into a new variable v until ch
 * is closed and drained. break and continue work. */
#define go_range(v, ...) GO_RANGE_(v, GO_UNIQUE_(go_range_), __VA_ARGS__)

/** Nothing more will be sent. All that wait for ch go on: receivers get what is
 * left and then zero values, senders panic. "panic: close of closed channel",
 * "panic: close of nil channel". */
#define go_close(...) GO_CHAN_CLOSE_(__VA_ARGS__)

/** How many values are kept in ch at this moment; 0 for NULL. */
#define go_len(...) GO_CHAN_LEN_(__VA_ARGS__)

/** How many it has room for; 0 for NULL. */
#define go_cap(...) GO_CHAN_CAP_(__VA_ARGS__)

/** Free ch, and what is kept in it. NULL is allowed. A fatal error that names
 * them if goroutines wait for ch. */
#define go_free_chan(...) GO_CHAN_FREE_(__VA_ARGS__)

/** @} */

/** @name Select
 *
 * Waits for the first of several operations that can be done, and does it.
 *
 *     switch (go_select(go_case_recv(a, &x),
 *                       go_case_recv_ok(b, &y, &ok),
 *                       go_case_send(c, 7),
 *                       go_case_default)) {
 *     case 0: ... x has come from a ... break;
 *     case 1: ... y from b, or ok is false: b is closed ... break;
 *     case 2: ... 7 was sent to c ... break;
 *     case 3: ... none of them could be done now ... break;
 *     }
 *
 * If several can be done, one of them is chosen at random, each as likely as
 * any other. Values to be sent are evaluated in any case, in the order of
 * their coming, once. Without cases it waits for ever. Mirrors Go's
 * runtime/select.go.
 * @{ */

/** One case of a select. Made by the macros below. */
struct go_case {
    struct go_chan_ *ch;        /**< private */
    void *elem;                 /**< private */
    bool *ok;                   /**< private */
    int what;                   /**< private */
};

/** The most cases that a select may have. */
#define GO_CASES_MAX 65536

/** Wait for one of the cases, and do it. @return its index in the list. A panic
 * if there are more than 65,536, or more than one go_case_default; "panic: send
 * on closed channel" if the case that is chosen sends to one. */
#define go_select(...) GO_SELECT_(__VA_ARGS__)

/** Receive from ch to *p; p may be NULL, and the value is dropped. */
#define go_case_recv(ch, p) GO_CASE_RECV_(ch, p)

/** The same; *ok becomes whether it is a value, and not the end of ch. */
#define go_case_recv_ok(ch, p, ok) GO_CASE_RECV_OK_(ch, p, ok)

/** Send value to ch. It lives in the block that the case stands in: for
 * go_select_n that must be the block of the call. In C++ a pointer to the
 * value, which must live until go_select returns. */
#define go_case_send(ch, ...) GO_CASE_SEND_(ch, __VA_ARGS__)

/** The case that is done if no other can be. */
#define go_case_default GO_CASE_(0, (void *)0, (void *)0, (bool *)0)

/** go_select for cases that are counted at run time: an array, made as
 * `struct go_case cases[2] = { go_case_recv(a, &x), go_case_recv(b, &y) };`.
 * It is only read. */
int go_select_n(const struct go_case *cases, size_t n);

/** @} */

/** @name Mutex
 *
 * Lets one goroutine at a time into what it guards. The zero value is free.
 * Goroutines that wait, wait as goroutines: their threads do other work. A
 * mutex has no owner: another goroutine may unlock it. The one that has it must
 * not lock it again: it would wait for ever.
 *
 * Mostly whoever comes first gets it: one that waited and was woken may come
 * too late. But one that waits for longer than a millisecond is given it, and
 * nobody comes between.
 *
 * A mutex must not be copied or moved after its first use; it says so where it
 * can. Who has locked it last may free it, at once after go_mutex_unlock. A
 * mutex that was locked when its go_run ended stays so; one that somebody waited
 * for then must be made zero before it is used again. The n-th unlock happens
 * before the return of the lock after it. Mirrors sync.Mutex.
 * @{ */
struct go_mutex {
    uint32_t state;             /**< private: locked, and who waits */
    uint32_t sema;              /**< private: for those who wait */
    void *self;                 /**< private: where it was first used */
};

/** Wait until mu is free, and take it. */
void go_mutex_lock(struct go_mutex *mu);

/** Take mu if it is free. @return whether it was. It may say no for a moment
 * after it became free, while others wait. */
bool go_mutex_try_lock(struct go_mutex *mu);

/** Let others have mu. "fatal error: sync: unlock of unlocked mutex". */
void go_mutex_unlock(struct go_mutex *mu);

/** @} */

/** @name RWMutex
 *
 * Lets any number of readers in, or one writer. The zero value is free. From
 * the moment that a writer waits, readers that come wait, too: so readers cannot
 * keep it out. For the same reason a reader must not take it again. What is
 * said of copies and ends of go_mutex holds here, too; but it may be freed only
 * when every unlock has returned.
 *
 * An unlock happens before the return of each lock or rlock that it lets in; an
 * runlock before that of the next lock. Mirrors sync.RWMutex.
 * @{ */
struct go_rwmutex {
    struct go_mutex writers;    /**< private: one at a time */
    uint32_t writer_sema;       /**< private: the writer waits for readers */
    uint32_t reader_sema;       /**< private: readers wait for the writer */
    int32_t readers;            /**< private: less a large number if a writer
                                     is there */
    int32_t leaving;            /**< private: readers that it waits for */
};

/** Wait until nobody has rw, and take it for writing. */
void go_rwmutex_lock(struct go_rwmutex *rw);

/** The same if nobody has it. @return whether it was so. */
bool go_rwmutex_try_lock(struct go_rwmutex *rw);

/** Done with writing. All readers that wait are let in, before the next writer.
 * "fatal error: sync: Unlock of unlocked RWMutex". */
void go_rwmutex_unlock(struct go_rwmutex *rw);

/** Wait until no writer has rw or waits for it, and take it for reading. Fewer
 * than 2^30 readers at a time. */
void go_rwmutex_rlock(struct go_rwmutex *rw);

/** The same if there is no such writer. @return whether it was so. */
bool go_rwmutex_try_rlock(struct go_rwmutex *rw);

/** Done with reading. "fatal error: sync: RUnlock of unlocked RWMutex". */
void go_rwmutex_runlock(struct go_rwmutex *rw);

/** @} */

/** @name Once
 *
 * Does something once, however many ask for it. The zero value is ready.
 * Mirrors sync.Once.
 * @{ */
struct go_once {
    uint32_t done;              /**< private */
    struct go_mutex mutex;      /**< private: held while it is done */
};

/** Call fn(args...), if nobody has done so with this once; if somebody is about
 * to, wait for the end. So fn has ended when this returns, by returning or by
 * go_goexit. Its end happens before the return of each go_once_do. Up to six
 * arguments, of any type; only who calls fn evaluates them. A statement. fn must
 * not ask for the same once: it would wait for itself. */
#define go_once_do(once, ...) \
    GO_ONCE_(GO_UNIQUE_(go_once_), GO_UNIQUE_(go_call_), once, __VA_ARGS__)

/** @} */

/** @name Cond
 *
 * Where goroutines wait for something to become true, and are told. The zero
 * value is ready. It must not be copied or moved after its first use: "panic:
 * sync.Cond is copied". If its go_run ends while somebody waits for it, it must be
 * made zero before it is used again. A signal or broadcast happens before the
 * return of each wait that it ends. Mirrors sync.Cond.
 * @{ */
struct go_cond {
    uint32_t wait;              /**< private: the next one that waits */
    uint32_t notify;            /**< private: the next one to be told */
    uint32_t key;               /**< private: lock */
    void *head, *tail;          /**< private: list */
    void *self;                 /**< private: where it was first used */
};

/** Unlock mu, which the caller holds, wait for a signal or broadcast that comes
 * after the unlocking, and lock mu again. It never returns without one. But
 * what one waits for may have become untrue again, so it stands in a loop:
 *
 *     go_mutex_lock(&mu);
 *     while (!something)
 *         go_cond_wait(&cond, &mu);
 */
void go_cond_wait(struct go_cond *cond, struct go_mutex *mu);

/** Let the one go on that waits longest, if one waits. The mutex may be held, or
 * not. */
void go_cond_signal(struct go_cond *cond);

/** Let all go on that wait. */
void go_cond_broadcast(struct go_cond *cond);

/** @} */

/** @name Semaphore
 *
 * A number of permits. Who takes one waits while there is none. The zero value
 * has none; `struct go_sema s = { .permits = 3 };` begins with three. A release
 * happens before the return of the acquire that takes what it gave. Those who
 * wait are woken in the order of their coming. Mirrors semacquire and semrelease
 * in Go's runtime/sema.go.
 * @{ */
struct go_sema {
    uint32_t permits;           /**< how many there are at the beginning; private
                                     after the first use */
};

/** Take a permit; wait while there is none. */
void go_sema_acquire(struct go_sema *s);

/** Take a permit if there is one. @return whether there was. */
bool go_sema_try_acquire(struct go_sema *s);

/** Give a permit, one's own or a new one. */
void go_sema_release(struct go_sema *s);

/** @} */

/** @name Atomics
 *
 * Whole steps on an object that several goroutines use: a plain integer, a bool
 * or a pointer, not declared in any special way. All such steps, on all objects,
 * happen in one order that everybody agrees on. Each macro evaluates its
 * arguments once. May be used anywhere. Mirrors sync/atomic.
 *
 * Go's atomic.Value, too, is a pointer here. It panics if it is given a value of
 * another type; of a pointer the compiler says so.
 * @{ */

/** The value of *p. */
#define go_load(p) GO_LOAD_(p)

/** Let *p be v. */
#define go_store(p, v) GO_STORE_(p, v)

/** Let *p be v. @return the value before. */
#define go_swap(p, v) GO_SWAP_(p, v)

/** If *p is old, let it be v. @return whether it was. */
#define go_cas(p, old, v) GO_CAS_(p, old, v)

/** Add n, which may be negative, to *p, a number. It wraps around. @return the
 * new value. */
#define go_add(p, n) GO_ADD_(p, n)

/** Let only those bits of *p, a number, stay that are in v. @return the value
 * before. */
#define go_and(p, v) GO_AND_(p, v)

/** The same, and add those that are in v. @return the value before. */
#define go_or(p, v) GO_OR_(p, v)

/** @} */

/** @name Once, as a function
 *
 * Two declarations, for outside of functions, each of which defines a function.
 * Mirror sync.OnceFunc and sync.OnceValue; C has no closures, so the function
 * has a name.
 *
 *     static struct table *read_table(void) { ... }
 *     go_once_value(struct table *, table, read_table);
 *     ...
 *     look_up(table(), "x");
 * @{ */

/** Define `static void name(void)`, which calls fn() once, however often it is
 * called, and returns when that has ended: see go_once_do. */
#define go_once_func(name, fn)                                                \
    static void                                                               \
    name(void)                                                                \
    {                                                                         \
        static struct go_once name##_once_;                                   \
                                                                              \
        go_once_do(&name##_once_, fn);                                        \
    }                                                                         \
    struct go_once

/** Define `static T name(void)`, which returns what fn() has returned: fn is
 * called once. T is a type to which a name can be appended. If fn ended by
 * go_goexit, the value is zero. */
#define go_once_value(T, name, fn)                                            \
    static T name##_value_;                                                   \
                                                                              \
    static void                                                               \
    name##_first_(void)                                                       \
    {                                                                         \
        name##_value_ = fn();                                                 \
    }                                                                         \
                                                                              \
    static T                                                                  \
    name(void)                                                                \
    {                                                                         \
        static struct go_once name##_once_;                                   \
                                                                              \
        go_once_do(&name##_once_, name##_first_);                             \
        return name##_value_;                                                 \
    }                                                                         \
    struct go_once

/** @} */

/** @name Pool
 *
 * Values that are used again instead of being made anew: buffers, mostly.
 *
 *     static void *make_buffer(void) { return malloc(4096); }
 *     static struct go_pool buffers = { .make = make_buffer, .drop = free };
 *     ...
 *     char *buffer = go_pool_get(&buffers);
 *     ...
 *     go_pool_put(&buffers, buffer);
 *
 * Each p keeps its own, and gives to others what they lack. A pool must not be
 * copied or moved after its first use. It belongs to the go_run in which it is
 * first used; after that run it can only be freed. Mirrors sync.Pool, without
 * the garbage collector: what nobody has wanted for a while is given to drop. A
 * pool without drop keeps all.
 *
 * A put happens before the get that returns the value.
 * @{ */
struct go_pool {
    void *(*make)(void);        /**< called if there is nothing to get, or NULL.
                                     (Go's New) */
    void (*drop)(void *value);  /**< takes leave of a value, and returns; or
                                     NULL */
    void *all;                  /**< private */
    uint32_t key;               /**< private: lock */
};

/** Take a value, any; if there is none, what make() returns. NULL if there is no
 * make, either. Mostly it is the one that was put last by this p. */
void *go_pool_get(struct go_pool *pool);

/** Put a value, which the caller does not use any more. NULL is not put. Now and
 * then this calls drop for others: if the last trim is ten seconds ago. A fatal
 * error if there is no memory. */
void go_pool_put(struct go_pool *pool, void *value);

/** Give all values to drop that were there at the last trim, and that nobody has
 * wanted since. For when memory is scarce: call it twice. One value of each
 * other p may stay. */
void go_pool_trim(struct go_pool *pool);

/** Give all values to drop. Nobody else may use the pool meanwhile; it is empty
 * afterwards, and may be used again. */
void go_pool_free(struct go_pool *pool);

/** @} */

/** @name Map
 *
 * A map that many use at once. Loads take no lock, and so do not wait; writes
 * wait only for writes to keys that are near in the tree. Keys and values are
 * pointers, or words that fit into one.
 *
 *     static struct go_map ages = GO_MAP_OF_TEXTS;
 *     ...
 *     go_map_store(&ages, "gopher", (void *)16);
 *     if (go_map_load(&ages, "gopher", &age))
 *         ...
 *
 * The zero value is a map whose keys are the words themselves. Otherwise hash
 * and equal say what a key is. The map keeps the pointer to a key until nobody
 * can look at it any more, which is later than its deletion. So keys must
 * outlive the map, or copy_key and free_key are given: then a key need only live
 * as long as the call, and the map has its own copy. Values are the program's:
 * who loads one may use it after it was deleted.
 *
 * hash and equal must always answer the same. equal must not wait, nor call
 * anything of this interface: what is deleted meanwhile cannot be freed. All four
 * functions return: they neither call go_goexit nor throw.
 *
 * It must not be copied or moved after its first use. It belongs to the go_run
 * in which it is first used; after that run it can only be freed. What was
 * stored happens before the load that returns it. Mirrors sync.Map.
 * @{ */
struct go_map {
    uint64_t (*hash)(const void *key);  /**< or NULL: the key as a number */
    bool (*equal)(const void *a, const void *b);    /**< or NULL: a == b */
    void *(*copy_key)(const void *key); /**< or NULL: the key is kept itself */
    void (*free_key)(void *key);        /**< or NULL */
    void *root;                         /**< private */
    void *retired_first, *retired_last; /**< private: not freed yet */
    int32_t n_retired;                  /**< private: how many */
    int32_t kept;                       /**< private: of those, last time */
    int32_t ranging[2];                 /**< private: go_map_ranges under way */
    uint64_t turned, passed;            /**< private: epochs */
    uint32_t side;                      /**< private: of ranges that begin */
    uint32_t key;                       /**< private: lock */
};

/** What a go_map is whose keys are C strings. It copies them. */
#define GO_MAP_OF_TEXTS { go_string_hash, go_string_equal, go_string_copy,    \
                          go_string_free, 0, 0, 0, 0, 0, { 0, 0 }, 0, 0, 0, 0 }

/** The value of key to *value, or NULL if it has none. value may be NULL.
 * @return whether it has one. */
bool go_map_load(struct go_map *m, const void *key, void **value);

/** Let key have the value. */
void go_map_store(struct go_map *m, const void *key, void *value);

/** Let key have the value, if it has none. *actual is the one that it has then;
 * actual may be NULL. @return whether it had one. */
bool go_map_load_or_store(struct go_map *m, const void *key, void *value,
                          void **actual);

/** Let key have no value. The one that it had to *value, or NULL; value may be
 * NULL. @return whether it had one. */
bool go_map_load_and_delete(struct go_map *m, const void *key, void **value);

/** Let key have no value. */
void go_map_delete(struct go_map *m, const void *key);

/** Let key have the value. The one that it had to *before, or NULL; before may be
 * NULL. @return whether it had one. */
bool go_map_swap(struct go_map *m, const void *key, void *value,
                 void **before);

/** If key has old_value, let it have new_value. @return whether it had. */
bool go_map_compare_and_swap(struct go_map *m, const void *key,
                             const void *old_value, void *new_value);

/** If key has old_value, let it have none. @return whether it had. */
bool go_map_compare_and_delete(struct go_map *m, const void *key,
                               const void *old_value);

/** Call fn(key, value, arg) for each key, in no order, until it returns false.
 * No key is shown twice. One that comes or goes meanwhile is shown or not. fn
 * may do with the map what it likes, and may wait; but what is deleted meanwhile
 * is freed after the end. The key is good until fn returns. fn may end by
 * go_goexit; in C++ it may throw. */
void go_map_range(struct go_map *m,
                  bool (*fn)(const void *key, void *value, void *arg),
                  void *arg);

/** Delete all keys. */
void go_map_clear(struct go_map *m);

/** Delete all keys, and free all memory. Nobody else may use the map meanwhile;
 * it is empty afterwards, and may be used again. */
void go_map_free(struct go_map *m);

/** For keys that are C strings; may be called anywhere. go_string_copy takes
 * memory from malloc; if there is none, a fatal error. */
uint64_t go_string_hash(const void *text);
bool go_string_equal(const void *a, const void *b);
void *go_string_copy(const void *text);
void go_string_free(void *text);

/** @} */

/** @name Weighted semaphore
 *
 * Many permits, taken several at a time: 10 MB of memory, say, of which each
 * job takes what it needs. `struct go_weighted w = { .size = 10 };` has ten.
 * Those who wait are served in the order of their coming; who wants few does not
 * overtake who wants many. It must not be copied or moved while it is used. If its
 * go_run ends while somebody waits, or has permits, it must be made anew.
 *
 * A release happens before the return of the acquire that takes what it gave.
 * Mirrors golang.org/x/sync/semaphore.
 * @{ */
struct go_weighted {
    int64_t size;               /**< how many permits there are; constant */
    int64_t taken;              /**< private */
    void *first, *last;         /**< private: those who wait */
    uint32_t key;               /**< private: lock */
};

/** Take n permits; wait while there are not as many. If done is not NULL, wait
 * at most until it is closed, or has a value, which is taken. More than size
 * are never had: it waits for done then, and in nobody's way. @return true; or
 * false if done came first, and nothing was taken. */
bool go_weighted_acquire(struct go_weighted *w, int64_t n,
                         go_chan(struct go_unit) done);

/** Take n permits if there are as many and nobody waits. @return whether it was
 * so. */
bool go_weighted_try_acquire(struct go_weighted *w, int64_t n);

/** Give n permits back. "panic: semaphore: released more than held". */
void go_weighted_release(struct go_weighted *w, int64_t n);

/** @} */

/** @name Errgroup
 *
 * Goroutines that do one thing together. Each returns 0, or an error: any other
 * number, one of errno.h, say. The first error is kept, and the group is
 * cancelled: the others learn that their work is not wanted any more.
 *
 *     struct go_errgroup eg = {0};
 *
 *     go_errgroup_set_limit(&eg, 4);
 *     for (int i = 0; i < n; i++)
 *         go_errgroup_go(&eg, fetch, &page[i]);
 *     int error = go_errgroup_wait(&eg);
 *
 * The zero value is ready, and has no limit. It must not be copied or moved
 * while it is used. It belongs to the go_run in which it is used. Mirrors
 * golang.org/x/sync/errgroup.
 * @{ */
struct go_errgroup {
    go_chan(struct go_unit) done;   /**< given by who wants it, or NULL: it is
                                         closed when the group is cancelled */
    struct go_waitgroup wg;         /**< private: goroutines */
    struct go_weighted limit;       /**< private: how many at a time */
    int error;                      /**< private: the first */
    bool limited;                   /**< private */
    bool cancelled;                 /**< private */
};

/** Run fn(arg) as a goroutine of the group. Waits while there are as many as the
 * limit allows. What it returns happens before the return of
 * go_errgroup_wait. */
void go_errgroup_go(struct go_errgroup *eg, int (*fn)(void *arg), void *arg);

/** The same, if the limit allows it now. @return whether it does. */
bool go_errgroup_try_go(struct go_errgroup *eg, int (*fn)(void *arg),
                        void *arg);

/** Wait until all have ended, and cancel the group. @return the first error, or
 * 0. */
int go_errgroup_wait(struct go_errgroup *eg);

/** Whether one of them has failed, or go_errgroup_wait has returned. */
bool go_errgroup_cancelled(struct go_errgroup *eg);

/** At most n goroutines at a time; n < 0: any number. 0 lets none begin.
 * "panic: errgroup: modify limit while 3 goroutines in the group are still
 * active". */
void go_errgroup_set_limit(struct go_errgroup *eg, int n);

/** @} */

/** @name Singleflight
 *
 * Many want the same thing at once: one goes for it, and all get what it
 * brings. The zero value is ready; it must not be copied or moved while it is
 * used. If its go_run ends while a call is under way, it must be made zero before it
 * is used again. Mirrors golang.org/x/sync/singleflight.
 * @{ */
struct go_singleflight {
    void *calls[16];            /**< private: calls under way, by their keys */
    uint32_t key;               /**< private: lock */
};

/** If no such call is under way for the key, a C string, call fn(arg, &v);
 * otherwise wait for the one that is. *value is the v of that call, and *shared
 * whether others have got it, too; both may be NULL. If fn ends by go_goexit,
 * or throws in C++, all that wait for it end by go_goexit: a fatal error for one
 * that waits in a coroutine. @return what fn has returned; 0 is no error, by
 * custom. */
int go_singleflight_do(struct go_singleflight *sf, const char *key,
                       int (*fn)(void *arg, void **value), void *arg,
                       void **value, bool *shared);

/** What a call has brought. */
struct go_flight {
    void *value;
    int error;                  /**< what fn has returned */
    bool shared;                /**< others have got it, too */
};

/** A channel of such. */
typedef go_chan(struct go_flight) go_flights;

/** The same, without waiting for it: if fn is called it is by a goroutine of its
 * own. The key is copied. If fn ends by go_goexit, nothing comes. @return a
 * channel into which the result comes, once; the caller frees it, having
 * received that. */
go_flights go_singleflight_do_chan(struct go_singleflight *sf, const char *key,
                                   int (*fn)(void *arg, void **value),
                                   void *arg);

/** Let the next who asks for the key call its function, even if a call is under
 * way. */
void go_singleflight_forget(struct go_singleflight *sf, const char *key);

/** @} */

/** @name Coroutines
 *
 * A coroutine is a function with a stack of its own. It runs while somebody
 * waits for it in go_coro_resume, and stands still in go_coro_yield. There is
 * no scheduler: control goes to and fro between the two, on one thread.
 *
 *     void count(void *arg)
 *     {
 *         for (int i = 1; i <= 3; i++)
 *             go_coro_yield(&i);
 *     }
 *     ...
 *     struct go_coro *co = go_coro_new(count, NULL);
 *     for (int *i; (i = go_coro_resume(co)); )
 *         printf("%d\n", *i);
 *     go_coro_free(co);
 *
 * A coroutine may be resumed by different threads in turn, not by two at
 * once. Mirrors coroswitch in Go's runtime/coro.go, which carries iter.Pull.
 *
 * A coroutine must not end its thread (pthread_exit, or a cancellation). The
 * thread would end; the coroutine, and any that waits for it, would run for
 * ever: it can be neither resumed nor freed. In C++ it may throw and catch, and
 * yield in a handler; an exception that leaves its function ends the program.
 * @{ */

/** A coroutine. Owned by whoever made it, until go_coro_free. */
struct go_coro;

/** Make a coroutine that will run fn(arg) on a stack of 64 KiB. It does not
 * start before the first go_coro_resume. Rounding modes are the caller's.
 *
 * @return the coroutine; NULL, with errno as ENOMEM, if there is no memory
 * for its stack. fatal error if fn is NULL. */
struct go_coro *go_coro_new(void (*fn)(void *arg), void *arg);

/** Continue co where it stopped, and wait until it yields or ends.
 *
 * @return the pointer that it yielded; NULL once its function has returned,
 * and at each call from then on. What the pointer points at belongs to the
 * coroutine: on its stack it is good until the next go_coro_resume.
 * fatal error if co is NULL, is running, or waits for a coroutine that it
 * resumed. */
void *go_coro_resume(struct go_coro *co);

/** Stand still, and let the go_coro_resume that waits for us return value.
 * Returns at the next go_coro_resume, perhaps on another thread.
 * fatal error outside of a coroutine. */
void go_coro_yield(void *value);

/** Whether the function of co has returned. Tells the end from a NULL that
 * was yielded. fatal error if co is NULL. */
bool go_coro_done(const struct go_coro *co);

/** Free co and its stack. One that stands in go_coro_yield never goes on:
 * memory and locks that it holds are lost. NULL is allowed.
 * fatal error if co is running, or waits for a coroutine that it resumed. */
void go_coro_free(struct go_coro *co);

/** @} */

/** @cond
 *
 * How go(fn, args...) is made. Arguments travel as words, in the registers
 * where the ABIs of both machines want the first six integers and pointers.
 * So the compiler must see that they are such, and that the parameters are.
 */

// Where a goroutine was started. One for each go statement, for ever.
struct go_site {
    const char *file;
    const char *function;       // that the statement stands in
    const char *callee;         // as it is written there
    int line;
    int args;
};

// Behind the macros. wg, if given, counts the new goroutine.
void go_start_at(const struct go_site *site, const struct go_attr *attr,
                 struct go_waitgroup *wg, void (*fn)(void),
                 const uintptr_t *args);

// Behind the macros of channels, which have the same names. What may wait
// returns a whole word, 0 if ch was closed: it is what the wait came to.
void *(go_make_chan)(size_t element, int64_t n);
uintptr_t (go_send)(void *ch, const void *value);
uintptr_t (go_recv)(void *ch, void *p);
uintptr_t (go_recv_ok)(void *ch, void *p);
bool (go_try_send)(void *ch, const void *value);
bool (go_try_recv)(void *ch, void *p);
void (go_close)(void *ch);
size_t (go_len)(void *ch);
size_t (go_cap)(void *ch);
void (go_free_chan)(void *ch);
#ifdef __cplusplus
[[noreturn]] void go_send_closed_(void);
#else
_Noreturn void go_send_closed_(void);
#endif

// What others wait for: fn is called if the goroutine ends in the middle of it.
struct go_ending_ {
    void (*fn)(struct go_ending_ *e);
    struct go_ending_ *outer;
};

// A call of go_once_do that runs its function.
struct go_once_call_ {
    struct go_ending_ ending;
    struct go_once *once;
};

bool go_once_begin_(struct go_once_call_ *call);
void go_once_end_(struct go_once_call_ *call);

// Whether nothing is left to do: the usual case is no call. ThreadSanitizer
// must see the call.
#if defined(__SANITIZE_THREAD__)
#define GO_ONCE_IS_DONE_(once)  false
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define GO_ONCE_IS_DONE_(once)  false
#endif
#endif
#ifndef GO_ONCE_IS_DONE_
#define GO_ONCE_IS_DONE_(once) \
    (__atomic_load_n(&(once)->done, __ATOMIC_ACQUIRE) != 0)
#endif

// The call of fn with its arguments, n of them.
#define GO_CALL_0(fn)                   (fn)()
#define GO_CALL_1(fn, a)                (fn)(a)
#define GO_CALL_2(fn, a, b)             (fn)(a, b)
#define GO_CALL_3(fn, a, b, c)          (fn)(a, b, c)
#define GO_CALL_4(fn, a, b, c, d)       (fn)(a, b, c, d)
#define GO_CALL_5(fn, a, b, c, d, e)    (fn)(a, b, c, d, e)
#define GO_CALL_6(fn, a, b, c, d, e, f) (fn)(a, b, c, d, e, f)

// Where a loop over a channel stands.
struct go_range_ {
    void *ch;
    bool more;
};

#pragma GCC visibility pop

#ifdef __cplusplus
}

#include <initializer_list>
#include <type_traits>

template <class T> inline uintptr_t
go_word_(T value)
{
    static_assert(std::is_integral<T>::value || std::is_enum<T>::value ||
                  std::is_pointer<T>::value,
                  "go: a parameter must be an integer or a pointer: a "
                  "floating-point number, a struct or a reference would "
                  "arrive wrong");
    return (uintptr_t)value;
}

// Each argument becomes what its parameter is, and then a word.
template <class R, class... P, class... A> inline void
go_spawn_(const struct go_site *site, const struct go_attr *attr,
          struct go_waitgroup *wg, R (*fn)(P...), A... args)
{
    static_assert(sizeof...(P) == sizeof...(A),
                  "go: not as many arguments as fn has parameters");
    static_assert(sizeof...(A) <= 6, "go: at most 6 arguments; pass a pointer");
    const uintptr_t words[] = { go_word_<P>(args)..., 0 };

    go_start_at(site, attr, wg, (void (*)(void))fn, words);
}

template <class R, class... P, class... A> inline void
go_spawn_(const struct go_site *site, const struct go_attr *attr,
          struct go_waitgroup *wg, R (*fn)(P..., ...), A... args)
{
    static_assert(sizeof...(P) <= sizeof...(A),
                  "go: not as many arguments as fn has parameters");
    static_assert(sizeof...(A) <= 6, "go: at most 6 arguments; pass a pointer");
    const uintptr_t words[] = { go_word_<A>(args)..., 0 };

    go_start_at(site, attr, wg, (void (*)(void))fn, words);
}

#define GO_SPAWN_(attr, wg, ...)                                              \
    do {                                                                      \
        static const struct go_site go_site_ = {                              \
            __FILE__, __func__, GO_FIRST_TEXT_(__VA_ARGS__, 0), __LINE__,     \
            GO_COUNT_(__VA_ARGS__)                                            \
        };                                                                    \
        go_spawn_(&go_site_, attr, wg, __VA_ARGS__);                          \
    } while (0)
#define GO_FIRST_TEXT_(fn, ...) #fn
#define GO_NTH_(a, b, c, d, e, f, g, h, i, j, k, n, ...) n
#define GO_COUNT_(...) GO_NTH_(__VA_ARGS__, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0)

// ---- Channels


// Go's struct{}. Its size is 0 to channels, as it is in C.
struct go_unit { };
#define GO_UNIT (go_unit{})

template <class T> struct go_element_ {
    static_assert(std::is_trivially_copyable<T>::value,
                  "go: an element must be trivially copyable: send a pointer");
    static_assert(!std::is_array<T>::value,
                  "go: an element must not be an array; put it into a struct");
    static_assert(sizeof(T) < 65536,
                  "go: channel element type too large (>64kB)");
    static constexpr size_t size = std::is_empty<T>::value ? 0 : sizeof(T);
    using type = T;
    using plain = typename std::remove_const<T>::type;
    using channel = T *(*)[];
};

template <class T> typename go_element_<T>::plain go_element_of_(T *(*)[]);

template <class T, class N> inline typename go_element_<T>::channel
go_make_chan_(N n)
{
    static_assert(std::is_integral<N>::value || std::is_enum<N>::value,
                  "go_make_chan: the capacity must be an integer");
    return static_cast<typename go_element_<T>::channel>(
        (go_make_chan)(go_element_<T>::size, (int64_t)n));
}

template <class T> inline void
go_send_(T *(*ch)[], const typename go_element_<T>::type &value)
{
    if (!(go_send)((void *)ch, &value))
        go_send_closed_();
}

// Room for a value, which need not have a constructor without arguments.
template <class P> union go_room_ {
    char none;
    P value;
    go_room_() : none() { }
};

template <class P> inline P
go_blank_()
{
    go_room_<P> room;

    __builtin_memset((void *)&room, 0, sizeof(room));
    return room.value;
}

template <class T> inline typename go_element_<T>::plain
go_recv_(T *(*ch)[])
{
    go_room_<typename go_element_<T>::plain> room;

    (go_recv)((void *)ch, (void *)&room.value);
    return room.value;
}

template <class T> inline bool
go_recv_ok_(T *(*ch)[], typename go_element_<T>::plain *p)
{
    return (go_recv_ok)((void *)ch, (void *)p) != 0;
}

template <class T> inline bool
go_try_send_(T *(*ch)[], const typename go_element_<T>::type &value)
{
    return (go_try_send)((void *)ch, &value);
}

template <class T> inline bool
go_try_recv_(T *(*ch)[], typename go_element_<T>::plain *p)
{
    return (go_try_recv)((void *)ch, (void *)p);
}

// The channel as the library knows it.
template <class T> inline void *
go_any_(T *(*ch)[])
{
    return (void *)ch;
}

template <class T> inline go_case
go_case_recv_(T *(*ch)[], typename go_element_<T>::plain *p, bool *ok)
{
    return go_case{ (struct go_chan_ *)ch, (void *)p, ok, 1 };
}

template <class T> inline go_case
go_case_send_(T *(*ch)[], const typename go_element_<T>::type *p)
{
    return go_case{ (struct go_chan_ *)ch,
                    const_cast<void *>((const void *)p), nullptr, 2 };
}

inline int
go_select_(std::initializer_list<go_case> cases)
{
    return go_select_n(cases.begin(), cases.size());
}

#define GO_MAKE_CHAN_(T, n)         go_make_chan_<T>(n)
#define GO_CHAN_SEND_(ch, ...)      go_send_(ch, __VA_ARGS__)
#define GO_CHAN_RECV_(...)          go_recv_(__VA_ARGS__)
#define GO_CHAN_RECV_OK_(ch, ...)   go_recv_ok_(ch, __VA_ARGS__)
#define GO_CHAN_TRY_SEND_(ch, ...)  go_try_send_(ch, __VA_ARGS__)
#define GO_CHAN_TRY_RECV_(ch, ...)  go_try_recv_(ch, __VA_ARGS__)
#define GO_CHAN_CLOSE_(...)         (go_close)(go_any_(__VA_ARGS__))
#define GO_CHAN_LEN_(...)           (go_len)(go_any_(__VA_ARGS__))
#define GO_CHAN_CAP_(...)           (go_cap)(go_any_(__VA_ARGS__))
#define GO_CHAN_FREE_(...)          (go_free_chan)(go_any_(__VA_ARGS__))
#define GO_CASE_RECV_(ch, p)    go_case_recv_(ch, p, nullptr)
#define GO_CASE_RECV_OK_(ch, p, ok) go_case_recv_(ch, p, ok)
#define GO_CASE_SEND_(ch, p)    go_case_send_(ch, p)
#define GO_CASE_(what, ch, p, ok) (go_case{ (struct go_chan_ *)ch, p, ok, what })
#define GO_SELECT_(...)         go_select_({ __VA_ARGS__ })

#define GO_UNIQUE2_(name, n)    name##n
#define GO_UNIQUE1_(name, n)    GO_UNIQUE2_(name, n)
#define GO_UNIQUE_(name)        GO_UNIQUE1_(name, __COUNTER__)
#define GO_RANGE_(v, at, ...)                                                 \
    for (struct go_range_ at = { go_any_(__VA_ARGS__), true }; at.more;       \
         at.more = false)                                                     \
        for (auto v = go_blank_<decltype(go_element_of_(__VA_ARGS__))>();     \
             (go_recv_ok)(at.ch, (void *)&v) != 0;)

// ---- Once

struct go_once_guard_ : go_once_call_ {
    explicit go_once_guard_(struct go_once *o) : go_once_call_{ {}, o } { }
    go_once_guard_(const go_once_guard_ &) = delete;
    ~go_once_guard_()
    {
        if (once != nullptr)
            go_once_end_(this);         // also if fn has thrown
    }
    bool
    wants()
    {
        if (go_once_begin_(this))
            return true;
        once = nullptr;
        return false;
    }
};

#define GO_ONCE_(at, call, to_do, ...)                                        \
    do {                                                                      \
        struct go_once *at = (to_do);                                         \
        if (!GO_ONCE_IS_DONE_(at)) {                                          \
            go_once_guard_ call(at);                                          \
            if (call.wants())                                                 \
                GO_UNIQUE1_(GO_CALL_, GO_COUNT_(__VA_ARGS__))(__VA_ARGS__);   \
        }                                                                     \
    } while (0)

// ---- Atomics

template <class T> struct go_atom_ {
    static_assert((std::is_integral<T>::value || std::is_pointer<T>::value ||
                   std::is_enum<T>::value) && sizeof(T) <= 8,
                  "go: an atomic must be an integer, a bool or a pointer");
    using type = T;
    static constexpr bool number =
        std::is_integral<T>::value && !std::is_same<T, bool>::value;
};

template <class T> inline typename std::remove_cv<T>::type
go_load_(T *p)
{
    using type = typename go_atom_<typename std::remove_cv<T>::type>::type;
    return (type)__atomic_load_n(p, __ATOMIC_SEQ_CST);
}

template <class T> inline void
go_store_(T *p, typename go_atom_<T>::type v)
{
    __atomic_store_n(p, v, __ATOMIC_SEQ_CST);
}

template <class T> inline T
go_swap_(T *p, typename go_atom_<T>::type v)
{
    return __atomic_exchange_n(p, v, __ATOMIC_SEQ_CST);
}

template <class T> inline bool
go_cas_(T *p, typename go_atom_<T>::type old, typename go_atom_<T>::type v)
{
    return __atomic_compare_exchange_n(p, &old, v, false, __ATOMIC_SEQ_CST,
                                       __ATOMIC_SEQ_CST);
}

#define GO_ATOM_OP_(name, builtin)                                            \
    template <class T> inline T                                               \
    name(T *p, typename go_atom_<T>::type v)                                  \
    {                                                                         \
        static_assert(go_atom_<T>::number,                                    \
                      "go: this works on integers only");                     \
        return builtin(p, v, __ATOMIC_SEQ_CST);                               \
    }
GO_ATOM_OP_(go_add_, __atomic_add_fetch)
GO_ATOM_OP_(go_and_, __atomic_fetch_and)
GO_ATOM_OP_(go_or_, __atomic_fetch_or)

#define GO_LOAD_(p)             go_load_(p)
#define GO_STORE_(p, v)         go_store_(p, v)
#define GO_SWAP_(p, v)          go_swap_(p, v)
#define GO_CAS_(p, old, v)      go_cas_(p, old, v)
#define GO_ADD_(p, n)           go_add_(p, n)
#define GO_AND_(p, v)           go_and_(p, v)
#define GO_OR_(p, v)            go_or_(p, v)

#else

#define GO_NTH_(a, b, c, d, e, f, g, h, i, j, k, n, ...) n
#define GO_COUNT_(...) GO_NTH_(__VA_ARGS__, X, X, X, X, 6, 5, 4, 3, 2, 1, 0, 0)
#define GO_JOIN2_(a, b) a##b
#define GO_JOIN_(a, b) GO_JOIN2_(a, b)
#define GO_SPAWN_(attr, wg, ...) \
    GO_JOIN_(GO_SPAWN_, GO_COUNT_(__VA_ARGS__))(attr, wg, __VA_ARGS__)

// The type of an argument: an array is a pointer, a constant is no constant.
#define GO_TYPE_(a) __typeof__(((void)0, (a)))

// A pointer converts to every integer and pointer parameter, and to no
// floating-point or struct parameter: that is how the latter are found. Where
// the types are the parameters' own, there is nothing to find, and the probe
// is the argument.
#define GO_PROBE_(exact, a) __builtin_choose_expr(exact, a, (void *)0)
#define GO_EXACT_(fn, result, ...) __builtin_types_compatible_p(              \
    __typeof__(*(fn)), __typeof__(result)(__VA_ARGS__))
#define GO_GOOD_(a) _Static_assert(__builtin_classify_type(a) <= 5 &&         \
    sizeof(GO_TYPE_(a)) <= sizeof(uintptr_t), "go: an argument must be an "   \
    "integer or a pointer: a floating-point number or a struct would arrive " \
    "wrong")
#define GO_WORDS_(...) ((const uintptr_t[]){ __VA_ARGS__ })
#define GO_W_(a) (uintptr_t)(a)

// call: the call as it is written; probe: the same with probes.
#define GO_CHECK_(call, probe)                                                \
    (void)sizeof((call), 0);                                                  \
    _Pragma("GCC diagnostic push")                                            \
    _Pragma("GCC diagnostic ignored \"-Wint-conversion\"")                    \
    _Pragma("GCC diagnostic ignored \"-Wnonnull\"")                           \
    _Pragma("GCC diagnostic ignored \"-Wformat\"")                            \
    _Pragma("GCC diagnostic ignored \"-Wformat-extra-args\"")                 \
    (void)sizeof((probe), 0);                                                 \
    _Pragma("GCC diagnostic pop")

#define GO_DO_(attr, wg, fn, n, check, words)                                 \
    do {                                                                      \
        static const struct go_site go_site_ = {                              \
            __FILE__, __func__, #fn, __LINE__, n                              \
        };                                                                    \
        check                                                                 \
        go_start_at(&go_site_, attr, wg, (void (*)(void))(fn), words);        \
    } while (0)

#define GO_SPAWN_0(at, wg, fn)                                                \
    GO_DO_(at, wg, fn, 0, (void)sizeof((fn)(), 0);, (const uintptr_t *)0)
#define GO_SPAWN_1(at, wg, fn, a)                                             \
    GO_DO_(at, wg, fn, 1, GO_GOOD_(a);                                        \
        typedef GO_TYPE_(a) go_a_;                                            \
        enum { go_exact_ = GO_EXACT_(fn, (fn)(a), go_a_) };                   \
        GO_CHECK_((fn)(a), (fn)(GO_PROBE_(go_exact_, a))),                    \
        GO_WORDS_(GO_W_(a)))
#define GO_SPAWN_2(at, wg, fn, a, b)                                          \
    GO_DO_(at, wg, fn, 2, GO_GOOD_(a); GO_GOOD_(b);                           \
        typedef GO_TYPE_(a) go_a_;                                            \
        typedef GO_TYPE_(b) go_b_;                                            \
        enum { go_exact_ = GO_EXACT_(fn, (fn)(a, b),                          \
            go_a_, go_b_) };                                                  \
        GO_CHECK_((fn)(a, b), (fn)(GO_PROBE_(go_exact_, a),                   \
            GO_PROBE_(go_exact_, b))),                                        \
        GO_WORDS_(GO_W_(a), GO_W_(b)))
#define GO_SPAWN_3(at, wg, fn, a, b, c)                                       \
    GO_DO_(at, wg, fn, 3, GO_GOOD_(a); GO_GOOD_(b); GO_GOOD_(c);              \
        typedef GO_TYPE_(a) go_a_;                                            \
        typedef GO_TYPE_(b) go_b_;                                            \
        typedef GO_TYPE_(c) go_c_;                                            \
        enum { go_exact_ = GO_EXACT_(fn, (fn)(a, b, c),                       \
            go_a_, go_b_, go_c_) };                                           \
        GO_CHECK_((fn)(a, b, c), (fn)(GO_PROBE_(go_exact_, a),                \
            GO_PROBE_(go_exact_, b), GO_PROBE_(go_exact_, c))),               \
        GO_WORDS_(GO_W_(a), GO_W_(b), GO_W_(c)))
#define GO_SPAWN_4(at, wg, fn, a, b, c, d)                                    \
    GO_DO_(at, wg, fn, 4, GO_GOOD_(a); GO_GOOD_(b); GO_GOOD_(c);              \
        GO_GOOD_(d);                                                          \
        typedef GO_TYPE_(a) go_a_;                                            \
        typedef GO_TYPE_(b) go_b_;                                            \
        typedef GO_TYPE_(c) go_c_;                                            \
        typedef GO_TYPE_(d) go_d_;                                            \
        enum { go_exact_ = GO_EXACT_(fn, (fn)(a, b, c, d), go_a_,             \
            go_b_, go_c_, go_d_) };                                           \
        GO_CHECK_((fn)(a, b, c, d), (fn)(GO_PROBE_(go_exact_, a),             \
            GO_PROBE_(go_exact_, b), GO_PROBE_(go_exact_, c),                 \
            GO_PROBE_(go_exact_, d))),                                        \
        GO_WORDS_(GO_W_(a), GO_W_(b), GO_W_(c), GO_W_(d)))
#define GO_SPAWN_5(at, wg, fn, a, b, c, d, e)                                 \
    GO_DO_(at, wg, fn, 5, GO_GOOD_(a); GO_GOOD_(b); GO_GOOD_(c);              \
        GO_GOOD_(d); GO_GOOD_(e);                                             \
        typedef GO_TYPE_(a) go_a_;                                            \
        typedef GO_TYPE_(b) go_b_;                                            \
        typedef GO_TYPE_(c) go_c_;                                            \
        typedef GO_TYPE_(d) go_d_;                                            \
        typedef GO_TYPE_(e) go_e_;                                            \
        enum { go_exact_ = GO_EXACT_(fn, (fn)(a, b, c, d, e), go_a_,          \
            go_b_, go_c_, go_d_, go_e_) };                                    \
        GO_CHECK_((fn)(a, b, c, d, e), (fn)(GO_PROBE_(go_exact_, a),          \
            GO_PROBE_(go_exact_, b), GO_PROBE_(go_exact_, c),                 \
            GO_PROBE_(go_exact_, d), GO_PROBE_(go_exact_, e))),               \
        GO_WORDS_(GO_W_(a), GO_W_(b), GO_W_(c), GO_W_(d), GO_W_(e)))
#define GO_SPAWN_6(at, wg, fn, a, b, c, d, e, f)                              \
    GO_DO_(at, wg, fn, 6, GO_GOOD_(a); GO_GOOD_(b); GO_GOOD_(c);              \
        GO_GOOD_(d); GO_GOOD_(e); GO_GOOD_(f);                                \
        typedef GO_TYPE_(a) go_a_;                                            \
        typedef GO_TYPE_(b) go_b_;                                            \
        typedef GO_TYPE_(c) go_c_;                                            \
        typedef GO_TYPE_(d) go_d_;                                            \
        typedef GO_TYPE_(e) go_e_;                                            \
        typedef GO_TYPE_(f) go_f_;                                            \
        enum { go_exact_ = GO_EXACT_(fn, (fn)(a, b, c, d, e, f),              \
            go_a_, go_b_, go_c_, go_d_, go_e_,                                \
            go_f_) };                                                         \
        GO_CHECK_((fn)(a, b, c, d, e, f), (fn)(GO_PROBE_(go_exact_, a),       \
            GO_PROBE_(go_exact_, b), GO_PROBE_(go_exact_, c),                 \
            GO_PROBE_(go_exact_, d), GO_PROBE_(go_exact_, e),                 \
            GO_PROBE_(go_exact_, f))),                                        \
        GO_WORDS_(GO_W_(a), GO_W_(b), GO_W_(c), GO_W_(d), GO_W_(e), GO_W_(f)))
#define GO_SPAWN_X(at, wg, fn, ...) \
    _Static_assert(0, "go: at most 6 arguments; pass a pointer to a struct")

// ---- Channels

// What a channel carries; without const, and an array as a pointer.
#define GO_ELEM_(ch) __typeof__(*(*(ch))[0])
#define GO_PLAIN_(ch) __typeof__(((void)0, *(*(ch))[0]))
#define GO_SAME_(...) __builtin_types_compatible_p(__VA_ARGS__)

// Said at compile time, within an expression.
#define GO_SAY_(...) ((void)sizeof(struct { __VA_ARGS__ char go_said_; }))

#define GO_IS_CHAN_(ch) _Static_assert(                                       \
    GO_SAME_(GO_TYPE_(ch), GO_ELEM_(ch) *(*)[]),                              \
    "go: the first argument must be a channel, of type go_chan(T)");
#define GO_IS_TARGET_(ch, p) _Static_assert(                                  \
    GO_SAME_(GO_TYPE_(p), GO_PLAIN_(ch) *),                                   \
    "go: the value must be received through a pointer to the "  \
    "element type of the channel");

// Whether v may be assigned to the element. A number to a number; a pointer
// to the same pointer, but for const, and void * to and from any; a struct to
// the same struct.
#define GO_KIND_(v) __builtin_classify_type(v)
#define GO_IS_NUMBER_(v) (GO_KIND_(v) <= 4 || GO_KIND_(v) == 8 || GO_KIND_(v) == 9)
#define GO_POINTEE_(v) \
    __typeof__(*__builtin_choose_expr(GO_KIND_(v) == 5, (v), (char *)0))
#define GO_FITS_(to, v)                                                       \
    (GO_KIND_(to) == 5                                                        \
         ? GO_KIND_(v) == 5 &&                                                \
               (GO_SAME_(GO_POINTEE_(to), GO_POINTEE_(v)) ||                  \
                GO_SAME_(GO_POINTEE_(to), void) ||                            \
                GO_SAME_(GO_POINTEE_(v), void))                               \
         : GO_IS_NUMBER_(to) ? GO_IS_NUMBER_(v)                               \
                             : GO_SAME_(__typeof__(to), GO_TYPE_(v)))
#define GO_IS_VALUE_(ch, v) _Static_assert(GO_FITS_(*(*(ch))[0], v),          \
    "go: the value must be assignable to the element type of the channel");

#define GO_UNIQUE_(name) GO_JOIN_(name, __COUNTER__)

#define GO_MAKE_CHAN_(T, n)                                                   \
    (GO_SAY_(_Static_assert(sizeof(T) < 65536,                                \
                 "go: channel element type too large (>64kB)");               \
             _Static_assert(GO_SAME_(T, GO_TYPE_(*(__typeof__(T) *)0)),                   \
                 "go: an element must not be an array; put it into a "        \
                 "struct");                                                   \
             _Static_assert(GO_KIND_(n) <= 4,                                 \
                 "go_make_chan: the capacity must be an integer");),          \
     (go_chan(T))(go_make_chan)(sizeof(T), (n)))

// The channel is evaluated before the value.
#define GO_SEND_(fn, at, ch, ...) __extension__ ({                            \
    GO_IS_CHAN_(ch)                                                           \
    GO_IS_VALUE_(ch, (__VA_ARGS__))                                           \
    void *const at = (void *)(ch);                                            \
    (fn)(at, (GO_ELEM_(ch)[1]){ (__VA_ARGS__) });                             \
})
#define GO_CHAN_SEND_(ch, ...)                                                \
    (GO_SEND_(go_send, GO_UNIQUE_(go_send_), ch, __VA_ARGS__)                 \
         ? (void)0 : go_send_closed_())
#define GO_CHAN_TRY_SEND_(ch, ...) \
    GO_SEND_(go_try_send, GO_UNIQUE_(go_send_), ch, __VA_ARGS__)

#define GO_CHAN_RECV_(...) GO_RECV_(GO_UNIQUE_(go_value_), __VA_ARGS__)
#define GO_RECV_(value, ...) __extension__ ({                                 \
    GO_IS_CHAN_((__VA_ARGS__))                                                \
    GO_PLAIN_((__VA_ARGS__)) value;                                           \
    (go_recv)((void *)(__VA_ARGS__), (void *)&value);                         \
    value;                                                                    \
})

#define GO_RECV_TO_(fn, at, ok, ch, ...) __extension__ ({                     \
    GO_IS_CHAN_(ch)                                                           \
    GO_IS_TARGET_(ch, (__VA_ARGS__))                                          \
    void *const at = (void *)(ch);                                            \
    const bool ok = (fn)(at, (void *)(__VA_ARGS__)) != 0;                     \
    ok;                                                                       \
})
#define GO_CHAN_RECV_OK_(ch, ...) \
    GO_RECV_TO_(go_recv_ok, GO_UNIQUE_(go_recv_), GO_UNIQUE_(go_ok_), ch,     \
                __VA_ARGS__)
#define GO_CHAN_TRY_RECV_(ch, ...) \
    GO_RECV_TO_(go_try_recv, GO_UNIQUE_(go_recv_), GO_UNIQUE_(go_ok_), ch,    \
                __VA_ARGS__)

#define GO_OF_(fn, ...) \
    (GO_SAY_(GO_IS_CHAN_((__VA_ARGS__))), (fn)((void *)(__VA_ARGS__)))
#define GO_CHAN_CLOSE_(...)           GO_OF_(go_close, __VA_ARGS__)
#define GO_CHAN_LEN_(...)             GO_OF_(go_len, __VA_ARGS__)
#define GO_CHAN_CAP_(...)             GO_OF_(go_cap, __VA_ARGS__)
#define GO_CHAN_FREE_(...)       GO_OF_(go_free_chan, __VA_ARGS__)

#define GO_RANGE_(v, at, ...)                                                 \
    for (struct go_range_ at = { (void *)(__VA_ARGS__), true }; at.more;      \
         at.more = false)                                                     \
        for (GO_PLAIN_((__VA_ARGS__)) v;                                      \
             GO_SAY_(GO_IS_CHAN_((__VA_ARGS__))),                             \
             (go_recv_ok)(at.ch, (void *)&v);)

// ---- Select

#define GO_CASE_(kind, channel, p, flag)                                      \
    ((struct go_case){ .ch = (struct go_chan_ *)(channel), .elem = (p),        \
                       .ok = (flag), .what = (kind) })
// Whether p is the constant NULL.
#define GO_IS_NULL_(p) GO_SAME_(struct go_case *, __typeof__(1                \
    ? (struct go_case *)0                                                     \
    : __builtin_choose_expr(GO_SAME_(GO_TYPE_(p), void *), (p), (void *)1)))
#define GO_IS_TARGET_OR_NULL_(ch, p) _Static_assert(                          \
    GO_SAME_(GO_TYPE_(p), GO_PLAIN_(ch) *) || GO_IS_NULL_(p),                 \
    "go: the value must be received through a pointer to the "  \
    "element type of the channel, or NULL");
#define GO_CASE_TO_(ch, p, ok)                                                \
    (GO_SAY_(GO_IS_CHAN_(ch) GO_IS_TARGET_OR_NULL_(ch, p)),                   \
     GO_CASE_(1, (void *)(ch), (void *)(p), ok))
#define GO_CASE_RECV_(ch, p)    GO_CASE_TO_((ch), (p), (bool *)0)
#define GO_CASE_RECV_OK_(ch, p, ok)                                           \
    (GO_SAY_(_Static_assert(GO_SAME_(GO_TYPE_(ok), bool *),                   \
         "go_case_recv_ok: the last argument must be a pointer to bool");),   \
     GO_CASE_TO_((ch), (p), (ok)))
#define GO_CASE_SEND_(ch, ...)                                                \
    (GO_SAY_(GO_IS_CHAN_((ch)) GO_IS_VALUE_((ch), (__VA_ARGS__))),            \
     GO_CASE_(2, (void *)(ch), (void *)(GO_ELEM_(ch)[1]){ (__VA_ARGS__) },    \
              (bool *)0))
// One more, in front, so that the list may be empty.
#define GO_SELECT_(...) (go_select_n)(                                         \
    (const struct go_case[]){ go_case_default, __VA_ARGS__ } + 1,             \
    sizeof((struct go_case[]){ go_case_default, __VA_ARGS__ }) /              \
        sizeof(struct go_case) - 1)

// ---- Once

// It ends also if fn throws, through C that is compiled with -fexceptions.
__attribute__((unused)) static inline void
go_once_left_(struct go_once_call_ **call)
{
    go_once_end_(*call);
}

#define GO_ONCE_(at, call, to_do, ...)                                        \
    do {                                                                      \
        struct go_once *at = (to_do);                                         \
        if (!GO_ONCE_IS_DONE_(at)) {                                          \
            struct go_once_call_ call = { { 0, 0 }, at };                     \
            if (go_once_begin_(&call)) {                                      \
                __attribute__((cleanup(go_once_left_), unused))               \
                    struct go_once_call_ *GO_JOIN_(call, _left_) = &call;     \
                GO_JOIN_(GO_CALL_, GO_COUNT_(__VA_ARGS__))(__VA_ARGS__);      \
            }                                                                 \
        }                                                                     \
    } while (0)

// ---- Atomics

#define GO_IS_BOOL_(p) GO_SAME_(GO_TYPE_(*(p)), _Bool)
#define GO_IS_ATOM_(p) _Static_assert(                                        \
    (GO_KIND_(*(p)) <= 5) && sizeof(*(p)) <= 8,                               \
    "go: an atomic must be an integer, a bool or a pointer");
#define GO_IS_COUNT_(p) _Static_assert(                                       \
    GO_KIND_(*(p)) <= 4 && sizeof(*(p)) <= 8 && !GO_IS_BOOL_(p),              \
    "go: this works on integers only");
#define GO_LOAD_(p) \
    (GO_SAY_(GO_IS_ATOM_(p)), __atomic_load_n(p, __ATOMIC_SEQ_CST))
// gcc's builtins take any pointer for any other. An initializer does not.
#define GO_AS_ATOM_(p, v) ((GO_TYPE_(*(p))){ v })
#define GO_STORE_(p, v)                                                       \
    (GO_SAY_(GO_IS_ATOM_(p)),                                                 \
     __atomic_store_n(p, GO_AS_ATOM_(p, v), __ATOMIC_SEQ_CST))
#define GO_SWAP_(p, v)                                                        \
    (GO_SAY_(GO_IS_ATOM_(p)),                                                 \
     __atomic_exchange_n(p, GO_AS_ATOM_(p, v), __ATOMIC_SEQ_CST))
#define GO_CAS_AT_(at, p, old, v) __extension__ ({                            \
    GO_IS_ATOM_(p)                                                            \
    GO_TYPE_(*(p)) at = (old);                                                \
    __atomic_compare_exchange_n(p, &at, GO_AS_ATOM_(p, v), 0,                 \
                                __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);          \
})
#define GO_CAS_(p, old, v) GO_CAS_AT_(GO_UNIQUE_(go_old_), p, old, v)
#define GO_ADD_(p, n) \
    (GO_SAY_(GO_IS_COUNT_(p)), __atomic_add_fetch(p, n, __ATOMIC_SEQ_CST))
#define GO_AND_(p, v) \
    (GO_SAY_(GO_IS_COUNT_(p)), __atomic_fetch_and(p, v, __ATOMIC_SEQ_CST))
#define GO_OR_(p, v) \
    (GO_SAY_(GO_IS_COUNT_(p)), __atomic_fetch_or(p, v, __ATOMIC_SEQ_CST))

#endif
/** @endcond */

#endif
