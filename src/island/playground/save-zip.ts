/** Several files for the reader at once, in one archive. */
import { zipSync } from 'fflate';
import { saveFile } from '../save-file.ts';
import { bytesOf, type WorkFile } from './workspace.ts';

export function saveZip(name: string, files: readonly WorkFile[]): void {
  const packed = zipSync(Object.fromEntries(files.map((file) => [file.name, bytesOf(file)])));
  saveFile(name, packed, 'application/zip');
}
