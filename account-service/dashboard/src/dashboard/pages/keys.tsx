import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef, useState, type FormEvent } from 'react'
import { api, told, type Schemas } from '../api/client'
import { dollars } from '../api/money'
import { activity, keys, lastDays, models } from '../api/queries'
import { isRunKey } from '../api/runkey'
import { at } from '../api/time'
import { KeyFields, settingsOf } from '../parts/keyform'
import { ShownOnce } from '../parts/shownonce'
import { AsOf, ofShard, Source } from '../parts/source'
import { Empty, Problem, Shown } from '../parts/states'
import { mayHaveKeys, useSignedIn } from '../session'

const DAYS = 30

export function KeysPage() {
  const { account } = useSignedIn()
  const [cursors, setCursors] = useState<string[]>([])
  const [issued, setIssued] = useState<Schemas['IssuedApiKey']>()
  const cursor = cursors.at(-1)
  const [withRevoked, setWithRevoked] = useState(false)
  const answer = useQuery(keys(cursor, withRevoked ? undefined : false))
  const spent = useQuery(activity('key', lastDays(DAYS)))
  const sold = useQuery(models)
  return (
    <>
      <div className="title"><h1>API keys</h1>{mayHaveKeys(account.role) && <Create done={setIssued} />}</div>
      {issued && <ShownOnce of={issued} model={issued.allowed_routes?.[0] ?? sold.data?.[0] ?? ''} close={() => setIssued(undefined)} />}
      <Shown of={answer}>{({ data, next_cursor: next }) => (
        <section className="panel" aria-label="API keys">
          {data.length === 0
            ? <Empty title="No keys yet"><p>{mayHaveKeys(account.role) ? 'A program calls models with a key. Create the first one.' : `A ${account.role} has no keys that call models; owners, admins and developers have.`}</p></Empty>
            : (
              <>
                <header><span className="hint">Spent: {DAYS} days. <Source path={`/keys?limit=100${cursor ? `&cursor=${cursor}` : ''}${withRevoked ? '' : '&revoked=false'}`} data={answer.data} /></span>{spent.data && <AsOf asOf={ofShard(spent.data.as_of)} path="/activity?group_by=key" data={spent.data} />}</header>
                <table className="cards">
                  <thead><tr><th>Label</th><th>Key</th><th>State</th><th>Budgets</th><th>Last used</th><th className="number">Spent</th></tr></thead>
                  <tbody>{data.map((one) => (
                    <tr key={one.key_id}>
                      <td data-label="Label"><Link to="/keys/$keyId" params={{ keyId: one.key_id }}>{one.label}</Link>{isRunKey(one) && <> <span className="tag">this dashboard runs with it</span></>}</td>
                      <td data-label="Key" className="code">…{one.last_four}</td>
                      <td data-label="State"><KeyState of={one} /></td>
                      <td data-label="Budgets">{one.budgets?.map((budget) => `${dollars(budget.limit_usd)} ${budget.window === 'total' ? 'in all' : `a ${budget.window}`}`).join(', ') || 'none'}</td>
                      <td data-label="Last used">{one.last_used_at ? at(one.last_used_at) : 'never'}</td>
                      <td data-label="Spent" className="number">{spent.data ? <Link to="/requests" search={{ key: one.key_id, from: lastDays(DAYS).from }}>{dollars(spent.data.data.find((row) => row.key_id === one.key_id)?.charged_usd ?? '0.00')}</Link> : '…'}</td>
                    </tr>
                  ))}</tbody>
                </table>
                <p className="actions">
                  {cursor && <button onClick={() => setCursors(cursors.slice(0, -1))}>Earlier ones</button>}
                  {next && <button onClick={() => setCursors([...cursors, next])}>Later ones</button>}
                </p>
              </>
            )}
          <p><button className="plain" onClick={() => { setCursors([]); setWithRevoked(!withRevoked) }}>{withRevoked ? 'Without revoked keys' : 'With revoked keys'}</button></p>
        </section>
      )}</Shown>
    </>
  )
}

export function KeyState({ of }: { of: Schemas['ApiKey'] }) {
  return <><span className={of.status === 'active' ? 'tag good' : 'tag bad'}>{of.status}</span>{of.purpose === 'management' && <> <span className="tag">manages keys</span></>}</>
}

function Create({ done }: { done(issued: Schemas['IssuedApiKey']): void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const client = useQueryClient()
  const sold = useQuery(models)
  const create = useMutation({
    mutationFn: (form: FormData) => told(api.POST('/keys', {
      body: { ...settingsOf(form), label: String(form.get('label')), purpose: form.get('purpose') === 'management' ? 'management' : 'inference' } as Schemas['NewApiKey'],
    })),
    onSuccess: (issued) => {
      dialog.current?.close()
      done(issued)
      return client.invalidateQueries({ queryKey: ['keys'] })
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    create.mutate(new FormData(event.currentTarget))
  }
  return (
    <>
      <button className="primary" onClick={() => dialog.current?.showModal()}>Create a key</button>
      <dialog ref={dialog} aria-labelledby="create">
        <form onSubmit={submit}>
          <h2 id="create">A new key</h2>
          <KeyFields models={sold.data ?? []} />
          <div className="field"><label htmlFor="purpose">For</label>
            <select id="purpose" name="purpose"><option value="inference">calling models</option><option value="management">managing keys</option></select></div>
          {create.isError && <Problem error={create.error} />}
          <div className="actions"><button className="primary" disabled={create.isPending}>Create</button><button type="button" onClick={() => dialog.current?.close()}>Cancel</button></div>
        </form>
      </dialog>
    </>
  )
}
