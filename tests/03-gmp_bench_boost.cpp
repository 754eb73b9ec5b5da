/** @file 03-gmp_bench_boost.cpp  The same workloads, by Boost.Fiber.
 *
 * With the scheduler and the stacks that it has when nothing is said: one
 * thread, round robin, 128 KiB from malloc.
 *
 * Procs: 1
 * Needs: libboost-fiber-dev g++
 * Links: -lboost_fiber -lboost_context
 */
#include <boost/fiber/all.hpp>
#include <vector>

#include "bench.h"

namespace fib = boost::fibers;

static const char us[] = "Boost.Fiber";

static void
yield2(long n)
{
    auto yields = [n] {
        for (long i = 0; i < n; i++)
            boost::this_fiber::yield();
    };
    fib::fiber one(yields), two(yields);

    one.join();
    two.join();
}

static void
spawn_seq(long n)
{
    for (long i = 0; i < n; i++)
        fib::fiber([] {}).join();
}

static void
spawn_batch1000(long n)
{
    std::vector<fib::fiber> all(1000);

    for (long i = 0; i < n; i++) {
        for (auto &f : all)
            f = fib::fiber([] {});
        for (auto &f : all)
            f.join();
    }
}

// What fibers wait for until it is opened.
class gate {
    fib::mutex mutex;
    fib::condition_variable opened;
    bool is_open = false;

public:
    void wait()
    {
        std::unique_lock<fib::mutex> lock(mutex);

        opened.wait(lock, [this] { return is_open; });
    }

    void open()
    {
        std::unique_lock<fib::mutex> lock(mutex);

        is_open = true;
        opened.notify_all();
    }
};

static void
many(const char *workload, int n)
{
    if (!bench_wants(workload))
        return;

    gate gate1, gate2;
    int started = 0, woken = 0;
    struct bench_many m;
    std::vector<fib::fiber> all(n);
    const double before = bench_memory();
    double start = bench_seconds();

    for (auto &f : all)
        f = fib::fiber([&] {
            started++;
            gate1.wait();
            woken++;
            gate2.wait();
        });
    while (started < n)
        boost::this_fiber::yield();
    m.create = bench_seconds() - start;
    m.memory = bench_memory() - before;
    m.mappings = bench_mappings();

    start = bench_seconds();
    gate1.open();
    while (woken < n)
        boost::this_fiber::yield();
    m.wake = bench_seconds() - start;

    start = bench_seconds();
    gate2.open();
    for (auto &f : all)
        f.join();
    m.end = bench_seconds() - start;
    bench_many(us, workload, n, &m);
}

int
main(int argc, char **argv)
{
    bench_begin(argc, argv);
    bench(us, "yield2", yield2, 2);
    bench(us, "spawn_batch1000", spawn_batch1000, 1000);
    bench(us, "spawn_seq_wg", spawn_seq, 1);
    many("mem_100k", 100000);
    return 0;
}
