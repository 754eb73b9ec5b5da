/** @file half-asleep.c  Two goroutines wait for each other, for ever. A third
 * one has something to do.
 */
#include <goroutine.h>
#include <stdio.h>

static struct go_waitgroup left, right;

static void
waits(struct go_waitgroup *for_this, struct go_waitgroup *then)
{
    go_waitgroup_wait(for_this);
    go_waitgroup_done(then);
}

static void
works(void)
{
    for (int i = 0; i < 100000; i++)
        go_gosched();
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup work = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_add(&left, 1);
    go_waitgroup_add(&right, 1);
    go(waits, &left, &right);
    go(waits, &right, &left);
    go_waitgroup_go(&work, works);
    go_waitgroup_wait(&work);
    printf("done\n");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
