import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { refusalOf, type Schemas } from '../api/client'
import { useLive, type LedgerEvent } from '../api/live'
import { dollars, exact, parts } from '../api/money'
import { request } from '../api/queries'
import { endRunKey, keptRunKey, replacedOrThrow, runKey, RUN_LABEL, USUAL_BUDGET } from '../api/runkey'
import { dataOf } from '../api/sse'
import { at } from '../api/time'
import { useSignedIn } from '../session'
import { Receipt } from './receipt'
import { Problem } from './states'

interface Body { model: string; messages: { role: string; content: string }[] }

/** @property since the newest event of the ledger before it began */
interface Course { keyId: string; since: number; requestId?: string; held?: string; text: string; isOver: boolean; error?: Error }

interface Chunk { choices?: { delta?: { content?: string | null; reasoning_content?: string | null } }[]; usage?: { cost_usd?: string } | null; error?: { message?: string } }

/** Runs what is quoted, for what is held at most: what the model says, and beside it what the ledger does. */
export function Run({ quote, body }: { quote?: Schemas['Quote']; body: Body }) {
  const client = useQueryClient()
  const { events } = useLive()
  const { session } = useSignedIn()
  const id = useId()
  const [budget, setBudget] = useState(keptRunKey()?.budget || USUAL_BUDGET)
  const [spent, setSpent] = useState(0n)
  const [course, setCourse] = useState<Course>()
  const stopping = useRef<AbortController>(null)
  const isRunning = course !== undefined && !course.isOver
  useEffect(() => {
    const end = () => void endRunKey()
    addEventListener('pagehide', end)
    return () => {
      removeEventListener('pagehide', end)
      stopping.current?.abort()
      void endRunKey().then(() => client.invalidateQueries({ queryKey: ['keys'] }))
    }
  }, [client])

  const run = async (quote: Schemas['Quote']) => {
    const stop = new AbortController()
    stopping.current = stop
    const since = events[0]?.sequence ?? 0
    setCourse({ keyId: '', since, text: '', isOver: false })
    const more = (change: (before: Course) => Partial<Course>) => setCourse((before) => before && { ...before, ...change(before) })
    try {
      const key = await runKey(budget, session.person_id ?? '')
      more(() => ({ keyId: key.keyId }))
      const answer = await fetch('/v1/chat/completions', {
        method: 'POST', signal: stop.signal,
        headers: { Authorization: `Bearer ${key.secret}`, 'Content-Type': 'application/json', 'X-Quote-Id': quote.quote_id },
        body: JSON.stringify({ ...body, max_tokens: quote.max_completion_tokens, stream: true, stream_options: { include_usage: true } }),
      })
      if (!answer.ok || !answer.body) return replacedOrThrow(await refusalOf(answer))
      more(() => ({ requestId: answer.headers.get('x-request-id') ?? undefined, held: answer.headers.get('x-credit-held-usd') ?? undefined }))
      for await (const data of dataOf(answer.body)) {
        if (data === '[DONE]') break
        const chunk = JSON.parse(data) as Chunk
        if (chunk.error) throw new Error(chunk.error.message)
        const said = (chunk.choices ?? []).map((choice) => (choice.delta?.reasoning_content ?? '') + (choice.delta?.content ?? '')).join('')
        if (said) more((before) => ({ text: before.text + said }))
        const cost = chunk.usage?.cost_usd
        if (cost) setSpent((before) => before + parts(cost))
      }
      more(() => ({ isOver: true }))
    } catch (error) {
      more(() => ({ isOver: true, error: stop.signal.aborted ? undefined : (error as Error) }))
    }
    // A quote is run once: the next run needs another.
    await client.invalidateQueries({ queryKey: ['quote'] })
  }

  return (
    <section className="panel" aria-labelledby={`${id}run`}>
      <header><h2 id={`${id}run`}>Run it</h2><span className="asof">{quote ? `${dollars(quote.hold_usd)} is held, and no more can be charged` : 'once there is a quote'}</span></header>
      <div className="row">
        <div className="field"><label htmlFor={`${id}budget`}>Budget of this tab, in US dollars</label>
          <input id={`${id}budget`} inputMode="decimal" pattern="[0-9]{1,10}(\.[0-9]{1,12})?" title="An amount such as 0.10" value={budget} disabled={isRunning} onChange={(event) => setBudget(event.target.value)} /></div>
        <div className="field"><span className="actions">
          <button className="primary" disabled={isRunning || !quote || !/^\d{1,10}(\.\d{1,12})?$/.test(budget)} onClick={() => quote && void run(quote)}>Run</button>
          {isRunning && <button onClick={() => stopping.current?.abort()}>Stop</button>}
          <span className="hint" role="status">{isRunning ? 'It runs…' : `${exact(spent)} of it spent`}</span></span></div>
      </div>
      <p className="hint">What is run is spent with an API key. You have one for this page, “{RUN_LABEL}”: its secret is in the memory of this tab alone, it may spend this budget, is disabled when you leave, and over within the hour.</p>
      {course && (
        <div className="two">
          <section aria-label="What the model says">
            <h3>The answer</h3>
            <pre tabIndex={0} className="said" data-said>{course.text || (course.isOver ? '' : '…')}</pre>
            {course.error && <Problem error={course.error} />}
          </section>
          <section aria-label="What the ledger does" aria-live="polite"><h3>The ledger</h3><Ledger of={course} events={events} /></section>
        </div>
      )}
    </section>
  )
}

