/** `NATIVE_PYTHON=python3.14 node tests/kernel/sockets/record.ts`: writes what the scenarios see on this machine's Linux. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const [command = 'python3', ...words] = (process.env['NATIVE_PYTHON'] ?? 'python3').trim().split(/\s+/u);
const script = fileURLToPath(new URL('programs.py', import.meta.url));
const options = { input: '', encoding: 'utf8' } as const;
const ran = spawnSync(command, [...words, script], options);
if (ran.status !== 0) throw new Error(`${command}: ${ran.error?.message ?? ran.stderr}`);
const file = fileURLToPath(new URL('expected.json', import.meta.url));
writeFileSync(file, await format(ran.stdout, { ...(await resolveConfig(file)), parser: 'json' }));
