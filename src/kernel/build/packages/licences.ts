/** The licences of the packages that are served, as one text beside them. Invariant: no archive is without a licence. */
import type { Archive } from './archives.ts';

const introduction = `The Python packages in this folder come from PyPI and are served to the readers of this site, each in an archive
of its own. An archive holds the Python files of a release, unchanged, with compiled copies; its tests and what is
not Python are left out. Their licences:
`;

function note({ name, version, licence, licences }: Archive): string {
  const texts = Object.entries(licences);
  if (texts.length === 0) throw new Error(`The wheel of ${name} ${version} has no licence in it: it cannot be served.`);
  const head = `${name} ${version} (${licence})`;
  const parts = texts.map(([file, text]) => `[${file}]\n\n${text.trim()}\n`);
  return `${'='.repeat(head.length)}\n${head}\n${'='.repeat(head.length)}\n\n${parts.join('\n')}`;
}

export function licenceNotes(archives: readonly Archive[]): string {
  return archives.length === 0 ? 'No package is served.\n' : [introduction, ...archives.map(note)].join('\n');
}
