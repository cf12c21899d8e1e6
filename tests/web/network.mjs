// What leaves the browser: nothing, but requests to the page's own folder when it was served from one; and none of a slip's link.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { describe } from 'node:test';
import { drawn, example, fingerprint, slip } from './folders.mjs';
import { PAGE, answered, choose, has, lacks, on_page, reach, serve, shown, state } from './support.mjs';

const LIVE = 'vectors/draws/live/draw.log';
const FOLDER = '/class/2026/';
example('school', 'school');
const school = drawn('school');
const child = school.people[7];
const served = await serve({
    [`${FOLDER}verify.html`]: PAGE, [`${FOLDER}draw.log`]: school.log, '/class/secret': LIVE,
    '/alone/verify.html': PAGE,
    '/slow/verify.html': PAGE, '/slow/draw.log': (request, response) => { response.writeHead(200); response.write(fs.readFileSync(LIVE).subarray(0, 100)); },
    '/broken/verify.html': PAGE, '/broken/draw.log': (request, response) => { response.writeHead(200, { 'Content-Length': 100000 }); response.write('sunlot'); setTimeout(() => response.destroy(), 50); },
    '/away/verify.html': PAGE, '/away/draw.log': (request, response) => { response.writeHead(302, { Location: '/class/2026/draw.log' }); response.end(); },
    '/missing/verify.html': PAGE, '/missing/draw.log': (request, response) => { response.writeHead(500); response.end('no'); },
    '/public/verify.html': PAGE, '/public/draw.log': 'vectors/draws/auditors/public.log',
});
const other = await serve({ '/draw.log': LIVE });

// What the page's own scripts could fetch: tried from inside.
const fetched = (page, url) => page.evaluate(async url => {
    try { await fetch(url, { mode: 'no-cors' }); return true; } catch (error) { return false; }
}, url);

const REFUSED = /Content Security Policy|ERR_INTERNET_DISCONNECTED/;

