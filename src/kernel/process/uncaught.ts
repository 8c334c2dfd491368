/**
 * What Python raises in a callback of JavaScript's, such as a timer's or an event listener's, is nobody's to catch: it is
 * told and the interpreter goes on, as JavaScript itself does.
 *
 * Invariant: any other error that reaches the worker's scope is left to the frame, which takes it for the worker's end.
 */
import type { PyodideAPI } from 'pyodide';

/** Calls `tell` with the traceback. */
export function tellUncaught(scope: EventTarget, python: PyodideAPI, tell: (traceback: string) => void): void {
  scope.addEventListener('error', (event) => {
    const { error } = event as { readonly error?: unknown } & Event;
    if (!(error instanceof python.ffi.PythonError)) return;
    event.preventDefault();
    tell(error.message);
  });
}
