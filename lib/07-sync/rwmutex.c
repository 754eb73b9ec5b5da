/** @file rwmutex.c  Many readers, or one writer.
 *
 * readers counts them. A writer that comes subtracts more than there can ever
 * be: so a reader sees from the one number that it must wait, and the writer
 * how many it has to wait for. Those are counted once more, in `leaving`, by
 * two who do not know who will be the last:
 *
 *     1  the writer                      2  a reader, who is in
 *        has the mutex of writers
 *        readers - MAX: n were in
 *                                           readers - 1: below 0, a writer waits
 *                                           leaving - 1: is -1, not 0: done
 *        leaving + n: is n - 1
 *        not 0: sleeps
 *                                        3  the last of those readers
 *                                           readers - 1: below 0
 *                                           leaving - 1: is 0: wakes the writer
 *
 * Whoever brings `leaving` to 0 knows that all who were in have left: if it is
 * the writer, it does not sleep; if it is a reader, the writer sleeps, or is
 * about to. leaving is 0 again when the writer is in.
 *
 * Mirrors Go's sync/rwmutex.go.
 */
#include "sema.h"

#include "mutex.h"
#include "schedt.h"

enum { MAX_READERS = 1 << 30 };

static word_t *
readers_of(struct go_rwmutex *rw)
{
    return (word_t *)&rw->readers;
}

static word_t *
leaving_of(struct go_rwmutex *rw)
{
    return (word_t *)&rw->leaving;
}

static word_t *
reader_sema(struct go_rwmutex *rw)
{
    return (word_t *)&rw->reader_sema;
}

static word_t *
writer_sema(struct go_rwmutex *rw)
{
    return (word_t *)&rw->writer_sema;
}

// ---- Readers ---------------------------------------------------------------

void
go_rwmutex_rlock(struct go_rwmutex *rw)
{
    // [lab rwmutex-rlock]
    struct g *gp = goroutine("go_rwmutex_rlock");

    // Pairs with go_rwmutex_lock, and with go_rwmutex_unlock.
    int32_t n = (int32_t)step_add(readers_of(rw), 1);

    if (n < 0)
        sema_wait(gp, reader_sema(rw), false, WAIT_RWMUTEX_RLOCK);
    race_acquire(&rw->reader_sema);
    // [lab rwmutex-rlock]
}

bool
go_rwmutex_try_rlock(struct go_rwmutex *rw)
{
    goroutine("go_rwmutex_try_rlock");
    int32_t n;

    do {
        n = (int32_t)atomic_load_relaxed(readers_of(rw));
        if (n < 0)
            return false;
    } while (!step_cas(readers_of(rw), (uint32_t)n, (uint32_t)n + 1));
    race_acquire(&rw->reader_sema);
    return true;
}

// A reader leaves, and n are left, less MAX_READERS: a writer waits, or nobody
// was in.
static void
runlock_slow(struct go_rwmutex *rw, int32_t n)
{
    // [lab rwmutex-runlock]
    if (n == -1 || n == -MAX_READERS - 1)
        fatal("sync: RUnlock of unlocked RWMutex");
    if (atomic_add(leaving_of(rw), -1) == 0)            // pairs with go_rwmutex_lock
        sema_grant(writer_sema(rw), false);
    // [lab rwmutex-runlock]
}

void
go_rwmutex_runlock(struct go_rwmutex *rw)
{
    goroutine("go_rwmutex_runlock");

    race_release(&rw->writer_sema);

    // Pairs with go_rwmutex_lock.
    int32_t n = (int32_t)step_add(readers_of(rw), -1);

    if (n < 0)
        runlock_slow(rw, n);
}

// ---- Writers ---------------------------------------------------------------

// Other writers are kept out by rw->writers. From the step that tells readers of
// the writer on, none comes in; those who were in are n, and each counts itself
// off `leaving` as it leaves. The writer adds n there, and sleeps on writer_sema
// (WAIT_RWMUTEX_LOCK) unless it brings it to 0.
void
go_rwmutex_lock(struct go_rwmutex *rw)
{
    // [lab rwmutex-lock]
    struct g *gp = goroutine("go_rwmutex_lock");

    mutex_lock(gp, &rw->writers);

    // Pairs with readers that come and go.
    uint32_t n = step_add(readers_of(rw), -MAX_READERS);

    n += MAX_READERS;
    if (n != 0 && atomic_add(leaving_of(rw), n) != 0)   // pairs with runlock_slow
        sema_wait(gp, writer_sema(rw), false, WAIT_RWMUTEX_LOCK);
    race_acquire(&rw->reader_sema);
    race_acquire(&rw->writer_sema);
    // [lab rwmutex-lock]
}

bool
go_rwmutex_try_lock(struct go_rwmutex *rw)
{
    goroutine("go_rwmutex_try_lock");

    if (!go_mutex_try_lock(&rw->writers))
        return false;
    if (!step_cas(readers_of(rw), 0, -MAX_READERS)) {
        mutex_unlock(&rw->writers);
        return false;
    }
    race_acquire(&rw->reader_sema);
    race_acquire(&rw->writer_sema);
    return true;
}

// The readers that wait are let in. Only then may the next writer come: it
// would have to wait for them.
void
go_rwmutex_unlock(struct go_rwmutex *rw)
{
    // [lab rwmutex-unlock]
    goroutine("go_rwmutex_unlock");

    race_release(&rw->reader_sema);

    // Pairs with go_rwmutex_rlock.
    int32_t n = (int32_t)step_add(readers_of(rw), MAX_READERS);

    if (n >= MAX_READERS || n < 0)
        fatal("sync: Unlock of unlocked RWMutex");
    for (; n > 0; n--)
        sema_grant(reader_sema(rw), false);
    mutex_unlock(&rw->writers);
    // [lab rwmutex-unlock]
}
