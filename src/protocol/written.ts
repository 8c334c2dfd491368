/** The files below the folder of programs that a run has made or changed, as they are at its end. */
import * as v from 'valibot';
import { list, text, wholeNumber, type Data } from './schema.ts';

/** Files that are told of one run. */
export const mostWritten = 100;
/** Bytes of the contents that go along with them: of one file and of all. */
export const largestWritten = 16 << 20;
export const mostWrittenBytes = 32 << 20;

const content = v.pipe(
  v.instance(Uint8Array),
  v.check((bytes) => bytes.byteLength <= largestWritten),
);

export const writtenSchema = v.object({
  files: list(
    v.object({
      /** Below the folder. */
      path: text(4_096),
      size: wholeNumber,
      /** Absent where there was no room for it. */
      content: v.exactOptional(content),
    }),
    mostWritten,
  ),
  /** How many more there are. */
  left: wholeNumber,
});

export type Written = Data<typeof writtenSchema>;
export type WrittenFile = Written['files'][number];
