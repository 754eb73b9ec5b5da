/** @file fair.c  One p, and nobody waits for ever.
 *
 * Two goroutines hand a token to one another. Each readies the other one, which
 * so runs next: they could keep the p for themselves. A third one waits in the
 * ring, and comes to its turn when their common slice has ended. A hundred more
 * yield, and each gets as many turns as any other.
 */
#include <goroutine.h>
#include <stdatomic.h>
#include <stdio.h>

enum { ROUNDS = 2000, YIELDING = 100, TURNS = 50 };

static struct go_waitgroup turn[2][ROUNDS + 1];
static atomic_int token, seen_by_third = -1;
static atomic_int turns[YIELDING], furthest;

static void
hands_on(int me)
{
    for (int i = 0; i < ROUNDS; i++) {
        go_waitgroup_wait(&turn[me][i]);
        token++;
        go_waitgroup_done(&turn[1 - me][i + me]);
    }
}

static void
looks(void)
{
    seen_by_third = token;
}

static void
yields(int me)
{
    for (int i = 0; i < TURNS; i++) {
        int last = turns[0];

        turns[me]++;
        for (int k = 1; k < YIELDING; k++)
            if (turns[k] < last)
                last = turns[k];
        if (turns[me] - last > furthest)
            furthest = turns[me] - last;
        go_gosched();
    }
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup all = {0}, many = {0};

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    for (int i = 0; i <= ROUNDS; i++) {
        go_waitgroup_add(&turn[0][i], 1);
        go_waitgroup_add(&turn[1][i], 1);
    }
    go_waitgroup_go(&all, hands_on, 0);
    go_waitgroup_go(&all, hands_on, 1);
    go_gosched();
    go_waitgroup_go(&all, looks);
    go_waitgroup_done(&turn[0][0]);
    go_waitgroup_wait(&all);
    printf("the token was handed on %d times\n", token);
    printf("the third one had its turn %s\n", seen_by_third < 0 ? "never" :
           seen_by_third < 100 ? "before the hundredth" : "late");
    for (int i = 0; i < YIELDING; i++)
        go_waitgroup_go(&many, yields, i);
    go_waitgroup_wait(&many);
    printf("%d yield: none was ever more than %s ahead\n", YIELDING,
           furthest <= 5 ? "five turns" : "five turns (not so)");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
