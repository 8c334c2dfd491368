/**
 * Reads the text of a notebook, whoever wrote it: what is no notebook at all ends with a message; of one that is, each cell
 * is read by itself, and a broken one is told and does not take the others with it.
 */
import type { Remark } from './remark.ts';

/** Why a file is no notebook that can be read. */
export class NotebookError extends Error {
  readonly mend: string;

  constructor(what: string, mend: string) {
    super(what);
    this.name = 'NotebookError';
    this.mend = mend;
  }
}

export type Fields = Readonly<Record<string, unknown>>;

export interface ReadOutput {
  readonly type: string;
  readonly fields: Fields;
}

export interface ReadCell {
  /** Counted from 1. */
  readonly place: number;
  readonly type: 'markdown' | 'code' | 'raw';
  readonly source: string;
  readonly metadata: Fields;
  readonly outputs: readonly ReadOutput[];
  /** Whether it has been run. */
  readonly ran: boolean;
  /** By name, what each holds by its type. */
  readonly attachments: Fields;
}

export interface ReadNotebook {
  readonly metadata: Fields;
  readonly cells: readonly ReadCell[];
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** nbformat keeps a text as one string or as a list of its lines; undefined for anything else. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((line) => typeof line === 'string')) return value.join('');
  return undefined;
}

/** Larger than any notebook that a page could show. */
const largest = 200 << 20;

function parse(bytes: Uint8Array): Fields {
  if (bytes.length > largest)
    throw new NotebookError(`it has ${bytes.length >> 20} MB`, 'Clear its outputs in Jupyter, or split it in two.');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new NotebookError(
      'it is not text in UTF-8',
      'Give a notebook as Jupyter saves it, a file that ends in .ipynb.',
    );
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new NotebookError(
      `it is not JSON: ${why}`,
      'Open it in Jupyter and save it again; a merge may have left marks in it.',
    );
  }
  if (!isFields(data))
    throw new NotebookError('it is JSON, and no notebook', 'A notebook is an object with nbformat and cells.');
  return data;
}

/** Throws what is wrong with the version. */
function checkVersion({ nbformat: version, worksheets }: Fields): void {
  if (version === undefined && worksheets === undefined)
    throw new NotebookError('it does not say its nbformat', 'Give a notebook as Jupyter saves it; this is other JSON.');
  if (typeof version !== 'number' || !Number.isInteger(version))
    throw new NotebookError(`its nbformat is ${JSON.stringify(version)}`, 'Open it in Jupyter and save it again.');
  if (version < 4)
    throw new NotebookError(
      `it is of nbformat ${version}, and 4 is read`,
      'Convert it: jupyter nbconvert --to notebook --nbformat 4 FILE.ipynb',
    );
  if (version > 4)
    throw new NotebookError(
      `it is of nbformat ${version}, which is newer than what is read, 4`,
      'Save it as nbformat 4 in the program that wrote it: jupyter nbconvert --to notebook --nbformat 4 FILE.ipynb',
    );
}

function readOutputs(cell: Fields, tell: (what: string, mend: string) => void): readonly ReadOutput[] {
  const { outputs } = cell;
  if (outputs === undefined) return [];
  if (!Array.isArray(outputs)) {
    tell('its outputs are no list: left out', 'Run the cell again in Jupyter and save.');
    return [];
  }
  return outputs.flatMap((output: unknown, index) => {
    if (isFields(output) && typeof output['output_type'] === 'string')
      return [{ type: output['output_type'], fields: output }];
    tell(`output ${index + 1} is no output of nbformat: left out`, 'Run the cell again in Jupyter and save.');
    return [];
  });
}

function readCell(value: unknown, place: number, remarks: Remark[]): ReadCell | undefined {
  const tell = (what: string, mend: string): void => void remarks.push({ cell: place, what, mend });
  if (!isFields(value)) {
    tell(`${JSON.stringify(value).slice(0, 40)} stands in place of a cell: left out`, 'Write it again as a cell.');
    return undefined;
  }
  const type = value['cell_type'];
  const source = textOf(value['source']);
  if (source === undefined) {
    tell('it has no source, or one that is no text: left out', 'Write it again as a cell.');
    return undefined;
  }
  const known = type === 'markdown' || type === 'code' || type === 'raw';
  if (!known)
    tell(`a cell of the unknown type ${JSON.stringify(type)}: shown as plain text`, 'Make it a code or Markdown cell.');
  return {
    place,
    type: known ? type : 'raw',
    source: source.replaceAll(/\r\n?/g, '\n'),
    metadata: fieldsOf(value['metadata']),
    outputs: readOutputs(value, tell),
    ran: typeof value['execution_count'] === 'number',
    attachments: fieldsOf(value['attachments']),
  };
}

/** Throws a NotebookError for what is no notebook; what is wrong with single cells is added to `remarks`. */
export function readNotebook(bytes: Uint8Array, remarks: Remark[]): ReadNotebook {
  const data = parse(bytes);
  checkVersion(data);
  const { cells } = data;
  if (!Array.isArray(cells))
    throw new NotebookError('it has no list of cells', 'Open it in Jupyter and save it again.');
  const read = cells.flatMap((cell: unknown, index) => readCell(cell, index + 1, remarks) ?? []);
  if (read.every(({ source }) => source.trim() === ''))
    throw new NotebookError('nothing is in its cells', 'Give a notebook with text or code.');
  return { metadata: fieldsOf(data['metadata']), cells: read };
}
