/** @file weighted.c  A semaphore of many permits, taken several at a time.
 *
 * Those who wait stand in line, and are served in the order of their coming:
 * one who wants many is not overtaken for ever by those who want few. Each has
 * a channel, which is closed when it has what it wants. So it can wait for
 * that and for something else, the end of its patience, in one select.
 *
 *     1  acquires                        2  releases
 *        lock; too few, or others wait:
 *        to the end of the line
 *        unlock
 *                                           lock; taken -= n
 *                                           takes off the front of the line all
 *                                           who fit: granted, taken += theirs
 *                                           unlock
 *        select: ready, or done             closes each one's channel
 *
 * Nobody is missed: who waits is in line before the lock is free, and who
 * brings something takes the lock and looks at the line.
 *
 *     1  its patience ends               2  releases
 *        select: done
 *                                           lock; 1 fits: granted, off the line
 *                                           unlock
 *        lock: granted. unlock
 *        waits for ready: 2 still has       closes the channel of 1
 *        the place where 1 waits
 *        gives back what it was granted
 *
 * Who leaves the front of the line makes room for those behind it, so it looks
 * whether they fit now.
 *
 * Invariants, whenever the lock is free:
 *   - 0 <= taken, and taken <= size;
 *   - who is first in line does not fit;
 *   - who is in line is not granted.
 *
 * Mirrors golang.org/x/sync/semaphore.
 */
#include "runtime.h"

#include "lock.h"

// One who waits, on its own stack.
struct waiter {
    struct waiter *next, *prev;
    int64_t n;
    bool granted;               // protected by the lock
    go_chan(struct go_unit) ready;
};

static struct lock *
lock_of(struct go_weighted *w)
{
    return (struct lock *)&w->key;
}

static void
line_put(struct go_weighted *w, struct waiter *a)
{
    a->next = NULL;
    a->prev = w->last;
    if (a->prev == NULL)
        w->first = a;
    else
        a->prev->next = a;
    w->last = a;
}

static void
line_remove(struct go_weighted *w, struct waiter *a)
{
    if (a->prev == NULL)
        w->first = a->next;
    else
        a->prev->next = a->next;
    if (a->next == NULL)
        w->last = a->prev;
    else
        a->next->prev = a->prev;
}

static bool
fits(const struct go_weighted *w, int64_t n)
{
    return w->size - w->taken >= n;
}

// Take those who fit off the front of the line. They are a list. The caller has
// the lock, gives it back, and calls tell_all.
static struct waiter *
grant(struct go_weighted *w)
{
    // [lab weighted-grant]
    struct waiter *a, *all = NULL, **end = &all;

    // Not those behind one who does not fit: it would wait for ever, if others
    // always took what it waits for.
    while ((a = w->first) != NULL && fits(w, a->n)) {
        w->taken += a->n;
        line_remove(w, a);
        a->granted = true;
        *end = a;
        end = &a->next;
    }
    *end = NULL;
    return all;
    // [lab weighted-grant]
}

// They have what they want, and are told. Each may be gone once it knows.
static void
tell_all(struct waiter *a)
{
    while (a != NULL) {
        struct waiter *next = a->next;

        race_acquire(a);                // it has made the channel
        go_close(a->ready);
        a = next;
    }
}

static bool
is_done(go_chan(struct go_unit) done)
{
    return done != NULL && go_select(go_case_recv(done, NULL),
                                     go_case_default) == 0;
}

// `a` stands in line no longer, because its patience has ended.
static void
give_up(struct go_weighted *w, struct waiter *a)
{
    // [lab weighted-give-up]
    struct waiter *others = NULL;

    lock(lock_of(w));
    if (a->granted) {
        unlock(lock_of(w));
        (void)go_recv(a->ready);        // until nobody looks at `a` any more
        go_weighted_release(w, a->n);
        return;
    }

    bool was_first = a->prev == NULL;

    line_remove(w, a);
    if (was_first)
        others = grant(w);
    unlock(lock_of(w));
    tell_all(others);
    // [lab weighted-give-up]
}

bool
go_weighted_acquire(struct go_weighted *w, int64_t n,
                    go_chan(struct go_unit) done)
{
    struct waiter a = { .n = n };

    goroutine("go_weighted_acquire");
    if (n < 0)
        fatal("go_weighted_acquire: n is negative");
    if (is_done(done))
        return false;
    lock(lock_of(w));
    if (w->first == NULL && fits(w, n)) {
        w->taken += n;
        unlock(lock_of(w));
        race_acquire(w);
        return true;
    }
    if (n > w->size) {
        // Not in line: it would never come to its end.
        unlock(lock_of(w));
        (void)go_recv(done);
        return false;
    }
    a.ready = go_make_chan(struct go_unit, 0);
    race_release(&a);
    line_put(w, &a);
    unlock(lock_of(w));

    bool granted = go_select(go_case_recv(a.ready, NULL),
                             go_case_recv(done, NULL)) == 0;

    if (!granted) {
        give_up(w, &a);
    } else if (is_done(done)) {
        // Both at once: who is done shall not go on.
        go_weighted_release(w, n);
        granted = false;
    } else {
        race_acquire(w);
    }
    go_free_chan(a.ready);
    return granted;
}

bool
go_weighted_try_acquire(struct go_weighted *w, int64_t n)
{
    goroutine("go_weighted_try_acquire");
    if (n < 0)
        fatal("go_weighted_try_acquire: n is negative");
    lock(lock_of(w));

    bool free = w->first == NULL && fits(w, n);

    if (free)
        w->taken += n;
    unlock(lock_of(w));
    if (free)
        race_acquire(w);
    return free;
}

void
go_weighted_release(struct go_weighted *w, int64_t n)
{
    goroutine("go_weighted_release");
    if (n < 0)
        fatal("go_weighted_release: n is negative");
    race_release(w);
    lock(lock_of(w));
    if (w->taken < n) {
        unlock(lock_of(w));
        gopanic("semaphore: released more than held");
    }
    w->taken -= n;

    struct waiter *others = grant(w);

    unlock(lock_of(w));
    tell_all(others);
}
