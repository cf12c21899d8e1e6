/* What the answers, checks and names of the core mean, in words for a family. */

function is_public(r) { return r.edition === 'public'; }
function is_rehearsal(r) { return r.mode === 'rehearsal'; }
function has_results(r) { return r.phase === 'results'; }
function is_fault(r) { return r.fault !== null; }
function check_state(r, name) {
    const check = r.checks.find(c => c.check === name);
    return check ? check.state : 'not reached';
}
/* Whether the fingerprint, key or policy that was given fits; r.given: which of them was. */
function is_pinned(r) { return r.pinned_by !== null && check_state(r, 'pin') === 'ok'; }
function by_fingerprint(r) { return r.given.fingerprint && is_pinned(r); }
function other_fingerprint(r) { return r.fault !== null && r.fault.what === 'the fingerprint is not the one given'; }

/* Names joined as a list. */
function listed(names) {
    const out = document.createDocumentFragment();
    names.forEach((name, i) => add(out, i > 0 ? T(', ') : null, name));
    return out;
}

/* A party by its role, and by its id where several have the same. */
function role_of(r, party) {
    if (party.id === 'host') return T('the host');
    return r.parties.filter(p => p.role === party.role).length > 1 ? el('span', null, value(party.role), ' ', value(party.id)) : value(party.role);
}
function role_by_id(r, id) {
    const party = r.parties.find(p => p.id === id);
    return party ? role_of(r, party) : value(id);
}

function attesters(r) { return listed((r.attested_by || []).map(a => role_by_id(r, a.party))); }

/* The one word: `split` too where another copy that was chosen does not continue this one. */
function answer_of(s) { return s.compared.some(c => !c.continues) && !is_fault(s.report) ? 'split' : s.report.answer; }

/* The head of the answer: tone, icon, the one word, the sentence, and what else there is to say. */
function answer_words(s) {
    const r = s.report;
    if (answer_of(s) !== r.answer)
        return { tone: 'bad', icon: 'bad', word: T('Two logs'), title: T('The two logs that you chose differ: they are not of one draw.'), more: [T('Each may be sound in itself. The draw is the one whose fingerprint was read aloud. The list below says where they differ first.')] };
    switch (r.answer) {
    case 'valid':
        return { tone: 'good', icon: 'ok', word: T('Valid'), title: valid_title(r), more: valid_more(r) };
    case 'unpinned':
        return { tone: 'ask', icon: 'ask', word: T('One step left'), title: T('Sound in itself. Now compare the fingerprint: only it says that this is the draw that was announced.'),
            more: [unpinned_more(r), T('Take the fingerprint from your slip, your photograph or the film, not from the place where the log came from.')] };
    case 'rehearsal':
        return { tone: 'play', icon: 'play', word: T('Rehearsal'), title: T('This is a rehearsal. It is no draw, and no child is placed by it.'),
            more: [T('The program checked it as it checks a draw, and found it sound.')] };
    case 'incomplete':
        return incomplete_words(r);
    case 'by-hand':
        return { tone: 'note', icon: 'note', word: T('Finished by hand'), title: T('The groups were drawn by lottery; class numbers or teachers were then drawn by hand for groups that were known.'),
            more: [T('The lottery before it was computed again and is the same. What was drawn by hand nobody can check. The list below says where.'), pin_reminder(r)] };
    case 'set-aside':
        return { tone: 'note', icon: 'note', word: T('Set aside'), title: T('A court or an authority has set this result aside.'),
            more: [set_aside_by(r), T('The draw itself was checked too, and no fault was found in it.'), pin_reminder(r)] };
    default:
        return fault_words(r);
    }
}

function valid_title(r) {
    if (is_public(r)) return T('The draw is valid. That its results follow was recomputed and signed by %1.', attesters(r));
    return T('The draw is valid: the results follow from this list, these rules and these digits, to the byte.');
}

