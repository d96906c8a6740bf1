import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, told } from './client'
import { day, dayAfter, zone } from './time'

const LIVE = 5_000

export const credits = queryOptions({
  queryKey: ['credits'], queryFn: () => told(api.GET('/credits')), refetchInterval: LIVE,
})

export const grants = queryOptions({
  queryKey: ['grants'], queryFn: () => told(api.GET('/credits/grants')), refetchInterval: LIVE,
})

export const keys = (cursor?: string) => queryOptions({
  queryKey: ['keys', cursor ?? ''], queryFn: () => told(api.GET('/keys', { params: { query: { limit: 100, cursor } } })),
})

export const key = (keyId: string) => queryOptions({
  queryKey: ['key', keyId], queryFn: () => told(api.GET('/keys/{keyId}', { params: { path: { keyId } } })),
})

export const members = queryOptions({
  queryKey: ['members'], queryFn: () => told(api.GET('/members', { params: { query: { limit: 1000 } } })),
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

export interface RequestFilter { model?: string; key?: string; rule?: string; from?: string; to?: string; q?: string; cursor?: string }

export const requests = (filter: RequestFilter, limit = 50) => queryOptions({
  queryKey: ['requests', filter, limit],
  queryFn: () => told(api.GET('/requests', { params: { query: { limit, zone, ...filter } } })),
  refetchInterval: filter.cursor ? false : LIVE,
  placeholderData: keepPreviousData,
})

export const request = (requestId: string) => queryOptions({
  queryKey: ['request', requestId],
  queryFn: () => told(api.GET('/requests/{requestId}', { params: { path: { requestId } } })),
  refetchInterval: (query) => (query.state.data?.status === 'held' ? 2_000 : false),
})

export const receipt = (requestId: string) => queryOptions({
  queryKey: ['receipt', requestId],
  queryFn: () => told(api.GET('/requests/{requestId}/receipt', { params: { path: { requestId } }, parseAs: 'json' }) as Promise<{ data?: unknown }>),
})

export const statement = (cursor?: string) => queryOptions({
  queryKey: ['statement', cursor ?? ''],
  queryFn: () => told(api.GET('/ledger', { params: { query: { limit: 50, cursor } } })),
  refetchInterval: cursor ? false : LIVE,
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
  refetchInterval: LIVE,
})
