// A family's slip: its link scanned, typed or cut short; the child it names; the sealed record opened by what the family types.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { drawn, example, slip } from './folders.mjs';
import { answer, answered, checked, choose, compare, has, hidden, lacks, on_page, reach, shot, shown } from './support.mjs';

describe('slips', { concurrency: 3 }, () => {
    example('school', 'school');
    const school = drawn('school');
    const child = school.people[7], other = school.people[8];
    const link = slip(school, child), fragment = link.split('#')[1];

    async function opens(page, id, name, tone) {
        await page.fill('#child-id', id);
        await page.fill('#child-name', name);
        await page.evaluate(() => document.getElementById('opens').replaceChildren());
        await page.click('#open-button');
        await page.locator(`#opens .tone-${tone}`).waitFor();
    }

    for (const [size, lang] of [['phone', 'zh-CN'], ['desktop', 'en']])
        on_page(`scanned, then the log: ${lang}`, { size, lang, hash: '#' + fragment }, async page => {
            await page.locator('#notice').waitFor();
            assert.equal(await page.evaluate(() => location.hash), '');
            assert.equal((await page.inputValue('#fingerprint')).replace(/\s/g, ''), school.fingerprint);
            await shot(page, `slip-start-${lang}`);
            await choose(page, school.log);
            await answered(page, 'valid');
            // The child is found without asking.
            await page.locator('#child .headline').waitFor();
            await has(page, '#child', child.pseudonym);
            await shown(page, '#answer .child-line');
            await hidden(page, '#child-salt');
            await opens(page, child.id, child.name, 'good');
            await shot(page, `slip-${lang}`);
            await opens(page, child.id, other.name, 'ask');
            await opens(page, other.id, child.name, 'ask');
            await opens(page, child.id, child.name, 'good');
            // Another child: its salt is asked for, and the slip's does not open it.
            await page.fill('#child-number', other.pseudonym);
            await page.click('#child-find');
            await page.waitForFunction(text => document.getElementById('child').textContent.includes(text), other.pseudonym);
            await shown(page, '#child-salt');
            await page.fill('#child-salt', child.salt);
            await opens(page, other.id, other.name, 'ask');
            await page.fill('#child-salt', ` ${other.salt.slice(1).toUpperCase().match(/.{4}/g).join(' ')}`);
            await opens(page, other.id + ' ', ` ${other.name} `, 'good');
        });

    // However it comes.
    for (const [how, text] of Object.entries({
        'the whole link': 'https://example.org/class/' + link, 'as in the code': ('https://example.org/class/verify.html#' + fragment).toUpperCase().replace('VERIFY.HTML', 'verify.html'),
        'without an address': link, 'the fragment': fragment, 'in small letters': fragment.toLowerCase() }))
        on_page(`typed: ${how}`, {}, async page => {
            await choose(page, school.log);
            await compare(page, `  ${text}\n`);
            await answered(page, 'valid');
            await has(page, '#child', child.pseudonym);
        });

    on_page('scanned while the page is open', {}, async page => {
        await choose(page, school.log);
        await answered(page, 'unpinned');
        await checked(page, () => page.evaluate(to => { location.hash = to; }, fragment));
        await answered(page, 'valid');
        assert.equal(await page.evaluate(() => location.hash), '');
    });

    for (const [what, broken] of [['cut short', fragment.slice(0, -1)], ['another version', fragment.replace('1.', '2.')], ['not hexadecimal', fragment.replace(/.$/, 'G')], ['something else', 'checks'], ['too long', fragment + '0'], ['hostile', '<img src=x onerror=alert(1)>']])
        on_page(`a link that is none: ${what}`, { hash: '#' + broken, lang: 'en' }, async page => {
            await page.locator('#notice').waitFor();
            assert.equal(await page.evaluate(() => location.hash), '');
            assert.equal(await page.inputValue('#fingerprint'), '');
            await choose(page, school.log);
            await answered(page, 'unpinned');
        });

    on_page('of another draw', { hash: '#' + fragment, lang: 'en' }, async page => {
        await choose(page, 'vectors/draws/live/draw.log');
        assert.equal(await answer(page), 'split');
        await has(page, '#fault', 'On your slip', school.fingerprint.match(/.{4}/g).join(' '), 'that your slip names');
        await lacks(page, '#fault', 'typed', 'slip of the finger');
        await shot(page, 'slip-of-another-draw');
    });

    on_page('before there is anything drawn', { hash: '#' + fragment.toLowerCase(), size: 'phone' }, async page => {
        await reach(page, 'ready');
        await choose(page, 'vectors/draws/live-announced/draw.log');
        assert.equal(await answer(page), 'split');
        await page.reload();
        await reach(page, 'ready');
        assert.equal(await page.inputValue('#fingerprint'), '', 'nothing is remembered');
    });
});