function valid_more(r) {
    const more = [];
    if (is_public(r)) more.push(T('This is the public edition: it shows no student’s row, so this page cannot compute the results again itself.'));
    if (r.given.policy && !r.given.fingerprint) more.push(T('The list is signed as the policy you gave demands. That counts if you have the policy from another place than the log; stronger still is the fingerprint that was read aloud.'));
    if (r.pinned_by === 'key' && !r.given.fingerprint) more.push(T('It is signed with the key you gave. That counts if you have the key from another place than the log, and its owner could have signed other lists too: stronger is the fingerprint that was read aloud.'));
    more.push(T('Two questions are left that no program can answer: they stand below.'));
    return more;
}

function unpinned_more(r) {
    if (is_public(r)) return T('What can be computed from the public edition was computed and is the same; the rest was recomputed and signed by %1.', attesters(r));
    return T('The results were computed again on this device and are the same. But anybody can make a log that is sound in itself.');
}

function pin_reminder(r) { return is_pinned(r) || !r.fingerprint ? null : T('Compare the fingerprint too: only it says that this is the log that was announced.'); }

function set_aside_by(r) {
    const act = r.acts.find(a => a.kind === 'set-aside');
    return act ? T('By %1, order “%2”, entered on %3.', value(act.authority || ''), value(act.reason || ''), whole(act.date)) : null;
}

function incomplete_words(r) {
    const wait = { tone: 'wait', icon: 'wait', word: T('Not finished') };
    if (r.withdrawn)
        return { ...wait, icon: 'note', word: T('Withdrawn'), title: T('This announcement was withdrawn before any digit was thrown. Nothing was drawn from it.'), more: [T('Ask the host for the log of the announcement that took its place; its attempt number is higher.')] };
    if (!has_results(r)) {
        const title = {
            list: T('The list is published, the parties’ sealed numbers are not in yet. Nothing is drawn.'),
            commits: T('The parties have sealed their numbers and have not opened them yet. Nothing is drawn.'),
            'seed-base': T('The list is fixed, and no dice have been thrown. Nothing is drawn yet.'),
            digits: T('The digits have fallen; the results are not in this log yet.'),
            groups: T('The groups are drawn. The teachers are drawn in a second round, which is not in this log yet.'),
            'digits-2': T('The digits of the second round have fallen; the results are not in this log yet.'),
        }[r.phase] || T('Nothing is drawn yet.');
        const now = r.phase === 'seed-base' || r.phase === 'list' || r.phase === 'commits';
        return { ...wait, title, more: [T('As far as the log goes, no fault was found in it.'), r.open ? T('A signature that is asked for is still missing.') : null,
            now ? T('Now is the time to look at your child’s line, and to keep the fingerprint: a photograph will do.') : T('Fetch the log again later.'), pin_reminder(r)] };
    }
    if (is_public(r) && r.attested_by.length === 0)
        return { ...wait, title: T('Nobody has attested these results yet.'), more: [
            T('This is the public edition: it shows no student’s row, so this page cannot compute the results again. Who has the full edition can, and signs that the results follow.'),
            T('Such a signature may be in a file beside the log, results.note: add it. What this page can compute is the same as in the log.'), pin_reminder(r)] };
    return { ...wait, title: T('A signature that is asked for is still missing.'), more: [
        T('Signatures may be in a file beside the log, such as after-1.note: add it, or fetch the log again later.'), T('Apart from that no fault was found.'), pin_reminder(r)] };
}

/* Whether nothing of the file could be read as a log. */
function no_log(r) { return r.draw === undefined && r.fault.line <= 1 && (r.answer === 'parse' || r.answer === 'order'); }

/* Whether its first line is a log's, in another encoding, with a mark before it or a carriage return behind: an editor or a spreadsheet has saved it. */
function saved_again(r) { return no_log(r) && /^[^a-z]{0,4}s[^a-z]?u[^a-z]?n[^a-z]?l[^a-z]?o[^a-z]?t[^a-z/]{1,4}v[^a-z]?1/.test(r.fault.found || ''); }

