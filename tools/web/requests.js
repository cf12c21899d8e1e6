/* The worker, and what is asked of it: one request at a time. */

let worker = null, version = '', limit = Infinity, started = null, not_started = null, queue = Promise.resolve(), numbered = 0;
const waiting = new Map();

function start_worker() {
    const url = URL.createObjectURL(new Blob([$('worker').textContent], { type: 'text/javascript' }));
    started = new Promise((resolve, reject) => {
        not_started = reject;
        worker = new Worker(url);
        worker.onmessage = event => {
            const m = event.data;
            if (m.id === undefined) {
                URL.revokeObjectURL(url);
                if (!m.ready) return void reject(m.error || { code: 'internal', text: '' });
                version = m.version;
                limit = m.limit || Infinity;
                return void resolve();
            }
            const request = waiting.get(m.id);
            if (!request) return;
            if (m.progress) return void (request.progress && request.progress(m.progress));
            waiting.delete(m.id);
            if (m.error) request.reject(m.error);
            else request.resolve(m);
        };
        worker.onerror = event => {
            event.preventDefault();
            const error = { code: 'internal', text: event.message || '' };
            reject(error);
            drop_requests(error);
        };
        worker.postMessage({ core: $('core').textContent });
    });
    return started;
}

function drop_requests(error) {
    for (const request of waiting.values()) request.reject(error);
    waiting.clear();
}

function ask(request, transfer, progress) {
    const answer = queue.then(() => started).then(() => new Promise((resolve, reject) => {
        const id = ++numbered;
        waiting.set(id, { resolve, reject, progress });
        worker.postMessage({ ...request, id }, transfer || []);
    }));
    queue = answer.catch(() => null);
    return answer;
}

/* Give up what it is at; the new one has no log. */
function stop_worker() {
    const cancelled = { code: 'cancelled' };
    worker.terminate();
    not_started(cancelled); // what waits for it would wait for ever
    drop_requests(cancelled);
    start_worker().catch(error => error.code === 'cancelled' ? null : broken(error));
}
