/**
 * What pages of other sites and frames of the course said to each other on the first day of version 1 is understood for as long
 * as there is a version 1: a cache may join a script of one build with a frame of another. No line here is ever changed.
 */
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { fromEmbedSchema, toEmbedSchema } from '../../src/protocol/embed.ts';

it.each([
  { type: 'embed.open', programs: [{ mode: 'script', source: '' }], theme: 'light' },
  {
    type: 'embed.open',
    programs: [
      { mode: 'notebook', source: 'x = 1\n', title: 'One' },
      { mode: 'notebook', source: 'x', name: 'naïve 数.py', clock: 1000, timeline: true },
    ],
    theme: 'dark',
  },
  { type: 'embed.theme', theme: 'dark' },
  // Of a later build.
  { type: 'embed.theme', theme: 'light', contrast: 'more' },
])('a frame understands %j', (message) => {
  expect(v.is(toEmbedSchema, message)).toBe(true);
});

it.each([
  { type: 'embed.ready' },
  { type: 'embed.height', height: 1 },
  { type: 'embed.height', height: 20_000, later: 1 },
])('a page understands %j', (message) => {
  expect(v.is(fromEmbedSchema, message)).toBe(true);
});

it.each([
  null,
  'embed.open',
  { type: 'embed.run' },
  { type: 'embed.open', programs: [], theme: 'light' },
  { type: 'embed.open', programs: [{ mode: 'script', source: 1 }], theme: 'light' },
  { type: 'embed.open', programs: [{ mode: 'script', source: '', name: '../main.py' }], theme: 'light' },
  { type: 'embed.open', programs: [{ mode: 'script', source: '', clock: Infinity }], theme: 'light' },
  { type: 'embed.open', programs: [{ mode: 'script', source: 'x'.repeat((1 << 20) + 1) }], theme: 'light' },
  { type: 'embed.open', programs: Array(51).fill({ mode: 'script', source: '' }), theme: 'light' },
  { type: 'embed.theme', theme: 'dark"' },
])('a frame does not hear what breaks the bounds: %#', (message) => {
  expect(v.is(toEmbedSchema, message)).toBe(false);
});

it.each([0, -1, 20_001, NaN, Infinity, '400', null])('a page gives no frame the height %s', (height) => {
  expect(v.is(fromEmbedSchema, { type: 'embed.height', height })).toBe(false);
});
