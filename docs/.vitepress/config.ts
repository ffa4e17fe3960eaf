import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DefaultTheme, UserConfig } from 'vitepress'
import { entryPoints, folders, pages } from './sidebar.ts'

const guide = { text: 'Guide', items: pages('guide') }
const decisions = { text: 'Decisions', link: '/decisions/', items: pages('decisions') }
const scoreboard = existsSync(join(import.meta.dirname, '..', '.site', 'scoreboard.md'))

const evidence = {
  text: 'Evidence',
  items: [...(scoreboard ? [{ text: 'Scoreboard', link: '/scoreboard' }] : []), ...pages('bench')],
}

const config: UserConfig<DefaultTheme.Config> = {
  title: 'lab',
  description: 'Numerical computing in TypeScript: the same numbers in Node, browsers, Deno and Bun.',
  head: [['link', { rel: 'icon', href: '/icon.svg' }]],
  srcDir: '.site',
  cleanUrls: true,
  ignoreDeadLinks: false,
  // The index that the search loads when somebody searches is one file, and large.
  vite: { build: { chunkSizeWarningLimit: 4000 } },
  themeConfig: {
    nav: [
      { text: 'Guide', link: '/guide/getting-started', activeMatch: '^/(guide|decisions)/' },
      { text: 'Packages', link: '/packages/', activeMatch: '^/packages/' },
      { text: 'Examples', link: '/examples/', activeMatch: '^/examples/' },
      { text: 'API', link: '/api/', activeMatch: '^/api/' },
      ...(scoreboard ? [{ text: 'Evidence', link: '/scoreboard', activeMatch: '^/(scoreboard|bench)' }] : []),
    ],
    sidebar: {
      '/guide/': [guide, { ...decisions, collapsed: true }],
      '/decisions/': [guide, decisions],
      '/packages/': [{ text: 'Packages', link: '/packages/', items: folders('packages') }],
      '/examples/': [{ text: 'Examples', link: '/examples/', items: folders('examples') }],
      '/scoreboard': [evidence],
      '/bench/': [evidence],
      '/api/': [{ text: 'API reference', link: '/api/', items: entryPoints() }],
    },
    outline: [2, 3],
    search: { provider: 'local' },
  },
}

export default config
