/* The answer, a fault, the fingerprint and the digits with the two questions. */

function render_answer(s) {
    const r = s.report, words = answer_words(s);
    const box = $('answer');
    box.className = 'card answer tone-' + words.tone;
    fill(box,
        el('div.answer-head', null,
            el('span.badge', null, icon(words.icon)),
            el('p.word', null, words.word, ' ', el('code', { translate: 'no' }, answer_of(s)))),
        el('h2', { id: 'answer-title' }, words.title),
        words.more.map(text => text && el('p', null, text)),
        is_rehearsal(r) && r.answer !== 'rehearsal' ? el('p.strong', null, T('It is the log of a rehearsal, which is no draw in any case.')) : null,
        r.answer === 'unpinned' ? el('div', { id: 'pin-place' }) : null,
        child_line(s),
        r.draw === undefined ? null : el('nav.jumps', { 'aria-label': T('Parts of the answer') },
            jump('digits', T('Fingerprint and digits')), jump('checks', T('What was checked')), $('child-card').hidden ? null : jump('child-card', T('Find my child')),
            $('balance').hidden ? null : jump('balance', T('Balance')), s.receipt_report ? jump('receipt-card', T('Receipt')) : null));
    render_fault(s);
}

/* Where the child of the slip is, said at once. */
function child_line(s) {
    if (!s.slip || !s.child || is_fault(s.report) || answer_of(s) === 'split') return null;
    const c = s.child;
    const text = c.struck ? T('Your slip: this child was struck from the list.')
        : c.class === undefined ? T('Your slip: this child is in the list; it has no class yet.')
        : T('Your slip: class %1', el('strong', null, value(c.class)));
    return el('p.child-line', null, icon(c.struck ? 'note' : 'ok'), el('span', null, text), ' ', jump('child-card', T('See how')));
}

function render_fault(s) {
    const r = s.report, box = $('fault');
    box.hidden = !is_fault(r);
    if (box.hidden) return;
    const f = r.fault, advice = fault_advice(s);
    fill(box,
        el('h2', { id: 'fault-title' }, T('What was found, and where')),
        el('dl.facts', null,
            el('dt', null, T('Check')), el('dd', null, code(f.answer)),
            f.line > 0 ? [el('dt', null, T('Line')), el('dd', null, code(f.line))] : null,
            el('dt', null, T('What')), el('dd', null, T(f.what)),
            f.found ? [el('dt', null, T('Found')), el('dd', null, el('code.found', { dir: 'auto', translate: 'no' }, f.found))] : null,
            other_fingerprint(r) ? [el('dt', null, s.from_slip ? T('On your slip') : T('You typed')), el('dd', null, el('code.found', { translate: 'no' }, s.from_slip ? s.fingerprint.match(/.{4}/g).join(' ') : s.fingerprint))] : null),
        s.log.size === 0 ? el('p', null, T('The file is empty.')) : null,
        el('h3', null, T('What it does not mean')), el('p', null, advice.not),
        el('h3', null, T('What you can do')), el('ol', null, advice.do.map(text => text && el('li', null, text))),
        el('p.soft', null, r.program, ' · ', value(s.log.name)));
}

/* 64 digits in four rows of four groups, as they are printed on paper. */
function fingerprint_grid(hex) {
    const groups = hex.match(/.{4}/g);
    return el('div.fingerprint', { role: 'img', 'aria-label': T('Fingerprint: %1', groups.map(g => [...g].join(' ')).join(', ')), translate: 'no', dir: 'ltr' },
        groups.map(group => el('span', { 'aria-hidden': 'true' }, group)));
}

function mark(tone, name, text) { return el('p.mark.tone-' + tone, null, el('span.badge.small', null, icon(name)), el('span', null, text)); }

function fingerprint_state(s) {
    const r = s.report;
    if (by_fingerprint(r))
        return mark('good', 'ok', s.from_slip ? T('It is the one in your slip’s code. Look whether the slip shows it in print too.') : T('It is the one you typed.'));
    if (other_fingerprint(r)) return mark('bad', 'bad', T('It is not the one you gave.'));
    return mark('ask', 'ask', T('Not compared yet. Compare it with your slip or photograph, group by group, or type it below.'));
}

