/** Bundles a script of the kernel to one classic script: blob workers of an opaque origin cannot be modules. */
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** `define` gives names that the script declares, and no more, their values: JavaScript expressions. */
export async function bundleClassic(entry: URL, define: Readonly<Record<string, string>> = {}): Promise<string> {
  const bundle = await rolldown({
    input: fileURLToPath(entry),
    platform: 'browser',
    transform: { define },
    tsconfig: false,
    logLevel: 'warn',
  });
  try {
    const { output } = await bundle.generate({ format: 'iife', minify: true, sourcemap: false });
    const [chunk, ...rest] = output;
    if (rest.length > 0) throw new Error(`${entry.pathname}: one script expected, ${output.length} made`);
    return chunk.code;
  } finally {
    await bundle.close();
  }
}
