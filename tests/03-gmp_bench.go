// 03-gmp_bench.go  The workloads of 03-gmp_bench.c, by Go. Called, and
// answering, as tests/tools/bench.h says.
//
// A goroutine that parks does so on a channel, as one would write it in Go.
//
// Procs: 1 2
// Needs: golang-go
package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
)

var system = "Go " + strings.TrimPrefix(runtime.Version(), "go")

func result(workload, unit string, value float64) {
	fmt.Printf("R\t%s\t%d\t%s\t%s\t%.3f\n", system, runtime.GOMAXPROCS(0), workload, unit, value)
}

func seconds(work func(n int), n int) float64 {
	start := time.Now()
	work(n)
	return time.Since(start).Seconds()
}

// Measure work; one of its n rounds is perRound of what is counted.
func bench(workload string, work func(n int), perRound int) {
	seconds(work, 1)
	n := 1
	t := seconds(work, n)
	for t < 0.01 {
		n *= 4
		t = seconds(work, n)
	}
	n = int(float64(n)*0.06/t) + 1
	for i := 0; i < 5; i++ {
		result(workload, "ns", seconds(work, n)/float64(n)/float64(perRound)*1e9)
	}
}

// count goroutines yield n times each.
func takeTurns(count int) func(n int) {
	return func(n int) {
		var all sync.WaitGroup
		start := make(chan struct{})
		all.Add(count)
		for i := 0; i < count; i++ {
			go func() {
				<-start
				for j := 0; j < n; j++ {
					runtime.Gosched()
				}
				all.Done()
			}()
		}
		close(start)
		all.Wait()
	}
}

// n times a batch of count goroutines.
func spawn(count int) func(n int) {
	return func(n int) {
		var wg sync.WaitGroup
		for i := 0; i < n; i++ {
			wg.Add(count)
			for k := 0; k < count; k++ {
				go wg.Done()
			}
			wg.Wait()
		}
	}
}

// Bytes that this process has in memory, page tables included.
func memory() (sum float64) {
	status, _ := os.ReadFile("/proc/self/status")
	for _, line := range strings.Split(string(status), "\n") {
		var kib float64
		if n, _ := fmt.Sscanf(line, "VmRSS: %g", &kib); n == 0 {
			fmt.Sscanf(line, "VmPTE: %g", &kib)
		}
		sum += kib * 1024
	}
	return
}

func mappings() int {
	maps, _ := os.ReadFile("/proc/self/maps")
	return bytes.Count(maps, []byte("\n"))
}

func many(workload string, n int) {
	var started, woken, ended sync.WaitGroup
	gate1, gate2 := make(chan struct{}), make(chan struct{})
	each := func(what string, start time.Time) {
		result(workload+what, "ns", time.Since(start).Seconds()/float64(n)*1e9)
	}

	started.Add(n)
	woken.Add(n)
	ended.Add(n)
	before := memory()
	start := time.Now()
	for i := 0; i < n; i++ {
		go func() {
			started.Done()
			<-gate1
			woken.Done()
			<-gate2
			ended.Done()
		}()
	}
	started.Wait()
	each("_create", start)
	result(workload+"_rss", "B", (memory()-before)/float64(n))
	result(workload+"_maps", "maps", float64(mappings()))

	start = time.Now()
	close(gate1)
	woken.Wait()
	each("_wake", start)

	start = time.Now()
	close(gate2)
	ended.Wait()
	each("_end", start)
}

var workloads = []struct {
	name    string
	measure func(name string)
}{
	{"yield2", func(name string) { bench(name, takeTurns(2), 2) }},
	{"yield1000", func(name string) { bench(name, takeTurns(1000), 1000) }},
	{"spawn_batch1000", func(name string) { bench(name, spawn(1000), 1000) }},
	{"spawn_batch100k", func(name string) { bench(name, spawn(100000), 100000) }},
	{"spawn_seq_wg", func(name string) { bench(name, spawn(1), 1) }},
	{"mem_100k", func(name string) { many(name, 100000) }},
	{"mem_1M", func(name string) { many(name, 1000000) }},
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
