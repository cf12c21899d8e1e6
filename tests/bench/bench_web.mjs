// How long the verify page's core takes to check a log, from nothing to the answer.  Prints milliseconds, and for Node
// those of the processor and the MiB that the core holds.
//     node tests/bench/bench_web.mjs node LOG RUNS          in Node: each run a new process; from the module's bytes to the JSON
//     node tests/bench/bench_web.mjs chromium LOG RUNS      in Chromium: each run a new visit to the page; from the chosen file to the answer on the screen
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [how, log, runs] = process.argv.slice(2);
const web = path.resolve(process.env.BUILD || 'build', 'web');

async function once() {
    const began = performance.now(), before = process.cpuUsage();
    const { Core } = await import('../web/core.mjs');
    const core = new Core();
    core.give('log', fs.readFileSync(log));
    core.give('log_name', log);
    const answer = JSON.parse(core.check(true)).answer;
    const used = process.cpuUsage(before);
    return { milliseconds: performance.now() - began, processor: (used.user + used.system) / 1000, mebibytes: core.exports.memory.buffer.byteLength / 1048576, answer };
}

async function visits() {
    const { chromium } = createRequire(`${web}/node_modules/`)('playwright-core');
    const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true, args: flags });
    const taken = [];
    for (let run = 0; run < Number(runs); run++) {
        const context = await browser.newContext({ offline: true });
        const page = await context.newPage();
        await page.goto(pathToFileURL(`${web}/verify.html`).href);
        await page.waitForFunction(() => document.documentElement.dataset.state === 'ready');
        await page.evaluate(() => {
            document.getElementById('choose').addEventListener('change', () => { window.began = performance.now(); }, true);
            new MutationObserver(() => {
                if (/done|failed/.test(document.documentElement.dataset.state)) requestAnimationFrame(() => { window.taken = performance.now() - window.began; });
            }).observe(document.documentElement, { attributes: true, attributeFilter: ['data-state'] });
        });
        await page.setInputFiles('#choose', log);
        await page.waitForFunction(() => window.taken !== undefined, null, { timeout: 600000 });
        taken.push(await page.evaluate(() => ({ milliseconds: window.taken, answer: document.documentElement.dataset.answer })));
        await context.close();
    }
    await browser.close();
    return taken;
}

if (how === 'once') {
    console.log(JSON.stringify(await once()));
} else {
    const self = fileURLToPath(import.meta.url);
    const taken = how === 'chromium' ? await visits() : Array.from({ length: Number(runs) }, () => JSON.parse(execFileSync(process.execPath, [self, 'once', log])));
    if (!taken.every(run => run.answer === 'rehearsal')) throw new Error(`the answer is ${taken[0].answer}`);
    const best = (figure) => Math.min(...taken.map(run => run[figure])).toFixed(2);
    console.log(how === 'chromium' ? best('milliseconds') : `${best('milliseconds')} ${best('processor')} ${best('mebibytes')}`);
}
