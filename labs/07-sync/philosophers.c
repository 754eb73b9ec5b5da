/** @file philosophers.c  Five philosophers, five forks, and each needs two.
 *
 * Between two neighbours lies one fork. Whoever is hungry takes the one of lower
 * number first, then the other, eats, and puts both back. So the last of them
 * reaches to the right first, and the circle is broken:
 *
 *                 fork 0
 *          Zeno  /      \  Plato
 *       fork 4              fork 1
 *         Hypatia          Sokrates
 *             fork 3    fork 2
 *                  Diotima
 *
 * With the argument "left" all of them take the left one first. That goes well
 * for a while. Then each has one, and waits for the one that its neighbour has:
 * nobody can go on, and the runtime says so.
 */
#include <goroutine.h>
#include <stdio.h>
#include <string.h>

enum { SEATS = 5, MEALS = 1000 };

static const char *const name[SEATS] = { "Plato", "Sokrates", "Diotima", "Hypatia", "Zeno" };
static struct go_mutex fork_lies[SEATS];        // locked: somebody has it
static int eats[SEATS];                         // at the moment
static int meals[SEATS];

static void
eat(int seat)
{
    if (++eats[seat] + eats[(seat + 1) % SEATS] + eats[(seat + SEATS - 1) % SEATS] > 1)
        printf("%s eats with a fork that another one has\n", name[seat]);
    go_gosched();
    eats[seat]--;
    meals[seat]++;
}

static void
philosopher(int seat, bool all_left)
{
    int first = seat, second = (seat + 1) % SEATS;

    if (!all_left && second < first) {
        first = second;
        second = seat;
    }
    for (int i = 0; i < MEALS; i++) {
        go_mutex_lock(&fork_lies[first]);
        go_gosched();                           // the hand goes to the other one
        go_mutex_lock(&fork_lies[second]);
        eat(seat);
        go_mutex_unlock(&fork_lies[second]);
        go_mutex_unlock(&fork_lies[first]);
    }
}

static int
go_main(int argc, char **argv)
{
    const bool all_left = argc > 1 && strcmp(argv[1], "left") == 0;
    struct go_waitgroup table = {0};

    // So that a deadlock is the same each time.
    if (all_left)
        go_gomaxprocs(1);
    printf("%d sit down\n", SEATS);
    fflush(stdout);
    for (int seat = 0; seat < SEATS; seat++)
        go_waitgroup_go(&table, philosopher, seat, all_left);
    go_waitgroup_wait(&table);
    for (int seat = 0; seat < SEATS; seat++)
        printf("%-8s has had %d meals\n", name[seat], meals[seat]);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
