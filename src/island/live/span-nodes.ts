/** Lines of output as elements; a place in a cell of the page is a link to it. Text never becomes markup. */
import { flatten, type Line, type Span } from '../render/block.ts';
import { byPlace } from '../render/place.ts';

/** The id of the cell whose code has that file name. */
export type CellOf = (file: string) => string | undefined;

function spanNode({ text, className }: Span): Node {
  if (className === '') return document.createTextNode(text);
  const span = document.createElement('span');
  span.className = className;
  span.textContent = text;
  return span;
}

export function spanNodes(lines: readonly Line[], cellOf: CellOf): Node[] {
  return byPlace(flatten(lines)).flatMap(([place, spans]) => {
    const nodes = spans.map(spanNode);
    const cell = place && cellOf(place.file);
    if (!place || cell === undefined) return nodes;
    const link = document.createElement('a');
    link.className = 'out-place';
    link.href = `#${cell}`;
    link.dataset['line'] = String(place.line);
    link.append(...nodes);
    return [link];
  });
}
