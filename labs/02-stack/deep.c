/** @file deep.c  Recursion, in goroutines with stacks of different sizes.
 *
 * The same function runs in each: it goes down as deep as the stack allows,
 * and every frame finds its own numbers again on the way back. A page of
 * memory is taken when it is first touched, so the large stack costs what is
 * used of it.
 */
#include <goroutine.h>
#include <stdio.h>

enum {
    ARRAY = 1024,               // bytes that each frame keeps
    FRAME = ARRAY + 256,        // and what a call may take beside them
    SPARE = 4 << 10,            // for whatever else is on the stack
};

struct job {
    const char *name;
    size_t stack_max;
    long calls;                 // to go down
    long found;                 // frames that were as they had been left
};

__attribute__((noinline)) static long
down(long calls)
{
    volatile long array[ARRAY / sizeof(long)];
    long found = 0;

    array[calls % 128] = calls;
    if (calls > 1)
        found = down(calls - 1);
    return found + (array[calls % 128] == calls);
}

static void
recurse(struct job *job, struct go_waitgroup *wg)
{
    job->found = down(job->calls);
    go_waitgroup_done(wg);
}

static int
go_main(int argc, char **argv)
{
    static struct job jobs[] = {
        { .name = "least", .stack_max = GO_STACK_MIN },
        { .name = "usual", .stack_max = 64 << 10 },
        { .name = "large", .stack_max = 16 << 20 },
    };
    enum { N = sizeof(jobs) / sizeof(jobs[0]) };
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    for (int i = 0; i < N; i++) {
        jobs[i].calls = (long)(jobs[i].stack_max - SPARE) / FRAME;
        go_waitgroup_add(&wg, 1);
        go_with((&(struct go_attr){ .name = jobs[i].name,
                                    .stack_max = jobs[i].stack_max }),
                recurse, &jobs[i], &wg);
    }
    go_waitgroup_wait(&wg);
    for (int i = 0; i < N; i++)
        printf("%s: %zu bytes of stack, %ld calls deep, %ld frames as they were left\n",
               jobs[i].name, jobs[i].stack_max, jobs[i].calls, jobs[i].found);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
