// The core of the verify page says what sunlot-verify says, byte for byte: of every log and receipt of vectors/, and of logs cut and altered at random.
//     node tests/web/same.mjs [MUTATIONS]       with BUILD, after `make all web`
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import vm from 'node:vm';
import { Core, Worker } from './core.mjs';

const verify = `${process.env.BUILD || 'build'}/sunlot-verify`;
const mutations = Number(process.argv[2] || 300);
let compared = 0;
let wrong = 0;

function fail(what) {
    wrong++;
    if (wrong <= 20) console.log(`  wrong: ${what}`);
}

function expect(what, found, expected) {
    compared++;
    const [is, wanted] = [found, expected].map(value => JSON.stringify(value) || 'nothing');
    if (is !== wanted) fail(`${what}: ${is.slice(0, 300)}, not ${wanted.slice(0, 300)}`);
}

// Of sunlot-verify: what it prints, or that it cannot.
function native(args) {
    const done = spawnSync(verify, [...args, '--json'], { maxBuffer: 1 << 30 });
    return done.status === 2 && done.stdout.length === 0 ? 'cannot' : done.stdout.toString('utf8');
}

// The same options for the core: [kind, value] pairs, files by their path.
const core = new Core();
const FILE = ['key', 'policy', 'note', 'receipt', 'since'];

function of_core(options) {
    let log = 0, receipt = false, rehearsal = false, figures = 0;
    const link = options.find(([kind]) => kind === 'slip');
    const slip = link && core.slip(link[1]); // before anything is given: a call forgets what it was given
    for (const [kind, value] of options) {
        if (kind === 'log') {
            core.give(log === 0 ? 'log' : 'other', fs.readFileSync(value));
            core.give(log === 0 ? 'log_name' : 'other_name', value);
            log++;
        } else if (FILE.includes(kind)) {
            if (kind !== 'receipt') core.give(kind, fs.readFileSync(value));
            if (kind === 'since') core.give('since_name', value);
            receipt = receipt || kind === 'receipt';
        } else if (kind === 'rehearsal') {
            rehearsal = true;
        } else if (kind === 'figures') {
            figures = value;
        } else if (kind === 'slip') {
            core.give('student', slip.pseudonym);
            core.give('fingerprint', slip.fingerprint);
            core.give('salt', slip.salt);
        } else {
            core.give(kind === 'name' ? 'person' : kind, value);
        }
    }
    let said = log > 0 ? core.check(rehearsal, figures) : '';
    if (receipt) {
        const name = options.find(([kind]) => kind === 'receipt')[1];
        core.give('receipt', fs.readFileSync(name));
        core.give('receipt_name', name);
        said = core.receipt(log > 0);
    }
    return said;
}

function same(options) {
    const args = options.flatMap(([kind, value]) => kind === 'log' ? [value] : kind === 'rehearsal' ? ['--rehearsal'] : [`--${kind}`, value]);
    const expected = native(args);
    let found = 'cannot';
    try {
        found = of_core(options);
    } catch (error) {
        if (!/^core -/.test(error.message)) throw error;
    }
    compared++;
    if (found === expected) return;
    let at = 0;
    while (found[at] === expected[at]) at++;
    fail(`${args.join(' ')}: at ${at} “${found.slice(at, at + 80)}”, not “${expected.slice(at, at + 80)}”`);
}

// ---- vectors -------------------------------------------------------------------------------------------------------------------------

const draws = fs.globSync ? fs.globSync('vectors/draws/*/*.log').sort() :
    fs.readdirSync('vectors/draws').sort().flatMap(name => fs.readdirSync(`vectors/draws/${name}`).filter(file => file.endsWith('.log')).sort().map(file => `vectors/draws/${name}/${file}`));

for (const log of draws) {
    const text = fs.readFileSync(log, 'utf8');
    const numbers = [...new Set(text.match(/\bs[0-9a-f]{32}\b/g) || [])];
    same([['log', log]]);
    same([['log', log], ['rehearsal', '']]);
    for (const figures of ['1', '2']) same([['log', log], ['figures', figures]]);
    for (const until of ['list', 'seed-base', 'digits', 'groups']) same([['log', log], ['until', until]]);
    for (const student of [numbers[0], numbers.at(-1), 's00000000000000000000000000000000'])
        if (student !== undefined) same([['log', log], ['student', student]]);
}

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'same-'));

// A file of an index; a key may stand there itself.
function file_of(folder, value) {
    const name = path.join(folder, value);
    if (fs.existsSync(name)) return name;
    fs.writeFileSync(`${work}/log.vkey`, value + '\n');
    return `${work}/log.vkey`;
}

