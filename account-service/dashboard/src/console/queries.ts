import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { told, type Schemas } from '../dashboard/api/client'
import { api } from './api'

const LINES = 50

type Of = { account: string }
const at = (account: string) => ({ params: { path: { account } satisfies Of } })

export const accounts = (search?: string, cursor?: string) => queryOptions({
  queryKey: ['accounts', search ?? '', cursor ?? ''],
  queryFn: () => told(api.GET('/operator/accounts', { params: { query: { limit: LINES, search, cursor } } })),
  placeholderData: keepPreviousData,
})
export const accountsPath = (search?: string, cursor?: string) => `/operator/accounts?${query({ limit: LINES, search, cursor })}`

export const balance = (account: string) => queryOptions({ queryKey: ['account', account, 'balance'], queryFn: () => told(api.GET('/operator/accounts/{account}', at(account))) })
export const profile = (account: string) => queryOptions({ queryKey: ['account', account, 'profile'], queryFn: () => told(api.GET('/operator/accounts/{account}/profile', at(account))) })
export const limits = (account: string) => queryOptions({ queryKey: ['account', account, 'limits'], queryFn: () => told(api.GET('/operator/accounts/{account}/limits', at(account))) })
export const members = (account: string) => queryOptions({ queryKey: ['account', account, 'members'], queryFn: () => told(api.GET('/operator/accounts/{account}/members', { params: { path: { account }, query: { limit: 1000 } } })) })
export const invitations = (account: string) => queryOptions({ queryKey: ['account', account, 'invitations'], queryFn: () => told(api.GET('/operator/accounts/{account}/invitations', { params: { path: { account }, query: { limit: 1000 } } })) })
export const keys = (account: string) => queryOptions({ queryKey: ['account', account, 'keys'], queryFn: () => told(api.GET('/operator/accounts/{account}/keys', { params: { path: { account }, query: { limit: 1000 } } })) })
export const parkedRecords = (account: string) => queryOptions({ queryKey: ['account', account, 'parked'], queryFn: () => told(api.GET('/operator/accounts/{account}/parked', at(account))) })

export const statement = (account: string, cursor?: string) => queryOptions({
  queryKey: ['account', account, 'statement', cursor ?? ''],
  queryFn: () => told(api.GET('/operator/accounts/{account}/statement', { params: { path: { account }, query: { limit: LINES, cursor } } })),
  placeholderData: keepPreviousData,
})
export const statementPath = (account: string, cursor?: string) => `/operator/accounts/${account}/statement?${query({ limit: LINES, cursor })}`

export type OrderState = 'pending' | 'approved' | 'executed' | 'refused' | 'rejected' | 'expired'

export const orders = (status?: OrderState, cursor?: string) => queryOptions({
  queryKey: ['orders', status ?? '', cursor ?? ''],
  queryFn: () => told(api.GET('/operator/orders', { params: { query: { limit: LINES, status, cursor } } })),
  placeholderData: keepPreviousData,
})
export const ordersPath = (status?: OrderState, cursor?: string) => `/operator/orders?${query({ limit: LINES, status, cursor })}`

export const routes = queryOptions({ queryKey: ['routes'], queryFn: () => told(api.GET('/operator/routes')) })
export const route = (model: string) => queryOptions({ queryKey: ['routes', model], queryFn: () => told(api.GET('/operator/routes/{model}', { params: { path: { model } } })) })
export const margins = queryOptions({ queryKey: ['margins'], queryFn: () => told(api.GET('/operator/margins')) })
export const parked = queryOptions({ queryKey: ['parked'], queryFn: () => told(api.GET('/operator/parked')) })
export type DepositState = Schemas['DepositState']

export const chains = queryOptions({ queryKey: ['chains'], queryFn: () => told(api.GET('/operator/chains')) })
export const tokenStops = queryOptions({ queryKey: ['token-stops'], queryFn: () => told(api.GET('/operator/token-stops')) })
export const deposits = (state?: DepositState, account?: string, cursor?: string) => queryOptions({
  queryKey: ['deposits', state ?? '', account ?? '', cursor ?? ''],
  queryFn: () => told(api.GET('/operator/deposits', { params: { query: { limit: LINES, state, account, cursor } } })),
  placeholderData: keepPreviousData,
})
export const depositsPath = (state?: DepositState, account?: string, cursor?: string) => `/operator/deposits?${query({ limit: LINES, state, account, cursor })}`

export const upstreams = queryOptions({ queryKey: ['upstreams'], queryFn: () => told(api.GET('/operator/upstreams')) })
export const operators = queryOptions({ queryKey: ['operators'], queryFn: () => told(api.GET('/operator/operators', { params: { query: { limit: 1000 } } })) })

export const trail = (account?: string, cursor?: string) => queryOptions({
  queryKey: ['trail', account ?? '', cursor ?? ''],
  queryFn: () => told(api.GET('/operator/audit-trail', { params: { query: { limit: LINES, account, cursor } } })),
  placeholderData: keepPreviousData,
})
export const trailPath = (account?: string, cursor?: string) => `/operator/audit-trail?${query({ limit: LINES, account, cursor })}`

/** As the request that is shown has it. */
function query(parameters: Record<string, string | number | undefined>) {
  return Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`])).join('&')
}
