/* What was checked, each with a sentence; acts; the draw's own facts; what all this proves. */

/* The worst of several checks. */
function worst(r, ...names) {
    const states = names.map(name => check_state(r, name));
    return ['fault', 'not reached', 'attested', 'ok'].find(state => states.includes(state)) || 'not reached';
}

function check_item(state, title, ...more) {
    const look = { ok: ['good', 'ok'], fault: ['bad', 'bad'], attested: ['wait', 'sign'], open: ['ask', 'ask'], note: ['note', 'note'] }[state] || ['none', 'none'];
    const word = { open: T('open'), note: T('note') }[state] || state_word(state);
    return el('li.check.tone-' + look[0], null, el('span.badge.small', null, icon(look[1])),
        el('div', null, el('h3', null, title, ' ', el('span.state', null, word)), more));
}

function list_check(r) {
    const state = worst(r, 'parse', 'order', 'roster');
    const pinned = is_pinned(r);
    if (state === 'ok' && !r.fingerprint)
        return check_item('not reached', T('The list'), el('p', null, T('Every line of the log is in its place. Students announced: %1. The fingerprint comes when the parties have opened their sealed numbers.', r.rows.announced)));
    return check_item(state === 'ok' && !pinned ? (r.pinned_by ? 'fault' : 'open') : state, T('The list is the one of this fingerprint'),
        el('p', null, state === 'ok' ? T('Every line of the log is in its place, and the fingerprint above was computed from these lines. Students announced: %1.', r.rows.announced)
            : T('The log could not be read as far as that.')),
        state !== 'ok' ? null : by_fingerprint(r) ? el('p', null, T('It is the fingerprint you gave.'))
            : other_fingerprint(r) ? el('p', null, T('It is not the one you gave.'))
            : pinned ? el('p', null, r.pinned_by === 'policy' ? T('Its signatures are those the policy you gave demands.') : T('It is signed with the key you gave.'))
            : el('p', null, T('Whether it is the fingerprint that was announced, only you can say.')),
        is_public(r) ? el('p', null, T('Public edition: a digest stands for each student’s line.')) : null);
}

function sealed_words(r, party) {
    if (party.revealed) return T('%1: sealed a number before, opened it before the first digit', role_of(r, party));
    if (party.missing) return T('%1: did not come or did not open; named, and left out as announced', role_of(r, party));
    if (party.committed) return T('%1: has sealed a number, not opened yet', role_of(r, party));
    return T('%1: will seal a number', role_of(r, party));
}

function random_check(r) {
    const sealed = r.parties.filter(p => p.sealed);
    const state = worst(r, 'commitment', 'entropy');
    return check_item(state === 'ok' && !is_rehearsal(r) && !has_digits(r) ? 'not reached' : state, T('Who put in randomness'),
        el('ul', null,
            r.sources.map(s => el('li', null, T('Source %1', s.number), T(': '), source_kind(s), holder(s),
                counts_nothing(s) ? T(' (counts 0 bits)') : null, is_rehearsal(r) ? null : s.digits ? null : T(' (none yet)'))),
            sealed.map(p => el('li', null, sealed_words(r, p)))),
        sealed.length === 0 ? el('p', null, T('No party was announced to add a sealed number.')) : null,
        el('p.soft', null, T('The digits come last: after them nobody’s choice changes anything. Whoever sets the dice sets the result, so many hands should throw them.')));
}

function sign_check(r) {
    const host_alone = r.parties.length === 1;
    const state = worst(r, 'quorum', 'signature');
    return check_item(state === 'ok' && r.independent === 0 && !is_rehearsal(r) ? 'note' : state, T('Who signed'),
        host_alone ? el('p', null, T('The host alone: no other party was announced.'))
            : el('p', null, r.independent === 0 ? T('None of the signatures of the list is independent of the host.')
                : T('Signatures of the list that do not depend on the host: %1.', el('strong', null, String(r.independent)))),
        el('details', null, el('summary', null, T('Each signature')), el('ul.plain', null, r.checkpoints.map(c => el('li.signed', null,
            el('strong', null, checkpoint_name(c.name)), ' ', el('span.soft', null, T('line %1', c.line)),
            el('p', null, c.signed_by.length > 0 ? T('signed by %1', listed(c.signed_by.map(id => role_by_id(r, id)))) : T('signed by nobody')),
            el('p', null, T('asked for: %1', c.quorum === null ? T('the host') : c.quorum === 'all' ? T('all') : value(c.quorum)), ' ',
                c.reached ? el('span.yes', null, T('all there')) : el('span.wrong', null, T('not all there yet')))))),
            r.parties.length > 1 ? el('ul', null, r.parties.map(p => el('li', null, role_of(r, p), T(': '),
                p.id === 'host' ? T('the host’s key') : p.own ? T('by its word, a key made on its own device') : T('a key made on the host’s device')))) : null),
        el('p.soft', null, T('A signature says that a key was used, not who sat at the keyboard.')));
}

