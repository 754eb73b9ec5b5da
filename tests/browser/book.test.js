// book.test.js - the book, as a reader meets it in a browser
'use strict';

// The pages of text, not the reference.
const isText = (name) => !/(_8[chS]|_source|^struct|^union)/.test(name) && !/^(struct|union)/.test(name);

async function withPage({ browser }, options, work) {
    const page = await browser.page(options);
    try { return await work(page); } finally { await page.close(); }
}

const file = (url) => url.replace(/[#?].*/, '').replace(/.*\//, '');

module.exports = {
    'every page loads without an error, and asks nothing of the network': (t) => withPage(t, {}, async (page) => {
        for (const name of t.pages) {
            await page.goto(t.url(name));
            t.assert.deepEqual(page.troubles, [], name);
            t.assert.deepEqual(page.asked.filter((url) => !/^(file|data):/.test(url)), [], name);
        }
    }),

    'no page is wider than a phone of 360 pixels': (t) => withPage(t, { width: 360, height: 740 }, async (page) => {
        const wide = [];
        for (const name of t.pages) {
            await page.goto(t.url(name));
            const width = await page.evaluate(() => document.documentElement.scrollWidth);
            if (width > 360) wide.push(`${name}: ${width}`);
        }
        t.assert.deepEqual(wide, []);
    }),

    'the front page leads to every page of text, by links': (t) => withPage(t, {}, async (page) => {
        const seen = new Set();
        const ahead = ['index.html'];
        while (ahead.length) {
            const name = ahead.pop();
            if (seen.has(name)) continue;
            seen.add(name);
            await page.goto(t.url(name));
            const links = await page.evaluate(() => Array.from(document.querySelectorAll('a[href]'), (a) => a.href));
            ahead.push(...links.filter((href) => href.startsWith('file:')).map(file).filter(isText));
        }
        t.assert.deepEqual(t.pages.filter(isText).filter((name) => !seen.has(name)), []);
    }),

    'the arrow keys turn all pages, from the first to the last and back': (t) => withPage(t, {}, async (page) => {
        await page.goto(t.url('index.html'));
        const there = [];
        for (;;) {
            const here = file(await page.evaluate(() => location.href));
            there.push(here);
            t.assert.ok(there.length < 200, 'this never ends');
            if (!await page.evaluate(() => !!document.querySelector('a[rel=next]'))) break;
            const loaded = page.nextLoad();
            await page.press('ArrowRight');
            await loaded;
        }
        const chapters = t.pages.filter((name) => /^(chapter|lab|walkthrough)_/.test(name));
        t.assert.ok(chapters.length >= 3);
        t.assert.deepEqual(chapters.filter((name) => !there.includes(name)), []);
        await page.goto(t.url(there.at(-2)));
        for (let n = there.length - 3; n >= 0; n--) {
            const loaded = page.nextLoad();
            await page.press('ArrowLeft');
            await loaded;
            t.assert.equal(file(await page.evaluate(() => location.href)), there[n]);
        }
    }),

    'the key / searches: a word of the text is found, in its sentence, and Enter goes there': (t) => withPage(t, {}, async (page) => {
        await page.goto(t.url('goroutine_8h.html'));
        await page.press('/');
        await page.until(() => document.activeElement.matches('#search input'));
        // Words that stand in no heading.
        await page.type('landing pad');
        const first = await page.until(() => {
            const found = document.querySelector('#search li');
            return found && { href: found.querySelector('a').href, text: found.textContent, marked: found.querySelector('p mark')?.textContent };
        });
        t.assert.equal(file(first.href), 'chapter_01_context.html');
        t.assert.equal(first.marked, 'landing');
        t.assert.match(first.text, /processors that check/);
        const loaded = page.nextLoad();
        await page.press('Enter');
        await loaded;
        t.assert.match(await page.evaluate(() => location.href), /chapter_01_context\.html#section_1_5$/);
        t.assert.deepEqual(page.troubles, []);
    }),

    'search: a heading comes before the text, a function is found by its name, nonsense is not': (t) => withPage(t, {}, async (page) => {
        await page.goto(t.url('index.html'));
        await page.press('/');
        const ask = async (words) => {
            await page.evaluate((value) => {
                const input = document.querySelector('#search input');
                input.value = value;
                input.dispatchEvent(new Event('input'));
            }, words);
            await page.until(() => !/Loading/.test(document.querySelector('#search [role=status]').textContent));
            return page.evaluate(() => Array.from(document.querySelectorAll('#search li a'), (a) => a.querySelector('strong').textContent));
        };
        t.assert.match((await ask('stack begins'))[0], /Where a (new )?stack begins/);
        t.assert.equal((await ask('go_coro_resume'))[0], 'go_coro_resume()');
        t.assert.equal((await ask('Contents'))[0], 'Contents');
        t.assert.deepEqual(await ask('xyzzyplugh'), []);
        t.assert.match(await page.evaluate(() => document.querySelector('#search [role=status]').textContent), /Nothing/);
        // What is typed is text, whatever it looks like.
        await ask('<img src=x> "\\ [');
        t.assert.deepEqual(page.troubles, []);
        await page.press('Escape');
        t.assert.equal(await page.evaluate(() => document.querySelector('#search').open), false);
    }),

    'search: the arrow keys go from result to result': (t) => withPage(t, {}, async (page) => {
        await page.goto(t.url('index.html'));
        await page.press('/');
        await page.type('switch');
        await page.until(() => document.querySelectorAll('#search li').length > 2);
        await page.press('ArrowDown');
        await page.press('ArrowDown');
        t.assert.equal(await page.evaluate(() => Array.from(document.querySelectorAll('#search li a')).indexOf(document.activeElement)), 1);
        await page.press('ArrowUp');
        await page.press('ArrowUp');
        t.assert.ok(await page.evaluate(() => document.activeElement.matches('#search input')));
    }),

    'dark follows the system, and a choice is remembered on the next page': (t) => withPage(t, { dark: true }, async (page) => {
        const brightness = () => page.evaluate(() => {
            const of = (color) => color.match(/\d+/g).slice(0, 3).map(Number).reduce((a, b) => a + b) / 3;
            const style = getComputedStyle(document.body);
            return { back: of(style.backgroundColor), text: of(style.color) };
        });
        await page.goto(t.url('chapter_01_context.html'));
        let seen = await brightness();
        t.assert.ok(seen.back < 60 && seen.text > 180, JSON.stringify(seen));
        await page.evaluate(() => document.querySelector('button.theme').click());
        seen = await brightness();
        t.assert.ok(seen.back > 220 && seen.text < 100, JSON.stringify(seen));
        await page.goto(t.url('index.html'));
        seen = await brightness();
        t.assert.ok(seen.back > 220, JSON.stringify(seen));
        await page.evaluate(() => localStorage.clear());
    }),

    'on a phone the tree opens by its button and closes by Escape': (t) => withPage(t, { width: 360, height: 740 }, async (page) => {
        await page.goto(t.url('chapter_01_context.html'));
        const shown = () => page.evaluate(() => getComputedStyle(document.getElementById('tree')).display !== 'none');
        t.assert.equal(await shown(), false);
        await page.evaluate(() => document.querySelector('a.menu').click());
        t.assert.equal(await shown(), true);
        await page.press('Escape');
        t.assert.equal(await shown(), false);
    }),

    'the tree shows where one is, with the sections of the page': (t) => withPage(t, {}, async (page) => {
        await page.goto(t.url('chapter_01_context.html'));
        const tree = await page.evaluate(() => ({
            here: document.querySelector('#tree [aria-current=page]').getAttribute('href'),
            open: document.querySelector('#tree [aria-current=page]').closest('details').open,
            sections: document.querySelectorAll('#tree .sections a').length,
        }));
        t.assert.deepEqual(tree, { here: 'chapter_01_context.html', open: true, sections: 12 });
    }),

    'Copy takes the commands of a shown run, and the lines of a listing without their numbers': (t) => withPage(t, {}, async (page) => {
        const copies = () => page.evaluate(async () => {
            const taken = [];
            navigator.clipboard.writeText = async (text) => { taken.push(text); };
            for (const button of document.querySelectorAll('button.copy')) button.click();
            await new Promise((r) => setTimeout(r, 50));
            return taken;
        });
        await page.goto(t.url('chapter_01_context.html'));
        t.assert.equal((await copies())[0], 'make run P=chapters/01-context/turns');
        await page.goto(t.url('walkthrough_01_context.html'));
        t.assert.match((await copies())[1], /^ {4}from->err = \*mp->errnop;\n {4}\*mp->errnop = to->err;/);
    }),

    'a hint is folded until it is asked for, and open on paper': (t) => withPage(t, {}, async (page) => {
        await page.goto(t.url('lab_01_context.html'));
        const folded = () => page.evaluate(() => {
            const hints = Array.from(document.querySelectorAll('details.hint'));
            return [hints.length > 15, hints.filter((d) => d.open).length];
        });
        t.assert.deepEqual(await folded(), [true, 0]);
        await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
        t.assert.ok((await folded())[1] > 15);
        await page.evaluate(() => dispatchEvent(new Event('afterprint')));
        t.assert.deepEqual(await folded(), [true, 0]);
    }),

    'without scripts a chapter can be read, and leads on': (t) => withPage(t, { scripts: false }, async (page) => {
        await page.goto(t.url('chapter_01_context.html'));
        const { root } = await page.send('DOM.getDocument');
        for (const selector of ['#tree a[href="lab_01_context.html"]', 'a[rel=next]', 'a.menu[href="contents.html"]', '#section_1_12']) {
            const { nodeId } = await page.send('DOM.querySelector', { nodeId: root.nodeId, selector });
            t.assert.notEqual(nodeId, 0, selector);
        }
    }),

    'axe finds nothing to object to, in light, in dark, and on a phone': async (t) => {
        if (!t.axe) return { skip: 'axe-core is not installed: npm and the network are needed once' };
        const reference = ['goroutine_8h.html', 'goroutine_8h_source.html', 'structgo__attr.html', 'g_8c.html', 'coro_8c_source.html'];
        const names = [...t.pages.filter(isText), ...reference.filter((name) => t.pages.includes(name))];
        const found = [];
        for (const options of [{}, { dark: true }, { width: 360, height: 740 }])
            await withPage(t, options, async (page) => {
                for (const name of names) {
                    await page.goto(t.url(name));
                    await page.run(t.axe);
                    const wrong = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }).then((r) =>
                        r.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(' | ')}`)));
                    found.push(...wrong.map((w) => `${name} ${JSON.stringify(options)} ${w}`));
                }
            });
        t.assert.deepEqual(found, []);
    },
};
