/**
 * The messages from the page's session to the sandbox; those the other way stand in `message.ts`, and who may be told what in
 * `addressing.ts`. The frame reads each by its schema before it obeys it or passes it on.
 */
import * as v from 'valibot';
import type { NetworkConditions } from './cell.ts';
import type { CheckRequest } from './check.ts';
import { explorationAskedSchema } from './exploration.ts';
import { stepCommandSchema, steppingAskedSchema } from './stepping.ts';
import type { ProcessKind } from './message.ts';
import { connectionNumber } from './network.ts';
import type { Question } from './question.ts';
import type { NotebookRun, ProgramRun } from './run.ts';
import { list, note, text, wholeNumber, type Data } from './schema.ts';

/** Characters of a source: what an editor holds, with room to spare. */
const source = text(16 << 20);
/** A path, a file name, the name of a namespace, of a distribution or of a check. */
const name = text(4_096);
const pid = wholeNumber;
const request = wholeNumber;

/** What an interface declares: the compiler refuses a schema that gives anything else. */
type SchemaOf<Type> = v.GenericSchema<unknown, Type>;

const share = v.exactOptional(v.number());
const conditionsSchema: SchemaOf<NetworkConditions> = v.object({
  latency: share,
  bandwidth: share,
  loss: share,
  resets: share,
  seed: share,
});

const checksSchema: SchemaOf<CheckRequest> = v.object({ source, names: list(name, 1_000), stopAtFailure: v.boolean() });

const anyRun = {
  source,
  filename: name,
  clock: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  net: v.exactOptional(conditionsSchema),
  labels: v.exactOptional(v.literal(true)),
  input: v.exactOptional(v.picklist(['terminal', 'echoed', 'pipe'])),
  packages: v.exactOptional(list(name, 1_000)),
  timeline: v.exactOptional(v.boolean()),
  files: v.exactOptional(v.boolean()),
};

const notebookSchema = v.object({ mode: v.literal('notebook'), ...anyRun, namespace: name });
const programSchema = v.object({
  mode: v.literal('script'),
  ...anyRun,
  argv: list(source, 10_000),
  schedule: v.exactOptional(name),
  checks: v.exactOptional(checksSchema),
});
notebookSchema satisfies SchemaOf<NotebookRun>;
programSchema satisfies SchemaOf<ProgramRun>;
const runSchema = v.variant('mode', [notebookSchema, programSchema]);

const paths = list(list(name, 1_000), 1_000);
const questionSchema: SchemaOf<Question> = v.variant('kind', [
  v.object({ kind: v.literal('completions'), namespace: name, of: paths, callee: paths }),
  v.object({ kind: v.literal('inspection'), namespace: name, of: paths }),
]);

const bytes = v.instance(ArrayBuffer);

/** What the page fetches and transfers into the frame, each as it arrives. Text assets are JavaScript sources. */
const assetSchema = v.variant('name', [
  v.object({ name: v.literal('pyodide'), content: source }),
  v.object({ name: v.literal('pyodideAsm'), content: source }),
  v.object({ name: v.literal('wasm'), content: bytes }),
  /** An archive of what a start of Python imports, and nothing else: the start waits for no more than this. */
  v.object({ name: v.literal('core'), content: bytes }),
  /** The archive of the whole standard library; takes the other's place before a reader's code runs. */
  v.object({ name: v.literal('stdlib'), content: bytes }),
  /** What an explorer runs in place of the kernel's worker: sent before the first is started. */
  v.object({ name: v.literal('explorer'), content: source }),
]);

export type RuntimeAsset = Data<typeof assetSchema>;

/** The assets by their names. */
export type RuntimeAssets = {
  readonly [Name in RuntimeAsset['name']]: Extract<RuntimeAsset, { readonly name: Name }>['content'];
};

/** A file of an interpreter's own file system. */
const fileSchema = v.object({
  /** Absolute. */
  path: name,
  content: v.instance(Uint8Array),
});

export type MountedFile = Data<typeof fileSchema>;

/** A package as it comes from the site: a tar archive of what pip would have installed. */
const archiveSchema = v.object({
  /** Of its distribution, in PyPI's normal form. */
  name,
  content: bytes,
});

export type PackageArchive = Data<typeof archiveSchema>;