function replay_check(r) {
    const state = check_state(r, 'replay');
    const text = is_public(r) && has_results(r)
        ? [el('p', null, T('Computed here: the fingerprint, the signatures, the seed; that every student has one seat; that class numbers are as the seed deals them, where the classes of a school are alike.')),
            el('p', null, r.attested_by.length > 0 ? T('Attested, not computed here: that the results follow from list and digits. %1 computed it from the full edition and signed.', attesters(r))
                : T('Neither computed here nor attested: that the results follow from list and digits.'))]
        : state === 'ok' ? el('p', null, T('Every line of the results was computed again on this device from list, rules and digits, and is the same to the byte. Schools: %1.', r.schools_recomputed))
        : state === 'fault' ? el('p', null, T('Computed again, they are others than those in the log.')) : el('p', null, T('There was nothing to compute yet, or it could not be.'));
    return check_item(state, T('The results follow'), text);
}

function rules_check(r) {
    const state = check_state(r, 'rules');
    return check_item(state, T('The rules hold'),
        el('p', null, state === 'ok' ? T('Checked in a second way that shares no code with the lottery. What was asked and what was reached stands under “Balance”.')
            : state === 'fault' ? T('A rule is broken.') : state === 'attested' ? T('Attested by those who computed the full edition.') : T('Not reached.')));
}

function one_check(r) {
    const state = r.withdrawn ? 'note' : is_rehearsal(r) ? 'note' : worst(r, 'order');
    return check_item(state, T('The only draw in this log'),
        el('p', null, path(r.draw)),
        el('p', null, r.withdrawn ? T('It was withdrawn before the first digit.')
            : T('A log can hold one draw only, and from the first digit on it cannot be repeated. The last number of its name is the attempt: if it is not 1, an earlier announcement was withdrawn, and you can ask for it.')));
}

function act_count(text, count) { return el('div.count', null, el('dt', null, text), el('dd', null, String(count))); }

function acts_check(r) {
    const n = r.rows, any = n.struck + n.late + n.moved + n.fixed > 0 || r.acts.length > 0;
    return check_item(check_state(r, 'order') === 'ok' ? (any ? 'note' : 'ok') : 'not reached', T('Struck, late, moved, fixed'),
        el('dl.counts', null, act_count(T('struck'), n.struck), act_count(T('late'), n.late), act_count(T('moved'), n.moved), act_count(T('fixed'), n.fixed)),
        any ? el('p', null, T('Each stands in the log with its reason and who decided it.'), ' ', r.acts.length > 0 ? jump('acts', T('See the list')) : null)
            : el('p', null, T('Nobody was struck, added or moved after the draw, nor fixed to a class before it.')));
}

function copies_check(s) {
    return s.compared.map(c => check_item(c.continues ? 'ok' : 'fault', T('The other copy'),
        el('p', null, value(c.name), T(': '), c.continues ? T('one of the two is the beginning of the other.') : T('the two differ, first in line %1. The draw is the one whose fingerprint was read aloud.', c.line)),
        c.continues ? null : el('dl.facts', null, el('dt', null, T('There')), el('dd', null, el('code.found', null, c.there || '')), el('dt', null, T('Here')), el('dd', null, el('code.found', null, c.here || '')))));
}

function render_checks(s) {
    const r = s.report, box = $('checks');
    box.hidden = no_report(r);
    if (box.hidden) return;
    fill(box,
        el('h2', { id: 'checks-title', tabindex: -1 }, T('What was checked')),
        r.draw === undefined ? null : el('ul.checks', null, list_check(r), random_check(r), sign_check(r), replay_check(r), rules_check(r), one_check(r), acts_check(r), copies_check(s)),
        el('details', { open: r.draw === undefined }, el('summary', null, T('The program’s ten checks, in their order')),
            el('ol.plain', null, r.checks.map(c => el('li.tone-' + ({ ok: 'good', fault: 'bad', attested: 'wait' }[c.state] || 'none'), null, code(c.check), ' ', el('span.state', null, state_word(c.state)), el('br'), check_meaning(c.check)))),
            el('p.soft', null, T('Good signatures: %1.', r.signatures))));
}

/* Nothing of the file is a log: then there is nothing to list. */
function no_report(r) { return r.draw === undefined && is_fault(r) && no_log(r); }

