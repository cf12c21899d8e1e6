// The pictures of the page in the README, tools/web/verify-*.png: they show what the page says now.  With PICTURES=write they are made anew (make pictures).
//
// A picture holds what it shows as text too, in a chunk of its own: that is compared, since letters and lines differ from machine to machine.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import zlib from 'node:zlib';
import { describe } from 'node:test';
import { drawn, example, slip, with_secret, write } from './folders.mjs';
import { answered, choose, on_page, reach } from './support.mjs';

const WRITE = process.env.PICTURES === 'write';
const COLOURS = 128;
const MOST = 80 * 1024;
const KEYWORD = 'Description';

/* ---- PNG ----------------------------------------------------------------------------------------------------------------------------- */

function chunk(type, data) {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]), out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
}

function crc(bytes) {
    let c = 0xffffffff;
    for (const byte of bytes) {
        c ^= byte;
        for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    }
    return (c ^ 0xffffffff) >>> 0;
}

// The most frequent colours; each other one becomes the nearest of them.
function indexed(width, height, rgba) {
    const count = new Map();
    for (let i = 0; i < rgba.length; i += 4) {
        const colour = rgba[i] >> 2 << 12 | rgba[i + 1] >> 2 << 6 | rgba[i + 2] >> 2;
        count.set(colour, (count.get(colour) || 0) + 1);
    }
    const parts = c => [c >> 12, c >> 6 & 63, c & 63];
    const kept = [...count].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, COLOURS).map(([colour]) => colour), index = new Map();
    for (const colour of count.keys()) {
        const [r, g, b] = parts(colour);
        let best = 0, least = Infinity;
        kept.forEach((other, i) => {
            const [x, y, z] = parts(other), far = 2 * (r - x) ** 2 + 4 * (g - y) ** 2 + (b - z) ** 2;
            if (far < least) [best, least] = [i, far];
        });
        index.set(colour, best);
    }
    const rows = Buffer.alloc((width + 1) * height);
    for (let y = 0, at = 0, i = 0; y < height; y++) {
        rows[at++] = 0;
        for (let x = 0; x < width; x++, i += 4) rows[at++] = index.get(rgba[i] >> 2 << 12 | rgba[i + 1] >> 2 << 6 | rgba[i + 2] >> 2);
    }
    return { palette: Buffer.from(kept.flatMap(colour => parts(colour).map(v => v << 2 | v >> 4))), rows };
}

function png(width, height, rgba, text) {
    const { palette, rows } = indexed(width, height, rgba), head = Buffer.alloc(13);
    head.writeUInt32BE(width, 0);
    head.writeUInt32BE(height, 4);
    head.set([8, 3, 0, 0, 0], 8);
    const words = Buffer.concat([Buffer.from(KEYWORD + '\0\x01\0\0\0', 'latin1'), zlib.deflateSync(text, { level: 9 })]);
    return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('PLTE', palette), chunk('iTXt', words), chunk('IDAT', zlib.deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

// Its size, and the text in it.
function read(bytes) {
    const found = { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), text: '' };
    for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
        const data = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)), type = bytes.toString('latin1', at + 4, at + 8);
        if (type === 'iTXt' && data.toString('latin1', 0, KEYWORD.length) === KEYWORD) found.text = zlib.inflateSync(data.subarray(KEYWORD.length + 5)).toString();
    }
    return found;
}

/* ---- what is shown -------------------------------------------------------------------------------------------------------------------- */

