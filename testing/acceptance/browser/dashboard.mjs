// Walks the front page, signing in and the dashboard as people do: on a phone and on a desktop, light and dark, by keyboard.
// node dashboard.mjs BASE_URL CHROMIUM FOLDER — reads what to do, as JSON, from stdin; writes screenshots to the folder and what
// it found, as JSON, to stdout.
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import * as look from './looking.mjs'
import { judged, reached, screens } from './looking.mjs'

const [baseUrl, executablePath, folder] = process.argv.slice(2)
const { firstRun, topUp, tour, pages, roles } = JSON.parse(readFileSync(0, 'utf8'))

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
const found = { firstRun: await firstSteps(firstRun), topUp: await toppedUp(topUp), visits: [], roles: [] }
const cookies = await signedIn(tour)
for (const screen of Object.keys(screens)) {
  for (const colorScheme of ['light', 'dark']) found.visits.push(...(await walk(screen, colorScheme)))
}
for (const one of roles) found.roles.push(await asRole(one))
await browser.close()
console.log(JSON.stringify(found))

function watched(page) {
  return look.watched(page, baseUrl)
}

/** A link opens a page, and its button signs in. */
async function signIn(page, link) {
  await page.goto(link)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Dashboard' }).waitFor()
}

async function signedIn(link) {
  const context = await browser.newContext()
  await signIn(await context.newPage(), link)
  const cookies = await context.cookies()
  await context.close()
  return cookies
}

/** Sign in, see the credit, create a key, send the first request, understand its bill: with the keyboard alone. */
async function firstSteps(link) {
  const started = Date.now()
  // A scanner looks at whatever is mailed.
  for (let look = 0; look < 3; look++) await fetch(link)
  const context = await browser.newContext({ viewport: screens.desktop })
  const page = await context.newPage()
  const { faults, foreign } = watched(page)
  const press = async (role, name) => {
    const target = page.getByRole(role, { name, exact: true })
    await target.focus()
    await page.keyboard.press('Enter')
  }
  await page.goto(link)
  await press('button', 'Sign in')
  await page.getByText('Credit available').waitFor()
  const steps = { credit: await page.locator('.figure', { hasText: 'Credit available' }).locator('dd').first().innerText() }
  await page.getByRole('heading', { name: 'Create your first key' }).waitFor()
  await press('link', 'To the API keys')
  await page.getByText('No keys yet').waitFor()
  await press('button', 'Create a key')
  await page.getByLabel('Label').focus()
  await page.keyboard.type('<img src=x onerror=alert(1)>')
  await page.getByLabel('A day').focus()
  await page.keyboard.type('2.50')
  await press('button', 'Create')
  steps.key = await page.locator('[data-secret]').innerText()
  await press('button', 'Send it from here')
  await page.getByText(/ tokens for \$/).waitFor()
  steps.bill = await page.getByText(/ tokens for \$/).innerText()
  await press('button', 'I have kept it')
  steps.keyIsGone = (await page.locator('[data-secret]').count()) === 0 && !(await page.content()).includes(steps.key)
  steps.label = await page.locator('tbody tr').first().locator('td').first().innerText()
  steps.budget = await page.locator('tbody tr').first().innerText()
  await press('link', 'Requests')
  await page.getByText('completed').first().waitFor()
  await page.locator('tbody a').first().focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Refunded' }).waitFor()
  steps.story = await page.locator('.story h2').allInnerTexts()
  steps.asOf = await page.locator('.asof').first().innerText()
  steps.seconds = (Date.now() - started) / 1000
  steps.violations = await judged(page)
  await page.screenshot({ path: `${folder}/first-request.png`, fullPage: true })

  // Another browser's link is used by now; and signing out ends the session itself, not only what is shown.
  const cookies = await context.cookies()
  await press('button', 'Sign out')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  steps.cookiesAfter = (await context.cookies()).length
  await context.addCookies(cookies)
  await page.goto(`${baseUrl}/dashboard`)
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await page.goto(link)
  await press('button', 'Sign in')
  await page.locator('h1:not(:text-is("Sign in"))').waitFor()
  steps.again = await page.locator('h1').innerText()
  await context.close()
  return { ...steps, faults: faults.filter((fault) => !/status of 410/.test(fault)), foreign }
}

/** From the overview to the address, and five test tokens to credit, with the keyboard alone. */
async function toppedUp(link) {
  const context = await browser.newContext({ viewport: screens.desktop })
  const page = await context.newPage()
  const { faults, foreign } = watched(page)
  const press = async (role, name) => {
    await page.getByRole(role, { name, exact: true }).first().focus()
    await page.keyboard.press('Enter')
  }
  const available = () => page.locator('.figure', { hasText: 'Credit available' }).locator('dd').first().innerText()
  await signIn(page, link)
  await page.getByText('Credit available').waitFor()
  const seen = { before: await available() }
  await press('link', 'Add credit')
  seen.address = await page.locator('[data-address]').innerText()
  seen.qr = await page.locator('.qr').getAttribute('aria-label')
  seen.wallet = await page.getByRole('link', { name: 'Open in a wallet' }).getAttribute('href')
  seen.page = await page.locator('main').innerText()
  await press('button', 'Send 5 test USDC')
  await page.locator('[data-state=credited]').waitFor({ timeout: 120_000 })
  seen.row = await page.locator('[data-state=credited]').innerText()
  seen.violations = await judged(page)
  await page.screenshot({ path: `${folder}/top-up.png`, fullPage: true })
  await press('link', 'Overview')
  await page.getByText('$10.00').waitFor()
  seen.after = await available()
  await context.close()
  return { ...seen, faults, foreign }
}

async function walk(screen, colorScheme) {
  const context = await browser.newContext({ viewport: screens[screen], colorScheme, isMobile: screen === 'phone', timezoneId: 'Europe/Berlin', locale: 'en-GB' })
  await context.addCookies(cookies)
  const seen = []
  for (const { path, shows } of pages) {
    const page = await context.newPage()
    const { faults, foreign } = watched(page)
    await page.goto(baseUrl + path)
    await page.getByText(shows).first().waitFor()
    await page.locator('.loading').first().waitFor({ state: 'hidden' })
    await page.screenshot({ path: `${folder}/dashboard${path.replace(/[^a-z0-9]+/gi, '-')}-${screen}-${colorScheme}.png`, fullPage: true })
    seen.push({
      visit: `${path} on a ${screen}, ${colorScheme}`,
      title: await page.title(),
      overflow: await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      focus: await reached(page),
      // What does not depend on colours was judged in the light.
      violations: await judged(page, colorScheme === 'dark' ? { runOnly: ['color-contrast'] } : {}),
      faults,
      foreign,
    })
    await page.close()
  }
  await context.close()
  return seen
}

/** What somebody of a role finds on each page. */
async function asRole({ role, link }) {
  const context = await browser.newContext({ viewport: screens.desktop })
  const page = await context.newPage()
  const { faults } = watched(page)
  await signIn(page, link)
  const texts = {}
  for (const path of ['', '/quote', '/keys', '/activity', '/requests', '/credit', '/top-up', '/organisation', '/alerts', '/account']) {
    await page.goto(`${baseUrl}/dashboard${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.locator('.loading').first().waitFor({ state: 'hidden' })
    texts[path] = await page.locator('main').innerText()
  }
  await context.close()
  return { role, texts, faults }
}
