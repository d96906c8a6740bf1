// A session calls no models: what a page spends, it spends with a key. Each member has one for it, since what a key has spent is counted
// for good: whoever comes back continues it under another secret. The secret is in the memory of one tab alone; the key may spend what
// that tab allows, is disabled when the tab is left, and over after an hour.
import { api, asLeavingPage, Refusal, refusalOf, told, type Schemas } from './client'
import { decimal, parts } from './money'

export const RUN_LABEL = 'Try & quote'
export const USUAL_BUDGET = '0.10'
const TAG = 'try-and-quote'
const LASTS_MILLIS = 55 * 60_000
const OVER_BEFORE_MILLIS = 60_000
/** Less than anything that is held: a key that is not yet to be used has this budget. */
const NOTHING = '0.000000000001'
/** How long it may take until every proxy knows a change of a key, and how often it is asked. */
const KNOWN_TIMES = 15
const KNOWN_MILLIS = 200
const LEFT = 'The page was left before it ran.'

/** @property spentBefore by the key, until this tab began to use it; @property headers of its account, whichever is shown when it is left */
interface RunKey { keyId: string; secret: string; spentBefore: bigint; budget: string; expiresAt: number; isOpen: boolean; headers: Record<string, string> }

type Change = Schemas['ApiKeyChange']

let kept: RunKey | undefined
/** How often the page was left: what was begun before that is not gone on with. */
let leavings = 0
let closing: Promise<unknown> = Promise.resolve()

export function isRunKey(key: Schemas['ApiKey']) {
  return key.label === RUN_LABEL && (key.tags ?? []).includes(TAG) && key.purpose === 'inference'
}

/** The member's key; with that budget from when this tab began to use it. */
export async function runKey(budget: string, member: string): Promise<RunKey> {
  if (!kept?.isOpen || kept.expiresAt - Date.now() < OVER_BEFORE_MILLIS) kept = await opened(member)
  if (kept.budget !== budget) {
    // Set before it is allowed: who leaves meanwhile disables it, in whichever order the two arrive.
    kept = { ...kept, budget: '' }
    const key = kept
    await changed(key.keyId, { budgets: total(decimal(key.spentBefore + parts(budget))) }).catch(replacedOrThrow)
    if (kept !== key) throw new Error(LEFT)
    kept = { ...key, budget }
  }
  return kept
}

export function keptRunKey() {
  return kept
}

/** Another tab, or somebody on the page of keys, took it: whoever runs next takes it back. */
export function replacedOrThrow(error: unknown): never {
  if (!(error instanceof Refusal) || (error.status !== 401 && error.code !== 'key_revoked')) throw error
  kept = undefined
  throw new Error('Your key of this page was replaced: another tab of yours runs with it now. Run again to take it back.')
}

/** Disables it, also while the page is being left. Where that does not get through it is over within the hour. */
export function endRunKey() {
  leavings++
  if (kept?.isOpen) {
    kept = { ...kept, budget: '', isOpen: false }
    closing = disable(kept)
  }
  return closing
}

function disable({ keyId, headers }: RunKey) {
  return fetch(`/api/v1/keys/${keyId}`, {
    method: 'PATCH', keepalive: true, headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify({ disabled: true } satisfies Change),
  }).catch(() => {})
}

/** May spend nothing yet, so that nothing is left behind by whoever leaves before the answer is there. */
async function opened(member: string): Promise<RunKey> {
  const now = leavings
  const headers = asLeavingPage()
  await closing
  const expiresAt = Date.now() + LASTS_MILLIS
  const idle = { budgets: total(NOTHING), expires_at: new Date(expiresAt).toISOString() }
  const { keyId, secret } = (kept && (await enabled(kept, idle))) ?? (await continued(member, idle)) ?? (await made(idle))
  const key = { keyId, secret, spentBefore: await spentBy(secret), budget: '', expiresAt, isOpen: true, headers }
  if (leavings !== now) {
    closing = disable(key)
    throw new Error(LEFT)
  }
  return key
}

async function enabled(key: RunKey, idle: Change) {
  try {
    await changed(key.keyId, { ...idle, disabled: false })
    return key
  } catch (error) {
    // Revoked, or another account's.
    if (error instanceof Refusal && (error.code === 'key_revoked' || error.status === 404)) return undefined
    throw error
  }
}

/** The one that he has, under another secret; nothing if he has none. What other tabs made at the same time is revoked. */
async function continued(member: string, idle: Change) {
  const own = (await found()).filter((key) => isRunKey(key) && key.created_by === member)
  const last = own.pop()
  await Promise.all(own.map((key) => api.DELETE('/keys/{keyId}', { params: { path: { keyId: key.key_id } } })))
  if (!last) return undefined
  await changed(last.key_id, idle).catch(replacedOrThrow)
  const path = { params: { path: { keyId: last.key_id } } }
  return issued(await told(api.POST('/keys/{keyId}/rotation', { ...path, body: { overlap_seconds: 0 } })).catch(replacedOrThrow))
}

async function found() {
  const keys: Schemas['ApiKey'][] = []
  for (let cursor: string | undefined, isMore = true; isMore; isMore = cursor !== undefined) {
    const page = await told(api.GET('/keys', { params: { query: { search: TAG, revoked: false, limit: 1000, cursor } } }))
    keys.push(...page.data)
    cursor = page.next_cursor
  }
  return keys
}

async function made(idle: Change) {
  return issued(await told(api.POST('/keys', { body: { ...idle, label: RUN_LABEL, purpose: 'inference', tags: [TAG] } as never })))
}

function issued(key: Schemas['IssuedApiKey']) {
  return { keyId: key.key_id, secret: key.api_key }
}

function changed(keyId: string, body: Change) {
  return told(api.PATCH('/keys/{keyId}', { params: { path: { keyId } }, body: body as never }))
}

function total(limit_usd: string): NonNullable<Change['budgets']> {
  return [{ window: 'total', limit_usd, warn_only: false }]
}

/** In all, by the ledger's count. */
async function spentBy(secret: string) {
  for (let time = 1; ; time++) {
    const answer = await fetch('/api/v1/key', { headers: { Authorization: `Bearer ${secret}` } })
    if (answer.ok) {
      const { limits } = (await answer.json()) as Schemas['CallingKey']
      return parts(limits.find((limit) => limit.scope === 'key' && limit.window === 'total')?.spent_usd ?? '0')
    }
    if (answer.status >= 500 || time === KNOWN_TIMES) throw await refusalOf(answer)
    await new Promise((resolve) => setTimeout(resolve, KNOWN_MILLIS))
  }
}
