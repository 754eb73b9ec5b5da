/** @file draw_runs.c  Runs to be recorded, each with what a recording must bear.
 *
 *     draw_runs NAME
 */
#include <goroutine.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct go_waitgroup gate, all;

static void
twice(void *arg)
{
    go_coro_yield(arg);
    go_gosched();           // its goroutine stops, with the coroutine on top
}

// Yields, waits, and resumes a coroutine that does the same.
static void
work(int n)
{
    struct go_coro *co = go_coro_new(twice, NULL);
    volatile long sum = 0;

    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < 1000 * n; k++)
            sum = sum + 1;
        go_gosched();
        go_coro_resume(co);
    }
    go_coro_free(co);
    if (n == 0)
        go_waitgroup_done(&gate);
    else
        go_waitgroup_wait(&gate);
}

static int
crowd(int argc, char **argv)
{
    struct go_attr named = { .name = "<a & \"b\">" };

    (void)argc;
    (void)argv;
    go_waitgroup_add(&gate, 1);
    go_waitgroup_add(&all, 1);
    for (int i = 1; i < 7; i++)
        go_waitgroup_go(&all, work, i);
    go_with(&named, go_waitgroup_done, &all);
    go(work, 0);
    go_waitgroup_wait(&all);
    go_waitgroup_wait(&gate);
    while (go_num_goroutine() > 1)
        go_gosched();
    return 0;
}

static void
kill_self(void)
{
    kill(getpid(), SIGKILL);
}

static void
crash(void)
{
    volatile int *volatile nowhere = NULL;

    *nowhere = 1;
}

static void
compute(void)
{
    for (volatile long n = 0;; n++)
        ;
}

static int
only(int argc, char **argv)
{
    (void)argc;
    go(*(void (**)(void))argv);
    go_waitgroup_add(&all, 1);
    go_waitgroup_wait(&all);
    return 0;
}

static int
many(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    for (int i = 0; i < 20000; i++) {
        go_waitgroup_add(&all, 1);
        go(go_waitgroup_done, &all);
        go_waitgroup_wait(&all);
    }
    return 0;
}

static int
one(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return 0;
}

// A child's coroutine is its own affair.
static int
in_child(void)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        go_coro_free(go_coro_new(twice, NULL));
        _exit(0);
    }
    waitpid(child, &status, 0);
    return status;
}

int
main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "";
    void (*fn)(void) = strcmp(name, "killed") == 0 ? kill_self
                       : strcmp(name, "crash") == 0 ? crash
                       : strcmp(name, "hang") == 0 ? compute
                                                   : NULL;

    if (fn != NULL)
        return go_run(only, 1, (char **)&fn);
    if (strcmp(name, "crowd") == 0)
        return go_run(crowd, argc, argv);
    if (strcmp(name, "many") == 0)
        return go_run(many, argc, argv);
    if (strcmp(name, "two") == 0)
        return go_run(one, argc, argv) + go_run(one, argc, argv);
    if (strcmp(name, "child") == 0)
        return go_run(one, argc, argv) + in_child();
    if (strcmp(name, "nothing") == 0)
        return 0;
    fprintf(stderr, "draw_runs: which run?\n");
    return 2;
}
