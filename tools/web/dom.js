'use strict';
/* Texts in two languages and the building of elements.  Nothing here or in the other scripts computes anything of a draw: they move bytes to the worker,
 * which is the C core, and show what it answers.  Every text of a file becomes a text node. */

let language = 'zh-CN';
const catalog = JSON.parse(document.getElementById('catalog').textContent);

function $(id) { return document.getElementById(id); }

/* A text in the language shown, %1, %2 … replaced.  A string, or, if one of the parts is a node, a fragment. */
function T(text, ...parts) {
    const words = (language === 'zh-CN' && catalog[text]) || text;
    if (parts.length === 0) return words;
    const pieces = words.split(/%([1-9])/).map((piece, i) => i % 2 === 0 ? piece : parts[Number(piece) - 1]);
    if (!parts.some(part => part instanceof Node)) return pieces.join('');
    const whole = document.createDocumentFragment();
    add(whole, pieces.map(piece => piece instanceof Node ? piece.cloneNode(true) : piece));
    return whole;
}

/* Append nodes, texts, and lists of them; null and false are nothing. */
function add(parent, ...children) {
    for (const child of children.flat(9)) {
        if (child === null || child === undefined || child === false) continue;
        parent.append(child instanceof Node ? child : String(child));
    }
    return parent;
}

function set(node, name, value) {
    if (value === null || value === undefined || value === false) return;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
}

function make(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) set(node, name, value);
    return add(node, children);
}

/* An element; tag as in 'p.soft'. */
function el(tag, attributes, ...children) {
    const [name, ...classes] = tag.split('.');
    const node = document.createElement(name);
    if (classes.length > 0) node.className = classes.join(' ');
    return make(node, attributes, children);
}

function svg(tag, attributes, ...children) {
    const [name, ...classes] = tag.split('.');
    const node = document.createElementNS('http://www.w3.org/2000/svg', name);
    if (classes.length > 0) node.setAttribute('class', classes.join(' '));
    return make(node, attributes, children);
}

function fill(node, ...children) {
    node.replaceChildren();
    add(node, children);
    node.hidden = false;
    return node;
}

/* A text that somebody else wrote: its direction stays its own, and it breaks anywhere. */
function value(text) { return el('bdi.value', null, text); }

/* A number, key or digest. */
function code(text) { return el('code', { dir: 'ltr', translate: 'no' }, text); }

/* A text that does not break. */
function whole(text) { return el('span.whole', null, text); }

/* A path of names: it may break after each slash. */
function path(text) {
    const parts = text.split('/');
    return el('code', { dir: 'ltr', translate: 'no' }, parts.map((part, i) => i + 1 < parts.length ? [part, '/', el('wbr')] : part));
}

const shapes = {
    ok: 'M5 12.5l4.5 4.5L19 7.5',
    ask: 'M8.5 9.2c0-2 1.6-3.4 3.6-3.4s3.5 1.3 3.5 3.2c0 2.6-3.4 2.7-3.4 5.2M12.2 18.2v.1',
    wait: 'M12 5.5V12l4.2 2.6',
    note: 'M7 20V4.5M7 5.5h10l-2.5 3.5L17 12.500H7',
    bad: 'M12 5.500v8M12 17.800v.1',
    play: 'M6.500 12h11M12.500 7l5 5-5 5',
    none: 'M7 12h10',
    sign: 'M5 17c3-7 5-10 6.500-9s-3 7-1 7 2.500-3 3.500-3 0 3 2 3 2-1 3-2',
};

function icon(name) {
    return svg('svg.icon', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svg('path', { d: shapes[name] }));
}

/* Rows of a table: head and cells are texts or nodes. */
function table(caption, head, rows) {
    return el('div.scroll', { tabindex: 0, role: 'region', 'aria-label': caption }, el('table', null, el('caption.unseen', null, caption),
        el('thead', null, el('tr', null, head.map(cell => el('th', { scope: 'col' }, cell)))),
        el('tbody', null, rows.map(row => el('tr', null, row.map((cell, i) => i === 0 ? el('th', { scope: 'row' }, cell) : el('td', null, cell)))))));
}

/* What is made when it is opened for the first time. */
function lazy(title, contents) {
    const details = el('details', { ontoggle: () => { if (details.open && details.childElementCount === 1) add(details, contents()); } }, el('summary', null, title));
    return details;
}

/* The first ones of a list, and a button for all. */
function some(items, most, show) {
    if (items.length <= most) return items.map(show);
    const rest = el('button.button', { type: 'button', onclick: () => {
        const first = show(items[most], most);
        rest.replaceWith(first, ...items.slice(most + 1).map((item, i) => show(item, most + 1 + i)));
        first.setAttribute('tabindex', '-1');
        first.focus();
    } }, T('Show all %1', items.length));
    return [items.slice(0, most).map(show), rest];
}

/* Go to a part of the page without touching the address. */
function jump(id, text) {
    return el('a.jump', { href: '#' + id, onclick: event => {
        event.preventDefault();
        show_part(id);
    } }, text);
}

function show_part(id) {
    const part = $(id), to = part.querySelector('h2[tabindex]') || part;
    if (!to.hasAttribute('tabindex')) to.setAttribute('tabindex', '-1');
    to.focus({ preventScroll: true });
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    part.scrollIntoView({ behavior: still ? 'auto' : 'smooth', block: 'start' });
}
