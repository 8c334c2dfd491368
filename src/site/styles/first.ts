/**
 * The styles that every page has, as text for its head, so that a page waits for no second answer of the host before it
 * shows something. Those of cells, exercises and single pages are sheets.
 */
import base from './base.css?inline';
import choices from './choices.css?inline';
import components from './components.css?inline';
import figures from './figures.css?inline';
import navigation from './navigation.css?inline';
import print from './print.css?inline';
import prose from './prose.css?inline';
import shell from './shell.css?inline';
import tokens from './tokens.css?inline';

export const firstStyles = [tokens, choices, base, shell, navigation, prose, components, figures, print].join('');
