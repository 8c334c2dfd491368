/**
 * The rooms of the code: what each holds, what it may import, and which tests are its own. ESLint takes its import rules
 * from here, `npm run quick` its choice of tests, and docs/architecture.md its table, which a unit test compares.
 *
 * Invariant: each file of src/, content/, docs/ and tests/ belongs to one room, and each test file to at least one.
 *
 * Paths are globs from the project's root. `quick` says which tests of the slow suites `npm run quick` runs for a changed
 * file: those of every line whose `changed` matches it; the line '**' counts only when no other does. Keep each line to a
 * minute or so: `npm test` runs the rest.
 */

/**
 * @typedef {'unit' | 'python' | 'explore' | 'kernel' | 'browser' | 'site' | 'webkit' | 'recorded'} Suite a project of vitest.config.ts; one may be named before it is there
 * @typedef {Partial<Record<Suite, readonly string[]>>} Tests
 * @typedef {{readonly changed: string, readonly run: readonly string[]}} Quick
 * @typedef {object} Room
 * @property {string} name its folder in src/, or what it is called when it stands elsewhere
 * @property {readonly string[]} files
 * @property {string} holds
 * @property {readonly string[] | string} imports rooms, or folders of rooms, above it in this list but for `commands`;
 * words where the room has no TypeScript
 * @property {Tests} tests
 * @property {readonly Quick[]} quick
 */

const kernel = (/** @type {readonly string[]} */ ...names) => names.map((name) => `tests/kernel/${name}.test.ts`);
const python = (/** @type {readonly string[]} */ ...names) => names.map((name) => `tests/python/${name}.test.ts`);
const browser = (/** @type {readonly string[]} */ ...names) => names.map((name) => `tests/browser/${name}.test.ts`);
const own = (/** @type {string} */ suite, /** @type {readonly string[]} */ ...names) =>
  names.map((name) => `content/tests/${suite}/${name}.test.ts`);
const unit = (/** @type {readonly string[]} */ ...names) => names.map((name) => `tests/unit/${name}.test.ts`);

