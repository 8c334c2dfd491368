/**
 * An error that ends a build and is printed as it is written. Astro takes the text of its own errors for Markdown: of
 * `![what it shows](…)`, which an author is to write, it would leave no brackets. Without a stack Astro shows none: where
 * the build found a fault says nothing about the fault. For whatever a hook throws, Astro (7.3) says first with the hook's
 * `logger` that an unhandled error occurred; this one is what the hook is for, so its logger says nothing more.
 */
import type { AstroIntegrationLogger } from 'astro';

export function toldAsWritten(logger: AstroIntegrationLogger, message: string, hint?: string): Error {
  logger.error = () => undefined;
  return Object.assign(new Error(message), { stack: '' }, hint === undefined ? {} : { hint });
}