const TEXT = ['fingerprint', 'until', 'link', 'id', 'name'];

// Blocks of `name = value` lines.
function* blocks(index, folder) {
    for (const block of fs.readFileSync(index, 'utf8').split('\n\n')) {
        const lines = block.split('\n').map(line => line.split(' = ')).filter(line => line.length === 2);
        const options = lines.filter(([name]) => ['log', 'other', ...FILE].includes(name) || TEXT.includes(name))
            .map(([name, value]) => [name === 'other' ? 'log' : name === 'link' ? 'slip' : name, TEXT.includes(name) ? value : file_of(folder, value)]);
        if (options.length > 0) yield options;
    }
}

for (const index of ['vectors/refused/index.txt', 'vectors/receipts/index.txt'])
    for (const options of blocks(index, path.dirname(index))) same(options);
for (const options of blocks('vectors/slips/opens.txt', 'vectors')) same(options);

same([['log', draws[0]], ['policy', draws[0]]]);
same([['log', draws[0]], ['key', draws[0]]]);
same([['log', draws[0]], ['fingerprint', '123']]);
same([['log', 'vectors/SPEC.md']]);
same([['log', '/dev/null']]);
if (compared < 900) fail(`only ${compared} comparisons`);

// ---- cut and altered ---------------------------------------------------------------------------------------------------------------------

// Numbers of a linear congruence: the same every time.
let state = 20260830n;
function below(n) {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number((state >> 33n) % BigInt(n));
}

function altered(bytes) {
    const kind = below(8);
    const copy = Buffer.from(bytes);
    if (kind === 0) return copy.subarray(0, below(copy.length + 1));
    if (kind === 1) {
        const lines = copy.toString('latin1').split('\n');
        const from = below(lines.length), to = below(lines.length);
        if (below(2)) lines.splice(to, 0, lines[from]);
        else lines.splice(from, 1);
        return Buffer.from(lines.join('\n'), 'latin1');
    }
    if (kind === 2) {
        const lines = copy.toString('latin1').split('\n');
        const line = below(lines.length), fields = lines[line].split(',');
        fields[below(fields.length)] = ['', '0', '-1', '4294967296', '18446744073709551616', '2147483648', '65536', 'x'.repeat(2000), '99999999999999999999999', 's'][below(10)];
        lines[line] = fields.join(',');
        return Buffer.from(lines.join('\n'), 'latin1');
    }
    for (let i = 1 + below(kind === 3 ? 20 : 2); i > 0; i--) copy[below(copy.length)] = kind < 6 ? below(256) : 48 + below(10);
    return copy;
}

const small = draws.filter(log => fs.statSync(log).size < 40000);
for (let i = 0; i < mutations; i++) {
    const log = path.join(work, `altered-${i}.log`);
    fs.writeFileSync(log, altered(fs.readFileSync(small[below(small.length)])));
    const before = wrong;
    same([['log', log], ['rehearsal', '']]);
    if (wrong === before) fs.rmSync(log);
}
if (wrong === 0) fs.rmSync(work, { recursive: true });

// ---- the module -------------------------------------------------------------------------------------------------------------------------------

const names = WebAssembly.Module.exports(Core.module).map(({ name }) => name).sort();
const called = [...fs.readFileSync('tools/web/core.c', 'utf8').matchAll(/EXPORT\((core_\w+)\)/g)].map(([, name]) => name);
expect('imports', WebAssembly.Module.imports(Core.module), []);
expect('exports', names, ['_initialize', 'memory', ...called].sort());

// ---- the worker ------------------------------------------------------------------------------------------------------------------------------

const buffer = (file) => Uint8Array.from(fs.readFileSync(file)).buffer;
const worker = new Worker();
const ready = worker.ask({ core: Worker.base64() });
expect('ready', [ready.length, ready[0].ready, typeof ready[0].limit], [1, true, 'number']);

const log = 'vectors/draws/acts/draw.log';
const answers = worker.ask({ id: 7, do: 'check', log: buffer(log), name: log, fingerprint: '', key: '', policy: null, notes: [], until: '' });
expect('ids', answers.every(answer => answer.id === 7), true);
expect('progress', answers.filter(answer => answer.progress).map(answer => answer.progress.step).join(' '), 'read read schools schools');
expect('report', answers.at(-1).report, JSON.parse(native([log])));
const number = fs.readFileSync(log, 'utf8').match(/\bs[0-9a-f]{32}\b/)[0];
expect('student', worker.ask({ id: 8, do: 'student', number }), [{ id: 8, student: JSON.parse(native([log, '--student', number])).student }]);
expect('no student', worker.ask({ id: 9, do: 'student', number: 's0' }), [{ id: 9, student: null }]);
expect('figures', worker.ask({ id: 20, do: 'figures', school: 1 }), [{ id: 20, figures: JSON.parse(native([log, '--figures', '1'])).figures }]);
expect('no figures', worker.ask({ id: 21, do: 'figures', school: 99 }), [{ id: 21, figures: null }]);
expect('another log', worker.ask({ id: 10, do: 'compare', other: buffer(log), name: 'other' })[0].compare,
    { log, longer: false, other_logs: [{ log: 'other', continues: true }] });