/** @type {readonly Room[]} */
export const rooms = [
  {
    name: 'protocol',
    files: ['src/protocol/**'],
    holds: 'the words that cross a boundary: cells, snapshots, messages, faults',
    imports: [],
    tests: {
      unit: unit('read-message', 'to-sandbox', 'embed-messages'),
      kernel: kernel('session'),
      browser: browser('cell-run'),
    },
    quick: [{ changed: '**', run: [...kernel('session'), ...browser('cell-run')] }],
  },
  {
    name: 'compare',
    files: ['src/compare/**'],
    holds: 'whether two runs of a cell agree, by the cell’s own rule',
    imports: ['protocol'],
    tests: { unit: unit('compare/*') },
    quick: [],
  },
  {
    name: 'timeline',
    files: ['src/timeline/**'],
    holds:
      'what the threads, tasks and greenlets of a run did, as sentences, a table, a picture and a trace for Perfetto',
    imports: ['protocol'],
    tests: {
      unit: unit('timeline/*'),
      kernel: kernel('timeline', 'timeline-command', 'timeline-tasks', 'timeline-greenlets', 'timeline-trio'),
    },
    quick: [{ changed: '**', run: kernel('timeline-command') }],
  },
  {
    name: 'schedules',
    files: ['src/schedules/**'],
    holds:
      'a search for a schedule that fails, as whoever asks for it sees it: its two steps, names of schedules, verdicts and steps in words',
    imports: ['protocol'],
    tests: { unit: unit('schedules/*'), explore: ['tests/explore/command.test.ts'] },
    quick: [{ changed: '**', run: ['tests/explore/command.test.ts'] }],
  },
  {
    name: 'packages',
    files: ['src/packages/**'],
    holds:
      'the lock of the Python packages that cells may import, what each has in it, and the command that updates both',
    imports: [],
    tests: { unit: unit('packages/*'), browser: browser('packages') },
    quick: [{ changed: '**', run: kernel('packages', 'packages-cases') }],
  },
  {
    name: 'chapters',
    files: ['src/chapters/**'],
    holds:
      'reads `content/`: cells, exercises, sections, snapshots and verdicts on disk, and every fault an author can make',
    imports: ['protocol', 'compare', 'schedules', 'packages'],
    tests: { unit: unit('chapters/**/*', 'authoring-example'), browser: browser('another-course') },
    quick: [{ changed: 'src/chapters/needs/**', run: browser('cell-without-jspi') }],
  },
  {
    name: 'notebooks',
    files: ['src/notebooks/**'],
    holds: 'the course as Jupyter notebooks and Python files to take away, and chapters out of notebooks',
    imports: ['protocol', 'chapters'],
    tests: { unit: unit('notebooks/**/*'), browser: browser('take-away') },
    quick: [{ changed: '**/names.ts', run: browser('take-away') }],
  },
  {
    name: 'kernel',
    files: ['src/kernel/**/!(*.py)'],
    holds: 'all that runs inside the sandbox; the only importer of Pyodide. Its rooms are below',
    imports: ['protocol', 'packages'],
    tests: {
      unit: unit('kernel/**/*'),
      python: python('machine'),
      kernel: kernel(
        'frame-death',
        'input',
        'library',
        'memory',
        'output',
        'packages*',
        'recursion',
        'sandbox-*',
        'session',
        'shared-memory',
        'start',
        'stop',
        'threads',
      ),
    },
    quick: [
      { changed: '**/build/stack/**', run: kernel('recursion') },
      { changed: '**/build/*', run: kernel('library', 'session') },
      {
        changed: '**/broker/!(pool|child-worker).ts',
        run: kernel('session', 'sandbox-isolation', 'processes', 'process-group'),
      },
      { changed: '**/broker/@(pool|child-worker).ts', run: kernel('session', 'process-start') },
      { changed: '**/@(output|standard-input).ts', run: kernel('output', 'input') },
      { changed: '**/machine/memory.ts', run: kernel('memory') },
      { changed: '**/machine/@(mappings|file-limits|shared-memory|memory-changes).ts', run: kernel('shared-memory') },
      { changed: '**/interrupts.ts', run: kernel('threads', 'script-stop') },
      { changed: '**', run: kernel('threads', 'session') },
    ],
  },
  {
    name: 'kernel/python',
    files: ['src/kernel/**/*.py'],
    holds: 'the Python side of the kernel: what CPython sees as its operating system',
    imports: 'the standard library',
    tests: {
      python: python('*'),
      // Whatever runs in the kernel runs on it.
      kernel: kernel('*'),
      browser: browser('cell-input', 'editor-complete'),
    },
    quick: [
      { changed: '**/_kernel/@(complete|signatures|static|desk).py', run: browser('editor-complete') },
      { changed: '**/_kernel/introspection.py', run: kernel('introspection') },
      { changed: '**/_kernel/@(checks|assertions).py', run: kernel('checks') },
      { changed: '**/_kernel/@(program|tracebacks).py', run: kernel('script', 'errors') },
      { changed: '**/_os_kernel/threads/**', run: kernel('threads', 'deadlock') },
      { changed: '**/_os_kernel/files/**', run: kernel('input', 'output') },
      { changed: '**/_os_kernel/net/@(page|outside).py', run: browser('cell-ports') },
      { changed: '**/_os_kernel/proc/memory.py', run: kernel('shared-memory') },
      { changed: '**/_os_kernel/proc/**', run: kernel('processes', 'process-control') },
      { changed: '**/_os_kernel/signals/**', run: kernel('signals', 'script-stop') },
      { changed: '**/@(deadlock|wait).py', run: kernel('deadlock', 'threads') },
      { changed: '**/@(limit|timers|preempt|main_thread).py', run: kernel('signals', 'threads') },
      { changed: '**/promises.py', run: kernel('promises') },
      { changed: '**/_os_kernel/seam/**', run: kernel('seam', 'threads') },
      { changed: '**', run: kernel('threads', 'session') },
    ],
  },
  {
    name: 'session',
    files: ['src/session/**'],
    holds: 'the page’s side: starts the sandbox, owns the kernel, run, stop, reset',
    imports: ['schedules', 'protocol'],
    tests: {
      unit: unit('read-message', 'session/*'),
      kernel: kernel('session', 'sandbox-*', 'frame-death', 'checks', 'schedule'),
      browser: browser('cell-loss', 'cell-start'),
    },
    quick: [
      {
        changed: '**/@(download|inflate|after-loading).ts',
        run: [...kernel('sandbox-download'), ...browser('cell-start')],
      },
      { changed: '**/*check*.ts', run: kernel('checks') },
      { changed: '**', run: [...kernel('session'), ...browser('cell-loss')] },
    ],
  },
  {
    name: 'island',
    files: ['src/island/**'],
    holds: 'custom elements: cell, output, exercise',
    imports: ['session', 'compare', 'timeline', 'schedules', 'protocol'],
    tests: {
      unit: unit('render', 'highlight', 'island/*'),
      browser: browser(
        'cell-*',
        'editor-*',
        'embed*',
        'exercise*',
        'firefox*',
        'kept-edits',
        'playground*',
        'progress',
        'hostile-output',
      ),
    },
    quick: [
      { changed: '**/network/**', run: [...unit('island/http'), ...browser('cell-ports')] },
      { changed: '**/editor/**', run: browser('editor-keys', 'editor-open') },
      {
        changed: '**/editor/@(complete|signature|ask-ahead|names|known-names|inspection-view).ts',
        run: browser('editor-complete'),
      },
      { changed: '**/editor/@(compare|comparison).ts', run: browser('editor-compare') },
      { changed: '**/editor/keep-edit.ts', run: browser('editor-saved') },
      { changed: '**/check/**', run: browser('editor-check') },
      { changed: '**/embed/**', run: [...unit('island/embed-program'), ...browser('embed')] },
      { changed: '**/exercise/**', run: browser('exercise') },
      { changed: '**/kept/**', run: browser('editor-saved', 'progress') },
      { changed: '**/render/**', run: browser('cell-output', 'hostile-output') },
      {
        changed: '**/playground/**',
        run: [...unit('island/playground-link'), ...browser('playground', 'playground-files')],
      },
      { changed: '**/replay.ts', run: browser('cell-replay') },
      { changed: '**/timeline{/*,}.ts', run: browser('cell-timeline', 'cell-recorded-timeline') },
      { changed: '**/find{/*,}.ts', run: browser('cell-find') },
      { changed: '**/step{/*,}.ts', run: [...browser('cell-step'), 'tests/explore/walk.test.ts'] },
      { changed: '**/input-field.ts', run: browser('cell-input') },
      { changed: '**', run: browser('cell-run', 'cell-keys') },
    ],
  },
  {
    name: 'site',
    files: ['src/site/**', 'site.config.ts', 'public/**', 'public/.*'],
    holds: 'the static shell: layouts, components, styles, search, settings',
    imports: ['island', 'protocol', 'chapters', 'notebooks', 'timeline'],
    tests: {
      unit: unit('site/*', 'highlight', 'search/*'),
      browser: browser(
        'components',
        'forced-colors',
        'home',
        'page-budget',
        'place',
        'print',
        'progress',
        'search*',
        'settings',
        'shell*',
        'typography',
        'cell-containment',
        'terms',
        'chapter-*',
        'first-paint',
        'from-disk',
        'what-is-real',
        'offline',
      ),
      webkit: ['tests/webkit/**/*.test.ts'],
    },
    quick: [
      { changed: '**/search/**', run: browser('search', 'search-order') },
      { changed: '**/reader/**', run: browser('settings') },
      { changed: '**/terms/**', run: browser('terms') },
      { changed: '**/place/**', run: browser('place') },
      { changed: '**/home/**', run: browser('home') },
      { changed: '**/styles/print.css', run: browser('print') },
      { changed: '**/styles/**', run: browser('shell', 'forced-colors') },
      { changed: '**/components/{cell/*,Cell.astro}', run: browser('cell-run', 'page-budget') },
      { changed: '**/components/exercise/**', run: browser('exercise') },
      { changed: '**', run: browser('shell', 'components') },
    ],
  },
  {
    name: 'pages',
    files: ['src/pages/**'],
    holds: 'the addresses of the site: home, chapters, glossary, indexes, guide, what is missing',
    imports: ['site', 'island', 'protocol', 'chapters', 'notebooks'],
    tests: { browser: browser('shell', 'page-budget', 'policy') },
    quick: [
      { changed: '**/embed/**', run: browser('embed') },
      { changed: '**', run: browser('shell', 'page-budget') },
    ],
  },
  {
    name: 'build',
    files: ['src/build/**', 'src/content.config.ts', 'astro.config.mjs'],
    holds: 'Astro integrations: fences, runtime assets, relocation, policy, search index',
    imports: ['chapters', 'protocol', 'notebooks', 'kernel/build', 'site'],
    tests: {
      unit: unit('build/*'),
      browser: browser(
        'any-host',
        'build-output',
        'dev',
        'hosts',
        'offline',
        'policy',
        'relocation',
        'search-order',
        'page-budget',
      ),
    },
    quick: [
      { changed: '**/search-*.ts', run: browser('search-order', 'search-size') },
      { changed: '**/@(fences|exercise*).ts', run: browser('cell-run') },
      { changed: '**/embed.ts', run: browser('embed') },
      { changed: '**', run: browser('policy', 'page-budget') },
    ],
  },
  {
    name: 'commands',
    files: ['src/commands/**', '.ci/**'],
    holds: 'what the npm scripts start: browsers found, suites run, tests chosen',
    imports: ['chapters', 'notebooks'],
    tests: { unit: unit('commands/*'), browser: browser('check-host', 'pack') },
    quick: [],
  },
  {
    name: 'explore',
    files: ['src/explore/**'],
    holds:
      'searches for a schedule under which a Python program fails, replays one, and runs a program step by step; in Node',
    imports: ['protocol', 'schedules', 'kernel/virtual'],
    tests: { explore: ['tests/explore/*.test.ts'] },
    quick: [
      { changed: '**/@(boot|look|steered|texts|turns).py', run: ['tests/explore/stepping.test.ts'] },
      { changed: '**', run: ['tests/explore/command.test.ts'] },
    ],
  },
  {
    name: 'recorder',
    files: ['src/recorder/**'],
    holds: 'build tool: runs cells, judges exercises, writes snapshots and verdicts',
    imports: [
      'protocol',
      'compare',
      'timeline',
      'packages',
      'chapters',
      'session',
      'kernel/build',
      'explore',
      'commands',
    ],
    tests: {
      unit: unit('recorder/*'),
      kernel: kernel('recorder', 'recorder-exercise', 'script-command'),
      recorded: ['tests/recorded/*.test.ts'],
    },
    quick: [
      { changed: '**/@(judge|record-exercise).ts', run: kernel('recorder-exercise') },
      { changed: '**/@(python|arguments|standard-input).ts', run: kernel('script-command') },
      { changed: '**', run: kernel('recorder') },
    ],
  },
  {
    name: 'content',
    files: ['content/**'],
    holds:
      'the course: what it is called and made of, its chapters with what was recorded of them, its glossary and its tests',
    imports: 'nothing',
    tests: { unit: own('unit', '*'), site: own('site', '*'), recorded: ['tests/recorded/*.test.ts'] },
    // Of a chapter that changed `npm run quick` runs the recorded cells, too.
    quick: [],
  },
  {
    name: 'docs',
    files: ['docs/**', 'README.md', 'CONTRIBUTING.md', 'LICENSE'],
    holds: 'what the project says of itself',
    imports: 'nothing',
    tests: { unit: unit('docs', 'what-is-real', 'rooms') },
    quick: [],
  },
  {
    name: 'tests',
    files: ['tests/**'],
    holds: 'every suite with what supports it; CPython’s own tests, chaos and benchmarks',
    imports: 'anything',
    tests: { unit: unit('conformance-judge', 'what-is-real') },
    quick: [
      { changed: 'tests/browser/support/**', run: browser('cell-run') },
      { changed: 'tests/kernel/!(*.test).ts', run: kernel('session') },
      { changed: 'tests/kernel/program-ends/**', run: kernel('program-ends') },
      { changed: 'tests/chaos/**', run: [...kernel('chaos'), ...python('chaos')] },
      { changed: 'tests/search/**', run: browser('search-order') },
      { changed: 'tests/page/**', run: browser('page-budget') },
    ],
  },
  {
    name: 'project',
    files: ['*', '.*'],
    holds: 'configuration of the tools, dependencies, this list',
    imports: 'anything',
    tests: { unit: unit('lock-file', 'rooms', 'docs') },
    quick: [],
  },
];
