// Receipts: good and altered, alone and beside a log, each with the answer that sunlot-verify gives.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { describe } from 'node:test';
import { at, drawn, example, sunlot, verified } from './folders.mjs';
import { answered, choose, fits, has, hidden, named, on_page, shot, shown, state, text } from './support.mjs';

const FOLDER = 'vectors/receipts';
const LIVE = 'vectors/draws/live/draw.log';

// The word as the card has it.
async function receipt_is(page, word) {
    assert.equal(await state(page), 'done');
    assert.equal(await page.locator('#receipt-card').getAttribute('data-answer'), word);
    assert.equal(await page.locator('#receipt-card code').first().innerText(), word);
}

describe('receipts', { concurrency: 3 }, () => {
    example('school', 'school');
    const school = drawn('school');
    sunlot('receipts', 'school');
    const child = school.people[7];
    const names = fs.readdirSync(at('school/private/receipts'), { recursive: true }).map(String).filter(name => name.endsWith('.receipt'));
    // The lines of the child are in base64, those of the list first.
    const inside = text => Buffer.from(text.match(/^extra (.*)$/m)[1], 'base64').toString();
    const own = names.map(name => at('school/private/receipts', name)).find(name => inside(fs.readFileSync(name, 'utf8')).includes(child.pseudonym));
    const good = fs.readFileSync(own, 'utf8');
    const with_other = (from, to) => good.replace(/^extra .*$/m, () => 'extra ' + Buffer.from(inside(good).replace(from, to)).toString('base64'));

    for (const [size, lang] of [['phone', 'zh-CN'], ['desktop', 'en']])
        on_page(`a school's, ${lang}`, { size, lang }, async page => {
            await page.click('#more summary');
            await choose(page, own, 'receipt');
            await receipt_is(page, 'unpinned');
            await has(page, '#receipt-card', child.name, child.id);
            await hidden(page, '#answer');
            await shot(page, `receipt-alone-${lang}`);
            await choose(page, school.log);
            await answered(page, 'unpinned');
            await receipt_is(page, verified(school.log, '--receipt', own).answer);
            await page.reload();
            await choose(page, [own, school.key, school.log]);
            await answered(page, 'valid');
            await receipt_is(page, 'valid');
            await shot(page, `receipt-${lang}`);
            // Of another draw.
            await page.reload();
            await choose(page, [named('a.receipt', good), named('draw.log', fs.readFileSync(LIVE))]);
            await receipt_is(page, verified(LIVE, '--receipt', own).answer);
        });

    on_page('altered', { lang: 'en' }, async page => {
        const altered = [with_other(child.name, child.name + '一'), with_other(child.id, child.id + '0'), with_other(child.salt.slice(1, 9), '00000000'), with_other(/,1,/, ',2,'), good.slice(0, good.length / 2), '', 'nothing\n', good.replace(/\n/g, '\r\n'),
            good.replace(/^index \d+$/m, 'index 3')];
        for (const text of altered) {
            assert.notEqual(text, good);
            const name = at('altered.receipt');
            fs.writeFileSync(name, text);
            const word = verified('--receipt', name).answer;
            assert.match(word, /^(parse|commitment|proof|signature|quorum)$/);
            await page.reload();
            await choose(page, name, 'receipt');
            await receipt_is(page, word);
            await has(page, '#receipt-card', word);
            await fits(page);
        }
        await shot(page, 'receipt-altered');
    });

    // Each word of the vectors, some of each.
    on_page('vectors', { size: 'phone' }, async page => {
        const cases = fs.readFileSync(`${FOLDER}/index.txt`, 'utf8').split('\n\n').map(block => Object.fromEntries(block.split('\n').map(line => line.split(' = ')).filter(pair => pair.length === 2))).filter(c => c.receipt && !c.until && !c.fingerprint);
        for (const word of new Set(cases.map(c => c.word))) {
            const all = cases.filter(c => c.word === word);
            for (const c of all.filter((c, i) => i % Math.ceil(all.length / 3) === 0)) {
                await page.reload();
                const files = [named(c.receipt, fs.readFileSync(`${FOLDER}/${c.receipt}`))];
                if (c.log) files.push(named('draw.log', fs.readFileSync(`vectors/${c.log}`)));
                if (c.key) files.push(named('log.vkey', c.key + '\n'));
                if (c.policy) files.push(named('draw.policy', fs.readFileSync(`${FOLDER}/${c.policy}`)));
                await choose(page, files);
                await receipt_is(page, word);
                await fits(page);
            }
        }
    });
});
