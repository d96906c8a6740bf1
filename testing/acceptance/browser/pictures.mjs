// The pictures of README: node pictures.mjs BASE_URL CHROMIUM FOLDER — reads whose, as JSON, from stdin; writes PNGs to the folder.
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [baseUrl, executablePath, folder] = process.argv.slice(2)
const { link, account, operatorToken } = JSON.parse(readFileSync(0, 'utf8'))
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
const viewport = { width: 1280, height: 800 }
const context = await browser.newContext({ viewport, locale: 'en-US', timezoneId: 'UTC' })
const page = await context.newPage()

await page.goto(baseUrl)
await page.getByLabel('Prompt').fill('Summarize the minutes of the meeting in five points.')
await taken('front')

await page.goto(link)
await page.getByRole('button', { name: 'Sign in' }).click()
await page.getByRole('navigation', { name: 'Dashboard' }).waitFor()
await page.getByText('Credit available').waitFor()
await taken('overview')

await page.getByRole('link', { name: 'Try & quote' }).click()
await page.getByRole('combobox', { name: 'Model' }).selectOption('deepseek-v4-flash')
await page.getByLabel('Prompt').fill('Explain the difference between a hold and a charge to somebody who has never run a payment system.')
await page.getByRole('button', { name: 'Run', exact: true }).click()
await page.locator('[data-ledger] li:not(.open)', { hasText: 'Refunded' }).waitFor({ timeout: 60_000 })
await taken('quote')

await page.goto(`${baseUrl}/dashboard/requests`)
await page.locator('tbody tr a').first().click()
await page.getByText('Refunded').first().waitFor()
await taken('request')

await page.goto(`${baseUrl}/dashboard/top-up`)
await page.getByRole('button', { name: /^Send 5 test USDC/ }).click()
await page.locator('[data-state=credited]').first().waitFor({ timeout: 60_000 })
await taken('top-up')
await context.close()

const office = await browser.newContext({ viewport, locale: 'en-US', timezoneId: 'UTC' })
const desk = await office.newPage()
await desk.goto(`${baseUrl}/operator`)
await desk.getByLabel('Operator’s secret').fill(operatorToken)
await desk.keyboard.press('Enter')
await desk.getByRole('navigation', { name: 'Operators' }).waitFor()
await desk.goto(`${baseUrl}/operator/accounts/${account}`)
await desk.getByText('Statement').first().waitFor()
await taken('console', desk)
await browser.close()

async function taken(name, of = page) {
  await of.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => {})
  await of.locator('.loading').first().waitFor({ state: 'detached', timeout: 5_000 }).catch(() => {})
  await of.screenshot({ path: `${folder}/${name}.png` })
}
