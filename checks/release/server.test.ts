import { request } from 'node:http'
import { expect, test } from 'vitest'
import { planted } from '../planted.ts'
import { serve } from './server.ts'

/** As fetch, but the path goes out as it is written: fetch would resolve the dots. */
function statusOf(base: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(base, { path }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end()
  })
}

test('files, folders and pages without ending are found, under their headers', async () => {
  const folder = planted({ 'index.html': 'top', 'guide/page.html': 'page', 'code.js': '1' })
  await using site = await serve(folder, { variants: { open: {}, closed: { 'x-policy': 'strict' } } })
  const page = await fetch(`${site.url}/closed/guide/page`)
  expect([await page.text(), page.headers.get('x-policy')]).toEqual(['page', 'strict'])
  const top = await fetch(`${site.url}/open/`)
  expect([await top.text(), top.headers.get('x-policy')]).toEqual(['top', null])
  expect((await fetch(`${site.url}/open/code.js`)).headers.get('content-type')).toBe('text/javascript')
})

test('nothing outside the folder is served', async () => {
  const folder = planted({ 'secret.txt': 'no', 'site/index.html': 'yes' })
  await using site = await serve(`${folder}/site`)
  expect(await statusOf(site.url, '/')).toBe(200)
  for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/absent']) {
    expect(await statusOf(site.url, path), path).toBe(404)
  }
})

test('it listens on loopback only', async () => {
  await using site = await serve(planted({ 'index.html': '' }))
  expect(new URL(site.url).hostname).toBe('127.0.0.1')
})
