/** Links to the playground as whoever knows the format would make them, whole or not. */
import { deflateRawSync } from 'node:zlib';
import { longestFragment } from '../../../src/island/playground/link.ts';

export const pack = (payload: unknown): string =>
  `#code=${deflateRawSync(JSON.stringify(payload)).toString('base64url')}`;

export const link = (text: string, mode = 'script', more: object = {}): string =>
  pack({ version: 1, mode, files: [{ name: 'main.py', text }], ...more });

/** Digits that hardly compress, the same in each run. */
export function noise(length: number): string {
  let state = 1;
  const digit = (): string => ((state = (state * 48_271) % 2_147_483_647) % 36).toString(36);
  return Array.from({ length }, digit).join('');
}

/** The last line of code whose link is as long as one may be, but for a few characters. */
export function longestLink(code: string, mode: string): string {
  let length = longestFragment;
  const made = (): string => link(`${code} # ${noise(length)}`, mode);
  while (made().length > longestFragment) length -= 10;
  return made();
}
