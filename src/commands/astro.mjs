/**
 * Astro's own command line, as every command of this project starts it: without telemetry. Nothing is sent to Astro, and
 * no notice of that stands in what a build prints. Astro reads the variable before it reads any settings.
 */
process.env.ASTRO_TELEMETRY_DISABLED = '1';
await import(new URL('bin/astro.mjs', import.meta.resolve('astro/package.json')).href);