describe('nothing leaves', { concurrency: 3 }, () => {
    on_page('from a file: no request at all', {}, async (page, visit) => {
        await choose(page, LIVE);
        await answered(page, 'unpinned');
        visit.expected = REFUSED;
        assert.deepEqual(visit.requests.filter(url => !/^(blob|data):/.test(url)), [visit.address]);
        for (const url of [`${other.origin}/draw.log`, `${served.origin}${FOLDER}draw.log`]) assert.equal(await fetched(page, url), false, url);
        assert.equal(other.seen.length, 0);
    });

    on_page('from a server: its own folder alone', { url: `${served.origin}${FOLDER}verify.html`, state: 'done' }, async (page, visit) => {
        await answered(page, 'unpinned');
        visit.expected = REFUSED;
        await has(page, '#digits', school.fingerprint.slice(0, 4));
        assert.equal(await fetched(page, `${served.origin}${FOLDER}draw.log`), true);
        const seen = served.seen.length;
        for (const url of [`${served.origin}/class/secret`, `${served.origin}/`, `${served.origin}/class/2026`, `${other.origin}/draw.log`, `${other.origin}${FOLDER}draw.log`]) assert.equal(await fetched(page, url), false, url);
        // Nor by any other way out.
        const ways = await page.evaluate(async elsewhere => {
            const tried = {};
            const loads = node => new Promise(resolve => { node.onload = () => resolve(true); node.onerror = () => resolve(false); document.body.append(node); setTimeout(() => resolve(false), 500); });
            tried.beacon = navigator.sendBeacon(elsewhere + '/beacon', 'x') && false;
            tried.image = await loads(Object.assign(new Image(), { src: elsewhere + '/image' }));
            tried.script = await loads(Object.assign(document.createElement('script'), { src: elsewhere + '/script' }));
            tried.style = await loads(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: elsewhere + '/style' }));
            tried.frame = await loads(Object.assign(document.createElement('iframe'), { src: elsewhere + '/frame' })) && false;
            tried.form = (() => { const form = Object.assign(document.createElement('form'), { action: elsewhere + '/form', method: 'post' }); document.body.append(form); form.submit(); return false; })();
            tried.socket = await new Promise(resolve => { try { const s = new WebSocket(elsewhere.replace('http', 'ws') + '/socket'); s.onopen = () => resolve(true); s.onerror = () => resolve(false); } catch (error) { resolve(false); } });
            tried.eval = (() => { try { return new Function('return true')(); } catch (error) { return false; } })();
            tried.inline = (() => { const script = document.createElement('script'); script.textContent = 'window.ran = true'; document.body.append(script); return Boolean(window.ran); })();
            return tried;
        }, other.origin);
        assert.deepEqual(Object.values(ways).filter(Boolean), [], JSON.stringify(ways));
        assert.equal(served.seen.slice(seen).filter(r => !r.url.startsWith(FOLDER)).length, 0);
        assert.equal(other.seen.length, 0);
        visit.wrong = visit.wrong.filter(text => !text.includes(other.origin)); // tried above, and refused
    });

    on_page('a slip: nothing of it', { url: `${served.origin}${FOLDER}verify.html`, hash: '#' + slip(school, child).split('#')[1], state: 'done' }, async page => {
        await answered(page, 'valid');
        assert.equal(await page.evaluate(() => location.href), `${served.origin}${FOLDER}verify.html`);
        await page.fill('#child-id', child.id);
        await page.fill('#child-name', child.name);
        await page.click('#open-button');
        await page.locator('#opens .mark').waitFor();
        const all = JSON.stringify(served.seen).toLowerCase();
        for (const secret of [child.pseudonym.slice(1), child.salt.slice(1), school.fingerprint, child.id.toLowerCase(), encodeURIComponent(child.name).toLowerCase(), '#'])
            assert.equal(all.includes(secret), false, secret);
        assert.deepEqual(served.seen.filter(r => r.headers.referer || r.headers.cookie || r.method !== 'GET'), []);
    });

    on_page('nothing is kept', {}, async (page, { context }) => {
        await choose(page, LIVE);
        const kept = await page.evaluate(async () => {
            const count = {};
            try { count.local = localStorage.length; count.session = sessionStorage.length; } catch (error) { /* not at a file */ }
            try { count.bases = (await indexedDB.databases()).length; } catch (error) { /* not at a file */ }
            return { ...count, cookie: document.cookie.length };
        });
        assert.equal(Object.values(kept).some(Boolean), false, JSON.stringify(kept));
        assert.deepEqual(await context.cookies(), []);
    });
});

describe('beside the page', { concurrency: 3 }, () => {
    on_page('no log there', { url: `${served.origin}/alone/verify.html`, expected: /404/ }, async page => {
        await shown(page, '#choose-label');
        await choose(page, LIVE);
        await answered(page, 'unpinned');
        await choose(page, school.log);
        await answered(page, 'unpinned');
    });

    for (const name of ['broken', 'away', 'missing'])
        on_page(`a log that cannot be fetched: ${name}`, { url: `${served.origin}/${name}/verify.html`, expected: /ERR_|500|redirect|Failed to load/i, state: 'ready failed' }, async (page, visit) => {
            visit.wrong = visit.wrong.filter(text => !text.includes('a request to'));
            await choose(page, LIVE);
            await answered(page, 'unpinned');
        });

    on_page('a log that never ends is cancelled', { url: `${served.origin}/slow/verify.html`, state: 'checking', lang: 'en' }, async page => {
        await page.click('#cancel');
        await reach(page, 'ready');
        await choose(page, LIVE);
        await answered(page, 'unpinned');
    });

    on_page('the public edition', { url: `${served.origin}/public/verify.html`, state: 'done', expected: /404/, lang: 'en' }, async page => {
        await has(page, '#answer', /signed by/);
        await lacks(page, '#answer', /to the byte/);
    });
});
