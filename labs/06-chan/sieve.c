/** @file sieve.c  The prime numbers below 100, by a chain of goroutines.
 *
 * The first one counts. Whatever comes out at the end of the chain is a prime:
 * a goroutine is put behind it, which lets through what that prime does not
 * divide. Each channel has one who sends and closes, and one who receives and
 * frees: so the chain takes itself apart, from the front.
 */
#include <goroutine.h>
#include <stdio.h>

enum { BELOW = 100 };

static void
counts(go_chan(int) out)
{
    for (int n = 2; n < BELOW; n++)
        go_send(out, n);
    go_close(out);
}

static void
filters(go_chan(int) in, go_chan(int) out, int prime)
{
    go_range(n, in)
        if (n % prime != 0)
            go_send(out, n);
    go_free_chan(in);
    go_close(out);
}

static int
go_main(int argc, char **argv)
{
    go_chan(int) end = go_make_chan(int, 0);
    int prime, found = 0;

    (void)argc;
    (void)argv;
    go(counts, end);
    while (go_recv_ok(end, &prime)) {
        go_chan(int) behind = go_make_chan(int, 0);

        printf("%s%d", found == 0 ? "" : found % 10 == 0 ? "\n" : " ", prime);
        found++;
        go(filters, end, behind, prime);
        end = behind;
    }
    go_free_chan(end);
    printf("\n%d primes, one goroutine for each\n", found);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
