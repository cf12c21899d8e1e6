// Slips on paper: printed as the browser prints them, each code read from the print as a phone reads it, and followed to the class of the child.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { describe } from 'node:test';
import { BUILD, at, folder, slip, small, sunlot, throws, verified } from './folders.mjs';
import { PAGE, answered, checked, has, lacks, on_page, serve, shot } from './support.mjs';

const DPI = 150;
const MM = DPI / 25.4;

// The page on paper, as a PDF beside it; gives the number of sheets.
async function print(page, file) {
    await page.pdf({ path: file, preferCSSPageSize: true });
    const said = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
    assert.match(said, /Page size:.*A4/);
    return Number(said.match(/^Pages: *(\d+)/m)[1]);
}

// A sheet as grey picture: {width, height, at(x, y)}, and the file for zbarimg.
function sheet(file, number) {
    execFileSync('pdftoppm', ['-r', String(DPI), '-gray', '-singlefile', '-f', String(number), '-l', String(number), file, `${file}-${number}`]);
    const name = `${file}-${number}.pgm`, bytes = fs.readFileSync(name);
    const head = bytes.subarray(0, 40).toString('latin1').match(/^P5\s+(\d+)\s+(\d+)\s+255\s/);
    const [width, height] = [Number(head[1]), Number(head[2])];
    return { name, width, height, at: (x, y) => bytes[head[0].length + y * width + x] };
}

// The texts of all codes of a sheet, in any order.
const codes = name => execFileSync('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqr.enable', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim().split('\n');

// Where the marks of cuts are, at both edges, in pixels from the top.
function cuts(picture) {
    const edge = from => {
        const found = [];
        for (let y = 0; y < picture.height; y++) {
            let dark = 0;
            for (let x = from; x < from + 40; x++) dark += picture.at(x, y) < 128;
            if (dark > 35 && (found.length === 0 || y > found.at(-1) + 3)) found.push(y);
        }
        return found;
    };
    const left = edge(2), right = edge(picture.width - 42);
    assert.deepEqual(left, right);
    return left;
}

describe('slips', async () => {
    const files = {}, server = await serve(files);
    small('made', [`draw,,address,${server.origin}/,`, `draw,,page,${'0123456789abcdef'.repeat(4)},`]);
    sunlot('announce', 'made');
    sunlot('slips', 'made', '--lang', 'zh');
    const draw = folder('made'), links = draw.people.map(person => slip(draw, person, `${server.origin}/`));
    const students = draw.people.filter(person => /^s/.test(person.pseudonym));
    throws('made');
    sunlot('draw', 'made');
    files['/verify.html'] = PAGE;
    files['/draw.log'] = draw.log;
    let read = [];

    on_page('every code of every sheet', { file: at('made/private/slips.html'), state: null, lang: 'en' }, async page => {
        const pdf = at('slips.pdf'), sheets = await print(page, pdf);
        assert.equal(sheets, students.length / 4);
        for (let number = 1; number <= sheets; number++) {
            const picture = sheet(pdf, number), found = codes(picture.name);
            assert.equal(found.length, 4, `sheet ${number}: ${found.length} codes`);
            for (const link of found) assert.ok(links.includes(link), link);
            read.push(...found);
            // Equal slips between the marks, and nothing that a cut would hit.
            const marks = cuts(picture);
            assert.equal(marks.length, 5, `marks at ${marks}`);
            for (let i = 1; i < marks.length; i++) assert.ok(Math.abs((marks[i] - marks[i - 1]) / MM - 69.3) < 0.3, `${(marks[i] - marks[i - 1]) / MM} mm`);
            for (const mark of marks)
                for (const off of [-6, -5, 5, 6])
                    for (let x = 0; x < picture.width; x++) assert.ok(picture.at(x, mark + off) > 200, `sheet ${number}: something at ${x}, ${mark + off}`);
        }
        assert.equal(new Set(read).size, students.length);
        fs.mkdirSync(`${BUILD}/web/shots`, { recursive: true });
        execFileSync('pdftoppm', ['-r', '120', '-png', '-singlefile', pdf, `${BUILD}/web/shots/slips`]);
        await has(page, '.slip >> nth=0', '掷骰之前', '抽签之后', 'SHA-256');
        await page.click('label.to-en');
        await has(page, '.slip >> nth=0', 'Before the dice:', 'After the draw:');
        await lacks(page, '.slip >> nth=0', '掷骰之前');
    });

    // As a phone does that reads the code from the paper.
    for (const [size, lang] of [['phone', 'zh-CN'], ['desktop', 'en']])
        on_page(`a code followed, ${size}`, { size, lang, url: `${server.origin}/verify.html`, hash: '#' + links[size === 'phone' ? 0 : 17].split('#')[1], state: 'done' }, async (page, visit) => {
            const link = links[size === 'phone' ? 0 : 17], person = draw.people[size === 'phone' ? 0 : 17];
            assert.ok(link.startsWith(visit.address + '#'));
            await answered(page, 'valid');
            const said = verified(draw.log, '--slip', link, '--id', person.id, '--name', person.name);
            assert.equal(said.answer, 'valid');
            await has(page, '#child', said.student.class);
            await page.fill('#child-id', person.id);
            await page.fill('#child-name', person.name);
            await page.locator('#open-form button').click();
            await page.locator('#opens .mark, #opens *').first().waitFor();
            await has(page, '#opens', lang === 'en' ? 'is that of the child you typed' : /./);
            await page.fill('#child-name', person.name + 'x');
            await page.locator('#open-form button').click();
            if (lang === 'en') await page.getByText('does not open the record').waitFor();
            // Nothing of the slip goes over the network.
            for (const { url, headers } of server.seen) assert.ok(!`${url} ${JSON.stringify(headers)}`.toLowerCase().includes(person.salt.slice(1)));
            await shot(page, `slip-followed-${size}`, { fullPage: false });
        });

    // Whatever was read from the print: sunlot-verify says the same.
    on_page('what was read', { lang: 'en' }, async page => {
        assert.equal(read.length, students.length);
        for (const link of read) {
            const person = draw.people[links.indexOf(link)];
            assert.equal(verified(draw.log, '--slip', link, '--id', person.id, '--name', person.name).answer, 'valid');
        }
        await page.fill('#fingerprint', read[1]);
        await page.click('#compare');
        await checked(page, () => page.setInputFiles('#choose', draw.log));
        await answered(page, 'valid');
        const said = verified(draw.log, '--slip', read[1]);
        await has(page, '#child', said.student.class);
    });
});
