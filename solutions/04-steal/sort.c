/** @file sort.c  Numbers are sorted by halves, and the halves at the same time.
 *
 * Nothing here says who runs where. A half is a goroutine; it waits in the ring
 * of its p until a p that has nothing to do steals it.
 */
#include <goroutine.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { N = 12800, ALONE = 100, PARTS = 128 };

static int numbers[N], merged[N];
static struct {
    int from;
    unsigned long long by;
} part[2 * PARTS];
static int parts;               // each step of it is atomic

// Sort numbers[from .. to), which are few, by putting each where it belongs.
static void
sort_few(int from, int to)
{
    int n = __atomic_fetch_add(&parts, 1, __ATOMIC_RELAXED);

    if (n < 2 * PARTS) {
        part[n].from = from;
        part[n].by = go_id();
    }
    for (int i = from + 1; i < to; i++) {
        int k = i, number = numbers[i];

        for (; k > from && numbers[k - 1] > number; k--)
            numbers[k] = numbers[k - 1];
        numbers[k] = number;
    }
}

// numbers[from .. middle) and numbers[middle .. to) are sorted: now all of it.
static void
merge(int from, int middle, int to)
{
    int a = from, b = middle;

    for (int i = from; i < to; i++)
        merged[i] = b == to || (a < middle && numbers[a] <= numbers[b])
                        ? numbers[a++] : numbers[b++];
    memcpy(&numbers[from], &merged[from], (size_t)(to - from) * sizeof(int));
}

// Sort numbers[from .. to). Up to ALONE of them are few. Of more, a goroutine of
// its own sorts the first half, and the caller the second half, at the same
// time; when both are done, they are merged.
// [lab sort]
static void
sort(int from, int to)
{
    struct go_waitgroup half = {0};
    int middle = from + (to - from) / 2;

    if (to - from <= ALONE) {
        sort_few(from, to);
        return;
    }
    go_waitgroup_go(&half, sort, from, middle);
    sort(middle, to);
    go_waitgroup_wait(&half);
    merge(from, middle, to);
}
// [lab sort]

static bool
is_sorted(void)
{
    for (int i = 1; i < N; i++)
        if (numbers[i - 1] > numbers[i])
            return false;
    return true;
}

// How many goroutines have sorted parts.
static int
sorters(void)
{
    int n = 0;

    for (int i = 0; i < parts && i < 2 * PARTS; i++) {
        bool again = false;

        for (int k = 0; k < i; k++)
            again |= part[k].by == part[i].by;
        n += !again;
    }
    return n;
}

static void
sorts_with(int procs)
{
    unsigned random = 1;

    go_gomaxprocs(procs);
    parts = 0;
    for (int i = 0; i < N; i++) {
        random = random * 1103515245 + 12345;
        numbers[i] = (int)(random >> 16);
    }
    sort(0, N);
    printf("%d p: %d numbers are %ssorted, in %d parts, by %d goroutines\n", procs,
           N, is_sorted() ? "" : "not ", parts, sorters());
    if (procs == 1)
        printf("     the %s part came first\n", part[0].from == N - N / PARTS
               ? "last" : part[0].from == 0 ? "first" : "wrong");
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    sorts_with(1);
    sorts_with(2);
    sorts_with(4);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
