/** The program in an element of another site's page is what its author meant, however the page is indented. */
import { expect, it } from 'vitest';
import { dedent } from '../../../src/island/embed/program.ts';

it.each([
  ['one line', 'print(1)', 'print(1)'],
  ['lines between tags', '\nprint(1)\n', 'print(1)'],
  ['the indentation of the page', '\n    if x:\n        y()\n\n    z()\n  ', 'if x:\n    y()\n\nz()'],
  ['tabs', '\n\t\tif x:\n\t\t\ty()', 'if x:\n\ty()'],
  ['a first line beside the tag', 'if x:\n    y()', 'if x:\n    y()'],
  ['tabs beside spaces, which share nothing', '\n\tx\n    y', '\tx\n    y'],
  ['lines of spaces alone', '\n   \n  x\n      \n  y', 'x\n\ny'],
  ['ends of lines of Windows', '\r\n  x\r\n  y\r\n', 'x\ny'],
  ['nothing', ' \n ', ''],
])('%s', (_, written, program) => {
  expect(dedent(written)).toBe(program);
});