function act_item(r, a) {
    const of = a.of === undefined ? null : a.kind === 'replaced' ? role_by_id(r, a.of) : a.kind === 'by-hand' ? (a.of === '-' ? '' : [value(a.of), T(': ')]) : code(a.of);
    return el('li', null,
        el('p', null, el('strong', null, act_kind(a.kind)), ' ', el('span.soft', null, T('act %1', a.act), ' · ', whole(a.date), ' · ', T('line %1', a.line))),
        of !== null ? el('p', null, of, a.kind === 'moved' ? [' → ', T('class %1', value(a.value || ''))] : null,
            a.kind === 'by-hand' ? [a.value === 'teams' ? T('teachers') : T('class numbers'), ' ', code(a.more || '')] : null) : null,
        a.reason ? el('p', null, a.kind === 'set-aside' ? T('Order: %1', value(a.reason)) : T('Reason: %1', value(a.reason))) : null,
        a.authority ? el('p', null, T('Decided by: %1', value(a.authority))) : null);
}

function render_acts(s) {
    const r = s.report, box = $('acts');
    box.hidden = !r.acts || r.acts.length === 0;
    if (box.hidden) return;
    fill(box, el('h2', { id: 'acts-title', tabindex: -1 }, T('What was entered after the results')),
        el('p.soft', null, T('Nothing is drawn again: each entry stands in the log, signed, with its reason.')),
        el('ol.acts', null, some(r.acts, 20, a => act_item(r, a))));
}

function fact(name, ...shown) { return [el('dt', null, name), el('dd', null, shown)]; }

function render_about(s) {
    const r = s.report, box = $('about');
    box.hidden = r.draw === undefined;
    if (box.hidden) return;
    const f = r.facts || {};
    fill(box, el('h2', { id: 'about-title' }, T('About this draw')),
        el('dl.facts', null,
            fact(T('Name'), path(r.draw)),
            f.date ? fact(T('Date of the ceremony'), f.date) : null,
            f.address ? fact(T('Published at'), path(f.address)) : null,
            f.retention ? fact(T('Kept until, deleted by'), value(f.retention)) : null,
            f.authority ? fact(T('Rows public by authority of'), value(f.authority), f.ground ? [' · ', value(f.ground)] : null) : null,
            f.late ? fact(T('Late students are drawn on'), listed(f.late.split(';').map(whole))) : null,
            fact(T('Edition'), is_public(r) ? T('public: without the students’ rows') : T('full: with the students’ rows, without names')),
            fact(T('Checked with'), code(r.program))));
}

/* Shown with and without a log. */
function render_proof() {
    fill($('proof'), el('h2', { id: 'proof-title' }, T('What this page proves, and what it does not')),
        el('ul', null,
            el('li', null, T('It shows whether a log holds: list, rules and classes fixed before the digits, signed by those who must, and the results nothing but their consequence.')),
            el('li', null, T('It does not show that the list is true and complete: every family looks at its own child’s line before the dice.')),
            el('li', null, T('It does not show that the digits fell as entered: who was there, or has the film, knows.')),
            el('li', null, T('A log has no names, but who knows a child well may recognise its line.'))),
        el('h3', null, T('Your data stay here')),
        el('p', null, T('Files, numbers and names stay in this browser. Nothing is sent anywhere, not even to the site this page came from: the page’s own security policy forbids it, and it works without a network. What a slip’s link holds is taken out of the address bar at once; only your browser’s history may remember it, on this device.')));
}

function render_this_page(s) {
    const facts = (s.report && s.report.facts) || {}, page = facts.page && facts.page.slice(1); /* without the h of a digest, as other programs show it */
    fill($('this-page'), el('h2', { id: 'this-page-title' }, T('Is this page itself the right one?')),
        el('p', null, T('A false page could claim anything, this sentence too. So compare the page before you trust it, with a program that is not this page.')),
        page ? [el('p', null, T('The announcement names the SHA-256 of the verify page:')), el('p', null, el('code.long', { translate: 'no', dir: 'ltr' }, page.match(/.{1,8}/g).map(part => [part, el('wbr')]))),
            el('p.soft', null, T('It is shown here as the log says it. Take it from your slip or another source you trust, not from this page.'))]
            : s.report && s.report.draw !== undefined ? el('p', null, T('The announcement of this draw names no SHA-256 of the page; ask the host, or take it from where the program is published.')) : null,
        el('ol', null,
            el('li', null, T('Save this page as a file (on a computer: right click, “Save as”), or take the verify.html that you were given.')),
            el('li', null, T('Windows: in the folder, type %1 in the address bar, then %2', code('cmd'), code('certutil -hashfile verify.html SHA256'))),
            el('li', null, T('macOS: in Terminal, %1', code('shasum -a 256 verify.html'))),
            el('li', null, T('Linux: %1', code('sha256sum verify.html'))),
            el('li', null, T('A phone has no such command as it comes: open the page on a computer, or ask somebody who has compared it.'))),
        el('p', null, T('You need not rely on this page at all: %1 on a computer gives the same answer, and the specification lets anybody write another.', code('sunlot-verify draw.log'))),
        version ? el('p.soft', null, 'sunlot ', version) : null);
}
