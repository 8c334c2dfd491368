/** Gives the reader a file. */

/** `type` is its media type. */
export function saveFile(name: string, content: BlobPart, type: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  // The browser has taken the blob when its task is over.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  });
}
