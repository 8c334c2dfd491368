/** Where the processor time of a build goes: a profile of V8's, its samples added up by the step that they were taken in. */

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  /** Microseconds. */
  readonly timeDeltas: readonly number[];
}

/** The first that a frame is of counts, from the outermost frame inwards. */
const steps: readonly { readonly name: string; readonly of: (functionName: string, url: string) => boolean }[] = [
  { name: 'check of content', of: (called, url) => called === 'checkCourse' && url.includes('/check-course.') },
  { name: 'search index', of: (called) => called === 'writeSearchIndex' },
  { name: 'pages finished', of: (_, url) => url.endsWith('/build/finish-pages.ts') },
  { name: 'pages rendered', of: (_, url) => url.includes('/.prerender/') },
  { name: 'Markdown', of: (_, url) => /node_modules\/(?:satteri|@astrojs\/(?:mdx|markdown))/.test(url) },
  { name: 'bundling', of: (_, url) => /node_modules\/(?:rolldown|vite|lightningcss)\//.test(url) },
  { name: 'runtime', of: (_, url) => url.includes('/src/kernel/build/') },
  { name: 'memory freed', of: (called) => called === '(garbage collector)' },
  { name: 'waiting', of: (called) => called === '(idle)' },
];

/** Seconds by step, most first; what no step is known of is `the rest`: Astro itself, and the loading of modules. */
export function stepsOf(text: string): readonly (readonly [step: string, seconds: number])[] {
  const { nodes, samples, timeDeltas } = JSON.parse(text) as Profile;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const children = new Set(nodes.flatMap(({ children = [] }) => children));
  const stepOf = new Map<number, string>();
  const visit = (id: number, outer: string | undefined): void => {
    const node = byId.get(id);
    if (node === undefined) return;
    const { functionName, url } = node.callFrame;
    const step = outer ?? steps.find(({ of }) => of(functionName, url))?.name;
    stepOf.set(id, step ?? 'the rest');
    for (const child of node.children ?? []) visit(child, step);
  };
  for (const { id } of nodes) if (!children.has(id)) visit(id, undefined);
  const sums = new Map<string, number>();
  for (const [at, id] of samples.entries()) {
    const step = stepOf.get(id) ?? 'the rest';
    sums.set(step, (sums.get(step) ?? 0) + (timeDeltas[at] ?? 0) / 1e6);
  }
  return [...sums].sort(([, one], [, other]) => other - one);
}
