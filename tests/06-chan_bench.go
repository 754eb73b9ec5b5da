// 06-chan_bench.go  The workloads of 06-chan_bench.c, by Go. Called, and
// answering, as tests/tools/bench.h says.
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

func pingpong(n int) {
	to, from := make(chan int), make(chan int)
	go func() {
		for v := range to {
			from <- v
		}
	}()
	for i := 0; i < n; i++ {
		to <- i
		<-from
	}
	close(to)
}

func pass(capacity, pairs int) func(n int) {
	return func(n int) {
		ch := make(chan int, capacity)
		var wg sync.WaitGroup
		each := n/pairs + 1
		wg.Add(2 * pairs)
		for i := 0; i < pairs; i++ {
			go func() {
				for k := 0; k < each; k++ {
					ch <- k
				}
				wg.Done()
			}()
			go func() {
				for k := 0; k < each; k++ {
					<-ch
				}
				wg.Done()
			}()
		}
		wg.Wait()
	}
}

func apart(n int) {
	var wg sync.WaitGroup
	wg.Add(2)
	for i := 0; i < 2; i++ {
		go func() {
			pass(10, 1)(n / 2)
			wg.Done()
		}()
	}
	wg.Wait()
}

func uncontended(n int) {
	ch := make(chan int, 8)
	for i := 0; i < n; i++ {
		ch <- i
		<-ch
	}
}

func makeChans(count, capacity int) []chan int {
	c := make([]chan int, count)
	for i := range c {
		c[i] = make(chan int, capacity)
	}
	return c
}

func syncs(c []chan int, n int) {
	for i := 0; i < n; i++ {
		c[i%len(c)] <- i
	}
}

func closes() {
	const N = 10000
	for round := 0; round < 6; round++ {
		ch := make(chan int)
		var started, all sync.WaitGroup
		started.Add(N)
		all.Add(N)
		for i := 0; i < N; i++ {
			go func() {
				started.Done()
				<-ch
				all.Done()
			}()
		}
		started.Wait()
		runtime.Gosched()
		start := time.Now()
		close(ch)
		all.Wait()
		if round > 0 {
			result("close10k", "ns", time.Since(start).Seconds()/N*1e9)
		}
	}
}

func sieve() {
	start := time.Now()
	ch := make(chan int)
	go func(out chan int) {
		for i := 2; ; i++ {
			out <- i
		}
	}(ch)
	prime := 0
	for i := 0; i < 2000; i++ {
		prime = <-ch
		next := make(chan int)
		go func(in, out chan int, prime int) {
			for v := range in {
				if v%prime != 0 {
					out <- v
				}
			}
		}(ch, next, prime)
		ch = next
	}
	if prime != 17389 {
		panic("sieve")
	}
	result("sieve2000", "ms", time.Since(start).Seconds()*1e3)
}

func ring() {
	const N, hops = 503, 1000000
	first, done := make(chan int), make(chan int)
	in := first
	for i := 1; i <= N; i++ {
		out := first
		if i < N {
			out = make(chan int)
		}
		go func(in, out chan int) {
			for v := range in {
				if v == 0 {
					done <- v
				} else {
					out <- v - 1
				}
			}
		}(in, out)
		in = out
	}
	for round := 0; round < 3; round++ {
		start := time.Now()
		first <- hops
		<-done
		result("ring503", "ms", time.Since(start).Seconds()*1e3)
	}
}

func fib(n int) int {
	if n < 2 {
		return n
	}
	ch := make(chan int)
	go func() { ch <- fib(n - 1) }()
	sum := fib(n - 2)
	return sum + <-ch
}

func fibs() {
	for round := 0; round < 3; round++ {
		start := time.Now()
		if fib(25) != 75025 {
			panic("fib")
		}
		result("fib_chan25", "ms", time.Since(start).Seconds()*1e3)
	}
}

