import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useId, useState } from 'react'
import type { Schemas } from '../api/client'
import { dollars } from '../api/money'
import { models, quoted } from '../api/queries'
import { at } from '../api/time'
import { Comparison } from '../parts/comparison'
import { Run } from '../parts/run'
import { Snippets } from '../parts/snippets'
import { Source } from '../parts/source'
import { Empty, Shown } from '../parts/states'
import { mayHaveKeys, useSignedIn } from '../session'

const TYPING_MILLIS = 350
const MAX_CHARS = 200_000
/** A quote is good for five minutes. */
const RENEWED_EVERY_MILLIS = 120_000

type Body = ReturnType<typeof bodyOf>

interface Asked { model: string; prompt: string; expected: string; limit: string }

/** What a request would cost, as it is typed: the very quote that a program would be given, of which nothing is held. */
export function QuotePage() {
  const { account } = useSignedIn()
  const id = useId()
  const sold = useQuery(models)
  const [typed, setTyped] = useState<Asked>({ model: '', prompt: '', expected: '', limit: '' })
  const asked = useRested({ ...typed, model: typed.model || (sold.data?.[0] ?? '') })
  const body = bodyOf(asked)
  const answer = useQuery({
    ...quoted(body),
    enabled: mayHaveKeys(account.role) && asked.model !== '' && asked.prompt.trim() !== '',
    placeholderData: keepPreviousData,
    refetchInterval: RENEWED_EVERY_MILLIS,
  })
  const isAsked = asked.prompt.trim() !== ''
  const set = (change: Partial<Asked>) => setTyped((before) => ({ ...before, ...change }))
  if (!mayHaveKeys(account.role)) {
    return <><h1>Try &amp; quote</h1><p className="quiet">Owners, admins and developers have requests quoted and run, since they may have keys; you are here as {account.role}.</p></>
  }
  return (
    <>
      <h1>Try &amp; quote</h1>
      <div className="two">
        <form className="panel" onSubmit={(event) => event.preventDefault()} aria-label="The request">
          <div className="field"><label htmlFor={`${id}m`}>Model</label><select id={`${id}m`} value={asked.model} onChange={(event) => set({ model: event.target.value })}>{sold.data?.map((model) => <option key={model}>{model}</option>)}</select></div>
          <div className="field"><label htmlFor={`${id}p`}>Prompt</label><textarea id={`${id}p`} rows={8} maxLength={MAX_CHARS} value={typed.prompt} onChange={(event) => set({ prompt: event.target.value })} /></div>
          <div className="row">
            <div className="field"><label htmlFor={`${id}e`}>Tokens expected back <span className="hint">(empty: as learned)</span></label><input id={`${id}e`} type="number" min="1" value={typed.expected} onChange={(event) => set({ expected: event.target.value })} /></div>
            <div className="field"><label htmlFor={`${id}l`}>Tokens at most <span className="hint">(empty: the model’s)</span></label><input id={`${id}l`} type="number" min="1" value={typed.limit} onChange={(event) => set({ limit: event.target.value })} /></div>
          </div>
          <p className="hint">While you type nothing is sent to a model, held or charged.</p>
        </form>
        <section className="panel" aria-label="The quote" aria-live="polite">
          {!isAsked ? <Empty title="Type a prompt"><p>What it would cost is shown as you type.</p></Empty>
            : <Shown of={answer}>{(quote) => <Quote of={quote} body={body} models={sold.data ?? []} />}</Shown>}
        </section>
      </div>
      {/* What runs is the request that is quoted: not one that is still being typed. */}
      <Run quote={isAsked && !answer.isPlaceholderData && !answer.isFetching ? answer.data : undefined} body={{ model: body.model, messages: body.messages }} />
      {isAsked && <section className="panel" aria-label="By a program"><Snippets of={{ model: asked.model, prompt: asked.prompt, limit: asked.limit ? Number(asked.limit) : undefined }} /></section>}
    </>
  )
}

function Quote({ of, body, models }: { of: Schemas['Quote']; body: Body; models: string[] }) {
  return (
    <>
      <dl className="figures">
        <div className="figure"><dt>Expected</dt><dd>{dollars(of.expected_cost_usd)}</dd></div>
        <div className="figure"><dt>At most, and held</dt><dd>{dollars(of.hold_usd)}</dd></div>
      </dl>
      <p>{of.prompt_tokens} prompt tokens; {of.expected_completion_tokens} completion tokens expected ({expectedBy(of.expected_from)}), at most {of.max_completion_tokens}.</p>
      <p className="hint">Price version {of.price.price_version}{of.price.window ? `, ${of.price.window}` : ''}: {dollars(of.price.input_usd_per_million)} input, {dollars(of.price.cached_input_usd_per_million)} cached, {dollars(of.price.output_usd_per_million)} output a million. The quote is good until {at(of.expires_at)}. <Source path="/quote" data={of} body={body} /></p>
      {models.length > 1 && <Comparison body={body} models={models} />}
    </>
  )
}

function expectedBy(from: string | undefined) {
  return from === 'request' ? 'as you say' : from === 'limit' ? 'the limit, since nothing is known of its answers yet' : 'as answers were so far'
}

function bodyOf(asked: Asked) {
  return {
    model: asked.model,
    messages: [{ role: 'user', content: asked.prompt }],
    ...(asked.limit && { max_tokens: Number(asked.limit) }),
    ...(asked.expected && { expectedCompletionTokens: Number(asked.expected) }),
  }
}

/** What was typed once typing has rested. */
function useRested(typed: Asked): Asked {
  const [rested, setRested] = useState(typed)
  const text = JSON.stringify(typed)
  useEffect(() => {
    const timer = setTimeout(() => setRested(JSON.parse(text) as Asked), TYPING_MILLIS)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}
