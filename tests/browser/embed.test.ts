/** `<py-cell>` in the page of another site: runs what the course runs, and neither side can do more to the other than agreed. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { axeFaults, bringAxe, faultsInBothThemes } from './support/axe.ts';
import { blocks } from './support/cell-page.ts';
import { editedText, replaceCode } from './support/editing.ts';
import { cellIn, frameAt, openEmbedded, over, press, run } from './support/embedded.ts';
import { listening, type Site } from './support/site.ts';
import type { ForeignOptions } from './support/foreign.ts';
import { hosts, refusingFrames, serveAs } from './support/host.ts';

const everything = `
import socket, threading
from concurrent.futures import ProcessPoolExecutor

if __name__ == "__main__":
    server = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=lambda: server.accept()[0].sendall(b"from a thread")).start()
    print(socket.create_connection(server.getsockname()).recv(99))
    with ProcessPoolExecutor(1) as pool:
        print(pool.submit(abs, -3).result())
`;
const cell = (code: string, attributes = ''): string => `<py-cell ${attributes}><pre>${code}</pre></py-cell>`;
/** The page around a frame has the heading. */
const asPart = { rules: { 'page-has-heading-one': { enabled: false } } };
const heightOf = (element: Element): string => (element as HTMLElement).style.height;

it('runs threads, a server and a process in another site’s page, and loads nothing of Python before', async () => {
  await using on = await openEmbedded(cell(everything, 'name="all.py"') + cell('print("second")', 'title="Another"'));
  const [first, second] = [cellIn(await frameAt(on.page, 0)), cellIn(await frameAt(on.page, 1))];
  expect(await first.locator('.cell-name').textContent()).toBe('all.py');
  expect(await editedText(first)).toBe(everything.trim());
  expect(on.python()).toEqual([]);
  await run(first);
  expect(await blocks(first)).toEqual([
    ['stdout', "b'from a thread'\n3\n"],
    ['exit', 'Exit code 0\n'],
  ]);
  await run(second);
  expect(await blocks(second)).toEqual([
    ['stdout', 'second\n'],
    ['exit', 'Exit code 0\n'],
  ]);
  expect(on.complaints).toEqual([]);
});

it('grows with what it shows, and is as low again after Reset', async () => {
  await using on = await openEmbedded(cell('print("\\n" * 20)'));
  const frame = await frameAt(on.page);
  const element = on.page.locator('iframe');
  const fits = async (): Promise<void> => {
    const needed = () => frame.evaluate(() => document.querySelector('main')?.getBoundingClientRect().height ?? 0);
    await expect.poll(async () => parseFloat(await element.evaluate(heightOf)) - (await needed())).toBeCloseTo(0.5, 0);
    await expect.poll(() => frame.evaluate(() => document.documentElement.scrollHeight <= innerHeight)).toBe(true);
  };
  await fits();
  const before = await element.evaluate(heightOf);
  await run(cellIn(frame));
  await fits();
  expect(parseFloat(await element.evaluate(heightOf))).toBeGreaterThan(parseFloat(before) + 300);
  await press(cellIn(frame), 'Reset');
  await expect.poll(() => element.evaluate(heightOf)).toBe(before);
  // A menu that is opened over the lower edge has room, too.
  await cellIn(frame).locator('summary').click();
  await expect
    .poll(() =>
      cellIn(frame)
        .locator('.cell-menu-items')
        .evaluate((menu) => menu.getBoundingClientRect().bottom < innerHeight),
    )
    .toBe(true);
});

it('gives completions room below the line that is edited', async () => {
  await using on = await openEmbedded(cell('value = 1'));
  const frame = await frameAt(on.page);
  await replaceCode(cellIn(frame), 'numerator = 1; nu');
  await on.page.keyboard.press('m');
  const list = frame.locator('.cm-tooltip-autocomplete');
  await list.waitFor();
  await expect
    .poll(() => list.evaluate((each) => innerHeight - each.getBoundingClientRect().bottom))
    .toBeGreaterThan(0);
  expect(await list.evaluate((each) => each.scrollHeight <= each.clientHeight)).toBe(true);
});

