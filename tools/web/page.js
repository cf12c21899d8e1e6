/* The page: files and links go to the worker, its answers are shown.  Nothing is remembered anywhere else than in `s`. */

const s = { log: null, others: [], notes: [], policy: null, key: null, receipt: null, fingerprint: '', from_slip: false, slip: null, number: '' };
forget();

/* What was found of a log is of that log only. */
function forget() {
    Object.assign(s, { report: null, error: null, child: undefined, opens: undefined, school: null, figures: new Map(), compared: [], receipt_report: null, receipt_alone: null });
}

/* ---- states ------------------------------------------------------------------------------------------------------------------------ */

let state = 'loading';

function enter(next) {
    state = next;
    document.documentElement.dataset.state = next;
    if (next === 'done') document.documentElement.dataset.answer = s.report ? answer_of(s) : s.receipt_report.answer;
    else delete document.documentElement.dataset.answer;
    render();
}

/* words: a function that says it, in the language of the moment. */
function say(words) {
    say.words = words;
    $('status').textContent = words();
}

/* A word beside the answer; make: what gives it, in the language of the moment, or null. */
function notice(make) {
    s.notice = make;
    render_notice();
}

function render_notice() {
    $('notice').hidden = !s.notice;
    if (s.notice) fill($('notice'), s.notice());
}

function broken(error) {
    document.documentElement.dataset.state = 'failed';
    for (const id of ['start', 'working', 'result']) $(id).hidden = true;
    s.broken = error || {};
    render_broken();
}

function render_broken() {
    fill($('broken'), el('h2', null, T('This browser cannot compute the draw')),
        el('p', null, T('The page needs WebAssembly and workers. Take a newer browser (Chrome, Edge, Firefox, Safari), or open it outside the app that showed it to you.')),
        el('p', null, T('Or check on a computer: %1', code('sunlot-verify draw.log'))), s.broken.text ? el('p.soft', null, s.broken.text) : null);
}

/* ---- what is shown ----------------------------------------------------------------------------------------------------------------- */

function render_banner() {
    const rehearsal = Boolean((s.report && is_rehearsal(s.report)) || (s.receipt_report && s.receipt_report.answer === 'rehearsal'));
    document.documentElement.classList.toggle('is-rehearsal', rehearsal);
    $('rehearsal').hidden = !rehearsal;
    if (rehearsal) fill($('rehearsal'), el('strong', null, T('REHEARSAL')), ' ', T('This is no draw'));
}

function render_files() {
    const files = [[s.receipt, 'receipt', T('receipt')], [s.policy, 'policy', T('policy')], [s.key, 'key', T('key')], ...s.notes.map(n => [n, 'note', T('signatures')])].filter(f => f[0]);
    $('files').hidden = files.length === 0;
    $('files').replaceChildren(...files.map(([file, kind, name]) => el('li', null, el('span.soft', null, name), ' ', value(file.name), ' ',
        el('button.small', { type: 'button', 'aria-label': T('Remove %1', file.name), onclick: () => remove(kind, file) }, '×'))));
}

function render_file_bar() {
    fill($('file-bar'), s.log ? [el('span', null, value(s.log.name), ' ', el('span.soft', null, size_text(s.log.size), s.log.from === 'folder' ? T(' · from the folder of this page') : null))] : null,
        el('div.bar-buttons', null,
            el('button.button', { type: 'button', id: 'add', onclick: () => $(s.log ? 'receipt' : 'choose').click() }, s.log ? T('Add a receipt …') : T('Add the log …')),
            el('button.button', { type: 'button', id: 'again', onclick: again }, T('Another file'))));
}

function size_text(bytes) { return bytes < 1e6 ? T('%1 KB', Math.max(1, Math.round(bytes / 1000))) : T('%1 MB', (bytes / 1e6).toFixed(1)); }

/* The field of the fingerprint stands where it is needed. */
function place_pin() {
    const place = $('pin-place') || $('pin-home'), pin = $('pin');
    if (pin.parentNode !== place) place.append(pin);
}

