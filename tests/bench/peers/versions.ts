/** The versions of the peers that `npm run bench:peers` installs; beside each what it brings that the figures depend on. */

export const npmVersions = {
  starlight: { '@astrojs/starlight': '0.42.4', astro: '7.3.5' },
  pyscript: { '@pyscript/core': '0.7.31' },
} as const;

export const pypiVersions = {
  jupyterlite: { 'jupyterlite-core': '0.8.6', 'jupyterlite-pyodide-kernel': '0.8.6', 'jupyter-server': '2.21.1' },
  jupyterliteKernel: { comm: '0.2.3' },
  marimo: { marimo: '0.25.2', uv: '0.13.9' },
} as const;
