/** @file 03-gmp_cpp.cpp  Goroutines in C++. Prints "good". */
#include <goroutine.h>

#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <cstring>

static go_waitgroup wg;
static std::atomic<int> sum;

enum class color : short { red = 5 };

static void
plain(int a, const char *text, color c)
{
    if (std::strcmp(text, "text") == 0 && c == color::red)
        sum += a;
}

// Wider than its argument, and negative.
static void
wide(long a, unsigned char b)
{
    if (a == -1 && b == 200)
        sum += 10;
}

template <class T> static void
of(T *value, T more)
{
    sum += *value + more;
    go_gosched();
}

static void
variadic(int n, ...)
{
    va_list list;

    va_start(list, n);
    for (int i = 0; i < n; i++)
        sum += va_arg(list, int);
    va_end(list);
}

struct counter {
    int n;

    static void
    bump(counter *c)
    {
        sum += c->n;
    }
};

static int
go_main(int argc, char **argv)
{
    static int hundred = 100;
    counter c = { 10000 };
    int evaluated = 0;

    go_waitgroup_go(&wg, plain, 1, "text", color::red);
    go_waitgroup_go(&wg, wide, -1, 200);
    go_waitgroup_go(&wg, of<int>, &hundred, 0);
    go_waitgroup_go(&wg, +[](int n) { sum += n; }, 1000);
    go_waitgroup_go(&wg, counter::bump, &c);
    go_waitgroup_go(&wg, variadic, 2, 40000, 60000);
    if (argc > 0)
        go_waitgroup_go(&wg, +[] { sum += 1000000; });
    else
        go_waitgroup_go(&wg, plain, 1, "text", color::red);
    go_waitgroup_go(&wg, +[](int n) { sum += n; }, ++evaluated);
    go(+[](void *p) { go_waitgroup_done(static_cast<go_waitgroup *>(p)); },
       (go_waitgroup_add(&wg, 1), &wg));

    go_attr attr = { "named", 1 << 20 };

    go_waitgroup_add(&wg, 1);
    go_with(&attr, +[] { go_waitgroup_done(&wg); });
    go_waitgroup_wait(&wg);
    (void)argv;
    return evaluated == 1 && sum == 1111112 ? 0 : 1;
}

int
main(int argc, char **argv)
{
    int status = go_run(go_main, argc, argv);

    std::puts(status == 0 ? "good" : "bad");
    return status;
}
