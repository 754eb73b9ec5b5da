// 04-steal_bench.go  The workloads of 04-steal_bench.c, by Go. Called, and
// answering, as tests/tools/bench.h says.
//
// Pairs ready one another through channels, as one would write it in Go.
//
// Procs: 1 2 8 64
// Needs: golang-go
package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
)

var system = "Go " + strings.TrimPrefix(runtime.Version(), "go")

func seconds(work func(n int), n int) float64 {
	start := time.Now()
	work(n)
	return time.Since(start).Seconds()
}

// Measure work in units of which a second has perSecond; one of its n rounds is
// perRound of what is counted.
func bench(unit string, perSecond float64, workload string, work func(n int), perRound int) {
	seconds(work, 1)
	n := 1
	t := seconds(work, n)
	for t < 0.01 {
		n *= 4
		t = seconds(work, n)
	}
	n = int(float64(n)*0.06/t) + 1
	for i := 0; i < 5; i++ {
		fmt.Printf("R\t%s\t%d\t%s\t%s\t%.3f\n", system, runtime.GOMAXPROCS(0), workload, unit,
			seconds(work, n)/float64(n)/float64(perRound)*perSecond)
	}
}

func require(holds bool) {
	if !holds {
		panic("the result is wrong")
	}
}

func node(first, leaves int, leaf func(int) int, sum *int) {
	if leaves == 1 {
		*sum = leaf(first)
		return
	}
	var wg sync.WaitGroup
	var part [10]int
	wg.Add(10)
	for i := 0; i < 10; i++ {
		i := i
		go func() {
			node(first+i*leaves/10, leaves/10, leaf, &part[i])
			wg.Done()
		}()
	}
	wg.Wait()
	*sum = 0
	for _, p := range part {
		*sum += p
	}
}

func tree(leaves int, leaf func(int) int, want int) func(n int) {
	return func(n int) {
		for i := 0; i < n; i++ {
			var sum int
			node(0, leaves, leaf, &sum)
			require(sum == want)
		}
	}
}

// Some 10 us.
func work(x int) int {
	y := uint64(x) + 1
	for i := 0; i < 4000; i++ {
		y = y*6364136223846793005 + 1442695040888963407
	}
	return int(y & 1)
}

func fib(n int) int {
	if n < 2 {
		return n
	}
	var wg sync.WaitGroup
	var a int
	wg.Add(1)
	go func() {
		a = fib(n - 1)
		wg.Done()
	}()
	b := fib(n - 2)
	wg.Wait()
	return a + b
}

func fib30(n int) {
	for i := 0; i < n; i++ {
		require(fib(30) == 832040)
	}
}

func pairs100(n int) {
	var wg sync.WaitGroup
	wg.Add(200)
	for i := 0; i < 100; i++ {
		ping, pong := make(chan struct{}), make(chan struct{})
		go func() {
			for k := 0; k < n; k++ {
				ping <- struct{}{}
				<-pong
			}
			wg.Done()
		}()
		go func() {
			for k := 0; k < n; k++ {
				<-ping
				pong <- struct{}{}
			}
			wg.Done()
		}()
	}
	wg.Wait()
}

var workloads = []struct {
	name    string
	measure func(name string)
}{
	{"tree1M", func(name string) {
		bench("ms", 1e3, name, tree(1000000, func(x int) int { return x }, 499999500000), 1)
	}},
	{"fib30", func(name string) { bench("ms", 1e3, name, fib30, 1) }},
	{"work10k", func(name string) { bench("ms", 1e3, name, tree(10000, work, 5000), 1) }},
	{"pairs100", func(name string) { bench("ns", 1e9, name, pairs100, 200) }},
}

func main() {
	for _, w := range workloads {
		if len(os.Args) == 1 {
			fmt.Println(w.name)
		} else if os.Args[1] == w.name {
			w.measure(w.name)
		}
	}
}
