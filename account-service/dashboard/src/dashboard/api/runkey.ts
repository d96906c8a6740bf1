// A session calls no models: what a page spends, it spends with a key. This one is made for the tab that runs something, is kept in
// its memory alone, may spend little, and is over when the tab is left, or after an hour.
import { api, asLeavingPage, told, type Schemas } from './client'

export const RUN_LABEL = 'Try & quote'
export const USUAL_BUDGET = '0.10'
const TAG = 'try-and-quote'
const LASTS_MILLIS = 55 * 60_000
const OVER_BEFORE_MILLIS = 60_000

export interface RunKey { keyId: string; secret: string; budget: string; expiresAt: number }

let kept: RunKey | undefined

/** Whether it was made for a tab, by this page. */
export function isRunKey(key: Schemas['ApiKey']) {
  return key.label === RUN_LABEL && (key.tags ?? []).includes(TAG)
}

/** The tab's key, made where there is none; with that budget from now on. */
export async function runKey(budget: string): Promise<RunKey> {
  if (kept && kept.expiresAt - Date.now() < OVER_BEFORE_MILLIS) void endRunKey()
  const budgets = [{ window: 'total' as const, limit_usd: budget, warn_only: false }]
  if (!kept) {
    const expiresAt = Date.now() + LASTS_MILLIS
    const issued = await told(api.POST('/keys', {
      body: { label: RUN_LABEL, purpose: 'inference', expires_at: new Date(expiresAt).toISOString(), tags: [TAG], budgets } as never,
    }))
    kept = { keyId: issued.key_id, secret: issued.api_key, budget, expiresAt }
  } else if (kept.budget !== budget) {
    await told(api.PATCH('/keys/{keyId}', { params: { path: { keyId: kept.keyId } }, body: { budgets } as never }))
    kept = { ...kept, budget }
  }
  return kept
}

export function keptRunKey() {
  return kept
}

/** Revokes it, also while the page is being left. Where that does not get through it is over within the hour. */
export async function endRunKey() {
  const over = kept
  kept = undefined
  if (over) await fetch(`/api/v1/keys/${over.keyId}`, { method: 'DELETE', keepalive: true, headers: asLeavingPage() }).catch(() => {})
}
