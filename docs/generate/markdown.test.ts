import { expect, test } from 'vitest'
import { siteLinks, summary, title } from './markdown.ts'

const page = `---
order: 1
---

# The \`title\`

![picture](pictures/a.svg)

- a list

\`\`\`ts
code()
\`\`\`

The **first** paragraph, with a [link](./b.md),
on two lines.

The second.
`

test('the title is the first heading', () => {
  expect(title(page, 'a.md')).toBe('The `title`')
  expect(() => title('no heading', 'a.md')).toThrow('a.md has no title')
})

test('the summary is the first paragraph of prose, without marks', () => {
  expect(summary(page)).toBe('The first paragraph, with a link, on two lines.')
  expect(summary('# Only a title')).toBe('')
})

test('links between READMEs become links between pages', () => {
  expect(siteLinks('[a](../../packages/tensor/README.md#names)')).toBe('[a](../../packages/tensor/index.md#names)')
  expect(siteLinks('[a](README.md)')).toBe('[a](index.md)')
  expect(siteLinks('[a](../../docs/guide/names.md)')).toBe('[a](../../guide/names.md)')
  expect(siteLinks('[a](https://example.org/README.md)')).toBe('[a](https://example.org/README.md)')
})
