/** Writes what the docs say of a recorded run: the page for those who read the project, and the data of the site's page. */
import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { describeResults } from './describe.ts';
import type { Rule } from './judge.ts';
import type { VersionRecord } from './record.ts';
import { summarizeResults } from './summarize.ts';

export async function writeDocs(record: VersionRecord, rules: readonly Rule[]): Promise<void> {
  writeFileSync('docs/what-is-real.md', describeResults(record, rules));
  const summary = JSON.stringify(summarizeResults(record, rules));
  writeFileSync('docs/what-is-real.json', await format(summary, { parser: 'json', printWidth: 120 }));
}
