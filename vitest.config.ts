/**
 * Eight suites: `unit` runs in Node alone; `python` runs the kernel's Python in Node under thousands of schedules;
 * `explore` the search for schedules that fail;
 * `recorded` runs every live cell of the course again; `kernel` runs Python in a real browser without the site;
 * `browser` drives Chromium and Firefox over the built site of a small course, `webkit` WebKitGTK; `site` looks at the built
 * site of the course in `content/`.
 *
 * The tests of the course itself stand in `content/tests/`, so that another course brings its own.
 */
import { defineConfig } from 'vitest/config';

const inBrowser = {
  // What a test waits for is an event. These limits are for one that never comes, and no slow machine reaches them.
  testTimeout: 300_000,
  hookTimeout: 300_000,
  // Of `expect.poll`: what it waits for is an event, not a time.
  expect: { poll: { timeout: 30_000 } },
  fileParallelism: false,
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts', 'content/tests/unit/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'python',
          include: ['tests/python/**/*.test.ts'],
          // They compute, and wait for nothing: what takes long is the machine.
          testTimeout: 600_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'explore',
          include: ['tests/explore/**/*.test.ts'],
          // As above.
          testTimeout: 600_000,
          fileParallelism: false,
        },
      },
      { test: { name: 'recorded', include: ['tests/recorded/**/*.test.ts'], maxWorkers: 2 } },
      { test: { name: 'kernel', include: ['tests/kernel/**/*.test.ts'], ...inBrowser } },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: 'tests/browser/support/build-site.ts',
          ...inBrowser,
        },
      },
      {
        test: {
          name: 'site',
          // What every course has to keep, whatever is in it; the suite `browser` asks the same of a small one.
          include: [
            'content/tests/site/**/*.test.ts',
            'tests/browser/{build-output,chapter-*,page-budget,shell-axe}.test.ts',
          ],
          globalSetup: 'tests/browser/support/build-course.ts',
          ...inBrowser,
        },
      },
      {
        test: {
          name: 'webkit',
          include: ['tests/webkit/**/*.test.ts'],
          globalSetup: 'tests/browser/support/build-site.ts',
          ...inBrowser,
        },
      },
    ],
  },
});
