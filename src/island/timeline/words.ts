/** A sentence with names of the program's between backquotes, as nodes. */
import { make } from '../make.ts';

export const withCode = (sentence: string): (string | Node)[] =>
  sentence.split('`').map((part, index) => (index % 2 === 0 ? part : make('code', '', part)));