function render() {
    $('pin-home').append($('pin'));
    render_banner();
    labels();
    render_notice();
    for (const id of ['lead', 'footer']) $(id).hidden = false;
    $('start').hidden = state !== 'ready' && state !== 'failed';
    $('lead').hidden = state === 'done';
    $('working').hidden = state !== 'checking';
    $('result').hidden = state !== 'done';
    render_files();
    render_proof();
    render_this_page(s);
    if (state === 'failed') fill($('broken'), error_text(s.error).map((text, i) => i === 0 ? el('h2', null, text) : text && el('p', null, text)));
    else $('broken').hidden = true;
    if (state !== 'done') return;
    render_file_bar();
    for (const id of ['answer', 'fault', 'digits', 'checks', 'child-card', 'balance', 'acts', 'about']) $(id).hidden = true;
    if (s.report) {
        render_balance(s);
        $('answer').hidden = false;
        render_child(s);
        render_digits(s);
        render_answer(s);
        render_checks(s);
        render_acts(s);
        render_about(s);
        show_school();
    }
    render_receipt(s);
    /* Who came with a slip looks for the child first. */
    $(s.slip ? 'fault' : 'checks').after($('child-card'));
    place_pin();
}

/* ---- checking ---------------------------------------------------------------------------------------------------------------------- */

let turn = 0;

async function bytes_of(blob) {
    if (blob.size > limit) throw { code: 'limit' };
    try {
        return await blob.arrayBuffer();
    } catch (error) {
        throw { code: 'read', text: String(error) };
    }
}

/* What was given from outside, beside the log. */
async function outside() {
    return { fingerprint: s.fingerprint, key: s.key ? s.key.text : '', policy: s.policy ? await bytes_of(s.policy.blob) : null };
}

/* As with say. */
function show_progress(words, part) {
    show_progress.words = words;
    $('progress-text').textContent = words();
    if (part === null) $('progress').removeAttribute('value');
    else $('progress').value = part;
}

function on_progress(p) {
    if (p.step === 'read') return show_progress(() => T('Reading the log and checking signatures …'), null);
    show_progress(() => T('Schools computed: %1 of %2', p.done, p.total), p.total > 0 ? p.done / p.total : 1);
    const quarter = Math.floor(4 * p.done / Math.max(1, p.total));
    if (p.total > 8 && quarter > (on_progress.said || 0)) say(() => T('Schools computed: %1 of %2', p.done, p.total));
    on_progress.said = quarter;
}

async function check() {
    const mine = ++turn;
    forget();
    enter('checking');
    show_progress(() => T('Reading the file …'), null);
    say(() => T('Computing the draw again …'));
    $('working-title').focus({ preventScroll: true });
    try {
        const notes = await Promise.all(s.notes.map(note => bytes_of(note.blob)));
        const log = await bytes_of(s.log.blob), given = await outside();
        if (mine !== turn) return;
        const { report } = await ask({ do: 'check', log, name: s.log.name, ...given, notes, until: '' }, [log], on_progress);
        if (mine !== turn) return;
        s.report = { ...report, given: { fingerprint: given.fingerprint !== '', key: given.key !== '', policy: given.policy !== null } };
        const found = await more_notes();
        if (mine !== turn) return;
        s.notes.push(...found);
        if (found.length > 0) return void check();
        const { compared, longer } = await compare_others();
        if (mine !== turn) return;
        if (longer) {
            Object.assign(s, { log: longer, others: [s.log, ...s.others.filter(other => other !== longer)] });
            return void check();
        }
        s.compared = compared;
        if (s.receipt) {
            const reports = await receipt_reports();
            if (mine !== turn) return;
            Object.assign(s, reports);
        }
        const number = s.slip ? s.slip.pseudonym : s.receipt_report && s.receipt_report.pseudonym;
        if (number && s.report.draw !== undefined) await find(number, true);
        if (mine !== turn) return;
        if (s.report.schools && s.report.schools.length === 1) s.school = s.report.schools[0].number;
        finish('answer', () => answer_words(s));
    } catch (error) {
        if (mine === turn) fail(error);
    }
}

function finish(id, words) {
    enter('done');
    say(() => el('p', null, words().word, '. ', words().title).textContent);
    $(id).focus({ preventScroll: true });
    scrollTo(0, 0);
}

function fail(error) {
    if (error.code === 'cancelled') return void enter('ready');
    if (error.code === 'fingerprint') {
        s.fingerprint = '';
        wrong_fingerprint();
        return void (s.log ? check().then(() => $('fingerprint').focus()) : enter('ready'));
    }
    s.error = error;
    say(() => '');
    enter('failed');
    $('broken').scrollIntoView({ block: 'nearest' });
}

function cancel() {
    turn++;
    stop_worker();
    s.notes = s.notes.filter(note => note.from !== 'folder');
    if (s.log && s.log.from === 'folder') s.log = null;
    enter('ready');
    say(() => T('Cancelled.'));
    $('choose').focus();
}

function again() {
    turn++;
    forget();
    asked = {};
    for (const id of ['child-id', 'child-name', 'child-salt', ...(s.slip ? [] : ['child-number'])]) $(id).value = '';
    Object.assign(s, { log: null, others: [], notes: [], receipt: null });
    notice(null);
    enter('ready');
    $('choose').focus();
}

