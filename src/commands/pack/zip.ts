/**
 * A zip archive of files (APPNOTE.TXT 6.3, sections 4.3 and 4.4), which every system unpacks without a program of its own.
 *
 * Invariant: the same files give the same bytes, whenever and wherever they are packed.
 */
import { crc32, deflateRawSync } from 'node:zlib';

export interface Packed {
  /** With forward slashes, in ASCII. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** 1 January 2020, 0:00, as MS-DOS writes dates. */
const date = (40 << 9) | (1 << 5) | 1;
const version = 20;

/** The fields that both of a file's headers have, from the version that is needed to the length of what is extra. */
function common(name: Uint8Array, raw: Uint8Array, packed: Uint8Array, method: number): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(version, 0);
  fields.writeUInt16LE(method, 4);
  fields.writeUInt16LE(date, 8);
  fields.writeUInt32LE(crc32(raw), 10);
  fields.writeUInt32LE(packed.byteLength, 14);
  fields.writeUInt32LE(raw.byteLength, 18);
  fields.writeUInt16LE(name.byteLength, 22);
  return fields;
}

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** Throws when there is more than an archive without extensions holds: 65,535 files, or 4 GiB. */
export function zip(files: readonly Packed[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const label = Buffer.from(name);
    const deflated = deflateRawSync(content, { level: 9 });
    const smaller = deflated.byteLength < content.byteLength;
    const packed = smaller ? deflated : Buffer.from(content);
    const fields = common(label, content, packed, smaller ? 8 : 0);
    const local = Buffer.concat([word(0x04034b50), fields, label, packed]);
    // The comment, the disk and the attributes are empty; the permissions are those of whoever unpacks.
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([word(0x02014b50), Buffer.from([version, 0]), fields, rest, label]));
    parts.push(local);
    offset += local.byteLength;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(list.byteLength, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, list, end]);
}
