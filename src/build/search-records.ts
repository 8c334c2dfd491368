/**
 * One record for each thing that a search can lead to in a built page: the chapter, each section, cell and glossary term.
 * Titles, aliases, names and error texts are metadata, which search weighs by itself and never shows as an excerpt.
 */
import { operatorNames } from '../site/search/operators.ts';
import type { RecordKind } from '../site/search/places.ts';
import { attribute, elementsOf, type Element } from './html.ts';
import { shareAliases } from './search-aliases.ts';
import { errorIn, hasClass, isInline, isSilent, namesIn, wordsOf } from './search-text.ts';

export interface SearchRecord {
  /** Path of the page below the output's root, with the anchor: `what-python-executes/#rebinding`. */
  readonly url: string;
  readonly kind: RecordKind;
  /** For example `3. Under the hood`. */
  readonly chapter: string;
  readonly title: string;
  /** The section that a cell stands in; empty for chapters and sections. */
  readonly section: string;
  readonly text: string;
  readonly aliases: string;
  readonly names: string;
  readonly errors: string;
}

interface Draft {
  readonly anchor: string;
  readonly kind: RecordKind;
  readonly title: string;
  readonly section: string;
  readonly text: string[];
  readonly aliases: string[];
  readonly names: Set<string>;
  readonly errors: Set<string>;
}

const draft = (anchor: string, kind: RecordKind, title: string, section: string): Draft => ({
  anchor,
  kind,
  title,
  section,
  text: [],
  aliases: [],
  names: new Set(),
  errors: new Set(),
});

interface CellParts {
  readonly title: string;
  readonly source: string;
  readonly errors: readonly string[];
}

function* within(element: Element): Generator<Element> {
  for (const child of element.childNodes) {
    if (!('tagName' in child)) continue;
    yield child;
    yield* within(child);
  }
}

function partsOf(cell: Element): CellParts {
  let [title, source] = ['', ''];
  const errors: string[] = [];
  for (const element of within(cell)) {
    if (hasClass(element, 'cell-name')) title ||= wordsOf(element);
    if (hasClass(element, 'cell-source')) source += rawText(element);
    const error = hasClass(element, 'error') ? errorIn(rawText(element)) : undefined;
    if (error !== undefined) errors.push(error);
  }
  return { title, source, errors };
}

/** All text as it stands, line breaks too: code is broken into spans for its colours. */
function rawText(element: Element): string {
  return element.childNodes
    .map((child) => ('value' in child ? child.value : 'tagName' in child && !isSilent(child) ? rawText(child) : ''))
    .join('');
}

/** Sections that only point elsewhere. */
const POINTERS = new Set(['next']);

function isExercise(anchor: string, section: string): boolean {
  return anchor.startsWith('exercise') || section === 'exercises';
}

class ChapterReader {
  readonly drafts: Draft[] = [];
  private chapter = '';
  private number = '';
  private section = '';
  private current = draft('', 'Text', '', '');

  read(element: Element): void {
    if (element.tagName === 'nav' && hasClass(element, 'breadcrumbs')) {
      this.number = /Chapter (\d+)/.exec(rawText(element))?.[1] ?? '';
    }
    if (isSilent(element)) return;
    if (element.tagName === 'h1') this.open(draft('', 'Text', wordsOf(element), ''), true);
    else if (/^h[23]$/.test(element.tagName) && attribute(element, 'id') !== undefined) this.heading(element);
    else if (element.tagName === 'dt' && attribute(element, 'id') !== undefined) this.term(element);
    else if (element.tagName === 'py-cell') this.cell(element);
    else if (element.tagName === 'py-exercise') this.exercise(element);
    else if (element.tagName === 'pre') this.nameAll(rawText(element));
    else if (/^(?:p|dt|dd|figcaption|h[4-6]|summary|td|th|blockquote)$/.test(element.tagName))
      this.current.text.push(wordsOf(element));
    else this.children(element);
  }

  private children(element: Element): void {
    if (element.tagName === 'li') this.item(element);
    else for (const child of element.childNodes) if ('tagName' in child) this.read(child);
  }

  /** A list's item has text of its own between what it may hold besides: paragraphs, cells, lists. */
  private item(element: Element): void {
    let line = '';
    for (const child of element.childNodes) {
      if ('value' in child) line += child.value;
      else if ('tagName' in child && isInline(child)) line += wordsOf(child);
      else if ('tagName' in child) {
        this.current.text.push(line);
        line = '';
        this.read(child);
      }
    }
    this.current.text.push(line);
  }

