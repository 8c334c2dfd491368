/**
 * Runs one program step by step, in an interpreter whose time is virtual: it stands until the next command comes.
 *
 * Invariant: each command `go` is answered by one `stands`, and so is the beginning; what is answered follows from the
 * program and the commands.
 */
import type { ExplorationAnswer } from '../../protocol/exploration.ts';
import type { Stands, StepCommand, SteppingAsked, SteppingTold } from '../../protocol/stepping.ts';
import { openExplorer, type ExplorerSources } from './open-explorer.ts';
import type { VirtualInterpreter, VirtualOptions } from './over-python.ts';

interface Served {
  readonly asked: SteppingAsked;
  readonly sources: ExplorerSources;
  readonly tell: (told: SteppingTold) => void;
}

/** Characters that are told of what is printed between two steps. */
const MOST = 200_000;

type Piece = Stands['output'][number];

/** Answers with what takes commands. `boot` makes the interpreter with the options that it is given. */
export async function serveStepping(
  { asked, sources, tell }: Served,
  boot: (options: VirtualOptions) => Promise<VirtualInterpreter>,
): Promise<(commands: readonly StepCommand[]) => void> {
  let output: Piece[] = [];
  let room = MOST;
  const waiting: StepCommand[] = [];
  let command = '';
  let stands = false;
  let request: number | undefined;
  let begun = 0;
  const printed = (): Piece[] => {
    const pieces = output;
    output = [];
    room = MOST;
    return pieces;
  };
  const { python, time, machine, begin } = await boot({
    slices: () => ({ begin: () => undefined, over: () => false }),
    write: (stream, printedNow) => {
      const text = printedNow.slice(0, room);
      room -= text.length;
      if (text === '') return;
      const last = output.at(-1);
      if (last?.stream === stream) output[output.length - 1] = { stream, text: last.text + text };
      else output.push({ stream, text });
    },
    ask: (number, secret) => {
      request = number;
      const pieces = printed();
      const prompt = pieces.at(-1)?.text.split('\n').at(-1) ?? '';
      tell({ kind: 'asks', prompt: prompt.slice(0, 4_000), secret, output: pieces });
      next();
    },
    refused: (why) => {
      tell({ kind: 'refused', why });
    },
    failed: (reason) => {
      tell({ kind: 'refused', why: String(reason) });
    },
  });
  /** Does the next command, if it is one for what the program does now. */
  const next = (): void => {
    const wanted = stands ? 'go' : request === undefined ? undefined : 'type';
    const at = waiting.findIndex(({ kind }) => kind === wanted);
    const [found] = at < 0 ? [] : waiting.splice(at, 1);
    if (found?.kind === 'go') {
      // What was typed for a step that did not ask for it is for nobody.
      waiting.splice(0, at);
      stands = false;
      command = JSON.stringify(found);
      time.release();
    } else if (found !== undefined && request !== undefined) {
      const asked = request;
      request = undefined;
      machine.post({ kind: 'input', request: asked, text: found.text ?? undefined });
    }
  };
  openExplorer(python, sources);
  begin('open_search', JSON.stringify(asked), {
    printed: () => ['', ''],
    pass_time: (milliseconds: number) => {
      time.pass(milliseconds);
    },
    restart: () => {
      time.restart();
      begun = time.now();
    },
    /** Python suspends itself after that. */
    stands: (json: string) => {
      stands = true;
      time.hold();
      const at = Math.max(0, time.now() - begun) / 1000;
      tell({ ...(JSON.parse(json) as Stands), kind: 'stands', output: printed(), at });
      next();
    },
    command: () => command,
    finished: (json: string) => {
      const answer = JSON.parse(json) as ExplorationAnswer;
      tell({ kind: 'refused', why: 'why' in answer ? answer.why : answer.kind });
    },
  });
  return (commands) => {
    waiting.push(...commands);
    next();
  };
}
