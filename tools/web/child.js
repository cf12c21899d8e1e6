/* One student: from the starting place to the class, in one picture; and whether the sealed record is that of the child. */

function school_of(r, c) { return (r.schools || []).find(school => school.name === c.school) || null; }

/* The starting place on a line from the first to the last. */
function start_picture(place, count) {
    const x = 8 + 304 * (count > 1 ? (place - 1) / (count - 1) : 0.5);
    return svg('svg.picture', { viewBox: '0 0 320 44', role: 'img', 'aria-label': T('Starting place %1 of %2', place, count) },
        svg('line.track', { x1: 8, y1: 26, x2: 312, y2: 26 }), svg('circle.dot', { cx: x, cy: 26, r: 7 }),
        svg('text', { x: 8, y: 43, 'text-anchor': 'start' }, '1'), svg('text', { x: 312, y: 43, 'text-anchor': 'end' }, String(count)),
        svg('text.here', { x: Math.min(300, Math.max(20, x)), y: 13, 'text-anchor': 'middle' }, String(place)));
}

/* The groups, the child's among them. */
function group_picture(group, count) {
    const cells = [];
    for (let i = 1; i <= count; i++) cells.push(el('span' + ('G' + i === group ? '.here' : ''), { 'aria-hidden': 'true' }));
    return el('div.cells', { role: 'img', 'aria-label': T('Group %1 of %2', group, count) }, cells);
}

function step(title, picture, ...more) { return el('li', null, el('h3', null, title), picture, more.map(text => text && el('p.soft', null, text))); }

function percent(part, unit) { return (100 * part / unit).toFixed(part > 0 && part < unit / 100 ? 2 : 1) + ' %'; }

function team_odds(c, classes) {
    const o = c.team_odds;
    if (!o) return null;
    if (o.method === 'unknown') return el('p', null, T('Because of recusals the odds of the teams were not equal; they are too hard to count here.'));
    if (o.odds.every(odds => odds === o.odds[0])) return el('p.soft', null, T('Each of %1 teams of teachers had the same odds for this group.', o.odds.length));
    return lazy(T('Because of recusals the odds of the teams were not equal'), () => [
        c.teams_left !== undefined && classes && c.teams_left < classes ? el('p', null, T('Recusals of its own, and of those it stays with, leave this child %1 of %2 teams.', c.teams_left, classes)) : null,
        el('p', null, T('Its group is left with %1 of %2 teams; odds of each, given the groups:', c.group_teams_left, o.odds.length)),
        odds_plot(o), o.method === 'sampled' ? el('p.soft', null, T('Estimated from %1 of %2 shuffles.', o.allowed, o.shuffles)) : null,
        table(T('Odds of this child’s group'), [T('Team'), T('Odds')], o.odds.map((odds, i) => ['T' + (i + 1), percent(odds, o.unit)]))]);
}

function teachers_list(c) {
    if (!c.teachers || c.teachers.length === 0) return null;
    const home = c.teachers.find(t => t.homeroom);
    const list = el('dl.teachers', null, c.teachers.map(t => el('div', null, el('dt', null, value(t.subject), t.homeroom ? el('span.tag', null, T('homeroom')) : null), el('dd', null, code(t.teacher)))));
    return c.teachers.length <= 3 ? list
        : [home ? el('p', null, T('Homeroom teacher: %1', value(home.subject)), ' ', code(home.teacher)) : null, el('details', null, el('summary', null, T('All %1 subjects', c.teachers.length)), list)];
}

/* What happened afterwards, with the reason and who decided it. */
function child_acts(r, c) {
    const acts = r.acts.filter(a => a.of === c.pseudonym);
    const out = [];
    if (c.late) out.push(mark('wait', 'note', T('Came late: announced in a supplement, and placed with its own digits in the smallest class that had a seat. The others stayed where they were.')));
    if (c.late_root) out.push(el('p', null, T('The list of those who came late had this root, which was shown before its digits and stands on the slip:')), fingerprint_grid(c.late_root));
    if (c.lock_reason) out.push(mark('note', 'note', T('Fixed beforehand to its class, not drawn. Reason: %1.', lock_reason(c.lock_reason))));
    if (c.struck) out.push(mark('note', 'note', T('Struck from the list afterwards: it has no class any more.')));
    else if (c.class_drawn !== undefined && c.class_drawn !== c.class) out.push(mark('note', 'note', T('The draw gave class %1. It was changed afterwards to class %2.', value(c.class_drawn), value(c.class))));
    if (acts.length > 0) out.push(el('ol.acts', null, acts.filter(a => a.kind !== 'late').map(a => act_item(r, a))));
    return out;
}

