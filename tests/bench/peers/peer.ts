/** What a peer gives to the benchmark. A part that it has no place for is left out, and has no figure. */
import type { Page } from 'playwright-core';

interface Start {
  /** Milliseconds from the page's address to the first line that Python prints. */
  readonly opened: number;
  /** Milliseconds from the click that starts it; undefined where the page starts by itself. */
  readonly clicked?: number;
}

interface Course {
  /** Seconds that the build took. */
  readonly seconds: number;
  /** Bytes of the search index that a first query reads. */
  readonly indexBytes: number;
}

export interface Prepared extends AsyncDisposable {
  /** For example `pyodide 314.0.7`. */
  readonly versions: string;
  /** Address of the page that holds the first chapter's text. */
  readonly chapter?: string;
  /** Opens a page and runs the program of `program.ts`. */
  readonly start?: (page: Page) => Promise<Start>;
  /** Builds the made-up course of so many chapters. */
  readonly course?: (chapters: number) => Promise<Course>;
}

export interface Peer {
  readonly name: string;
  /** Installs what is not there yet, builds, serves. Rejects with what is missing. */
  prepare(): Promise<Prepared>;
}
