// 06-chan_twins.go  The programs of 06-chan_twins.c, in Go.
//
//	06-chan_twins NAME [ROUNDS]
//
// They stand in the same order there, and print the same.
package main

import (
	"fmt"
	"math/rand"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
)

// Let all others run until each waits, or has ended. (One p.)
func settle() {
	runtime.GOMAXPROCS(1)
	for i := 0; i < 5; i++ {
		runtime.Gosched()
	}
}

func send(ch chan int, v int) { ch <- v }

func sendsUpto(ch chan int, n int) {
	for i := 0; i < n; i++ {
		ch <- i
	}
}

func receive(ch chan int) { <-ch }

func t01() {
	const n = 2000
	var wg sync.WaitGroup
	var ch [4]chan int
	out := make(chan int)
	for i := range ch {
		ch[i] = make(chan int)
		wg.Add(1)
		go func(in chan int) {
			for v := range in {
				out <- v
			}
			wg.Done()
		}(ch[i])
	}
	go func() {
		for i := 0; i < n; i++ {
			select {
			case ch[0] <- i:
			case ch[1] <- i:
			case ch[2] <- i:
			case ch[3] <- i:
			}
		}
		for i := range ch {
			close(ch[i])
		}
	}()
	go func() {
		wg.Wait()
		close(out)
	}()
	seen := make(map[int]bool)
	lost, twice := n, 0
	for v := range out {
		if seen[v] {
			twice++
		} else {
			lost--
		}
		seen[v] = true
	}
	fmt.Printf("lost %d, twice %d\n", lost, twice)
}

func t02() {
	const n = 10
	ring, ch := make(chan int, n), make(chan int)
	start := make(chan int)
	in := start
	var got [n]int
	fmt.Print("ring")
	sendsUpto(ring, n)
	for i := 0; i < n; i++ {
		fmt.Printf(" %d", <-ring)
	}
	for i := 0; i < n; i++ {
		out := make(chan int)
		go func(in, out chan int, place *int) {
			<-in
			*place = <-ch
			out <- 1
		}(in, out, &got[i])
		in = out
	}
	start <- 1
	sendsUpto(ch, n)
	<-in
	fmt.Print(", chain")
	for i := 0; i < n; i++ {
		fmt.Printf(" %d", got[i])
	}
	fmt.Println()
}

