// What people give the page: no log at all, files too large, several, dropped ones, and values written to do harm.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import zlib from 'node:zlib';
import { describe } from 'node:test';
import { at, drawn, verified, with_secret, write } from './folders.mjs';
import { answer, answered, checked, choose, fits, has, hidden, lacks, named, on_page, shot, shown, state } from './support.mjs';

const LIVE = 'vectors/draws/live/draw.log';
const log = fs.readFileSync(LIVE);
// “姓名,学校” and a name, as an office's spreadsheet writes it.
const GB18030 = Buffer.from('d0d5c3fb2cd1a7d0a30ad5c5c8fd2cb5dad2bbd0a1d1a70a', 'hex');

describe('no log', { concurrency: 3 }, () => {
    const files = {
        'draw.log': '', 'list.csv': '﻿姓名,学校\r\n张三,一小\r\n', 'office.csv': GB18030, 'draw.log.gz': zlib.gzipSync(log), 'draws.zip': Buffer.concat([Buffer.from('504b0304140000000800', 'hex'), log]),
        'photo.png': Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'), 'zeros.log': Buffer.alloc(100000), 'page.html': '<!DOCTYPE html><p>404',
        'one-line.log': 'x'.repeat(3000000), 'bom.log': Buffer.concat([Buffer.from('﻿'), log]), 'crlf.log': log.toString().replaceAll('\n', '\r\n'), 'cut.log': log.subarray(0, log.length - 30),
        'utf16.log': Buffer.from(log.toString(), 'utf16le'), 'draw.log.minisig.log': fs.readFileSync('vectors/draws/live/draw.log.minisig'),
    };
    for (const [lang, size] of [['zh-CN', 'phone'], ['en', 'desktop']])
        on_page(`${Object.keys(files).length} files, ${lang}`, { lang, size }, async page => {
            for (const [name, data] of Object.entries(files)) {
                await choose(page, named(name, data));
                assert.equal(await state(page), 'done', name);
                assert.match(await answer(page), /^(parse|order)$/, name);
                await shown(page, '#fault');
                await has(page, '#fault', name);
                // A log that an editor has saved is not called another file.
                const saved = lang === 'en' ? 'Saved again' : '被另存过';
                await (/^(bom|crlf|utf16)\.log$/.test(name) ? has : lacks)(page, '#answer', saved);
                await fits(page);
                if (['draw.log', 'list.csv', 'photo.png', 'cut.log'].includes(name)) await shot(page, `no-log-${name}-${lang}`);
            }
            // None of them stays in the way of the log.
            await choose(page, LIVE);
            await answered(page, 'unpinned');
            await hidden(page, '#fault');
        });

    on_page('a file of 5 GB', { lang: 'en' }, async page => {
        fs.truncateSync(write('huge.log', log), 5 * 1024 ** 3);
        await choose(page, at('huge.log'));
        assert.equal(await state(page), 'failed');
        await has(page, '#broken', /larger/, /sunlot-verify/);
        await shot(page, 'huge');
        await choose(page, LIVE);
        await answered(page, 'unpinned');
        await hidden(page, '#broken');
    });

    on_page('a key, a policy and a note that are none', { lang: 'en' }, async page => {
        for (const [name, words] of [['log.vkey', /key/], ['draw.policy', /policy/]]) {
            await page.reload();
            await choose(page, [named(name, 'nothing'), named('draw.log', log)]);
            assert.equal(await state(page), 'failed', name);
            await has(page, '#broken', words);
            await page.locator('#files button').click();
            await page.waitForFunction(() => /done/.test(document.documentElement.dataset.state));
            await answered(page, 'unpinned');
        }
        await page.reload();
        await choose(page, [named('results.note', 'nothing'), named('draw.log', log)]);
        await answered(page, verified(LIVE, '--note', write('results.note', 'nothing')).answer);
        await shown(page, '#fault');
    });
});

