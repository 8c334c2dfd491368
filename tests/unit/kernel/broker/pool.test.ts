/** When workers wait to become processes, and when none does. */
import { describe, expect, it } from 'vitest';
import { Pool } from '../../../../src/kernel/broker/pool.ts';

/** A pool of at most two, whose workers are no more than numbers. */
class Page {
  readonly booted: number[] = [];
  readonly killed: number[] = [];
  room = true;
  #later: (() => void)[] = [];
  readonly pool = new Pool(
    {
      boot: () => this.booted.push(this.booted.length + 1),
      kill: (place) => this.killed.push(place),
      after: (_milliseconds, then) => {
        this.#later.push(then);
        return () => {
          this.#later = this.#later.filter((one) => one !== then);
        };
      },
      free: () => this.room,
    },
    2,
  );

  pass(): void {
    for (const then of this.#later.splice(0)) then();
  }

  /** Two wait, both booted. */
  full(): this {
    this.pool.expect();
    for (const place of [1, 2]) this.pool.ready(place);
    return this;
  }
}

describe('the pool of waiting workers', () => {
  it('is empty until a program uses processes', () => {
    const { pool, booted } = new Page();
    pool.see(true);
    pool.fill();
    expect(booted).toEqual([]);
    pool.expect();
    expect(booted).toEqual([1]);
  });

  it('boots one after the other, and none while a process boots', () => {
    const { pool, booted } = new Page();
    pool.boots(-7);
    pool.expect();
    expect(booted).toEqual([]);
    pool.ready(-7);
    expect(booted).toEqual([1]);
    pool.ready(1);
    expect(booted).toEqual([1, 2]);
    pool.ready(2);
    expect(booted).toEqual([1, 2]);
  });

  it('gives one that has booted before one that still boots, and that one before none', () => {
    const { pool } = new Page();
    pool.expect();
    pool.ready(1);
    expect([pool.take(), pool.take(), pool.take()]).toEqual([1, 2, undefined]);
  });

  it('is filled again a little after one was taken, and not at once', () => {
    const page = new Page().full();
    page.pool.take();
    page.pool.expect();
    page.pool.ended(-9);
    expect(page.booted).toEqual([1, 2]);
    page.pass();
    expect(page.booted).toEqual([1, 2, 3]);
  });

  it('boots none without room, and one as soon as a process has ended', () => {
    const page = new Page();
    page.room = false;
    page.pool.expect();
    expect(page.booted).toEqual([]);
    page.room = true;
    page.pool.ended(-9);
    expect(page.booted).toEqual([1]);
  });

  it('is given up when the page is hidden, and filled when it is seen again', () => {
    const page = new Page().full();
    page.pool.see(false);
    expect(page.killed).toEqual([1, 2]);
    expect(page.pool.take()).toBeUndefined();
    page.pool.expect();
    page.pass();
    expect(page.booted).toEqual([1, 2]);
    page.pool.see(true);
    expect(page.booted).toEqual([1, 2, 3]);
  });

  it('is given up with the last tree of processes, even while one boots', () => {
    const page = new Page();
    page.pool.expect();
    page.pool.giveUp();
    expect(page.killed).toEqual([1]);
    page.pool.ready(1);
    page.pass();
    expect(page.booted).toEqual([1]);
  });

  it('does not try again and again what dies while it waits', () => {
    const page = new Page();
    page.pool.expect();
    page.pool.ended(1);
    page.pass();
    expect(page.booted).toEqual([1]);
    page.pool.expect();
    expect(page.booted).toEqual([1, 2]);
  });
});
