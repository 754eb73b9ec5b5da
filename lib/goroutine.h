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
 * at its next scheduling point. What they held, memory and locks, is lost. A
 * thread that has not stopped after 100 ms is abandoned: it never takes up a
 * goroutine again, and the stacks of that run are kept for ever.
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
 * runtime.Goexit) - deadlock!". Mirrors runtime.Goexit. */
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

/** How deep the stack of this goroutine has been, in bytes: at least this
 * much was written to by it, or by goroutines that had the stack before it
 * (GODEBUG=stackfill=1: by it alone). For choosing a stack_max. */
size_t go_stack_high_water(void);

/** @} */

/** @name WaitGroup
 *
 * Waits until a number of goroutines have done their work. The zero value is
 * ready to use, and has nothing to wait for. It must not be moved or freed
 * while somebody uses it. Mirrors sync.WaitGroup.
 * @{ */

/** A counter, and those who wait for it to be 0. */
struct go_waitgroup {
    uint64_t state;             /**< private: counter, and waiters */
    uint32_t key;               /**< private: lock */
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

#pragma GCC visibility pop

#ifdef __cplusplus
}

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
        enum { go_exact_ = GO_EXACT_(fn, (fn)(a), GO_TYPE_(a)) };             \
        GO_CHECK_((fn)(a), (fn)(GO_PROBE_(go_exact_, a))),                    \
        GO_WORDS_(GO_W_(a)))
#define GO_SPAWN_2(at, wg, fn, a, b)                                          \
    GO_DO_(at, wg, fn, 2, GO_GOOD_(a); GO_GOOD_(b);                           \
        enum { go_exact_ = GO_EXACT_(fn, (fn)(a, b),                          \
            GO_TYPE_(a), GO_TYPE_(b)) };                                      \
        GO_CHECK_((fn)(a, b), (fn)(GO_PROBE_(go_exact_, a),                   \
            GO_PROBE_(go_exact_, b))),                                        \
        GO_WORDS_(GO_W_(a), GO_W_(b)))
#define GO_SPAWN_3(at, wg, fn, a, b, c)                                       \
    GO_DO_(at, wg, fn, 3, GO_GOOD_(a); GO_GOOD_(b); GO_GOOD_(c);              \
        enum { go_exact_ = GO_EXACT_(fn, (fn)(a, b, c),                       \
            GO_TYPE_(a), GO_TYPE_(b), GO_TYPE_(c)) };                         \
        GO_CHECK_((fn)(a, b, c), (fn)(GO_PROBE_(go_exact_, a),                \
            GO_PROBE_(go_exact_, b), GO_PROBE_(go_exact_, c))),               \
        GO_WORDS_(GO_W_(a), GO_W_(b), GO_W_(c)))
#define GO_SPAWN_4(at, wg, fn, a, b, c, d)                                    \
    GO_DO_(at, wg, fn, 4, GO_GOOD_(a); GO_GOOD_(b); GO_GOOD_(c);              \
        GO_GOOD_(d);                                                          \
        enum { go_exact_ = GO_EXACT_(fn, (fn)(a, b, c, d), GO_TYPE_(a),       \
            GO_TYPE_(b), GO_TYPE_(c), GO_TYPE_(d)) };                         \
        GO_CHECK_((fn)(a, b, c, d), (fn)(GO_PROBE_(go_exact_, a),             \
            GO_PROBE_(go_exact_, b), GO_PROBE_(go_exact_, c),                 \
            GO_PROBE_(go_exact_, d))),                                        \
        GO_WORDS_(GO_W_(a), GO_W_(b), GO_W_(c), GO_W_(d)))
#define GO_SPAWN_5(at, wg, fn, a, b, c, d, e)                                 \
    GO_DO_(at, wg, fn, 5, GO_GOOD_(a); GO_GOOD_(b); GO_GOOD_(c);              \
        GO_GOOD_(d); GO_GOOD_(e);                                             \
        enum { go_exact_ = GO_EXACT_(fn, (fn)(a, b, c, d, e), GO_TYPE_(a),    \
            GO_TYPE_(b), GO_TYPE_(c), GO_TYPE_(d), GO_TYPE_(e)) };            \
        GO_CHECK_((fn)(a, b, c, d, e), (fn)(GO_PROBE_(go_exact_, a),          \
            GO_PROBE_(go_exact_, b), GO_PROBE_(go_exact_, c),                 \
            GO_PROBE_(go_exact_, d), GO_PROBE_(go_exact_, e))),               \
        GO_WORDS_(GO_W_(a), GO_W_(b), GO_W_(c), GO_W_(d), GO_W_(e)))
#define GO_SPAWN_6(at, wg, fn, a, b, c, d, e, f)                              \
    GO_DO_(at, wg, fn, 6, GO_GOOD_(a); GO_GOOD_(b); GO_GOOD_(c);              \
        GO_GOOD_(d); GO_GOOD_(e); GO_GOOD_(f);                                \
        enum { go_exact_ = GO_EXACT_(fn, (fn)(a, b, c, d, e, f),              \
            GO_TYPE_(a), GO_TYPE_(b), GO_TYPE_(c), GO_TYPE_(d), GO_TYPE_(e),  \
            GO_TYPE_(f)) };                                                   \
        GO_CHECK_((fn)(a, b, c, d, e, f), (fn)(GO_PROBE_(go_exact_, a),       \
            GO_PROBE_(go_exact_, b), GO_PROBE_(go_exact_, c),                 \
            GO_PROBE_(go_exact_, d), GO_PROBE_(go_exact_, e),                 \
            GO_PROBE_(go_exact_, f))),                                        \
        GO_WORDS_(GO_W_(a), GO_W_(b), GO_W_(c), GO_W_(d), GO_W_(e), GO_W_(f)))
#define GO_SPAWN_X(at, wg, fn, ...) \
    _Static_assert(0, "go: at most 6 arguments; pass a pointer to a struct")

#endif
/** @endcond */

#endif
