/** A program in an address: what is packed comes back, and whatever else stands there ends in a sentence, never in a throw. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readConditions } from '../../../src/island/playground/conditions.ts';
import { freeName, nameFault, pathFault, whyNotNamed } from '../../../src/island/playground/file-names.ts';
import {
  fragmentOf,
  hasProgram,
  longestFragment,
  readFragment,
  type Shared,
} from '../../../src/island/playground/link.ts';

const pack = (payload: string | Uint8Array): string =>
  `#code=${deflateRawSync(typeof payload === 'string' ? Buffer.from(payload) : payload).toString('base64url')}`;
const packed = (payload: unknown): string => pack(JSON.stringify(payload));
const schedule = 'gil-3.14.2-1a2b3c4d-1p12:2';
const file = { name: 'main.py', text: 'print("hi")\n' };

async function whyNot(fragment: string): Promise<string> {
  const read = await readFragment(fragment);
  if (read.state === 'read') throw new Error('It was read.');
  return read.why;
}

it.each<[string, Shared]>([
  ['an empty program', { mode: 'script', files: [{ name: 'main.py', text: '' }] }],
  ['a cell', { mode: 'notebook', files: [file] }],
  [
    'other scripts, tabs, ends of line and a null',
    { mode: 'script', files: [{ name: 'naïve 数.py', text: '\t"🐍\u0000"\r\n' }] },
  ],
  [
    'text and bytes in folders, and conditions',
    {
      mode: 'script',
      files: [file, { name: 'data/a.csv', text: 'a,b' }, { name: 'b.bin', text: '//79', base64: true }],
      conditions: { clock: 10, net: { latency: 0.05, loss: 0.1, seed: 7 }, labels: true, schedule },
    },
  ],
])('gives back %s', async (_, shared) => {
  const fragment = await fragmentOf(shared);
  expect(fragment).toMatch(/^#code=[\w-]+$/);
  expect(await readFragment(fragment ?? '')).toEqual({ state: 'read', shared, lost: [] });
});

it('knows a program in an address from the address of a section', () => {
  expect([hasProgram('#code=abc'), hasProgram('#code'), hasProgram(''), hasProgram('#main')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

it('makes no link that is longer than it may be', async () => {
  // Digits of a generator do not compress.
  let state = 1;
  const noise = (length: number): string =>
    Array.from({ length }, () => ((state = (state * 48_271) % 2_147_483_647) % 36).toString(36)).join('');
  const of = (length: number) => fragmentOf({ mode: 'script', files: [{ name: 'main.py', text: noise(length) }] });
  expect((await of(20_000))?.length).toBeLessThanOrEqual(longestFragment);
  expect(await of(longestFragment * 2)).toBeUndefined();
  // What packs well is still too long if nobody could read it again.
  expect(await fragmentOf({ mode: 'script', files: [{ name: 'main.py', text: 'x'.repeat(5 << 20) }] })).toBeUndefined();
});

describe('a damaged link', () => {
  it('is not whole when any of its end is missing', async () => {
    const fragment = (await fragmentOf({ mode: 'script', files: [file] })) ?? '';
    for (let length = '#code='.length; length < fragment.length; length += 1)
      expect(await whyNot(fragment.slice(0, length))).toMatch(/not whole/);
  });

  it.each([
    ['no base64', '#code=%%%'],
    ['not compressed', `#code=${Buffer.from('{}').toString('base64url')}`],
    ['no JSON', pack('print()')],
    ['no UTF-8', pack(Uint8Array.of(0x22, 0xff, 0x22))],
    ['no object', pack('3')],
    ['null', pack('null')],
  ])('that is %s is told as not whole', async (_, fragment) => {
    expect(await whyNot(fragment)).toMatch(/not whole/);
  });

  it('that would unpack to gigabytes is not unpacked', async () => {
    expect(await whyNot(pack(new Uint8Array(64 << 20)))).toBe('This link is larger than a program can be here.');
  });

  it('without a program says so', async () => {
    expect(await whyNot(packed({ version: 1, files: [] }))).toBe('This link has no program in it.');
    expect(await whyNot(packed({ version: 1, files: 'main.py' }))).toBe('This link has no program in it.');
    expect(await whyNot(packed({ version: 1, files: [null] }))).toBe('File 1 of the link is not text.');
  });

  it('keeps the files that are whole and names the others', async () => {
    const files = [file, 3, { name: '../etc/passwd', text: '' }, file, { name: 'a.txt', text: 7 }];
    expect(await readFragment(packed({ version: 1, mode: 'other', files, conditions: { clock: 'x' } }))).toEqual({
      state: 'read',
      shared: { mode: 'script', files: [file] },
      lost: [
        'File 2 of the link is not text.',
        'File 3 of the link has a name that no file can have here.',
        'The link has main.py twice.',
        'File 5 of the link is not text.',
        'What the link says of its clock cannot be read here.',
      ],
    });
  });

  it('takes no more than fifty files beside the program, and tells of a thousand faults in five sentences', async () => {
    const many = Array.from({ length: 1000 }, (_, index) => ({ name: `f${index}.py`, text: '' }));
    const read = await readFragment(packed({ version: 1, mode: 'script', files: many }));
    expect(read.state === 'read' && [read.shared.files.length, read.lost.length]).toEqual([51, 5]);
  });
});

it('is of the first version where a page of that version understands it', async () => {
  const versionOf = async (shared: Shared): Promise<unknown> => {
    const bytes = Buffer.from((await fragmentOf(shared))?.slice('#code='.length) ?? '', 'base64url');
    return (JSON.parse(inflateRawSync(bytes).toString()) as { version: unknown }).version;
  };
  expect(await versionOf({ mode: 'script', files: [file] })).toBe(1);
  expect(await versionOf({ mode: 'script', files: [file, { name: 'a.py', text: '' }] })).toBe(2);
  expect(await versionOf({ mode: 'script', files: [file], conditions: { clock: 2 } })).toBe(2);
  const old = await readFragment(packed({ version: 1, mode: 'script', files: [file] }));
  expect(old).toEqual({ state: 'read', shared: { mode: 'script', files: [file] }, lost: [] });
});

it('has no bytes as its program, and none that are no base64', async () => {
  expect(await whyNot(packed({ version: 2, files: [{ ...file, base64: true }] }))).toMatch(/not text/);
  const read = await readFragment(packed({ version: 2, files: [file, { name: 'b', text: '%', base64: true }] }));
  expect(read.state === 'read' && read.lost).toEqual(['File 2 of the link is not text.']);
});

it('keeps the code of a link of another version, and says what that means', async () => {
  const read = await readFragment(packed({ version: 3, mode: 'script', files: [file], future: {} }));
  expect(read).toEqual({
    state: 'read',
    shared: { mode: 'script', files: [file] },
    lost: [
      'This link was made for another version of the playground. Its code is here; what else it says may be missing.',
    ],
  });
  expect(await whyNot(packed({ version: 3, program: 'print()' }))).toMatch(/another version.*Nothing in it/);
});

it.each(['', '/etc/passwd', '..', '.hidden', 'a/b.py', 'a\\b', 'a\nb', 'end.', 'end ', '-x', 'x'.repeat(101)])(
  'says what is wrong with the name %j',
  (name) => {
    expect(nameFault(name)).toMatch(/^A file .*\.$/);
  },
);

it.each(['main.py', '_a.txt', 'données 2.csv', 'a-b.tar.gz', 'Makefile'])('takes the name %j', (name) => {
  expect(nameFault(name)).toBeUndefined();
});

it('lets files stand in folders below that of the run, each name once', () => {
  expect(['data/a.csv', 'a/b/c.py'].map(pathFault)).toEqual([undefined, undefined]);
  for (const name of ['/a', 'a/', 'a//b', '../a', 'a/../b', './a']) expect(pathFault(name)).toMatch(/^A file /);
  expect(whyNotNamed('a.py', ['a.py'])).toBe('There is a file a.py already.');
  expect(whyNotNamed('data', ['data/a.csv'])).toBe('data would be a file and a folder at once.');
  expect(whyNotNamed('data/a/b', ['data/a'])).toBe('data/a/b would be a file and a folder at once.');
  expect(freeName(['module.py', 'module2.py'])).toBe('module3.py');
});

it.each([
  { clock: 0 },
  { clock: Infinity },
  { net: { latency: 61 } },
  { net: { loss: 2 } },
  { net: { speed: 1 } },
  { net: 'slow' },
  { labels: false },
  { schedule: 'fastest' },
])('takes no condition that a chapter could not set: %j', (given) => {
  expect(readConditions(given)).toEqual({ conditions: {}, refused: Object.keys(given) });
});
