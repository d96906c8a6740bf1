import { keepPreviousData, queryOptions, type Query, type QueryClient } from '@tanstack/react-query'
import { api, told, type Schemas } from './client'
import { until } from './live'
import { day, dayAfter, zone } from './time'

const LIVE = 5_000

/** What the ledger's events change: the first part of the keys of these. */
const CREDIT = ['credits', 'grants', 'statement']
const USED = ['requests', 'request', 'activity']

/** How long the read model may be behind an event, and how often it is asked whether it still is. */
const BEHIND_TIMES = 20
const BEHIND_MILLIS = 150

/**
 * Asks anew for whatever is shown and another event has changed. The ledger answers for itself; what was used is read from
 * its events, and asked for until it has this one.
 */
export async function askAnew(client: QueryClient, sequence: number, isNews: boolean) {
  const among = (names: string[]) => ({ predicate: (query: Query) => names.includes(String(query.queryKey[0])) })
  void client.invalidateQueries(among(CREDIT), { cancelRefetch: isNews })
  for (let time = 0; time < BEHIND_TIMES; time++) {
    await client.invalidateQueries(among(USED), { cancelRefetch: isNews })
    const isBehind = client.getQueryCache().findAll({ ...among(USED), type: 'active' })
      .some((query) => asOf(query.state.data) < sequence)
    if (!isBehind) return
    await new Promise((resolve) => setTimeout(resolve, BEHIND_MILLIS))
  }
}

function asOf(data: unknown) {
  const { as_of: of } = (data ?? {}) as { as_of?: { sequence?: number } }
  return of?.sequence ?? Infinity
}

export const credits = queryOptions({
  queryKey: ['credits'], queryFn: () => told(api.GET('/credits')), refetchInterval: until(LIVE),
})

/** As a developer sees it, who is not told what others do. */
export const creditsOfAll = { ...credits, refetchInterval: LIVE }

export const grants = queryOptions({
  queryKey: ['grants'], queryFn: () => told(api.GET('/credits/grants')), refetchInterval: until(LIVE),
})

export const depositAddresses = queryOptions({
  queryKey: ['deposit-addresses'], queryFn: () => told(api.GET('/deposit-addresses')), staleTime: 60_000,
})

/** Whether more becomes of it by itself. */
export function isOpen(deposit: Schemas['Deposit']) {
  return ['seen', 'confirming', 'final'].includes(deposit.state)
}

/** No event tells of what has not reached the ledger: asked for every second while something is under way, or is awaited. */
export const deposits = (cursor?: string, awaited?: string) => queryOptions({
  queryKey: ['deposits', cursor ?? ''],
  queryFn: () => told(api.GET('/deposits', { params: { query: { limit: 20, cursor } } })),
  refetchInterval: (query) => {
    const shown = query.state.data?.data ?? []
    return shown.some(isOpen) || (awaited && !shown.some((deposit) => deposit.transaction_hash === awaited)) ? 1_000 : LIVE
  },
  placeholderData: keepPreviousData,
})

/** @param revoked false for those that are not revoked alone */
export const keys = (cursor?: string, revoked?: false) => queryOptions({
  queryKey: ['keys', cursor ?? '', revoked], queryFn: () => told(api.GET('/keys', { params: { query: { limit: 100, cursor, revoked } } })),
})

export const key = (keyId: string) => queryOptions({
  queryKey: ['key', keyId], queryFn: () => told(api.GET('/keys/{keyId}', { params: { path: { keyId } } })),
})

export const members = queryOptions({
  queryKey: ['members'], queryFn: () => told(api.GET('/members', { params: { query: { limit: 1000 } } })),
})

export const memberLimits = (member: string) => queryOptions({
  queryKey: ['member-limits', member], queryFn: () => told(api.GET('/members/{member}/limits', { params: { path: { member } } })),
})

export const invitations = queryOptions({
  queryKey: ['invitations'], queryFn: () => told(api.GET('/invitations', { params: { query: { limit: 1000 } } })),
})

export const alerts = queryOptions({ queryKey: ['alerts'], queryFn: () => told(api.GET('/alerts')) })

export const webhooks = queryOptions({ queryKey: ['webhooks'], queryFn: () => told(api.GET('/webhooks')) })

export const deliveries = (webhookId: string) => queryOptions({
  queryKey: ['webhooks', webhookId],
  queryFn: () => told(api.GET('/webhooks/{webhookId}/deliveries', { params: { path: { webhookId } } })),
  refetchInterval: LIVE,
})

export const models = queryOptions({
  queryKey: ['models'], queryFn: async () => (await told(api.GET('/models'))).data.map((model) => model.id),
  staleTime: 300_000,
})

export const pricing = queryOptions({
  queryKey: ['pricing'], queryFn: () => told(api.GET('/pricing')), staleTime: 60_000,
})

/** What a request would cost. The body is any protocol's: which fields it has, the protocol says. */
export const quoted = (body: { model: string }) => queryOptions({
  queryKey: ['quote', body], queryFn: () => told(api.POST('/quote', { body: body as never })), staleTime: 60_000,
})

export interface RequestFilter { model?: string; key?: string; member?: string; tag?: string; rule?: string; from?: string; to?: string; q?: string; cursor?: string }

export const requests = (filter: RequestFilter, limit = 50) => queryOptions({
  queryKey: ['requests', filter, limit],
  queryFn: () => told(api.GET('/requests', { params: { query: { limit, zone, ...filter } } })),
  refetchInterval: filter.cursor ? false : until(LIVE),
  placeholderData: keepPreviousData,
})

export const request = (requestId: string) => queryOptions({
  queryKey: ['request', requestId],
  queryFn: () => told(api.GET('/requests/{requestId}', { params: { path: { requestId } } })),
  refetchInterval: (query) => (query.state.data?.status === 'held' ? until(2_000)() : false),
})

export const receipt = (requestId: string) => queryOptions({
  queryKey: ['receipt', requestId],
  queryFn: () => told(api.GET('/requests/{requestId}/receipt', { params: { path: { requestId } } })),
  // It is made a minute after the request has ended.
  retry: false, staleTime: Infinity,
})

export const checkpointKeys = queryOptions({
  queryKey: ['checkpoint-keys'], queryFn: () => told(api.GET('/ledger/keys')), staleTime: Infinity,
})

export const statement = (cursor?: string) => queryOptions({
  queryKey: ['statement', cursor ?? ''],
  queryFn: () => told(api.GET('/ledger', { params: { query: { limit: 50, cursor } } })),
  refetchInterval: cursor ? false : until(LIVE),
  placeholderData: keepPreviousData,
})

/** The last so many days, today included, of the reader's zone. */
export function lastDays(days: number) {
  const today = day(new Date())
  return { from: dayAfter(today, 1 - days), to: dayAfter(today, 1) }
}

export const activity = (groupBy: string, range: { from: string; to: string }) => queryOptions({
  queryKey: ['activity', groupBy, range],
  queryFn: () => told(api.GET('/activity', { params: { query: { group_by: groupBy, zone, ...range } } })),
  refetchInterval: until(LIVE),
})
