// player.test.js - a recorded run, stepped through: in the book, and in a page
// of make draw
'use strict';

const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');

// What the first player of a page shows.
const look = (page) => page.evaluate(() => {
    const player = document.querySelector('section.run-player');
    const words = (e) => e.textContent.trim().replace(/\s+/g, ' ');
    const rows = {};
    for (const table of player.querySelectorAll('.board table'))
        rows[words(table.caption)] = Object.fromEntries(Array.from(table.rows).slice(1)
            .map((row) => [words(row.cells[0]), Array.from(row.cells).slice(1).map(words)]));
    const says = words(player.querySelector('.says'));
    return { says, rows, step: +says.match(/^Step (\d+)/)[1], of: +says.match(/of (\d+),/)[1] };
});

async function open(t, options, url, work) {
    const page = await t.browser.page(options);
    try {
        await page.goto(url);
        await page.evaluate(() => document.querySelector('section.run-player').focus());
        await work(page);
        t.assert.deepEqual(page.troubles, []);
    } finally { await page.close(); }
}

// A page of make draw, of a run that is written here: two p's, a shared queue.
const EVENTS = `0 m0 - m0 thread m0
10 m0 - m0 idle p1
20 m0 p0 m0 new g1 - main
30 m0 p0 m0 run g1
40 m0 p0 g1 new g2 a.c:1 two
50 m0 p0 g1 queue g2 local
60 m0 p0 g1 new g3 a.c:2 three
70 m0 p0 g1 queue g3 local
80 m0 p0 m0 stop g1 gosched
90 m0 p0 m0 queue g1 global
100 m0 p0 m0 busy p1
110 m0 p0 m0 run g2
120 m1 - m1 thread m1
130 m1 p1 m1 run g1
140 m1 p1 m1 stop g1 park sync.WaitGroup.Wait
150 m1 - m1 idle p1
160 m1 - m1 sleep m1
170 m0 p0 m0 stop g2 exit
180 m0 p0 m0 run g3
190 m0 p0 g3 ready g1
`;

function made(t) {
    const folder = fs.mkdtempSync(path.join(process.env.TMPDIR || '/tmp', 'player-'));
    const root = path.join(__dirname, '../..');
    fs.writeFileSync(path.join(folder, 'events'), EVENTS);
    const part = execFileSync('book/tools/picture', ['player', path.join(folder, 'events'), 'x', 'g1=main', 'A run'], { cwd: root });
    const file = path.join(folder, 'page.html');
    fs.writeFileSync(file, `<!DOCTYPE html><html lang="en"><title>x</title><style>${fs.readFileSync(path.join(root, 'book/run.css'))}</style>
        <main>${part}</main><script>${fs.readFileSync(path.join(root, 'book/player.js'))}</script></html>`);
    return { url: pathToFileURL(file).href, remove: () => fs.rmSync(folder, { recursive: true }) };
}

async function withMade(t, options, work) {
    const run = made(t);
    try { await open(t, options, run.url, work); } finally { run.remove(); }
}

const chapter = (t) => t.url('chapter_01_context.html');

