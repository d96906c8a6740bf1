import createClient from 'openapi-fetch'
import { refusalOf, type Schemas } from '../dashboard/api/client'
import type { paths } from '../dashboard/api/schema'

/** Of the operator who is signed in; set before any page is shown, and gone with it. */
let csrfToken = ''

export function speakWith(token: string) {
  csrfToken = token
}

/** The operators' routes, as the operator who is signed in: by the cookie alone none of them answers. */
export const api = createClient<paths>({ baseUrl: '/api/v1' })

api.use({
  onRequest({ request }) {
    if (csrfToken) request.headers.set('X-CSRF-Token', csrfToken)
    return request
  },
  async onResponse({ response }) {
    if (response.ok) return response
    throw await refusalOf(response)
  },
})

/** Why something is done, where its body has no place for that; a header takes no letters but English ones as they are. */
export function because(reason: string): Record<string, string> {
  return reason ? { 'X-Audit-Reason': `UTF-8''${encodeURIComponent(reason)}` } : {}
}

export type Role = Schemas['CallingOperator']['roles'][number]