const kind: SchemaOf<ProcessKind> = v.picklist(['notebook', 'script', 'explorer']);

export const toSandboxSchema = v.variant('type', [
  /** Sent once for each asset, as soon as it has been downloaded. Not answered, unless by `sandbox.failed`. */
  v.object({ type: v.literal('sandbox.load'), asset: assetSchema }),
  /** Sent now and then, to learn whether the frame still lives. The frame answers with `sandbox.alive`, whatever its workers do. */
  v.object({ type: v.literal('sandbox.ask') }),
  /**
   * Sent for an interpreter that is needed or soon will be, even before the assets are there. Answered by `process.ready` or
   * `process.failed`.
   */
  v.object({ type: v.literal('process.start'), pid, kind }),
  /** Sent when a process has served its time or must end at once. Not answered: the session ignores the pid from then on. */
  v.object({ type: v.literal('process.kill'), pid }),
  /** Sent after `signal.send`, again and again until the run ends, to learn whether the process still takes messages. */
  v.object({ type: v.literal('process.ask'), pid }),
  /**
   * Sent to a process that is ready and runs nothing, before what it runs next, if there are files that it has not been given;
   * `gone` are paths of files that it has been given and that are to be removed. Not answered.
   */
  v.object({ type: v.literal('files.put'), pid, files: list(fileSchema, 1_000_000), gone: list(name, 1_000_000) }),
  /** Sent to a process that is ready and runs nothing. Answered by any number of `cell.output`, then one `cell.finished`. */
  v.object({ type: v.literal('cell.run'), pid, run: wholeNumber, request: runSchema }),
  /** Sent to an explorer that is ready. Answered by any number of `explore.progress`, then one `explore.answer`. */
  v.object({ type: v.literal('explore.begin'), pid, asked: explorationAskedSchema }),
  /** Sent to an explorer that is ready, in place of `explore.begin`. Answered by `step.told`. */
  v.object({ type: v.literal('step.begin'), pid, asked: steppingAskedSchema }),
  /** Sent after `step.begin`, also before it is answered: commands wait for their turn. Each is answered by `step.told`. */
  v.object({ type: v.literal('step.go'), pid, commands: list(stepCommandSchema, 100_000) }),
  /** Sent when the reader resets a chapter and nothing runs. Answered by `namespace.cleared`. */
  v.object({ type: v.literal('namespace.reset'), pid, namespace: name }),
  /** Sent while a reader types in an editor and nothing runs. Answered by `editor.answered` with the same `request`. */
  v.object({ type: v.literal('editor.ask'), pid, request, question: questionSchema }),
  /** Sent when the reader presses Stop. The run that it interrupts answers, by its `cell.finished`. */
  v.object({ type: v.literal('signal.send'), pid, signal: v.literal('SIGINT') }),
  /**
   * Answers `input.request` with the same `request`. `text` is what `read` gives: a line with its end, or a part of what a
   * pipe holds; null means end of input.
   */
  v.object({ type: v.literal('input.reply'), pid, request, text: v.nullable(v.string()) }),
  /**
   * Sent when the reader connects to a port on which the process listens. `connection` is a number of the session's, never
   * used twice. Answered by any number of `network.received` and at last one `network.ended`, unless the session closes it.
   */
  v.object({
    type: v.literal('network.connect'),
    pid,
    connection: connectionNumber,
    host: text(45),
    port: v.pipe(wholeNumber, v.minValue(1), v.maxValue(65_535)),
  }),
  /** Sent on a connection that has not ended. `last`: nothing follows, and the server reads the end. Not answered. */
  v.object({
    type: v.literal('network.send'),
    pid,
    connection: connectionNumber,
    data: v.instance(Uint8Array),
    last: v.boolean(),
  }),
  /** Sent when the reader has no more use for a connection that has not ended. Not answered. */
  v.object({ type: v.literal('network.close'), pid, connection: connectionNumber }),
  /** Answers `packages.request` with the same `request`. `problem` says why they are not all that was asked for. */
  v.object({
    type: v.literal('packages.reply'),
    pid,
    request,
    archives: list(archiveSchema, 1_000),
    problem: v.exactOptional(note),
  }),
]);

export type ToSandbox = Data<typeof toSandboxSchema>;
