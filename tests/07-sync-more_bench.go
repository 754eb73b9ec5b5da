// 07-sync-more_bench.go  The workloads of 07-sync-more_bench.c, by Go, so far as
// its standard library has them. Called, and answering, as tests/tools/bench.h
// says.
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

// Measure work, which does something n times; each is perRound of what is
// counted.
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
		result(workload, "ns", seconds(work, n)/float64(n*perRound)*1e9)
	}
}

func inParallel(fn func(n, who int)) func(n int) {
	return func(n int) {
		var wg sync.WaitGroup
		wg.Add(8)
		for i := 0; i < 8; i++ {
			go func() {
				fn(n/8+1, i)
				wg.Done()
			}()
		}
		wg.Wait()
	}
}

var pool = sync.Pool{New: func() any { return new([64]byte) }}

func poolPairs(n, who int) {
	for i := 0; i < n; i++ {
		pool.Put(pool.Get())
	}
}

func poolBurst(n int) {
	var value [32]any
	for i := 0; i < n; i++ {
		for k := range value {
			value[k] = pool.Get()
		}
		for k := range value {
			pool.Put(value[k])
		}
	}
}

const keys = 1000

var words, texts, churning sync.Map
var text [keys]string

func fill() {
	for i := 0; i < keys; i++ {
		text[i] = fmt.Sprintf("key number %d", i)
		words.Store(i, i)
		texts.Store(text[i], i)
		churning.Store(i, i)
	}
	// What it has moves to where it is read without a lock.
	for i := 0; i < 2*keys; i++ {
		words.Load(-1)
		texts.Load("")
		churning.Load(-1)
	}
}

func loads(n, who int) {
	k := who * 100
	for i := 0; i < n; i++ {
		words.Load(k)
		if k++; k == keys {
			k = 0
		}
	}
}

func loadTexts(n int) {
	k := 0
	for i := 0; i < n; i++ {
		texts.Load(text[k])
		if k++; k == keys {
			k = 0
		}
	}
}

func stores(n int) {
	k := 0
	for i := 0; i < n; i++ {
		words.Store(k, i)
		if k++; k == keys {
			k = 0
		}
	}
}

func inserts(n int) {
	for i := 0; i < n; i++ {
		words.Store(i+keys, i)
		words.Delete(i + keys)
	}
}

func mixes(n, who int) {
	x := uint64(who)
	for i := 0; i < n; i++ {
		x = x*6364136223846793005 + 1442695040888963407
		k := int(x >> 33 & 1023)
		switch x >> 50 & 31 {
		case 0:
			churning.Store(k, k)
		case 1:
			churning.Delete(k)
		default:
			churning.Load(k)
		}
	}
}

func asks(n, who int) {
	for i := 0; i < n; i++ {
		words.LoadOrStore(7, 1)
	}
}

var workloads = []struct {
	name     string
	work     func(n int)
	perRound int
}{
	{"pool_pair", func(n int) { poolPairs(n, 0) }, 1},
	{"pool_pair8", inParallel(poolPairs), 1},
	{"pool_burst", poolBurst, 32},
	{"map_load", func(n int) { loads(n, 0) }, 1},
	{"map_load8", inParallel(loads), 1},
	{"map_load_text", loadTexts, 1},
	{"map_store", stores, 1},
	{"map_insert", inserts, 1},
	{"map_mixed8", inParallel(mixes), 1},
	{"map_ask8", inParallel(asks), 1},
}

func main() {
	for _, w := range workloads {
		if len(os.Args) == 1 {
			fmt.Println(w.name)
		} else if os.Args[1] == w.name {
			fill()
			bench(w.name, w.work, w.perRound)
		}
	}
}
