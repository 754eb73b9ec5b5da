/** @file same-fringe.c  Do two trees have the same leaves, in the same order?
 *
 * The trees may have different shapes. With two coroutines the answer takes
 * no list of leaves: each walks its tree by plain recursion, and both stop as
 * soon as a pair of leaves differs.
 */
#include <goroutine.h>
#include <stdio.h>

struct tree {
    const struct tree *left, *right;    // both NULL in a leaf
    char leaf;
};

#define LEAF(c)     (&(struct tree){ .leaf = (c) })
#define NODE(l, r)  (&(struct tree){ .left = (l), .right = (r) })

static void
walk(const struct tree *t)
{
    char leaf = t->leaf;

    if (t->left == NULL) {
        go_coro_yield(&leaf);
        return;
    }
    walk(t->left);
    walk(t->right);
}

static void
leaves(void *arg)
{
    walk(arg);
}

static void
compare(const char *names, const struct tree *a, const struct tree *b)
{
    struct go_coro *in_a = go_coro_new(leaves, (void *)a);
    struct go_coro *in_b = go_coro_new(leaves, (void *)b);
    int asked = 0;
    bool same;

    if (in_a == NULL || in_b == NULL) {
        perror("go_coro_new");
        return;
    }
    for (;;) {
        char *x = go_coro_resume(in_a);
        char *y = go_coro_resume(in_b);

        asked++;
        same = x == NULL ? y == NULL : y != NULL && *x == *y;
        if (!same || x == NULL)
            break;
    }
    printf("%s: %s fringe, known after %d pairs\n", names,
           same ? "same" : "another", asked);
    go_coro_free(in_a);
    go_coro_free(in_b);
}

int
main(void)
{
    // a: ((u v) (w (x y)))    b: (u (v ((w x) y)))
    // c: as a, but z for v    d: as b, without y
    const struct tree *a = NODE(NODE(LEAF('u'), LEAF('v')),
                                NODE(LEAF('w'), NODE(LEAF('x'), LEAF('y'))));
    const struct tree *b = NODE(LEAF('u'),
                                NODE(LEAF('v'), NODE(NODE(LEAF('w'), LEAF('x')),
                                                     LEAF('y'))));
    const struct tree *c = NODE(NODE(LEAF('u'), LEAF('z')),
                                NODE(LEAF('w'), NODE(LEAF('x'), LEAF('y'))));
    const struct tree *d = NODE(LEAF('u'), NODE(LEAF('v'),
                                                NODE(LEAF('w'), LEAF('x'))));

    compare("a and b", a, b);
    compare("a and c", a, c);
    compare("b and d", b, d);
    compare("d and d", d, d);
    return 0;
}
