// run.js - the browser tests: every function that a *.test.js exports, as TAP
//
//   node run.js HTML-FOLDER CHROMIUM [WORDS]     (WORDS: only tests that have them)
//
// A test is called with { browser, url, pages, axe, assert }. Its name is a
// sentence about what a reader finds. It returns { skip: reason } if it cannot
// be run here.
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { Browser } = require('./browser.js');

const LIMIT = 300;          // seconds for one test

async function limited(promise) {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`not done after ${LIMIT} s`)), LIMIT * 1000);
    });
    try { return await Promise.race([promise, late]); } finally { clearTimeout(timer); }
}

async function main([folder, chromium, words = '']) {
    const tests = fs.readdirSync(__dirname).filter((name) => name.endsWith('.test.js')).sort()
        .flatMap((name) => Object.entries(require(path.join(__dirname, name))))
        .filter(([name]) => name.includes(words));
    const axeFile = path.join(process.env.AXE ?? '', 'axe.min.js');
    const context = {
        assert,
        browser: await Browser.launch(chromium),
        url: (page) => pathToFileURL(path.join(folder, page)).href,
        pages: fs.readdirSync(folder).filter((name) => name.endsWith('.html')).sort(),
        axe: process.env.AXE && fs.existsSync(axeFile) ? fs.readFileSync(axeFile, 'utf8') : null,
    };
    let failed = 0;
    console.log(`1..${tests.length}`);
    for (const [n, [name, test]] of tests.entries()) {
        try {
            const said = await limited(test(context));
            console.log(`ok ${n + 1} ${name}${said?.skip ? ` # skip ${said.skip}` : ''}`);
        } catch (error) {
            failed++;
            console.log(`not ok ${n + 1} ${name}`);
            console.log(String(error.stack ?? error).replace(/^/gm, '# '));
        }
    }
    await context.browser.close();
    return tests.length && !failed ? 0 : 1;
}

main(process.argv.slice(2)).then((status) => process.exit(status), (error) => {
    console.error(error);
    process.exit(2);
});
