// player.js - a recorded run, stepped through
//
// Each <section class="run-player"> holds its events as text, in the format of
// lib/01-context/trace/trace.c. Here it gets buttons, tables of who runs and
// who waits where, and a sentence for each step. The state at a step is computed
// from the events before it: so one can go back, too.
(function () {
    "use strict";

    const COLOURS = 8, MOST_SHOWN = 24;

    function make(tag, attributes, text) {
        const e = document.createElement(tag);
        for (const name in attributes || {})
            e.setAttribute(name, attributes[name]);
        if (text !== undefined)
            e.textContent = text;
        return e;
    }

    function duration(ns) {
        return ns < 1e3 ? ns + " ns" : ns < 1e6 ? (ns / 1e3).toFixed(1) + " us"
            : ns < 1e9 ? (ns / 1e6).toFixed(2) + " ms" : (ns / 1e9).toFixed(2) + " s";
    }

    // ---- The run ----------------------------------------------------------

    function parse(text) {
        return text.trim().split("\n").map(function (line) {
            const f = line.split(" ");
            return { when: +f[0], m: f[1], p: f[2], by: f[3], what: f[4],
                     about: f[5], how: f.slice(6).join(" ").trim() };
        });
    }

    function start() {
        return { g: {}, m: {}, p: {}, all: [], changed: "" };
    }

    function g(run, id) {
        return run.g[id] || (run.g[id] = { state: "waits", why: "", title: "" });
    }

    function processor(run, id) {
        return run.p[id] || (run.p[id] = { m: "", queue: [], idle: false });
    }

    function thread(run, id) {
        return run.m[id] || (run.m[id] = { p: "", stack: [], sleeps: false });
    }

    // m has p from now on ("-": none).
    function give(run, m, p) {
        const t = thread(run, m);
        if (t.p && t.p !== p && run.p[t.p].m === m)
            run.p[t.p].m = "";
        t.p = p === "-" ? "" : p;
        if (t.p) {
            for (const other in run.m)
                if (other !== m && run.m[other].p === p)
                    run.m[other].p = "";
            const it = processor(run, p);
            it.m = m;
            it.idle = false;
        }
    }

    function unqueue(run, id) {
        const without = function (list) { return list.filter(function (x) { return x !== id; }); };
        run.all = without(run.all);
        for (const p in run.p)
            run.p[p].queue = without(run.p[p].queue);
    }

    // What happens to the run by one event.
    function apply(run, e) {
        const id = e.about;
        run.changed = id;
        if (e.m !== "-" && e.what !== "sleep") {
            thread(run, e.m).sleeps = false;
            give(run, e.m, e.p);
        }
        switch (e.what) {
        case "thread":
            thread(run, id);
            break;
        case "new":
            g(run, id).title = e.how.split(" ").slice(1).join(" ");
            g(run, id).state = id[0] === "c" ? "waits" : "can run";
            break;
        case "ready":
            g(run, id).state = "can run";
            break;
        case "queue":
            unqueue(run, id);
            (e.how === "local" && e.p !== "-" ? processor(run, e.p).queue : run.all).push(id);
            break;
        case "run":
            unqueue(run, id);
            thread(run, e.m).stack.push(id);
            Object.assign(g(run, id), { state: "runs", why: "" });
            break;
        case "stop":
            thread(run, e.m).stack.pop();
            Object.assign(g(run, id), {
                state: e.how === "exit" ? "has ended" : e.how === "gosched" ? "can run" : "waits",
                why: e.how.indexOf("park ") === 0 ? e.how.slice(5) : "",
            });
            break;
        case "free":
            g(run, id).state = "is freed";
            break;
        case "idle":
            Object.assign(processor(run, id), { m: "", idle: true });
            break;
        case "busy":
            processor(run, id).idle = false;
            break;
        case "sleep":
            give(run, id, e.p);
            thread(run, id).sleeps = true;
            break;
        case "wake":
            if (e.how && e.how !== "-")
                give(run, id, e.how);
            break;
        }
    }

    function sentence(e, name) {
        const who = name(e.by), it = name(e.about), nobody = e.by === "-";
        switch (e.what) {
        case "thread": return it + " is a thread that can run goroutines";
        case "new": return (nobody ? it + " is made" : who + " makes " + it) + (e.how ? " (" + e.how.replace(/^- /, "") + ")" : "");
        case "ready": return nobody ? it + " can run" : who + " readies " + it;
        case "queue": return it + " waits in the queue " + (e.how === "local" ? "of " + e.p : "that all share");
        case "run": return who + (e.about[0] === "c" ? " resumes " : " runs ") + it + (e.p === "-" ? "" : " with " + e.p);
        case "stop": return it + (e.how === "exit" ? " ends" : e.how === "gosched" ? " lets others go first"
            : e.how === "yield" ? " yields" : " waits: " + e.how.slice(5));
        case "free": return it + " is freed";
        case "idle": return it + " has nothing to do";
        case "busy": return it + ", which was idle, is taken";
        case "sleep": return it + " sleeps";
        case "wake": return (nobody ? it + " is woken" : who + " wakes " + it) + (e.how && e.how !== "-" ? ", and gives it " + e.how : "");
        }
        return e.what + " " + it;
    }

    // ---- The page ---------------------------------------------------------

    function Player(section) {
        const names = {}, colours = {};
        (section.dataset.names || "").split(" ").forEach(function (pair) {
            const parts = pair.split("=");
            if (parts.length === 2)
                names[parts[0]] = parts[1];
        });
        const name = function (id) { return names[id] || id; };
        const events = parse(section.querySelector("script").textContent);
        let colour = 0, step = 0, run = start(), timer = null;
        const p_names = [];
        const goroutines = events.some(function (e) { return e.about[0] === "g"; });
        events.forEach(function (e) {
            [e.p, e.about, e.how].forEach(function (p) {
                if (/^p[0-9]+$/.test(p) && p_names.indexOf(p) < 0)
                    p_names.push(p);
            });
            if (/^[gc]/.test(e.about) && !(e.about in colours))
                colours[e.about] = colour++ % COLOURS;
        });

        const bar = make("div", { class: "bar", role: "group", "aria-label": "Steps" });
        const button = function (text, label, action) {
            const b = make("button", { type: "button", "aria-label": label, title: label }, text);
            b.addEventListener("click", action);
            bar.append(b);
            return b;
        };
        button("|<", "First step", function () { stop(); go(0); });
        button("<", "Step back", function () { stop(); go(step - 1); });
        const play = button("Play", "Play", function () { timer ? stop() : begin(); });
        button(">", "Step forward", function () { stop(); go(step + 1); });
        button(">|", "Last step", function () { stop(); go(events.length - 1); });
        const slider = make("input", { type: "range", min: 0, max: events.length - 1, "aria-label": "Step" });
        slider.addEventListener("input", function () { stop(); go(+slider.value); });
        bar.append(slider);

        const says = make("p", { class: "says", "aria-live": "polite" });
        const board = make("div", { class: "board" });
        const more = make("p", { class: "more" }, section.dataset.more
            + " Keys: left and right, Home and End, Page Up and Page Down; the space bar plays.");
        section.querySelector(".still").remove();
        section.prepend(make("p", { class: "what" }, section.dataset.title), bar, says, board, more);

        function stop() {
            clearInterval(timer);
            timer = null;
            play.textContent = "Play";
            play.setAttribute("aria-label", "Play");
            says.setAttribute("aria-live", "polite");
        }

        function begin() {
            if (step === events.length - 1)
                go(0);
            play.textContent = "Pause";
            play.setAttribute("aria-label", "Pause");
            says.setAttribute("aria-live", "off");      // too fast to be read aloud
            timer = setInterval(function () {
                if (step === events.length - 1)
                    stop();
                else
                    go(step + 1);
            }, 700);
        }

        function chip(id) {
            const c = make("span", { class: "chip k" + (colours[id] || 0) }, name(id));
            if (id === run.changed)
                c.classList.add("now");
            return c;
        }

        function fill(cell, ids) {
            ids.slice(0, MOST_SHOWN).forEach(function (id) { cell.append(chip(id), " "); });
            if (ids.length > MOST_SHOWN)
                cell.append("and " + (ids.length - MOST_SHOWN) + " more");
            if (ids.length === 0)
                cell.append("-");
        }

        function table(caption, heads, rows) {
            const t = make("table"), head = make("tr");
            t.append(make("caption", {}, caption));
            heads.forEach(function (h) { head.append(make("th", { scope: "col" }, h)); });
            t.append(head);
            rows.forEach(function (row) {
                const tr = make("tr", row[0] === run.changed ? { class: "now" } : {});
                tr.append(make("th", { scope: "row" }, name(row[0])));
                row.slice(1).forEach(function (cell) {
                    const td = make("td");
                    if (Array.isArray(cell)) fill(td, cell);
                    else td.textContent = cell || "-";
                    tr.append(td);
                });
                t.append(tr);
            });
            const scroll = make("div", { class: "scroll" });
            scroll.append(t);
            board.append(scroll);
        }

        function numbered(a, b) {
            return parseFloat(a.slice(1)) - parseFloat(b.slice(1));
        }

        function show() {
            const ps = p_names.sort(numbered), ms = Object.keys(run.m).sort(numbered);
            const top = function (m) { const s = m && run.m[m].stack; return s && s.length ? [s[s.length - 1]] : []; };
            board.textContent = "";
            if (ps.length) {
                const rows = ps.map(function (p) {
                    const it = processor(run, p);
                    return [p, it.idle ? "idle" : it.m, top(it.m), it.queue];
                });
                rows.push(["all", "", "", run.all]);
                table("p's and queues", ["p", "thread", "runs", "its queue"], rows);
                table("Threads", ["m", "p", "does"], ms.map(function (m) {
                    const it = run.m[m];
                    return [m, it.p, it.sleeps ? "sleeps" : it.stack.length ? "runs a goroutine" : "its own work"];
                }));
            } else if (ms.length) {
                table("The thread", goroutines ? ["m", "runs", "queue"] : ["m", "runs"], ms.map(function (m) {
                    return goroutines ? [m, top(m), run.all] : [m, top(m).length ? top(m) : [m]];
                }));
            }
            if (!Object.keys(run.g).length)
                return;
            // Who has resumed a coroutine, and stands in that call.
            const next = {};
            ms.forEach(function (m) {
                run.m[m].stack.forEach(function (id, i, stack) { next[id] = stack[i + 1]; });
            });
            const alive = Object.keys(run.g).filter(function (id) {
                return id === run.changed || !/ended|freed/.test(run.g[id].state);
            });
            table(alive.length > MOST_SHOWN ? "Some of " + alive.length + " that live" : "Who lives",
                goroutines ? ["who", "state", "why", "is"] : ["who", "state"], alive.slice(0, MOST_SHOWN).map(function (id) {
                    const it = run.g[id], state = next[id] ? "has resumed " + name(next[id]) : it.state;
                    return goroutines ? [id, state, it.why, it.title] : [id, state];
                }));
        }

        function go(to) {
            to = Math.max(0, Math.min(events.length - 1, to));
            if (to < step || (to === 0 && step === 0)) {
                run = start();
                step = -1;
            }
            while (step < to)
                apply(run, events[++step]);
            const e = events[step];
            slider.value = step;
            says.textContent = "Step " + (step + 1) + " of " + events.length + ", at " + duration(e.when)
                + ": " + sentence(e, name) + ".";
            slider.setAttribute("aria-valuetext", says.textContent);
            show();
        }

        section.addEventListener("keydown", function (event) {
            const key = { ArrowRight: step + 1, ArrowLeft: step - 1, Home: 0, End: events.length - 1,
                          PageDown: step + 10, PageUp: step - 10 }[event.key];
            if (event.altKey || event.ctrlKey || event.metaKey)
                return;
            if (key !== undefined) {
                stop();
                go(key);
            } else if (event.key === " " && event.target.tagName !== "BUTTON") {
                timer ? stop() : begin();
            } else {
                return;
            }
            event.preventDefault();
            event.stopPropagation();        // the page has other uses for arrows
        });
        go(0);
    }

    function begin() {
        document.querySelectorAll("section.run-player:not(.ready)").forEach(function (section) {
            section.classList.add("ready");
            Player(section);
        });
    }

    if (document.readyState === "loading")
        document.addEventListener("DOMContentLoaded", begin);
    else
        begin();
})();
