// How the page is used: two languages, keyboard alone, what a screen reader is told, giving up, printing.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { drawn, example, sample } from './folders.mjs';
import { answer, answered, choose, fits, has, named, on_page, reach, shot, shown, state, text } from './support.mjs';

const CHINESE = /[㐀-鿿]/;
example('school', 'school');
const school = drawn('school');
// Takes long enough to check for what happens meanwhile.
sample('district', 14, 140, 5600);
const district = drawn('district');

/* What the page itself says is wholly in the one language: no Chinese in English and no English sentence in Chinese, of logs in English and in Chinese.
 * In an English log's report on a Chinese page only the log's own words are English. */
async function wholly(page, lang) {
    const found = await page.evaluate(() => {
        const texts = [];
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, node =>
            node.parentElement.closest('bdi, code, script, style, noscript, [lang]:not(html), [hidden]') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
        while (walk.nextNode()) texts.push(walk.currentNode.data.trim());
        for (const e of document.querySelectorAll('[aria-label], [title], [placeholder]'))
            if (!e.closest('[translate=no]')) texts.push(e.getAttribute('aria-label') || '', e.title || '', e.getAttribute('placeholder') || '');
        return texts.filter(Boolean);
    });
    const wrong = found.filter(t => lang === 'en' ? CHINESE.test(t) : !CHINESE.test(t) && /[a-z]{2,} [a-z]{2,} [a-z]{2,}/i.test(t));
    assert.deepEqual(wrong, [], lang);
}

describe('language', { concurrency: 3 }, () => {
    on_page('the other one at a touch, and everything stays', { size: 'phone' }, async page => {
        await choose(page, [school.key, school.log]);
        await answered(page, 'valid');
        await page.fill('#child-number', school.people[7].pseudonym);
        await page.click('#child-find');
        await page.locator('#child .headline').waitFor();
        await page.fill('#fingerprint', '1234 5678');
        await page.locator('#digits input[type=radio]').first().check();
        const before = { chinese: await text(page, 'main'), child: await text(page, '#child .headline') };
        for (const lang of ['en', 'zh-CN', 'en']) {
            await page.tap('#language');
            assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
            await answered(page, 'valid');
            assert.equal(await page.inputValue('#child-number'), school.people[7].pseudonym);
            assert.equal(await page.inputValue('#fingerprint'), '1234 5678');
            assert.equal(await page.locator('#digits input[type=radio]').first().isChecked(), true);
            assert.equal((await text(page, '#child .headline')).replace(/\D/g, ''), before.child.replace(/\D/g, ''));
            await fits(page);
            if (lang === 'zh-CN') assert.equal(await text(page, 'main'), before.chinese);
            else assert.notEqual(await text(page, 'main'), before.chinese);
        }
    });

    for (const [lang, is] of [['zh-CN', 'zh-CN'], ['zh-TW', 'zh-CN'], ['en-GB', 'en'], ['de', 'en']])
        on_page(`of the browser: ${lang}`, { lang }, async page => assert.equal(await page.evaluate(() => document.documentElement.lang), is));

    for (const [lang, logs] of [['en', ['acts', 'auditors', 'parties', 'bands', 'by-hand', 'rounds', 'late']], ['zh-CN', ['acts', 'auditors', 'parties', 'bands', 'by-hand', 'rounds', 'late', 'set-aside', 'withdrawn', 'live-announced']]])
        on_page(`nothing of the other one: ${lang}`, { lang }, async page => {
            await wholly(page, lang);
            for (const log of logs) {
                await choose(page, `vectors/draws/${log}/draw.log`);
                await wholly(page, lang);
            }
            for (const fault of ['parse-05', 'order-20', 'roster-11', 'mismatch-07', 'signature-10', 'quorum-02', 'entropy-05']) {
                await choose(page, `vectors/refused/${fault}.log`);
                await wholly(page, lang);
            }
            await choose(page, named('x.log', 'nothing'));
            await wholly(page, lang);
            await choose(page, 'vectors/receipts/valid-01.receipt', 'receipt');
            await wholly(page, lang);
        });
});