it('takes an edit, puts the author’s program back, and keeps nothing in the browser', async () => {
  await using on = await openEmbedded(cell('print("author")'));
  const frame = await frameAt(on.page);
  await replaceCode(cellIn(frame), 'print("reader")');
  await run(cellIn(frame));
  expect((await blocks(cellIn(frame)))[0]).toEqual(['stdout', 'reader\n']);
  await cellIn(frame).getByRole('button', { name: 'Edited' }).waitFor();
  expect(await frame.evaluate(() => Object.keys(localStorage))).toEqual([]);
  await press(cellIn(frame), 'Reset');
  await expect.poll(() => editedText(cellIn(frame))).toBe('print("author")');
  expect([await blocks(cellIn(frame)), await frame.evaluate(() => Object.keys(localStorage))]).toEqual([[], []]);
});

it('opens its program in the playground in a tab of its own', async () => {
  await using on = await openEmbedded(cell('print("taken along")', 'name="along.py"'));
  const frame = await frameAt(on.page);
  await cellIn(frame).locator('summary').click();
  const [tab] = await Promise.all([on.page.waitForEvent('popup'), press(cellIn(frame), 'Open in playground')]);
  await tab.locator('.is-shared').getByText('It runs when you press Run.').waitFor();
  expect(await editedText(tab.locator('py-cell[id="script"]'))).toBe('print("taken along")');
});

it('copies the code, which a frame may do only when the page allows it', async () => {
  await using on = await openEmbedded(`${cell('print("copied")')}<textarea aria-label="Notes"></textarea>`);
  await press(cellIn(await frameAt(on.page)), 'Copy');
  const notes = on.page.getByRole('textbox', { name: 'Notes' });
  await notes.focus();
  await on.page.keyboard.press('Control+v');
  await expect.poll(() => notes.inputValue()).toBe('print("copied")\n');
});

it('loads a frame when its cell comes near, and follows a page that adds, moves and removes cells', async () => {
  await using on = await openEmbedded(
    `${cell('print("near")')}<div style="height: 30000px"></div>${cell('print("far")')}`,
  );
  const frames = () => on.course.requests.filter((path) => path.endsWith('/embed/v1/')).length;
  await frameAt(on.page, 0);
  expect(frames()).toBe(1);
  expect(await on.page.locator('py-cell .text').textContent()).toBe('print("far")');
  expect(await editedText(cellIn(await frameAt(on.page, 1)))).toBe('print("far")');
  expect(frames()).toBe(2);
  await on.page.evaluate(() => {
    const [first, second] = document.querySelectorAll('py-cell');
    second?.remove();
    const added = document.createElement('py-cell');
    added.textContent = 'print("added")';
    document.body.prepend(added, ...(first ? [first] : []));
  });
  const texts: string[] = [];
  for (const index of [0, 1]) texts.push(await editedText(cellIn(await frameAt(on.page, index))));
  expect([texts, await on.page.locator('iframe').count()]).toEqual([['print("added")', 'print("near")'], 2]);
});