describe('several', { concurrency: 3 }, () => {
    on_page('a shorter copy beside it, and another history', { lang: 'en' }, async page => {
        for (const [one, two] of [['parties', 'parties-digits'], ['parties', 'parties-announced'], ['live', 'live-digits'], ['live', 'acts']]) {
            const logs = [one, two].map(name => `vectors/draws/${name}/draw.log`), said = verified(...logs);
            await choose(page, logs.map((file, i) => named(`copy-${i}.log`, fs.readFileSync(file))));
            await answered(page, said.answer);
            assert.equal(said.answer, one === 'parties' ? 'unpinned' : 'split');
            await has(page, '#result', 'copy-1.log');
        }
        await shot(page, 'another-history');
    });

    on_page('dropped', { lang: 'en' }, async (page, { context }) => {
        write('draw.log', log);
        write('log.vkey', log.toString().match(/^party,host,host,([^,]+)/m)[1] + '\n');
        const mouse = await context.newCDPSession(page);
        const drag = (type, files) => mouse.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data: { items: [], files, dragOperationsMask: 1 } });
        const files = [at('draw.log'), at('log.vkey')];
        await drag('dragEnter', files);
        await drag('dragOver', files);
        await page.locator('#veil').waitFor({ state: 'visible' });
        await shot(page, 'dropping', { fullPage: false });
        // Away again: the browser's protocol has no word for it.
        await page.evaluate(() => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File(['x'], 'x'));
            document.body.dispatchEvent(new DragEvent('dragleave', { bubbles: true, dataTransfer }));
        });
        await page.locator('#veil').waitFor({ state: 'hidden' });
        await drag('dragOver', files);
        await checked(page, () => drag('drop', files));
        await answered(page, 'valid');
        await hidden(page, '#veil');
        // A text is no file: the page stays as it is.
        const words = { items: [{ mimeType: 'text/plain', data: 'words' }], files: [], dragOperationsMask: 1 };
        for (const type of ['dragEnter', 'dragOver']) await mouse.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data: words });
        await hidden(page, '#veil');
        await mouse.send('Input.dispatchDragEvent', { type: 'drop', x: 300, y: 300, data: words });
        assert.equal(await answer(page), 'valid');
    });
});

describe('harmful values', { concurrency: 3 }, () => {
    // Each stands once where a school, a class, a column, a value, a teacher, a subject and the name of the file stand.  What no log may hold is not among them.
    const VALUES = ['<img src=x onerror=alert(1)>', '<script>alert(1)</script>', '"\'><svg/onload=alert(1)>', '<b>bold</b>', 'עברית مدرسة', '%1 %2 $& $1', '${alert(1)}', 'javascript:alert(1)',
        '字'.repeat(341), 'w'.repeat(1024), '<!--', '\u0065\u0301\u0301\u0301\u0301'.repeat(40), '__proto__', 'constructor', '</script><script>alert(1)</script>', '\\u003cimg'];
    const cell = text => /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

    function harmful(name, values) {
        const [school, klass, klass2, column, value, value2, teacher, subject] = values.map(cell);
        write(`${name}/classes.csv`, `school,class,seats\n${school},${klass},\n${school},${klass2},\n`);
        write(`${name}/students.csv`, `school,id,name,${column}\n` + Array.from({ length: 16 }, (_, i) => `${school},${i},N${i},${i % 2 ? value : value2}\n`).join(''));
        write(`${name}/teachers.csv`, `school,id,name,subject,classes,homeroom\n${school},${teacher},A,${subject},1,yes\n${school},t,B,${subject},1,yes\n`);
        write(`${name}/rules.csv`, ['rule,who,column,value,school', 'draw,,district,Hill,', 'draw,,year,2026,', 'draw,,grade,G7,', 'source,,1,d10 39; by turns; again; balls,', 'rows,,,public,',
            `balance,students,${column},,`, ''].join('\n'));
        with_secret(name);
        return drawn(name);
    }

    on_page('figures of any size in a public edition', { size: 'phone' }, async page => {
        execFileSync('python3', ['tests/cli/boundless.py', at('boundless.log')]);
        await choose(page, at('boundless.log'));
        await answered(page, 'unpinned');
        await has(page, '#figures', '9'.repeat(900) + '.5');
    });

    for (let i = 0; i < VALUES.length; i += 4)
        on_page(`values ${i + 1} and after`, { size: i % 8 ? 'desktop' : 'phone', lang: i % 8 ? 'en' : 'zh-CN' }, async page => {
            const values = Array.from({ length: 8 }, (_, k) => VALUES[(i + k) % VALUES.length]);
            const made = harmful(`harmful-${i}`, values);
            const before = await page.evaluate(() => document.querySelectorAll('img, script, iframe, object, embed').length);
            await choose(page, named(values[0].replace('/', '_').slice(0, 200) + '.log', fs.readFileSync(made.log)));
            await answered(page, 'unpinned');
            await page.fill('#child-number', made.people[3].pseudonym);
            await page.click('#child-find');
            await page.locator('#child .headline').waitFor();
            await page.locator('#figures svg').first().waitFor();
            assert.equal(await page.evaluate(() => document.querySelectorAll('img, script, iframe, object, embed').length), before);
            assert.equal(await page.evaluate(() => [...document.querySelectorAll('body *')].some(e => [...e.attributes].some(a => a.name.startsWith('on') || (/^(href|src|action|formaction|data)$/.test(a.localName) && !a.value.startsWith('#'))))), false);
            const all = await page.evaluate(() => document.body.textContent);
            assert.ok(all.includes(values[3]), 'the column as it is');
            await fits(page);
            await shot(page, `harmful-${i}`);
        });
});
