import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { told, type Schemas } from '../../dashboard/api/client'
import { at } from '../../dashboard/api/time'
import { Source } from '../../dashboard/parts/source'
import { Shown } from '../../dashboard/parts/states'
import { api } from '../api'
import { parkedRecords } from '../queries'
import { useOperator } from '../session'
import { Act, textOf, Why } from './act'

type Record = Schemas['ParkedRecords']['data'][number]

/** What the ledger could not decide of this account: the first that waits is retried or skipped, and those behind it follow. */
export function ParkedRecords({ account }: { account: string }) {
  const operator = useOperator()
  const answer = useQuery(parkedRecords(account))
  return (
    <section className="panel" aria-labelledby="parked">
      <header><h2 id="parked">Parked records</h2>{answer.data && <Source path={`/operator/accounts/${account}/parked`} data={answer.data} />}</header>
      <Shown of={answer}>{({ data, next_offset: next }) => data.length === 0 ? <p className="quiet">None: the ledger decided all there is.</p> : (
        <>
          {data.map((one) => <One key={one.offset} of={one} />)}
          {next != null && <p className="hint">The first 100 are shown.</p>}
          {operator.has('treasury') && <Resume account={account} of={data.find((one) => one.ended_at == null)} />}
        </>
      )}</Shown>
    </section>
  )
}

function One({ of }: { of: Record }) {
  return (
    <div>
      <p><strong>{of.type}</strong> at offset {of.offset}, {at(of.at)} <span className={of.ended_at ? 'tag' : 'tag bad'}>{of.state.toLowerCase()}</span></p>
      <p className="hint">{of.why}{of.ended_by && ` Ended by ${of.ended_by} at ${at(of.ended_at)}: ${of.ended_reason}`}</p>
      <details><summary>What it says</summary><pre tabIndex={0}>{of.content}</pre></details>
    </div>
  )
}

function Resume({ account, of }: { account: string; of?: Record }) {
  const client = useQueryClient()
  const resume = useMutation({
    mutationFn: ({ offset, action, form }: { offset: number; action: 'retry' | 'skip'; form: FormData }) => told(api.POST('/operator/accounts/{account}/parked/{offset}', {
      params: { path: { account, offset } }, body: { action, reason: textOf(form, 'reason') },
    })),
    onSuccess: () => Promise.all(['account', 'parked'].map((name) => client.invalidateQueries({ queryKey: [name] }))),
  })
  const shared = { busy: resume.isPending, error: resume.error, reset: resume.reset }
  return (
    <div className="actions">
      {of && (
        <>
          <Act name="Retry" title={`Have offset ${of.offset} decided again`} {...shared} act={(form) => resume.mutateAsync({ offset: of.offset, action: 'retry', form })}><p>The account goes on from there, if the ledger can decide it now.</p><Why /></Act>
          <Act name="Skip" title={`Skip offset ${of.offset}`} danger {...shared} act={(form) => resume.mutateAsync({ offset: of.offset, action: 'skip', form })}><p>It is never decided, and the account goes on behind it. Its statement says so, with your reason.</p><Why /></Act>
        </>
      )}
      {/* Also once there is none left: the ledger may have been quick. */}
      <span role="status" className="hint">{resume.isSuccess && <>Ordered: the ledger decides it in the account’s order. <button className="plain" onClick={() => client.invalidateQueries()}>Look again</button></>}</span>
    </div>
  )
}
