/* The worker of the verify page: it moves bytes between the page and the core, and nothing else.
 *
 * The page sends first {core: base64 or ArrayBuffer}; the answer is {ready: true, version, limit} or {error}.  limit: the most bytes of a log.
 * Then one request at a time; answers carry its id:
 *   {id, do: 'check', log, name, fingerprint, key, policy, notes, until}   {id, progress: {step, done, total}}…, then {id, report}
 *   {id, do: 'student', number}                                            {id, student}: of the log that was checked last
 *   {id, do: 'opens', number, salt, child: {id, name}}                     {id, opens}: true, false; null: the public edition does not have the line
 *   {id, do: 'figures', school}                                            {id, figures}: of a school by its number, or null
 *   {id, do: 'slip', link}                                                 {id, slip: {pseudonym, salt, fingerprint}}, or null
 *   {id, do: 'receipt', receipt, name, fingerprint, key, policy, with_log} {id, receipt}
 *   {id, do: 'compare', other, name}                                       {id, compare: {log, longer, other_logs}}
 * or {id, error: {code, text}}: memory, limit, internal, or what cannot be read: key, policy, fingerprint, until, note.
 * ArrayBuffers may be transferred. */
'use strict';

/* In 32 bits there must be room for the log and for what is read of it. */
const LIMIT = 1024 * 1024 * 1024;

const GIVEN = ['log', 'log_name', 'key', 'policy', 'fingerprint', 'until', 'student', 'receipt', 'receipt_name', 'since', 'since_name', 'link', 'salt', 'id', 'person',
    'note', 'other', 'other_name'];
const FAILED = { '-1': 'memory', '-2': 'key', '-3': 'policy', '-4': 'fingerprint', '-5': 'until', '-6': 'note', '-7': 'internal' };

class Failure extends Error {
    constructor(code, text) {
        super(text);
        this.code = code;
    }
}

let module = null;
let core = null;
let version = '';

/* A module as it was at the beginning: after a trap nothing of the old one is used. */
function start() {
    core = new WebAssembly.Instance(module, {}).exports;
    core._initialize();
    result(core.core_start());
    version = text();
}

/* A result of the core, or its failure. */
function result(number) {
    if (number < 0) throw new Failure(FAILED[number] || 'internal', 'core ' + number);
    return number;
}

function give(kind, value) {
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : new Uint8Array(value);
    const at = core.core_give(GIVEN.indexOf(kind), bytes.length) >>> 0;
    if (at === 0) throw new Failure('memory', kind);
    new Uint8Array(core.memory.buffer, at, bytes.length).set(bytes);
}

/* Only what is there. */
function give_some(kind, value) {
    if (value !== undefined && value !== null && value !== '') give(kind, value);
}

function give_pin(request) {
    for (const kind of ['key', 'policy', 'fingerprint']) give_some(kind, request[kind]);
}

function text() {
    return new TextDecoder().decode(new Uint8Array(core.memory.buffer, core.core_text() >>> 0, core.core_text_bytes() >>> 0));
}

function said(number) {
    result(number);
    return JSON.parse(text());
}

function small(bytes) {
    if (bytes.byteLength > LIMIT) throw new Failure('limit', bytes.byteLength + ' bytes');
    return bytes;
}

const DO = {
    check(request, progress) {
        const total = small(request.log).byteLength;
        progress('read', 0, total);
        give('log', request.log);
        request.log = null;
        give('log_name', request.name || '');
        give_pin(request);
        give_some('until', request.until);
        for (const note of request.notes || []) give('note', note);
        const schools = result(core.core_check(0));
        progress('read', total, total);
        let last = performance.now();
        for (let school = 0; school < schools; school++) {
            const now = performance.now();
            if (school === 0 || now - last >= 50) {
                progress('schools', school, schools);
                last = now;
            }
            result(core.core_school(school));
        }
        progress('schools', schools, schools);
        return { report: said(core.core_report(0)) };
    },
    student(request) {
        give('student', request.number);
        return { student: said(core.core_student()) };
    },
    opens(request) {
        give('student', request.number);
        give('salt', request.salt);
        give('id', request.child.id);
        give('person', request.child.name);
        return { opens: said(core.core_opens()) };
    },
    figures(request) {
        return { figures: said(core.core_figures(request.school)) };
    },
    slip(request) {
        give('link', request.link);
        return { slip: said(core.core_slip()) };
    },
    receipt(request) {
        give('receipt', request.receipt);
        give('receipt_name', request.name || '');
        give_pin(request);
        return { receipt: said(core.core_receipt(request.with_log ? 1 : 0)) };
    },
    compare(request) {
        give('other', small(request.other));
        give('other_name', request.name || '');
        return { compare: said(core.core_compare()) };
    }
};

/* A failure as the page is told of it.  A trap leaves the core as it happened to be, and memory never shrinks: then it is made anew, without the log. */
function failure(error) {
    const known = error instanceof Failure;
    const memory = known ? error.code === 'memory' : error instanceof RangeError;
    if (known && !memory) return { code: error.code, text: error.message };
    try {
        start();
    } catch (again) {
        core = null;
    }
    return { code: memory ? 'memory' : 'internal', text: String(error) };
}

function bytes_of(given) {
    if (typeof given !== 'string') return given;
    const characters = atob(given.trim());
    const bytes = new Uint8Array(characters.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
    return bytes;
}

self.onmessage = (event) => {
    const request = event.data;
    try {
        if (module === null) {
            module = new WebAssembly.Module(bytes_of(request.core));
            start();
            self.postMessage({ ready: true, version, limit: LIMIT });
            return;
        }
        const work = DO.hasOwnProperty(request.do) ? DO[request.do] : null;
        if (work === null || core === null) throw new Failure('internal', 'no ' + request.do);
        const answer = work(request, (step, done, total) => self.postMessage({ id: request.id, progress: { step, done, total } }));
        self.postMessage({ id: request.id, ...answer });
    } catch (error) {
        self.postMessage({ id: request.id, error: failure(error) });
    }
};
