// public/ behind nginx, with tools/web/nginx.conf as it is but for port and folder: headers and types, what is not given out, requests in part and on
// condition, thousands at once, and the pages in a browser.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { after, before, describe, it } from 'node:test';
import zlib from 'node:zlib';
import { at, drawn, example, sunlot, slip, write } from './folders.mjs';
import { answered, has, lacks, on_page, reach, serve, shot } from './support.mjs';

const REQUESTS = 5000, CONNECTIONS = 50;
const sha256 = bytes => crypto.createHash('sha256').update(bytes).digest('hex');

// A child like any other, and one whose name is found wherever it comes out.
example('school', 'school');
const NAME = 'Zzyx Muster';
fs.writeFileSync(at('school/students.csv'), fs.readFileSync(at('school/students.csv'), 'utf8').replace(/^K000001,[^,]*/m, `K000001,${NAME}`));
const school = drawn('school');
sunlot('publish', 'school');
const folder = at('school/public');
const sums = new Map(fs.readFileSync(`${folder}/SHA256SUMS`, 'utf8').trim().split('\n').map(line => [line.slice(66), line.slice(0, 64)]));

/* ---- the server ---------------------------------------------------------------------------------------------------------------------- */

// It runs as it is installed: who serves cannot read what is private.
fs.chmodSync(at(), 0o711);
const nginx = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/sbin/nginx'].find(file => fs.existsSync(file)) || 'nginx';

// A port that nobody has.
const free = () => new Promise(resolve => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address();
        server.close(() => resolve(port));
    });
});

function configure(port) {
    let sample = fs.readFileSync('tools/web/nginx.conf', 'utf8');
    for (const [line, mine] of [['    listen 80;\n', `    listen 127.0.0.1:${port};\n`], ['    root /srv/sunlot/public;\n', `    root ${folder};\n`]]) {
        assert.equal(sample.split(line).length, 2, line);
        sample = sample.replace(line, mine);
    }
    write('nginx/sample.conf', sample);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `    ${name}_temp_path ${at('nginx', name)};\n`).join('');
    return write('nginx/nginx.conf', `daemon off;\npid ${at('nginx/pid')};\nerror_log ${at('nginx/error.log')};\nevents {}\nhttp {\n    access_log ${at('nginx/access.log')};\n${temporary}` +
        `    include ${at('nginx/sample.conf')};\n}\n`);
}

const answers = port => new Promise(resolve => {
    const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
    socket.on('error', () => resolve(false));
});

const port = await free();
const origin = `http://127.0.0.1:${port}`;
const server = spawn(nginx, ['-p', at('nginx'), '-e', 'stderr', '-c', configure(port)], { stdio: 'inherit' });
const ended = new Promise(resolve => server.on('exit', resolve));
process.on('exit', () => server.kill('SIGTERM'));
after(async () => {
    server.kill('SIGTERM');
    await ended;
    const said = fs.readFileSync(at('nginx/error.log'), 'utf8').split('\n').filter(line => /\[(crit|alert|emerg)\]/.test(line) && !/symbolic link|Too many levels/.test(line));
    assert.deepEqual(said, []);
});
before(async () => {
    while (!await answers(port)) {
        assert.equal(server.exitCode, null, 'nginx has ended');
        await new Promise(resolve => setTimeout(resolve, 20));
    }
});

// The path is sent as it stands here.
function ask(path, { method = 'GET', headers = {}, agent } = {}) {
    return new Promise((resolve, reject) => {
        const request = http.request({ host: '127.0.0.1', port, path, method, headers, agent }, response => {
            const parts = [];
            response.on('data', part => parts.push(part)).on('error', reject)
                .on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
        });
        request.on('error', reject).end();
    });
}

/* ---- what it gives and how -------------------------------------------------------------------------------------------------------------- */

const HEADERS = {
    'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY', 'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin', 'cache-control': 'no-cache', server: 'nginx',
};

function strict(path, headers) {
    for (const [name, value] of Object.entries(HEADERS)) assert.equal(headers[name], value, `${path}: ${name}`);
    assert.match(headers['permissions-policy'], /camera=\(\).*geolocation=\(\)/);
    const policy = headers['content-security-policy'];
    for (const part of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"]) assert.ok(policy.includes(part), `${path}: ${policy}`);
    assert.equal(/script-src|connect-src/.test(policy), path === '/verify.html', `${path}: ${policy}`);
    assert.ok(!/https?:|\*|unsafe-eval'(?<!wasm-unsafe-eval')/.test(policy), `${path}: ${policy}`);
}

