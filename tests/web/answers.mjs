// Each answer as the page gives it: the word, where the fault is, what is shown and what not; on a phone and on a desktop, in both languages.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { describe } from 'node:test';
import { drawn, example, verified } from './folders.mjs';
import { answer, answered, choose, compare, fits, has, hidden, named, on_page, shot, shown, text } from './support.mjs';

const DRAWS = 'vectors/draws';
const CHINESE = /[一-鿿]/;

// Blocks of `name = value` lines.
function index(file) {
    return fs.readFileSync(file, 'utf8').split('\n\n').map(block => Object.fromEntries(block.split('\n').map(line => line.split(' = ')).filter(pair => pair.length === 2)))
        .filter(values => values.word);
}

describe('sound logs', { concurrency: 3 }, () => {
    example('school', 'school');
    const school = drawn('school');

    for (const [size, lang] of [['phone', 'zh-CN'], ['phone', 'en'], ['desktop', 'zh-CN'], ['desktop', 'en']])
        on_page(`a school, ${size}, ${lang}`, { size, lang }, async page => {
            assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
            await shot(page, `start-${size}-${lang}`);
            await choose(page, school.log);
            await answered(page, 'unpinned');
            await shot(page, `unpinned-${size}-${lang}`);
            const groups = await page.locator('.fingerprint').first().innerText();
            assert.equal(groups.replace(/\s/g, ''), school.fingerprint);
            await has(page, '#digits', '3141', '419');
            await hidden(page, '#fault');
            await hidden(page, '#rehearsal');
            await compare(page, school.fingerprint.match(/.{4}/g).join(' '));
            await answered(page, 'valid');
            await shown(page, '#checks');
            await shown(page, '#balance');
            await page.locator('#figures svg').first().waitFor();
            await page.fill('#child-number', school.people[7].pseudonym);
            await page.click('#child-find');
            await page.locator('#child .headline').waitFor();
            await shot(page, `valid-${size}-${lang}`);
            const all = await text(page, 'body');
            assert.equal(lang === 'en' ? /[A-Za-z]{4,} [a-z]/.test(all) : CHINESE.test(all), true);
        });

    on_page('a fingerprint of another list', {}, async page => {
        await choose(page, school.log);
        await compare(page, school.fingerprint.replace(/^./, c => c === '0' ? '1' : '0'));
        assert.notEqual(await answer(page), 'valid');
        await answered(page, await answer(page));
        await shown(page, '#fault');
        await has(page, '#fault', await answer(page));
        await shot(page, 'other-fingerprint');
    });

    on_page('no fingerprint at all', { lang: 'en' }, async page => {
        await choose(page, school.log);
        await compare(page, 'abcd');
        await page.locator('#fingerprint-wrong').waitFor();
        assert.equal(await answer(page), 'unpinned');
    });

    on_page('by key and policy', { lang: 'en' }, async page => {
        await choose(page, [school.key, school.log]);
        await answered(page, 'valid');
        await choose(page, [school.policy]);
        await answered(page, 'valid');
    });

    // All of vectors/draws, some in each language, one after the other in the same page.
    const SHOTS = ['acts', 'auditors', 'bands', 'by-hand', 'set-aside', 'withdrawn', 'rounds', 'rounds-groups', 'late', 'parties-committed', 'live-announced', 'tiny', 'district'];
    const names = fs.readdirSync(DRAWS).sort();
    for (const [half, options] of [[0, { size: 'phone', lang: 'zh-CN' }], [1, { size: 'desktop', lang: 'en' }], [2, { size: 'phone', lang: 'en' }]])
        on_page(`draws, ${half + 1} of 3`, options, async page => {
            for (const name of names.filter((name, i) => i % 3 === half))
                for (const edition of ['draw', 'public'].filter(edition => fs.existsSync(`${DRAWS}/${name}/${edition}.log`)))
                    await draw(page, name, edition, SHOTS.includes(name));
        });
});

async function draw(page, name, edition, wanted) {
    const log = `${DRAWS}/${name}/${edition}.log`, said = verified(log), rehearsal = said.mode === 'rehearsal';
    await choose(page, log);
    await answered(page, said.answer);
    await hidden(page, '#fault');
    for (const [selector, is] of [['#rehearsal', rehearsal], ['#acts', said.acts.length > 0]]) await (is ? shown : hidden)(page, selector);
    if (rehearsal) await has(page, '#rehearsal', /演练|REHEARSAL/);
    await fits(page);
    if (wanted) await shot(page, `${name}-${edition}`);
}

// As many as these of each word, spread over all there are.
const EACH = 6;

describe('logs with faults', { concurrency: 3 }, () => {
    const cases = index('vectors/refused/index.txt').filter(c => c.log && !c.other && !c.since && !c.until);
    const file = name => `vectors/refused/${name}`;
    [...new Set(cases.map(c => c.word))].forEach((word, n) => on_page(word, { size: n % 2 ? 'desktop' : 'phone', lang: n % 3 ? 'zh-CN' : 'en' }, async page => {
        const all = cases.filter(c => c.word === word);
        const some = all.filter((c, i) => i % Math.ceil(all.length / EACH) === 0);
        for (const c of some) {
            await page.reload();
            const given = ['key', 'policy', 'note'].filter(kind => c[kind])
                .map(kind => named(`given.${kind === 'key' ? 'vkey' : kind}`, fs.existsSync(file(c[kind])) ? fs.readFileSync(file(c[kind])) : c[kind] + '\n'));
            await choose(page, [...given, named(c.log, fs.readFileSync(file(c.log)))]);
            if (c.fingerprint) await compare(page, c.fingerprint);
            await answered(page, word);
            if (c.line) {
                const facts = await page.locator('#fault dd').allInnerTexts();
                assert.ok(facts.includes(c.line) && facts.includes(word), `${c.log}: line ${c.line} of ${facts}`);
                // What was found, in the language of the page, with the core's own words beside it.
                assert.ok((await text(page, '#fault')).length > 100);
            }
            if (c === some[0]) await shot(page, `word-${word}`);
            await fits(page);
        }
    }));
});