/* Digits as they were read aloud: they may break after each group. */
function digit_groups(digits) {
    if (!digits) return el('span.soft', null, T('none yet'));
    const groups = digits.split('-');
    return el('span.digits', { dir: 'ltr', translate: 'no' }, groups.map((group, i) => [el('span', null, group, i + 1 < groups.length ? '-' : ''), el('wbr')]));
}

/* Whose throws they are; of drand the chain. */
function holder(s) { return [T(': '), s.kind === 'drand' ? code(s.holder) : value(s.holder)]; }

function source_item(s) {
    return el('li', null,
        el('p.source', null, el('strong', null, T('Source %1', s.number)), ' ', source_kind(s), holder(s)),
        el('p', null, digit_groups(s.digits)),
        s.digits_2 ? [el('p.source', null, T('Source %1, second round', s.number)), el('p', null, digit_groups(s.digits_2))] : null,
        counts_nothing(s) ? el('p.soft', null, T('It counts 0 bits: whether these are the true numbers nobody can tell here. The dice alone must be enough, and are.')) : null);
}

function late_digits(r) {
    return (r.supplements || []).map(a => [
        el('h4', null, a.date ? T('Late students of %1 (act %2)', a.date, a.act) : T('Late students (act %1)', a.act)),
        el('ol.sources', null, a.digits.map((digits, i) => el('li', null, el('p.source', null, T('Source %1', i + 1)), el('p', null, digit_groups(digits)))))]);
}

function question(name, text, advice) {
    const said = el('p.said', { role: 'status' });
    const option = (key, label) => el('label.choice', null,
        el('input', { type: 'radio', name, value: key, checked: asked[name] === key, onchange: () => { asked[name] = key; fill(said, advice[key]); } }), el('span', null, label));
    if (asked[name]) fill(said, advice[asked[name]]);
    return el('fieldset.question', null, el('legend', null, text), el('div.choices', null, option('yes', T('Yes')), option('no', T('No')), option('unknown', T('I cannot tell'))), said);
}

/* What the family answers, for itself; the answer of the page knows nothing of it. */
let asked = {};

function questions(r) {
    return el('div.questions', null,
        el('h3', null, T('Two questions that no program can answer')),
        el('p.soft', null, T('Answer them for yourself. It changes nothing on this page, and nobody sees it.')),
        question('shown', T('Was this fingerprint shown before the first digit fell?'), {
            yes: T('Then the list, the rules and the classes were fixed before the dice.'),
            no: T('Then this is not the log of the list that was announced. Keep your photograph or slip, and ask the host, the notary or the parents’ representatives.'),
            unknown: T('Ask somebody who was there, or look at the film: the fingerprint is read aloud and shown before the dice.') }),
        has_digits(r) ? question('fell', T('Are these the digits that fell?'), {
            yes: T('Then the dice, and nobody else, decided.'),
            no: T('Then what was entered is not what fell. Note which digits differ, and ask the host, the notary or the parents’ representatives.'),
            unknown: T('Ask somebody who was there, or look at the film: each digit is read aloud.') }) : null);
}

function has_digits(r) { return r.sources.some(s => s.digits); }

function render_digits(s) {
    const r = s.report, box = $('digits');
    box.hidden = r.draw === undefined;
    if (box.hidden) return;
    const pin = el('div', { id: 'pin-place' });
    const aside = !r.fingerprint || by_fingerprint(r) || is_rehearsal(r) || (is_fault(r) && !other_fingerprint(r));
    fill(box,
        el('h2', { id: 'digits-title', tabindex: -1 }, T('Fingerprint and digits')),
        el('div.halves', null,
            el('div', null,
                el('h3', null, T('Fingerprint')),
                r.fingerprint ? [el('p.soft', null, T('It stands for the whole list, the rules and the classes: if anything in them were changed, it would be another.')),
                    fingerprint_grid(r.fingerprint), fingerprint_state(s)]
                    : el('p', null, T('There is none yet: it comes when the list is closed.')),
                r.answer === 'unpinned' ? null : aside ? el('details', null, el('summary', null, T('Compare with another fingerprint')), pin) : pin),
            el('div', null,
                el('h3', null, T('Digits')),
                is_rehearsal(r) ? el('p', null, T('A rehearsal has no dice: a made-up seed stands in their place.')) : el('ol.sources', null, r.sources.map(source_item)),
                late_digits(r))),
        r.fingerprint && !is_rehearsal(r) ? questions(r) : null);
}
