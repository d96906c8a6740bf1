// What the tests of pages have alike: what goes wrong on one, what the keyboard reaches, and what axe finds.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const screens = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } }

/** Errors, dialogs and requests to other origins, as they happen. */
export function watched(page, baseUrl) {
  const faults = []
  const foreign = []
  page.on('console', (message) => { if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`) })
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('dialog', (dialog) => { faults.push(`a dialog: ${dialog.message()}`); void dialog.dismiss() })
  page.on('request', (request) => { if (!request.url().startsWith(baseUrl + '/')) foreign.push(request.url()) })
  return { faults, foreign }
}

/** How many things the tabulator reaches, each of which shows that it is reached. */
export async function reached(page) {
  const outlines = []
  for (let presses = 0; presses < 6; presses++) {
    await page.keyboard.press('Tab')
    outlines.push(await page.evaluate(() => {
      const focused = document.activeElement
      return focused === document.body ? 'body' : getComputedStyle(focused).outlineStyle
    }))
  }
  return outlines
}

export async function judged(page, options = {}) {
  await page.evaluate(axe)
  const result = await page.evaluate((options) => axe.run(document, { resultTypes: ['violations'], ...options }), options)
  return result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3).join(' ')}`)
}
