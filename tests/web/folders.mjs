// Folders of draws for the tests of the page, made by the programs of this tree with a known secret: the same logs every time.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const BUILD = path.resolve(process.env.BUILD || 'build');
export const DIGITS = '3141-5926-5358-9793-2384-6264-3383-2795-0288-419';
export const SECOND = '2718-2818-2845-9045-2353-6028-7471-3526-6249-775';
export const TIME = '2026-08-30T09:30:00+08:00';
export const SEED = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'page-'));
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));
export const at = (...names) => path.join(scratch, ...names);

// What it prints; an exception with what it says if its status is another.
export function sunlot(...args) {
    return execFileSync(`${BUILD}/sunlot`, args.map(String), { cwd: scratch, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
}

export function write(name, data) {
    fs.mkdirSync(path.dirname(at(name)), { recursive: true });
    fs.writeFileSync(at(name), data);
    return at(name);
}

export function with_secret(name) {
    fs.mkdirSync(at(name, 'private'), { recursive: true, mode: 0o700 });
    fs.copyFileSync('vectors/draws/live/master', at(name, 'private/master'));
    fs.chmodSync(at(name, 'private/master'), 0o600);
}

// A folder's input files, from an example; rules: lines added to rules.csv.
export function example(name, from, rules = []) {
    fs.cpSync(`vectors/examples/${from}`, at(name), { recursive: true });
    fs.appendFileSync(at(name, 'rules.csv'), rules.map(rule => rule + '\n').join(''));
    with_secret(name);
}

// A folder as `sunlot new` writes it: 24 students, everybody sees their rows.
export function small(name, rules = [], lang = 'zh') {
    sunlot('new', name, '--lang', lang);
    fs.appendFileSync(at(name, 'rules.csv'), rules.map(rule => rule + '\n').join(''));
    with_secret(name);
}

export function sample(name, schools, classes, students) {
    sunlot('sample', '--schools', schools, '--classes', classes, '--students', students, '--seed', SEED, name);
    with_secret(name);
}

export function throws(name, digits = DIGITS) { sunlot('entropy', name, '--source', 1, '--digits', digits, '--again', digits); }

export function drawn(name) {
    sunlot('announce', name);
    throws(name);
    sunlot('draw', name);
    return folder(name);
}

// Reads what a folder holds: where its log is, its fingerprint, key, and its people as the private list has them.
export function folder(name) {
    const log = at(name, 'public/draw.log');
    const text = fs.readFileSync(log, 'utf8');
    const people = fs.readFileSync(at(name, 'private/people.csv'), 'utf8').trim().split(/\r?\n/).slice(1).map(line => {
        const [pseudonym, salt, school, id, person] = line.split(',');
        return { pseudonym, salt, school, id, name: person };
    });
    return { name, log, text, people, fingerprint: fingerprint(text), key: at(name, 'public/log.vkey'), policy: at(name, 'public/draw.policy') };
}

// 64 digits; the root of the checkpoint before the digits.
export function fingerprint(text) { return text.match(/^checkpoint,seed-base,\d+,h([0-9a-f]{64})/m)[1]; }

// As a slip has it (SPEC 14.5).
export function slip(folder, person, address = '') {
    return `${address}verify.html#` + `1.${person.pseudonym.slice(1)}.${person.salt.slice(1)}.${folder.fingerprint}`.toUpperCase();
}

// What sunlot-verify says of a log, or of a receipt.
export function verified(...args) {
    const done = spawnSync(`${BUILD}/sunlot-verify`, [...args, '--json'], { maxBuffer: 1 << 28, encoding: 'utf8' });
    return JSON.parse(done.stdout);
}
