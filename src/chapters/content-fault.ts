/** A mistake in a chapter as data: where it is, what is wrong, how to mend it. Reading chapters never throws one. */

export interface Place {
  /** Relative to the project's root, with forward slashes. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

export interface ContentFault extends Place {
  readonly what: string;
  readonly mend: string;
  /** Why it need not end a session of writing: a snapshot can be recorded later. */
  readonly about: 'content' | 'snapshot';
}

export function contentFault(place: Place, what: string, mend: string): ContentFault {
  return { file: place.file, line: place.line, what, mend, about: 'content' };
}

export function snapshotFault(place: Place, what: string, mend: string): ContentFault {
  return { file: place.file, line: place.line, what, mend, about: 'snapshot' };
}

/** Faults as a reader of a terminal wants them: by file and line, the mend under each. */
export function formatFaults(faults: readonly ContentFault[]): string {
  const sorted = [...faults].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
  return sorted.map(({ file, line, what, mend }) => `${file}:${line}: ${what}\n    ${mend}`).join('\n');
}
