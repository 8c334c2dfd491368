/** A failed check as elements: what was expected and what came, or what went wrong and where in the reader's lines. */
import type { CheckResult, Failure } from '../../session/run-checks.ts';
import { followPlace } from '../into-code.ts';
import { spanNodes, type CellOf } from '../live/span-nodes.ts';
import { withPlaces } from '../render/place.ts';
import { make } from '../make.ts';
import { shown } from '../render/visible.ts';
import { differenceNodes } from './difference.ts';
import { sentence } from './parts.ts';
import { stopWhileScrolling } from '../tab-stop.ts';

type Nodes = readonly Node[];

const block = (...content: readonly (string | Node)[]): HTMLElement => {
  const pre = make('pre', 'check-text', ...content);
  stopWhileScrolling(pre);
  return pre;
};

const whole = (text: string): string => shown(text.replace(/\n$/, ''));

const paragraph = (...children: readonly (string | Node)[]): HTMLElement => make('p', '', ...children);

/** A frame in the reader's code leads to its line. */
function trace(text: string, cellOf: CellOf): Nodes {
  if (text === '') return [];
  const lines = whole(text).split('\n');
  const pre = block(
    ...spanNodes(
      lines.map((line, at) => withPlaces([{ text: at === 0 ? line : `\n${line}`, className: '' }])),
      cellOf,
    ),
  );
  pre.addEventListener('click', followPlace);
  return [pre];
}

/** Values that fit into a line stand beside their word, others below it. */
function values(pairs: readonly (readonly [word: string, value: string])[]): Nodes {
  const list = make('dl', 'check-values');
  for (const [word, value] of pairs) {
    list.append(make('dt', '', word), make('dd', '', block(whole(value))));
  }
  return [list];
}

export function failureNodes(failure: Failure, cellOf: CellOf): Nodes {
  switch (failure.kind) {
    case 'unmet': {
      const { source, message, actual, expected } = failure;
      const tested = make('code', '', shown(source));
      const told = message === undefined ? [] : [make('p', 'check-message', ...sentence(shown(message)))];
      if (actual === undefined) return message === undefined ? [paragraph('This does not hold: ', tested)] : told;
      if (expected === undefined) {
        if (message !== undefined) return [...told, ...values([['It was', actual]])];
        return [paragraph('This does not hold: ', tested), ...values([['Left side', actual]])];
      }
      const difference = differenceNodes(source, actual, expected);
      if (difference) return [...told, ...difference];
      return [
        ...(message === undefined ? [paragraph('Tested: ', tested)] : told),
        ...values([
          ['It should be', expected],
          ['It is', actual],
        ]),
      ];
    }
    case 'exception':
      return failure.traceback === ''
        ? [paragraph(make('code', '', shown(failure.message)))]
        : trace(failure.traceback, cellOf);
    case 'timeout': {
      const where = failure.traceback === '' ? ' It could not be asked where it was.' : ' It was here:';
      const words = `It was ended: it did not come to its end within ${failure.seconds} s.${where}`;
      return [paragraph(words), ...trace(failure.traceback, cellOf)];
    }
    case 'deadlock':
      return [
        paragraph('Deadlock: every thread waits, and nothing can wake one.'),
        ...trace(failure.traceback, cellOf),
      ];
    case 'interrupted':
      return [paragraph('It was stopped.')];
    case 'ended':
      return [paragraph(`It ended the interpreter. ${shown(failure.message)}`)];
    default:
      return failure satisfies never;
  }
}

/** What the reader's own code printed meanwhile; the reader may have put it there to see it. */
export function printedNodes({ printed }: CheckResult): Nodes {
  if (printed === '') return [];
  return values([['Printed', printed]]);
}
