/** @file generator.c  Two generators that take turns.
 *
 * fibonacci yields from a loop. permutations yields from deep inside a
 * recursion: each of its frames stays on the coroutine's stack until it goes
 * on. Neither knows of the other, or of who asks.
 */
#include <goroutine.h>
#include <stdio.h>

static void
fibonacci(void *arg)
{
    long a = 0, b = 1;

    (void)arg;
    for (;;) {
        go_coro_yield(&a);

        long next = a + b;

        a = b;
        b = next;
    }
}

static void
swap(char *a, char *b)
{
    char c = *a;

    *a = *b;
    *b = c;
}

// Yield all texts that begin with text[0 .. fixed) and go on with the rest.
static void
permute(char *text, int fixed)
{
    if (text[fixed] == '\0') {
        go_coro_yield(text);
        return;
    }
    for (int i = fixed; text[i] != '\0'; i++) {
        swap(&text[fixed], &text[i]);
        permute(text, fixed + 1);
        swap(&text[fixed], &text[i]);
    }
}

static void
permutations(void *arg)
{
    permute(arg, 0);
}

int
main(void)
{
    char text[] = "abc";
    struct go_coro *numbers = go_coro_new(fibonacci, NULL);
    struct go_coro *words = go_coro_new(permutations, text);

    if (numbers == NULL || words == NULL) {
        perror("go_coro_new");
        return 1;
    }
    for (char *word; (word = go_coro_resume(words)) != NULL; ) {
        long *number = go_coro_resume(numbers);

        printf("%s %ld\n", word, *number);
    }
    printf("words ended: %s\n", go_coro_done(words) ? "yes" : "no");
    printf("numbers ended: %s\n", go_coro_done(numbers) ? "yes" : "no");
    go_coro_free(words);
    go_coro_free(numbers);      // it stands in a loop, and never goes on
    return 0;
}