function fault_words(r) {
    const bad = { tone: 'bad', icon: 'bad', word: T('Not confirmed'), more: [] };
    if (saved_again(r)) return { ...bad, tone: 'ask', icon: 'ask', word: T('Saved again'), title: T('This file began as a log of a draw, but another program has saved it in a form of its own.') };
    if (no_log(r)) return { ...bad, tone: 'ask', icon: 'ask', word: T('No log'), title: T('This file is not the log of a draw.') };
    const title = {
        parse: T('A line of this file is not written as a line of a log is, so the rest was not checked.'),
        order: T('Lines are missing, repeated or out of order, so the rest was not checked.'),
        roster: T('The list of schools, classes and students contradicts itself.'),
        commitment: T('What a party opened is not what it had sealed.'),
        entropy: T('The digits are not as announced, or carry too little chance.'),
        quorum: T('A signature that must be there is missing.'),
        signature: T('A signature does not belong to these lines, or not to the key you gave.'),
        split: other_fingerprint(r) ? T('Your fingerprint is not the fingerprint of this log.') : T('This is another log than the one you compare it with.'),
        mismatch: T('Computed again, the results are not those that the log gives.'),
        rule: T('The results break an announced rule.'),
        proof: T('A proof does not hold.'),
    }[r.answer] || T('This log does not hold.');
    return { ...bad, word: r.answer === 'split' ? T('Another list') : bad.word, title };
}

/* What a fault does not mean, and what to do. */
function fault_advice(s) {
    const r = s.report, name = s.log.name;
    const again = T('Fetch draw.log again from where it was published and choose it without opening it in another program.');
    const tell = T('If the answer stays the same: keep the file, and show the lines above to the host, the notary or the parents’ representatives.');
    if (saved_again(r)) return { not: T('It does not mean that the draw was wrong: a spreadsheet or an editor changes the bytes of a file when it saves it.'), do: [again, tell] };
    if (no_log(r)) return { not: T('It says nothing about the draw: perhaps another file was chosen.'), do: [other_file(name), T('The file you need is called draw.log and stands where the host published the draw.')] };
    switch (r.answer) {
    case 'parse':
    case 'order':
        return { not: T('Mostly it means a download that broke off, or a file that a spreadsheet or editor has saved again. It does not mean that the draw was wrong.'), do: [again, tell] };
    case 'split':
        if (other_fingerprint(r) && s.from_slip)
            return { not: T('Mostly it means that log and slip are of two draws: of another school, another year, or an announcement that was withdrawn.'), do: [
                T('Look whether this is the draw that your slip names: %1', code(r.draw)),
                T('Take the draw.log of the draw that the slip names, and your child’s slip, not that of another draw.'),
                T('If both name the same draw and the fingerprints still differ: keep both, and show them to the host, the notary or the parents’ representatives.')] };
        if (other_fingerprint(r))
            return { not: T('Mostly it means a slip of the finger. A fingerprint has only the digits 0 to 9 and the letters a to f: no letter o, no letter l.'), do: [
                T('Compare what you typed with the paper, group by group.'),
                T('If the paper really shows another fingerprint, this is not the log of that list: ask the host for it, and keep both.')] };
        return { not: T('It does not say which of the two is the draw: that is the one whose fingerprint was read aloud.'), do: [again, tell] };
    case 'quorum':
        return { not: T('It does not mean that anything in the list or the results was changed: signatures are sometimes collected later, in note files.'), do: [T('Fetch the log and the note files beside it again, and choose them together.'), tell] };
    case 'signature':
        return { not: T('It does not say who changed something, nor whether on purpose: a damaged copy looks the same.'), do: [again, r.given.key || r.given.policy ? T('Make sure that the key or policy you gave is that of this draw.') : null, tell] };
    default:
        return { not: T('It does not say who made the mistake, nor whether on purpose. No child’s place is decided by this page.'), do: [again, tell] };
    }
}

/* A guess by the name of the file, for who chose the wrong one. */
function other_file(name) {
    if (/\.(zip|rar|7z|gz)$/i.test(name)) return T('It is named like an archive: unpack it first, and choose the draw.log in it.');
    if (/\.(csv|xls|xlsx|et)$/i.test(name)) return T('It is named like a spreadsheet. Lists and placements are published beside the log, but only the log can be checked.');
    if (/\.(html?|pdf|png|jpe?g|heic)$/i.test(name)) return T('It is named like a page or a picture. What can be checked is the log itself.');
    return null;
}

