/**
 * Inflates a file of the site's that is gzip, as it comes. Some hosts serve `.gz` with `Content-Encoding: gzip`, so that
 * the browser has inflated it already: the bytes tell, not the headers.
 */

type Bytes = Uint8Array<ArrayBuffer>;

function isGzip(chunk: Uint8Array | undefined): boolean {
  return chunk?.[0] === 0x1f && chunk[1] === 0x8b;
}

/** `arrived` is told the bytes of each piece as it came over the wire. */
export async function inflated(
  body: ReadableStream<Bytes>,
  arrived: (bytes: number) => void,
): Promise<ReadableStream<Bytes>> {
  const reader = body.getReader();
  const first = await reader.read();
  let next: typeof first | undefined = first;
  const rest = new ReadableStream<Bytes>({
    async pull(controller) {
      const { done, value } = next ?? (await reader.read());
      next = undefined;
      if (done) {
        controller.close();
        return;
      }
      arrived(value.byteLength);
      controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return isGzip(first.value) ? rest.pipeThrough(new DecompressionStream('gzip')) : rest;
}
