/** Lint rules: types-aware TypeScript, Astro, and the import directions of `docs/architecture.md`. */
import astro from 'eslint-plugin-astro';
import { importX } from 'eslint-plugin-import-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Room to the rooms it may import; every room may import itself. The table of `docs/architecture.md`. */
const mayImport = {
  protocol: [],
  compare: ['protocol'],
  chapters: ['protocol', 'compare'],
  kernel: ['protocol'],
  session: ['protocol'],
  island: ['session', 'protocol', 'compare'],
  recorder: ['protocol', 'compare', 'chapters', 'session', 'kernel/build', 'commands'],
  site: ['island', 'protocol', 'chapters'],
  pages: ['site', 'island', 'protocol', 'chapters'],
  build: ['chapters', 'protocol', 'kernel/build', 'site'],
  commands: ['chapters', 'protocol'],
};

const zones = Object.entries(mayImport).map(([room, others]) => ({
  target: `./src/${room}`,
  from: './src',
  except: [room, ...others].map((name) => `./${name}`),
  message: `src/${room} may import only: ${['itself', ...others].join(', ')} (docs/architecture.md).`,
}));

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
