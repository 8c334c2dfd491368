/** The map of keys: what each does, where it does it. */
import { make, openDialog } from './dialog.ts';

const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);
const mod = mac ? '⌘' : 'Ctrl';

/** Where, then keys (the ways to press them, each a chord) and what they do. */
const groups: readonly (readonly [where: string, keys: readonly (readonly [ways: string, does: string])[]])[] = [
  [
    'On every page',
    [
      ['?', 'This list'],
      [`/ or ${mod} K`, 'Search'],
      ['Tab', 'The next link, button or code'],
      ['Esc', 'Close what is open'],
    ],
  ],
  [
    'In a cell',
    [
      [`${mod} Enter or Shift Enter`, 'Run'],
      ['Tab into the code', 'Edit it'],
    ],
  ],
  [
    'In its code',
    [
      ['Tab or Shift Tab', 'Indent or unindent; take a completion. Straight after walking in: on to what comes next'],
      ['Esc, then Tab', 'Leave the code'],
      ['Ctrl Space', 'Complete'],
      ['Ctrl Shift Space', 'Show the parameters of the call'],
      [`${mod} Z or ${mac ? '⌘ Shift Z' : 'Ctrl Y'}`, 'Undo or redo'],
      [`${mod} F`, 'Search in the code'],
      ['Alt ↑ or Alt ↓', 'Move the line'],
    ],
  ],
];

/** A chord as keys, on one line; words between ways stay words. */
function ways(text: string): readonly (string | Node)[] {
  return text.split(/(, then | or | into the code)/).map((piece, index): string | Node => {
    if (index % 2 === 1) return piece;
    const keys = piece.split(' ').filter(Boolean);
    return make('span', 'reader-chord', ...keys.map((key) => make('kbd', '', key)));
  });
}

export function openKeys(): void {
  openDialog(
    'Keys',
    ...groups.flatMap(([where, keys]) => [
      make('h3', '', where),
      make(
        'dl',
        'reader-keys',
        ...keys.flatMap(([chord, does]) => [make('dt', '', ...ways(chord)), make('dd', '', does)]),
      ),
    ]),
  );
}
