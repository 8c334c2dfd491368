/** Files of the reader's own device, for the playground. */
import { whyNotNamed } from './file-names.ts';
import { fileOf, largestFile, type WorkFile } from './workspace.ts';

async function readFile(file: File, others: readonly string[]): Promise<WorkFile | string> {
  if (file.size > largestFile) return `${file.name} is larger than ${largestFile / 1_000_000} MB.`;
  const name = file.name.replaceAll(/[^\p{L}\p{N}_. -]/gu, '_');
  return whyNotNamed(name, others) ?? fileOf(name, new Uint8Array(await file.arrayBuffer()));
}

/** `refused` says of each file that is left out why it is. */
async function readFiles(
  given: Iterable<File>,
  taken: readonly string[],
): Promise<{ readonly files: readonly WorkFile[]; readonly refused: readonly string[] }> {
  const files: WorkFile[] = [];
  const refused: string[] = [];
  for (const file of given) {
    try {
      const read = await readFile(file, [...taken, ...files.map(({ name }) => name)]);
      if (typeof read === 'string') refused.push(read);
      else files.push(read);
    } catch {
      refused.push(`${file.name} cannot be read.`);
    }
  }
  return { files, refused };
}

/** Asks the reader for files. `taken` are names that they cannot have. */
export function chooseFiles(
  taken: () => readonly string[],
  done: (files: readonly WorkFile[], refused: readonly string[]) => void,
): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.addEventListener('change', () => {
    void readFiles(input.files ?? [], taken()).then(({ files, refused }) => {
      done(files, refused);
    });
  });
  input.click();
}
