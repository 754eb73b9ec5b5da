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

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
