/** @file rounds.c  Main starts four goroutines and waits for them, 20,000 times,
 * on two p's: so one of these goes to sleep and is woken, again and again.
 */
#include <goroutine.h>
#include <stdatomic.h>
#include <stdio.h>

enum { ROUNDS = 20000, EACH = 4 };

static atomic_int done;

static void
works(void)
{
    atomic_fetch_add(&done, 1);
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_gomaxprocs(2);
    for (int i = 0; i < ROUNDS; i++) {
        struct go_waitgroup all = {0};

        for (int k = 0; k < EACH; k++)
            go_waitgroup_go(&all, works);
        go_waitgroup_wait(&all);
    }
    printf("%d of %d have run\n", done, ROUNDS * EACH);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
