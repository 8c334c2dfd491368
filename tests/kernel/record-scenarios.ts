/**
 * `NATIVE_PYTHON=python3.14 node tests/kernel/record-scenarios.ts FOLDER`: writes what the scenarios of a folder beside this file
 * (`descriptors`, `sockets`, `processes`) see on this machine's Linux.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Which FOLDER?');
const [command = 'python3', ...words] = (process.env['NATIVE_PYTHON'] ?? 'python3').trim().split(/\s+/u);
const inFolder = (name: string): string => fileURLToPath(new URL(`${folder}/${name}`, import.meta.url));
const ran = spawnSync(command, [...words, inFolder('programs.py')], { input: '', encoding: 'utf8' });
if (ran.status !== 0) throw new Error(`${command}: ${ran.error?.message ?? ran.stderr}`);
const file = inFolder('expected.json');
writeFileSync(file, await format(ran.stdout, { ...(await resolveConfig(file)), parser: 'json' }));
