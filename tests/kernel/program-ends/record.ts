/** `NATIVE_PYTHON=python3.14 node tests/kernel/program-ends/record.ts`: writes how CPython itself ends each program. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { programs } from './programs.ts';

const [command = 'python3', ...words] = (process.env['NATIVE_PYTHON'] ?? 'python3').trim().split(/\s+/u);
const script = readFileSync(new URL('native.py', import.meta.url), 'utf8');
const ran = spawnSync(command, [...words, '-c', script], { input: JSON.stringify(programs), encoding: 'utf8' });
if (ran.status !== 0) throw new Error(`${command}: ${ran.error?.message ?? ran.stderr}`);
const recorded: unknown = JSON.parse(ran.stdout);
writeFileSync(new URL('expected.json', import.meta.url), `${JSON.stringify(recorded, null, 2)}\n`);