  private nameAll(source: string): void {
    for (const name of namesIn(source)) this.current.names.add(name);
  }

  private open(next: Draft, isChapter = false): void {
    this.drafts.push(next);
    this.current = next;
    if (isChapter) this.chapter = next.title;
  }

  /** A term is its own text; the forms that it also has are elements inside. */
  private term(element: Element): void {
    const own = element.childNodes.map((child) => ('value' in child ? child.value : '')).join(' ');
    const record = draft(attribute(element, 'id') ?? '', 'Glossary', own.replaceAll(/\s+/g, ' ').trim(), '');
    // As names, which weigh little: a reader who searches by them wants the section that teaches the term, and its definition second.
    record.names.add(wordsOf(element));
    this.open(record);
  }

  private heading(element: Element): void {
    const anchor = attribute(element, 'id') ?? '';
    if (element.tagName === 'h2') this.section = anchor;
    this.open(draft(anchor, isExercise(anchor, this.section) ? 'Exercise' : 'Text', wordsOf(element), ''));
  }

  /** What stands after it belongs to the section again. */
  private exercise(element: Element): void {
    const section = this.current;
    const heading = [...within(element)].find(({ tagName }) => tagName === 'h3');
    const title = heading === undefined ? '' : wordsOf(heading);
    this.open(draft(attribute(element, 'id') ?? '', 'Exercise', title, section.title));
    this.children(element);
    this.current = section;
  }

  private cell(element: Element): void {
    const { title, source, errors } = partsOf(element);
    const record = draft(attribute(element, 'id') ?? '', 'Code', title, this.current.title);
    record.text.push(source);
    for (const error of errors) {
      record.errors.add(error);
      this.current.errors.add(error);
    }
    this.nameAll(source);
    this.drafts.push(record);
  }

  /** The subtitle after a colon is left out: a filter's list has little room. */
  get label(): string {
    const short = this.chapter.replace(/:.*$/, '');
    return this.number === '' ? short : `${this.number}. ${short}`;
  }
}

function bodyOf(elements: readonly Element[]): Element | undefined {
  return elements.find((element) => attribute(element, 'data-pagefind-body') !== undefined);
}

/** Sections that sum up or ask are about nothing of their own. */
function isSection({ kind, anchor }: Draft): boolean {
  return kind === 'Text' && anchor !== '' && !['summary', 'check-yourself', 'further-reading'].includes(anchor);
}

/** Those that name their section go there; the others to the section that is most about them. */
function giveAliases(drafts: readonly Draft[], keywords: readonly Element[]): void {
  const sections = drafts.filter(isSection);
  for (const element of keywords) {
    const aliases = attribute(element, 'content')?.split(', ').filter(Boolean) ?? [];
    const named = attribute(element, 'data-section');
    if (named !== undefined) {
      drafts.find(({ anchor }) => anchor === named)?.aliases.push(...aliases);
      continue;
    }
    const { bySection, left } = shareAliases(
      aliases,
      sections.map(({ title, anchor, text, names }) => ({
        // An anchor is the author's own short name for what a section is about.
        title: `${title} ${anchor.replaceAll('-', ' ')}`,
        text: text.join(' '),
        names: [...names].join(' '),
      })),
    );
    sections.forEach((section, at) => section.aliases.push(...(bySection[at] ?? [])));
    drafts.find(({ anchor }) => anchor === '')?.aliases.push(...left);
  }
}

/** Records of one page; none when the page does not offer itself to search. */
export function recordsOf(html: string, page: string): SearchRecord[] {
  const elements = elementsOf(html);
  const body = bodyOf(elements);
  if (body === undefined) return [];
  const reader = new ChapterReader();
  reader.read(body);
  giveAliases(
    reader.drafts,
    elements.filter((element) => element.tagName === 'meta' && attribute(element, 'name') === 'keywords'),
  );
  const address = page.replace(/index\.html$/, '');
  return reader.drafts
    .filter(({ anchor }) => !POINTERS.has(anchor))
    .map((record) => ({
      url: record.anchor === '' ? address : `${address}#${record.anchor}`,
      kind: record.kind,
      chapter: reader.label,
      title: record.title,
      section: record.section,
      text: record.text.join(' ').replaceAll(/\s+/g, ' ').trim(),
      aliases: [...record.aliases, ...(record.kind !== 'Text' ? [] : operatorNames(record.title))].join(', '),
      names: record.kind === 'Code' ? '' : [...record.names].join(' '),
      errors: [...record.errors].join(' \n '),
    }));
}