/* What each check of the core is. */
function check_meaning(name) {
    switch (name) {
    case 'parse': return T('every line is written in the one permitted way');
    case 'order': return T('nothing is missing, repeated or out of order');
    case 'roster': return T('schools, classes, teachers and students fit together');
    case 'commitment': return T('what the parties revealed, and what is opened here, is what was sealed');
    case 'entropy': return T('the digits are as many as announced, and enough');
    case 'quorum': return T('everybody who must sign has signed');
    case 'signature': return T('each signature covers all lines before it');
    case 'pin': return T('key, policy, fingerprint, other logs and notes given from outside fit');
    case 'replay': return T('recomputed from list and digits, the results are the same');
    case 'rules': return T('every rule holds, checked in a second way');
    default: return name;
    }
}

function state_word(state) {
    switch (state) {
    case 'ok': return T('ok');
    case 'fault': return T('fault');
    case 'attested': return T('attested');
    default: return T('not reached');
    }
}

function source_kind(s) {
    switch (s.kind) {
    case 'd10': return T('%1 throws of a ten-sided die', s.length);
    case 'd6': return T('%1 throws of a six-sided die', s.length);
    case 'lottery': return T('%1 numbers of a lottery', s.length);
    case 'drand': return T('round %1 of drand', s.length);
    default: return s.kind;
    }
}
/* Lottery and drand cannot be checked here and count nothing. */
function counts_nothing(s) { return s.kind === 'lottery' || s.kind === 'drand'; }

function checkpoint_name(name) {
    switch (name) {
    case 'list': return T('the published list');
    case 'commits': return T('the sealed numbers');
    case 'seed-base': return T('the list, before the dice');
    case 'digits': return T('the digits');
    case 'groups': return T('the groups');
    case 'digits-2': return T('the digits of the second round');
    case 'results': return T('the results');
    case 'withdrawn': return T('the withdrawal');
    }
    const [, word, number] = name.match(/^(after|late-base|late-digits)-(.*)$/) || [];
    if (word === 'after') return T('act %1', number);
    if (word === 'late-base') return T('the late students of act %1', number);
    if (word === 'late-digits') return T('the digits of act %1', number);
    return name;
}

function act_kind(kind) {
    switch (kind) {
    case 'struck': return T('Struck from the list');
    case 'moved': return T('Moved to another class');
    case 'by-hand': return T('Drawn by hand');
    case 'replaced': return T('A party’s new key');
    case 'set-aside': return T('Set aside by order');
    case 'late': return T('Came late');
    default: return kind;
    }
}

function lock_reason(reason) {
    switch (reason) {
    case 'order': return T('order of an authority or a court');
    case 'family': return T('a relative in the school');
    case 'room': return T('what the room of the class has');
    case 'other': return T('another reason');
    default: return reason;
    }
}

/* Why there is no answer: a heading, then what can be done. */
function error_text(error) {
    switch (error.code) {
    case 'memory': return [T('This device has not enough memory for the file.'), T('Close other pages and try again, or check on a computer: %1', code('sunlot-verify draw.log'))];
    case 'limit': return [T('The file is larger than this page can check: at most %1 MB.', Math.floor(limit / 1048576)), T('If it really is the log of a draw, check it on a computer: %1', code('sunlot-verify draw.log'))];
    case 'read': return [T('The file could not be read.'), T('It may have been moved or changed since you chose it: choose it again.')];
    case 'key': return [T('The key file is not a key of a log.'), T('Remove it, or choose the file log.vkey.')];
    case 'policy': return [T('The policy file is not a policy.'), T('Remove it, or choose the file draw.policy.')];
    case 'note': return [T('A note file is not a note.'), T('Remove it, or fetch it again.')];
    case 'network': return [T('draw.log could not be fetched.'), T('Try again, or choose the file.')];
    default: return [T('The page itself failed; this says nothing about the draw.'), T('Try again, or check on a computer: %1', code('sunlot-verify draw.log')), error.text ? code(error.text) : null];
    }
}
