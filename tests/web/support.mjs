// What the tests of the page share: a browser, a visit to the page, what must hold of every visit.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, it } from 'node:test';
import { BUILD } from './folders.mjs';

const { chromium } = createRequire(`${BUILD}/web/node_modules/`)('playwright-core');
const SHOTS = `${BUILD}/web/shots`;
export const PAGE = `${BUILD}/web/verify.html`;
// Nothing is measured by it: it ends a test that hangs.
const PATIENCE = Number(process.env.PATIENCE || 60000);

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const SIZES = { phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }, desktop: { viewport: { width: 1280, height: 900 } } };
// As a phone is with letters twice as large.
SIZES.large = { ...SIZES.phone, viewport: { width: 180, height: 370 }, deviceScaleFactor: 4 };

// A fresh profile every time.
let browser = null;
const launched = () => browser ??= chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true, args: FLAGS });
after(async () => browser && (await browser).close());

/* Opens the page: from its file, without network; or from a url.  It is closed, and looked over, at the end of the test.
 *   size        'phone', 'desktop' or 'large'
 *   lang        of the browser
 *   file, url   where the page is; hash: what follows it
 *   expected    a pattern of messages on the console that belong to the test
 *   before      a function that runs in the page before its scripts */
async function opened({ size = 'desktop', lang = 'zh-CN', file = PAGE, url = null, hash = '', state = 'ready', expected = null, before = null, ...more }) {
    const context = await (await launched()).newContext({ ...SIZES[size], locale: lang, offline: url === null, serviceWorkers: 'block', ...more });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const visit = { context, page, requests: [], wrong: [], expected };
    const address = url ?? pathToFileURL(file).href;
    visit.address = address;
    const own = url === null ? address : new URL('.', address).href;
    context.on('request', request => {
        const to = request.url();
        visit.requests.push(to);
        if (!/^(data|blob):/.test(to) && !(url === null ? to.split('#')[0] === own : to.startsWith(own))) visit.wrong.push(`a request to ${to}`);
    });
    page.on('console', message => {
        if (['error', 'warning'].includes(message.type()) && !(visit.expected && visit.expected.test(message.text()))) visit.wrong.push(`on the console: ${message.text()}`);
    });
    page.on('pageerror', error => visit.wrong.push(`an error of the page: ${error}`));
    page.on('dialog', dialog => { visit.wrong.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
    await page.addInitScript(() => {
        window.ended = 0;
        new MutationObserver(() => { if (/done|failed/.test(document.documentElement.dataset.state)) window.ended++; })
            .observe(document, { subtree: true, attributes: true, attributeFilter: ['data-state'] });
    });
    if (before) await page.addInitScript(before);
    await page.goto(address + hash);
    if (state) await reach(page, state);
    return visit;
}

// A test with one visit.
export function on_page(name, options, run) {
    it(name, async () => {
        const visit = await opened(options);
        try {
            await run(visit.page, visit);
            await fits(visit.page);
        } finally {
            await visit.context.close();
        }
        assert.deepEqual(visit.wrong, []);
    });
}

/* ---- the page ---------------------------------------------------------------------------------------------------------------------- */

// Waits for a state of the page; several: 'done failed'.
export async function reach(page, states) {
    await page.waitForFunction(wanted => wanted.split(' ').includes(document.documentElement.dataset.state), states, { timeout: PATIENCE });
}

export const state = page => page.evaluate(() => document.documentElement.dataset.state);
export const answer = page => page.evaluate(() => document.documentElement.dataset.answer);
export const text = (page, selector) => page.locator(selector).innerText();

// Does what makes the page check, and waits for the answer.
export async function checked(page, act) {
    const before = await page.evaluate(() => window.ended);
    await act();
    await page.waitForFunction(n => window.ended > n && /done|failed/.test(document.documentElement.dataset.state), before, { timeout: PATIENCE });
}

// Gives files: paths, or {name, mimeType, buffer}.
export const choose = (page, files, id = 'choose') => checked(page, () => page.setInputFiles(`#${id}`, files));

// A file under another name, or made of what is given.
export const named = (name, data) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(data) });

export const compare = (page, typed) => checked(page, async () => {
    await page.fill('#fingerprint', typed);
    await page.click('#compare');
});

// The word in the attribute, and as it stands in the answer.
export async function answered(page, word) {
    await reach(page, 'done failed');
    assert.equal(await state(page), 'done');
    assert.equal(await answer(page), word);
    assert.equal(await page.locator('#answer code').first().innerText(), word);
}

export async function has(page, selector, ...texts) {
    const found = await text(page, selector);
    for (const wanted of texts)
        assert.ok(wanted instanceof RegExp ? wanted.test(found) : found.includes(wanted), `${selector} lacks “${wanted}”; it says:\n${found.slice(0, 1500)}`);
}

export async function lacks(page, selector, ...texts) {
    const found = await text(page, selector);
    for (const unwanted of texts)
        assert.ok(unwanted instanceof RegExp ? !unwanted.test(found) : !found.includes(unwanted), `${selector} has “${unwanted}”; it says:\n${found.slice(0, 1500)}`);
}

export const hidden = async (page, selector) => assert.equal(await page.locator(selector).isVisible(), false, `${selector} is shown`);
export const shown = async (page, selector) => assert.equal(await page.locator(selector).first().isVisible(), true, `${selector} is not shown`);

// Nothing is wider than the screen.  On a phone innerWidth grows with what is too wide: the width of the root element does not.
export async function fits(page) {
    const wide = await page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        return document.documentElement.scrollWidth > width ?
            [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1).map(e => `${e.parentElement.outerHTML.slice(0, 60)} … ${e.outerHTML.slice(0, 80)}`).slice(0, 5) : [];
    });
    assert.deepEqual(wide, [], 'wider than the screen');
}

export async function shot(page, name, options = {}) {
    fs.mkdirSync(SHOTS, { recursive: true });
    await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true, scale: 'css', animations: 'disabled', ...options });
}

/* ---- a server ---------------------------------------------------------------------------------------------------------------------- */

const TYPES = { '.html': 'text/html; charset=utf-8', '.log': 'text/plain; charset=utf-8', '.note': 'text/plain; charset=utf-8', '.vkey': 'text/plain' };

/* Files by their paths: {'/draw/verify.html': 'build/web/verify.html'}; a function answers itself.  Gives {origin, seen, close}; seen: what was asked, with
 * all its headers. */
export async function serve(files) {
    const seen = [];
    const server = http.createServer((request, response) => {
        seen.push({ url: request.url, method: request.method, headers: request.headers });
        const found = files[request.url];
        if (typeof found === 'function') return found(request, response);
        if (!found) {
            response.writeHead(404, { 'Content-Type': 'text/html' });
            return response.end('<!DOCTYPE html><p>404');
        }
        response.writeHead(200, { 'Content-Type': TYPES[path.extname(request.url)] || 'application/octet-stream' });
        fs.createReadStream(found).pipe(response);
    });
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
    const close = () => { server.closeAllConnections(); server.close(); };
    after(close);
    return { origin: `http://127.0.0.1:${server.address().port}`, seen, close };
}
