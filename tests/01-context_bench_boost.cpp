/** @file 01-context_bench_boost.cpp  The same workloads, by Boost.Context.
 *
 * Written as its documentation writes them: fibers that are moved, and a value
 * that both sides see through a captured variable.
 *
 * Procs: 1
 * Needs: libboost-context-dev g++
 * Links: -lboost_context
 */
#include <boost/context/fiber.hpp>

#include "bench.h"

namespace ctx = boost::context;

static const char us[] = "Boost.Context";
static volatile long sum;

static void
yield2(long n)
{
    bool stop = false;
    ctx::fiber f([&stop](ctx::fiber &&from) {
        while (!stop)
            from = std::move(from).resume();
        return std::move(from);
    });

    for (long i = 0; i < n; i++)
        f = std::move(f).resume();
    stop = true;
    f = std::move(f).resume();
}

static void
generator(long n)
{
    bool stop = false;
    long value = 0, s = 0;
    ctx::fiber f([&](ctx::fiber &&from) {
        for (long i = 0; !stop; i++) {
            value = i;
            from = std::move(from).resume();
        }
        return std::move(from);
    });

    for (long i = 0; i < n; i++) {
        f = std::move(f).resume();
        s += value;
    }
    sum = s;
    stop = true;
    f = std::move(f).resume();
}

static void
spawn_seq(long n)
{
    for (long i = 0; i < n; i++) {
        ctx::fiber f([](ctx::fiber &&from) { return std::move(from); });

        f = std::move(f).resume();
    }
}

int
main(int argc, char **argv)
{
    bench_begin(argc, argv);
    bench(us, "yield2", yield2, 2);
    bench(us, "generator", generator, 1);
    bench(us, "spawn_seq_wg", spawn_seq, 1);
    return 0;
}
