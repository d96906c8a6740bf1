// Adds a passkey and signs in by it, again and again: node passkey-instances.mjs BASE_URL CHROMIUM FOLDER — reads, as JSON from stdin, a link
// that signs in; writes what it found, as JSON, to stdout.
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [baseUrl, executablePath] = process.argv.slice(2)
const { link } = JSON.parse(readFileSync(0, 'utf8'))

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
const context = await browser.newContext()
const page = await context.newPage()
const faults = []
page.on('console', (message) => { if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`) })
page.on('pageerror', (error) => faults.push(String(error)))
const device = await context.newCDPSession(page)
await device.send('WebAuthn.enable')
await device.send('WebAuthn.addVirtualAuthenticator', {
  options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
})
const button = (name) => page.getByRole('button', { name, exact: true })
const dashboard = page.getByRole('navigation', { name: 'Dashboard' })

await page.goto(link.startsWith('http') ? link : baseUrl + link)
await button('Sign in').click()
await dashboard.waitFor()
const signedInAs = [await cookie()]
await page.goto(`${baseUrl}/dashboard/account`)
await page.getByLabel('Name of the passkey').fill('A laptop')
await button('Add a passkey').click()
const added = await page.locator('section', { has: page.getByRole('heading', { name: 'Passkeys' }) }).locator('tbody tr').first().innerText()
for (let time = 0; time < 2; time++) {
  await button('Sign out').click()
  await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
  await button('Sign in with a passkey').click()
  await dashboard.waitFor()
  signedInAs.push(await cookie())
}
await browser.close()
console.log(JSON.stringify({ added, signedInAs, faults }))

async function cookie() {
  return (await context.cookies()).find((one) => one.name === '__Host-gogogoapi')?.value ?? ''
}
