/** Static code by its lines, so that lines of another text which are the same keep their colours. */

/** The nodes of each line, without its end, and the whole as it was. */
interface Coloured {
  readonly whole: readonly Node[];
  readonly lines: ReadonlyMap<string, readonly Node[]>;
}

function readLines(code: Element): Coloured {
  const lines = new Map<string, readonly Node[]>();
  let line: Node[] = [];
  let text = '';
  const add = (node: Node, piece: string): void => {
    if (piece === '') return;
    const part = node.cloneNode();
    part.textContent = piece;
    line.push(part);
    text += piece;
  };
  const end = (): void => {
    lines.set(text, line);
    [line, text] = [[], ''];
  };
  // Lines are elements only where they are numbered.
  const numbered = [...code.querySelectorAll(':scope > .line')];
  const nodes = (numbered.length > 0 ? numbered : [code]).flatMap(({ childNodes }) => [...childNodes]);
  for (const node of nodes) {
    const [first = '', ...rest] = (node.textContent ?? '').split('\n');
    add(node, first);
    for (const piece of rest) {
      end();
      add(node, piece);
    }
  }
  end();
  return { whole: [...code.childNodes], lines };
}

const known = new WeakMap<Element, Coloured>();

/** Replaces the text of static code; undefined puts back what stood there at first. */
export function setText(code: Element, text: string | undefined): void {
  const original = known.get(code) ?? readLines(code);
  known.set(code, original);
  if (text === undefined) {
    code.replaceChildren(...original.whole);
    return;
  }
  const lines = text.split('\n').map((line, at, all) => {
    const nodes = original.lines.get(line)?.map((node) => node.cloneNode(true)) ?? [line];
    return at === all.length - 1 ? nodes : [...nodes, '\n'];
  });
  if (!code.matches('.line-numbers')) {
    code.replaceChildren(...lines.flat());
    return;
  }
  code.replaceChildren(
    ...lines.map((nodes) => {
      const line = document.createElement('span');
      line.className = 'line';
      line.append(...nodes);
      return line;
    }),
  );
}
