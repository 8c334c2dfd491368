/** The styles of answered exercises, loaded with the code that answers. */
import address from './exercise.css?url';

/** Call it once. */
export function addStyles(): void {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = address;
  document.head.append(link);
}
