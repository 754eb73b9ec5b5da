/** @file bridge.c  A bridge of rope: three at a time, and nobody meets.
 *
 * Who comes from the east goes west, and the other way round. Each is a
 * goroutine. As long as some go one way, others of that way may follow.
 */
#include <goroutine.h>
#include <stdio.h>

enum { EAST, WEST };             // the ways

enum { BEARS = 3, EACH = 12, STEPS = 3 };

static struct go_mutex mu;
static struct go_cond changed;

// mu protects these:
static int on_it;               // how many are on the bridge
static int going;          // their way, if there are any

// What is seen from the bank. Nobody uses it to decide anything.
static int seen[2], most, crossed;

// enter(way) returns when the caller may step on the bridge, and counts it there.
// leave() says that it has left.
// [lab bridge]
static void
enter(int way)
{
    go_mutex_lock(&mu);
    while (on_it == BEARS || (on_it > 0 && going != way))
        go_cond_wait(&changed, &mu);
    on_it++;
    going = way;
    go_mutex_unlock(&mu);
}

static void
leave(void)
{
    go_mutex_lock(&mu);
    on_it--;
    go_mutex_unlock(&mu);
    go_cond_broadcast(&changed);
}
// [lab bridge]

static void
cross(int way)
{
    enter(way);
    seen[way]++;
    if (seen[way] > BEARS)
        printf("the bridge breaks: %d are on it\n", seen[way]);
    if (seen[!way] > 0)
        printf("two meet in the middle\n");
    if (seen[way] > most)
        most = seen[way];
    for (int i = 0; i < STEPS; i++)
        go_gosched();
    seen[way]--;
    crossed++;
    leave();
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup all = {0};

    (void)argc;
    (void)argv;
    // So that a mistake is the same each time.
    go_gomaxprocs(1);
    for (int i = 0; i < EACH; i++) {
        go_waitgroup_go(&all, cross, EAST);
        go_waitgroup_go(&all, cross, WEST);
    }
    go_waitgroup_wait(&all);
    printf("%d have crossed\n", crossed);
    printf("%d were on the bridge at a time, at most\n", most);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
