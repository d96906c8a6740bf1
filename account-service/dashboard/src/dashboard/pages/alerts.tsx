import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import { api, told, type Schemas } from '../api/client'
import { alerts, deliveries, webhooks } from '../api/queries'
import { at } from '../api/time'
import { Copy, Source } from '../parts/source'
import { Empty, Problem, Shown } from '../parts/states'
import { useSignedIn } from '../session'

/** What the account is told without asking, and where. */
export function AlertsPage() {
  const { account } = useSignedIn()
  if (account.role === 'developer') {
    return <><h1>Alerts</h1><p className="quiet">Alerts are seen by owners, admins, billing and viewers.</p></>
  }
  const mayChange = account.role !== 'viewer'
  return (
    <>
      <h1>Alerts</h1>
      <p>Low credit, budgets nearly used up, failing upstreams and new prices are told once, by mail and by webhook: <a href="/docs/alerts">what is told</a>.</p>
      <Settings mayChange={mayChange} />
      {mayChange && <Confirmation />}
      <Webhooks mayChange={mayChange} />
    </>
  )
}

function Settings({ mayChange }: { mayChange: boolean }) {
  const client = useQueryClient()
  const answer = useQuery(alerts)
  const save = useMutation({
    mutationFn: (body: Schemas['AlertChange']) => told(api.PUT('/alerts', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['alerts'] }),
  })
  const test = useMutation({ mutationFn: () => told(api.POST('/alerts/test', { body: {} as never })) })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim() || null
    save.mutate({ low_balance_usd: text('low_balance_usd'), email: text('email') } as Schemas['AlertChange'])
  }
  return (
    <Shown of={answer}>{(data) => (
      <form className="panel" onSubmit={submit} aria-labelledby="settings" key={JSON.stringify(data)}>
        <header><h2 id="settings">Low credit, and the address for mail</h2><Source path="/alerts" data={data} /></header>
        <div className="row">
          <div className="field"><label htmlFor="low">Credit is low below, in US dollars <span className="hint">(empty: never)</span></label>
            <input id="low" name="low_balance_usd" inputMode="decimal" pattern="[0-9]{1,10}(\.[0-9]{1,12})?" title="An amount such as 5.00" defaultValue={data.low_balance_usd ?? ''} disabled={!mayChange} /></div>
          <div className="field"><label htmlFor="address">E-mail address <span className="hint">(empty: none)</span></label>
            <input id="address" name="email" type="email" maxLength={254} defaultValue={data.unconfirmed_email ?? data.email ?? ''} disabled={!mayChange} /></div>
        </div>
        {data.email_error && <p className="wrong">The last mail was not sent: {data.email_error}</p>}
        {save.isError && <Problem error={save.error} />}
        {test.isError && <Problem error={test.error} />}
        {mayChange && (
          <div className="actions"><button className="primary" disabled={save.isPending}>Save</button>
            {data.email && <button type="button" disabled={test.isPending} onClick={() => test.mutate()}>Send a test mail</button>}
            <span role="status" className="hint">{test.data ? `On its way to ${test.data.email}.` : save.isSuccess ? 'Saved.' : ''}</span></div>
        )}
      </form>
    )}</Shown>
  )
}

