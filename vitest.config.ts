import type { ViteUserConfig } from 'vitest/config'

// Tests read source through the source condition, so that nobody builds before the first test.
const conditions = ['@lab/source']

const config: ViteUserConfig = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    globalSetup: ['checks/build-kernels.ts'],
    include: ['packages/*/src/**/*.test.ts', 'checks/**/*.test.ts'],
  },
}

export default config
