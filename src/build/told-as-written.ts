/**
 * An error that ends a build and is printed as it is written. Astro takes the text of its own errors for Markdown: of
 * `![what it shows](…)`, which an author is to write, it would leave no brackets. Without a stack Astro shows none: where
 * the build found a fault says nothing about the fault.
 */
export const toldAsWritten = (message: string, hint?: string): Error =>
  Object.assign(new Error(message), { stack: '' }, hint === undefined ? {} : { hint });
