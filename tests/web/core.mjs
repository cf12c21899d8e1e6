// The core of the verify page in Node: build/web/core.wasm, and the worker of tools/web with a page that is no page.
import fs from 'node:fs';
import vm from 'node:vm';

const folder = `${process.env.BUILD || 'build'}/web`;

// As in core.c and worker.js.
const GIVEN = ['log', 'log_name', 'key', 'policy', 'fingerprint', 'until', 'student', 'receipt', 'receipt_name', 'since', 'since_name', 'link', 'salt', 'id', 'person',
    'note', 'other', 'other_name'];

export class Core {
    static module = new WebAssembly.Module(fs.readFileSync(`${folder}/core.wasm`));

    constructor() {
        this.exports = new WebAssembly.Instance(Core.module, {}).exports;
        this.exports._initialize();
        this.done(this.exports.core_start());
    }

    done(number) {
        if (number < 0) throw new Error(`core ${number}`);
        return number;
    }

    give(kind, value) {
        const bytes = typeof value === 'string' ? Buffer.from(value) : value;
        const at = this.exports.core_give(GIVEN.indexOf(kind), bytes.length) >>> 0;
        if (at === 0) throw new Error(`no room for ${kind}`);
        new Uint8Array(this.exports.memory.buffer, at, bytes.length).set(bytes);
    }

    text() {
        return Buffer.from(this.exports.memory.buffer, this.exports.core_text() >>> 0, this.exports.core_text_bytes() >>> 0).toString('utf8');
    }

    // The JSON of a check of what was given, with the figures of a school by its number.
    check(rehearsal, figures = 0) {
        const schools = this.done(this.exports.core_check(rehearsal ? 1 : 0));
        for (let school = 0; school < schools; school++) this.done(this.exports.core_school(school));
        this.done(this.exports.core_report(figures));
        return this.text();
    }

    slip(link) {
        this.give('link', link);
        this.done(this.exports.core_slip());
        return JSON.parse(this.text());
    }

    receipt(with_log) {
        this.done(this.exports.core_receipt(with_log ? 1 : 0));
        return this.text();
    }
}

// A worker as the page has it.  ask(request) gives all its answers.
export class Worker {
    constructor() {
        this.answers = [];
        const self = { postMessage: (answer) => this.answers.push(answer) };
        this.context = vm.createContext({ self, WebAssembly, TextEncoder, TextDecoder, performance, atob });
        vm.runInContext(fs.readFileSync('tools/web/worker.js', 'utf8'), this.context);
        this.self = self;
    }

    ask(request) {
        this.answers = [];
        this.self.onmessage({ data: request });
        return this.answers;
    }

    // What the page gives the worker.  pages: the core may have so many of 64 KiB, instead of all that 32 bits reach.
    static base64(pages = 65536) {
        const bytes = fs.readFileSync(`${folder}/core.wasm`);
        const most = bytes.indexOf(Buffer.from([0x80, 0x80, 4])); // 65536, of the memory section, which comes before all code
        bytes.set([0x80 | pages & 127, 0x80 | pages >> 7 & 127, pages >> 14], most);
        return bytes.toString('base64');
    }
}
