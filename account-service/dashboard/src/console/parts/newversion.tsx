import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState, type FormEvent } from 'react'
import { told, type Schemas } from '../../dashboard/api/client'
import { dollars } from '../../dashboard/api/money'
import { at } from '../../dashboard/api/time'
import { ofShard, Source } from '../../dashboard/parts/source'
import { Problem } from '../../dashboard/parts/states'
import { api } from '../api'
import { Field, textOf } from './act'

const PRICES = [['input_usd_per_million', 'Input'], ['cached_input_usd_per_million', 'Cached input'], ['output_usd_per_million', 'Output']] as const
const DAYS = [1, 7, 31] as const

type Version = Schemas['NewVersion']
type Kind = 'prices' | 'costs'

/** A version is added and never changed. Before it is published it can be tried on what was used. */
export function NewVersion({ of }: { of: Schemas['RouteVersions'] }) {
  const client = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [kind, setKind] = useState<Kind>('prices')
  const [days, setDays] = useState<number>(7)
  // Sent again as it was, one version is published; a form that was changed is another.
  const [once, setOnce] = useState(asNew)
  const path = { params: { path: { model: of.model } } }
  const preview = useMutation({
    mutationFn: async () => {
      const version = versionOf(new FormData(form.current!), once.at)
      return { version, days, answer: await told(api.POST('/operator/routes/{model}/prices/preview', { params: { path: { model: of.model }, query: { days } }, body: version })) }
    },
  })
  const publish = useMutation({
    mutationFn: async (): Promise<{ valid_from: string }> => {
      const said = { ...path, body: versionOf(new FormData(form.current!), once.at), headers: { 'Idempotency-Key': once.key } }
      return kind === 'prices' ? told(api.POST('/operator/routes/{model}/prices', said)) : told(api.POST('/operator/routes/{model}/costs', said))
    },
    onSuccess: () => {
      setOnce(asNew())
      return Promise.all(['routes', 'margins'].map((name) => client.invalidateQueries({ queryKey: [name] })))
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    publish.mutate()
  }
  const before = of[kind].find((one) => Date.parse(one.valid_from) <= Date.now()) ?? of[kind][0]
  const ids = { kind: useId(), days: useId(), windows: useId(), title: useId() }
  return (
    <form ref={form} className="panel" aria-labelledby={ids.title} onSubmit={submit} onChange={() => { preview.reset(); publish.reset(); setOnce(asNew()) }}>
      <h2 id={ids.title}>A new version</h2>
      <div className="field"><label htmlFor={ids.kind}>Of</label>
        <select id={ids.kind} value={kind} onChange={(event) => setKind(event.target.value as Kind)}><option value="prices">the price, which customers pay</option><option value="costs">the cost, which the upstream charges</option></select></div>
      <div key={kind + before?.version}>
        <div className="row">{PRICES.map(([name, label]) => (
          <Field key={name} name={name} label={label} hint="USD per million tokens" required inputMode="decimal" pattern="[0-9]{1,7}(\.[0-9]{1,6})?" title="A price such as 0.14" defaultValue={before?.[name] ?? ''} />
        ))}</div>
        <div className="field"><label htmlFor={ids.windows}>Windows with other prices <span className="hint">(JSON, as in the price file; empty: none)</span></label>
          <textarea id={ids.windows} name="schedule" rows={before?.schedule ? 6 : 2} defaultValue={before?.schedule ? JSON.stringify(before.schedule, (name, value) => (name === 'in_words' ? undefined : value), 1) : ''} /></div>
      </div>
      <div className="row">
        <Field name="valid_from" label="From" hint="empty: as soon as can be" type="datetime-local" />
        <Field name="source" label="Source" hint="the address it was read at" type="url" required maxLength={500} placeholder="https://" />
        <Field name="reason" label="Why" required maxLength={200} />
      </div>
      {preview.isError && <Problem error={preview.error} />}
      {publish.isError && <Problem error={publish.error} />}
      <div className="actions">
        {kind === 'prices' && (
          <>
            <label htmlFor={ids.days}>Tried on</label>
            <select id={ids.days} value={days} onChange={(event) => setDays(Number(event.target.value))}>{DAYS.map((one) => <option key={one} value={one}>{one === 1 ? 'the last day' : `the last ${one} days`}</option>)}</select>
            <button type="button" disabled={preview.isPending} onClick={() => form.current?.reportValidity() && preview.mutate()}>Preview</button>
          </>
        )}
        <button className="primary" disabled={publish.isPending}>{kind === 'prices' ? 'Publish the price' : 'Record the cost'}</button>
        <span role="status" className="hint">{publish.data && `It begins at ${at(publish.data.valid_from)}.`}</span>
      </div>
      {preview.data && <Preview of={preview.data.answer} version={preview.data.version} days={preview.data.days} />}
    </form>
  )
}

/** What is sent under one key has to be the same whenever it is: so when its source was read is said once. */
function asNew() {
  return { key: crypto.randomUUID(), at: new Date().toISOString() }
}

/** @throws Error for windows that are no JSON */
function versionOf(form: FormData, retrieved_at: string): Version {
  const from = textOf(form, 'valid_from')
  return {
    ...(Object.fromEntries(PRICES.map(([name]) => [name, textOf(form, name)])) as Pick<Version, (typeof PRICES)[number][0]>),
    ...(from && { valid_from: new Date(from).toISOString() }),
    source: { url: textOf(form, 'source'), retrieved_at },
    ...(textOf(form, 'schedule') && { schedule: windowsOf(textOf(form, 'schedule')) }),
    reason: textOf(form, 'reason'),
  }
}

function windowsOf(text: string): Version['schedule'] {
  try {
    return JSON.parse(text) as Version['schedule']
  } catch {
    throw new Error('The windows must be JSON.')
  }
}

function Preview({ of, version, days }: { of: Schemas['PricePreview']; version: Version; days: number }) {
  return (
    <section className="panel" aria-label="Preview">
      <dl className="figures">
        <div className="figure"><dt>Charged for {of.requests} requests</dt><dd>{dollars(of.charged_usd)}</dd></div>
        <div className="figure"><dt>At this price</dt><dd>{dollars(of.proposed_usd)}</dd></div>
        <div className="figure"><dt>The upstream’s cost</dt><dd>{of.cost_usd === undefined ? 'not known' : dollars(of.cost_usd)}</dd></div>
        <div className="figure"><dt>Margin as charged</dt><dd>{signed(of.charged_margin_usd)}</dd></div>
        <div className="figure"><dt>Margin at this price</dt><dd>{signed(of.proposed_margin_usd)}</dd></div>
      </dl>
      {of.losses.length > 0 && <div className="wrong" role="alert"><p>In its first 7 days it would be below its cost {of.losses.length} {of.losses.length === 1 ? 'time' : 'times'}, first from {at(of.losses[0]?.from)}.</p></div>}
      <p className="asof">{of.prompt_tokens} prompt tokens, {of.cached_prompt_tokens} of them cached, and {of.completion_tokens} completion tokens, from {at(of.from)} to {at(of.until)}; true as of {of.as_of.length > 0 ? of.as_of.map(ofShard).join(', ') : 'the beginning'}. <Source path={`/operator/routes/${of.model}/prices/preview?days=${days}`} data={of} body={version} /></p>
    </section>
  )
}

function signed(usd: string | undefined) {
  if (usd === undefined) return 'not known'
  return usd.startsWith('-') ? `−${dollars(usd.slice(1))}` : dollars(usd)
}