/* How the other copies and the log continue each other, and one that goes on where the log ends: the answer is then that one's. */
async function compare_others() {
    const compared = [];
    let longer = null;
    for (const other of s.others) {
        const bytes = await bytes_of(other.blob);
        const { compare } = await ask({ do: 'compare', other: bytes, name: other.name }, [bytes]);
        compared.push(...compare.other_logs.map(c => ({ ...c, name: other.name })));
        if (compare.longer && compare.other_logs.every(c => c.continues)) longer = other;
    }
    return { compared, longer };
}

/* ---- a child, a school -------------------------------------------------------------------------------------------------------------- */

async function find(number, quiet) {
    const mine = turn;
    const { student } = await ask({ do: 'student', number });
    if (mine !== turn) return;
    Object.assign(s, { number, child: student, opens: undefined });
    $('child-number').value = number;
    const school = student && school_of(s.report, student);
    if (school) s.school = school.number;
    if (quiet) return;
    render_child(s);
    render_balance(s);
    show_school();
    $('child').querySelector('[tabindex]').focus();
}

/* A salt as it may be typed: in groups, in capitals, without the h. */
function typed_salt(text) { return text.replace(/[\s-]/g, '').toLowerCase().replace(/^h?/, 'h'); }

async function open_record() {
    const mine = turn, line = s.child, own = s.slip && s.slip.pseudonym === line.pseudonym;
    const child = { id: $('child-id').value.trim(), name: $('child-name').value.trim() }; // keyboards of phones add spaces
    const { opens } = await ask({ do: 'opens', number: line.pseudonym, salt: own ? s.slip.salt : typed_salt($('child-salt').value), child });
    if (mine !== turn || line !== s.child) return;
    s.opens = opens;
    render_opens(s);
}

async function show_school() {
    const school = s.report.schools && s.report.schools.find(x => x.number === s.school);
    if ($('balance').hidden) return;
    if (!school) return void fill($('figures'), el('p', null, T('Choose a school to see its classes.')));
    if (!s.figures.has(school.number)) {
        if (is_public(s.report) || !has_results(s.report)) s.figures.set(school.number, null);
        else {
            s.figures.set(school.number, undefined);
            const figures = s.figures;
            ask({ do: 'figures', school: school.number }).then(m => figures.set(school.number, m.figures), () => figures.set(school.number, null))
                .then(() => { if (figures === s.figures && s.school === school.number && state === 'done') show_school(); });
        }
    }
    render_figures(school, s.figures.get(school.number), false);
}

/* ---- files and links --------------------------------------------------------------------------------------------------------------- */

/* Which slot a file goes into, by its name; what it is, the core finds. */
function slot_of(name, usual) {
    const [, kind] = name.toLowerCase().match(/\.(receipt|policy|note|vkey|minisig|pub|log)(?:\.txt)?$/) || [];
    return kind || usual;
}

async function take(files, usual) {
    notice(null);
    let log = null;
    const others = [], aside = [], notes = [];
    for (const blob of files) {
        const file = { name: blob.name, size: blob.size, blob, from: 'file' };
        switch (slot_of(blob.name, usual)) {
        case 'receipt': s.receipt = file; break;
        case 'policy': s.policy = file; break;
        case 'note': notes.push(file); break;
        case 'vkey': s.key = { ...file, text: await blob.text() }; break;
        case 'minisig': case 'pub': aside.push(file.name); break;
        default:
            if (log === null) log = file;
            else others.push(file);
        }
    }
    if (log) {
        if (s.log) s.notes = []; // they were the other one's
        Object.assign(s, { log, others });
        asked = {};
    }
    s.notes.push(...notes);
    if (s.log) await check();
    else if (s.receipt) await check_receipt_alone();
    else render();
    if (aside.length > 0) notice(() => T('%1: for the program minisign; this page checks the signatures inside the log.', listed(aside.map(value))));
}

function remove(kind, file) {
    if (kind === 'note') s.notes = s.notes.filter(note => note !== file);
    else s[kind] = null;
    if (s.log) return void check();
    forget();
    if (s.receipt) check_receipt_alone();
    else enter('ready');
}

/* A slip: pseudonym, salt and fingerprint are used from now on. */
function use_slip(slip) {
    s.slip = slip;
    s.fingerprint = slip.fingerprint;
    s.from_slip = true;
    $('fingerprint').value = (slip.fingerprint.match(/.{4}/g) || []).join(' ');
    $('child-number').value = slip.pseudonym;
}

