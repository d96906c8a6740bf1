// How long pages of the dashboard take, and each request that they send.
// node page-times.mjs BASE_URL CHROMIUM ROUNDS — reads {"link", "paths"} as JSON from stdin; writes what it found, as JSON, to stdout.
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [baseUrl, executablePath, rounds] = process.argv.slice(2)
const { link, paths } = JSON.parse(readFileSync(0, 'utf8'))
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
const viewport = { width: 1280, height: 900 }

const first = await browser.newContext({ viewport, timezoneId: 'Asia/Kolkata' })
const page = await first.newPage()
await page.goto(link)
await page.getByRole('button', { name: 'Sign in' }).click()
await page.getByRole('navigation', { name: 'Dashboard' }).waitFor()
const cookies = await first.cookies()
await first.close()

const found = { views: {}, requests: {} }
for (let round = 0; round < Number(rounds); round++) {
  for (const { path, shows } of paths) await visit(path, shows)
}
await browser.close()
console.log(JSON.stringify(found))

/** As somebody who was never here: nothing is in any cache. */
async function visit(path, shows) {
  const context = await browser.newContext({ viewport, timezoneId: 'Asia/Kolkata' })
  await context.addCookies(cookies)
  const page = await context.newPage()
  // When all that is asked for is there, by the page's own clock: milliseconds from when it was asked for.
  await page.addInitScript((text) => {
    const look = () => {
      const main = document.querySelector('main')
      if (main?.innerText.includes(text) && !main.querySelector('.loading')) window.usableAt = performance.now()
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  }, shows)
  await page.goto(baseUrl + path)
  await page.waitForFunction(() => window.usableAt)
  const seen = await page.evaluate(() => ({
    usable: window.usableAt,
    requests: performance.getEntriesByType('resource')
      .filter((one) => one.name.includes('/api/v1/'))
      .map((one) => ({ path: one.name.slice(one.name.indexOf('/api/v1') + 7), millis: one.responseEnd - one.requestStart })),
  }))
  ;(found.views[path] ??= []).push(seen.usable)
  for (const { path, millis } of seen.requests) (found.requests[path] ??= []).push(millis)
  await context.close()
}
