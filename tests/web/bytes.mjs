// The page is the same bytes whoever builds it, wherever: another folder, another language, another name of the user.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

const BUILD = process.env.BUILD || 'build';
const FOLDERS = ['include', 'src', 'tools'];

test('built elsewhere', () => {
    const elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), 'sunlot page '));
    try {
        for (const folder of FOLDERS) fs.cpSync(folder, path.join(elsewhere, folder), { recursive: true });
        fs.cpSync(path.join(BUILD, 'web/source'), path.join(elsewhere, 'out/web/source'), { recursive: true });
        const env = { ...process.env, BUILD: path.join(elsewhere, 'out'), LC_ALL: 'C', LANGUAGE: '', TZ: 'Asia/Shanghai', USER: 'somebody', HOME: elsewhere };
        const said = execFileSync(path.join(elsewhere, 'tools/web/build'), { cwd: elsewhere, env, encoding: 'utf8' });
        const page = name => fs.readFileSync(path.join(name, 'web/verify.html'));
        assert.ok(page(path.join(elsewhere, 'out')).equals(page(BUILD)), said);
        assert.equal(fs.readFileSync(path.join(BUILD, 'web/verify.html.sha256'), 'utf8'), fs.readFileSync(path.join(elsewhere, 'out/web/verify.html.sha256'), 'utf8'));
    } finally {
        fs.rmSync(elsewhere, { recursive: true });
    }
});
