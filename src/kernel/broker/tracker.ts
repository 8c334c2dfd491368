/**
 * The resource tracker of multiprocessing (`Lib/multiprocessing/resource_tracker.py`), without an interpreter of its own.
 *
 * As long as the tracker only keeps a list of names, the broker keeps it. As soon as the tracker has something to say or to clean
 * up, an interpreter takes over: it runs the command that was given, and reads from the pipe the names that are still registered,
 * then the line at which the broker stopped, then the rest. So every warning and every traceback is CPython's own.
 *
 * Invariant: a program cannot tell which of the two reads its lines. Until the interpreter takes over, the tracker says nothing.
 */
import type { BrokerPid, Command, FileChange, FromBroker, Handle, Inherited, ToBroker } from '../../protocol/broker.ts';

export interface TrackerSide {
  /** What the tracker does, as a process. */
  readonly act: (message: ToBroker) => void;
  /** Starts the interpreter; what it answers with reaches the interpreter. */
  readonly start: () => (message: FromBroker) => void;
  /** What has changed in the file system until now. */
  readonly files: () => readonly FileChange[];
}

/** Options of `python` that change nothing before the tracker has something to say. */
const quietOption = /^-(?:[bBEIOPqsSu]+|W.*|X(?:dev|utf8(?:=.*)?|frozen_modules(?:=.*)?))$/u;
const commandLine = /^from multiprocessing\.resource_tracker import main;main\((\d+)\)$/u;
/** Variables that make an interpreter say more than its program does, or find other modules. */
const telling = /^PYTHON(?:VERBOSE|PROFILEIMPORTTIME|DUMPREFS|MALLOCSTATS|PATH)=./u;

const size = 65_536;
const newline = 10;
const kinds = ['noop', 'dummy', 'semaphore', 'shared_memory'] as const;
const plain = new RegExp(`^(REGISTER|UNREGISTER|PROBE):(.*):(${kinds.join('|')})$`, 'u');
const ascii = /^(?! )[ -~]*(?<! )$/u;
const base64 = /^(?:[\w-]{4})*(?:[\w-]{2}==|[\w-]{3}=)?$/u;

/** SIGINT and SIGTERM, which the tracker ignores; those that every Python ignores, and those that do nothing by default. */
const [SIGINT, SIGTERM] = [2, 15];
const ignored: ReadonlySet<number> = new Set([SIGINT, SIGTERM, 13, 25, 17, 18, 23, 28]);

/** The handle of the pipe that the tracker is to read, if `command` starts one as multiprocessing does. */
export function trackerPipe(command: Command, descriptors: readonly Inherited[]): Handle | undefined {
  const [program = '', form, ...options] = command.argv.slice(1).reverse();
  const descriptor = commandLine.exec(program)?.[1];
  if (descriptor === undefined || form !== '-c' || !options.every((option) => quietOption.test(option)))
    return undefined;
  if (command.environment.some((entry) => telling.test(entry))) return undefined;
  const pipe = descriptors.find((one) => one.descriptor === Number(descriptor));
  return pipe && 'handle' in pipe ? pipe.handle : undefined;
}

interface Line {
  readonly order: string;
  readonly kind: string;
  /** One character for each byte. */
  readonly name: string;
}

export class Tracker {
  readonly #side: TrackerSide;
  readonly #descriptor: number;
  /** The lines that registered what has not been unregistered, by kind and name. */
  readonly #registered = new Map<string, Uint8Array>();
  /** What has come and is not a whole line. */
  #rest = new Uint8Array(0);
  #begin: Extract<FromBroker, { type: 'process.begin' }> | undefined;
  #handle: Handle | undefined;
  /** The last that was said of each other end that the tracker has inherited. */
  readonly #said = new Map<Handle, FromBroker>();
  #requests = 0;
  #interpreter: ((message: FromBroker) => void) | undefined;

  constructor(command: Command, side: TrackerSide) {
    this.#side = side;
    this.#descriptor = Number(commandLine.exec(command.argv.at(-1) ?? '')?.[1]);
  }

