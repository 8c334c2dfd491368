import { describe, expect, it } from 'vitest';
import { countPlaces, isKept } from '../../../src/site/search/narrow.ts';
import { listPlaces, Places, recordName, type Place } from '../../../src/site/search/places.ts';

const pages: readonly (readonly Place[])[] = [
  [
    { chapter: '10. Pools', kind: 'Text' },
    { chapter: '10. Pools', kind: 'Code' },
    { chapter: '10. Pools', kind: 'Exercise' },
  ],
  [],
  [
    { chapter: '2. Threads', kind: 'Text' },
    { chapter: '2. Threads', kind: 'Code' },
  ],
  [{ chapter: 'Glossary', kind: 'Glossary' }],
];
const all = pages.flat();

describe('places', () => {
  it('are told by the names of the records', () => {
    const places = new Places(listPlaces(pages));
    expect(all.map((_, number) => places.of(recordName(number, all.length, 'k3f9')))).toEqual(all);
    expect(places.of(recordName(all.length, all.length, 'k3f9'))).toBeUndefined();
  });

  it('are told by names of every length, which no two records share', () => {
    const count = 40_000;
    const names = Array.from({ length: count }, (_, number) => recordName(number, count, '0aa7k3'));
    expect(new Set(names).size).toBe(count);
    expect(new Set(names.map((name) => name.length))).toEqual(new Set([7]));
    const list = listPlaces(names.map((_, number) => [{ chapter: String(number), kind: 'Text' }]));
    const places = new Places(list);
    expect(names.findIndex((name, number) => places.of(name)?.chapter !== String(number))).toBe(-1);
  });
});

describe('narrowing', () => {
  it('keeps what has one of the values that are chosen, of every filter', () => {
    const kept = (choice: Parameters<typeof isKept>[1]) => all.filter((place) => isKept(place, choice));
    expect(kept({})).toEqual(all);
    expect(kept({ chapter: [], kind: ['Code'] })).toEqual([all[1], all[4]]);
    expect(kept({ chapter: ['2. Threads', 'Glossary'] })).toEqual(all.slice(3));
    expect(kept({ chapter: ['2. Threads'], kind: ['Glossary'] })).toEqual([]);
  });

  it('lists chapters by number, and counts what each further choice leaves', () => {
    const { available, total } = countPlaces(all, { chapter: ['2. Threads'] });
    expect(Object.entries(available.chapter)).toEqual([
      ['2. Threads', 2],
      ['10. Pools', 3],
      ['Glossary', 1],
    ]);
    expect(available.kind).toEqual({ Code: 1, Text: 1 });
    expect(total.kind).toEqual({ Code: 2, Exercise: 1, Glossary: 1, Text: 2 });
  });
});
