/**
 * Makes Pagefind's elements ask our index in place of one that they load. Their instance (@pagefind/component-ui 1.5.2) has no
 * public way to be given one: it takes what stands in `__pagefind__` for loaded.
 */
import type { Instance } from '@pagefind/component-ui';
import type { CourseIndex } from './course-index.ts';

/** In place of the number of results. Pagefind’s own event would put it into every list of a filter, for good. */
function showFailure(why: string): void {
  const dialog = document.querySelector('#search-dialog');
  dialog?.querySelector('pagefind-results [aria-busy]')?.setAttribute('aria-busy', 'false');
  dialog?.querySelector('.pf-summary')?.replaceChildren(why);
}

/** `filters` holds the elements by which a search is narrowed; what they need is read when a reader first goes to them. */
export function askCourseIndex(instance: Instance, index: CourseIndex, filters: HTMLElement): void {
  const showCounts = (): void => {
    const counts = index.counts(instance.searchFilters);
    if (counts !== undefined) instance.__dispatch__('filters', counts);
  };
  const search: CourseIndex['search'] = (term, options) => index.search(term, options);
  instance['__pagefind__'] = {
    search: (...asked: Parameters<typeof search>) =>
      search(...asked).catch((error: unknown) => {
        showFailure(error instanceof Error ? error.message : String(error));
        instance.announce('error_search', {}, 'assertive');
        return undefined;
      }),
  };
  // Pagefind's own would read the filters here.
  instance.__clear__ = () => {
    instance.__dispatch__('results', { results: [], unfilteredTotalCount: 0 });
    index.clear();
    showCounts();
    return Promise.resolve();
  };
  filters.addEventListener('focusin', () => {
    // What cannot be read leaves the filters as they are, and the next visit tries again.
    index.readPlaces().then(showCounts, () => undefined);
  });
}