  /** What the broker says to the tracker. */
  hear(message: FromBroker): void {
    if (message.type === 'signal.arrived') {
      if (this.#interpreter && !ignored.has(message.signal)) this.#interpreter(message);
      else this.#signal(message.signal);
      return;
    }
    if (this.#interpreter) {
      this.#interpreter(message);
      return;
    }
    switch (message.type) {
      case 'process.begin': {
        this.#begin = message;
        const pipe = message.descriptors.find((one) => one.descriptor === this.#descriptor);
        if (pipe && 'handle' in pipe) this.#handle = pipe.handle;
        return;
      }
      case 'parent.ended':
        if (this.#begin) this.#begin = { ...this.#begin, parent: initialPid };
        return;
      case 'pipe.state':
        // The first comes when the tracker holds its pipe.
        if (message.handle !== this.#handle) this.#said.set(message.handle, message);
        else if (this.#requests === 0) this.#read();
        return;
      case 'pipe.broken':
        this.#said.set(message.handle, message);
        return;
      case 'pipe.data':
        this.#take(message.content);
        return;
      default:
    }
  }

  #signal(signal: number): void {
    this.#side.act({ type: 'signal.taken' });
    if (!ignored.has(signal)) this.#side.act({ type: 'process.exit', status: signal });
  }

  #read(): void {
    if (this.#handle === undefined) return;
    this.#requests += 1;
    this.#side.act({ type: 'pipe.read', request: this.#requests, handle: this.#handle, size });
  }

  #take(content: Uint8Array<ArrayBuffer>): void {
    const ended = content.byteLength === 0;
    const all = joined([this.#rest, content]);
    let start = 0;
    while (start < all.byteLength) {
      const end = all.indexOf(newline, start);
      // The last line may lack its end.
      if (end < 0 && !ended) break;
      const next = end < 0 ? all.byteLength : end + 1;
      if (!this.#keep(all.subarray(start, next))) {
        this.#giveOver(all.subarray(start));
        return;
      }
      start = next;
    }
    this.#rest = all.slice(start);
    if (!ended) this.#read();
    else if (this.#registered.size === 0) this.#side.act({ type: 'process.exit', status: 0 });
    else this.#giveOver(new Uint8Array(0));
  }

  /** Notes what a line asks for; false if the tracker would have something to say. */
  #keep(bytes: Uint8Array): boolean {
    const line = read(bytes);
    if (!line) return false;
    const key = `${line.kind} ${line.name}`;
    if (line.order === 'REGISTER') this.#registered.set(key, bytes.slice());
    else if (line.order === 'UNREGISTER') return this.#registered.delete(key);
    return true;
  }

  /** Lets an interpreter read on, from `unread`. */
  #giveOver(unread: Uint8Array): void {
    const { act, start, files } = this.#side;
    if (this.#handle === undefined || !this.#begin) return;
    const interpreter = start();
    interpreter({ ...this.#begin, files: files() });
    for (const message of this.#said.values()) interpreter(message);
    this.#interpreter = interpreter;
    const content = joined([...this.#registered.values(), unread]);
    act({ type: 'pipe.stop', handle: this.#handle });
    act({ type: 'pipe.unread', handle: this.#handle, content });
  }
}

const initialPid: BrokerPid = 1;

/** As `_decode_message`; undefined for a line that it would not take. */
function read(bytes: Uint8Array): Line | undefined {
  const text = binary(bytes).replace(/\n$/u, '');
  if (text.startsWith('{')) return readJson(text);
  const [, order, name, kind] = (ascii.test(text) && plain.exec(text)) || [];
  if (order === undefined || name === undefined || kind === undefined) return undefined;
  return { order, name, kind };
}

function readJson(text: string): Line | undefined {
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof fields !== 'object' || fields === null) return undefined;
  const { cmd: order, rtype: kind, base64_name: name = '' } = fields as Readonly<Record<string, unknown>>;
  if (order !== 'REGISTER' && order !== 'UNREGISTER' && order !== 'PROBE') return undefined;
  if (!kinds.some((one) => one === kind) || typeof kind !== 'string') return undefined;
  if (typeof name !== 'string' || !base64.test(name)) return undefined;
  return { order, kind, name: atob(name.replaceAll('-', '+').replaceAll('_', '/')) };
}

function binary(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
