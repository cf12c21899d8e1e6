/* A receipt: what it says of one child, and what it is worth alone and beside the log. */

/* Beside the log, if there is one, and by itself. */
async function receipt_reports() {
    const receipt = await bytes_of(s.receipt.blob), with_log = Boolean(s.report && s.report.draw !== undefined), given = await outside();
    const request = { do: 'receipt', receipt, name: s.receipt.name, ...given };
    const receipt_report = (await ask({ ...request, with_log })).receipt;
    return { receipt_report, receipt_alone: with_log ? (await ask({ ...request, with_log: false })).receipt : null };
}

/* A receipt without a log. */
async function check_receipt_alone() {
    const mine = turn, receipt = s.receipt;
    try {
        forget();
        const reports = await receipt_reports();
        if (mine !== turn || receipt !== s.receipt) return;
        Object.assign(s, reports);
        finish('receipt-card', () => receipt_words(s.receipt_report));
    } catch (error) {
        if (mine === turn) fail(error);
    }
}

function receipt_words(r) {
    switch (r.answer) {
    case 'valid': return { tone: 'good', icon: 'ok', word: T('Valid'), title: T('The receipt is sound, and what it is compared with is what you gave.') };
    case 'unpinned':
        return { tone: 'ask', icon: 'ask', word: T('One step left'), title: r.pinned_by === 'fingerprint' ? T('Sound, and its list is the one of your fingerprint; who signed the class is not known without the log.')
            : T('Sound in itself. Compare its fingerprint, or choose the log too: it may be of another draw altogether.') };
    case 'rehearsal': return { tone: 'play', icon: 'play', word: T('Rehearsal'), title: T('A receipt of a rehearsal: it is no draw.') };
    case 'incomplete': return { tone: 'wait', icon: 'wait', word: T('Not finished'), title: T('Sound so far; there is no result in it yet.') };
    }
    const title = {
        parse: T('This file is not written as a receipt is.'),
        commitment: T('Name, number, school, data or salt are not those that were in the list.'),
        quorum: T('A signature that must be there is missing.'),
        signature: T('A signature is not good, or the key is not the one you gave.'),
        split: T('This receipt is of another list than the one whose fingerprint, or log, you gave.'),
        proof: T('A line of the receipt is not in the log that was signed.'),
    }[r.answer];
    return title ? { tone: 'bad', icon: 'bad', word: T('Not confirmed'), title }
        : { tone: 'note', icon: 'note', word: T('See the log'), title: T('The receipt is sound; this is the answer to the log.') };
}

function receipt_class(r) {
    if (!r.placed) return T('The receipt was written before there were results.');
    if (r.struck) return T('Struck from the list afterwards.');
    if (r.class) return T('Class %1', value(r.class));
    return r.class_number ? T('The class that is number %1 in the order of the school’s classes.', r.class_number) : T('A class whose number was drawn by hand later: the log says which.');
}

function receipt_child(r) {
    if (r.draw === undefined) return null;
    return [
        r.answer === 'valid' || r.answer === 'unpinned' || r.answer === 'incomplete' ? el('p.headline', null, receipt_class(r)) : null,
        el('dl.facts', null,
            fact(T('Child'), value(r.name), ' · ', T('number %1', value(r.id))),
            r.school && r.school !== '-' ? fact(T('School'), value(r.school)) : null,
            r.values.length > 0 ? fact(T('Data in the list'), el('ul.plain', null, r.values.map(v => el('li', null, v.column ? [value(v.column), T(': ')] : null, v.value === '' ? '–' : value(v.value))))) : null,
            fact(T('Code number'), code(r.pseudonym)),
            fact(T('Line of the list'), code(r.line)),
            r.placed && r.seat_line ? fact(T('Line of the results'), code(r.seat_line)) : null,
            r.moved || r.struck ? fact(T('Changed after the draw'), value(r.reason || ''), ' · ', value(r.authority || '')) : null,
            fact(T('Signatures of the list'), T('%1, checked and good: %2', r.signatures, r.signatures_good)),
            fact(T('Draw'), path(r.draw))),
        r.late ? el('p', null, T('In the list of those who came late.')) : null,
        r.placed && r.class_confirmed === false ? el('p', null, T('The fingerprint confirms the list alone: for the class choose the log too, or a policy.')) : null,
        el('h3', null, r.late ? T('Root of the list of those who came late') : T('Fingerprint')), fingerprint_grid(r.late ? r.root : r.fingerprint)];
}

function render_receipt(s) {
    const box = $('receipt-card');
    box.hidden = !s.receipt_report;
    if (box.hidden) return;
    const r = s.receipt_report, words = receipt_words(r);
    box.className = 'card answer tone-' + words.tone;
    box.dataset.answer = r.answer;
    fill(box,
        el('h2', { id: 'receipt-title', tabindex: -1 }, T('Receipt')),
        el('div.answer-head', null, el('span.badge', null, icon(words.icon)), el('p.word', null, words.word, ' ', el('code', { translate: 'no' }, r.answer))),
        el('p.title', null, words.title),
        r.fault ? el('dl.facts', null, fact(T('Check'), code(r.fault.answer)), r.fault.proof > 0 ? fact(T('Proof'), code(r.fault.proof)) : null, fact(T('What'), T(r.fault.what)),
            r.fault.found ? fact(T('Found'), el('code.found', { dir: 'auto' }, r.fault.found)) : null) : null,
        r.fault ? el('p', null, T('This receipt proves nothing. It says nothing about the log or the draw: perhaps the file was saved again by another program, or is that of another draw.')) : null,
        s.receipt_alone ? el('p.soft', null, T('Checked beside the log, whose answer is %1. By itself, without the log, the receipt is %2.', code(r.log_answer || ''), code(s.receipt_alone.answer))) : null,
        s.report ? null : el('div', { id: 'pin-place' }),
        receipt_child(r));
}
