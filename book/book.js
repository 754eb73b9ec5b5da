// book.js - what a page does: theme, tree, keys, copying, search.
//
// Every page reads and leads on without it. It asks nothing of the network, and
// works from a folder (file://).
'use strict';

// ---- Dark or light ---------------------------------------------------------
// The system's choice, until the reader makes one. Set before anything is drawn.

const kept = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* then it is not kept */ } },
};
const system = matchMedia('(prefers-color-scheme: dark)');

function isDark() {
    const chosen = kept.get('theme');
    return chosen ? chosen === 'dark' : system.matches;
}

function applyTheme() {
    document.documentElement.classList.toggle('dark-mode', isDark());
    document.documentElement.classList.toggle('light-mode', !isDark());
}

applyTheme();
system.addEventListener('change', applyTheme);

// ---- Small helpers ---------------------------------------------------------

function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
}

const all = (selector) => Array.from(document.querySelectorAll(selector));

// ---- The bar: tree on a phone, search, theme -------------------------------

function themeButton() {
    const button = element('button', { type: 'button', className: 'theme' });
    const name = () => {
        button.textContent = isDark() ? 'Light' : 'Dark';
        button.title = 'Change to ' + (isDark() ? 'light' : 'dark');
    };
    button.addEventListener('click', () => {
        kept.set('theme', isDark() ? 'light' : 'dark');
        applyTheme();
        name();
    });
    system.addEventListener('change', name);
    name();
    return button;
}

function setUpBar() {
    const bar = document.querySelector('header.bar');
    const menu = bar.querySelector('a.menu');
    const tree = document.getElementById('tree');
    const find = element('button', { type: 'button', className: 'find' }, 'Search ', element('kbd', {}, '/'));

    // Without this the link leads to the page of contents.
    menu.setAttribute('role', 'button');
    menu.setAttribute('aria-controls', 'tree');
    menu.setAttribute('aria-expanded', 'false');
    menu.addEventListener('click', (event) => {
        event.preventDefault();
        const open = document.body.classList.toggle('tree-open');
        menu.setAttribute('aria-expanded', String(open));
        if (open) tree.querySelector('a').focus();
    });
    find.addEventListener('click', openSearch);
    bar.append(find, themeButton());
    const here = tree.querySelector('[aria-current]');
    if (here) {
        listSections(here);
        here.scrollIntoView({ block: 'nearest' });
    }
}

// Below the page's own line in the tree: its sections.
function listSections(here) {
    const sections = all('#content h2').filter((h) => h.id || h.querySelector('a.anchor'));
    if (sections.length < 2 || document.querySelector('.memitem')) return;
    const list = element('ul', { className: 'sections' });
    for (const h of sections) {
        const place = h.id || h.querySelector('a.anchor').id;
        list.append(element('li', {}, element('a', { href: '#' + place }, h.textContent.trim())));
    }
    here.parentElement.append(list);
}

// ---- Keys ------------------------------------------------------------------

function scrollsSideways(target) {
    for (let e = target; e && e !== document.body; e = e.parentElement)
        if (e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX)) return true;
    return false;
}

function setUpKeys() {
    document.addEventListener('keydown', (event) => {
        if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
        const target = event.target;
        if (target.closest('input, textarea, select, dialog[open], [data-keys]')) return;
        if (event.key === '/') {
            event.preventDefault();
            openSearch();
        } else if (event.key === 'Escape' && document.body.classList.contains('tree-open')) {
            document.querySelector('a.menu').click();
            document.querySelector('a.menu').focus();
        } else if ((event.key === 'ArrowLeft' || event.key === 'ArrowRight') && !scrollsSideways(target)) {
            const link = document.querySelector(event.key === 'ArrowLeft' ? 'a[rel=prev]' : 'a[rel=next]');
            if (link) location.href = link.href;
        }
    });
}

// ---- Listings and commands -------------------------------------------------

