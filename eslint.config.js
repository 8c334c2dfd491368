/** Lint rules: types-aware TypeScript, Astro, and the import directions of `rooms.mjs`. */
import astro from 'eslint-plugin-astro';
import { importX } from 'eslint-plugin-import-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { rooms } from './rooms.mjs';

/** One zone for each room of `rooms.mjs` that has TypeScript: it may import itself and what its line names. */
const zones = rooms
  .filter(({ files, imports }) => Array.isArray(imports) && files[0]?.startsWith('src/'))
  .map(({ name, imports }) => ({
    target: `./src/${name}`,
    from: './src',
    except: [name, ...imports].map((other) => `./${other}`),
    message: `src/${name} may import only: ${['itself', ...imports].join(', ')} (rooms.mjs).`,
  }));
zones.push({
  target: './src',
  from: './tests',
  message: 'No code of the site or its tools depends on a test (rooms.mjs).',
});

export default defineConfig(
  globalIgnores(['dist', '.astro', '.cache', 'node_modules', 'test-results']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      'import-x/no-restricted-paths': ['error', { zones, basePath: import.meta.dirname }],
      'import-x/no-cycle': 'error',
    },
  },
  {
    files: ['**/*.ts', '**/*.astro'],
    ignores: ['src/kernel/**', 'tests/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['pyodide', 'pyodide/*'], message: 'Only src/kernel imports Pyodide (docs/architecture.md).' },
          ],
        },
      ],
    },
  },
  astro.configs['flat/recommended'],
  {
    files: ['**/*.astro'],
    plugins: { 'import-x': importX },
    rules: {
      'astro/no-set-html-directive': 'error',
      'import-x/no-restricted-paths': ['error', { zones, basePath: import.meta.dirname }],
    },
  },
);
