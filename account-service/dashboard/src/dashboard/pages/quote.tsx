import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useId, useState } from 'react'
import { api, told, type Schemas } from '../api/client'
import { dollars } from '../api/money'
import { models } from '../api/queries'
import { at } from '../api/time'
import { Copy, Source } from '../parts/source'
import { Empty, Shown } from '../parts/states'
import { mayHaveKeys, useSignedIn } from '../session'

const TYPING_MILLIS = 350
const MAX_CHARS = 200_000

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
    queryKey: ['quote', body],
    // The body is any protocol's: which fields it has, the protocol says.
    queryFn: () => told(api.POST('/quote', { body: body as never })),
    enabled: mayHaveKeys(account.role) && asked.model !== '' && asked.prompt.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  const set = (change: Partial<Asked>) => setTyped((before) => ({ ...before, ...change }))
  if (!mayHaveKeys(account.role)) {
    return <><h1>Quote</h1><p className="quiet">Owners, admins and developers have requests quoted; you are here as {account.role}.</p></>
  }
  return (
    <>
      <h1>Quote</h1>
      <div className="two">
        <form className="panel" onSubmit={(event) => event.preventDefault()} aria-label="The request">
          <div className="field"><label htmlFor={`${id}m`}>Model</label><select id={`${id}m`} value={asked.model} onChange={(event) => set({ model: event.target.value })}>{sold.data?.map((model) => <option key={model}>{model}</option>)}</select></div>
          <div className="field"><label htmlFor={`${id}p`}>Prompt</label><textarea id={`${id}p`} rows={8} maxLength={MAX_CHARS} value={typed.prompt} onChange={(event) => set({ prompt: event.target.value })} /></div>
          <div className="row">
            <div className="field"><label htmlFor={`${id}e`}>Tokens expected back <span className="hint">(empty: as learned)</span></label><input id={`${id}e`} type="number" min="1" value={typed.expected} onChange={(event) => set({ expected: event.target.value })} /></div>
            <div className="field"><label htmlFor={`${id}l`}>Tokens at most <span className="hint">(empty: the model’s)</span></label><input id={`${id}l`} type="number" min="1" value={typed.limit} onChange={(event) => set({ limit: event.target.value })} /></div>
          </div>
          <p className="hint">Nothing is sent to a model, held or charged.</p>
        </form>
        <section className="panel" aria-label="The quote" aria-live="polite">
          {asked.prompt.trim() === '' ? <Empty title="Type a prompt"><p>What it would cost is shown as you type.</p></Empty>
            : <Shown of={answer}>{(quote) => <Quote of={quote} body={body} />}</Shown>}
        </section>
      </div>
    </>
  )
}

function Quote({ of, body }: { of: Schemas['Quote']; body: object }) {
  const run = JSON.stringify({ ...body, expectedCompletionTokens: undefined }).replaceAll("'", "'\\''")
  const command = `curl -s ${location.origin}/v1/chat/completions -H "Authorization: Bearer $KEY" \\\n  -d '${run}'`
  const alternative = of.cheapest_alternative
  return (
    <>
      <dl className="figures">
        <div className="figure"><dt>Expected</dt><dd>{dollars(of.expected_cost_usd)}</dd></div>
        <div className="figure"><dt>At most, and held</dt><dd>{dollars(of.hold_usd)}</dd></div>
      </dl>
      <p>{of.prompt_tokens} prompt tokens; {of.expected_completion_tokens} completion tokens expected ({expectedBy(of.expected_from)}), at most {of.max_completion_tokens}.</p>
      <p className="hint">Price version {of.price.price_version}{of.price.window ? `, ${of.price.window}` : ''}: {dollars(of.price.input_usd_per_million)} input, {dollars(of.price.output_usd_per_million)} output a million. The quote is good until {at(of.expires_at)}.</p>
      {alternative && <p>{alternative.model} is expected to take {dollars(alternative.expected_cost_usd)}.</p>}
      <h2>Run it</h2>
      <pre tabIndex={0}>{command}</pre>
      <p className="actions"><Copy text={command} /><Source path="/quote" data={of} body={body} /></p>
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
