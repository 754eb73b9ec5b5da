/** @file 07-sync_explore-rwmutex-lock.c  A writer comes while readers come and go.
 *
 * Links: -Wl,--wrap=g_park,--wrap=g_ready,--wrap=proc_leave
 */
#include "played.h"

static struct go_rwmutex rw;
static int readers, writers;

#define BOTH "A writer comes in, and a reader is in."
#define BOTH_WHY \
    "Readers count themselves in `readers`. The step that tells them of the " \
    "writer also tells the writer how many are in. For those it waits."

static void
reads(int me)
{
    (void)me;
    go_rwmutex_rlock(&rw);
    readers++;
    EXPLORE_EXPECT(writers == 0, "A reader comes in, and a writer is in.", BOTH_WHY);
    EXPLORE_YIELD();
    EXPLORE_EXPECT(writers == 0, BOTH, BOTH_WHY);
    readers--;
    go_rwmutex_runlock(&rw);
}

static void
reads_twice(int me)
{
    reads(me);
    reads(me);
}

static void
writes(int me)
{
    (void)me;
    go_rwmutex_lock(&rw);
    EXPLORE_EXPECT(readers == 0, BOTH, BOTH_WHY);
    EXPLORE_EXPECT(writers++ == 0, "Two writers are in.", "The mutex is for that.");
    EXPLORE_YIELD();
    writers--;
    go_rwmutex_unlock(&rw);
}

static void
all_is_as_before(void)
{
    EXPLORE_EXPECT(rw.readers == 0 && rw.leaving == 0 && rw.writers.state == 0 &&
                       rw.reader_sema == 0 && rw.writer_sema == 0,
                   "All have left, and the RWMutex is not as before.",
                   "leaving is 0 when the writer is in: what readers count off and "
                   "what the writer adds are the same number.");
}

static void
reader(void)
{
    play(reads_twice);
    play(writes);
    play_all();
    all_is_as_before();
}

static void
two_readers(void)
{
    play(reads);
    play(reads);
    play(writes);
    play_all();
    all_is_as_before();
}

static void
two_writers(void)
{
    play(writes);
    play(writes);
    play(reads);
    play_all();
    all_is_as_before();
}

static void
explain(struct explore_failure *f)
{
    if (f->kind == EXPLORE_ENDED) {
        f->what = "A writer has not locked the mutex of the writers.";
        f->why = "It keeps the other writers out, and go_rwmutex_unlock gives it "
                 "back.";
    } else if (played_stuck(f) && readers == 0) {
        f->what = "A writer sleeps, and all readers have left.";
        f->why = "Whoever brings leaving to 0 is the last: if that is a reader, it "
                 "wakes the writer; if it is the writer, it does not sleep. A reader "
                 "may have counted itself off before the writer adds.";
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "writer-reader", .body = reader, .explain = explain, .bound = 3 },
        { .name = "writer-two-readers", .body = two_readers, .explain = explain, .bound = 2 },
        { .name = "writer-two", .body = two_writers, .explain = explain, .bound = 2 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}