func selectready2(n int) {
	c := makeChans(2, 1)
	for i := range c {
		c[i] <- i
	}
	for i := 0; i < n; i++ {
		select {
		case v := <-c[0]:
			c[0] <- v
		case v := <-c[1]:
			c[1] <- v
		}
	}
}

func selectdefault2(n int) {
	c := makeChans(2, 1)
	for i := 0; i < n; i++ {
		select {
		case <-c[0]:
		case <-c[1]:
		default:
		}
	}
}

func selectsync2(n int) {
	c := makeChans(2, 0)
	go syncs(c, n)
	for i := 0; i < n; i++ {
		select {
		case <-c[0]:
		case <-c[1]:
		}
	}
}

func selectready8(n int) {
	c := makeChans(8, 1)
	for i := range c {
		c[i] <- i
	}
	for i := 0; i < n; i++ {
		select {
		case v := <-c[0]:
			c[0] <- v
		case v := <-c[1]:
			c[1] <- v
		case v := <-c[2]:
			c[2] <- v
		case v := <-c[3]:
			c[3] <- v
		case v := <-c[4]:
			c[4] <- v
		case v := <-c[5]:
			c[5] <- v
		case v := <-c[6]:
			c[6] <- v
		case v := <-c[7]:
			c[7] <- v
		}
	}
}

func selectdefault8(n int) {
	c := makeChans(8, 1)
	for i := 0; i < n; i++ {
		select {
		case <-c[0]:
		case <-c[1]:
		case <-c[2]:
		case <-c[3]:
		case <-c[4]:
		case <-c[5]:
		case <-c[6]:
		case <-c[7]:
		default:
		}
	}
}

func selectsync8(n int) {
	c := makeChans(8, 0)
	go syncs(c, n)
	for i := 0; i < n; i++ {
		select {
		case <-c[0]:
		case <-c[1]:
		case <-c[2]:
		case <-c[3]:
		case <-c[4]:
		case <-c[5]:
		case <-c[6]:
		case <-c[7]:
		}
	}
}

func selectready32(n int) {
	c := makeChans(32, 1)
	for i := range c {
		c[i] <- i
	}
	for i := 0; i < n; i++ {
		select {
		case v := <-c[0]:
			c[0] <- v
		case v := <-c[1]:
			c[1] <- v
		case v := <-c[2]:
			c[2] <- v
		case v := <-c[3]:
			c[3] <- v
		case v := <-c[4]:
			c[4] <- v
		case v := <-c[5]:
			c[5] <- v
		case v := <-c[6]:
			c[6] <- v
		case v := <-c[7]:
			c[7] <- v
		case v := <-c[8]:
			c[8] <- v
		case v := <-c[9]:
			c[9] <- v
		case v := <-c[10]:
			c[10] <- v
		case v := <-c[11]:
			c[11] <- v
		case v := <-c[12]:
			c[12] <- v
		case v := <-c[13]:
			c[13] <- v
		case v := <-c[14]:
			c[14] <- v
		case v := <-c[15]:
			c[15] <- v
		case v := <-c[16]:
			c[16] <- v
		case v := <-c[17]:
			c[17] <- v
		case v := <-c[18]:
			c[18] <- v
		case v := <-c[19]:
			c[19] <- v
		case v := <-c[20]:
			c[20] <- v
		case v := <-c[21]:
			c[21] <- v
		case v := <-c[22]:
			c[22] <- v
		case v := <-c[23]:
			c[23] <- v
		case v := <-c[24]:
			c[24] <- v
		case v := <-c[25]:
			c[25] <- v
		case v := <-c[26]:
			c[26] <- v
		case v := <-c[27]:
			c[27] <- v
		case v := <-c[28]:
			c[28] <- v
		case v := <-c[29]:
			c[29] <- v
		case v := <-c[30]:
			c[30] <- v
		case v := <-c[31]:
			c[31] <- v
		}
	}
}

