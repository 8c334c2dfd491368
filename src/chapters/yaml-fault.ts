/** What makes a text no YAML, as one fault: what follows the first mistake are only its consequences. */
import { LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';

interface YamlFault {
  /** Counted from 1, in the text that was read. */
  readonly line: number;
  readonly what: string;
  readonly mend: string;
}

export interface ReadYaml {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly fault: YamlFault | undefined;
}

function faultOf(text: string, document: Document, lines: LineCounter): YamlFault | undefined {
  const [error] = document.errors;
  if (error === undefined) return undefined;
  const line = lines.linePos(error.pos[0]).line;
  const tab = text.split('\n').findIndex((each) => /^\s*\t/.test(each)) + 1;
  if (tab > 0 && tab <= line + 1)
    return {
      line: tab,
      what: 'a tab at the beginning of a line, where YAML takes only spaces',
      mend: 'Put two spaces in its place.',
    };
  return {
    line,
    what: `not valid YAML: ${error.message}`,
    mend: 'Mend the YAML; put values with a colon or a quote in double quotes.',
  };
}

export function readYaml(text: string): ReadYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  return { document, lines, fault: faultOf(text, document, lines) };
}
