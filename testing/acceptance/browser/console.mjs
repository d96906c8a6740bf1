// Walks the operators' console as operators do: by keyboard, on a phone and on a desktop, light and dark, and in every role.
// node console.mjs BASE_URL CHROMIUM FOLDER — reads what to do, as JSON, from stdin; writes screenshots to the folder and what
// it found, as JSON, to stdout.
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import * as look from './looking.mjs'
import { judged, reached, screens } from './looking.mjs'

const [baseUrl, executablePath, folder] = process.argv.slice(2)
const { work, tour, pages, roles } = JSON.parse(readFileSync(0, 'utf8'))

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
const found = { work: await aDaysWork(work), visits: [], roles: [] }
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

function navigation(page) {
  return page.getByRole('navigation', { name: 'Operators' })
}

async function signIn(page, secret) {
  await page.goto(`${baseUrl}/operator`)
  await page.getByLabel('Operator’s secret').focus()
  await page.keyboard.type(secret)
  await page.keyboard.press('Enter')
}

async function signedIn(secret) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await signIn(page, secret)
  await navigation(page).waitFor()
  const cookies = await context.cookies()
  await context.close()
  return cookies
}

async function press(page, role, name) {
  await page.getByRole(role, { name, exact: true }).first().focus()
  await page.keyboard.press('Enter')
}

/** With what is typed into the form of a dialog that is open. */
async function fill(page, label, text) {
  await page.getByRole('dialog').getByLabel(label).first().focus()
  await page.keyboard.type(text)
}

/**
 * One finds an account, orders more than he may alone, and lets a parked account go on; another approves; a third schedules a price;
 * a fourth is revoked. By keyboard alone.
 */
