/** The Python of chaos as one text: each module is made where the next one imports it. */
import { readFile } from 'node:fs/promises';

/** In an order in which each finds what it imports. */
const names = ['thread_programs', 'network_programs', 'task_programs', 'greenlet_programs', 'round'] as const;

export function readChaos(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), 'utf8');
}

/** Python that makes the modules that `chaos.py` and `seeded.py` import. */
export async function chaosModules(): Promise<string> {
  const made = names.map(async (name) => {
    const source = JSON.stringify(await readChaos(`${name}.py`));
    return `sys.modules['${name}'] = types.ModuleType('${name}')
exec(compile(${source}, '${name}.py', 'exec'), vars(sys.modules['${name}']))`;
  });
  return ['import sys, types', ...(await Promise.all(made)), ''].join('\n');
}