it('shows an error with its line, a deadlock with its threads, and stops a program that goes on', async () => {
  const lock = 'import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()';
  await using on = await openEmbedded(
    cell('print("before")\n1 / 0', 'name="wrong.py"') + cell(lock) + cell('print("begun")\nwhile True: pass'),
  );
  const wrong = cellIn(await frameAt(on.page, 0));
  await run(wrong);
  expect(await wrong.locator('.out.error, .out.stderr').allTextContents()).toEqual([
    expect.stringMatching(/wrong\.py", line 2[^]*ZeroDivisionError/),
  ]);
  const locked = cellIn(await frameAt(on.page, 1));
  await run(locked);
  expect(await locked.locator('.cell-output').textContent()).toContain('Deadlock');
  const endless = cellIn(await frameAt(on.page, 2));
  await press(endless, 'Run');
  await endless.locator('.out', { hasText: 'begun' }).waitFor();
  await press(endless, 'Stop');
  await over(endless);
  expect(await endless.locator('.cell-output').textContent()).toContain('KeyboardInterrupt');
});

it('continues other cells, which run first, and says so', async () => {
  await using on = await openEmbedded(
    `${cell('x = 20', 'id="one" mode="notebook" title="A number"')}${cell('y = x + 1', 'id="two" mode="notebook" after="one"')}
    ${cell('x + y + 1', 'mode="notebook" after="two"')}${cell('x', 'after="one"')}`,
  );
  const frame = await frameAt(on.page, 2);
  await frame.getByText('Continues 2 cells that run first').click();
  expect(await frame.locator('.embed-before .cell-name').allTextContents()).toEqual(['A number', 'Cell']);
  await run(cellIn(frame));
  expect(await blocks(cellIn(frame))).toEqual([['result', '42\n']]);
  // A program has no names to go on with.
  expect(await (await frameAt(on.page, 3)).locator('.embed-before').isVisible()).toBe(false);
});

it('reads its program from a file, a template, a script, and takes away the indentation of the page', async () => {
  await using on = await openEmbedded(
    `<py-cell src="lesson.py"><a href="lesson.py">lesson.py</a></py-cell>
     <py-cell><template>
        if 1 < 2:
            print("template")
     </template></py-cell>
     <py-cell><script type="text/python">
        print("script" if 1 < 2 else "")
     </script></py-cell>
     <py-cell src="missing.py"><a href="missing.py">missing.py</a></py-cell>`,
    { files: { '/lesson.py': 'print("file")\n' } },
  );
  const texts: string[] = [];
  for (const index of [0, 1, 2]) texts.push(await editedText(cellIn(await frameAt(on.page, index))));
  expect(texts).toEqual(['print("file")', 'if 1 < 2:\n    print("template")', 'print("script" if 1 < 2 else "")']);
  await on.page.getByRole('link', { name: 'missing.py' }).waitFor();
});

it('is worked by keyboard alone, and keeps the keys of the course’s pages out', async () => {
  await using on = await openEmbedded(`<button>Before</button>${cell('print("by key")')}<button>After</button>`);
  const frame = await frameAt(on.page);
  const { keyboard } = on.page;
  await on.page.getByRole('button', { name: 'Before' }).focus();
  await keyboard.press('Tab');
  expect(await frame.evaluate(() => document.activeElement?.textContent.trim())).toBe('Run');
  for (const key of ['/', '?', 'Control+k']) await keyboard.press(key);
  await keyboard.press('Enter');
  await over(cellIn(frame));
  expect((await blocks(cellIn(frame)))[0]).toEqual(['stdout', 'by key\n']);
  expect(await frame.locator('dialog').count()).toBe(0);
  const after = on.page.getByRole('button', { name: 'After' });
  for (let step = 0; step < 9 && !(await after.evaluate((each) => each === document.activeElement)); step += 1)
    await keyboard.press('Tab');
  expect(await after.evaluate((each) => each === document.activeElement)).toBe(true);
});

it.each([1000, 390])('has no fault that axe finds, in the page and in the frame, at %i px', async (width) => {
  await using on = await openEmbedded(
    cell('print("x" * 200)\n1 / 0', 'title="A long line"'),
    {},
    {
      viewport: { width, height: 844 },
    },
  );
  const frame = await frameAt(on.page);
  await run(cellIn(frame));
  await bringAxe(on.page);
  await bringAxe(frame);
  expect(await faultsInBothThemes(on.page)).toEqual([]);
  for (const theme of ['light', 'dark']) {
    await on.page.locator('py-cell').evaluate((element, theme) => {
      element.setAttribute('theme', theme);
    }, theme);
    await expect.poll(() => frame.evaluate(() => document.documentElement.dataset['theme'])).toBe(theme);
    expect(await axeFaults(frame, [], asPart)).toEqual([]);
  }
  for (const each of [on.page, frame])
    expect(await each.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

it('is light or dark as the page around it is', async () => {
  await using on = await openEmbedded(cell('print(1)'), {}, { colorScheme: 'dark' });
  const frame = await frameAt(on.page);
  const theme = () => frame.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  // The page says nothing, so it is white, whatever the system is.
  expect(await theme()).toBe('light');
  await on.page.evaluate(() => {
    document.documentElement.style.colorScheme = 'light dark';
  });
  await expect.poll(theme).toBe('dark');
  await on.page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(theme).toBe('light');
});

it('needs no more of the page’s policy than scripts and frames of the course', async () => {
  await using on = await openEmbedded(cell('print(1)'), ({ origin }) => ({
    headers: {
      'content-security-policy': `default-src 'none'; script-src ${origin}; frame-src ${origin}`,
      'x-content-type-options': 'nosniff',
    },
  }));
  const frame = await frameAt(on.page);
  await run(cellIn(frame));
  expect((await blocks(cellIn(frame)))[0]).toEqual(['stdout', '1\n']);
  expect(on.complaints).toEqual([]);
});

it('stays readable without JavaScript, and where its script is blocked', async () => {
  const code = 'for i in range(3):\n    print(i)';
  for (const [foreign, context] of [
    [{}, { javaScriptEnabled: false }],
    [{ headers: { 'content-security-policy': "script-src 'none'" } }, {}],
  ] as const) {
    await using on = await openEmbedded(cell(code), foreign, context);
    expect(await on.page.locator('py-cell').innerText()).toBe(code);
    expect(await on.page.locator('iframe').count()).toBe(0);
  }
});

const refusing: readonly [string, Parameters<typeof openEmbedded>][] = [
  [
    'the page forbids the frame',
    [
      cell('print("kept")', 'name="kept.py"'),
      ({ origin }) => ({
        headers: { 'content-security-policy': `script-src ${origin}; frame-src 'none'` },
        head: '<style>pre, div, p { font-size: 40px !important; color: red !important }</style>',
      }),
    ],
  ],
  [
    'the host of the course refuses to be framed',
    [cell('print("kept")', 'name="kept.py"'), {}, {}, () => serveAs(refusingFrames, inject('siteFolder'))],
  ],
];

it.each(refusing)('stays readable, and leads to the playground, where %s', async (_, given) => {
  await using on = await openEmbedded(...given);
  await on.page.getByText('does not answer').waitFor();
  const text = on.page.locator('py-cell .text');
  expect(await text.innerText()).toBe('print("kept")');
  // As it is in the frame, whatever the styles of the page are.
  expect(await text.evaluate((each) => getComputedStyle(each).fontSize)).toBe('15.3px');
  await bringAxe(on.page);
  expect(await faultsInBothThemes(on.page, ['py-cell'])).toEqual([]);
  const [tab] = await Promise.all([
    on.page.waitForEvent('popup'),
    on.page.getByRole('link', { name: /^Open it at / }).click(),
  ]);
  await tab.locator('.is-shared').getByText('It runs when you press Run.').waitFor();
  expect(await editedText(tab.locator('py-cell[id="script"]'))).toBe('print("kept")');
});

it('a page that means harm runs nothing, and changes no program that the reader sees', async () => {
  await using on = await openEmbedded(cell('print("seen")', 'title="<img src=x onerror=alert(1)>"'));
  const frame = await frameAt(on.page);
  expect(await cellIn(frame).locator('.cell-name').textContent()).toBe('<img src=x onerror=alert(1)>');
  await on.page.locator('py-cell').evaluate((element) => {
    const target = element.shadowRoot?.querySelector('iframe')?.contentWindow;
    const program = { mode: 'script', source: 'print("other")' };
    for (const message of [
      { type: 'embed.open', programs: [program], theme: 'light' },
      { type: 'embed.run' },
      { type: 'run' },
      { type: 'sandbox.ready' },
      { type: 'process.ready', pid: 1, python: '3', pyodide: '3', fibers: true },
      { type: 'cell.run', pid: 1, run: 1, request: program },
      { type: 'embed.theme', theme: 'dark"><script>' },
      'embed.open',
      null,
      // Comes after all that.
      { type: 'embed.theme', theme: 'dark' },
    ])
      target?.postMessage(message, '*');
  });
  await expect.poll(() => frame.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  expect([await editedText(cellIn(frame)), await blocks(cellIn(frame)), on.python()]).toEqual([
    'print("seen")',
    [],
    [],
  ]);
});

it('a frame that means harm changes its own height, within bounds, and nothing else', async () => {
  const script = readFileSync(join(inject('siteFolder'), 'embed/v1.js'));
  const evil = `<!doctype html><script>
    const say = (message) => parent.postMessage(message, '*');
    say({ type: 'embed.ready' });
    for (const height of [1e9, -5, NaN, Infinity, '400px', '1px; position: fixed', null]) say({ type: 'embed.height', height });
    say({ type: 'embed.html', html: '<b>no</b>' });
    say({ type: 'embed.theme', theme: 'dark' });
    say({ type: 'embed.height', height: 222, className: 'x', src: 'about:blank' });
    for (const harm of [() => (top.location = '/elsewhere'), () => parent.document.write('no'), () => top.eval('0'), () => alert(1)])
      try { harm(); } catch {}
  </script>`;
  const requests: string[] = [];
  const serve = () =>
    listening(
      createServer((request, response) => {
        requests.push(request.url ?? '');
        const isScript = request.url?.endsWith('.js') === true;
        response
          .writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
          .end(isScript ? script : evil);
      }),
      '/',
      requests,
    );
  await using on = await openEmbedded(`${cell('print(1)')}<iframe id="other"></iframe>`, {}, {}, serve);
  const shown = on.page.locator('py-cell iframe');
  await expect.poll(() => shown.evaluate(heightOf)).toBe('222px');
  // Another frame, and the page itself, are not the frame.
  const outside = await on.page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        addEventListener('message', ({ data }: MessageEvent<unknown>) => {
          if (data === 'last') resolve(document.body.innerHTML);
        });
        postMessage({ type: 'embed.height', height: 999 }, '*');
        const other = document.querySelector<HTMLIFrameElement>('#other');
        if (other)
          other.srcdoc = `<script>parent.postMessage({ type: 'embed.height', height: 998 }, '*'); parent.postMessage('last', '*');</script>`;
      }),
  );
  expect(outside).toContain('<h1>A lesson</h1>');
  expect([await shown.evaluate(heightOf), await shown.getAttribute('class'), new URL(on.page.url()).pathname]).toEqual([
    '222px',
    '',
    '/',
  ]);
});

it('says what it is where it is opened by itself', async () => {
  await using on = await openEmbedded('');
  await on.page.goto(on.course.url('embed/v1/'));
  await on.page.getByRole('link', { name: 'playground' }).waitFor();
  expect(await on.page.locator('py-cell').isVisible()).toBe(false);
});

it.each([1000, 390])('moves nothing when the frame takes the place of the text, at %i px', async (width) => {
  const lines = 'print("a line")\n'.repeat(12);
  await using on = await openEmbedded(
    `${cell(lines)}<p id="below">Below</p>`,
    {},
    { viewport: { width, height: 900 } },
  );
  const below = () => on.page.locator('#below').evaluate((each) => each.getBoundingClientRect().top);
  const gate = Promise.withResolvers<undefined>();
  await on.page.route('**/embed/v1/', async (route) => {
    await gate.promise;
    await route.continue();
  });
  await on.page.reload({ waitUntil: 'domcontentloaded' });
  await on.page.locator('py-cell .text').waitFor();
  const before = await below();
  gate.resolve(undefined);
  await frameAt(on.page);
  expect(Math.abs((await below()) - before)).toBeLessThanOrEqual(1);
});

it('says that a program is too long, and shows it', async () => {
  await using on = await openEmbedded(`<py-cell src="long.py"></py-cell>`, {
    files: { '/long.py': `# ${'x'.repeat(1 << 20)}\n` },
  });
  await on.page.getByText('too long to run here').waitFor();
  expect((await on.page.locator('py-cell .text').textContent())?.length).toBeGreaterThan(1 << 20);
});

it('may be loaded twice, and as a module where the host allows that; its address outlives a build', async () => {
  const github = hosts.find(({ headers }) => headers?.('')['access-control-allow-origin'] === '*');
  if (!github) throw new Error('No host sends a CORS header.');
  const scripts = (course: Site): ForeignOptions => ({
    script: `<script type="module" src="${course.url('embed/v1.js')}"></script>`.repeat(2),
  });
  await using on = await openEmbedded(cell('print("module")'), scripts, {}, () =>
    serveAs(github, inject('siteFolder')),
  );
  await run(cellIn(await frameAt(on.page)));
  expect(on.complaints).toEqual([]);
  // No file whose name another build changes.
  expect(readFileSync(join(inject('siteFolder'), 'embed/v1.js'), 'utf8')).not.toMatch(/_astro|import\(/);
});

it('works from a copy of the script on the page’s own site, which says where the course is', async () => {
  const copy = readFileSync(join(inject('siteFolder'), 'embed/v1.js'), 'utf8');
  await using on = await openEmbedded(cell('print("copy")'), ({ home, origin }) => ({
    files: { '/py-cell.js': copy },
    script: `<script src="/py-cell.js" data-course="${home.replace(/\/$/, '')}" async></script>`,
    headers: { 'content-security-policy': `script-src 'self'; frame-src ${origin}` },
  }));
  await run(cellIn(await frameAt(on.page)));
  expect([on.course.requests.filter((path) => path.endsWith('v1.js')), on.complaints]).toEqual([[], []]);
});
