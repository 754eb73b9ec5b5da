/** @file read-again.c  Who has an RWMutex for reading wants it for reading once more,
 * and a writer waits.
 */
#include <goroutine.h>
#include <stdio.h>
#include <unistd.h>

static struct go_rwmutex rw;

static void
writes(void)
{
    go_rwmutex_lock(&rw);
    printf("written\n");
    go_rwmutex_unlock(&rw);
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go_rwmutex_rlock(&rw);
    go(writes);
    go_gosched();               // until the writer waits
    go_rwmutex_rlock(&rw);
    printf("read twice\n");
    return 0;
}

int
main(int argc, char **argv)
{
    dup2(STDOUT_FILENO, STDERR_FILENO);         // the runtime's words, too
    return go_run(go_main, argc, argv);
}
