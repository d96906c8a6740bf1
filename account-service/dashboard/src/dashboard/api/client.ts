import createClient from 'openapi-fetch'
import type { components, paths } from './schema'

export type Schemas = components['schemas']

/** What the API refused, in its own words. */
export class Refusal extends Error {
  /** @param details whatever stands beside the message */
  constructor(readonly status: number, readonly code: string, message: string, readonly details: Record<string, unknown> = {}) {
    super(message)
  }
}

/** Who is signed in, and for which of his accounts the pages speak; set before any page is shown. */
let speaking = { account: '', csrfToken: '' }

export function speakFor(account: string, csrfToken: string) {
  speaking = { account, csrfToken }
}

/** As a page reads beside what `api` asks for. */
export function asPage() {
  return { 'X-Account': speaking.account }
}

/** As a page that is being left still changes something. */
export function asLeavingPage() {
  return { ...asPage(), 'X-CSRF-Token': speaking.csrfToken }
}

/** Has who is signed in show once more who he is; tells whether he did. */
let confirmed: () => Promise<boolean> = async () => false

export function confirmBy(ask: () => Promise<boolean>) {
  confirmed = ask
}

export const api = createClient<paths>({ baseUrl: '/api/v1' })

/** What is under way and changes something, as it was sent: it is sent again once it is confirmed. */
const sent = new Map<string, Request>()

api.use({
  onRequest({ request, id }) {
    if (speaking.account) request.headers.set('X-Account', speaking.account)
    if (request.method !== 'GET') {
      request.headers.set('X-CSRF-Token', speaking.csrfToken)
      sent.set(id, request.clone())
    }
    return request
  },
  async onResponse({ response, id }) {
    const again = sent.get(id)
    sent.delete(id)
    if (response.ok) return response
    const refusal = await refusalOf(response)
    if (refusal.code !== 'step_up_required' || !again || !(await confirmed())) throw refusal
    const answer = await fetch(again)
    if (answer.ok) return answer
    throw await refusalOf(answer)
  },
  onError({ id }) {
    sent.delete(id)
  },
})

export async function refusalOf(response: Response) {
  const error = await response.clone().json().then((body) => body.error, () => undefined)
  return new Refusal(response.status, error?.code ?? '', error?.message ?? `The answer has status ${response.status}.`, error)
}

/** The answer of a request that was not refused: what is refused has been thrown. Text, such as CSV, is not asked for. */
export async function told<T>(answer: Promise<{ data?: T }>): Promise<Exclude<T, string>> {
  const { data } = await answer
  if (data === undefined || typeof data === 'string') throw new Error('The answer must be JSON.')
  return data as Exclude<T, string>
}

/** The same answer in another form, as a file for the reader. */
export async function download(path: string, accept: string, name: string) {
  const answer = await fetch('/api/v1' + path, { headers: { Accept: accept, ...asPage() } })
  if (!answer.ok) throw await refusalOf(answer)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