describe('what nginx gives', () => {
    it('every file, by its type', async () => {
        assert.ok(sums.size > 15);
        for (const name of [...sums.keys(), 'SHA256SUMS', '']) {
            const { status, headers, body } = await ask(`/${name}`);
            assert.equal(status, 200, name);
            strict(`/${name}`, headers);
            const kind = name === '' || name.endsWith('.html') ? 'html' : name.endsWith('.csv') ? 'csv' : 'plain';
            assert.equal(headers['content-type'], `text/${kind}; charset=utf-8`, name);
            if (sums.has(name)) assert.equal(sha256(body), sums.get(name), name);
        }
        assert.deepEqual((await ask('/')).body, fs.readFileSync(`${folder}/index.html`));
        assert.equal((await ask('/favicon.ico')).status, 204);
    });

    it('nothing else', async () => {
        write('school/public/names.csv', NAME);
        write('school/public/.draw.log.tmp', NAME);
        write('school/public/minisig/names.txt', NAME);
        fs.renameSync(`${folder}/odds.csv`, at('odds.csv'));
        fs.symlinkSync('../private/people.csv', `${folder}/odds.csv`);
        for (const path of ['/names.csv', '/.draw.log.tmp', '/minisig/names.txt', '/odds.csv', '/minisig', '/minisig/', '/minisig/draw.x.log.minisig', '/private/people.csv', '/../private/people.csv',
            '/%2e%2e/private/people.csv', '/minisig/..%2f../../private/people.csv', '//private/people.csv', '/DRAW.LOG', '/draw.log/', '/draw.log~', '/draw.log%00', '/verify.html/x', '/.git/config', '/x.note']) {
            const { status, headers, body } = await ask(path);
            assert.ok([400, 403, 404].includes(status), `${path}: ${status}`);
            assert.ok(!body.includes(NAME) && !body.includes('K000001'), path);
            if (status === 404) strict(path, headers);
        }
        for (const file of ['names.csv', '.draw.log.tmp', 'minisig/names.txt', 'odds.csv']) fs.rmSync(`${folder}/${file}`);
        fs.renameSync(at('odds.csv'), `${folder}/odds.csv`);
    });

    it('to no other method', async () => {
        for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']) {
            const { status, headers } = await ask('/draw.log', { method });
            assert.equal(status, 405, method);
            if (method !== 'TRACE') assert.equal(headers.allow, 'GET, HEAD', method);
        }
        assert.equal((await ask('/draw.log')).headers.allow, undefined);
    });

    it('in part, on condition, packed', async () => {
        const log = fs.readFileSync(school.log);
        const { etag, 'last-modified': modified } = (await ask('/draw.log')).headers;
        const head = await ask('/draw.log', { method: 'HEAD' });
        assert.deepEqual([head.status, +head.headers['content-length'], head.body.length], [200, log.length, 0]);
        for (const headers of [{ 'If-None-Match': etag }, { 'If-Modified-Since': modified }]) {
            const kept = await ask('/draw.log', { headers });
            assert.deepEqual([kept.status, kept.body.length], [304, 0]);
            strict('/draw.log', kept.headers);
        }
        assert.equal((await ask('/draw.log', { headers: { 'If-None-Match': '"another"' } })).status, 200);
        const part = await ask('/draw.log', { headers: { Range: 'bytes=100-299' } });
        assert.deepEqual([part.status, part.body], [206, log.subarray(100, 300)]);
        assert.deepEqual((await ask('/draw.log', { headers: { Range: 'bytes=-10', 'If-Range': etag } })).body, log.subarray(-10));
        assert.equal((await ask('/draw.log', { headers: { Range: `bytes=${log.length}-` } })).status, 416);
        const packed = await ask('/draw.log', { headers: { 'Accept-Encoding': 'gzip' } });
        assert.deepEqual([packed.headers['content-encoding'], packed.headers.vary], ['gzip', 'Accept-Encoding']);
        assert.ok(packed.body.length < 0.7 * log.length);
        assert.deepEqual(zlib.gunzipSync(packed.body), log);
        strict('/draw.log', packed.headers);
        // After the next step of the ceremony another answer.
        fs.appendFileSync(school.log, 'x\n');
        const grown = await ask('/draw.log', { headers: { 'If-None-Match': etag } });
        assert.deepEqual([grown.status, grown.body.length], [200, log.length + 2]);
        fs.writeFileSync(school.log, log);
    });

    it(`${REQUESTS} requests on ${CONNECTIONS} connections`, async t => {
        const paths = ['/verify.html', '/draw.log', '/draw.log', '/index.html', '/report.html', '/placement.csv', '/SHA256SUMS'];
        const expected = new Map(paths.map(path => [path, sha256(fs.readFileSync(folder + path))]));
        const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
        let next = 0, bytes = 0;
        const began = process.hrtime.bigint();
        await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
            while (next < REQUESTS) {
                const path = paths[next++ % paths.length];
                const { status, body } = await ask(path, { agent });
                assert.equal(status, 200);
                assert.equal(sha256(body), expected.get(path), path);
                bytes += body.length;
            }
        }));
        const seconds = Number(process.hrtime.bigint() - began) / 1e9;
        agent.destroy();
        t.diagnostic(`${REQUESTS} requests, ${(bytes / 1e6).toFixed(0)} MB, ${seconds.toFixed(1)} s, every answer the right bytes`);
    });

    it('sums that sha256sum finds right, of what was fetched', async () => {
        for (const name of [...sums.keys(), 'SHA256SUMS']) write(`fetched/${name}`, (await ask(`/${name}`)).body);
        execFileSync('sha256sum', ['--quiet', '--strict', '-c', 'SHA256SUMS'], { cwd: at('fetched') });
    });
});

