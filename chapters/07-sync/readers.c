/** @file readers.c  Who may be in an RWMutex, and what does it count?
 *
 * Looks behind goroutine.h.
 */
#include "../01-context/claim.h"
#include "runtime.h"

static struct go_rwmutex rw;
static int in, most, writers;
static bool excluded = true;

static const char *
is(bool so)
{
    return so ? "true" : "false";
}

static void
reads(void)
{
    go_rwmutex_rlock(&rw);
    if (++in > most)
        most = in;
    excluded = excluded && writers == 0;
    go_gosched();
    in--;
    go_rwmutex_runlock(&rw);
}

static void
writes(void)
{
    go_rwmutex_lock(&rw);
    writers++;
    excluded = excluded && writers == 1 && in == 0;
    go_gosched();
    writers--;
    go_rwmutex_unlock(&rw);
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup wg = {0};
    char text[100];

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    for (int i = 0; i < 30; i++)
        if (i % 10 == 9)
            go_waitgroup_go(&wg, writes);
        else
            go_waitgroup_go(&wg, reads);
    go_waitgroup_wait(&wg);
    snprintf(text, sizeof(text), "%s than 1 reader at a time, and no writer beside anybody",
             most > 1 ? "more" : "not more");
    verdict("7.11", is(most > 1 && excluded), text);

    // A reader is in, and a writer waits for it.
    go_rwmutex_rlock(&rw);
    const uint32_t mutex_of_reader = rw.writers.state;
    const int32_t one = rw.readers;
    go_waitgroup_go(&wg, writes);
    go_gosched();
    const uint32_t mutex_of_writer = rw.writers.state;
    const int32_t told = rw.readers, leaving = rw.leaving;
    go_rwmutex_runlock(&rw);
    go_waitgroup_wait(&wg);

    verdict("7.12", leaving == 1 ? "half true" : "false",
            "the last one is how many readers the writer waits for");
    verdict("7.13", is(mutex_of_writer == 1 && one == 1 && told < 0),
            "writers lock the mutex; readers add 1 to one number");
    verdict("7.29", mutex_of_reader == 0 && one == 1 ? "half true" : "false",
            "a reader takes no mutex; but all readers meet at that one number");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
