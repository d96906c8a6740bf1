// The account's events as they come (GET /events): who shows something that they change asks for it anew, and asks every few seconds
// only while there is no stream.
import { useSyncExternalStore } from 'react'
import { asPage, type Schemas } from './client'
import { dataOf } from './sse'

export type LedgerEvent = Schemas['LiveLedgerEvent']
type Told = LedgerEvent | Schemas['LiveReady'] | Schemas['LiveResync']

const SILENT_MILLIS = 20_000
const FIRST_WAIT_MILLIS = 1_000
const LONGEST_WAIT_MILLIS = 30_000
const KEPT = 200

export interface Live {
  /** Whether events come: what is shown is asked for when they say so. */
  on: boolean
  /** Holds that have not ended, as far as the events tell, the newest first. */
  flight: LedgerEvent[]
  /** The newest events, the newest first. */
  events: LedgerEvent[]
}

const NOTHING: Live = { on: false, flight: [], events: [] }
let live = NOTHING
const listeners = new Set<() => void>()

function change(to: Partial<Live>) {
  live = { ...live, ...to }
  listeners.forEach((listener) => listener())
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => { listeners.delete(listener) }
}

export function useLive() {
  return useSyncExternalStore(subscribe, () => live)
}

/** Until then what has been asked for lasts: for ever while events come, or for so long. */
export function until(millis: number) {
  return () => (live.on ? false : millis)
}

/** That things are other than they were shown: up to which event of the shard, and whether what is being asked for may be from before. */
type Changed = (sequence: number, isNews: boolean) => void

/** Follows the account until it is told not to. */
export function follow(changed: Changed) {
  const end = new AbortController()
  change(NOTHING)
  void keepFollowing(changed, end.signal)
  return () => { end.abort(); change(NOTHING) }
}

async function keepFollowing(changed: Changed, end: AbortSignal) {
  let last: string | undefined
  let wait = FIRST_WAIT_MILLIS
  const take = (told: Told) => {
    last = String(told.sequence)
    wait = FIRST_WAIT_MILLIS
    if (told.object === 'ledger_event') change(after(told))
    else change(told.object === 'resync' ? { on: true, flight: [] } : { on: true })
    changed(told.sequence, told.object !== 'ready')
  }
  while (!end.aborted) {
    // What nobody looks at is not followed: a browser has few connections to one server.
    await visible(end)
    const isOver = await followOnce(last, take, end).catch(() => false)
    if (end.aborted || isOver) break
    // From now on everything is asked for again.
    change({ on: false })
    changed(0, false)
    await new Promise((resolve) => setTimeout(resolve, wait))
    wait = Math.min(wait * 2, LONGEST_WAIT_MILLIS)
  }
}

function after(event: LedgerEvent): Partial<Live> {
  const others = live.flight.filter((one) => one.request_id !== event.request_id)
  return { flight: event.type === 'hold' ? [event, ...others].slice(0, KEPT) : others, events: [event, ...live.events].slice(0, KEPT) }
}

async function visible(end: AbortSignal) {
  while (document.hidden && !end.aborted) {
    await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true }))
  }
}

/** One connection, until it ends. True if there is no point in another: nobody is signed in any more. */
async function followOnce(last: string | undefined, take: (told: Told) => void, end: AbortSignal) {
  const over = new AbortController()
  const stop = () => over.abort()
  const hide = () => { if (document.hidden) stop() }
  let silence = setTimeout(stop, SILENT_MILLIS)
  end.addEventListener('abort', stop)
  document.addEventListener('visibilitychange', hide)
  try {
    const answer = await fetch('/api/v1/events', { headers: { ...asPage(), ...(last && { 'Last-Event-ID': last }) }, signal: over.signal })
    if (!answer.ok || !answer.body) return answer.status === 401
    const alive = () => { clearTimeout(silence); silence = setTimeout(stop, SILENT_MILLIS) }
    for await (const data of dataOf(answer.body, alive)) take(JSON.parse(data) as Told)
    return false
  } finally {
    clearTimeout(silence)
    end.removeEventListener('abort', stop)
    document.removeEventListener('visibilitychange', hide)
    over.abort()
  }
}
