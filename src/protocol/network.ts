/**
 * What the page hears of the network inside a process, and the network of its own that it enters as one more client: ports
 * that listen, and the bytes of a connection.
 */
import * as v from 'valibot';
import { text, wholeNumber, type Data } from './schema.ts';

/** The number of a connection, as the session chose it; unique within the page. */
export const connectionNumber = wholeNumber;

/** Bytes in one message: what a socket's buffer holds, with room to spare. */
const mostBytes = 4 << 20;
export const receivedBytes = v.pipe(
  v.instance(Uint8Array),
  v.check((bytes) => bytes.byteLength <= mostBytes),
);

/** A socket that listens for TCP connections. */
export const listenerSchema = v.object({
  /** The numeric address it is bound to, for example `127.0.0.1`, `0.0.0.0` or `::1`. */
  host: text(45),
  port: v.pipe(wholeNumber, v.minValue(1), v.maxValue(65_535)),
  /** The run that was under way when it began to listen. */
  run: wholeNumber,
});

export type Listener = Data<typeof listenerSchema>;
