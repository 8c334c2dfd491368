/** A real `astro build` over faulty content ends before it builds anything, with every fault in one run. */
import { spawnSync } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { checkCourse } from '../../../src/chapters/check-course.ts';
import { formatFaults } from '../../../src/chapters/content-fault.ts';
import { courseOnDisk, frontmatter } from '../chapters/course-on-disk.ts';

const project = join(import.meta.dirname, '../../..');
const integration = pathToFileURL(join(project, 'src/build/check-content.ts')).href;

function build(root: string): { readonly code: number | null; readonly output: string } {
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'));
  const astro = join(project, 'node_modules/.bin/astro');
  const { status, stdout, stderr } = spawnSync(astro, ['build', '--root', root], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ASTRO_TELEMETRY_DISABLED: '1' },
  });
  return { code: status, output: stdout + stderr };
}

const config = `import { checkContent } from '${integration}';\nexport default { integrations: [checkContent()] };\n`;
const page = '<h1>Home</h1>\n';

it('ends the build with all faults of all chapters', { timeout: 60_000 }, () => {
  using course = courseOnDisk({
    'astro.config.mjs': config,
    'src/pages/index.astro': page,
    'content/01-one/index.mdx': `${frontmatter(1)}\n\`\`\`python run id=a wat\n1\n\`\`\`\n\n[x](/nowhere/)\n`,
    'content/02-two/index.mdx': `${frontmatter(2)}\n\`\`\`python run id=b\n1\n\`\`\`\n\n<Aside>\n`,
    'content/02-two/notes.md': '```python run id=c\n1\n```\n',
  });
  const { code, output } = build(course.root);
  expect(code).not.toBe(0);
  expect(output).toContain('4 faults in content/');
  expect(output).toContain('content/01-one/index.mdx:10: unknown cell option “wat”');
  expect(output).toContain('content/01-one/index.mdx:14: the link /nowhere/ leads nowhere');
  expect(output).toContain('content/02-two/index.mdx:14: not valid MDX');
  expect(output).toContain('content/02-two/notes.md:1: a cell in a file that is not a chapter’s index.mdx');
  expect(output).not.toMatch(/stack trace|^\s+at |unhandled error/im);
  expect(existsSync(join(course.root, 'dist'))).toBe(false);
});

it('tells them in the words of npm run check, also those that look like Markdown', { timeout: 60_000 }, () => {
  using course = courseOnDisk({
    'astro.config.mjs': config,
    'src/pages/index.astro': page,
    'content/01-one/index.mdx': `${frontmatter(1)}\n![](figure.svg)\n\n## **Bold** title\n`,
  });
  const told = formatFaults(checkCourse(course.root).faults);
  expect(told).toContain('Say in the brackets what it shows: ![what it shows](…).');
  expect(build(course.root).output).toContain(told);
});

it('lets a course without faults be built', { timeout: 60_000 }, () => {
  using course = courseOnDisk({
    'astro.config.mjs': config,
    'src/pages/index.astro': page,
    'content/01-one/index.mdx': `${frontmatter(1)}\nText.\n`,
  });
  expect(build(course.root)).toMatchObject({ code: 0 });
  expect(existsSync(join(course.root, 'dist/index.html'))).toBe(true);
});
