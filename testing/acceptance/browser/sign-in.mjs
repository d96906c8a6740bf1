// Signs in with passkeys of Chromium's virtual authenticator, and shows once more who it is where that is asked.
// node sign-in.mjs BASE_URL CHROMIUM FOLDER — reads, as JSON from stdin, a link that signs in and the address of what lets time pass and
// reads mails; writes screenshots to the folder and what it found, as JSON, to stdout.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const [baseUrl, executablePath, folder] = process.argv.slice(2)
const { link, helper } = JSON.parse(readFileSync(0, 'utf8'))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const NAME = '<img src=x onerror=alert(1)>'

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
const context = await browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true })
const page = await context.newPage()
const faults = []
page.on('console', (message) => { if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`) })
page.on('pageerror', (error) => faults.push(String(error)))
page.on('dialog', (dialog) => { faults.push(`a dialog: ${dialog.message()}`); void dialog.dismiss() })
page.on('request', (request) => { if (!request.url().startsWith(baseUrl + '/')) faults.push(`from elsewhere: ${request.url()}`) })

const device = await context.newCDPSession(page)
await device.send('WebAuthn.enable')
const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
  options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
})
const dashboard = page.getByRole('navigation', { name: 'Dashboard' })
const button = (name) => page.getByRole('button', { name, exact: true })
const found = {}

await page.goto(link)
await button('Sign in').click()
await dashboard.waitFor()
found.linkCookie = await cookie()

// A passkey is added, under a name that is markup elsewhere.
await page.goto(`${baseUrl}/dashboard/account`)
await page.getByText('No passkeys yet').waitFor()
await page.getByLabel('Name of the passkey').fill(NAME)
await button('Add a passkey').click()
found.added = await row().innerText()
found.addedViolations = await judged()
await page.screenshot({ path: `${folder}/account-with-a-passkey.png`, fullPage: true })
await page.getByLabel('Name of the passkey').fill('again')
await button('Add a passkey').click()
found.again = await page.getByRole('alert').innerText()

// It signs in.
await signOut()
found.signInViolations = await judged()
await page.screenshot({ path: `${folder}/sign-in-with-a-passkey.png`, fullPage: true })
await page.goto(`${baseUrl}/sign-in?next=https://example.com/&url=//example.com`)
await button('Sign in with a passkey').click()
await dashboard.waitFor()
found.after = page.url()
found.passkeyCookie = await cookie()
await page.goto(`${baseUrl}/dashboard/account`)
found.used = await row().innerText()

// A device that does not make sure of its user signs nobody in.
await signOut()
await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
await button('Sign in with a passkey').click()
// Some wait for their user, others give up at once.
await page.locator('[data-passkey] .wrong').waitFor({ timeout: 20_000 }).catch(() => {})
found.unverified = { cookie: await cookie(), url: page.url() }
await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
await page.goto(`${baseUrl}/sign-in`)
await button('Sign in with a passkey').click()
await dashboard.waitFor()

// What hands out power asks once more, and goes on: by a passkey, not at all, by a code.
await help('/an-hour-passes')
await page.goto(`${baseUrl}/dashboard/keys`)
await button('Create a key').click()
await page.getByLabel('Label').fill('by a passkey')
await button('Create').click()
await page.getByRole('heading', { name: 'Is it you?' }).waitFor()
found.dialogViolations = await judged()
await page.screenshot({ path: `${folder}/is-it-you.png` })
await button('Use a passkey').click()
found.key = await page.locator('[data-secret]').innerText()

await help('/an-hour-passes')
await page.goto(`${baseUrl}/dashboard/account`)
await row().getByRole('button').click()
await button('Cancel').click()
found.cancelled = await page.getByRole('alert').innerText()
found.stillThere = await row().innerText()
await row().getByRole('button').click()
await page.getByRole('button', { name: /^Mail a code to / }).click()
await page.getByLabel(/^The code that was mailed to /).fill('00000-00000')
await button('Go on').click()
found.wrongCode = await page.locator('dialog [role=alert]').innerText()
await page.getByLabel(/^The code that was mailed to /).fill(await help('/code'))
await button('Go on').click()
await page.getByText('No passkeys yet').waitFor()

// What was removed signs nobody in.
await signOut()
await button('Sign in with a passkey').click()
await page.locator('[data-passkey] .wrong').waitFor()
found.removed = await page.locator('[data-passkey] .wrong').innerText()

// Without scripts there is the form for a link.
const plain = await browser.newContext({ javaScriptEnabled: false })
const form = await plain.newPage()
await form.goto(`${baseUrl}/sign-in`)
found.withoutScripts = await form.locator('main').innerText()
await browser.close()
// What is refused, Chromium notes as an error.
found.faults = faults.filter((fault) => !/status of (403|422) /.test(fault))
console.log(JSON.stringify(found))

async function signOut() {
  await button('Sign out').click()
  await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
}

function row() {
  return page.locator('section', { has: page.getByRole('heading', { name: 'Passkeys' }) }).locator('tbody tr').first()
}

async function cookie() {
  return (await context.cookies()).find((one) => one.name === '__Host-gogogoapi')?.value ?? ''
}

async function help(path) {
  const answer = await fetch(helper + path, { method: 'POST' })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status} ${await answer.text()}`)
  return answer.text()
}

async function judged() {
  await page.evaluate(axe)
  const result = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }))
  return result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3).join(' ')}`)
}