const receipt = 'vectors/receipts/valid-01.receipt';
expect('receipt', worker.ask({ id: 11, do: 'receipt', receipt: buffer(receipt), name: receipt, with_log: false }), [{ id: 11, receipt: JSON.parse(native(['--receipt', receipt])) }]);
const check = { do: 'check', name: 'x', log: buffer(log) };
expect('no policy', worker.ask({ ...check, id: 12, log: buffer(log), policy: buffer(log) }).at(-1).error.code, 'policy');
expect('no key', worker.ask({ ...check, id: 13, log: buffer(log), key: 'key' }).at(-1).error.code, 'key');
expect('no fingerprint', worker.ask({ ...check, id: 14, log: buffer(log), fingerprint: '12' }).at(-1).error.code, 'fingerprint');
expect('nothing to ask', worker.ask({ id: 15, do: 'student', number }).at(-1).error.code, 'internal');
expect('too large', worker.ask({ ...check, id: 16, log: { byteLength: ready[0].limit + 1 } }).at(-1).error.code, 'limit');
expect('no request', worker.ask({ id: 17, do: 'toString' }).at(-1).error.code, 'internal');
expect('after all that', worker.ask({ ...check, id: 18, name: log, log: buffer(log) }).at(-1).report, JSON.parse(native([log])));

// Without memory the worker says so, and goes on with the next log.
const poor = new Worker();
poor.ask({ core: Worker.base64(64) });
expect('no memory', poor.ask({ ...check, id: 26, log: new ArrayBuffer(1 << 23) }).at(-1).error?.code, 'memory');
expect('memory again', poor.ask({ ...check, id: 27, name: log, log: buffer(log) }).at(-1).report, JSON.parse(native([log])));
// A trap: the core is made anew.
vm.runInContext('core = { ...core, core_check() { throw new WebAssembly.RuntimeError("unreachable"); } }', worker.context);
expect('a trap', worker.ask({ ...check, id: 28, log: buffer(log) }).at(-1).error.code, 'internal');
expect('the log is gone', worker.ask({ id: 29, do: 'student', number }).at(-1).error.code, 'internal');
expect('after a trap', worker.ask({ ...check, id: 30, name: log, log: buffer(log) }).at(-1).report, JSON.parse(native([log])));

// Links of slips: what the vectors say of each.
const links = fs.readFileSync('vectors/slips/slip.txt', 'utf8').split('\n\n').map(block => Object.fromEntries(block.split('\n').map(line => line.split(' = ')))).filter(block => 'link' in block);
for (const { link, accepted, pseudonym, salt, fingerprint } of links) {
    const slip = accepted === 'yes' ? { pseudonym, salt, fingerprint } : null;
    const bytes = Buffer.from(link, 'hex');
    if (bytes.equals(Buffer.from(bytes.toString('utf8')))) expect(`link ${link}`, worker.ask({ id: 22, do: 'slip', link: bytes.toString('utf8') }), [{ id: 22, slip }]);
}
if (links.length < 10) fail(`only ${links.length} links`);

// What opens a line: the vectors again, by way of the page's requests.
for (const options of blocks('vectors/slips/opens.txt', 'vectors')) {
    const given = Object.fromEntries(options);
    if (given.id === undefined || given.until !== undefined) continue;
    const { student } = JSON.parse(native([given.log, '--slip', given.slip, '--id', given.id, '--name', given.name]));
    const { slip } = worker.ask({ id: 23, do: 'slip', link: given.slip })[0];
    if (student === null || slip === null) continue;
    worker.ask({ id: 24, do: 'check', log: buffer(given.log), name: 'x' });
    expect(`opens ${given.id} ${given.name}`, worker.ask({ id: 25, do: 'opens', number: slip.pseudonym, salt: slip.salt, child: { id: given.id, name: given.name } }),
        [{ id: 25, opens: student.opens }]);
}

console.log(`same: ${compared} answers compared, ${wrong} wrong`);
process.exit(wrong === 0 ? 0 : 1);
