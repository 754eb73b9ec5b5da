/** @file neighbour.c  Two stacks of a fixed size, side by side, and no guard.
 *
 * The upper one adds numbers by recursion. The lower one keeps an account in
 * local variables, and stands still meanwhile. neighbour N: how many numbers.
 */
#include <stdio.h>

#include "runtime.h"

enum { SIZE = 16 << 10, COINS = 8 << 10 };

static char memory[2][SIZE] __attribute__((aligned(64)));
static struct g lower, upper;
static struct g *home;
static long n, sum, account;

__attribute__((noinline)) static long
add(long from)
{
    volatile long frame[16];            // as any function has: a few locals

    frame[from % 16] = from;
    return from == 0 ? 0 : add(from - 1) + frame[from % 16];
}

static void
adds(void *arg)
{
    (void)arg;
    sum = add(n);
    g_switch(&upper, home, NULL);
}

static void
keeps_an_account(void *arg)
{
    volatile char coins[COINS];

    (void)arg;
    for (int i = 0; i < COINS; i++)
        coins[i] = 1;
    g_switch(&lower, home, NULL);       // let others run
    for (int i = 0; i < COINS; i++)
        account += coins[i];
    g_switch(&lower, home, NULL);
}

static void
begin(struct g *gp, char *low, void (*fn)(void *))
{
    gp->stack.lo = (uintptr_t)low;
    gp->stack.hi = (uintptr_t)low + SIZE;
    g_init(gp, fn, NULL);
}

int
main(int argc, char **argv)
{
    n = argc > 1 ? strtol(argv[1], NULL, 10) : 10;
    if (n < 1 || n > 1000) {
        fprintf(stderr, "neighbour N: how many numbers? 1 to 1000\n");
        return 2;
    }
    home = g_current();
    begin(&lower, memory[0], keeps_an_account);
    begin(&upper, memory[1], adds);
    g_switch(home, &lower, NULL);
    g_switch(home, &upper, NULL);
    printf("the upper one has added 1 to %ld: %s\n", n,
           sum == n * (n + 1) / 2 ? "right" : "wrong");
    g_switch(home, &lower, NULL);
    printf("the lower one has its coins: %s\n",
           account == COINS ? "all" : "not all");
    return 0;
}
