/** Astro integration: the files that Python in the page boots from, and the packages that cells import, in `runtime/`. */
import type { AstroIntegration } from 'astro';
import { buildRuntime } from '../kernel/build/build-runtime.ts';
import { archives } from '../kernel/build/packages/archives.ts';
import { servedFolder } from './served-folder.ts';

/** Pages are rendered before the runtime is built, and say of a cell whether its packages are served (`src/island/engine.ts`). */
async function servedPackages(): Promise<readonly string[]> {
  return (await archives()).map(({ name }) => name);
}

export function runtime(): AstroIntegration {
  const { name, hooks } = servedFolder('runtime', 'kernel', buildRuntime);
  return {
    name,
    hooks: {
      ...hooks,
      'astro:config:setup': async ({ command, updateConfig }) => {
        // `astro sync` renders nothing, and needs no pip.
        if (command !== 'build' && command !== 'dev') return;
        updateConfig({ vite: { define: { SERVED_PACKAGES: JSON.stringify(await servedPackages()) } } });
      },
    },
  };
}
