// 07-sync_bench.go  The workloads of 07-sync_bench.c, by Go. Called, and
// answering, as tests/tools/bench.h says. (Go's semaphores are not to be called
// by programs.)
//
// Procs: 1 2
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

func result(workload, unit string, value float64) {
	fmt.Printf("R\t%s\t%d\t%s\t%s\t%.3f\n", system, runtime.GOMAXPROCS(0), workload, unit, value)
}

func seconds(work func(n int), n int) float64 {
	start := time.Now()
	work(n)
	return time.Since(start).Seconds()
}

// Measure work, which does something n times.
func bench(workload string, work func(n int)) {
	seconds(work, 1)
	n := 1
	t := seconds(work, n)
	for t < 0.01 {
		n *= 4
		t = seconds(work, n)
	}
	n = int(float64(n)*0.06/t) + 1
	for i := 0; i < 5; i++ {
		result(workload, "ns", seconds(work, n)/float64(n)*1e9)
	}
}

func work(k int) uint32 {
	x := uint32(1)
	for i := 0; i < k; i++ {
		x = x*1664525 + 1013904223
	}
	return x
}

var (
	sink    uint32
	mu      sync.Mutex
	rw      sync.RWMutex
	counter int
)

func mutexUnc(n int) {
	for i := 0; i < n; i++ {
		mu.Lock()
		counter++
		mu.Unlock()
	}
}

var own [2]struct {
	mu      sync.Mutex
	counter int
	_       [128]byte
}

func mutexApart(n int) {
	var wg sync.WaitGroup
	wg.Add(2)
	for who := range own {
		o := &own[who]
		go func() {
			for i := 0; i < n; i++ {
				o.mu.Lock()
				o.counter++
				o.mu.Unlock()
			}
			wg.Done()
		}()
	}
	wg.Wait()
}

func eight(fn func(n int)) func(n int) {
	return func(n int) {
		var wg sync.WaitGroup
		wg.Add(8)
		for i := 0; i < 8; i++ {
			go func() {
				fn(n/8 + 1)
				wg.Done()
			}()
		}
		wg.Wait()
	}
}

func withWork(n int) {
	sum := uint32(0)
	for i := 0; i < n; i++ {
		mu.Lock()
		counter++
		sum += work(50)
		mu.Unlock()
		sum += work(50)
	}
	sink = sum
}

func yields(n int) {
	for i := 0; i < n; i++ {
		mu.Lock()
		runtime.Gosched()
		mu.Unlock()
	}
}

func mutexSleep(n int) {
	var wg sync.WaitGroup
	wg.Add(2)
	for i := 0; i < 2; i++ {
		go func() {
			yields(n/2 + 1)
			wg.Done()
		}()
	}
	wg.Wait()
}

func mutexSeldom() {
	for round := 0; round < 5; round++ {
		until := time.Now().Add(300 * time.Millisecond)
		var wg sync.WaitGroup
		var waited time.Duration
		times := 0
		wg.Add(1)
		go func() {
			for time.Now().Before(until) {
				end := time.Now().Add(100 * time.Microsecond)
				mu.Lock()
				for time.Now().Before(end) {
				}
				mu.Unlock()
			}
			wg.Done()
		}()
		for time.Now().Before(until) {
			next := time.Now().Add(100 * time.Microsecond)
			for time.Now().Before(next) {
				runtime.Gosched()
			}
			start := time.Now()
			mu.Lock()
			waited += time.Since(start)
			times++
			mu.Unlock()
		}
		wg.Wait()
		result("mutex_seldom", "us", waited.Seconds()/float64(times)*1e6)
	}
}

func rwRlockUnc(n int) {
	for i := 0; i < n; i++ {
		rw.RLock()
		rw.RUnlock()
	}
}

func rwLockUnc(n int) {
	for i := 0; i < n; i++ {
		rw.Lock()
		rw.Unlock()
	}
}

func mostlyReads(n int) {
	sum := uint32(0)
	for i := 0; i < n; i++ {
		if i%100 == 99 {
			rw.Lock()
			counter++
			rw.Unlock()
		} else {
			rw.RLock()
			sum += uint32(counter)
			rw.RUnlock()
		}
	}
	sink = sum
}

func wgAddDone(n int) {
	var wg sync.WaitGroup
	for i := 0; i < n; i++ {
		wg.Add(1)
		wg.Done()
	}
}

func wgWait(n int) {
	for i := 0; i < n; i++ {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() { wg.Done() }()
		wg.Wait()
	}
}

func onceDone(n int) {
	var once sync.Once
	for i := 0; i < n; i++ {
		once.Do(func() {})
	}
}

func condPingpong(n int) {
	var wg sync.WaitGroup
	cond := sync.NewCond(&mu)
	turn := 0
	wg.Add(2)
	for me := 0; me < 2; me++ {
		me := me
		go func() {
			mu.Lock()
			for i := 0; i < n; i++ {
				for turn != me {
					cond.Wait()
				}
				turn = 1 - me
				cond.Signal()
			}
			mu.Unlock()
			wg.Done()
		}()
	}
	wg.Wait()
}

var workloads = []struct {
	name string
	work func(n int)
}{
	{"mutex_unc", mutexUnc},
	{"mutex_apart", mutexApart},
	{"mutex_cont8", eight(mutexUnc)},
	{"mutex_cont8_work", eight(withWork)},
	{"mutex_sleep", mutexSleep},
	{"rw_rlock_unc", rwRlockUnc},
	{"rw_lock_unc", rwLockUnc},
	{"rw_mostly8", eight(mostlyReads)},
	{"wg_add_done", wgAddDone},
	{"wg_wait", wgWait},
	{"once_done", onceDone},
	{"cond_pingpong", condPingpong},
}

func main() {
	for _, w := range workloads {
		if len(os.Args) < 2 {
			fmt.Println(w.name)
		} else if os.Args[1] == w.name {
			bench(w.name, w.work)
		}
	}
	if len(os.Args) < 2 {
		fmt.Println("mutex_seldom")
	} else if os.Args[1] == "mutex_seldom" {
		mutexSeldom()
	}
}
