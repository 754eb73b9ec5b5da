// browser.js - a headless Chromium, spoken to over a pipe
//
// Chromium reads commands of its DevTools protocol from file descriptor 3 and
// answers on 4, each a JSON text that ends with a zero byte. So no driver has
// to be installed.
'use strict';

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

class Browser {
    static async launch(program) {
        const browser = new Browser();
        browser.profile = fs.mkdtempSync(path.join(os.tmpdir(), 'browser-'));
        browser.process = spawn(program, [
            '--headless=new', '--remote-debugging-pipe', '--no-first-run', '--disable-gpu',
            '--disable-background-networking', '--disable-component-update', '--disable-sync',
            '--disable-dev-shm-usage', '--no-sandbox', '--hide-scrollbars',
            `--user-data-dir=${browser.profile}`, 'about:blank',
        ], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
        browser.waiting = new Map();
        browser.sessions = new Map();
        browser.last = 0;
        let rest = Buffer.alloc(0);
        browser.process.stdio[4].on('data', (data) => {
            rest = Buffer.concat([rest, data]);
            for (let end; (end = rest.indexOf(0)) >= 0; rest = rest.subarray(end + 1))
                browser.receive(JSON.parse(rest.subarray(0, end).toString()));
        });
        browser.process.on('exit', (code) => {
            for (const each of browser.waiting.values()) each.reject(new Error(`Chromium ended with ${code}`));
        });
        await browser.send('Browser.getVersion');
        return browser;
    }

    send(method, params = {}, sessionId = undefined) {
        const id = ++this.last;
        this.process.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + '\0');
        return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject, method }));
    }

    receive(message) {
        if (message.id) {
            const { resolve, reject, method } = this.waiting.get(message.id);
            this.waiting.delete(message.id);
            if (message.error) reject(new Error(`${method}: ${message.error.message}`));
            else resolve(message.result);
        } else if (message.sessionId) {
            this.sessions.get(message.sessionId)?.event(message.method, message.params);
        }
    }

    // page({width, height, dark, reducedMotion, scripts}): a tab of its own.
    async page({ width = 1280, height = 900, dark = false, reducedMotion = false, scripts = true } = {}) {
        const { targetId } = await this.send('Target.createTarget', { url: 'about:blank' });
        const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
        const page = new Page(this, targetId, sessionId);
        this.sessions.set(sessionId, page);
        for (const domain of ['Page', 'Runtime', 'Network', 'Log']) await page.send(`${domain}.enable`);
        await page.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
        await page.send('Emulation.setEmulatedMedia', {
            features: [
                { name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' },
                { name: 'prefers-reduced-motion', value: reducedMotion ? 'reduce' : 'no-preference' },
            ],
        });
        if (!scripts) await page.send('Emulation.setScriptExecutionDisabled', { value: true });
        return page;
    }

    async close() {
        const ended = new Promise((resolve) => this.process.on('exit', resolve));
        this.send('Browser.close').catch(() => {});
        await Promise.race([ended, new Promise((r) => setTimeout(r, 3000).unref())]);
        this.process.kill('SIGKILL');
        fs.rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
    }
}

// What a key is called, by what it types or does.
const KEYS = {
    ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40, Home: 36, End: 35,
    Enter: 13, Escape: 27, Tab: 9, ' ': 32, '/': 191,
};

class Page {
    constructor(browser, targetId, sessionId) {
        Object.assign(this, { browser, targetId, sessionId, troubles: [], asked: [], loaded: [] });
    }

    send(method, params) { return this.browser.send(method, params, this.sessionId); }

    // Everything that a reader would find in the console, and every request.
    event(method, params) {
        if (method === 'Runtime.exceptionThrown')
            this.troubles.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
        else if (method === 'Log.entryAdded' && params.entry.level === 'error')
            this.troubles.push(`${params.entry.text} ${params.entry.url ?? ''}`);
        else if (method === 'Runtime.consoleAPICalled' && params.type === 'error')
            this.troubles.push(params.args.map((a) => a.value).join(' '));
        else if (method === 'Network.requestWillBeSent')
            this.asked.push(params.request.url);
        else if (method === 'Page.loadEventFired')
            this.loaded.splice(0).forEach((resolve) => resolve());
    }

    nextLoad() { return new Promise((resolve) => this.loaded.push(resolve)); }

    async goto(url) {
        const loaded = this.nextLoad();
        const { errorText } = await this.send('Page.navigate', { url });
        if (errorText) throw new Error(`${url}: ${errorText}`);
        await loaded;
    }

    // Run a function in the page, and bring back what it returns.
    async evaluate(fn, ...args) {
        const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
            expression: `(${fn})(...${JSON.stringify(args)})`, awaitPromise: true, returnByValue: true,
        });
        if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        return result.value;
    }

    async run(source) { await this.send('Runtime.evaluate', { expression: source }); }

    // Press one key, as a reader does.
    async press(key) {
        const event = { key, windowsVirtualKeyCode: KEYS[key] ?? key.toUpperCase().charCodeAt(0) };
        const text = key === 'Enter' ? '\r' : key.length === 1 ? key : undefined;
        await this.send('Input.dispatchKeyEvent', { type: text ? 'keyDown' : 'rawKeyDown', ...event, text });
        await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
    }

    async type(text) { for (const key of text) await this.press(key); }

    // Wait for what follows from a key or a click, ten seconds at most.
    async until(fn, ...args) {
        for (const end = Date.now() + 10000; Date.now() < end; await new Promise((r) => setTimeout(r, 20))) {
            const value = await this.evaluate(fn, ...args).catch(() => undefined);
            if (value) return value;
        }
        throw new Error(`it never came to this: ${fn}`);
    }

    async screenshot(file) {
        const { data } = await this.send('Page.captureScreenshot', { format: 'png' });
        fs.writeFileSync(file, Buffer.from(data, 'base64'));
    }

    async close() {
        this.browser.sessions.delete(this.sessionId);
        await this.browser.send('Target.closeTarget', { targetId: this.targetId });
    }
}

module.exports = { Browser };
