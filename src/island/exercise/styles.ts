/** The styles of answered exercises, loaded with the code that answers. */
import address from './exercise.css?url';

/** Call it once. */
export function addStyles(): void {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = address;
  // Last: the sheets of the page, which it refines, are linked in the body (build/late-styles.ts).
  document.body.append(link);
}
