import { expect, test } from 'vitest'

// The page most sites give: what must work without threads is tested here.
test('the page is not cross-origin isolated and has no shared memory', () => {
  expect(crossOriginIsolated).toBe(false)
  expect(typeof SharedArrayBuffer).toBe('undefined')
})
