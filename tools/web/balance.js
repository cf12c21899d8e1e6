/* What the rules asked and what was reached, school by school: per class where the worker has the figures, else the least and the most. */

const MOST_PLOTS = 12;

function who_name(who) { return who === 'teachers' ? T('teachers') : T('students'); }

/* Decimals, as texts: of a mean the differences from the school's; null of a class without heads. */
function class_values(f) { return f.classes.map(c => c.reached === null ? null : Number(c.reached)); }

/* One rule: its title, what was asked, a picture, and a word on it. */
function figure_card(title, asked_text, picture, word) {
    return el('figure', null, el('figcaption', null, el('strong', null, value(title)), el('span.soft', null, asked_text)), picture, word ? el('p.soft.word-of', null, word) : null);
}

function rule_title(f) { return f.rule === 'count' ? f.value : f.rule === 'mean' ? T('Mean') : T('Standard deviation'); }

function class_figure(f) {
    const names = f.classes.map(c => c.class), values = class_values(f), title = rule_title(f), label = f.column + ': ' + title;
    if (f.rule === 'count') {
        const asked_text = f.lo === f.hi ? T('asked: %1 in each class', f.lo) : T('asked: %1 to %2 in each class', f.lo, f.hi);
        return figure_card(title, asked_text, count_plot(label, asked_text, names, values, Number(f.lo), Number(f.hi)));
    }
    const gap = Number(f.gap), there = values.filter(v => v !== null);
    if (f.rule === 'mean') {
        const asked_text = T('asked: class means at most %1 apart', f.gap);
        return figure_card(title, asked_text, dot_plot(label, asked_text, names, values, -gap / 2, gap / 2, 0), T('The school’s mean is %1; dots: differences from it.', f.school_mean));
    }
    const asked_text = T('asked: standard deviations at most %1 apart', f.gap), middle = (Math.min(...there) + Math.max(...there)) / 2;
    return figure_card(title, asked_text, dot_plot(label, asked_text, names, values, middle - gap / 2, middle + gap / 2, null));
}

/* The plots of one column in figures. */
function figures_table(list) {
    const head = [T('Class'), ...list.map(f => f.rule === 'mean' ? T('Mean, from the school’s') : value(rule_title(f)))];
    return lazy(T('As a table'), () => table(list[0].column, head, list[0].classes.map((c, i) => [value(c.class), ...list.map(f => f.classes[i].reached === null ? '–' : f.classes[i].reached)])));
}

/* In a public edition a figure may be of any size: one that can be drawn. */
function drawable(text) { return Math.max(-1e300, Math.min(1e300, Number(text))); }

/* Without figures: of a line of the report. */
function range_figure(b) {
    const least = drawable(b.least), most = drawable(b.most), gap = drawable(b.gap), title = rule_title(b), label = b.column + ': ' + title;
    const show = (asked_text, reached, lo, hi, zero) => figure_card(title, asked_text + ' · ' + reached, range_plot(label, asked_text + ', ' + reached, lo, hi, least, most, zero));
    if (b.rule === 'count')
        return show(b.lo === b.hi ? T('asked: %1 in each class', b.lo) : T('asked: %1 to %2 in each class', b.lo, b.hi),
            b.least === b.most ? T('reached: %1', b.least) : T('reached: %1 to %2', b.least, b.most), drawable(b.lo), drawable(b.hi), true);
    if (b.rule === 'mean')
        return show(T('asked: class means at most %1 apart', b.gap), T('reached: from the school’s mean %1 to %2', b.least, b.most), -gap / 2, gap / 2, false);
    const middle = (least + most) / 2;
    return show(T('asked: standard deviations at most %1 apart', b.gap), T('reached: %1 to %2', b.least, b.most), middle - gap / 2, middle + gap / 2, false);
}