describe('keyboard and screen reader', { concurrency: 3 }, () => {
    on_page('keyboard alone', { lang: 'en' }, async page => {
        const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName);
        const tab_to = async id => {
            for (let i = 0; i < 80; i++) {
                await page.keyboard.press('Tab');
                if (await focused() === id) {
                    const ring = await page.evaluate(() => {
                        const e = document.activeElement, shown = e.matches('input[type=file]') ? e.nextElementSibling : e, style = getComputedStyle(shown);
                        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
                    });
                    assert.ok(ring, `${id} shows that it has the focus`);
                    return;
                }
            }
            assert.fail(`${id} is not reached by the tabulator key`);
        };
        const chooser = page.waitForEvent('filechooser'); // long before: until the browser has been told, its own dialog would open, which nobody sees
        await page.keyboard.press('Tab');
        assert.equal(await focused(), 'skip');
        await page.keyboard.press('Enter');
        assert.equal(await focused(), 'main');
        await tab_to('choose');
        await page.keyboard.press('Space');
        await (await chooser).setFiles(school.log);
        await answered(page, 'unpinned');
        assert.equal(await focused(), 'answer');
        await tab_to('fingerprint');
        await page.keyboard.type(school.fingerprint.match(/.{4}/g).join(' '));
        await tab_to('compare');
        await page.keyboard.press('Enter');
        await page.waitForFunction(() => document.documentElement.dataset.answer === 'valid');
        await tab_to('child-number');
        await page.keyboard.type(school.people[7].pseudonym.slice(1).toUpperCase());
        await page.keyboard.press('Enter');
        await page.locator('#child .headline').waitFor();
        await tab_to('child-id');
        await page.keyboard.type(school.people[7].id);
        await page.keyboard.press('Tab');
        await page.keyboard.type(school.people[7].name);
        await page.keyboard.press('Tab');
        await page.keyboard.type(school.people[7].salt);
        await page.keyboard.press('Enter');
        await page.locator('#opens .tone-good').waitFor();
    });

    for (const lang of ['zh-CN', 'en'])
        on_page(`names, headings, live regions: ${lang}`, { lang, size: 'phone' }, async page => {
            const look = async where => {
                const wrong = await page.evaluate(() => {
                    const shown = e => e.checkVisibility() && !e.closest('[aria-hidden=true]');
                    const name = e => (e.getAttribute('aria-label') || (e.getAttribute('aria-labelledby') || '').split(' ').map(id => id && document.getElementById(id)?.textContent).join(' ') ||
                        [...e.labels || []].map(label => label.textContent).join(' ') || e.textContent || e.title || '').trim();
                    const found = [];
                    for (const e of document.querySelectorAll('button, input, select, textarea, a, summary, progress, [role=img], [role=region], section, nav, fieldset, table'))
                        if (shown(e) && name(e) === '') found.push(`no name: ${e.outerHTML.slice(0, 120)}`);
                    let level = 0;
                    for (const e of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
                        if (!shown(e)) continue;
                        const next = Number(e.tagName[1]);
                        if (next > level + 1) found.push(`h${level} is followed by h${next}: ${e.textContent}`);
                        if (e.textContent.trim() === '') found.push(`an empty heading: ${e.outerHTML}`);
                        level = next;
                    }
                    if ([...document.querySelectorAll('h1')].filter(shown).length !== 1) found.push('not one h1');
                    const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
                    for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) found.push(`twice the id ${id}`);
                    for (const e of document.querySelectorAll('[aria-labelledby], [aria-describedby], [for]'))
                        if (shown(e)) for (const id of ['aria-labelledby', 'aria-describedby', 'for'].flatMap(a => (e.getAttribute(a) || '').split(' ')).filter(Boolean))
                            if (!document.getElementById(id)) found.push(`there is no ${id}`);
                    for (const e of document.querySelectorAll('button, input:not([type=radio], .unseen), select, summary, label.button, .choice'))
                        if (shown(e) && e.getBoundingClientRect().height < 32) found.push(`too small to touch, ${e.getBoundingClientRect().height}: ${e.outerHTML.slice(0, 120)}`);
                    return found;
                });
                assert.deepEqual(wrong, [], where);
                const tree = await page.locator('body').ariaSnapshot();
                assert.match(tree, /- banner/);
                assert.match(tree, /- main/);
            };
            await look('start');
            for (const log of ['vectors/draws/acts/draw.log', 'vectors/draws/auditors/public.log', 'vectors/draws/bands/draw.log', 'vectors/refused/mismatch-07.log', 'vectors/refused/parse-05.log', school.log]) {
                await choose(page, log);
                await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
                await look(log);
                const said = await text(page, '#status').catch(() => '') || await page.evaluate(() => document.getElementById('status').textContent);
                assert.ok(said.trim().length > 3, 'the answer is said');
            }
            await page.fill('#child-number', 's0');
            await page.click('#child-find');
            await page.locator('#child .mark').waitFor();
            await look('no child');
            assert.equal(await page.evaluate(() => document.getElementById('child').contains(document.activeElement)), true, 'the focus goes to what was found');
            const live = await page.evaluate(() => [...document.querySelectorAll('[aria-live], [role=status], [role=alert]')].map(e => e.id));
            for (const id of ['status', 'opens', 'broken', 'fingerprint-wrong', 'notice']) assert.ok(live.includes(id), `${id} speaks`);
        });

    on_page('contrast', { size: 'phone' }, async page => {
        for (const colorScheme of ['light', 'dark']) {
            await page.emulateMedia({ colorScheme });
            for (const log of ['vectors/draws/acts/draw.log', 'vectors/refused/mismatch-07.log', 'vectors/draws/bands/draw.log']) {
                await choose(page, log);
                const wrong = await page.evaluate(() => {
                    const rgb = text => { const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number); return { r, g, b, a }; };
                    const light = ({ r, g, b }) => [r, g, b].map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
                    const behind = e => {
                        for (; e; e = e.parentElement) {
                            const style = getComputedStyle(e), c = rgb(style.backgroundColor);
                            if (style.backgroundImage !== 'none') return null;
                            if (c.a === 1) return c;
                            if (c.a > 0) return null;
                        }
                        return rgb(getComputedStyle(document.documentElement).backgroundColor);
                    };
                    const found = new Set();
                    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                    while (walk.nextNode()) {
                        const e = walk.currentNode.parentElement;
                        if (!walk.currentNode.data.trim() || !e.checkVisibility() || e.closest('script, style, svg, .unseen, .skip')) continue;
                        const style = getComputedStyle(e), back = behind(e);
                        if (!back) continue;
                        const [x, y] = [light(rgb(style.color)), light(back)], ratio = (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
                        if (ratio < 4.5) found.add(`${ratio.toFixed(2)} ${style.color} on ${JSON.stringify(back)}: ${walk.currentNode.data.trim().slice(0, 40)}`);
                    }
                    return [...found];
                });
                assert.deepEqual(wrong, [], `${log}, ${colorScheme}`);
            }
            await shot(page, `scheme-${colorScheme}`);
        }
    });

    for (const lang of ['zh-CN', 'en'])
        on_page(`letters twice as large: ${lang}`, { size: 'large', lang }, async page => {
            for (const log of ['acts', 'parties', 'bands']) {
                await choose(page, `vectors/draws/${log}/draw.log`);
                await fits(page);
            }
            await choose(page, 'vectors/refused/mismatch-07.log');
            await fits(page);
            await choose(page, [school.key, school.log]);
            await page.fill('#child-number', school.people[7].pseudonym);
            await page.click('#child-find');
            await page.locator('#child .headline').waitFor();
            await page.locator('#figures svg').first().waitFor();
            await fits(page);
            await shot(page, `large-letters-${lang}`);
        });
});

