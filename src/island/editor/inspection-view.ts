/** A signature and a docstring as elements; both are text from outside and never become markup. */
import type { Inspection, ShownParameter } from '../../protocol/question.ts';

/** Lines of a docstring beside a list; all of it is what `name?` prints. */
const mostLines = 12;

export const signatureText = (name: string, { parameters, returns }: Inspection): string =>
  `${name}(${parameters.map(({ text }) => text).join(', ')})${returns && ` -> ${returns}`}`;

export function signatureView(name: string, found: Inspection, active?: ShownParameter): HTMLElement {
  const code = document.createElement('code');
  const parameters = found.parameters.flatMap((parameter, index) => {
    const strong = document.createElement(parameter === active ? 'strong' : 'span');
    strong.textContent = parameter.text;
    return index === 0 ? [strong] : [', ', strong];
  });
  code.append(`${name}(`, ...parameters, `)${found.returns && ` -> ${found.returns}`}`);
  return code;
}

export function docView(doc: string, lines = mostLines): HTMLElement {
  const paragraph = document.createElement('p');
  const all = doc.split('\n');
  paragraph.textContent = all.slice(0, lines).join('\n') + (all.length > lines ? '\n…' : '');
  return paragraph;
}

export function inspectionView(name: string, found: Inspection): HTMLElement {
  const box = document.createElement('div');
  box.className = 'cm-inspection';
  if (found.callable) box.append(signatureView(name, found));
  else {
    const code = document.createElement('code');
    code.textContent = `${name}: ${found.type}`;
    box.append(code);
  }
  if (found.doc !== '') box.append(docView(found.doc));
  return box;
}
