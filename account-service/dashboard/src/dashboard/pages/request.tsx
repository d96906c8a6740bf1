import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Schemas } from '../api/client'
import { dollars } from '../api/money'
import { request } from '../api/queries'
import { at } from '../api/time'
import { Receipt } from '../parts/receipt'
import { Outcome } from '../parts/requesttable'
import { Paper } from '../parts/papers'
import { AsOf, ofShard } from '../parts/source'
import { Shown } from '../parts/states'

/** One request's story, from its quote to its refund, with the ledger's number of each step. */
export function RequestPage() {
  const { requestId } = useParams({ from: '/requests/$requestId' })
  const answer = useQuery(request(requestId))
  return (
    <>
      <p><Link to="/requests">Requests</Link></p>
      <h1>Request</h1>
      <p className="code">{requestId}</p>
      <Shown of={answer}>{(data) => (
        <>
          <p className="actions"><Outcome of={data} /> <span>{data.model}</span> <AsOf asOf={ofShard(data.as_of)} path={`/requests/${requestId}`} data={data} /></p>
          <section className="panel" aria-label="What happened"><Story of={data} /></section>
          <section className="panel" aria-labelledby="receipt"><h2 id="receipt">Receipt</h2>{data.receipt ? <><p><Paper path={`/requests/${data.id}/receipt`} name={`receipt-${data.id}.pdf`} label="To print, as PDF" /></p><Receipt requestId={data.id} /></> : <p className="quiet">There is one once the request has ended.</p>}</section>
        </>
      )}</Shown>
    </>
  )
}

function Story({ of }: { of: Schemas['RequestDetail'] }) {
  const quote = of.quote
  const usage = of.prompt_tokens == null ? undefined
    : `${of.prompt_tokens} prompt tokens, ${of.cached_prompt_tokens} of them cached; ${of.completion_tokens} completion tokens${of.reasoning_tokens ? `, ${of.reasoning_tokens} of them reasoning` : ''}${of.usage_estimated ? '; estimated, since the upstream did not say' : ''}`
  return (
    <ol className="story">
      <li><h2>Quote</h2>
        <p>{quote.prompt_tokens} prompt tokens, at most {quote.max_completion_tokens} completion tokens; {quote.expected_usd ? `${dollars(quote.expected_usd)} expected` : 'nothing said of what is expected'}.</p>
        <p className="hint">Price version {quote.price_version}: {dollars(quote.input_usd_per_million)} input, {dollars(quote.cached_input_usd_per_million)} cached, {dollars(quote.output_usd_per_million)} output a million.</p></li>
      <Step name="Held" step={of.hold}>{dollars(of.held_usd)}</Step>
      <Step name="The upstream’s end" step={of.upstream}>{of.rule ?? ''}</Step>
      {usage && <li><h2>Usage</h2><p>{usage}</p></li>}
      <Step name="Charged" step={of.charge}>{dollars(of.charged_usd)}{of.late ? ', after its hold had expired' : ''}</Step>
      <Step name="Refunded" step={of.refund}>{dollars(of.refunded_usd)}</Step>
    </ol>
  )
}

function Step({ name, step, children }: { name: string; step: { at: string; sequence: number } | null | undefined; children: ReactNode }) {
  if (!step) return <li className="open"><h2>{name}</h2><p className="quiet">Not so, or not yet.</p></li>
  return <li><h2>{name}</h2><p>{children}</p><p className="hint">{at(step.at)}, event {step.sequence} of the shard</p></li>
}