module.exports = {
    'player: keys step forward and back, to the first and the last; the table follows': (t) => open(t, {}, chapter(t), async (page) => {
        const first = await look(page);
        t.assert.equal(first.step, 1);
        t.assert.ok(first.of > 5);
        await page.press('ArrowRight');
        const second = await look(page);
        t.assert.equal(second.step, 2);
        t.assert.notDeepEqual(second.rows, first.rows);
        await page.press('ArrowLeft');
        t.assert.deepEqual(await look(page), first);
        await page.press('ArrowLeft');
        t.assert.equal((await look(page)).step, 1);
        await page.press('End');
        const last = await look(page);
        t.assert.equal(last.step, last.of);
        await page.press('ArrowRight');
        t.assert.equal((await look(page)).step, last.of);
        await page.press('Home');
        t.assert.deepEqual(await look(page), first);
        // The arrows, which turn pages elsewhere, have not done so.
        t.assert.match(await page.evaluate(() => location.href), /chapter_01_context\.html$/);
    }),

    'player: who resumed whom, and who runs': (t) => open(t, {}, chapter(t), async (page) => {
        for (let n = 0; n < 4; n++) await page.press('ArrowRight');
        const seen = await look(page);
        t.assert.match(seen.says, /A resumes B\.$/);
        t.assert.deepEqual(seen.rows['Who lives'], { A: ['has resumed B'], B: ['runs'] });
        t.assert.deepEqual(seen.rows['The thread'].main, ['B']);
    }),

    'player: p\'s, threads, queues and states, step by step': (t) => withMade(t, {}, async (page) => {
        const at = async (step) => {
            await page.press('Home');
            for (let n = 1; n < step; n++) await page.press('ArrowRight');
            return look(page);
        };
        let seen = await at(8);
        t.assert.match(seen.says, /^Step 8 of 20, at 70 ns: g3 waits in the queue of p0\.$/);
        t.assert.deepEqual(seen.rows['p\'s and queues'], { p0: ['m0', 'main', 'g2 g3'], p1: ['idle', '-', '-'], all: ['-', '-', '-'] });
        seen = await at(12);
        t.assert.deepEqual(seen.rows['p\'s and queues'], { p0: ['m0', 'g2', 'g3'], p1: ['-', '-', '-'], all: ['-', '-', 'main'] });
        t.assert.deepEqual(seen.rows['Who lives'], { main: ['can run', '-', 'main'], g2: ['runs', '-', 'two'], g3: ['can run', '-', 'three'] });
        seen = await at(14);
        t.assert.deepEqual(seen.rows['p\'s and queues'], { p0: ['m0', 'g2', 'g3'], p1: ['m1', 'main', '-'], all: ['-', '-', '-'] });
        seen = await at(17);
        t.assert.deepEqual(seen.rows.Threads, { m0: ['p0', 'runs a goroutine'], m1: ['-', 'sleeps'] });
        t.assert.deepEqual(seen.rows['Who lives'].main, ['waits', 'sync.WaitGroup.Wait', 'main']);
        seen = await at(20);
        t.assert.match(seen.says, /g3 readies main\.$/);
        t.assert.deepEqual(Object.keys(seen.rows['Who lives']), ['main', 'g3']);
    }),

    'player: buttons and the slider do the same as the keys, and have names': (t) => withMade(t, {}, async (page) => {
        const click = (name) => page.evaluate((label) => document.querySelector(`.run-player button[aria-label="${label}"]`).click(), name);
        await click('Step forward');
        t.assert.equal((await look(page)).step, 2);
        await click('Last step');
        t.assert.equal((await look(page)).step, 20);
        await click('Step back');
        t.assert.equal((await look(page)).step, 19);
        await click('First step');
        t.assert.equal((await look(page)).step, 1);
        await page.evaluate(() => {
            const slider = document.querySelector('.run-player input[type=range]');
            slider.value = 6;
            slider.dispatchEvent(new Event('input'));
        });
        t.assert.equal((await look(page)).step, 7);
        t.assert.equal(await page.evaluate(() => Array.from(document.querySelectorAll('.run-player button, .run-player input'))
            .filter((e) => !e.getAttribute('aria-label')).length), 0);
    }),

    'player: Play goes on by itself, aloud only while it stands, and stops at the end': (t) => withMade(t, {}, async (page) => {
        const live = () => page.evaluate(() => document.querySelector('.run-player .says').getAttribute('aria-live'));
        t.assert.equal(await live(), 'polite');
        for (let n = 0; n < 17; n++) await page.press('ArrowRight');
        await page.press(' ');
        t.assert.equal(await live(), 'off');
        await page.until(() => /^Step 20 of 20/.test(document.querySelector('.run-player .says').textContent));
        await page.until(() => document.querySelector('.run-player button[aria-label=Play]'));
        t.assert.equal(await live(), 'polite');
    }),

    'player: nothing moves for those who want no motion': async (t) => {
        const animated = (page) => page.evaluate(() => getComputedStyle(document.querySelector('.run-player .chip.now')).animationName);
        await withMade(t, { reducedMotion: true }, async (page) => {
            await page.press('PageDown');       // to the 11th: g2 runs next
            await page.press('ArrowRight');
            t.assert.equal(await animated(page), 'none');
        });
        await withMade(t, {}, async (page) => {
            await page.press('PageDown');       // to the 11th: g2 runs next
            await page.press('ArrowRight');
            t.assert.notEqual(await animated(page), 'none');
        });
    },

    'player: without scripts a sentence stands in its place': (t) => withMadeStill(t),
};

async function withMadeStill(t) {
    const run = made(t);
    const page = await t.browser.page({ scripts: false });
    try {
        await page.goto(run.url);
        const { root } = await page.send('DOM.getDocument');
        const { nodeId } = await page.send('DOM.querySelector', { nodeId: root.nodeId, selector: '.run-player .still' });
        t.assert.notEqual(nodeId, 0);
    } finally {
        await page.close();
        run.remove();
    }
}