/* One heading a column, its plots beneath. */
function figure_groups(figures, draw) {
    const groups = new Map();
    for (const f of figures) {
        const key = JSON.stringify([f.who, f.column]);
        if (!groups.has(key)) groups.set(key, []);
        groups.get(key).push(f);
    }
    return el('div.columns', null, [...groups.values()].map(list => el('div.column' + (list.length > 1 ? '.wide' : ''), null,
        el('h3', null, value(list[0].column), ' ', el('span.soft', null, who_name(list[0].who))),
        el('div.plots', null, some(list, MOST_PLOTS, draw)), draw === class_figure ? figures_table(list) : null)));
}

function school_odds(school) {
    const o = school.odds;
    if (!o) return null;
    return lazy(T('Because of recusals the odds of the teams were not equal'), () => [
        el('p', null, T('Groups that could not get every team: %1. Students left with fewer than half of the teams: %2.', o.groups_without_some_team, o.students_left_fewer_than_half)),
        o.method === 'unknown' ? el('p', null, T('Because of recusals the odds of the teams were not equal; they are too hard to count here.'))
            : table(T('Odds of each team'), [T('Group'), ...o.groups[0].odds.map((odds, i) => 'T' + (i + 1))], o.groups.map(g => [g.group, ...g.odds.map(odds => percent(odds, o.unit))])),
        o.method === 'sampled' ? el('p.soft', null, T('Estimated from %1 of %2 shuffles.', o.allowed, o.shuffles)) : null]);
}

function school_facts(school) {
    return el('dl.counts', null, act_count(T('classes'), school.classes), act_count(T('students'), school.students), act_count(T('teachers'), school.teachers), act_count(T('fixed'), school.locked));
}

/* figures: of the school; null where there are none; undefined while they come. */
function render_figures(school, figures, failed) {
    const lines = school.balance || [];
    fill($('figures'), school_facts(school),
        school.rung === undefined ? el('p', null, T('Nothing is placed yet.'))
            : el('p.soft', null, T('Placed on rung %1 of the rules, in try %2.', school.rung, school.try)),
        lines.length === 0 && school.rung !== undefined ? el('p', null, T('The announced rules ask for no balance in this school.')) : null,
        lines.length === 0 ? null : el('p.legend', null, svg('svg.key', { viewBox: '0 0 22 14', 'aria-hidden': 'true' }, svg('rect.band', { x: 1, y: 2, width: 20, height: 10 })), ' ', T('asked'), '  ',
            svg('svg.key', { viewBox: '0 0 22 14', 'aria-hidden': 'true' }, svg('rect.bar', { x: 7, y: 1, width: 8, height: 12 })), ' ', T('reached')),
        failed ? el('p.soft', null, T('The classes’ own figures could not be computed; here are the least and the most.')) : null,
        figures === undefined ? el('p.soft', null, T('Loading …'))
            : figures !== null && figures.figures.length > 0 ? figure_groups(figures.figures, class_figure) : figure_groups(lines, range_figure),
        school_odds(school));
}

/* The names that hold what is typed in the filter. */
function render_school_options(schools, chosen) {
    const filter = $('school-filter').value.trim().toLowerCase();
    const found = schools.filter(school => filter === '' || school.name.toLowerCase().includes(filter) || String(school.number) === filter);
    const kept = found.some(school => school.number === chosen);
    $('school').replaceChildren(...(kept ? [] : [el('option', { value: '' }, found.length === 0 ? T('none is named so') : T('choose one of %1', found.length))]),
        ...found.map(school => el('option', { value: school.number, selected: school.number === chosen }, school.name)));
}

function render_balance(s) {
    const r = s.report, box = $('balance');
    box.hidden = !r.schools || r.schools.length === 0 || (!has_results(r) && r.phase !== 'groups' && r.phase !== 'digits-2');
    if (box.hidden) return;
    $('balance-lead').textContent = is_public(r) ? T('The public edition shows the least and the most of a school’s classes, not each class.') : T('What the rules asked, and what each class came to, as drawn: acts afterwards are not counted in.');
    $('school-pick').hidden = r.schools.length === 1;
    $('school-filter-field').hidden = r.schools.length <= 12;
    render_school_options(r.schools, s.school);
}
