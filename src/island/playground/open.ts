/** Begins the playground of the page, once: its files, and what the address brings. */
import { awaitLinks } from './arrive.ts';
import { Folder } from './folder.ts';

const element = document.querySelector<HTMLElement>('[data-folder]');
if (!element) throw new Error('This page is no playground.');

export const folder = new Folder(element);
awaitLinks(folder);