/* Runs in the page before its scripts.  At the first school of a check a click on `language`, queued behind it; what came when is in `came`.  The report
 * waits until release(). */
function watched() {
    window.came = [];
    window.held = [];
    window.hold = true;
    window.release = () => { window.hold = false; window.held.splice(0).forEach(give => give()); };
    window.Worker = class extends window.Worker {
        set onmessage(run) {
            super.onmessage = event => {
                const { progress, report } = event.data;
                if (progress && progress.step === 'schools') {
                    window.came.push(progress.done);
                    if (window.came.length === 1) setTimeout(() => {
                        document.getElementById('language').click();
                        window.came.push('click ' + document.documentElement.lang);
                    });
                }
                if (report) window.came.push('report');
                if (report && window.hold) window.held.push(() => run(event));
                else run(event);
                if (progress && progress.step === 'schools' && document.getElementById('progress').value !== progress.done / progress.total) window.came.push('progress not shown');
            };
        }
    };
}

describe('a district', { concurrency: 2 }, () => {
    on_page('the page answers while it checks; progress; given up', { lang: 'en', before: watched }, async page => {
        await page.setInputFiles('#choose', district.log);
        await reach(page, 'checking');
        await page.waitForFunction(() => window.came.at(-1) === 'report');
        const came = await page.evaluate(() => window.came), clicked = came.findIndex(what => String(what).startsWith('click'));
        assert.equal(came[clicked], 'click zh-CN');
        assert.ok(clicked > 0 && came.slice(clicked).filter(Number.isInteger).length >= 3, `handled before the check ends: ${came}`);
        const done = came.filter(Number.isInteger);
        assert.ok(done.length >= 5, `progress: ${came}`);
        assert.deepEqual(done, [...done].sort((a, b) => a - b));
        assert.equal(came.includes('progress not shown'), false);
        // The report has not come for the page yet.
        assert.equal(await state(page), 'checking');
        await wholly(page, 'zh-CN');
        await page.click('#language');
        await wholly(page, 'en');
        await shot(page, 'checking');
        await page.click('#cancel');
        await reach(page, 'ready');
        await page.evaluate(() => window.release());
        assert.equal(await answer(page), undefined);
        assert.equal(await state(page), 'ready', 'what comes late is not taken');
        // The next one is checked as if nothing had been; with Escape too.
        await choose(page, 'vectors/draws/live/draw.log');
        await answered(page, 'unpinned');
        await page.evaluate(() => { window.hold = true; });
        await page.setInputFiles('#choose', district.log);
        await reach(page, 'checking');
        await page.keyboard.press('Escape');
        await reach(page, 'ready');
        await page.evaluate(() => window.release());
        await choose(page, 'vectors/draws/acts/draw.log');
        await answered(page, 'unpinned');
    });

    on_page('schools to choose from', { size: 'phone' }, async page => {
        await choose(page, district.log);
        await answered(page, 'unpinned');
        await shown(page, '#school');
        const options = await page.locator('#school option').allInnerTexts();
        assert.ok(options.length >= 14);
        await page.selectOption('#school', { index: 5 });
        await page.locator('#figures svg').first().waitFor();
        const child = district.people.filter(person => person.pseudonym.startsWith('s')).at(-1);
        await page.fill('#child-number', child.pseudonym);
        await page.click('#child-find');
        await page.locator('#child .headline').waitFor();
        await has(page, '#child', child.school);
        assert.equal(await page.locator('#school option:checked').innerText(), options.find(o => o.includes(child.school)));
        await page.fill('#school-filter', district.people[0].school);
        assert.ok((await page.locator('#school option').count()) < 14);
        await shot(page, 'district');
    });
});

describe('print', () => {
    on_page('on paper', {}, async page => {
        await choose(page, [school.key, school.log]);
        await page.emulateMedia({ media: 'print' });
        await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
        for (const id of ['#choose-label', '#language', '#compare', '#child-find']) assert.equal(await page.locator(id).isVisible(), false, id);
        for (const id of ['#answer', '#digits', '#checks']) await shown(page, id);
        await shot(page, 'print');
        const pdf = await page.pdf({ format: 'A4' });
        assert.ok(pdf.length > 20000);
    });
});
