/** What of a notebook could not be taken over: where, what, and what an author can do. Nothing is left out without one. */

export interface Remark {
  /** Its place in the notebook, counted from 1; undefined for what is about all of it. */
  readonly cell: number | undefined;
  readonly what: string;
  readonly mend: string;
}

/** Of one cell, or of the whole notebook. */
export type Tell = (what: string, mend: string) => void;

/** The beginning of a text, in one line, for a remark. */
export const beginning = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
};

export const formatRemarks = (remarks: readonly Remark[]): string =>
  remarks
    .map(({ cell, what, mend }) => `  ${cell === undefined ? 'notebook' : `cell ${cell}`}: ${what}\n    ${mend}`)
    .join('\n');
