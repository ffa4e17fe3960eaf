import { defineConfig } from 'vitest/config'

// Tests read source through the source condition, so that nobody builds before the first test.
const conditions = ['@lab/source']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'checks/**/*.test.ts'],
  },
})