/** Hold, charge and refund: as the events say it, or, where none come, as the request does once it has ended. */
function Ledger({ of, events }: { of: Course; events: LedgerEvent[] }) {
  const hold = events.find((event) => event.type === 'hold' && event.key_id === of.keyId && event.sequence > of.since)
  const end = hold && events.find((event) => event.request_id === hold.request_id && (event.type === 'charge' || event.type === 'release'))
  const id = hold?.request_id ?? of.requestId
  const story = useQuery({ ...request(id ?? ''), enabled: of.isOver && id !== undefined && !end, retry: 5, retryDelay: 500 })
  const known = story.data
  const charged = end ? (end.type === 'charge' ? end.amount_usd : '0.00') : known?.charged_usd
  const refunded = end ? (end.type === 'charge' ? end.refunded_usd : end.amount_usd) : known?.refunded_usd
  const ended = end?.sequence ?? known?.ended_sequence ?? undefined
  return (
    <>
      <ol className="story" data-ledger>
        <Step name="Held" amount={hold?.amount_usd ?? known?.held_usd ?? of.held} at={hold?.at ?? known?.started_at} sequence={hold?.sequence ?? known?.held_sequence} />
        <Step name="Charged" amount={ended === undefined ? undefined : charged} at={end?.at ?? known?.ended_at} sequence={ended}>{end?.type === 'charge' ? `${end.prompt_tokens} + ${end.completion_tokens} tokens` : (end?.rule ?? known?.rule ?? '').toLowerCase().replaceAll('_', ' ')}</Step>
        <Step name="Refunded" amount={ended === undefined ? undefined : refunded} at={end?.at ?? known?.ended_at} sequence={ended} />
      </ol>
      {id && ended !== undefined && <><p><Link to="/requests/$requestId" params={{ requestId: id }}>The whole request</Link></p><Receipt requestId={id} /></>}
    </>
  )
}

function Step({ name, amount, at: when, sequence, children }: { name: string; amount?: string | null; at?: string | null; sequence?: number; children?: ReactNode }) {
  if (amount == null) return <li className="open"><h4>{name}</h4><p className="quiet">Not yet.</p></li>
  return <li><h4>{name}</h4><p>{dollars(amount)} {children && <span className="hint">{children}</span>}</p><p className="hint">{sequence === undefined ? 'as the answer says' : `${at(when)}, event ${sequence} of the shard`}</p></li>
}
