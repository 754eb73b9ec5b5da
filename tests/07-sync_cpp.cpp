/** @file 07-sync_cpp.cpp  Part 7 from C++. */
#include <cstdio>
#include <string>

#include "goroutine.h"

#define REQUIRE(x) do { if (!(x)) { \
    std::printf("line %d: not so: %s\n", __LINE__, #x); return 1; } } while (0)

static struct go_mutex mu;
static struct go_rwmutex rw;
static struct go_cond cond;
static struct go_sema sema = { 1 };
static go_once once, throws_once;
static int counter, made;
static bool ready;
static std::string text;

static void
counts(int n)
{
    for (int i = 0; i < n; i++) {
        go_mutex_lock(&mu);
        counter++;
        go_mutex_unlock(&mu);
        go_rwmutex_lock(&rw);
        counter++;
        go_rwmutex_unlock(&rw);
        go_sema_acquire(&sema);
        counter++;
        go_sema_release(&sema);
    }
}

static void
makes(const std::string &s, int n)
{
    made++;
    text = s + std::to_string(n);
}

static void
throws()
{
    made++;
    throw 7;
}

static void
tells()
{
    go_mutex_lock(&mu);
    ready = true;
    go_mutex_unlock(&mu);
    go_cond_broadcast(&cond);
}

enum color { RED, GREEN };

static int
go_main(int, char **)
{
    go_waitgroup wg = {};
    int caught = 0;

    // Alone, so that its counter is its own.
    go_waitgroup_go(&wg, counts, 1000);
    go_waitgroup_wait(&wg);
    REQUIRE(counter == 3000);

    for (int i = 0; i < 3; i++)
        go_once_do(&once, makes, std::string("n"), i);
    REQUIRE(made == 1 && text == "n0");
    for (int i = 0; i < 3; i++)
        try {
            go_once_do(&throws_once, throws);
        } catch (int n) {
            caught += n;
        }
    REQUIRE(made == 2 && caught == 7);
    auto lambda = [] { made++; };
    go_once third = {};
    if (made == 2)
        go_once_do(&third, lambda);
    else
        go_once_do(&once, lambda);
    REQUIRE(made == 3);

    go_waitgroup_go(&wg, tells);
    go_mutex_lock(&mu);
    while (!ready)
        go_cond_wait(&cond, &mu);
    go_mutex_unlock(&mu);
    go_waitgroup_wait(&wg);

    int n = 1, *p = &n;
    long l = 1;
    bool b = false;
    color c = RED;
    const char *s = "x";

    go_store(&n, 5);
    REQUIRE(go_add(&n, 2) == 7 && go_swap(&n, 9) == 7 && go_cas(&n, 9, 3));
    REQUIRE(go_load(&n) == 3 && go_or(&n, 4) == 3 && go_and(&n, 6) == 7 && n == 6);
    REQUIRE(go_add(&l, -2) == -1);
    REQUIRE(go_cas(&p, &n, nullptr) && go_load(&p) == nullptr);
    go_store(&p, &n);
    REQUIRE(!go_swap(&b, true) && go_load(&b));
    go_store(&c, GREEN);
    REQUIRE(go_load(&c) == GREEN);
    go_store(&s, "y");
    REQUIRE(*go_load(&s) == 'y');
    std::puts("good");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