func t03() {
	const n = 10000
	leftmost := make(chan int)
	left := leftmost
	for i := 0; i < n; i++ {
		right := make(chan int)
		go func(left, right chan int) { left <- 1 + <-right }(left, right)
		left = right
	}
	go send(left, 0)
	if <-leftmost == n {
		fmt.Println("each added one")
	} else {
		fmt.Println("not all added one")
	}
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

func trySend[T any](ch chan T, v T) int {
	select {
	case ch <- v:
		return 1
	default:
		return 0
	}
}

func tryRecv[T any](ch chan T, p *T) int {
	select {
	case *p = <-ch:
		return 1
	default:
		return 0
	}
}

func tries[T comparable](name string, want T) {
	var got T
	fmt.Print(name)
	for capacity := 0; capacity < 2; capacity++ {
		ch := make(chan T, capacity)
		right := make(chan bool)
		fmt.Printf(" %d", 1-tryRecv(ch, &got))
		go func() { right <- <-ch == want }()
		for trySend(ch, want) == 0 {
			runtime.Gosched()
		}
		fmt.Print(bit(<-right))
		go func() { ch <- want }()
		for tryRecv(ch, &got) == 0 {
			runtime.Gosched()
		}
		fmt.Print(bit(got == want))
		fmt.Print(trySend(ch, want))
		fmt.Print(trySend(ch, want))
		fmt.Print(tryRecv(ch, &got))
		fmt.Print(tryRecv(ch, &got))
	}
	fmt.Print(";")
}

type pair struct {
	a int
	b float64
}

func t04() {
	tries("int", 123)
	tries("bool", true)
	tries("double", 2.5)
	tries("string", "hello")
	tries("pointer", &pair{7, 1.5})
	tries("unit", struct{}{})
	fmt.Println()
}

type series struct{ ask, dat chan int }

func newSeries() *series { return &series{make(chan int), make(chan int)} }

func get(s *series) int {
	s.ask <- 1
	return <-s.dat
}

func ones(out *series) {
	for {
		<-out.ask
		out.dat <- 1
	}
}

func splits(in, a, b *series) {
	var kept []int
	aAhead := true
	for {
		byA := false
		select {
		case <-a.ask:
			byA = true
		case <-b.ask:
		}
		if len(kept) == 0 {
			aAhead = byA
		}
		var v int
		if byA == aAhead {
			v = get(in)
			kept = append(kept, v)
		} else {
			v = kept[0]
			kept = kept[1:]
		}
		if byA {
			a.dat <- v
		} else {
			b.dat <- v
		}
	}
}

func adds(f, g, out *series) {
	for {
		<-out.ask
		out.dat <- get(f) + get(g)
	}
}

func scales(by int, f, out *series) {
	for {
		<-out.ask
		out.dat <- by * get(f)
	}
}

func multiplies(f, g, out *series) {
	var s [8]*series
	<-out.ask
	for i := range s {
		s[i] = newSeries()
	}
	f0, g0 := get(f), get(g)
	out.dat <- f0 * g0
	go splits(f, s[0], s[1])
	go splits(g, s[2], s[3])
	go scales(f0, s[2], s[4])
	go scales(g0, s[0], s[5])
	<-out.ask
	out.dat <- get(s[4]) + get(s[5])
	go multiplies(s[1], s[3], s[6])
	go adds(s[4], s[5], s[7])
	for {
		<-out.ask
		out.dat <- get(s[7]) + get(s[6])
	}
}

func t05() {
	var s [5]*series
	for i := range s {
		s[i] = newSeries()
	}
	go ones(s[0])
	go ones(s[1])
	go ones(s[2])
	go multiplies(s[0], s[1], s[3])
	go multiplies(s[3], s[2], s[4])
	sep := ""
	for i := 0; i < 8; i++ {
		fmt.Printf("%s%d", sep, get(s[4]))
		sep = " "
	}
	fmt.Println()
}

func live() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func grownSince(before uint64) string {
	if now := live(); now < before+1<<20 {
		return "no growth"
	}
	return "growth"
}

func t06() {
	const n = 100000
	ch, other := make(chan int), make(chan int)
	var before uint64
	for round := 0; round < 2; round++ {
		go func() {
			for i := 0; i < n; i++ {
				select {
				case ch <- i:
				case <-other:
				}
			}
		}()
		for i := 0; i < n; i++ {
			select {
			case <-ch:
			case <-other:
			}
		}
		if round == 0 {
			before = live()
		}
	}
	fmt.Println(grownSince(before))
}

func t17() {
	const n = 50000
	ch, lives := make(chan int), make(chan int)
	var before uint64
	for round := 0; round < 2; round++ {
		for i := 0; i < n; i++ {
			go send(ch, i)
			select {
			case <-lives:
			case <-ch:
			}
		}
		if round == 0 {
			before = live()
		}
	}
	fmt.Println(grownSince(before))
	runtime.KeepAlive(lives)
}

func ofKind(kind string) chan int {
	switch kind {
	case "closed":
		ch := make(chan int)
		close(ch)
		return ch
	case "empty":
		return make(chan int)
	case "room":
		return make(chan int, 1)
	case "full":
		ch := make(chan int, 1)
		ch <- 1
		return ch
	}
	return nil
}

func triesOne(way int, kind string, wentOn *int32) {
	ch := ofKind(kind)
	var none chan int
	switch way {
	case 0:
		<-ch
	case 1:
		select {
		case <-ch:
		}
	case 2:
		select {
		case <-none:
		case <-ch:
		}
	case 3:
		ch <- 1
	case 4:
		select {
		case ch <- 1:
		}
	case 5:
		select {
		case none <- 1:
		case ch <- 1:
		}
	}
	atomic.StoreInt32(wentOn, 1)
}

func t07() {
	sep := ""
	for _, kind := range []string{"nil", "closed", "empty", "room", "full"} {
		fmt.Printf("%s%s ", sep, kind)
		sep = ", "
		ways := 6
		if kind == "closed" {
			ways = 3
		}
		for way := 0; way < ways; way++ {
			var wentOn int32
			go triesOne(way, kind, &wentOn)
			settle()
			if atomic.LoadInt32(&wentOn) != 0 {
				fmt.Print("+")
			} else {
				fmt.Print("w")
			}
		}
		var v int
		fmt.Print(1 - tryRecv(ofKind(kind), &v))
		if kind != "closed" {
			fmt.Print(1 - trySend(ofKind(kind), 1))
		}
	}
	fmt.Println()
}

func t07Send() { ofKind("closed") <- 1 }
func t07Select() {
	select {
	case ofKind("closed") <- 1:
	}
}
func t07Default() {
	select {
	case ofKind("closed") <- 1:
	default:
	}
}
func t07RecvNil()   { <-ofKind("nil") }
func t07SendNil()   { ofKind("nil") <- 1 }
func t07RecvEmpty() { <-ofKind("empty") }
func t07SendFull()  { ofKind("full") <- 1 }
func t07NoCases()   { select {} }
func t07SelectNil() {
	select {
	case <-ofKind("nil"):
	case ofKind("nil") <- 1:
	}
}
func t07SelectEmpty() {
	select {
	case <-ofKind("empty"):
	case ofKind("full") <- 1:
	}
}

var order string

func chanOf(mark string, ch chan int) chan int {
	order += mark
	return ch
}

func valueOf(mark string, v int) int {
	order += mark
	return v
}

func t08() {
	none, one := make(chan int), make(chan int, 1)
	order = ""
	k := 4
	select {
	case chanOf("a", none) <- valueOf("b", 1):
		k = 0
	case <-chanOf("c", none):
		k = 1
	case chanOf("d", one) <- valueOf("e", 2):
		k = 2
	case chanOf("f", nil) <- valueOf("g", 3):
		k = 3
	default:
	}
	chanOf("h", make(chan int, 1)) <- valueOf("i", <-chanOf("j", one))
	fmt.Printf("case %d, %s\n", k, order)
}

func t09() {
	crowd, served := make(chan int), make(chan int, 4)
	a, b := make(chan int), make(chan int)
	one := func(me int) {
		<-crowd
		served <- me
	}
	two := func(own chan int, me int) {
		select {
		case <-own:
		case <-crowd:
		}
		served <- me
	}
	go one(1)
	settle()
	go two(a, 2)
	settle()
	go two(b, 3)
	settle()
	go one(4)
	settle()
	b <- 0
	settle()
	a <- 0
	settle()
	for i := 0; i < 2; i++ {
		crowd <- 0
		settle()
	}
	fmt.Print("served")
	for i := 0; i < 4; i++ {
		fmt.Printf(" %d", <-served)
	}
	if trySend(crowd, 0) == 1 {
		fmt.Println(", then one more")
	} else {
		fmt.Println(", then nobody")
	}
}

func t10() {
	ch := make(chan int)
	go func(out chan int) {
		for i := 2; ; i++ {
			out <- i
		}
	}(ch)
	sep := ""
	for i := 0; i < 25; i++ {
		prime := <-ch
		next := make(chan int)
		fmt.Printf("%s%d", sep, prime)
		sep = " "
		go func(in, out chan int) {
			for v := range in {
				if v%prime != 0 {
					out <- v
				}
			}
		}(ch, next)
		ch = next
	}
	fmt.Println()
}

func sends[T any](way int, ch chan T, n int, value func(i int) T) {
	for i := 0; i < n; i++ {
		if way == 0 {
			ch <- value(i)
		} else {
			select {
			case ch <- value(i):
			}
		}
	}
	close(ch)
}

func t11() {
	sep := ""
	for capacity := 0; capacity < 3; capacity++ {
		for way := 0; way < 4; way++ {
			units := make(chan struct{}, capacity)
			ints := make(chan int, capacity)
			n, sum := 0, 0
			go sends(way/2, units, 20, func(int) struct{} { return struct{}{} })
			go sends(way/2, ints, 20, func(i int) int { return i })
			for more := true; more; {
				if way%2 == 0 {
					_, more = <-units
				} else {
					select {
					case _, more = <-units:
					}
				}
				n += bit(more)
			}
			for more := true; more; {
				var v int
				if way%2 == 0 {
					v, more = <-ints
				} else {
					select {
					case v, more = <-ints:
					}
				}
				sum += v
			}
			fmt.Printf("%s%d:%d", sep, n, sum)
			sep = " "
		}
	}
	fmt.Println()
}

func t12() {
	var none chan int
	ch := make(chan int, 3)
	fmt.Printf("%d/%d", len(none), cap(none))
	for i := 0; i < 3; i++ {
		ch <- i
		fmt.Printf(" %d/%d", len(ch), cap(ch))
	}
	go send(ch, 4)
	settle()
	fmt.Printf(" %d/%d", len(ch), cap(ch))
	i8, i16, i64, u8, u16, u64 := int8(4), int16(5), int64(6), uint8(200), uint16(8), uint64(9)
	fmt.Println(",", cap(make(chan int, i8)), cap(make(chan int, i16)), cap(make(chan int, i64)),
		cap(make(chan int, u8)), cap(make(chan int, u16)), cap(make(chan int, u64)))
}

var minusOne, wide int64 = -1, 1 << 62
var widest uint64 = 1<<64 - 1

func t12Negative() { _ = make(chan int, minusOne) }
func t12Huge()     { _ = make(chan int, wide) }
func t12Widest()   { _ = make(chan int, widest) }

func t13() {
	const n = 20000
	crowd := make(chan int)
	var own [n]chan int
	var wg sync.WaitGroup
	for i := range own {
		own[i] = make(chan int)
		wg.Add(1)
		go func(own chan int) {
			select {
			case <-crowd:
			case <-own:
			}
			wg.Done()
		}(own[i])
	}
	settle()
	for i := n - 1; i >= 0; i-- {
		own[i] <- i
	}
	wg.Wait()
	if trySend(crowd, 0) == 1 {
		fmt.Println("all left, then one more")
	} else {
		fmt.Println("all left, then nobody")
	}
}

func t14() {
	for capacity := 0; capacity < 3; capacity++ {
		ch := make(chan int, capacity)
		sendsUpto(ch, capacity)
		close(ch)
		if capacity > 0 {
			fmt.Print(", ")
		}
		fmt.Printf("%d:", capacity)
		for i := 0; i < capacity+1; i++ {
			v, ok := <-ch
			fmt.Printf(" %d%d", v, bit(ok))
		}
		fmt.Printf(" %d", <-ch)
		v, ok := 99, true
		select {
		case v, ok = <-ch:
		}
		fmt.Printf(" %d%d", v, bit(ok))
		v = 99
		k := 1
		select {
		case v, ok = <-ch:
			k = 0
		default:
		}
		fmt.Printf(" %d%d%d", k, v, bit(ok))
		v = 0
		for w := range ch {
			v += w + 1
		}
		fmt.Printf(" %d", v)
	}
	fmt.Println()
}

func t14Twice() {
	ch := make(chan int)
	close(ch)
	close(ch)
}

func t14Send() {
	ch := make(chan int, 1)
	close(ch)
	ch <- 1
}

func t14Waits() {
	ch, never := make(chan int), make(chan int)
	go send(ch, 1)
	settle()
	close(ch)
	<-never
}

func t14Nil() { close(ofKind("nil")) }

func t16() {
	// Go starts a goroutine of its own for this, which must not count.
	signal.Ignore(syscall.SIGUSR1, syscall.SIGINT)
	signal.Reset()
	ofKind("empty") <- 1
}

func t16Many() {
	go receive(ofKind("empty"))
	settle()
	go send(ofKind("empty"), 1)
	settle()
	go func() {
		select {
		case <-ofKind("empty"):
		case ofKind("empty") <- 1:
		}
	}()
	settle()
	go func() { select {} }()
	settle()
	go receive(ofKind("nil"))
	settle()
	go send(ofKind("nil"), 1)
	settle()
	<-ofKind("empty")
}

//go:noinline
func deep(depth int, atTheBottom chan int) int {
	if depth == 0 {
		return <-atTheBottom
	}
	return 1 + deep(depth-1, atTheBottom)
}

func t18() {
	bottom, out := make(chan int), make(chan int)
	sum := 0
	for depth := 0; depth <= 100; depth++ {
		go func(depth int) { out <- deep(depth, bottom) }(depth)
	}
	settle()
	for depth := 0; depth <= 100; depth++ {
		bottom <- 0
	}
	for depth := 0; depth <= 100; depth++ {
		sum += <-out
	}
	fmt.Println(sum)
}

func t19() {
	for capacity := 0; capacity < 4; capacity++ {
		var wentOn int32
		ch := make(chan int, capacity)
		receives := func(ch chan int) {
			<-ch
			atomic.AddInt32(&wentOn, 1)
		}
		go receives(ch)
		go receives(ch)
		settle()
		if capacity > 0 {
			fmt.Print(" ")
		}
		fmt.Print(atomic.LoadInt32(&wentOn))
		close(ch)
		settle()
		fmt.Print(atomic.LoadInt32(&wentOn))

		ch = make(chan int, capacity)
		var v int
		fmt.Print(1 - tryRecv(ch, &v))
		sendsUpto(ch, capacity)
		atomic.StoreInt32(&wentOn, 0)
		go func(ch chan int) {
			ch <- 1
			atomic.AddInt32(&wentOn, 1)
		}(ch)
		settle()
		fmt.Print(atomic.LoadInt32(&wentOn))
		for i := 0; i <= capacity; i++ {
			fmt.Print(<-ch)
		}

		var count [100]int
		wrong := 0
		for i := 0; i < 4; i++ {
			go sendsUpto(ch, 100)
		}
		for i := 0; i < 400; i++ {
			count[<-ch]++
		}
		for _, n := range count {
			wrong += bit(n != 4)
		}
		fmt.Printf(":%d", wrong)
	}
	fmt.Println()
}

func t20() {
	missed := make(chan int, 1)
	n := 0
	for i := 0; i < 2000; i++ {
		ch := make(chan int, 1)
		a, b := make(chan int, 1), make(chan int, 1)
		ch <- 1
		go func() { close(ch) }()
		var v int
		n += 1 - tryRecv(ch, &v)

		a <- 1
		go func() {
			select {
			case <-a:
				missed <- 0
			case <-b:
				missed <- 0
			default:
				missed <- 1
			}
		}()
		if i%2 == 0 {
			b <- 1
		} else {
			close(b)
		}
		tryRecv(a, &v)
		n += <-missed
	}
	fmt.Printf("missed %d\n", n)
}

func t21() {
	var own int32
	ch, stop := make(chan int), make(chan int)
	var wg sync.WaitGroup
	selects := func(me int) {
		for i := 0; i < 2000; i++ {
			if i%2 == me {
				select {
				case ch <- me:
				case v := <-ch:
					atomic.AddInt32(&own, int32(bit(v == me)))
				}
			} else {
				select {
				case v := <-ch:
					atomic.AddInt32(&own, int32(bit(v == me)))
				case ch <- me:
				}
			}
		}
		wg.Done()
	}
	wg.Add(2)
	go selects(0)
	go selects(1)
	go func() {
		for {
			select {
			case <-ch:
			case ch <- -2:
			case <-stop:
				return
			}
		}
	}()
	wg.Wait()
	stop <- 1
	fmt.Printf("own %d\n", own)
}

func t22() {
	const n = 1000
	var ch [4]chan int
	var wg sync.WaitGroup
	wg.Add(10)
	for i := range ch {
		ch[i] = make(chan int, [4]int{0, 0, 2, 3}[i])
		go func(ch chan int) {
			sendsUpto(ch, n)
			wg.Done()
		}(ch[i])
		go func(ch chan int) {
			for i := 0; i < n; i++ {
				<-ch
			}
			wg.Done()
		}(ch[i])
	}
	left := func() func(k int) bool {
		left := [4]int{n, n, n, n}
		return func(k int) bool {
			left[k]--
			return left[k] == 0
		}
	}
	go func(c [4]chan int) {
		gone := left()
		for i := 0; i < 4*n; i++ {
			k := 0
			select {
			case c[0] <- 0:
			case c[1] <- 0:
				k = 1
			case c[2] <- 0:
				k = 2
			case c[3] <- 0:
				k = 3
			}
			if gone(k) {
				c[k] = nil
			}
		}
		wg.Done()
	}(ch)
	go func(c [4]chan int) {
		gone := left()
		for i := 0; i < 4*n; i++ {
			k := 0
			select {
			case <-c[0]:
			case <-c[1]:
				k = 1
			case <-c[2]:
				k = 2
			case <-c[3]:
				k = 3
			}
			if gone(k) {
				c[k] = nil
			}
		}
		wg.Done()
	}(ch)
	wg.Wait()
	fmt.Println("left", len(ch[0]), len(ch[1]), len(ch[2]), len(ch[3]))
}

func t23() {
	const trials = 10000
	a, b := make(chan int, trials+1), make(chan int, trials+1)
	n := 0
	for i := 0; i <= trials; i++ {
		a <- 1
		b <- 1
	}
	for i := 0; i < trials; i++ {
		select {
		case <-a:
		case <-b:
			n++
		}
	}
	if n > trials/2-300 && n < trials/2+300 {
		fmt.Println("fair")
	} else {
		fmt.Println("not fair")
	}
}

func t24() {
	for capacity := 0; capacity < 3; capacity++ {
		ch := make(chan int, capacity)
		n := 0
		go func() {
			for i := 0; i < 1000; i++ {
				select {
				case ch <- 0:
				case ch <- 1:
				}
			}
			close(ch)
		}()
		for v := range ch {
			n += v
		}
		if capacity > 0 {
			fmt.Print(", ")
		}
		if n > 300 && n < 700 {
			fmt.Print("both")
		} else {
			fmt.Print("one")
		}
	}
	fmt.Println()
}

func t25() {
	in, out := make(chan int, 7), make(chan int)
	var wg sync.WaitGroup
	sum, n := 0, 0
	for i := 0; i < 23; i++ {
		wg.Add(1)
		go func() {
			for v := range in {
				out <- v * v
			}
			wg.Done()
		}()
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	go sends(0, in, 1000, func(i int) int { return i })
	for v := range out {
		sum += v
		n++
	}
	fmt.Printf("%d values, sum %d\n", n, sum)
}

func t26() {
	var chosen int32 = -1
	c, e := make(chan int), make(chan int)
	go func(c, d, e chan int) {
		select {
		case <-c:
			atomic.StoreInt32(&chosen, 0)
		case <-d:
			atomic.StoreInt32(&chosen, 1)
		case <-e:
			atomic.StoreInt32(&chosen, 2)
		}
		<-d
		atomic.AddInt32(&chosen, 10)
	}(c, c, e)
	settle()
	e <- 1
	settle()
	first := atomic.LoadInt32(&chosen)
	c <- 1
	settle()
	fmt.Printf("case %d, then %d\n", first, atomic.LoadInt32(&chosen))
}

// Now and then others go first.
func stumble() {
	switch dice := rand.Intn(256); dice % 4 {
	case 0:
		runtime.Gosched()
	case 1:
		for i := 0; i < 4*dice; i++ {
			atomic.AddInt32(&spun, 1)
		}
	}
}

var spun int32

func stumbleAndSend(ch chan int, v int) {
	stumble()
	ch <- v
}

func twoSenders() {
	ch := make(chan int)
	go stumbleAndSend(ch, 1)
	go stumbleAndSend(ch, 2)
	stumble()
	fmt.Println(<-ch, <-ch)
}

func twoReady() {
	a, b := make(chan int, 1), make(chan int, 1)
	a <- 1
	b <- 1
	select {
	case <-a:
		fmt.Println("case 0")
	case <-b:
		fmt.Println("case 1")
	}
}

func oneTry() {
	ch := make(chan int)
	var v int
	if tryRecv(ch, &v) == 1 {
		fmt.Println("at once", v)
	}
	go stumbleAndSend(ch, 7)
	stumble()
	runtime.Gosched()
	if tryRecv(ch, &v) == 1 {
		fmt.Println("tried, got", v)
	} else {
		fmt.Println("tried in vain, waited, got", <-ch)
	}
}

func message() {
	done := make(chan int, 1)
	x := 0
	go func() {
		x = 1
		done <- 1
	}()
	<-done
	fmt.Println("x =", x)
}

func selectsMeet() {
	a, b := make(chan int), make(chan int)
	said := make(chan int, 1)
	go func() {
		stumble()
		select {
		case v := <-a:
			said <- v
		case b <- 2:
			said <- 0
		}
	}()
	v := 0
	stumble()
	select {
	case v = <-b:
	case a <- 1:
	}
	fmt.Printf("here %d, there %d\n", v, <-said)
}

func twoReceivers() {
	ch := make(chan int, 1)
	a, b := make(chan int, 1), make(chan int, 1)
	counts := func(said chan int) {
		n := 0
		stumble()
		for range ch {
			n++
			stumble()
		}
		said <- n
	}
	go counts(a)
	go counts(b)
	for i := 0; i < 3; i++ {
		stumble()
		ch <- 1
	}
	close(ch)
	first := <-a
	fmt.Printf("%d and %d\n", first, <-b)
}

func onePlace() {
	var done int32
	ch := make(chan int, 1)
	var wg sync.WaitGroup
	wg.Add(2)
	for v := 1; v <= 2; v++ {
		go func(v int) {
			stumble()
			atomic.AddInt32(&done, int32(trySend(ch, v)))
			wg.Done()
		}(v)
	}
	wg.Wait()
	fmt.Printf("%d sent: %d\n", done, <-ch)
}

func semaphore() {
	var inside, most int32
	sem := make(chan int, 2)
	var wg sync.WaitGroup
	wg.Add(8)
	for i := 0; i < 8; i++ {
		go func() {
			stumble()
			sem <- 1
			now := atomic.AddInt32(&inside, 1)
			for {
				seen := atomic.LoadInt32(&most)
				if now <= seen || atomic.CompareAndSwapInt32(&most, seen, now) {
					break
				}
			}
			runtime.Gosched()
			atomic.AddInt32(&inside, -1)
			<-sem
			wg.Done()
		}()
	}
	wg.Wait()
	fmt.Println("at most", most)
}

func merge() {
	a, b := make(chan int), make(chan int, 1)
	two := func(ch chan int, first int) {
		stumble()
		ch <- first
		stumble()
		ch <- first + 1
		close(ch)
	}
	go two(a, 1)
	go two(b, 3)
	sep := ""
	for a != nil || b != nil {
		var v int
		var ok bool
		stumble()
		select {
		case v, ok = <-a:
			if !ok {
				a = nil
			}
		case v, ok = <-b:
			if !ok {
				b = nil
			}
		}
		if ok {
			fmt.Printf("%s%d", sep, v)
			sep = " "
		}
	}
	fmt.Println()
}

func cancel() {
	quit, work, ended := make(chan int), make(chan int), make(chan int)
	for i := 0; i < 3; i++ {
		go func() {
			for {
				select {
				case <-quit:
					ended <- 1
					return
				case <-work:
				}
			}
		}()
	}
	work <- 1
	close(quit)
	n := 0
	for i := 0; i < 3; i++ {
		n += <-ended
	}
	fmt.Println(n, "ended")
}

func sendOrClose() {
	ch := make(chan int, 1)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		stumble()
		ch <- 1
		wg.Done()
	}()
	stumble()
	runtime.Gosched()
	close(ch)
	wg.Wait()
	fmt.Println("sent", <-ch)
}

func mainReturns() {
	go receive(ofKind("empty"))
	go send(ofKind("nil"), 1)
	settle()
	fmt.Println("returns")
}

func goexitWaits() {
	go receive(ofKind("empty"))
	settle()
	runtime.Goexit()
}

var programs = map[string]func(){
	"T01": t01, "T02": t02, "T03": t03, "T04": t04, "T05": t05, "T06": t06, "T07": t07,
	"T07-send": t07Send, "T07-select": t07Select, "T07-default": t07Default,
	"T07-recv-nil": t07RecvNil, "T07-send-nil": t07SendNil,
	"T07-recv-empty": t07RecvEmpty, "T07-send-full": t07SendFull,
	"T07-no-cases": t07NoCases, "T07-select-nil": t07SelectNil,
	"T07-select-empty": t07SelectEmpty,
	"T08":              t08, "T09": t09, "T10": t10, "T11": t11, "T12": t12,
	"T12-negative": t12Negative, "T12-huge": t12Huge, "T12-widest": t12Widest,
	"T13": t13, "T14": t14, "T14-twice": t14Twice, "T14-send": t14Send,
	"T14-waits": t14Waits, "T14-nil": t14Nil, "T16": t16, "T16-many": t16Many,
	"T17": t17, "T18": t18, "T19": t19, "T20": t20, "T21": t21, "T22": t22, "T23": t23,
	"T24": t24, "T25": t25, "T26": t26,
	"two-senders": twoSenders, "two-ready": twoReady, "one-try": oneTry,
	"message": message, "selects-meet": selectsMeet, "two-receivers": twoReceivers,
	"one-place": onePlace, "semaphore": semaphore, "merge": merge, "cancel": cancel,
	"send-or-close": sendOrClose, "main-returns": mainReturns,
	"goexit-waits": goexitWaits,
}

func main() {
	rand.Seed(int64(os.Getpid()))
	rounds := 1
	if len(os.Args) > 2 {
		rounds, _ = strconv.Atoi(os.Args[2])
	}
	if len(os.Args) < 2 || programs[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "06-chan_twins: which program?")
		os.Exit(3)
	}
	for i := 0; i < rounds; i++ {
		programs[os.Args[1]]()
	}
}
