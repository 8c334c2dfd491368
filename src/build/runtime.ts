/** Astro integration: the files that Python in the page boots from, in `runtime/`. */
import type { AstroIntegration } from 'astro';
import { buildRuntime } from '../kernel/build/build-runtime.ts';
import { servedFolder } from './served-folder.ts';

export const runtime = (): AstroIntegration => servedFolder('runtime', 'kernel', buildRuntime);