function english(name) {
    const pick = (i, ...values) => values[(Math.imul(i + 1, 2654435761) >>> 9) % 101 % values.length];
    const people = Array.from({ length: 320 }, (_, i) => `${101 + i},Student ${101 + i},${pick(i, 'girl', 'boy')},${pick(i * 3, 'North', 'South', 'East')},${(60 + (i * 37 % 350) / 10).toFixed(1)}\n`);
    write(`${name}/students.csv`, `id,name,sex,primary school,mathematics\n${people.join('')}`);
    write(`${name}/classes.csv`, `class,seats\n${Array.from({ length: 8 }, (_, i) => `${i + 1},\n`).join('')}`);
    write(`${name}/teachers.csv`, `id,name,subject,classes,homeroom\n${Array.from({ length: 8 }, (_, i) => `t${i},Teacher ${i + 1},English,1,yes\nu${i},Teacher ${i + 9},mathematics,1,no\n`).join('')}`);
    write(`${name}/rules.csv`, ['rule,who,column,value', 'draw,,district,Exampleshire', 'draw,,year,2026', 'draw,,grade,grade-7', 'draw,,school,Example School', 'draw,,date,2026-08-30',
        'source,,1,"d10 39; throws 1 to 39 by 39 parents, in the order of their seats; again; balls"', 'rows,,,public; Example District; Example Rule 7', 'balance,students,sex,', 'balance,students,primary school,',
        'mean,students,mathematics,0.5 1.0 2.0', ''].join('\n'));
    with_secret(name);
}

// Of which the text is kept, and from where each is shown.
const VIEWS = { '#answer': 'body', '#child-card': '#child .headline', '#balance': '#balance' };
const WIDTH = 360, HEIGHT = 740, GAP = 16;

describe('pictures', { concurrency: 2 }, () => {
    example('zh', 'school');
    english('en');
    for (const [language, lang] of [['zh', 'zh-CN'], ['en', 'en']]) {
        const folder = drawn(language), child = folder.people.find(person => person.id.endsWith('07')), file = `tools/web/verify-${language}.png`;
        on_page(file, { size: 'phone', lang, deviceScaleFactor: 1, hash: '#' + slip(folder, child).split('#')[1] }, async (page, { context }) => {
            await reach(page, 'ready');
            await choose(page, folder.log);
            await answered(page, 'valid');
            await page.locator('#figures svg').first().waitFor();
            // What the text holds: the words of the three views and what pictures there are in them.
            const text = await page.evaluate(views => views.map(view => {
                const box = document.querySelector(view);
                return `${box.innerText.replace(/\s+/g, ' ').trim()}\n(${box.querySelectorAll('svg').length} pictures)`;
            }).join('\n\n'), Object.keys(VIEWS));
            if (!WRITE) {
                assert.ok(fs.existsSync(file), 'is there');
                const bytes = fs.readFileSync(file), had = read(bytes);
                assert.ok(bytes.length <= MOST, `${bytes.length} bytes`);
                assert.deepEqual([had.width, had.height], [3 * WIDTH + 4 * GAP, HEIGHT + 2 * GAP]);
                assert.equal(had.text, text, 'it shows something else: make pictures');
                return;
            }
            const shots = [];
            for (const view of Object.values(VIEWS)) {
                await page.evaluate(selector => scrollTo(0, document.querySelector(selector).getBoundingClientRect().top + scrollY - 8), view);
                shots.push((await page.screenshot({ animations: 'disabled' })).toString('base64'));
            }
            const blank = await context.newPage();
            const rgba = await blank.evaluate(async ({ shots, width, height, gap }) => {
                const canvas = Object.assign(document.createElement('canvas'), { width: 3 * width + 4 * gap, height: height + 2 * gap }), draw = canvas.getContext('2d');
                draw.fillStyle = '#d7dfe0';
                draw.fillRect(0, 0, canvas.width, canvas.height);
                for (const [i, shot] of shots.entries()) {
                    const image = Object.assign(new Image(), { src: 'data:image/png;base64,' + shot });
                    await image.decode();
                    draw.drawImage(image, gap + i * (width + gap), gap, width, height);
                }
                const data = draw.getImageData(0, 0, canvas.width, canvas.height).data;
                let text = '';
                for (let i = 0; i < data.length; i += 32768) text += String.fromCharCode(...data.subarray(i, i + 32768));
                return btoa(text);
            }, { shots, width: WIDTH, height: HEIGHT, gap: GAP });
            fs.writeFileSync(file, png(3 * WIDTH + 4 * GAP, HEIGHT + 2 * GAP, Buffer.from(rgba, 'base64'), text));
            console.log(`${file}: ${fs.statSync(file).size} bytes`);
        });
    }
});