function wrong_fingerprint() {
    fill($('fingerprint-wrong'), T('This is no fingerprint: it has 16 groups of 4, of the digits 0 to 9 and the letters a to f.'));
    $('fingerprint').setAttribute('aria-invalid', 'true');
}

async function use_typed() {
    const text = $('fingerprint').value.trim();
    notice(null);
    $('fingerprint-wrong').hidden = true;
    $('fingerprint').removeAttribute('aria-invalid');
    const { slip } = text === '' ? { slip: null } : await ask({ do: 'slip', link: text });
    if (slip) use_slip(slip);
    else Object.assign(s, { fingerprint: text, from_slip: false });
    if (s.log) return check();
    if (s.receipt) return check_receipt_alone();
    notice(slip ? slip_notice : text === '' ? null : () => T('Kept. Now choose draw.log.'));
}

function slip_notice() {
    return [el('strong', null, T('The slip’s code was read.')), ' ', T('Code number, salt and fingerprint of your child are filled in; they stay on this device.'), s.log ? null : [' ', T('Now choose draw.log.')]];
}

/* The link of a slip: read, then taken out of the address. */
async function read_address() {
    const link = location.hash.slice(1);
    if (link === '') return;
    try { history.replaceState(null, '', location.href.split('#')[0]); } catch (error) { /* some viewers of files forbid it: the link stays */ }
    const { slip } = await ask({ do: 'slip', link });
    if (slip) {
        use_slip(slip);
        notice(slip_notice);
        if (s.log) await check();
    } else {
        notice(() => T('The link of the slip is not whole: scan the code again, or type the fingerprint.'));
    }
}

/* ---- start ------------------------------------------------------------------------------------------------------------------------- */

function on_submit(id, run) {
    $(id).addEventListener('submit', event => {
        event.preventDefault();
        Promise.resolve(run()).catch(fail);
    });
}

function listen() {
    $('language').addEventListener('click', () => {
        language = language === 'zh-CN' ? 'en' : 'zh-CN';
        if (s.broken) {
            labels();
            render_broken();
        } else {
            render();
            if (say.words) say(say.words);
            if (state === 'checking') label('progress-text', show_progress.words());
        }
    });
    for (const [id, usual] of [['choose', 'log'], ['receipt', 'receipt']])
        $(id).addEventListener('change', event => {
            const files = [...event.target.files];
            event.target.value = '';
            if (files.length > 0) take(files, usual).catch(fail);
        });
    let inside = 0;
    const veil = on => { $('veil').hidden = !on; };
    const has_files = event => event.dataTransfer && [...event.dataTransfer.types].includes('Files');
    addEventListener('dragenter', event => { if (has_files(event)) { inside++; veil(true); } });
    addEventListener('dragleave', event => { if (has_files(event) && --inside <= 0) { inside = 0; veil(false); } });
    addEventListener('dragover', event => { if (has_files(event)) event.preventDefault(); });
    addEventListener('drop', event => {
        inside = 0;
        veil(false);
        if (!has_files(event)) return;
        event.preventDefault();
        if (!s.broken && event.dataTransfer.files.length > 0) take([...event.dataTransfer.files], 'log').catch(fail);
    });
    addEventListener('keydown', event => {
        if (event.key !== 'Escape') return;
        inside = 0;
        veil(false);
        if (state === 'checking') cancel();
    });
    addEventListener('hashchange', () => read_address().catch(fail));
    $('skip').addEventListener('click', event => { // without touching the address, which is for slips
        event.preventDefault();
        $('main').focus();
    });
    $('cancel').addEventListener('click', cancel);
    on_submit('pin', use_typed);
    on_submit('child-form', () => $('child-number').value.trim() === '' ? null : find($('child-number').value.trim()));
    on_submit('open-form', open_record);
    $('school-filter').addEventListener('input', () => render_school_options(s.report.schools, s.school));
    $('school').addEventListener('change', event => {
        s.school = Number(event.target.value) || null;
        show_school();
    });
    let opened = [];
    addEventListener('beforeprint', () => { opened = [...document.querySelectorAll('#checks details:not([open])')]; opened.forEach(d => { d.open = true; }); });
    addEventListener('afterprint', () => opened.forEach(d => { d.open = false; }));
}

async function begin() {
    if (!/^zh/i.test(navigator.language || 'zh')) language = 'en';
    if (served) narrow();
    listen();
    labels();
    if (typeof WebAssembly !== 'object' || typeof Worker !== 'function') return void broken();
    try {
        await start_worker();
    } catch (error) {
        return void broken(error);
    }
    enter('ready');
    await read_address();
    if (served && !s.log) await fetch_log();
}

begin().catch(fail);
