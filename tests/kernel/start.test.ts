/** A start of Python fetches and reads what it imports, and nothing else comes before it. */
import { expect, it } from 'vitest';
import { buildStdlib } from '../../src/kernel/build/stdlib.ts';
import { openKernelPage } from './page.ts';

/** The names of the files of a zip archive, as its directory tells them. */
function members(zip: Uint8Array): readonly string[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = zip.byteLength - 22;
  const names: string[] = [];
  for (let at = view.getUint32(end + 16, true); at < end;) {
    const [name, extra, comment] = [
      view.getUint16(at + 28, true),
      view.getUint16(at + 30, true),
      view.getUint16(at + 32, true),
    ];
    names.push(new TextDecoder().decode(zip.subarray(at + 46, at + 46 + name)));
    at += 46 + name + extra + comment;
  }
  return names;
}

it('the archive that Python starts from has no module that no start loads: of a notebook, a program, or the development mode', async () => {
  await using kernel = await openKernelPage();
  const loaded = new Set(['pyodide.webloop']);
  for (const mode of ['notebook', 'script'] as const) {
    const { stdout } = await kernel.run('import sys\nprint(*sys.modules)', { mode });
    for (const name of stdout.split(/\s/u)) loaded.add(name);
  }
  const development = `import subprocess, sys
print(subprocess.run([sys.executable, "-X", "dev", "-c", "import sys; print(*sys.modules)"], stdout=-1, text=True).stdout)`;
  const { stdout } = await kernel.run(development, { mode: 'script' });
  for (const name of stdout.split(/\s/u)) loaded.add(name);
  const { core } = await buildStdlib();
  const modules = members(core).map((file) => file.replace(/(?:\/__init__)?\.pyc$/u, '').replaceAll('/', '.'));
  expect(modules.length).toBeGreaterThan(100);
  expect(modules.filter((module) => !loaded.has(module))).toEqual([]);
});