/** Alerts go to a new address once the code is given back that was mailed there. */
function Confirmation() {
  const client = useQueryClient()
  const answer = useQuery(alerts)
  const confirm = useMutation({
    mutationFn: (code: string) => told(api.POST('/alerts/confirmation', { body: { code } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['alerts'] }),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    confirm.mutate(String(new FormData(event.currentTarget).get('code')).trim())
  }
  if (!answer.data?.unconfirmed_email) return confirm.isSuccess ? <p role="status">The address is confirmed.</p> : null
  return (
    <form className="panel" onSubmit={submit} aria-labelledby="confirmation">
      <h2 id="confirmation">Confirm {answer.data.unconfirmed_email}</h2>
      <p>A code was mailed there. Until it is given back, alerts go {answer.data.email ? `to ${answer.data.email}` : 'nowhere by mail'}; save the address again to have another one sent.</p>
      <div className="field"><label htmlFor="code">Code</label><input id="code" name="code" required maxLength={40} autoComplete="one-time-code" /></div>
      {confirm.isError && <Problem error={confirm.error} />}
      <div className="actions"><button className="primary" disabled={confirm.isPending}>Confirm</button></div>
    </form>
  )
}

function Webhooks({ mayChange }: { mayChange: boolean }) {
  const client = useQueryClient()
  const answer = useQuery(webhooks)
  const changed = () => client.invalidateQueries({ queryKey: ['webhooks'] })
  const add = useMutation({ mutationFn: (url: string) => told(api.POST('/webhooks', { body: { url } })), onSuccess: changed })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    add.mutate(String(new FormData(event.currentTarget).get('url')))
  }
  return (
    <section className="panel" aria-labelledby="webhooks">
      <header><h2 id="webhooks">Webhooks</h2>{answer.data && <Source path="/webhooks" data={answer.data} />}</header>
      <Shown of={answer}>{({ data }) => data.length === 0 ? <Empty title="No webhooks yet" /> : data.map((one) => <Webhook key={one.id} of={one} mayChange={mayChange} changed={changed} />)}</Shown>
      {add.data?.secret && (
        <div className="note"><p>The secret by which {add.data.url} knows what comes from here. It is shown this once.</p>
          <pre tabIndex={0} data-secret>{add.data.secret}</pre><p className="actions"><Copy text={add.data.secret} /><button onClick={() => add.reset()}>I have kept it</button></p></div>
      )}
      {mayChange && (
        <form onSubmit={submit}>
          <div className="field"><label htmlFor="url">Its address</label><input id="url" name="url" type="url" required maxLength={2000} placeholder="https://" /></div>
          {add.isError && <Problem error={add.error} />}
          <button className="primary" disabled={add.isPending}>Add</button>
        </form>
      )}
    </section>
  )
}

function Webhook({ of, mayChange, changed }: { of: Schemas['Webhook']; mayChange: boolean; changed(): Promise<void> }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [isOpen, setOpen] = useState(false)
  const path = { params: { path: { webhookId: of.id } } }
  const sent = useQuery({ ...deliveries(of.id), enabled: isOpen })
  const act = useMutation({
    mutationFn: (what: 'test' | 'enable' | 'remove') => {
      switch (what) {
        case 'test': return told(api.POST('/webhooks/{webhookId}/test', { ...path, body: {} as never }))
        case 'enable': return told(api.POST('/webhooks/{webhookId}/enable', { ...path, body: {} as never }))
        case 'remove': return told(api.DELETE('/webhooks/{webhookId}', path))
      }
    },
    onSuccess: changed,
  })
  return (
    <section aria-label={of.url}>
      <p className="actions"><span className="code">{of.url}</span> <span className={of.status === 'on' ? 'tag good' : 'tag bad'}>{of.status}</span></p>
      {of.disabled_reason && <p className="hint">Switched off at {at(of.disabled_at)}: {of.disabled_reason}</p>}
      {act.isError && <Problem error={act.error} />}
      {mayChange && (
        <div className="actions">
          {of.status === 'on' ? <button disabled={act.isPending} onClick={() => { setOpen(true); act.mutate('test') }}>Test</button> : <button disabled={act.isPending} onClick={() => act.mutate('enable')}>Switch on</button>}
          <button className="danger" disabled={act.isPending} onClick={() => dialog.current?.showModal()}>Remove…</button>
        </div>
      )}
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}><summary>What became of the newest 100</summary>
        {isOpen && <Shown of={sent}>{({ data }) => data.length === 0 ? <p className="quiet">Nothing was sent yet.</p> : (
          <table className="cards">
            <thead><tr><th>What</th><th>Event</th><th>Attempts</th><th>Delivered</th><th>Last answer</th></tr></thead>
            <tbody>{data.map((one) => (
              <tr key={one.webhook_id}><td data-label="What">{one.type}</td><td data-label="Event">{one.sequence}</td><td data-label="Attempts">{one.attempts}</td>
                <td data-label="Delivered">{one.delivered_at ? at(one.delivered_at) : one.next_at ? `again at ${at(one.next_at)}` : 'no'}</td><td data-label="Last answer">{one.last_status ?? one.last_error ?? '–'}</td></tr>
            ))}</tbody>
          </table>
        )}</Shown>}
      </details>
      <dialog ref={dialog} aria-label="Remove the webhook">
        <h2>Remove the webhook</h2><p>{of.url} is told nothing any more.</p>
        <div className="actions"><button className="danger" onClick={() => { dialog.current?.close(); act.mutate('remove') }}>Remove</button><button onClick={() => dialog.current?.close()}>Cancel</button></div>
      </dialog>
    </section>
  )
}