async function aDaysWork({ anna, ben, carl, dora, account, parked, model, markup, operatorToken }) {
  const steps = {}
  const all = { faults: [], foreign: [] }
  const asOperator = async (act) => {
    const context = await browser.newContext({ viewport: screens.desktop })
    const page = await context.newPage()
    const { faults, foreign } = watched(page)
    await act(page, context)
    all.faults.push(...faults)
    all.foreign.push(...foreign)
    await context.close()
  }
  await asOperator(async (page, context) => {
    await signIn(page, 'op-gogogo-wrong')
    steps.wrong = await page.getByRole('alert').innerText()
    steps.wrongStays = await page.getByLabel('Operator’s secret').inputValue()
    steps.violations = await judged(page)
    await page.keyboard.type(anna.secret)
    await page.keyboard.press('Enter')
    await navigation(page).waitFor()
    steps.kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie]))
    steps.secretIsGone = !(await page.content()).includes(anna.secret) && (await page.locator('input[name=token]').count()) === 0
    await press(page, 'link', 'Accounts')
    await page.getByLabel('Find').focus()
    await page.keyboard.type(markup)
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: markup }).waitFor()
    steps.named = await page.getByRole('row', { name: markup }).innerText()
    await press(page, 'link', markup)
    await page.getByRole('heading', { name: 'Statement' }).waitFor()
    steps.before = await page.locator('.figure', { hasText: 'Available' }).locator('dd').first().innerText()
    steps.asOf = await page.locator('.asof').first().innerText()
    await press(page, 'button', 'Grant credit…')
    await fill(page, 'Amount in US dollars', '600000')
    await fill(page, 'Why', 'a large customer <i>indeed</i>')
    await page.getByRole('dialog').getByRole('button', { name: 'Grant credit' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('It waits for a second operator').waitFor()
    await press(page, 'link', 'Orders')
    await page.getByText('It is your own').first().waitFor()
    await page.screenshot({ path: `${folder}/console-order.png`, fullPage: true })
    await press(page, 'link', 'Parked accounts')
    await press(page, 'link', parked)
    const records = page.getByRole('region', { name: 'Parked records' })
    await records.getByRole('button', { name: 'Skip…' }).waitFor()
    steps.parked = await records.innerText()
    await records.getByRole('button', { name: 'Skip…' }).focus()
    await page.keyboard.press('Enter')
    await fill(page, 'Why', 'sent by mistake')
    await page.getByRole('dialog').getByRole('button', { name: 'Skip' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Ordered: the ledger decides it').waitFor()
    await press(page, 'link', 'Deposits')
    steps.chain = await page.getByRole('region', { name: 'Chains' }).getByRole('row', { name: /31337/ }).innerText()
    await press(page, 'button', 'Stop a token…')
    await page.getByRole('dialog').getByLabel('Token').selectOption('eip155:31337/USDT')
    await fill(page, 'Why', 'its peg <b>is</b> lost')
    await page.getByRole('dialog').getByRole('button', { name: 'Stop a token' }).focus()
    await page.keyboard.press('Enter')
    const stopped = page.getByRole('region', { name: 'Stopped tokens' }).getByRole('row', { name: /USDT/ })
    steps.stopped = await stopped.innerText()
    await stopped.getByRole('button', { name: 'Let it go on…' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Let it go on' }).focus()
    await page.keyboard.press('Enter')
    await stopped.waitFor({ state: 'detached' })
    const before = await context.cookies()
    await press(page, 'button', 'Sign out')
    await page.getByLabel('Operator’s secret').waitFor()
    steps.cookiesAfter = (await context.cookies()).length
    await context.addCookies(before)
    await page.goto(`${baseUrl}/operator/orders`)
    await page.getByLabel('Operator’s secret').waitFor()
  })
  await asOperator(async (page) => {
    await signIn(page, ben.secret)
    await navigation(page).waitFor()
    await page.goto(`${baseUrl}/operator/orders?status=pending`)
    const order = page.getByRole('region', { name: /^grant / }).filter({ hasText: account })
    await order.getByRole('button', { name: 'Approve…' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).focus()
    await page.keyboard.press('Enter')
    await order.waitFor({ state: 'detached' })
    await page.goto(`${baseUrl}/operator/accounts/${account}`)
    await page.getByText('600,000').first().waitFor()
    steps.after = await page.locator('.figure', { hasText: 'Available' }).locator('dd').first().innerText()
    await page.goto(`${baseUrl}/operator/trail`)
    await page.getByRole('row', { name: /approve-order/ }).first().waitFor()
    steps.trail = await page.getByRole('row').allInnerTexts()
  })
  await asOperator(async (page) => {
    await signIn(page, carl.secret)
    await navigation(page).waitFor()
    await press(page, 'link', 'Prices')
    await press(page, 'link', model)
    await page.getByRole('heading', { name: 'A new version' }).waitFor()
    const form = page.getByRole('form', { name: 'A new version' })
    const set = async (label, text) => { await form.getByLabel(label).first().focus(); await page.keyboard.press('Control+A'); await page.keyboard.type(text) }
    await set('Input', '9')
    await set('Cached input', '1')
    await set('Output', '0.000001')
    await form.getByLabel('From').first().fill('2030-01-01T00:00')
    await set('Source', 'https://example.com/prices')
    await set('Why', 'dearer inputs')
    await press(page, 'button', 'Preview')
    await page.getByRole('region', { name: 'Preview' }).waitFor()
    steps.preview = await page.getByRole('region', { name: 'Preview' }).innerText()
    await page.screenshot({ path: `${folder}/console-price.png`, fullPage: true })
    await press(page, 'button', 'Publish the price')
    await page.getByText('scheduled').first().waitFor()
    steps.scheduled = await page.getByRole('row', { name: /scheduled/ }).first().innerText()
  })
  await asOperator(async (page) => {
    await signIn(page, dora.secret)
    await navigation(page).waitFor()
    const revoked = await fetch(`${baseUrl}/api/v1/operator/operators/${dora.name}`, { method: 'DELETE', headers: { Authorization: `Bearer ${operatorToken}` } })
    steps.revoked = revoked.status
    await press(page, 'link', 'Accounts')
    await page.getByLabel('Operator’s secret').waitFor()
    steps.shownAfter = await page.locator('body').innerText()
  })
  return { ...steps, ...all }
}

async function walk(screen, colorScheme) {
  const context = await browser.newContext({ viewport: screens[screen], colorScheme, isMobile: screen === 'phone', timezoneId: 'Europe/Berlin', locale: 'en-GB' })
  await context.addCookies(cookies)
  const seen = []
  for (const { path, shows } of pages) {
    const page = await context.newPage()
    const { faults, foreign } = watched(page)
    await page.goto(baseUrl + path)
    const shown = await page.getByText(shows).first().waitFor().then(() => true, () => false)
    await page.waitForFunction(() => document.querySelector('.loading') === null)
    await page.screenshot({ path: `${folder}/console${path.replace(/[^a-z0-9]+/gi, '-')}-${screen}-${colorScheme}.png`, fullPage: true })
    seen.push({
      visit: `${path} on a ${screen}, ${colorScheme}`,
      shown,
      overflow: await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      focus: await reached(page),
      // What does not depend on colours was judged in the light.
      violations: await judged(page, colorScheme === 'dark' ? { runOnly: ['color-contrast'] } : {}),
      sources: await page.getByRole('button', { name: /^JSON of / }).count(),
      faults,
      foreign,
    })
    await page.close()
  }
  await context.close()
  return seen
}

/** What somebody of a role finds on each page. */
async function asRole({ role, secret, paths }) {
  const context = await browser.newContext({ viewport: screens.desktop })
  const page = await context.newPage()
  const { faults } = watched(page)
  await signIn(page, secret)
  await navigation(page).waitFor()
  const links = await navigation(page).getByRole('link').allInnerTexts()
  const texts = {}
  for (const path of paths) {
    await page.goto(`${baseUrl}/operator${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForFunction(() => document.querySelector('.loading') === null)
    texts[path] = await page.locator('main').innerText()
  }
  await context.close()
  return { role, links, texts, faults }
}
