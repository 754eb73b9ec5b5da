/** @file twins.c  Two goroutines count primes, on one p, and neither ever yields.
 *
 * Both begin with the same amount of work. If each kept the p until it was done, the
 * second would not have begun when the first ends.
 */
#include <goroutine.h>
#include <stdio.h>

enum { BELOW = 600000, TWINS = 2 };

static volatile int at[TWINS];  // how far each has come
static int primes[TWINS];
static int other_at;            // where the other one was when the first was done

static void
count_primes(int twin)
{
    for (int n = 2; n < BELOW; n++) {
        int d = 2;

        while (d * d <= n && n % d != 0)
            d++;
        primes[twin] += d * d > n;
        at[twin] = n;
    }
    if (other_at == 0)
        other_at = at[1 - twin];
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup both = {0};

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    for (int i = 0; i < TWINS; i++)
        go_waitgroup_go(&both, count_primes, i);
    go_waitgroup_wait(&both);
    printf("primes below %d: %d and %d\n", BELOW, primes[0], primes[1]);
    printf("when the first was done, the other was beyond the half: %s\n",
           other_at > BELOW / 2 ? "yes" : "no");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
