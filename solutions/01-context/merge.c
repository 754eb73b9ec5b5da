/** @file merge.c  Merge two sorted generators into one.
 *
 * The merged sequence is a generator itself: it resumes two coroutines, and
 * yields to a third.
 */
#include <goroutine.h>
#include <stdio.h>

// Yields pointers to the numbers of an array that ends with 0.
static void
numbers(void *arg)
{
    for (const int *next = arg; *next != 0; next++) {
        int number = *next;

        go_coro_yield(&number);
    }
}

struct sources {
    struct go_coro *a, *b;      // each yields pointers to int, ascending
};

// Yield a pointer to each number of both sources, in ascending order. Of
// equal numbers that of a comes first.
//
// A pointer that a source yielded is good until that source is resumed.
static void
merge(void *arg)
{
    struct sources *from = arg;

    // [lab merge]
    int *a = go_coro_resume(from->a);
    int *b = go_coro_resume(from->b);

    while (a != NULL || b != NULL) {
        if (b == NULL || (a != NULL && *a <= *b)) {
            go_coro_yield(a);
            a = go_coro_resume(from->a);
        } else {
            go_coro_yield(b);
            b = go_coro_resume(from->b);
        }
    }
    // [lab merge]
}

int
main(void)
{
    int odd[] = { 1, 3, 5, 7, 20, 30, 0 };
    int few[] = { 2, 3, 4, 21, 0 };
    int none[] = { 0 };
    int *pairs[][2] = { { odd, few }, { none, few }, { none, none } };

    for (int i = 0; i < 3; i++) {
        struct sources from = {
            go_coro_new(numbers, pairs[i][0]),
            go_coro_new(numbers, pairs[i][1]),
        };
        struct go_coro *merged = go_coro_new(merge, &from);

        for (int *n; (n = go_coro_resume(merged)) != NULL; )
            printf("%d\n", *n);
        printf("end %d\n", i + 1);
        go_coro_free(merged);
        go_coro_free(from.a);
        go_coro_free(from.b);
    }
    return 0;
}