function child_headline(c) {
    if (c.struck) return T('Struck from the list');
    if (c.class === undefined) return T('In the list; no class yet');
    return T('Class %1', value(c.class));
}

function child_path(r, c) {
    const school = school_of(r, c), drawn = c.class_drawn !== undefined ? c.class_drawn : c.class;
    if (c.starting_place === undefined) return null;
    return el('ol.path', null,
        step(T('Starting place %1', c.starting_place) , school ? start_picture(c.starting_place, school.students) : null,
            T('The lottery number of the child gives it. It is only where the dealing begins: it is no rank, and neither better nor worse than another.')),
        step(T('Group %1', c.group), school ? group_picture(c.group, school.classes) : null,
            T('Dealt round the groups, then moved at random until every rule holds, and many times more. Groups have no number and no teacher yet.')),
        drawn === undefined ? step(T('Class: in the second round'), null) : step(T('Class %1', value(drawn)), el('div.class-badge', null, value(drawn)),
            c.class_numbers_alike === undefined ? T('Class numbers were dealt to the groups by a shuffle of their own.')
                : c.class_numbers_alike > 1 ? T('Class numbers were dealt to the groups by a shuffle of their own: this group had the same chance of each of %1.', c.class_numbers_alike)
                : T('This group could get one class number only.')),
        c.teachers && c.teachers.length > 0 ? el('li', null, el('h3', null, T('Teachers')), teachers_list(c),
            el('p.soft', null, T('The log has no names: the published class list says who they are.')), team_odds(c, school && school.classes)) : c.team_odds ? el('li', null, el('h3', null, T('Teachers')), team_odds(c, school && school.classes)) : null);
}

function render_child(s) {
    const r = s.report, box = $('child');
    $('child-card').hidden = r.draw === undefined || is_fault(r);
    box.replaceChildren();
    $('open-form').hidden = true;
    if ($('child-card').hidden || s.child === undefined) return;
    if (s.child === null) {
        fill(box, el('div.headline-none', { tabindex: -1 }, mark('ask', 'ask', T('No student of this log has the code number %1.', code(s.number)))),
            el('p', null, T('Compare it with the slip, digit by digit. A code number is s and 32 digits 0 to 9 or letters a to f; the s and hyphens may be left out.')),
            is_public(r) && !has_results(r) ? el('p', null, T('The public edition shows no student before there are results: take your receipt.')) : null);
        return;
    }
    const c = s.child;
    fill(box,
        is_rehearsal(r) ? mark('play', 'play', T('A rehearsal: this is not where the child is placed.')) : null,
        el('div.found-child', null,
            el('p.headline', { tabindex: -1 }, child_headline(c)),
            el('dl.facts', null,
                c.school && c.school !== '-' ? fact(T('School'), value(c.school)) : null,
                fact(T('Code number'), code(c.pseudonym)),
                fact(T('Line of the list'), code(c.roster_line)),
                c.seat_line ? fact(T('Line of the results'), code(c.seat_line)) : null)),
        r.exit === 0 || is_rehearsal(r) ? null : el('p.soft', null, T('Mind the answer above: the log is not confirmed.')),
        child_acts(r, c), child_path(r, c),
        c.late ? teachers_list(c) : null);
    render_opens(s);
}

function render_opens(s) {
    $('open-form').hidden = false;
    $('child-salt-field').hidden = Boolean(s.slip && s.slip.pseudonym === s.child.pseudonym);
    const box = $('opens');
    box.replaceChildren();
    if (s.opens === undefined) return;
    if (s.opens === true) return void fill(box, mark('good', 'ok', T('The sealed record of this line is that of the child you typed.')));
    if (s.opens === null) return void fill(box, mark('wait', 'none', T('The public edition does not have this line. Your receipt has it: choose the receipt above.')));
    fill(box, mark('ask', 'ask', T('What you typed does not open the record of this line.')),
        el('p', null, T('Mostly the typing differs from the list. Try:')),
        el('ul', null,
            el('li', null, T('the number of the child exactly as it stands on the slip, leading zeros too;')),
            el('li', null, T('the name without or with spaces, in simplified or traditional characters, as the school has it;')),
            el('li', null, T('another slip: the salt or the code number may be that of another child.'))),
        el('p', null, T('If nothing helps, ask the school before the dice: the line may be another child’s.')));
}
