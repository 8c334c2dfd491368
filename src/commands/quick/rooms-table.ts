/** The table of rooms as docs/architecture.md has it. */
import { rooms, type Room } from '../../../rooms.mjs';

export const tableInDocs = 'docs/architecture.md';

const head = ['| room | what is in it | imports | tests |', '| --- | --- | --- | --- |'];

const code = (text: string): string => `\`${text}\``;

/** `tests/browser/editor-*.test.ts` is `editor-*`: its suite stands before it. */
const short = (pattern: string): string => pattern.replace(/^tests\/\w+\//, '').replace(/\.test\.ts$/, '');

function importsOf({ imports }: Room): string {
  if (typeof imports === 'string') return imports;
  return imports.length === 0 ? 'nothing of ours' : imports.map(code).join(', ');
}

function row(room: Room): string {
  const where = room.files[0]?.startsWith('src/') === true ? code(`src/${room.name}/`) : room.name;
  const tests = Object.entries(room.tests).map(
    ([suite, patterns]) => `${suite}: ${patterns.map((pattern) => code(short(pattern))).join(', ')}`,
  );
  return `| ${[where, room.holds, importsOf(room), tests.join('; ')].join(' | ')} |`;
}

/** `text` with its table of rooms as it should be. Throws when it has none. */
export function withTable(text: string): string {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith('| room |'));
  const to = lines.indexOf('', from);
  if (from === -1 || to === -1) throw new Error(`${tableInDocs} has no table of rooms.`);
  return [...lines.slice(0, from), ...head, ...rooms.map(row), ...lines.slice(to)].join('\n');
}