func selectdefault32(n int) {
	c := makeChans(32, 1)
	for i := 0; i < n; i++ {
		select {
		case <-c[0]:
		case <-c[1]:
		case <-c[2]:
		case <-c[3]:
		case <-c[4]:
		case <-c[5]:
		case <-c[6]:
		case <-c[7]:
		case <-c[8]:
		case <-c[9]:
		case <-c[10]:
		case <-c[11]:
		case <-c[12]:
		case <-c[13]:
		case <-c[14]:
		case <-c[15]:
		case <-c[16]:
		case <-c[17]:
		case <-c[18]:
		case <-c[19]:
		case <-c[20]:
		case <-c[21]:
		case <-c[22]:
		case <-c[23]:
		case <-c[24]:
		case <-c[25]:
		case <-c[26]:
		case <-c[27]:
		case <-c[28]:
		case <-c[29]:
		case <-c[30]:
		case <-c[31]:
		default:
		}
	}
}

func selectsync32(n int) {
	c := makeChans(32, 0)
	go syncs(c, n)
	for i := 0; i < n; i++ {
		select {
		case <-c[0]:
		case <-c[1]:
		case <-c[2]:
		case <-c[3]:
		case <-c[4]:
		case <-c[5]:
		case <-c[6]:
		case <-c[7]:
		case <-c[8]:
		case <-c[9]:
		case <-c[10]:
		case <-c[11]:
		case <-c[12]:
		case <-c[13]:
		case <-c[14]:
		case <-c[15]:
		case <-c[16]:
		case <-c[17]:
		case <-c[18]:
		case <-c[19]:
		case <-c[20]:
		case <-c[21]:
		case <-c[22]:
		case <-c[23]:
		case <-c[24]:
		case <-c[25]:
		case <-c[26]:
		case <-c[27]:
		case <-c[28]:
		case <-c[29]:
		case <-c[30]:
		case <-c[31]:
		}
	}
}

var workloads = []struct {
	name    string
	measure func(name string)
}{
	{"chan_pingpong", func(name string) { bench(name, pingpong) }},
	{"chan_cap0_1x1", func(name string) { bench(name, pass(0, 1)) }},
	{"chan_cap1_1x1", func(name string) { bench(name, pass(1, 1)) }},
	{"chan_cap10_1x1", func(name string) { bench(name, pass(10, 1)) }},
	{"chan_cap100_1x1", func(name string) { bench(name, pass(100, 1)) }},
	{"chan_cap1000_1x1", func(name string) { bench(name, pass(1000, 1)) }},
	{"chan_cap0_4x4", func(name string) { bench(name, pass(0, 4)) }},
	{"chan_cap1_4x4", func(name string) { bench(name, pass(1, 4)) }},
	{"chan_cap10_4x4", func(name string) { bench(name, pass(10, 4)) }},
	{"chan_cap100_4x4", func(name string) { bench(name, pass(100, 4)) }},
	{"chan_cap1000_4x4", func(name string) { bench(name, pass(1000, 4)) }},
	{"chan_apart", func(name string) { bench(name, apart) }},
	{"chan_uncont", func(name string) { bench(name, uncontended) }},
	{"select_ready2", func(name string) { bench(name, selectready2) }},
	{"select_ready8", func(name string) { bench(name, selectready8) }},
	{"select_ready32", func(name string) { bench(name, selectready32) }},
	{"select_default2", func(name string) { bench(name, selectdefault2) }},
	{"select_default8", func(name string) { bench(name, selectdefault8) }},
	{"select_default32", func(name string) { bench(name, selectdefault32) }},
	{"select_sync2", func(name string) { bench(name, selectsync2) }},
	{"select_sync8", func(name string) { bench(name, selectsync8) }},
	{"select_sync32", func(name string) { bench(name, selectsync32) }},
	{"close10k", func(name string) { closes() }},
	{"sieve2000", func(name string) { sieve() }},
	{"ring503", func(name string) { ring() }},
	{"fib_chan25", func(name string) { fibs() }},
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
