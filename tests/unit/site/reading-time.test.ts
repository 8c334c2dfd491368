/** How long a chapter takes to read is worked out from its words and its code. */
import { expect, it } from 'vitest';
import { minutesToRead } from '../../../src/site/course/reading-time.ts';

const words = (count: number): string => 'word '.repeat(count);
const code = (lines: number): string => `\`\`\`python run id=a\n${'x = 1\n'.repeat(lines)}\`\`\`\n`;

it.each([
  ['nothing', '', 1],
  ['words', words(1000), 5],
  ['code', code(100), 5],
  ['both, in steps of five', `${words(4300)}\n\n${code(40)}`, 25],
  ['what an exercise holds', `${words(1000)}\n\n<Predict id="a">\n\n${words(1000)}\n\n${code(100)}\n\n</Predict>\n`, 5],
  [
    'tags, addresses and imports',
    `import A from '../a.ts'\n\n<Term name="b">${words(1000)}</Term> [c](https://d.e/f)`,
    5,
  ],
])('%s', (_what, mdx, minutes) => {
  expect(minutesToRead(mdx)).toBe(minutes);
});
