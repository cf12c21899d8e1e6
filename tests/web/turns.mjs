// What is asked while something else is on its way: the answer to one log, or about one child, is never shown of another.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { describe } from 'node:test';
import { drawn, example, verified, write } from './folders.mjs';
import { PAGE, answered, choose, has, hidden, lacks, named, on_page, reach, serve } from './support.mjs';

const LIVE = 'vectors/draws/live/draw.log';
example('school', 'school');
const school = drawn('school');
// Whose last checkpoint lacks signatures; the note beside it is none.
const lines = fs.readFileSync('vectors/draws/auditors/public.log', 'utf8').split(/(?<=\n)/);
const unsigned = write('unsigned.log', lines.slice(0, lines.findIndex(line => line.startsWith('checkpoint,results,')) + 2).join(''));
const served = await serve({ '/verify.html': PAGE, '/draw.log': unsigned, '/results.note': LIVE });
const child = school.people[7], sibling = school.people[8];

/* Runs in the page before its scripts.  Answers with the member window.hold wait until release(); so does a worker's first word while window.slow. */
function held() {
    window.hold = null;
    window.slow = false;
    const kept = [];
    window.release = () => { window.hold = null; kept.splice(0).forEach(give => give()); };
    window.Worker = class extends window.Worker {
        set onmessage(run) {
            super.onmessage = event => {
                if ((window.hold && window.hold in event.data) || (window.slow && event.data.ready)) kept.push(() => this.ended || run(event));
                else run(event);
            };
        }

        terminate() {
            this.ended = true;
            super.terminate();
        }
    };
}

const find = async (page, number) => {
    await page.fill('#child-number', number);
    await page.click('#child-find');
};
const settled = page => page.evaluate(() => new Promise(resolve => setTimeout(resolve, 100)));

describe('late answers', { concurrency: 3 }, () => {
    on_page('a child of the log before', { lang: 'en', before: held }, async page => {
        await choose(page, school.log);
        await page.evaluate(() => { window.hold = 'student'; });
        await find(page, child.pseudonym);
        await page.setInputFiles('#choose', LIVE);
        await settled(page);
        await page.evaluate(() => window.release());
        await answered(page, 'unpinned');
        await settled(page);
        await answered(page, 'unpinned');
        assert.equal((await page.locator('#child').textContent()).trim(), '');
        await hidden(page, '#open-form');
    });

    on_page('a seal that another child’s data opened', { lang: 'en', before: held }, async page => {
        await choose(page, school.log);
        await find(page, child.pseudonym);
        await page.locator('#child .headline').waitFor();
        for (const [id, typed] of [['id', child.id], ['name', child.name], ['salt', child.salt]]) await page.fill(`#child-${id}`, typed);
        await page.evaluate(() => { window.hold = 'opens'; });
        await page.click('#open-button');
        await find(page, sibling.pseudonym);
        await settled(page);
        await page.evaluate(() => window.release());
        await page.waitForFunction(number => document.getElementById('child').textContent.includes(number), sibling.pseudonym);
        await settled(page);
        assert.equal((await page.locator('#opens').textContent()).trim(), '');
    });

    on_page('a copy compared with the log before', { lang: 'en', before: held }, async page => {
        await page.evaluate(() => { window.hold = 'compare'; });
        await page.setInputFiles('#choose', [named('a.log', fs.readFileSync(LIVE)), named('b.log', fs.readFileSync('vectors/draws/acts/draw.log'))]);
        await settled(page);
        await page.setInputFiles('#choose', school.log);
        await settled(page);
        await page.evaluate(() => window.release());
        await answered(page, 'unpinned');
        await lacks(page, '#checks', 'b.log');
    });

    on_page('given up twice before the worker is there again', { lang: 'en', before: held }, async page => {
        await page.evaluate(() => { window.slow = true; window.hold = 'report'; });
        for (let i = 0; i < 2; i++) {
            await page.setInputFiles('#choose', LIVE);
            await reach(page, 'checking');
            await page.click('#cancel');
            await reach(page, 'ready');
        }
        await page.evaluate(() => { window.slow = false; window.release(); });
        await choose(page, LIVE);
        await answered(page, 'unpinned');
    });
});

describe('what belongs to a log', { concurrency: 3 }, () => {
    on_page('a longer copy has the answer, in any order', { lang: 'en' }, async page => {
        const whole = fs.readFileSync('vectors/draws/set-aside/draw.log'), lines = whole.toString().split(/(?<=\n)/);
        const short = lines.slice(0, lines.findIndex(line => line.startsWith('set-aside,'))).join('');
        assert.equal(verified(write('short.log', short)).answer, 'unpinned');
        for (const files of [[short, whole], [whole, short]]) {
            await choose(page, files.map((file, i) => named(`copy-${i}.log`, file)));
            await answered(page, 'set-aside');
            await has(page, '#checks', /one of the two is the beginning/);
        }
    });

    on_page('notes go with their log', { lang: 'en' }, async page => {
        const note = write('results.note', 'nothing');
        for (const again of [false, true]) {
            await choose(page, [named('results.note', fs.readFileSync(note)), named('draw.log', fs.readFileSync(LIVE))]);
            await answered(page, 'split');
            if (again) await page.click('#again');
            await choose(page, school.log);
            await answered(page, 'unpinned');
            await hidden(page, '#files');
        }
    });

    on_page('notes of the page’s folder too', { url: `${served.origin}/verify.html`, state: 'done' }, async page => {
        assert.ok(served.seen.some(request => request.url === '/results.note'));
        await answered(page, 'split');
        await choose(page, school.log);
        await answered(page, 'unpinned');
    });
});

describe('small things', { concurrency: 3 }, () => {
    on_page('a link to a part of the page is no slip', {}, async page => {
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await settled(page);
        await hidden(page, '#notice');
    });

    on_page('a receipt of a rehearsal that is taken away', { lang: 'en' }, async page => {
        const name = fs.readdirSync('vectors/receipts').find(file => file.endsWith('.receipt') && verified('--receipt', `vectors/receipts/${file}`).answer === 'rehearsal');
        await choose(page, `vectors/receipts/${name}`, 'receipt');
        await has(page, '#rehearsal', 'REHEARSAL');
        await page.click('#files button');
        await reach(page, 'ready');
        await hidden(page, '#rehearsal');
    });
});
