/** @file 06-chan_cpp.cpp  Channels in C++. Prints "good". */
#include <goroutine.h>

#include <cstdio>
#include <cstring>

struct point {
    int x, y;
};

template <class T> static void
count(go_chan(T) out, int n)
{
    for (int i = 0; i < n; i++)
        go_send(out, static_cast<T>(i));
    go_close(out);
}

static void
signals(go_chan(go_unit) done)
{
    go_send(done, GO_UNIT);
}

static bool
moves_points()
{
    go_chan(point) ch = go_make_chan(point, 2);
    point p = {};

    go_send(ch, point{ 1, 2 });
    if (!go_try_send(ch, (p = { 3, 4 }, p)) || go_try_send(ch, p))
        return false;
    if (go_len(ch) != 2 || go_cap(ch) != 2)
        return false;
    if (go_recv(ch).y != 2 || !go_recv_ok(ch, &p) || p.x != 3)
        return false;
    go_free_chan(ch);
    return true;
}

// What cannot be made without arguments.
struct pixel {
    int x, y;
    pixel(int a, int b) : x(a), y(b) { }
};

static bool
moves_pixels()
{
    go_chan(pixel) ch = go_make_chan(pixel, 3);
    int sum = 0;

    for (int i = 1; i <= 3; i++)
        go_send(ch, pixel(i, 10 * i));
    if (go_recv(ch).y != 10)
        return false;
    go_close(ch);
    go_range(p, ch)
        sum += p.x + p.y;
    go_free_chan(ch);
    return sum == 55;
}

static bool
selects()
{
    go_chan(int) a = go_make_chan(int, 1);
    go_chan(const char *) b = go_make_chan(const char *, 1);
    int x = 0, seven = 7;
    const char *text = nullptr;
    bool ok = false;

    if (go_select(go_case_recv(a, &x), go_case_recv_ok(b, &text, &ok),
                  go_case_default) != 2)
        return false;
    if (go_select(go_case_recv(a, &x), go_case_send(a, &seven)) != 1)
        return false;
    if (go_select(go_case_recv(a, &x), go_case_recv(b, nullptr)) != 0 || x != 7)
        return false;
    go_send(b, "text");
    if (go_select(go_case_recv(a, &x), go_case_recv_ok(b, &text, &ok)) != 1)
        return false;
    go_free_chan(a);
    go_free_chan(b);
    return ok && std::strcmp(text, "text") == 0;
}

static int
go_main(int, char **)
{
    go_chan(long) ch = go_make_chan(long, 3);
    go_chan(go_chan(int)) chans = go_make_chan(go_chan(int), 1);
    go_chan(go_unit) done = go_make_chan(go_unit, 0);
    long sum = 0;
    int inner = 0;

    go(count<long>, ch, 100);
    go_range(v, ch) {
        if (v == 50)
            continue;
        sum += v;
    }
    go_send(chans, go_make_chan(int, 1));
    go_send(go_recv(chans), 5);
    go(signals, done);
    go_recv(done);

    go_chan(int) outer = go_make_chan(int, 0);

    go(count<int>, outer, 4);
    go_range(v, outer) {
        go_chan(int) ints = go_make_chan(int, 0);

        go(count<int>, ints, v);
        go_range(w, ints)
            inner += w >= 0;
    }
    return sum == 4900 && inner == 6 && moves_points() && moves_pixels() && selects() ? 0 : 1;
}

int
main(int argc, char **argv)
{
    int status = go_run(go_main, argc, argv);

    std::puts(status == 0 ? "good" : "bad");
    return status;
}
