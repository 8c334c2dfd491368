/** What a worker that searches is told, and what it says. */
import type { ExplorerSources } from '../kernel/virtual/open-explorer.ts';
import type { Prepared } from '../kernel/virtual/prepare.ts';
import type { ExplorationAnswer, ExplorationAsked, ExplorationProgress } from '../protocol/exploration.ts';

export interface Order extends Prepared {
  readonly sources: ExplorerSources;
  readonly asked: ExplorationAsked;
}

export type Message =
  | { readonly type: 'progress'; readonly progress: ExplorationProgress }
  | { readonly type: 'answer'; readonly answer: ExplorationAnswer };
