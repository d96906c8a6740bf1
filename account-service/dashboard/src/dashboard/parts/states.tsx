import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Refusal } from '../api/client'

export function Loading() {
  return <p className="loading" role="status">Loading…</p>
}

/** What went wrong, in the API's own words, and what to do about it. */
export function Problem({ error, retry }: { error: Error; retry?: () => unknown }) {
  const refusal = error instanceof Refusal ? error : undefined
  if (refusal?.status === 401) {
    return <div className="wrong" role="alert"><p>You are signed out. <a href={location.pathname.startsWith('/operator') ? '/operator' : '/sign-in'}>Sign in again</a></p></div>
  }
  return (
    <div className="wrong" role="alert">
      <p>{error.message}</p>
      {refusal?.code === 'insufficient_credits' && <p><a href="/dashboard/top-up">Add credit</a></p>}
      {retry && (!refusal || refusal.status >= 429) && <p><button onClick={() => retry()}>Try again</button></p>}
    </div>
  )
}

/** Three of a query's states; the fourth, with data, is the caller's. */
export function Shown<T>({ of, children }: { of: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  if (of.data !== undefined) return <>{children(of.data)}</>
  if (of.isError) return <Problem error={of.error} retry={of.refetch} />
  return <Loading />
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return <div className="empty"><strong>{title}</strong>{children}</div>
}
