/* Small plots: values of the classes against what was asked.  A table says the same in figures. */

const PLOT = { width: 320, height: 128, left: 34, right: 312, top: 8, bottom: 104 };

/* A number as shown: few decimals, no rest of binary fractions. */
function shown(number) { return String(Math.round(number * 1000) / 1000); }

/* 1, 2 or 5 times a power of ten, of which at most `parts` reach over `span`. */
function step_of(span, parts) {
    const rough = span / parts || 1, ten = 10 ** Math.floor(Math.log10(rough));
    return ten * [1, 2, 5, 10].find(f => f * ten >= rough * 0.999999);
}

function frame(lo, hi) {
    const y = number => PLOT.bottom - (PLOT.bottom - PLOT.top) * (number - lo) / (hi - lo);
    return { y, ticks: whole => {
        const by = whole ? Math.max(1, step_of(hi - lo, 4)) : step_of(hi - lo, 4), out = [];
        for (let at = Math.ceil(lo / by) * by; at <= hi + by / 1e6; at += by)
            out.push(svg('line.grid', { x1: PLOT.left, x2: PLOT.right, y1: y(at), y2: y(at) }), svg('text', { x: PLOT.left - 5, y: y(at) + 4, 'text-anchor': 'end' }, shown(at)));
        return out;
    } };
}

function band(y, lo, hi) {
    const top = y(hi), height = Math.max(3, y(lo) - top);
    return svg('rect.band', { x: PLOT.left, width: PLOT.right - PLOT.left, y: top - (height === 3 ? 1.5 : 0), height });
}

/* The middle of class i of n, and names below: as many as there is room for. */
function across(i, n) { return PLOT.left + (PLOT.right - PLOT.left) * (i + 0.5) / n; }

/* A bar over class i of n. */
function bar_over(i, n, y) {
    const width = Math.min(36, 0.72 * (PLOT.right - PLOT.left) / n);
    return { x: across(i, n) - width / 2, width, y, height: Math.max(0, PLOT.bottom - y) };
}

function names_below(names) {
    const longest = Math.max(...names.map(name => [...name].reduce((w, ch) => w + (ch > '\u2e7f' ? 12 : 7), 0)));
    const every = Math.max(1, Math.ceil(names.length * Math.min(longest, 60) / (PLOT.right - PLOT.left)));
    return names.map((name, i) => i % every !== 0 ? null
        : svg('text', { x: across(i, names.length), y: PLOT.bottom + 16, 'text-anchor': 'middle' }, [...name].length > 6 ? [...name].slice(0, 5).join('') + '…' : name));
}

function plot(title, label, ...marks) {
    return svg('svg.plot', { viewBox: '0 0 ' + PLOT.width + ' ' + PLOT.height, role: 'img', 'aria-label': title + '. ' + label }, marks);
}

/* How many of a value each class has: bars that end in the band that was asked. */
function count_plot(title, label, names, counts, lo, hi) {
    const f = frame(0, Math.max(1, hi, ...counts) * 1.08);
    return plot(title, label, f.ticks(true), band(f.y, lo, hi),
        counts.map((count, i) => svg('rect' + (count < lo || count > hi ? '.out' : '.bar'), bar_over(i, names.length, f.y(count)))),
        svg('path.axis', { d: 'M' + PLOT.left + ' ' + PLOT.bottom + 'H' + PLOT.right }), names_below(names));
}

/* A mean or deviation of each class: dots against the band that was asked; null: a class without heads. */
function dot_plot(title, label, names, values, lo, hi, middle) {
    const there = values.filter(v => v !== null), least = Math.min(lo, ...there), most = Math.max(hi, ...there), pad = (most - least || 1) * 0.18;
    const f = frame(least - pad, most + pad), slack = (hi - lo) * 1e-6;
    return plot(title, label, band(f.y, lo, hi), f.ticks(false), middle === null ? null : svg('line.middle', { x1: PLOT.left, x2: PLOT.right, y1: f.y(middle), y2: f.y(middle) }),
        values.map((v, i) => v === null ? null : svg('circle' + (v < lo - slack || v > hi + slack ? '.out' : '.dot'), { cx: across(i, names.length), cy: f.y(v), r: names.length > 40 ? 2.5 : 4 })),
        svg('path.axis', { d: 'M' + PLOT.left + ' ' + PLOT.bottom + 'H' + PLOT.right }), names_below(names));
}

/* Without the classes: the range that was reached in the range that was asked. */
function range_plot(title, label, lo, hi, least, most, zero) {
    const from = zero ? 0 : Math.min(lo, least) - (hi - lo) * 0.2, to = Math.max(hi, most) + (zero ? Math.max(1, hi * 0.08) : (hi - lo) * 0.2) || 1;
    const x = number => 10 + 300 * (number - from) / (to - from);
    return svg('svg.range', { viewBox: '0 0 320 40', role: 'img', 'aria-label': title + '. ' + label },
        svg('line.track', { x1: 10, x2: 310, y1: 14, y2: 14 }),
        svg('rect.band', { x: x(lo) - 3, width: x(hi) - x(lo) + 6, y: 5, height: 18 }),
        svg('rect' + (least < lo || most > hi ? '.out' : '.bar'), { x: x(least) - 2, width: x(most) - x(least) + 4, y: 10, height: 8, rx: 3 }),
        svg('text', { x: x(lo), y: 37, 'text-anchor': x(lo) < 30 ? 'start' : 'middle' }, lo === hi ? '' : shown(lo)), svg('text', { x: x(hi), y: 37, 'text-anchor': x(hi) > 290 ? 'end' : 'middle' }, shown(hi)));
}

/* The odds of each team. */
function odds_plot(o) {
    const most = Math.max(...o.odds), names = o.odds.map((odds, i) => 'T' + (i + 1));
    const f = frame(0, 100 * most / o.unit * 1.08);
    return plot(T('Odds of each team'), T('in percent'), f.ticks(false),
        o.odds.map((odds, i) => svg('rect.bar', bar_over(i, names.length, f.y(100 * odds / o.unit)))),
        svg('path.axis', { d: 'M' + PLOT.left + ' ' + PLOT.bottom + 'H' + PLOT.right }), names_below(names));
}