/* ---- in the browser ----------------------------------------------------------------------------------------------------------------------- */

// A page of somebody else's around ours.
const around = `<!DOCTYPE html><title>around</title><iframe src="${origin}/verify.html"></iframe>`;
const framing = await serve({ '/': (request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(around), '/favicon.ico': (request, response) => response.writeHead(204).end() });

describe('the pages behind nginx', () => {
    for (const size of ['phone', 'desktop'])
        on_page(`the verify page takes the log that lies beside it, ${size}`, { size, url: `${origin}/verify.html`, state: null }, async (page, visit) => {
            await answered(page, 'unpinned');
            await has(page, '#digits', '3141', '419');
            assert.ok(visit.requests.includes(`${origin}/draw.log`));
        });

    const child = school.people[5];
    on_page('a slip’s link leads to valid, and nothing of it to the server', { lang: 'en', url: `${origin}/verify.html`, hash: `#${slip(school, child).split('#')[1]}`, state: null }, async page => {
        await answered(page, 'valid');
        await page.locator('#child .headline').waitFor();
        const asked = fs.readFileSync(at('nginx/access.log'), 'utf8').toLowerCase();
        assert.match(asked, /get \/verify\.html/);
        for (const secret of [child.salt, child.pseudonym, school.fingerprint]) assert.ok(!asked.includes(secret.replace(/^[sh]/, '')), secret);
    });

    for (const [size, lang] of [['phone', 'zh-CN'], ['desktop', 'en']])
        on_page(`index and report, ${size}`, { size, lang, url: `${origin}/`, state: null }, async page => {
            await has(page, '#fingerprint', school.fingerprint.slice(0, 4));
            await page.locator(`label[for=${lang === 'en' ? 'en' : 'zh'}]`).click();
            await has(page, 'main', lang === 'en' ? 'Checking it yourself' : '自己动手核验', '3141-5926');
            await lacks(page, 'main', lang === 'en' ? '自己动手核验' : 'Checking it yourself');
            await shot(page, `index-${size}`);
            const links = await page.locator('a[href]').evaluateAll(all => all.map(a => a.getAttribute('href')));
            for (const link of links) assert.equal((await ask(`/${link}`)).status, 200, link);
            assert.ok(links.length > 15);
            await page.locator('a[href="report.html"]').first().click();
            await page.waitForURL('**/report.html');
            await page.locator('h1:visible').waitFor();
            await page.goBack();
            await page.locator('a.go').click();
            await answered(page, 'unpinned');
        });

    on_page('the index runs no script, not even one that were smuggled in', { url: `${origin}/`, state: null, expected: /Content Security Policy/ }, async page => {
        assert.equal(await page.evaluate(() => {
            const script = document.createElement('script');
            script.textContent = 'document.documentElement.dataset.smuggled = 1';
            document.head.append(script);
            return document.documentElement.dataset.smuggled ?? null;
        }), null);
    });

    on_page('no other site has them in a frame', { url: `${framing.origin}/`, state: null, expected: /frame-ancestors|X-Frame-Options|Framing|refused/i }, async (page, visit) => {
        await page.waitForLoadState('networkidle');
        const frames = page.frames().filter(frame => frame !== page.mainFrame());
        for (const frame of frames) assert.ok(!/verify\.html/.test(frame.url()) || (await frame.locator('#main').count()) === 0);
        visit.wrong = visit.wrong.filter(wrong => !wrong.startsWith(`a request to ${origin}/verify.html`));
    });
});