// What one would type: of a shown run the commands, of a listing the code.
function copied(block) {
    const lines = block.classList.contains('fragment') && block.tagName === 'PRE'
        ? block.textContent.split('\n')
        : Array.from(block.querySelectorAll('.line'), (line) => {
            const copy = line.cloneNode(true);
            copy.querySelectorAll('.lineno').forEach((n) => n.remove());
            return copy.textContent.replace(/\u00a0/g, ' ');
        });
    const commands = lines.filter((line) => line.startsWith('$ '));
    return commands.length ? commands.map((line) => line.slice(2)).join('\n') : lines.join('\n').trimEnd();
}

async function copyText(text) {
    try {
        await navigator.clipboard.writeText(text);
    } catch {
        // A page from a folder may not use it in every browser.
        const area = element('textarea', { value: text });
        document.body.append(area);
        area.select();
        document.execCommand('copy');
        area.remove();
    }
}

function setUpListings() {
    // The source of a whole file is for reading: a button there would be lost.
    for (const block of all('.textblock pre.fragment, .textblock div.fragment, .memdoc div.fragment')) {
        const button = element('button', { type: 'button', className: 'copy' }, 'Copy');
        button.addEventListener('click', async () => {
            await copyText(copied(block));
            button.textContent = 'Copied';
            setTimeout(() => { button.textContent = 'Copy'; }, 1500);
        });
        const frame = element('div', { className: 'copyable' });
        block.replaceWith(frame);
        frame.append(block, button);
    }
}

// What scrolls sideways can be reached, and so scrolled, by the keyboard.
function setUpScrolling() {
    for (const block of all('.fragment, .wide, figure, .memproto')) {
        const wide = block.scrollWidth > block.clientWidth + 1;
        if (wide) block.tabIndex = 0;
        else block.removeAttribute('tabindex');
    }
}

// ---- Search ----------------------------------------------------------------

let index = null;
let dialog = null;

// The index calls this. It is a script, because a page from a folder may not
// fetch anything else.
window.bookIndex = (loaded) => {
    index = loaded.rows.map(([page, place, heading, text]) => ({
        href: loaded.pages[page][0] + (place ? '#' + place : ''),
        page: loaded.pages[page][1], heading, text,
        lowPage: loaded.pages[page][1].toLowerCase(),
        lowHeading: heading.toLowerCase(), lowText: text.toLowerCase(),
        reference: /_8[ch]\.html$/.test(loaded.pages[page][0]),
    }));
    if (dialog) showFound();
};

const isWordPart = (c) => c !== undefined && /[a-z0-9_]/.test(c);

// How well a text holds a word: as a whole one, as a beginning, or somewhere.
function fits(text, word) {
    let best = 0;
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        const begins = !isWordPart(text[at - 1]);
        const ends = !isWordPart(text[at + word.length]);
        best = Math.max(best, begins && ends ? 4 : begins ? 2 : 1);
        if (best === 4) break;
    }
    return best;
}

// Titles first: a word in a heading outweighs any number in the text.
function search(query) {
    const whole = query.toLowerCase().trim();
    const words = whole.split(/\s+/).filter(Boolean);
    if (!words.length || !index) return [];
    const found = [];
    for (const row of index) {
        let score = 0;
        for (const word of words) {
            const heading = fits(row.lowHeading, word);
            const page = fits(row.lowPage, word);
            const text = fits(row.lowText, word);
            if (!heading && !page && !text) { score = 0; break; }
            score += 20 * heading + 4 * page + text;
        }
        if (!score) continue;
        if (row.lowHeading.includes(whole)) score += 30;
        if (words.length > 1 && row.lowText.includes(whole)) score += 10;
        if (row.lowHeading === whole || row.lowHeading === whole + '()') score += 60;
        if (row.reference) score -= 15;
        found.push({ row, score, words });
    }
    return found.sort((a, b) => b.score - a.score).slice(0, 30);
}

