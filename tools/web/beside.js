/* What lies in the folder that the page was served from: the log, and signatures that it asks for. */

const served = /^https?:$/.test(location.protocol);
const folder = new URL('.', location.href).href;

/* From here on the page may speak to its own folder alone. */
function narrow() {
    const meta = document.createElement('meta');
    meta.httpEquiv = 'Content-Security-Policy';
    meta.content = 'connect-src ' + folder.replace(/[;,']/g, c => '%' + c.charCodeAt(0).toString(16));
    document.head.append(meta);
}

/* A file of the folder, or null if there is none such. */
async function beside(name, progress) {
    const response = await fetch(folder + name, { credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer', cache: 'no-cache' });
    if (!response.ok || /html/.test(response.headers.get('content-type') || '')) return null;
    if (!progress) return { name, blob: await response.blob(), from: 'folder' };
    const reader = response.body.getReader(), parts = [];
    for (let done = 0;;) {
        const part = await reader.read();
        if (part.done) break;
        parts.push(part.value);
        progress(done += part.value.length);
        if (done > limit) throw { code: 'limit' };
    }
    const blob = new Blob(parts);
    return { name, size: blob.size, blob, from: 'folder' };
}

async function fetch_log() {
    const mine = ++turn;
    let found = null;
    enter('checking');
    show_progress(() => T('Looking for draw.log beside this page …'), null);
    try {
        found = await beside('draw.log', done => { if (mine === turn) show_progress(() => T('Fetching draw.log: %1', size_text(done)), null); });
    } catch (error) {
        if (mine === turn && error.code) return void fail(error);
    }
    if (mine !== turn) return;
    if (!found) return void enter('ready');
    Object.assign(s, { log: found, others: [] });
    await check();
}

/* Signatures that the log asks for may lie beside it.  A key or policy from the same place would prove nothing and is not looked for. */
async function more_notes() {
    const r = s.report;
    if (!served || s.log.from !== 'folder' || s.looked === s.log || !r.checkpoints) return [];
    const names = r.checkpoints.filter(c => !c.reached).map(c => c.name);
    if (is_public(r) && has_results(r) && r.attested_by.length === 0 && !names.includes('results')) names.push('results');
    s.looked = s.log;
    return (await Promise.all(names.map(name => beside(name + '.note').catch(() => null)))).filter(note => note);
}
