/**
 * `NATIVE_PYTHON=python3.14 npm run bench:native`: writes `native.json`, what the programs of `parts.ts` take in native
 * CPython, beside which `npm run bench:kernel` shows the kernel's figures. greenlet, gevent and trio have to be installed
 * for that interpreter.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { parts, readFigures, sourceOf, type Figure } from './parts.ts';

const [command = 'python3', ...words] = (process.env['NATIVE_PYTHON'] ?? 'python3').trim().split(/\s+/u);

function python(source: string, argv: readonly string[], file = '-'): string {
  const { status, stdout, stderr, error } = spawnSync(command, [...words, file, ...argv], {
    input: source,
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (status !== 0) throw new Error(`${command} ${argv.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}

const producer = JSON.parse(
  python(
    `import importlib.metadata as m, json, os, platform
packages = {name: m.version(name) for name in ("greenlet", "gevent", "trio")}
print(json.dumps({"python": platform.python_version(), "platform": platform.platform(), "cores": os.process_cpu_count(), "packages": packages}))`,
    [],
  ),
) as object;
const loads = [loadavg()[0]];
const figures: Record<string, readonly Figure[]> = {};
for (const part of parts.filter(({ kernelOnly }) => !kernelOnly)) {
  console.log(part.name);
  const file = part.imported ? fileURLToPath(new URL(part.file, import.meta.url)) : undefined;
  figures[part.name] = readFigures(python(await sourceOf(part), part.argv, file)).figures;
}
loads.push(loadavg()[0]);
const file = fileURLToPath(new URL('native.json', import.meta.url));
const recorded = { ...producer, processor: cpus()[0]?.model, loadsBeforeAndAfter: loads, figures };
writeFileSync(file, await format(JSON.stringify(recorded), { ...(await resolveConfig(file)), parser: 'json' }));