// The sentence around the first word that is found, with the words marked.
function snippet({ row, words }) {
    const at = Math.min(...words.map((w) => row.lowText.indexOf(w)).filter((n) => n >= 0), Infinity);
    const from = at === Infinity ? 0 : Math.max(0, row.text.lastIndexOf(' ', Math.max(0, at - 60)) + 1);
    const text = (from ? '… ' : '') + row.text.slice(from, from + 180) + (from + 180 < row.text.length ? ' …' : '');
    return marked(text, words);
}

function marked(text, words) {
    const low = text.toLowerCase();
    const pieces = [];
    let at = 0;
    while (at < text.length) {
        let next = -1, length = 0;
        for (const word of words) {
            const n = low.indexOf(word, at);
            if (n >= 0 && (next < 0 || n < next)) { next = n; length = word.length; }
        }
        if (next < 0) break;
        pieces.push(text.slice(at, next), element('mark', {}, text.slice(next, next + length)));
        at = next + length;
    }
    return [...pieces, text.slice(at)];
}

function showFound() {
    const query = dialog.querySelector('input').value;
    const list = dialog.querySelector('ol');
    const said = dialog.querySelector('[role=status]');
    const found = search(query);
    list.replaceChildren(...found.map((each) => element('li', {},
        element('a', { href: each.row.href },
            element('strong', {}, ...marked(each.row.heading, each.words)),
            element('small', {}, each.row.page === each.row.heading ? '' : each.row.page)),
        element('p', {}, ...snippet(each)))));
    said.textContent = !query.trim() ? 'Type a word or two. Titles come first.'
        : !index ? 'Loading.'
            : found.length === 0 ? 'Nothing is found for these words together.'
                : found.length + (found.length === 30 ? ' or more places' : found.length === 1 ? ' place' : ' places');
}

function keysInSearch(event) {
    if (event.key === 'Escape') {
        // At once, though the field would first empty itself.
        event.preventDefault();
        dialog.close();
        return;
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const stops = [dialog.querySelector('input'), ...dialog.querySelectorAll('ol a')];
    const next = stops.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
    event.preventDefault();
    stops[Math.max(0, Math.min(stops.length - 1, next))].focus();
}

function openSearch() {
    if (!dialog) {
        const input = element('input', { type: 'search', autocomplete: 'off', spellcheck: false });
        input.setAttribute('aria-label', 'Search the book');
        const close = element('button', { type: 'button' }, 'Close');
        const said = element('p', {});
        said.setAttribute('role', 'status');
        const list = element('ol', {});
        dialog = element('dialog', { id: 'search' }, element('div', { className: 'ask' }, input, close), said, list);
        dialog.setAttribute('aria-label', 'Search');
        input.addEventListener('input', showFound);
        input.addEventListener('keydown', (event) => {
            if (event.key === 'Enter') dialog.querySelector('ol a')?.click();
        });
        close.addEventListener('click', () => dialog.close());
        dialog.addEventListener('keydown', keysInSearch);
        dialog.addEventListener('click', (event) => {
            // Beside it, or a place on this very page: it is in the way.
            if (event.target === dialog || event.target.closest('a')) dialog.close();
        });
        document.body.append(dialog);
        document.head.append(element('script', { src: 'search-index.js' }));
    }
    dialog.showModal();
    dialog.querySelector('input').select();
    showFound();
}

// ---- On paper everything is open -------------------------------------------

function setUpPrinting() {
    let opened = [];
    addEventListener('beforeprint', () => {
        opened = all('details:not([open])');
        opened.forEach((d) => { d.open = true; });
    });
    addEventListener('afterprint', () => opened.forEach((d) => { d.open = false; }));
}

document.addEventListener('DOMContentLoaded', () => {
    setUpBar();
    setUpKeys();
    setUpListings();
    setUpScrolling();
    addEventListener('resize', setUpScrolling);
    setUpPrinting();
});
