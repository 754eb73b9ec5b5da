/** @file pipeline.c  Three stages, and a word that it is enough.
 *
 * One goroutine counts, one squares, one keeps what reads the same from behind.
 * At the end somebody takes ten and wants no more. But the first stage counts for
 * ever, and each one waits to get rid of what it has. So there is a channel that
 * nobody sends anything through: when it is closed, all who listen know.
 */
#include <goroutine.h>
#include <stdio.h>

// Whether n has gone out, and not the word that it is enough.
static bool
passed(go_chan(int) out, int n, go_chan(int) enough)
{
    return go_select(go_case_send(out, n), go_case_recv(enough, NULL)) == 0;
}

static void
counts(go_chan(int) out, go_chan(int) enough)
{
    for (int n = 1; passed(out, n, enough); n++)
        ;
    go_close(out);
}

static void
squares(go_chan(int) in, go_chan(int) out, go_chan(int) enough)
{
    go_range(n, in)
        if (!passed(out, n * n, enough))
            break;
    go_close(out);
}

static bool
is_palindrome(int n)
{
    int reversed = 0;

    for (int left = n; left > 0; left /= 10)
        reversed = 10 * reversed + left % 10;
    return reversed == n;
}

static void
keeps(go_chan(int) in, go_chan(int) out, go_chan(int) enough)
{
    go_range(n, in)
        if (is_palindrome(n) && !passed(out, n, enough))
            break;
    go_close(out);
}

static int
go_main(int argc, char **argv)
{
    go_chan(int) number = go_make_chan(int, 0);
    go_chan(int) square = go_make_chan(int, 0);
    go_chan(int) kept = go_make_chan(int, 0);
    go_chan(int) enough = go_make_chan(int, 0);
    struct go_waitgroup stages = {0};

    (void)argc;
    (void)argv;
    go_waitgroup_go(&stages, counts, number, enough);
    go_waitgroup_go(&stages, squares, number, square, enough);
    go_waitgroup_go(&stages, keeps, square, kept, enough);
    for (int i = 0; i < 10; i++)
        printf("%d\n", go_recv(kept));
    go_close(enough);
    go_waitgroup_wait(&stages);
    printf("all three have ended\n");
    go_free_chan(number);
    go_free_chan(square);
    go_free_chan(kept);
    go_free_chan(enough);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
